//! How often the 95 % interval of a difference contains the true difference: over 200 seeds of `small`. Some five minutes; status 1
//! if it is too seldom.
//!
//! ```text
//! cargo run --release --example coverage
//! ```

use std::process::ExitCode;

use hubsim_lab::analysis::Findings;
use hubsim_lab::analysis::comparison::compare_one;
use hubsim_lab::experiment::{ArmId, Contrast, NullSink, run_study};
use hubsim_lab::scenario::arm::Subject;
use hubsim_lab::scenario::{Changes, Scenario};
use hubsim_model::measures::MEASURES;

/// Seeds over which coverage is counted; its standard error at 0.95 is 0.015.
const SEEDS: u64 = 200;
/// Least coverage of the headlines at 20 worlds.
const LEAST: f64 = 0.93;
/// Least coverage of any of 85 measures at 100 worlds: the same less two standard errors of so many seeds.
const LEAST_OF_ALL: f64 = 0.93 - 2.0 * 0.0154;
/// Measures whose intervals contain the truth less often, and why.
const KNOWN: [(&str, &str); 1] = [(
    "time_to_stop",
    "a world in which nobody was stopped has none, so that which worlds count depends on the outcome",
)];
/// Trials that tell the truth: its error is a tenth of that of 100 worlds.
const TRUTH: u32 = 20_000;

fn study(seed: u64, replicates: u32) -> Findings {
    let policies = Some(["status-quo", "thematic-hubs"].map(str::to_owned).into());
    let changes = Changes { policies, seed: Some(seed), replicates: Some(replicates), ..Changes::default() };
    let scenario = Scenario::find("small", &changes).expect("a built-in");
    run_study(&scenario, &NullSink).expect("nothing stops it")
}

/// Share of the intervals of a measure that contain the truth; none if fewer than half of the studies have one.
fn coverage(studies: &[Findings], truth: &Findings) -> Vec<(&'static str, bool, Option<f64>)> {
    let contrast = Contrast::new(ArmId(1), ArmId(0), Subject::Policy);
    let difference = |findings: &Findings, at: usize| {
        compare_one(findings, &contrast, findings.years, (at, MEASURES[at].range)).difference
    };
    let of = |at: usize| {
        let truth = difference(truth, at).mean;
        let intervals = studies.iter().map(|findings| difference(findings, at)).filter(|of| of.low.is_finite());
        let (mut contains, mut all) = (0, 0);
        for interval in intervals {
            contains += u32::from(interval.low <= truth && truth <= interval.high);
            all += 1;
        }
        let enough = 2 * all >= studies.len() && truth.is_finite();
        (MEASURES[at].key, MEASURES[at].headline, enough.then(|| f64::from(contains) / all as f64))
    };
    (0..MEASURES.len()).map(of).collect()
}

/// Headlines at 20 worlds, all measures at 100.
fn main() -> ExitCode {
    let truth = study(1_000_000, TRUTH);
    let mut short = 0;
    for (worlds, headlines_only, least) in [(20, true, LEAST), (100, false, LEAST_OF_ALL)] {
        let studies: Vec<Findings> = (0..SEEDS).map(|seed| study(seed + 1, 2 * worlds)).collect();
        for (key, headline, share) in coverage(&studies, &truth) {
            let Some(share) = share.filter(|_| headline || !headlines_only) else { continue };
            let why = KNOWN.iter().find(|(of, _)| *of == key).map(|(_, why)| *why);
            let low = share < least;
            short += u32::from(low && why.is_none());
            println!("{worlds} worlds  {key}  {share:.3}  {}", if low { why.unwrap_or("too seldom") } else { "" });
        }
    }
    if short == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
