//! `hubsim run`: simulates every policy of a scenario, writes the run folder, prints the headlines.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::arguments::{FormatArgument, StudyArguments};
use super::claims::require_all;
use super::draw::{self, Results};
use super::failure::Failure;
use super::output::{self, Messages};
use super::progress::{Progress, Watched};
use super::{headlines, interrupt};
use crate::report::claims::verdicts;
use crate::report::table::Format;
use crate::store::fingerprint::FINGERPRINT;
use crate::store::{Manifest, Opened, Provenance, RunFolder, RunKey, StoredRun};
use hubsim_lab::Design;
use hubsim_lab::analysis::claims::test_claims;
use hubsim_lab::analysis::ladder::{LadderEffects, ladder_effects};
use hubsim_lab::design::StudyDesign;
use hubsim_lab::experiment::{Study, StudyError, run_with_ladders};
use hubsim_lab::scenario::Scenario;

/// Simulate every policy of a scenario, write the run folder, print the headline tables
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hubsim run small\n  hubsim run wikimedia-2023 --replicates 50 --threads 4\n  hubsim run small --policies status-quo,thematic-hubs --set production.find=0.3\n\nThe same scenario with the same changes has the same folder: a finished run is shown and not run again, an interrupted one is continued."
)]
pub(super) struct RunCommand {
    #[command(flatten)]
    study: StudyArguments,
    /// Where run folders go
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Run it again even if it is finished, and check that it comes out the same
    #[arg(long)]
    again: bool,
    /// What is run of the scenario's ladders: nothing, their steps, or each step alone and left out as well
    #[arg(long, value_name = "WHAT", value_parser = ["none", "steps", "full"])]
    ladder: Option<String>,
    #[command(flatten)]
    format: FormatArgument,
}

impl RunCommand {
    pub(super) fn run(&self, messages: Messages) -> Result<(), Failure> {
        let ladders = self.ladder.iter().map(|what| format!("ladders={what}"));
        let scenario = self.study.read_with(ladders)?;
        match scenario.warnings.0.len() {
            0 => {}
            1 => messages.show("1 warning: `hubsim check` shows it"),
            several => messages.show(&format!("{several} warnings: `hubsim check` shows them")),
        }
        let run_key = RunKey::from_scenario(&scenario);
        let (folder, before) = if self.again {
            RunFolder::restart(&self.out, &run_key)?
        } else {
            match RunFolder::open(&self.out, &run_key)? {
                Opened::New(folder) => (folder, None),
                Opened::Unfinished(folder) => {
                    let stored = folder.stored_trials();
                    messages.show(&format!("continuing an unfinished run: {stored} trials are stored"));
                    (folder, None)
                }
                Opened::Complete(path, _) => {
                    messages.show("already finished, nothing was run again; --again runs it again and compares");
                    let run = StoredRun::read(&path)?;
                    let findings = run.findings_for(&scenario)?;
                    let results = Results { findings: &findings, ladders: &run.ladders()? };
                    return self.show(&scenario, results, &path);
                }
                Opened::ClaimsChanged(path, manifest) => {
                    messages.show(
                        "already finished, but its claims or contrasts have changed: nothing was run again, the report is new",
                    );
                    let run = StoredRun::read(&path)?;
                    let findings = run.findings_for(&scenario)?;
                    let results = Results { findings: &findings, ladders: &run.ladders()? };
                    draw::draw(&path, &scenario, [&manifest.run, &manifest.fingerprint], results)?;
                    return self.show(&scenario, results, &path);
                }
            }
        };
        let path = folder.path().to_path_buf();
        let further = trials_with_ladders(&scenario) - trials(&scenario);
        let size = if further == 0 { size(&scenario) } else { format!("{}, and {further} of rungs", size(&scenario)) };
        messages.show(&format!("{}: {size}, into {}", scenario.name, path.display()));
        let (study, manifest) = self.simulate(&scenario, folder, messages)?;
        if let Some(before) = before {
            compare(&before, &manifest)?;
            messages.show("it came out the same as before, every trial");
        }
        let ladders = effects(&study);
        self.show(&scenario, Results { findings: &study.findings, ladders: &ladders }, &path)
    }

