//! Verdicts in words, blocks and rows, from findings made by arithmetic.

use super::*;
use crate::store::dictionary::CLAIMS;
use hubsim_lab::analysis::Findings;
use hubsim_lab::analysis::claims::fixture::{at, claim, findings, part};
use hubsim_lab::analysis::claims::test_claims;
use hubsim_lab::scenario::claim::{Claim, ClaimForm, ClaimPart, ClaimYears, Expectation, SmallestDifference};
use hubsim_model::measures::MEASURES;

/// Need met rises by about `by` under `hubs` from about 0.3; reuse goes along with it, volunteers move by themselves.
fn found(by: f64) -> Findings {
    findings(&["base", "hubs"], 24, 20, |arm, replicate, _, measure| {
        let own = f64::from(replicate * 17 % 7) / 7.0 - 3.0 / 7.0;
        let noise = f64::from(replicate * 29 % 13) / 13.0 - 6.0 / 13.0;
        let shift = match measure {
            _ if arm == 0 => 0.0,
            measure if measure == at("need_met") => by + 0.02 * own,
            measure if measure == at("reuse_rate") => 0.2 + 0.1 * own + 0.001 * noise,
            measure if measure == at("volunteers") => -1000.0 + 10.0 * noise,
            _ => 0.0,
        };
        let start = if measure == at("volunteers") { 12_000.0 } else { 0.3 };
        start + 0.01 * noise + shift
    })
}

fn why(claim: &Claim, findings: &Findings) -> String {
    match &test_claims(std::slice::from_ref(claim), findings).claims[0].answer {
        ClaimAnswer::Verdict(evidence) => words::why(claim, evidence),
        ClaimAnswer::Table(..) => panic!("a table"),
    }
}

fn with(because: &[&str], part: ClaimPart) -> Claim {
    Claim { because: because.iter().map(|key| at(key)).collect(), ..claim(vec![part]) }
}

fn title(key: &str) -> String {
    let title = MEASURES[at(key)].title;
    title[..1].to_lowercase() + &title[1..]
}

#[test]
fn a_sentence_says_what_came_out_and_what_moved_with_it() {
    let all = ["reuse_rate", "volunteers", "service_gap"];
    let of = with(&all, part());
    let need = MEASURES[at("need_met")].title;
    let said = why(&of, &found(0.1234));
    let start = format!(
        "{need} up from 0.30 to 0.42. With it, world by world: {} up from 0.30 to 0.50. Besides: ",
        title("reuse_rate")
    );
    assert!(said.starts_with(&start), "{said}");
    let unit = MEASURES[at("volunteers")].unit;
    assert!(said.ends_with(&format!("{} down from 12,000 to 11,000 {unit}.", title("volunteers"))), "{said}");
    let said = why(&with(&["service_gap"], part()), &found(0.1234));
    assert!(said.ends_with(&format!(" {} did not move.", MEASURES[at("service_gap")].title)), "{said}");
    let said = why(&with(&["service_gap", "top5_share"], part()), &found(0.1234));
    assert!(said.contains(" None of these moved: "), "{said}");
    let many = ["service_gap", "top5_share", "ruin", "expertise_gini"];
    assert!(why(&with(&many, part()), &found(0.1234)).ends_with(" None of the 4 measures that might tell why moved."));
}

