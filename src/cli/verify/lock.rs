//! The lock file: committed digests, which show when a result changes unintentionally.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::VerifyCommand;
use crate::cli::failure::Failure;
use crate::cli::output::{self, Messages};
use crate::cli::progress::Progress;
use crate::cli::run;
use crate::store::write_atomically;
use hubsim_lab::analysis::{Findings, digest_of};
use hubsim_lab::experiment::{ArmId, NullSink};
use hubsim_lab::scenario::{Changes, Scenario};

/// The default number of replicates of each policy in a lock.
const REPLICATES: u32 = 2;

const HEAD: &str = "# What must come out, bit for bit, on every machine. Compared by `hubsim verify --lock`, written with `--write`.\n\n";

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    #[serde(default)]
    scenario: Vec<Locked>,
}

/// One scenario: the first replicates of each policy, and the digest of these trials.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Locked {
    /// A built-in name or a path, as on the command line.
    name: String,
    replicates: u32,
    digests: BTreeMap<String, String>,
}

pub(super) fn run(verify: &VerifyCommand, file: &Path, messages: Messages) -> Result<(), Failure> {
    let mut lock = match read(file)? {
        Some(lock) => lock,
        None if verify.write => Lock::default(),
        None => return Err(Failure::Input(format!("there is no {}; --write makes it", file.display()))),
    };
    let mut plans = Vec::new();
    for what in &verify.what {
        let known = lock.scenario.iter().find(|locked| locked.name == *what);
        if known.is_none() && !verify.write {
            return Err(Failure::Input(format!(
                "{}: it has no scenario `{what}`; add it with --write",
                file.display()
            )));
        }
        let replicates = verify.replicates.or(known.map(|locked| locked.replicates)).unwrap_or(REPLICATES);
        let changes = Changes { replicates: Some(replicates), ..Changes::default() };
        plans.push((what, Scenario::find(what, &changes)?));
    }
    let mut failures = Vec::new();
    for (what, scenario) in plans {
        let progress = Progress::new(run::trials(&scenario), messages);
        let findings = verify.simulate(&scenario, &NullSink, &progress)?;
        let now = Locked { name: what.clone(), replicates: scenario.replicates, digests: digests(&findings) };
        if verify.write {
            lock.scenario.retain(|locked| locked.name != *what);
            lock.scenario.push(now);
            continue;
        }
        let differing: Vec<String> =
            lock.scenario.iter().filter(|locked| locked.name == *what).flat_map(|then| then.against(&now)).collect();
        if differing.is_empty() {
            output::result(&format!("{what}: {} trials came out as committed", run::trials(&scenario)))?;
        }
        failures.extend(differing);
    }
    if verify.write {
        return write(file, lock);
    }
    if failures.is_empty() { Ok(()) } else { Err(Failure::Check(failures.join("\n"))) }
}

impl Locked {
    /// The differences from the digests of now, a sentence for each policy.
    fn against(&self, now: &Locked) -> Vec<String> {
        let policies: std::collections::BTreeSet<&String> = self.digests.keys().chain(now.digests.keys()).collect();
        let differing = policies.into_iter().filter(|policy| self.digests.get(*policy) != now.digests.get(*policy));
        let said =
            |digest: Option<&String>| digest.map_or("nothing".to_owned(), |digest| digest.chars().take(12).collect());
        differing
            .map(|policy| {
                let (then, now) = (said(self.digests.get(policy)), said(now.digests.get(policy)));
                format!("{}, {policy}: {then} was committed, {now} came out", self.name)
            })
            .collect()
    }
}

/// The digest of each policy's trials.
fn digests(findings: &Findings) -> BTreeMap<String, String> {
    let of = |(arm, policy): (usize, &String)| {
        let trials =
            findings.arm(ArmId(arm)).iter().map(|trial| (policy.as_str(), trial.replicate, trial.digest.as_str()));
        (policy.clone(), digest_of(trials.collect()))
    };
    findings.policies.iter().enumerate().map(of).collect()
}

/// The lock in a file; none if there is no such file.
fn read(file: &Path) -> Result<Option<Lock>, Failure> {
    let text = match fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(|error| Failure::Io(format!("cannot read {}: {error}", file.display())))?,
    };
    toml::from_str(&text).map(Some).map_err(|error| {
        let what = error.to_string();
        Failure::Input(format!("{} is no lock file of hubsim; delete it and use --write\n{what}", file.display()))
    })
}

fn write(file: &Path, mut lock: Lock) -> Result<(), Failure> {
    lock.scenario.sort_by(|one, other| one.name.cmp(&other.name));
    let text = toml::to_string(&lock).map_err(|error| Failure::Io(format!("cannot write digests: {error}")))?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !folder.is_dir() {
        return Err(Failure::Input(format!("there is no folder {}; make it first", folder.display())));
    }
    write_atomically(folder, &name, format!("{HEAD}{text}").as_bytes())?;
    let committed = match lock.scenario.len() {
        1 => "1 scenario is".to_owned(),
        several => format!("{several} scenarios are"),
    };
    output::result(&format!("{committed} committed in {}", file.display()))
}
