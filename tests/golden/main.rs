//! The numbers of one small study. If numbers change on purpose, add a line `Changes results:` to the changelog and
//! regenerate the file with `HUBSIM_WRITE_GOLDEN=1 cargo test --release --test golden`.

use std::fmt::Write;

use hubsim_lab::experiment::{NullSink, run_study};
use hubsim_lab::scenario::{Changes, Scenario};
use hubsim_model::measures::{MEASURES, position};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/small.csv");

fn study(replicates: u32) -> hubsim_lab::analysis::Findings {
    let changes = Changes { replicates: Some(replicates), ..Changes::default() };
    let scenario = Scenario::find("small", &changes).unwrap_or_else(|problems| panic!("{problems}"));
    run_study(&scenario, &NullSink).expect("nothing stops it")
}

/// The rows of the golden file: policy, year, measure, and value of replicate 0 with ten digits.
fn rows() -> String {
    let findings = study(1);
    let mut text = String::from("policy,year,measure,value\n");
    for outcome in &findings.outcomes {
        for (year, values) in outcome.measures.iter().enumerate() {
            for (measure, value) in MEASURES.iter().zip(values).filter(|(_, value)| !value.is_nan()) {
                let policy = &findings.policies[outcome.arm.0];
                writeln!(text, "{policy},{year},{},{value:.9e}", measure.key).expect("writing to a string succeeds");
            }
        }
    }
    text
}

#[test]
fn a_small_study_gives_the_numbers_of_the_golden_file() {
    let now = rows();
    if std::env::var_os("HUBSIM_WRITE_GOLDEN").is_some() {
        std::fs::write(FILE, &now).expect("the file can be written");
    }
    let before = std::fs::read_to_string(FILE).expect("tests/golden/small.csv");
    let different: Vec<String> = before
        .lines()
        .zip(now.lines())
        .filter(|(before, now)| before != now)
        .map(|(before, now)| format!("- {before}\n+ {now}"))
        .collect();
    assert!(
        different.is_empty() && before.lines().count() == now.lines().count(),
        "{} of {} rows differ, the first:\n{}",
        different.len(),
        before.lines().count(),
        different.first().map_or("(the number of rows differs)", String::as_str)
    );
}

/// Every measure has a value in some trial and year, and each value is finite and within its range. Values may be missing
/// where nothing can be measured, such as mandates without hubs.
#[test]
fn every_measure_is_within_its_range() {
    let findings = study(6);
    for (at, measure) in MEASURES.iter().enumerate() {
        let (least, most) = measure.range;
        let all = findings.outcomes.iter().flat_map(|outcome| outcome.measures.iter().map(|year| year[at]));
        let values: Vec<f64> = all.filter(|value| !value.is_nan()).collect();
        assert!(!values.is_empty(), "{} is always missing", measure.key);
        for value in values {
            assert!(value.is_finite() && value >= least && value <= most, "{} = {value}", measure.key);
        }
    }
}

/// Common random numbers: outcomes of the same replicate under two policies are correlated, so that a paired comparison
/// needs fewer trials. The mutant pairs each replicate with the next one.
#[test]
fn outcomes_of_the_same_replicate_are_correlated() {
    let findings = study(24);
    let column = position("need_met").expect("a measure");
    let last = |arm: usize| -> Vec<f64> {
        let mine = findings.outcomes.iter().filter(|outcome| outcome.arm.0 == arm);
        mine.map(|outcome| outcome.measures.last().expect("a last year")[column]).collect()
    };
    let (first, second) = (last(0), last(1));
    let mut shifted = second.clone();
    shifted.rotate_left(1);
    assert!(correlation(&first, &second) > 0.5, "correlation {}", correlation(&first, &second));
    assert!(correlation(&first, &shifted) < 0.5, "the mutant passes: {}", correlation(&first, &shifted));
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let (ma, mb) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let sum = |f: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(x, y)| f(x - ma, y - mb)).sum::<f64>();
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}