#[test]
fn each_verdict_has_its_words() {
    let need = MEASURES[at("need_met")].title;
    for (expect, by, shift, words) in [
        (Expectation::Higher, SmallestDifference::Amount(0.1), -0.2, "down from 0.30 to 0.10."),
        (
            Expectation::Higher,
            SmallestDifference::Amount(0.1),
            0.02,
            "up from 0.300 to 0.320, by less than the 0.10 that matters.",
        ),
        (
            Expectation::Higher,
            SmallestDifference::Amount(0.1),
            0.1,
            "up from 0.30 to 0.40: surely higher, too unsure to tell whether by the 0.10 that matters.",
        ),
        (
            Expectation::Higher,
            SmallestDifference::Amount(0.1),
            -0.1,
            "to 0.20: surely not higher by the 0.10 that matters, too unsure to tell whether lower by as much.",
        ),
        (
            Expectation::Lower,
            SmallestDifference::Amount(0.1),
            0.1,
            "to 0.40: surely not lower by the 0.10 that matters, too unsure to tell whether higher by as much.",
        ),
        (
            Expectation::NotHigher,
            SmallestDifference::Amount(0.1),
            0.1,
            "to 0.40, too unsure to tell from the 0.10 that matters.",
        ),
        (Expectation::NotLower, SmallestDifference::Share(0.1), 0.0, "not lower by the 0.030 that matters."),
    ] {
        let said = why(&with(&["service_gap"], ClaimPart { expect, by, ..part() }), &found(shift));
        assert!(said.starts_with(need) && said.contains(words), "{said}");
    }
    let bound = ClaimPart { expect: Expectation::Below, by: SmallestDifference::Amount(0.05), against: None, ..part() };
    let said = why(&with(&[], bound), &found(0.1));
    assert_eq!(said, format!("{need} is 0.400, below 0.050 was asked."));
    let gone = ClaimPart { against: Some("base without a".to_owned()), ..part() };
    assert_eq!(
        why(&with(&[], gone), &found(0.1)),
        "Missing from the run: base without a; run again with it among `--policies`, beside the others."
    );
    let net_of = Some(["hubs".to_owned(), "base".to_owned()]);
    let said = why(&with(&[], ClaimPart { net_of, ..part() }), &found(0.1));
    assert!(said.starts_with(&format!("{need}: a difference of 0.1")), "{said}");
}

fn three() -> Vec<Claim> {
    let table = ClaimForm::Table {
        policies: vec!["base".to_owned(), "hubs".to_owned(), "away".to_owned()],
        measures: vec![at("volunteers")],
        within: None,
        years: ClaimYears::Last,
    };
    let named = |id: &str, of: Claim| Claim { id: id.to_owned(), ..of };
    let bad = ClaimPart { expect: Expectation::Lower, ..part() };
    vec![
        named("B1", with(&[], part())),
        Claim { built_in: "Hubs are told to help.".to_owned(), ..named("B2", claim(vec![bad, part()])) },
        Claim { form: table, ..named("G4", claim(vec![])) },
    ]
}

#[test]
fn a_terminal_shows_a_block_for_each_claim() {
    let (claims, found) = (three(), found(0.2));
    let results = test_claims(&claims, &found);
    for width in [40, 80, 200] {
        let text = blocks(&results, width);
        assert!(text.lines().all(|line| line.chars().count() <= width.min(100)), "{text}");
    }
    let text = blocks(&results, 100);
    assert!(
        text.starts_with("3 claims: 1 supported, 1 contradicted, 1 table.\n3 parts were tested together"),
        "{text}"
    );
    for words in [
        "\nB1: supported\n    Hubs help (2-2)\n",
        "\nB2: contradicted\n",
        "    Built in: Hubs are told to help.\n",
        "\nG4: table\n",
        "    Missing from the run: away.\n",
        "hubs against base, year 20: higher by 0.1\n",
        "p < 0.0001",
    ] {
        assert!(text.contains(words), "{words} is missing in\n{text}");
    }
}

