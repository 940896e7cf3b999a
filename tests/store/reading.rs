//! The results are read back as they were written.

use std::fs;
use std::path::Path;

use hubsim::store::{ORGANISATION_REPLICATES, RunKey, StoreErrorCause, StoredRun, TableColumns, find_run, reading};
use hubsim_model::record::rows::{Row, Value};
use hubsim_model::record::{History, TableVisitor};

use crate::fixture::*;

fn finished(out: &Path) -> StoredRun {
    run(out, 1);
    StoredRun::read(&run_key().folder(out)).unwrap()
}

#[test]
fn findings_are_read_back_bit_by_bit() {
    let out = tempfile::tempdir().unwrap();
    let run = finished(out.path());
    assert_eq!(run.scenario, run_key().text);
    let found = run.findings_of(&["work", "no such measure", "unspent"]).unwrap();
    assert_eq!(found.policies, run_key().policies);
    assert_eq!(found.uncertain, ["production.reuse_threshold"]);
    assert_eq!(Some(found.digest()), run.manifest.digest);
    assert_eq!(found.outcomes.len(), plans().len());
    for (outcome, (arm, replicate)) in found.outcomes.iter().zip(plans()) {
        let expected = simulate(arm, replicate).1;
        assert_eq!((outcome.arm.0, outcome.replicate, &outcome.digest), (arm, replicate, &expected.digest));
        assert_eq!(outcome.world, expected.world);
        for (year, row) in expected.measures.iter().enumerate() {
            let bits = |value: f64| if value.is_nan() { None } else { Some(value.to_bits()) };
            assert_eq!(bits(outcome.measures[year][0]), bits(row[0]));
            assert!(outcome.measures[year][1].is_nan());
            assert_eq!(bits(outcome.measures[year][2]), bits(row[1]));
        }
    }
}

#[test]
fn each_trial_says_in_which_world_it_lies() {
    let out = tempfile::tempdir().unwrap();
    let run = finished(out.path());
    let trials = reading::read(&run.path.join("trials.parquet"), &|_| true).unwrap();
    for (at, (_, replicate)) in plans().into_iter().enumerate() {
        assert_eq!(trials.counts("world").unwrap()[at], replicate / run_key().replicates_per_world);
    }
    assert_eq!(run.manifest.replicates_per_world, run_key().replicates_per_world);
}

/// Compares every cell of every table of a run with the rows it was made from.
struct CompareCells<'a>(&'a StoredRun);

impl TableVisitor for CompareCells<'_> {
    type Output = ();

    fn table<R: Row>(&mut self, _: &[R]) {
        let table = reading::read(&self.0.path.join(format!("{}.parquet", R::TABLE)), &|_| true).unwrap();
        let replicates = if R::TABLE == "organisations" { ORGANISATION_REPLICATES } else { REPLICATES };
        let mut at = 0;
        for (arm, replicate) in plans().into_iter().filter(|plan| plan.1 < replicates) {
            let (trial, _) = simulate(arm, replicate);
            for row in R::rows(&trial.history) {
                assert_eq!(table.names("policy").unwrap().get(at), run_key().policies[arm]);
                assert_eq!(table.counts("replicate").unwrap()[at], replicate);
                assert_eq!(table.counts("year").unwrap()[at], row.year());
                (0..R::COLUMNS.len()).for_each(|column| assert_cell_equals(&table, at, row, column, &trial.history));
                at += 1;
            }
        }
        assert!(at > 0, "the fixture has no row of {}", R::TABLE);
        assert_eq!(table.rows, at, "{}", R::TABLE);
        assert_eq!(table.keys().count(), R::COLUMNS.len() + 3);
    }
}

fn assert_cell_equals<R: Row>(table: &TableColumns, at: usize, row: &R, column: usize, history: &History) {
    let spec = &R::COLUMNS[column];
    match row.value(column) {
        Value::Number(value) => {
            let found = table.numbers(spec.key).unwrap()[at];
            assert!(found.to_bits() == value.to_bits() || found.is_nan() && value.is_nan(), "{}", spec.key);
        }
        Value::Count(value) => assert_eq!(table.counts(spec.key).unwrap()[at], value, "{}", spec.key),
        Value::Name(value) => {
            let hubsim_model::record::rows::Type::Name(kind) = spec.kind else { panic!("{} is no name", spec.key) };
            assert_eq!(table.names(spec.key).unwrap().get(at), history.names.of(kind, value), "{}", spec.key);
        }
    }
}

#[test]
fn rows_are_read_back_cell_by_cell() {
    let out = tempfile::tempdir().unwrap();
    let run = finished(out.path());
    History::default().visit(&mut CompareCells(&run));
}

#[test]
fn no_row_group_contains_two_policies() {
    let out = tempfile::tempdir().unwrap();
    let run = finished(out.path());
    let mut groups = Vec::new();
    let wanted = |key: &str| key == "policy" || key == "staff";
    run.scan("organisations", &wanted, |group| {
        assert_eq!(group.keys().collect::<Vec<_>>(), ["policy", "staff"]);
        groups.push((group.rows, group.names("policy").unwrap().words.clone()));
        Ok(())
    })
    .unwrap();
    let rows = (ORGANISATION_REPLICATES * ORGANISATIONS * (YEARS + 1)) as usize;
    let policies = run_key().policies;
    assert_eq!(groups, [(rows, vec![policies[0].clone()]), (rows, vec![policies[1].clone()])]);
}

