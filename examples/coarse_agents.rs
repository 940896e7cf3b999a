//! How coarse agents may be: what changes in the headlines when an agent stands for more people, in the same worlds.
//!
//! ```text
//! cargo run --release --example coarse_agents                                 writes docs/coarse-agents.md
//! cargo run --release --example coarse_agents -- --worlds 20 --people 8,100   the first is the reference; 4,8,20,100 else
//! ```

use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use hubsim_lab::experiment::StudyError;
use hubsim_lab::{Arm, ArmId, Changes, Estimate, Findings, NullSink, Scenario, Setting, design, run};
use hubsim_model::measures::MEASURES;

const SCENARIO: &str = "wikimedia-2023";
const YEAR: u32 = 20;
/// The arms, by their place in the design: the policies whose levels and whose contrast are shown.
const POLICIES: [&str; 2] = ["status-quo", "thematic-hubs"];
const USUAL: ArmId = ArmId(0);
const HUBS: ArmId = ArmId(1);
const PAGE: &str = "docs/coarse-agents.md";

/// What is compared: so many worlds at each number of people per agent, the first of which is the reference.
struct Plan {
    worlds: u32,
    people: Vec<u32>,
}

impl Plan {
    /// From the command line; none if it cannot be read.
    fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Option<Plan> {
        let mut plan = Plan { worlds: 100, people: vec![4, 8, 20, 100] };
        while let Some(option) = arguments.next() {
            let value = arguments.next()?;
            match option.as_str() {
                "--worlds" => plan.worlds = value.parse().ok()?,
                "--people" => {
                    plan.people = value.split(',').map(|people| people.parse().ok()).collect::<Option<_>>()?
                }
                _ => return None,
            }
        }
        Some(plan)
    }

    /// The command that does the same.
    fn command(&self) -> String {
        let people: Vec<String> = self.people.iter().map(u32::to_string).collect();
        let options = format!("--worlds {} --people {}", self.worlds, people.join(","));
        format!("cargo run --release --example coarse_agents -- {options}")
    }
}

/// What was found at one number of people per agent.
struct Resolution {
    people: u32,
    findings: Findings,
    /// Processor time of a trial, s; none where the system does not tell.
    seconds: Option<f64>,
}

impl Resolution {
    /// Simulates both policies in all worlds, one replicate in each.
    fn simulate(people: u32, worlds: u32) -> Result<Resolution, StudyError> {
        let set = vec!["replicates_per_world=1".to_owned()];
        let changes = Changes { set, years: Some(YEAR), ..Changes::default() };
        let scenario = Scenario::find(SCENARIO, &changes).unwrap_or_else(|problems| panic!("{problems}"));
        let setting = Setting::new("people_per_agent", f64::from(people));
        let arm = |policy| Arm { settings: vec![setting.clone()], ..Arm::new(policy) };
        let design = design::ComparisonDesign::from_arms(POLICIES.map(arm).to_vec(), worlds);
        let before = processor_time();
        let findings = run(&scenario, &design, &NullSink)?;
        let trials = findings.outcomes.len() as f64;
        let seconds = before.zip(processor_time()).map(|(before, after)| (after - before) / trials);
        Ok(Resolution { people, findings, seconds })
    }

    /// A measure in the last year in every world: its level under the usual policy, and the contrast.
    fn values(&self, measure: usize) -> Vec<[f64; 2]> {
        let both = self.findings.paired(USUAL, HUBS);
        both.map(|(usual, hubs)| [usual, hubs].map(|of| of.measure(YEAR, measure)))
            .map(|[usual, hubs]| [usual, hubs - usual])
            .collect()
    }
}

/// Processor time of this process so far, s: user and system time in Linux's `/proc`, in ticks of 10 ms.
fn processor_time() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields = text.rsplit_once(')')?.1.split_whitespace();
    let ticks: Vec<f64> = fields.skip(11).take(2).map_while(|ticks| ticks.parse().ok()).collect();
    (ticks.len() == 2).then(|| ticks.iter().sum::<f64>() / 100.0)
}

/// A mean and half of its 95 % interval: of a share in its own unit, of an amount in percent.
fn shown(values: &[f64], unit: f64) -> String {
    let Estimate { mean, high, .. } = Estimate::from_values(values);
    if unit == 1.0 {
        format!("{mean:+.4} ± {:.4}", high - mean)
    } else {
        format!("{:+.1} % ± {:.1} %", mean * unit, (high - mean) * unit)
    }
}