#[test]
fn years_that_are_not_there_are_told() {
    // The run ends in year 20.
    let found = found(0.2);
    let shown = |years: ClaimYears| {
        let claims = [with(&[], ClaimPart { years, ..part() })];
        blocks(&test_claims(&claims, &found), 100)
    };
    assert!(shown(ClaimYears::Span(1, 20)).contains("mean of years 1 to 20: higher"));
    assert!(
        shown(ClaimYears::Span(1, 30)).contains("mean of years 1 to 20 (30 was asked; the run ends before): higher")
    );
    let late = shown(ClaimYears::Span(25, 25));
    assert!(late.contains("year 25: higher") && late.contains("beyond the last one simulated, year 20"), "{late}");
    let table = |first, last| {
        let ClaimForm::Table { policies, measures, .. } = three().remove(2).form else { panic!("a table") };
        let form = ClaimForm::Table { policies, measures, within: None, years: ClaimYears::Span(first, last) };
        let claims = [Claim { form, ..claim(vec![]) }];
        blocks(&test_claims(&claims, &found), 100)
    };
    assert!(table(21, 30).contains("All its years lie beyond"), "{}", table(21, 30));
    assert!(table(2, 30).contains("mean of years 2 to 20 (30 was asked"), "{}", table(2, 30));
}

/// Need met is a flow: in year 0 nobody has asked for anything yet.
#[test]
fn a_measure_without_a_value_is_named() {
    let found = findings(&["base", "hubs"], 4, 3, |_, _, year, _| if year == 0 { f64::NAN } else { 0.5 });
    let said = why(&with(&[], ClaimPart { years: ClaimYears::Span(0, 0), ..part() }), &found);
    let title = MEASURES[at("need_met")].title;
    assert_eq!(said, format!("{title} has no value in year 0, before anything is done, under hubs and base."));
}

#[test]
fn programs_get_a_row_for_each_part_with_all_numbers() {
    let (claims, found) = (three(), found(0.2));
    let csv = data(&test_claims(&claims, &found)).csv();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let keys: Vec<&str> = CLAIMS.iter().map(|(key, _, _)| *key).collect();
    assert_eq!(reader.headers().expect("a header"), keys);
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("a flat table");
    assert_eq!(rows.len(), 1 + 2 + 2);
    let cell = |row: usize, key: &str| &rows[row][keys.iter().position(|other| *other == key).expect("a column")];
    assert_eq!((cell(1, "claim"), cell(1, "part"), cell(2, "part")), ("B2", "1", "2"));
    assert_eq!(
        (cell(1, "verdict"), cell(2, "verdict"), cell(2, "claim_verdict")),
        ("contradicted", "supported", "contradicted")
    );
    let number = |row: usize, key: &str| cell(row, key).parse::<f64>().expect("a number");
    assert!((number(0, "value") - number(0, "reference") - number(0, "difference")).abs() < 1e-12);
    assert!(number(0, "low") < number(0, "difference") && number(0, "difference") < number(0, "high"));
    assert_eq!((number(0, "smallest"), number(0, "n"), cell(0, "worlds")), (0.1, 24.0, ""), "one trial a world");
    assert_eq!((cell(0, "decisive"), cell(3, "decisive")), ("true", "false"));
    assert_eq!((cell(0, "unit"), cell(3, "unit")), (MEASURES[at("need_met")].unit, MEASURES[at("volunteers")].unit));
    let units = data(&test_claims(&claims, &found)).columns.into_iter().filter(|column| !column.unit.is_empty());
    let units: Vec<(String, String)> = units.map(|column| (column.title, column.unit)).collect();
    assert!(units.contains(&("first_year".to_owned(), "years".to_owned())), "{units:?}");
    assert!(units.iter().all(|(_, unit)| !["-", "measure"].contains(&unit.as_str())), "{units:?}");
    assert_eq!((cell(4, "policy"), cell(4, "against"), cell(4, "claim_verdict")), ("hubs", "base", "table"));
    assert!((number(4, "difference") + 1000.0).abs() < 1.0 && cell(3, "difference").is_empty());
}

#[test]
fn nothing_claimed_is_said_so() {
    let found = found(0.1);
    let results = test_claims(&[], &found);
    assert_eq!(counts(&results.claims), "no claims");
    assert_eq!(data(&results).csv().lines().count(), 1);
}
