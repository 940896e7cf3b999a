//! Reproducibility: the same scenario, seed, policy and replicate give the same digest, independent of the number of
//! threads, the other policies and replicates, stored trials, the processor and the build profile.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Mutex;

use hubsim_lab::experiment::{ArmId, Findings, NullSink, Outcome, Sink, SinkError, Trial, run_study};
use hubsim_lab::scenario::{Changes, Scenario};

/// The built-in scenario for tests: three policies, eight replicates.
fn small(changes: Changes) -> Scenario {
    Scenario::find("small", &changes).expect("built in")
}

/// The default scenario with few years and replicates.
fn wikimedia() -> Scenario {
    let changes = Changes { years: Some(2), replicates: Some(2), ..Changes::default() };
    Scenario::find("wikimedia-2023", &changes).expect("built in")
}

/// A trial, identified by policy and replicate.
type TrialId = (String, u32);

/// The bits of a trial's outcome: its digest, and the numbers of its world and its measures, NaNs included.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bits(String, Vec<u64>);

impl Bits {
    fn from_outcome(outcome: &Outcome) -> Bits {
        let numbers = outcome.world.iter().chain(outcome.measures.iter().flatten());
        Bits(outcome.digest.clone(), numbers.map(|x| if x.is_nan() { u64::MAX } else { x.to_bits() }).collect())
    }
}

fn bits(findings: &Findings) -> BTreeMap<TrialId, Bits> {
    let id = |outcome: &Outcome| (findings.policies[outcome.arm.0].clone(), outcome.replicate);
    findings.outcomes.iter().map(|outcome| (id(outcome), Bits::from_outcome(outcome))).collect()
}

fn study(scenario: &Scenario) -> BTreeMap<TrialId, Bits> {
    bits(&run_study(scenario, &NullSink).expect("nothing stops it"))
}

fn study_on(threads: usize, scenario: &Scenario) -> BTreeMap<TrialId, Bits> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| study(scenario))
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    for scenario in [small(Changes::default()), wikimedia()] {
        let one = study_on(1, &scenario);
        assert_eq!(one.len(), scenario.policies.len() * scenario.replicates as usize);
        for threads in [2, 7] {
            assert_eq!(study_on(threads, &scenario), one, "{} on {threads} threads", scenario.name);
        }
    }
}

#[test]
fn results_do_not_depend_on_other_policies() {
    let together = study(&small(Changes::default()));
    let some = |policies: &[&str]| {
        let policies = policies.iter().map(ToString::to_string).collect();
        study(&small(Changes { policies: Some(policies), ..Changes::default() }))
    };
    let mut alone = BTreeMap::new();
    for policy in ["status-quo", "thematic-hubs", "incumbents-claim"] {
        alone.append(&mut some(&[policy]));
    }
    assert_eq!(alone, together);
    assert_eq!(some(&["incumbents-claim", "status-quo", "thematic-hubs"]), together);
}

#[test]
fn results_do_not_depend_on_the_number_of_replicates() {
    let first = study(&small(Changes { replicates: Some(3), ..Changes::default() }));
    let mut all = study(&small(Changes::default()));
    all.retain(|(_, replicate), _| *replicate < 3);
    assert_eq!(first, all);
}

/// A sink with the stored outcomes of an earlier run, which collects the new ones.
struct PartialRun {
    before: Vec<Outcome>,
    now: Mutex<Vec<Outcome>>,
}

impl Sink for PartialRun {
    fn load(&self, arm: ArmId, replicate: u32) -> Option<Outcome> {
        self.before.iter().find(|outcome| (outcome.arm, outcome.replicate) == (arm, replicate)).cloned()
    }
    fn store(&self, _: &Trial, outcome: &Outcome) -> Result<(), SinkError> {
        self.now.lock().expect("no thread failed").push(outcome.clone());
        Ok(())
    }
}

#[test]
fn a_continued_study_equals_an_uninterrupted_one() {
    let scenario = small(Changes::default());
    let whole = run_study(&scenario, &NullSink).expect("nothing stops it");
    for half in [0, 1] {
        let before: Vec<Outcome> = whole.outcomes.iter().filter(|o| o.replicate % 2 == half).cloned().collect();
        let stored = before.len();
        let partial = PartialRun { before, now: Mutex::default() };
        let again = run_study(&scenario, &partial).expect("nothing stops it");
        assert_eq!(bits(&again), bits(&whole));
        assert_eq!(partial.now.into_inner().expect("no thread failed").len(), whole.outcomes.len() - stored);
    }
}