    /// Simulates the trials that are not stored yet, and completes the folder.
    fn simulate(
        &self,
        scenario: &Scenario,
        folder: RunFolder,
        messages: Messages,
    ) -> Result<(Study, Manifest), Failure> {
        let pool = self.study.threads.pool()?;
        interrupt::watch();
        #[allow(
            clippy::disallowed_methods,
            reason = "the time of a run is recorded in its provenance, not in its results"
        )]
        let started = SystemTime::now();
        let progress = Progress::new(trials_with_ladders(scenario), messages);
        let watched = Watched { sink: &folder, progress: &progress };
        let study = pool.install(|| run_with_ladders(scenario, &watched));
        let (simulated, seconds) = progress.simulated();
        progress.done();
        let study = study.map_err(|error| stopped(&error, scenario, &folder))?;
        messages.show(&pace(simulated, seconds));

        let (findings, ladders) = (&study.findings, effects(&study));
        folder.tables(findings)?;
        folder.ladders(&ladders, &study.further)?;
        let run = folder.path().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let results = Results { findings, ladders: &ladders };
        pool.install(|| draw::draw(folder.path(), scenario, [&run, FINGERPRINT], results))?;
        let provenance = Provenance {
            command: std::env::args().collect::<Vec<_>>().join(" "),
            started,
            finished: started + Duration::from_secs_f64(seconds),
            threads: pool.current_num_threads(),
            simulated,
        };
        let manifest = folder.seal(findings, &provenance)?;
        Ok((study, manifest))
    }

    /// Prints the headlines and, where claims must hold, the verdicts.
    fn show(&self, scenario: &Scenario, results: Results, path: &Path) -> Result<(), Failure> {
        output::result(&headlines::show(results, self.format.format))?;
        let claims = scenario.require_all.then(|| test_claims(&scenario.claims, results.findings));
        if self.format.format == Format::Table {
            if let Some(claims) = &claims {
                output::result(&format!("\n{}", verdicts(claims).text(output::width())))?;
            }
            output::result(&format!("\n{}", path.display()))?;
        }
        claims.map_or(Ok(()), |claims| require_all(&claims))
    }
}

pub(super) fn trials(scenario: &Scenario) -> u64 {
    scenario.policies.len() as u64 * u64::from(scenario.replicates)
}

/// All trials of a run, those of the ladders' further rungs included.
fn trials_with_ladders(scenario: &Scenario) -> u64 {
    StudyDesign::new(scenario).trials().len() as u64
}

/// What each step of the ladders brings.
fn effects(study: &Study) -> Vec<LadderEffects> {
    study.ladders.iter().map(ladder_effects).collect()
}

/// The numbers of policies, replicates, trials and years, in words.
pub(super) fn size(scenario: &Scenario) -> String {
    let counted = |count: u64, one: &str, more: &str| format!("{count} {}", if count == 1 { one } else { more });
    format!(
        "{} × {} = {} of {}",
        counted(scenario.policies.len() as u64, "policy", "policies"),
        counted(scenario.replicates.into(), "replicate", "replicates"),
        counted(trials(scenario), "trial", "trials"),
        counted(scenario.years.into(), "year", "years"),
    )
}

fn pace(simulated: u64, seconds: f64) -> String {
    let speed = super::progress::in_words(simulated as f64 / seconds.max(1e-9));
    let noun = if simulated == 1 { "trial" } else { "trials" };
    format!("{simulated} {noun} in {seconds:.1} s, {speed}")
}

fn stopped(error: &StudyError, scenario: &Scenario, folder: &RunFolder) -> Failure {
    let message = format!(
        "interrupted: {} of {} trials are stored in {}; the same command continues the run",
        folder.stored_trials(),
        trials_with_ladders(scenario),
        folder.path().display()
    );
    Failure::unfinished(error, &message)
}

/// Fails if a trial of a run differs from that of an earlier run.
fn compare(before: &Manifest, now: &Manifest) -> Result<(), Failure> {
    let mut differing = Vec::new();
    for arm in now.trials.iter().chain(&now.rungs) {
        for (replicate, digest) in (0..).zip(&arm.digests) {
            if before.trial(&arm.policy, replicate) != Some(digest) {
                differing.push(format!("{} replicate {replicate}", arm.policy));
            }
        }
    }
    let Some(first) = differing.first() else {
        return Ok(());
    };
    Err(Failure::Check(format!(
        "it did not come out the same: {} of {} trials differ, the first is {first}; the folder now holds the new run",
        differing.len(),
        now.trials.iter().chain(&now.rungs).map(|arm| arm.digests.len()).sum::<usize>(),
    )))
}
