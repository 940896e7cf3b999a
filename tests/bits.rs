//! The promise of bits: the same scenario, seed, policy and replicate give the same digest, whatever the number of
//! threads, the company of other policies and replicates, what was kept before, the processor and the build.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Mutex;

use hubsim_lab::experiment::{ArmId, Findings, NullSink, Outcome, Sink, SinkError, Trial, run_study};
use hubsim_lab::scenario::{Changes, Scenario};

/// The whole built-in scenario for tests: three policies, eight replicates.
fn small(changes: Changes) -> Scenario {
    Scenario::find("small", &changes).expect("built in")
}

/// The default scenario, cut short.
fn wikimedia() -> Scenario {
    let changes = Changes { years: Some(2), replicates: Some(2), ..Changes::default() };
    Scenario::find("wikimedia-2023", &changes).expect("built in")
}

/// A trial by policy and replicate.
type Place = (String, u32);

/// Everything a study says of a trial, as bits: its digest, and its world and measures, NaNs included.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bits(String, Vec<u64>);

impl Bits {
    fn of(outcome: &Outcome) -> Bits {
        let numbers = outcome.world.iter().chain(outcome.measures.iter().flatten());
        Bits(outcome.digest.clone(), numbers.map(|x| if x.is_nan() { u64::MAX } else { x.to_bits() }).collect())
    }
}

fn bits(findings: &Findings) -> BTreeMap<Place, Bits> {
    let place = |outcome: &Outcome| (findings.policies[outcome.arm.0].clone(), outcome.replicate);
    findings.outcomes.iter().map(|outcome| (place(outcome), Bits::of(outcome))).collect()
}

fn study(scenario: &Scenario) -> BTreeMap<Place, Bits> {
    bits(&run_study(scenario, &NullSink).expect("nothing stops it"))
}

fn study_on(threads: usize, scenario: &Scenario) -> BTreeMap<Place, Bits> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| study(scenario))
}

#[test]
fn threads_change_nothing() {
    for scenario in [small(Changes::default()), wikimedia()] {
        let one = study_on(1, &scenario);
        assert_eq!(one.len(), scenario.policies.len() * scenario.replicates as usize);
        for threads in [2, 7] {
            assert_eq!(study_on(threads, &scenario), one, "{} on {threads} threads", scenario.name);
        }
    }
}

#[test]
fn policies_do_not_see_one_another() {
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
fn a_world_does_not_depend_on_how_many_there_are() {
    let first = study(&small(Changes { replicates: Some(3), ..Changes::default() }));
    let mut all = study(&small(Changes::default()));
    all.retain(|(_, replicate), _| *replicate < 3);
    assert_eq!(first, all);
}

/// Holds what an earlier start finished, and what this one does.
struct Shelf {
    before: Vec<Outcome>,
    now: Mutex<Vec<Outcome>>,
}

impl Sink for Shelf {
    fn load(&self, arm: ArmId, replicate: u32) -> Option<Outcome> {
        self.before.iter().find(|outcome| (outcome.arm, outcome.replicate) == (arm, replicate)).cloned()
    }
    fn store(&self, _: &Trial, outcome: &Outcome) -> Result<(), SinkError> {
        self.now.lock().expect("no thread failed").push(outcome.clone());
        Ok(())
    }
}

#[test]
fn a_study_in_two_halves_is_the_study() {
    let scenario = small(Changes::default());
    let whole = run_study(&scenario, &NullSink).expect("nothing stops it");
    for half in [0, 1] {
        let before: Vec<Outcome> = whole.outcomes.iter().filter(|o| o.replicate % 2 == half).cloned().collect();
        let kept = before.len();
        let shelf = Shelf { before, now: Mutex::default() };
        let again = run_study(&scenario, &shelf).expect("nothing stops it");
        assert_eq!(bits(&again), bits(&whole));
        assert_eq!(shelf.now.into_inner().expect("no thread failed").len(), whole.outcomes.len() - kept);
    }
}

#[test]
fn every_seed_and_replicate_is_another_world() {
    let digests = |seed| {
        study(&small(Changes { seed: Some(seed), ..Changes::default() })).into_values().map(|Bits(digest, _)| digest)
    };
    let mut all: Vec<String> = digests(1).chain(digests(2)).collect();
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count);
}

/// What a process of its own answers: the bits of its platform's exponential, then a digest a line.
const ANSWER: &str = "HUBSIM_BITS_ANSWER";

/// glibc chooses its functions by processor; these settings make it choose as on an older one.
const OLDER_PROCESSOR: &str = "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX2_Usable,-FMA_Usable,-AVX512F,-AVX512VL,-AVX512BW";

#[test]
fn another_processor_gives_the_same_bits() {
    if std::env::var_os(ANSWER).is_some() {
        println!("\nexp {:x}", platform_exponentials());
        study(&small(Changes::default())).values().for_each(|Bits(digest, _)| println!("digest {digest}"));
        return;
    }
    let answer = |tunables: &str| {
        let mut child = Command::new(std::env::current_exe().expect("a test has a file"));
        child.args(["--exact", "another_processor_gives_the_same_bits", "--nocapture"]);
        let output = child.env(ANSWER, "1").env("GLIBC_TUNABLES", tunables).output().expect("it starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let (here, there) = (answer(""), answer(OLDER_PROCESSOR));
    let lines = |text: &str, word: &str| text.lines().filter(|l| l.starts_with(word)).map(String::from).collect();
    let digests: [Vec<String>; 2] = [lines(&here, "digest "), lines(&there, "digest ")];
    assert_eq!(digests[0].len(), 24, "{here}");
    assert_eq!(digests[0], digests[1]);
    // Where the platform's own functions do not differ, the test could not have seen a use of them.
    let platform: [Vec<String>; 2] = [lines(&here, "exp "), lines(&there, "exp ")];
    if platform[0] == platform[1] {
        eprintln!("not observable here: the platform's exponential is the same on both processors");
    }
}

/// A sum of the bits of the platform's exponential, which the model may not use.
#[allow(clippy::disallowed_methods, reason = "shows that the platform's differs where the model's does not")]
fn platform_exponentials() -> u64 {
    (0..100_000u32).map(|i| (f64::from(i) * 1e-4).exp().to_bits()).fold(0, u64::wrapping_add)
}

/// The digest of a trial, as committed. This test is also run in the development profile: both builds must give it.
#[test]
fn a_digest_is_what_it_was() {
    let changes = Changes { policies: Some(vec!["thematic-hubs".into()]), replicates: Some(1), ..Changes::default() };
    let now = &study(&small(changes))[&("thematic-hubs".to_owned(), 0)].0;
    assert_eq!(
        include_str!("digest.txt").trim(),
        now,
        "\nthe digest of scenario small, policy thematic-hubs, replicate 0, is now\n\n    {now}\n\nIf the change is meant, write \
         it into tests/digest.txt, and a line `Changes results:` with the reason into CHANGELOG.md."
    );
}