#[test]
fn different_seeds_and_replicates_have_different_digests() {
    let digests = |seed| {
        study(&small(Changes { seed: Some(seed), ..Changes::default() })).into_values().map(|Bits(digest, _)| digest)
    };
    let mut all: Vec<String> = digests(1).chain(digests(2)).collect();
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count);
}

/// Set in the environment of the child process, which prints the bits of its platform's exponential and its digests.
const ANSWER: &str = "HUBSIM_BITS_ANSWER";

/// glibc selects its functions by processor features; these settings make it select those of an older processor.
const OLDER_PROCESSOR: &str = "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX2_Usable,-FMA_Usable,-AVX512F,-AVX512VL,-AVX512BW";

#[test]
fn results_do_not_depend_on_the_processor() {
    if std::env::var_os(ANSWER).is_some() {
        println!("\nexp {:x}", platform_exponentials());
        study(&small(Changes::default())).values().for_each(|Bits(digest, _)| println!("digest {digest}"));
        return;
    }
    let answer = |tunables: &str| {
        let mut child = Command::new(std::env::current_exe().expect("the test has an executable"));
        child.args(["--exact", "results_do_not_depend_on_the_processor", "--nocapture"]);
        let output = child.env(ANSWER, "1").env("GLIBC_TUNABLES", tunables).output().expect("the child process starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let (native, older) = (answer(""), answer(OLDER_PROCESSOR));
    let lines = |text: &str, word: &str| text.lines().filter(|l| l.starts_with(word)).map(String::from).collect();
    let digests: [Vec<String>; 2] = [lines(&native, "digest "), lines(&older, "digest ")];
    assert_eq!(digests[0].len(), 24, "{native}");
    assert_eq!(digests[0], digests[1]);
    // If the platform's functions do not differ between the two, the test cannot detect their use in the model.
    let platform: [Vec<String>; 2] = [lines(&native, "exp "), lines(&older, "exp ")];
    if platform[0] == platform[1] {
        eprintln!("not observable here: the platform's exponential is the same on both processors");
    }
}

/// A sum of the bits of the platform's exponential, which the model must not use.
#[allow(clippy::disallowed_methods, reason = "shows that the platform's differs where the model's does not")]
fn platform_exponentials() -> u64 {
    (0..100_000u32).map(|i| (f64::from(i) * 1e-4).exp().to_bits()).fold(0, u64::wrapping_add)
}

/// The committed digest of a trial. This test also runs in the development profile: both builds must give the same digest.
#[test]
fn the_digest_equals_the_committed_one() {
    let changes = Changes { policies: Some(vec!["thematic-hubs".into()]), replicates: Some(1), ..Changes::default() };
    let now = &study(&small(changes))[&("thematic-hubs".to_owned(), 0)].0;
    assert_eq!(
        include_str!("digest.txt").trim(),
        now,
        "\nthe digest of scenario small, policy thematic-hubs, replicate 0, is now\n\n    {now}\n\nIf the change is intended, write \
         it into tests/digest.txt, and a line `Changes results:` with the reason into CHANGELOG.md."
    );
}

/// The order of the tables of regions, themes, organisations and funders in a file changes no trial.
#[test]
fn results_do_not_depend_on_the_order_of_a_file() {
    let text = include_str!("../scenarios/small.toml");
    let starts: Vec<usize> = text.match_indices("\n[[").map(|(at, _)| at + 1).chain([text.len()]).collect();
    let tables: Vec<&str> = starts.windows(2).map(|ends| &text[ends[0]..ends[1]]).collect();
    let kind = |table: &str| table.lines().next().unwrap_or("").to_owned();
    let mut turned = text[..starts[0]].to_owned();
    for group in tables.chunk_by(|a, b| kind(a) == kind(b)) {
        let list = ["[[region]]", "[[theme]]", "[[organisation]]", "[[funder]]"].contains(&kind(group[0]).as_str());
        let group: Vec<&str> = if list { group.iter().rev().copied().collect() } else { group.to_vec() };
        group.iter().for_each(|table| turned += &format!("{}\n\n", table.trim_end()));
    }
    let digests = |name: &str, text: &str| {
        let path = std::env::temp_dir().join(format!("hubsim-order-{}-{name}.toml", std::process::id()));
        std::fs::write(&path, text).expect("a temporary file");
        let changes = Changes { replicates: Some(2), ..Changes::default() };
        let scenario =
            Scenario::find(&path.to_string_lossy(), &changes).unwrap_or_else(|problems| panic!("{problems}"));
        std::fs::remove_file(&path).expect("a temporary file");
        study(&scenario)
    };
    assert_eq!(digests("turned", &turned), digests("plain", text));
}