#[test]
fn summary_and_comparisons_agree_with_the_findings() {
    let out = tempfile::tempdir().unwrap();
    finished(out.path());
    let files = results(out.path());
    let mut summary = csv::Reader::from_reader(files["summary.csv"].as_slice());
    let rows: Vec<csv::StringRecord> = summary.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2 * (YEARS as usize + 1) * 2);
    // Year 0 has no flows: n is 0 and all statistics are empty.
    assert_eq!(
        rows[1].iter().collect::<Vec<_>>(),
        ["status-quo", "0", "unspent", "0", "", "", "", "", "", "", "", "", "", "", ""]
    );
    // Work in year 0 is 10 × replicate / 7: the mean over 0 … 11 is 55/7.
    let mean: f64 = rows[0][4].parse().unwrap();
    assert!((mean - 55.0 / 7.0).abs() < 1e-12);

    let mut comparisons = csv::Reader::from_reader(files["comparisons.csv"].as_slice());
    let rows: Vec<csv::StringRecord> = comparisons.records().map(Result::unwrap).collect();
    // The last year, then year 1.
    let years: Vec<&str> = rows.iter().map(|row| &row[3]).collect();
    assert_eq!(years, ["4", "4", "1", "1"]);
    assert_eq!(rows[0].iter().take(5).collect::<Vec<_>>(), ["hubs, thematic", "status-quo", "work", "4", "12"]);
    // The second policy does 10 more work in every replicate, and leaves 1 more unspent.
    let number = |row: usize, column: usize| rows[row][column].parse::<f64>().unwrap();
    assert!((number(0, 7) - 10.0).abs() < 1e-12 && (number(1, 7) - 1.0).abs() < 1e-12);
    // With one trial a world, a share of worlds is not known.
    assert_eq!((number(0, 11), &rows[0][12]), (12.0, ""));
}

#[test]
fn the_dictionary_lists_every_column_of_every_table() {
    let out = tempfile::tempdir().unwrap();
    let run = finished(out.path());
    let files = results(out.path());
    let mut dictionary = csv::Reader::from_reader(files["dictionary.csv"].as_slice());
    let rows: Vec<csv::StringRecord> = dictionary.records().map(Result::unwrap).collect();
    for row in &rows {
        assert!(row.iter().take(4).all(|cell| !cell.is_empty()), "{row:?}");
    }
    let mut known: Vec<(String, String)> = rows.iter().map(|row| (row[0].to_string(), row[1].to_string())).collect();
    // The table of verdicts is made from the findings, like the charts.
    known.retain(|(table, _)| table != "claims.csv");
    known.sort();
    let mut present = Vec::new();
    for (name, bytes) in &files {
        let keys: Vec<String> = if name.ends_with(".csv") {
            let mut table = csv::Reader::from_reader(bytes.as_slice());
            table.headers().unwrap().iter().map(str::to_string).collect()
        } else if name.ends_with(".parquet") {
            let table = reading::read(&run.path.join(name), &|_| true).unwrap();
            table.keys().map(str::to_string).collect()
        } else {
            continue;
        };
        present.extend(keys.into_iter().map(|key| (name.clone(), key)));
    }
    present.sort();
    assert_eq!(known, present);
    let work = rows.iter().find(|row| &row[0] == "years.parquet" && &row[1] == "work").unwrap();
    assert_eq!(
        work.iter().skip(2).collect::<Vec<_>>(),
        ["All work, per year.", "FTE-quarters", "at least 0", "higher"]
    );
}

#[test]
fn a_run_is_found_by_folder_scenario_latest_or_id() {
    let out = tempfile::tempdir().unwrap();
    run(out.path(), 1);
    let first = run_key().folder(out.path());
    let name = first.file_name().unwrap().to_str().unwrap().to_string();
    for what in [first.to_str().unwrap(), "made-up", "latest", &name, &name[..4], &name.to_uppercase()] {
        assert_eq!(find_run(out.path(), what).unwrap(), first, "{what}");
    }

    // A later run of another scenario, and the folder of one that is not finished.
    let other = RunKey { name: "drought".into(), ..run_key() };
    let copy = other.folder(out.path());
    fs::create_dir_all(&copy).unwrap();
    for (file, bytes) in content(&first) {
        let text = String::from_utf8_lossy(&bytes).replace("2026-09-21T14:13:21", "2026-09-21T14:13:22");
        fs::write(copy.join(&file), if file.ends_with(".json") { text.into_bytes() } else { bytes }).unwrap();
    }
    let unfinished = RunKey { seed: 10, ..run_key() };
    let begun = hubsim::store::RunFolder::open(out.path(), &unfinished).unwrap();
    assert_eq!(find_run(out.path(), "latest").unwrap(), copy);
    assert_eq!(find_run(out.path(), "made-up").unwrap(), first, "the finished one");
    assert_eq!(find_run(out.path(), "drought").unwrap(), copy);
    assert_eq!(find_run(out.path(), &unfinished.run_id()).unwrap(), unfinished.folder(out.path()));
    drop(begun);

    let error = find_run(out.path(), &name).unwrap_err();
    assert_eq!(error.exit_status(), 2);
    assert!(error.to_string().contains("several") && error.to_string().contains("drought"), "{error}");
}

#[test]
fn a_wrong_name_finds_no_run() {
    let out = tempfile::tempdir().unwrap();
    for what in ["latest", "", "made-up", "abc", "../..", "zzz"] {
        let error = find_run(out.path(), what).unwrap_err();
        assert!(matches!(error.cause, StoreErrorCause::NoSuchRun(_)), "{what}: {error}");
    }
    run(out.path(), 1);
    let error = find_run(out.path(), "zzz").unwrap_err();
    assert!(error.to_string().contains("made-up"), "{error}");
    assert!(find_run(&out.path().join("nowhere"), "latest").is_err());
    assert_eq!(StoredRun::read(out.path()).unwrap_err().exit_status(), 2);
}
