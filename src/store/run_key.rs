//! The key of a run: equal keys have the same folder.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::fingerprint::FINGERPRINT;
use hubsim_lab::experiment::{Arm, Subject};
use hubsim_lab::scenario::Scenario;
use hubsim_model::measures::{MEASURES, Measure, PartMeasure};

/// For how many replicates of each policy the rows of organisations are stored: they are the largest table by far.
pub const ORGANISATION_REPLICATES: u32 = 10;

/// Everything that determines a run, and the columns of its tables.
#[derive(Clone)]
pub struct RunKey {
    /// The scenario's name.
    pub name: String,
    /// The resolved scenario, with all defaults filled in.
    pub text: String,
    /// The seed.
    pub seed: u64,
    /// The last year.
    pub years: u32,
    /// Number of replicates of each policy.
    pub replicates: u32,
    /// Number of consecutive replicates that lie in one world.
    pub replicates_per_world: u32,
    /// The labels of the arms, in order.
    pub policies: Vec<String>,
    /// Which of these were made from others, and how.
    pub derivations: Vec<StoredDerivation>,
    /// Which of them are in another world than the scenario's.
    pub other_worlds: Vec<String>,
    /// Number of ladders that run beside these.
    pub ladders: usize,
    /// The uncertain keys, in order, with their units.
    pub uncertain: Vec<(String, String)>,
    /// The measures of parts of the movement that the study keeps beside its tables.
    pub parts: Vec<PartMeasure>,
    /// The measures, in the order of [`Outcome::measures`](hubsim_lab::analysis::Outcome::measures).
    pub measures: &'static [&'static Measure],
    /// The model's fingerprint.
    pub fingerprint: String,
}

impl RunKey {
    /// The key of a scenario in this build, with all measures and the build's fingerprint.
    pub fn from_scenario(scenario: &Scenario) -> RunKey {
        let uncertain = scenario.uncertain.iter().map(|one| (one.key.clone(), one.unit.to_string()));
        RunKey {
            name: scenario.name.clone(),
            text: scenario.to_toml(),
            seed: scenario.seed,
            years: scenario.years,
            replicates: scenario.replicates,
            replicates_per_world: scenario.replicates_per_world,
            policies: scenario.policies.clone(),
            derivations: scenario.arms().iter().filter_map(StoredDerivation::new).collect(),
            other_worlds: scenario.arms().into_iter().filter(|arm| arm.another_world).map(|arm| arm.label).collect(),
            ladders: scenario.ladders.len(),
            uncertain: uncertain.collect(),
            parts: scenario.part_measures(),
            measures: MEASURES,
            fingerprint: FINGERPRINT.to_string(),
        }
    }

    /// The run's id: the first twelve hexadecimal digits of blake3 over the scenario without its contrasts and claims, the
    /// seed and the fingerprint. These are left out because they do not change what is simulated.
    pub fn run_id(&self) -> String {
        run_id(&self.text, self.seed, &self.fingerprint)
    }

    /// The run's folder below the output folder.
    pub fn folder(&self, out: &Path) -> PathBuf {
        out.join(folder_name(&self.name)).join(self.run_id())
    }
}

/// An arm that was made from another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredDerivation {
    /// The label of the arm.
    pub arm: String,
    /// The label of the arm that it was made from, which the run need not have.
    pub from: String,
    /// In what the two differ.
    pub subject: Subject,
}

impl StoredDerivation {
    /// Of an arm, if it was made from another one.
    pub(super) fn new(arm: &Arm) -> Option<StoredDerivation> {
        let derivation = arm.derivation.as_ref()?;
        Some(StoredDerivation {
            arm: arm.label.clone(),
            from: derivation.from.clone(),
            subject: derivation.subject.clone(),
        })
    }
}

/// The id of a resolved scenario, a seed and a model's fingerprint: see [`RunKey::run_id`].
pub(super) fn run_id(scenario: &str, seed: u64, fingerprint: &str) -> String {
    let scenario = simulated(scenario).replacen(REQUIRE, "\n", 1);
    let mut hasher = blake3::Hasher::new();
    // The length separates the scenario from the seed, so that different keys never hash the same bytes.
    hasher.update(&(scenario.len() as u64).to_le_bytes()).update(scenario.as_bytes());
    hasher.update(&seed.to_le_bytes()).update(fingerprint.as_bytes());
    hasher.finalize().to_hex()[..12].to_string()
}

/// The line that requires all claims. No text can contain it, as none contains a line break.
const REQUIRE: &str = "\nrequire = \"all\"\n";

/// A resolved scenario up to its contrasts and claims, which are at its end. No text in it can contain the line that begins
/// one: line breaks within texts are written as `\n`.
fn simulated(scenario: &str) -> &str {
    let ends = ["\n[[contrast]]\n", "\n[[claim]]\n"].map(|line| scenario.find(line).unwrap_or(scenario.len()));
    &scenario[..ends[0].min(ends[1])]
}

/// A scenario's name as the name of a folder: letters, digits, `-`, `_` and `.`, never with a `.` at its beginning.
pub(super) fn folder_name(scenario: &str) -> String {
    let allowed = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    let name: String = scenario.trim_start_matches('.').chars().map(allowed).collect();
    if name.is_empty() { "unnamed".into() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scenario_seed_and_fingerprint_determine_the_run() {
        let base = RunKey {
            name: "a".into(),
            text: "years = 2".into(),
            seed: 1,
            years: 2,
            replicates: 3,
            replicates_per_world: 2,
            policies: vec!["p".into()],
            derivations: vec![],
            other_worlds: vec![],
            ladders: 0,
            uncertain: vec![],
            parts: vec![],
            measures: &[],
            fingerprint: "f".repeat(64),
        };
        assert_eq!(base.run_id(), base.clone().run_id());
        assert!(base.run_id().len() == 12 && base.run_id().bytes().all(|byte| byte.is_ascii_hexdigit()));
        let others = [
            RunKey { text: "years = 3".into(), ..base.clone() },
            RunKey { seed: 2, ..base.clone() },
            RunKey { fingerprint: "0".repeat(64), ..base.clone() },
        ];
        for other in others {
            assert_ne!(base.run_id(), other.run_id());
        }
        let claims = "years = 2\n[[claim]]\nid = \"A\"\n\n[[claim]]\nid = \"B\"\n";
        assert_eq!(base.run_id(), RunKey { text: claims.into(), ..base.clone() }.run_id(), "claims are not simulated");
        let contrasts = format!("years = 2\n[[contrast]]\narm = \"p\"\n{}", &claims[9..]);
        assert_eq!(base.run_id(), RunKey { text: contrasts, ..base.clone() }.run_id(), "nor are contrasts");
        let required = RunKey { text: "a = 1\nrequire = \"all\"\nyears = 2".into(), ..base.clone() };
        let free = RunKey { text: "a = 1\nyears = 2".into(), ..base.clone() };
        assert_eq!(required.run_id(), free.run_id(), "nor is what must hold");
    }

    #[test]
    fn a_scenario_name_cannot_leave_the_output_folder() {
        assert_eq!(folder_name("hubs-under-drought"), "hubs-under-drought");
        assert_eq!(folder_name("../../etc"), "-..-etc");
        assert_eq!(folder_name(".."), "unnamed");
        assert_eq!(folder_name("a b/c"), "a-b-c");
    }
}
