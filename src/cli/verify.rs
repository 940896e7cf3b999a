//! `hubsim verify`: simulates again and compares digests, with a run or with a lock file.

mod lock;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::arguments::{OutputArgument, ThreadsArgument, scenario_of};
use super::failure::Failure;
use super::interrupt;
use super::output::{self, Messages};
use super::progress::{Progress, Watched};
use crate::store::Manifest;
use crate::store::fingerprint::FINGERPRINT;
use hubsim_lab::experiment::{ArmId, Findings, Outcome, Sink, SinkError, Trial, run_study};
use hubsim_lab::scenario::Scenario;

/// Simulate a run again and compare digests; or compare scenarios with committed digests
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hubsim verify latest\n  hubsim verify wikimedia-2023 --sample 5\n  hubsim verify --lock digests.toml --write small    record the digests\n  hubsim verify --lock digests.toml small            compare with them\n\nExits with 1 if a digest differs."
)]
pub(super) struct VerifyCommand {
    /// A run: its folder, a scenario's name (its newest run), `latest`, or the first digits of its hash.
    /// With --lock: scenarios
    #[arg(required = true, value_name = "RUN|SCENARIO")]
    what: Vec<String>,
    /// Simulate only this many trials, spread over the run
    #[arg(long, value_name = "K", conflicts_with = "lock", value_parser = clap::value_parser!(u64).range(1..))]
    sample: Option<u64>,
    /// The file of committed digests
    #[arg(long, value_name = "FILE")]
    lock: Option<PathBuf>,
    /// Write the digests instead of comparing
    #[arg(long, requires = "lock")]
    write: bool,
    /// Replicates of each policy to record; without it 2, or as many as the file has
    #[arg(long, value_name = "N", requires = "write")]
    replicates: Option<u32>,
    #[command(flatten)]
    output: OutputArgument,
    #[command(flatten)]
    threads: ThreadsArgument,
}

impl VerifyCommand {
    pub(super) fn run(&self, messages: Messages) -> Result<(), Failure> {
        interrupt::watch();
        if let Some(file) = &self.lock {
            return lock::run(self, file, messages);
        }
        let [what] = self.what.as_slice() else {
            return Err(Failure::Input("verify takes one run at a time; scenarios need --lock FILE".to_owned()));
        };
        let run = self.output.read(what)?;
        let place = run.path.display().to_string();
        if run.manifest.fingerprint != FINGERPRINT {
            messages.show("the run was made by another version of the model: expect other digests");
        }
        let scenario = scenario_of(&run)?;
        let findings = run.findings()?;
        let chosen = spread(&findings, self.sample);
        let again =
            ComparingSink { manifest: &run.manifest, findings: &findings, chosen: &chosen, seen: Mutex::default() };
        let progress = Progress::new(chosen.len() as u64, messages);
        self.simulate(&scenario, &again, &progress)?;

        let Compared { simulated, mut differing } = again.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        differing.sort();
        let Some((policy, replicate)) = differing.first() else {
            return output::result(&format!("{simulated} of {simulated} trials came out the same: {place}"));
        };
        Err(Failure::Check(format!(
            "{} of {simulated} trials came out differently, the first is {policy} replicate {replicate}: {place}",
            differing.len(),
        )))
    }

    fn simulate(&self, scenario: &Scenario, sink: &dyn Sink, progress: &Progress) -> Result<Findings, Failure> {
        let pool = self.threads.pool()?;
        let findings = pool.install(|| run_study(scenario, &Watched { sink, progress }));
        progress.done();
        findings.map_err(|error| Failure::unfinished(&error, "interrupted: nothing was verified"))
    }
}

/// A trial: its arm and its replicate.
type TrialKey = (ArmId, u32);

/// All trials, or `sample` of them at even distances.
fn spread(findings: &Findings, sample: Option<u64>) -> BTreeSet<TrialKey> {
    let all: Vec<TrialKey> = findings.outcomes.iter().map(|outcome| (outcome.arm, outcome.replicate)).collect();
    let count = sample.map_or(all.len(), |sample| usize::try_from(sample).unwrap_or(all.len()).min(all.len()));
    (0..count).map(|at| all[at * all.len() / count]).collect()
}

/// A sink that loads all trials from a run but the chosen ones, and compares these with the manifest.
struct ComparingSink<'a> {
    manifest: &'a Manifest,
    findings: &'a Findings,
    chosen: &'a BTreeSet<TrialKey>,
    seen: Mutex<Compared>,
}

/// The trials that were simulated again, and those of them that differ.
#[derive(Default)]
struct Compared {
    simulated: usize,
    differing: Vec<(String, u32)>,
}

impl Sink for ComparingSink<'_> {
    fn load(&self, arm: ArmId, replicate: u32) -> Option<Outcome> {
        if self.chosen.contains(&(arm, replicate)) {
            return None;
        }
        let trials = self.findings.arm(arm);
        let at = trials.binary_search_by_key(&replicate, |outcome| outcome.replicate).ok()?;
        Some(trials[at].clone())
    }

    fn store(&self, trial: &Trial, outcome: &Outcome) -> Result<(), SinkError> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.simulated += 1;
        if self.manifest.trial(&trial.policy, outcome.replicate) != Some(&outcome.digest) {
            seen.differing.push((trial.policy.clone(), outcome.replicate));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_spread_over_the_run() {
        let outcome = |arm, replicate| Outcome {
            arm: ArmId(arm),
            replicate,
            digest: String::new(),
            world: vec![],
            measures: vec![],
        };
        let findings = Findings {
            other_worlds: vec![],
            chosen: vec![],
            policies: vec!["a".into(), "b".into()],
            contrasts: vec![],
            uncertain: vec![],
            parts: vec![],
            replicates_per_world: 1,
            years: 1,
            outcomes: (0..2).flat_map(|arm| (0..5).map(move |replicate| outcome(arm, replicate))).collect(),
        };
        let some = |sample| {
            spread(&findings, sample).into_iter().map(|(arm, replicate)| (arm.0, replicate)).collect::<Vec<_>>()
        };
        assert_eq!(some(Some(2)), [(0, 0), (1, 0)]);
        assert_eq!(some(Some(4)), [(0, 0), (0, 2), (1, 0), (1, 2)]);
        assert_eq!(some(Some(99)).len(), 10);
        assert_eq!(some(None).len(), 10);
    }
}