/// The table of levels (0) or of contrasts (1): the reference, and how far each other resolution is from it, world by world.
fn table(resolutions: &[Resolution], which: usize) -> String {
    let Some((finest, others)) = resolutions.split_first() else { return String::new() };
    let mut text = format!("| measure | {} people an agent |", finest.people);
    others.iter().for_each(|other| write!(text, " {}: difference |", other.people).expect("a string takes all"));
    text += &format!("\n|---|---|{}\n", "---|".repeat(others.len()));
    let headlines = MEASURES.iter().enumerate().filter(|(_, measure)| measure.headline);
    for (m, measure) in headlines {
        let reference = finest.values(m);
        let levels: Vec<f64> = reference.iter().map(|of| of[0]).collect();
        // Amounts are in percent of the level under the usual policy.
        let unit = if measure.range.1 <= 1.0 { 1.0 } else { 100.0 / Estimate::from_values(&levels).mean };
        let own: Vec<f64> = reference.iter().map(|of| of[which]).collect();
        let own = if which == 0 && unit != 1.0 {
            format!("{:.0}", Estimate::from_values(&own).mean)
        } else {
            shown(&own, unit)
        };
        write!(text, "| {} | {own} |", measure.key).expect("a string takes all");
        for other in others {
            let pairs = reference.iter().zip(other.values(m));
            let differences: Vec<f64> = pairs.map(|(fine, coarse)| coarse[which] - fine[which]).collect();
            write!(text, " {} |", shown(&differences, unit)).expect("a string takes all");
        }
        text.push('\n');
    }
    text
}

/// What a trial takes.
fn times(resolutions: &[Resolution]) -> String {
    let milliseconds = |of: &Resolution| of.seconds.map_or("–".to_owned(), |seconds| format!("{:.0}", seconds * 1e3));
    let row = |cell: &dyn Fn(&Resolution) -> String| -> String {
        resolutions.iter().map(|of| format!(" {} |", cell(of))).collect()
    };
    let people = row(&|of| of.people.to_string());
    let rule = "---|".repeat(resolutions.len() + 1);
    format!("| people an agent |{people}\n|{rule}\n| processor time of a trial, ms |{}\n", row(&milliseconds))
}

fn page(plan: &Plan, resolutions: &[Resolution]) -> String {
    let [usual, hubs] = POLICIES;
    format!(
        "# How coarse agents may be\n\nMade by `{}`.\n\n{EXPLAINED}\n\n\
         {} worlds of `{SCENARIO}`, one replicate in each, year {YEAR}; ± is half of a 95 % interval over worlds. Amounts (people, \
         needs) are in percent of their level under `{usual}`.\n\n\
         ## Levels under `{usual}`\n\n{}\n## `{hubs}` − `{usual}`\n\n{}\n## Time\n\n{}",
        plan.command(),
        plan.worlds,
        table(resolutions, 0),
        table(resolutions, 1),
        times(resolutions)
    )
}

const EXPLAINED: &str = "\
An agent stands for many people, and asks for help as one: what its people ask for in a quarter comes as one lump, or not at all. A \
service point with work for a few people cannot look after a lump at once, and has nobody to help in the other quarters. It therefore evens \
out over the calls of several agents: it keeps a little idle support, and does not forget calls at once. What remains: \
with coarser agents need met and people helped are slightly too low, under hubs a little more than without, so that the \
contrast is too small: hardly so at 8 and 20 people an agent, clearly at 100. One person an agent hardly differs from 4 \
(`--people 1,4`). The service gap is biased upward: it is a spread of regional means, which the noise of few agents widens; \
compare it only between arms of the same resolution. Money, staff and projects hardly depend on agents: incumbent share, duplicated \
share and solved needs change in noise, not in means.";

fn main() -> ExitCode {
    let Some(plan) = Plan::from_arguments(std::env::args().skip(1)) else {
        eprintln!("options: --worlds NUMBER, --people NUMBER,NUMBER,…");
        return ExitCode::from(2);
    };
    let simulated = plan.people.iter().map(|&people| Resolution::simulate(people, plan.worlds));
    let resolutions: Vec<Resolution> = simulated.collect::<Result<_, _>>().expect("nothing stops it");
    let page = page(&plan, &resolutions);
    println!("{page}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    std::fs::write(&path, page).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    ExitCode::SUCCESS
}
