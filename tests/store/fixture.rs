//! A study without a model: histories computed by arithmetic, so that every number in a table is known in advance.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use hubsim::store::{Opened, Provenance, RunFolder, RunKey};
use hubsim_lab::analysis::{Findings, Outcome};
use hubsim_lab::experiment::{ArmId, Sink, Trial};
use hubsim_model::measures::{Direction, Group, Measure};
use hubsim_model::record::rows::NO_NAME;
use hubsim_model::record::{FlowRow, History, MandateRow, MovementRow, Names, OrganisationRow, RegionRow, ThemeRow};

pub const YEARS: u32 = 4;
pub const REPLICATES: u32 = 12;
pub const ORGANISATIONS: u32 = 60;

static WORK: Measure = Measure {
    key: "work",
    group: Group::Movement,
    headline: true,
    title: "Work",
    meaning: "All work, per year.",
    formula: "work",
    unit: "FTE-quarters",
    range: (0.0, f64::INFINITY),
    direction: Direction::Higher,
    source: "made for this test",
    example: "work",
    values: |history| history.movement.iter().map(|row| row.work).collect(),
};
static UNSPENT: Measure = Measure {
    key: "unspent",
    title: "Unspent",
    unit: "USD",
    meaning: "What was not awarded, \"unspent\".",
    direction: Direction::Lower,
    values: |history| history.movement.iter().map(|row| row.unspent).collect(),
    ..WORK
};
pub static MEASURES: &[&Measure] = &[&WORK, &UNSPENT];

pub fn run_key() -> RunKey {
    RunKey {
        name: "made-up".into(),
        text: "name = \"made-up\"\nseed = 9\n".into(),
        seed: 9,
        years: YEARS,
        replicates: REPLICATES,
        replicates_per_world: 2,
        policies: vec!["status-quo".into(), "hubs, thematic".into()],
        derivations: vec![],
        other_worlds: vec![],
        ladders: 0,
        uncertain: vec![("production.reuse_threshold".into(), "share".into())],
        parts: vec![],
        measures: MEASURES,
        fingerprint: "0123456789abcdef".repeat(4),
    }
}

/// The trials of the run as (arm, replicate), in order.
pub fn plans() -> Vec<(usize, u32)> {
    (0..2).flat_map(|arm| (0..REPLICATES).map(move |replicate| (arm, replicate))).collect()
}

/// One trial and its outcome, as the study passes them to the store.
pub fn simulate(arm: usize, replicate: u32) -> (Trial, Outcome) {
    let offset = f64::from(replicate) / 7.0 + arm as f64;
    let history = history(offset, replicate);
    let digest = blake3::hash(format!("{arm} {replicate}").as_bytes()).to_hex().to_string();
    let world = vec![0.1 + f64::from(replicate) / 100.0];
    let columns: Vec<Vec<f64>> = MEASURES.iter().map(|measure| (measure.values)(&history)).collect();
    let measures = (0..=YEARS as usize).map(|year| columns.iter().map(|column| column[year]).collect()).collect();
    let policy = run_key().policies[arm].clone();
    let outcome = Outcome { arm: ArmId(arm), replicate, digest: digest.clone(), world: world.clone(), measures };
    (Trial { policy, replicate, digest, world, history }, outcome)
}

fn history(offset: f64, replicate: u32) -> History {
    let names = |stem: &str, n: u32| (0..n).map(|at| format!("{stem} {at}")).collect::<Vec<_>>();
    let mut history = History {
        names: Names {
            region: names("region", 3),
            group: names("group", 3),
            theme: names("theme", 2),
            funder: names("funder", 2),
            organisation: names("organisation", ORGANISATIONS),
            mandate: names("mandate", 1 + replicate % 2),
        },
        ..History::default()
    };
    for year in 0..=YEARS {
        let base = offset + f64::from(year);
        let flow = if year == 0 { f64::NAN } else { base };
        history.movement.push(MovementRow {
            year,
            work: base * 10.0,
            unspent: flow,
            built: year,
            ..Default::default()
        });
        for region in 0..3 {
            history.regions.push(RegionRow { year, region, online: base + f64::from(region), ..Default::default() });
        }
        for organisation in 0..ORGANISATIONS {
            let staff = base / f64::from(organisation + 1);
            let row = OrganisationRow { year, organisation, kind: organisation % 4, staff, ..Default::default() };
            history.organisations.push(row);
        }
        // The second mandate has no holder: a position without a name.
        for mandate in 0..=replicate % 2 {
            let holder = if mandate == 0 { year } else { NO_NAME };
            history.mandates.push(MandateRow { year, mandate, holder, stage: mandate, ..Default::default() });
        }
        history.themes.push(ThemeRow { year, theme: 1, presence: offset, noticed: year, ..Default::default() });
        history.flows.push(FlowRow { year, funder: 1, region: 2, awarded: flow, ..Default::default() });
    }
    history
}

/// Simulates the trials that are not stored yet, in the given order, and returns their number.
pub fn simulate_missing(folder: &RunFolder, order: &[(usize, u32)]) -> usize {
    let mut simulated = 0;
    for &(arm, replicate) in order {
        if folder.load(ArmId(arm), replicate).is_none() {
            let (trial, outcome) = simulate(arm, replicate);
            folder.store(&trial, &outcome).unwrap();
            simulated += 1;
        }
    }
    simulated
}

/// The findings of the stored trials.
pub fn findings(folder: &RunFolder) -> Findings {
    Findings {
        other_worlds: vec![],
        chosen: vec![],
        policies: run_key().policies,
        contrasts: vec![],
        uncertain: vec!["production.reuse_threshold".into()],
        parts: vec![],
        replicates_per_world: 1,
        years: YEARS,
        outcomes: plans().into_iter().map(|(arm, replicate)| folder.load(ArmId(arm), replicate).unwrap()).collect(),
    }
}

pub fn provenance(second: u64) -> Provenance {
    let started = UNIX_EPOCH + Duration::from_secs(1_790_000_000);
    let finished = started + Duration::from_secs(second);
    Provenance { command: "hubsim run made-up".into(), started, finished, threads: 2, simulated: 24 }
}

/// The folder of an unfinished or new run.
pub fn unfinished_folder(out: &Path) -> RunFolder {
    match RunFolder::open(out, &run_key()).unwrap() {
        Opened::New(folder) | Opened::Unfinished(folder) => folder,
        Opened::Complete(path, _) | Opened::ClaimsChanged(path, _) => panic!("{} is already complete", path.display()),
    }
}

/// A complete run without an interruption.
pub fn run(out: &Path, second: u64) {
    let folder = unfinished_folder(out);
    simulate_missing(&folder, &plans());
    let findings = findings(&folder);
    folder.finish(&findings, &provenance(second)).unwrap();
}

/// Every file below a folder with its content, hidden files included.
pub fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_string();
        if path.is_dir() {
            files.extend(content(&path).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
    files
}

/// The same without the provenance, which may differ between two runs with the same key.
pub fn results(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = content(&run_key().folder(out));
    assert!(files.remove("provenance.json").is_some());
    files
}
