//! How often the 95 % interval of a difference contains the true difference: over 200 seeds of `small`. Heavy, so run on request:
//! `cargo test --release --test coverage -- --ignored`.

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
#[test]
#[ignore = "some ten minutes"]
fn intervals_contain_the_truth_as_often_as_they_say() {
    let truth = study(1_000_000, TRUTH);
    let mut low = Vec::new();
    for (worlds, headlines_only, least) in [(20, true, LEAST), (100, false, LEAST_OF_ALL)] {
        let studies: Vec<Findings> = (0..SEEDS).map(|seed| study(seed + 1, 2 * worlds)).collect();
        let found = coverage(&studies, &truth);
        for (key, _, share) in found.iter().filter(|(_, headline, _)| *headline || !headlines_only) {
            println!("{worlds} worlds: {key} {}", share.map_or("-".to_owned(), |share| format!("{share:.3}")));
        }
        let known = |key: &str| KNOWN.iter().any(|(of, _)| *of == key);
        let asked = found.into_iter().filter(|(key, headline, _)| (*headline || !headlines_only) && !known(key));
        let short = asked.filter_map(|(key, _, share)| Some((worlds, key, share.filter(|share| *share < least)?)));
        low.extend(short);
    }
    assert!(low.is_empty(), "intervals contain the truth too seldom: {low:?}");
}
