//! `hubsim replay`: simulates one trial of a run again and prints its events.

use super::arguments::{OutputArgument, scenario_of, whole};
use super::failure::Failure;
use super::output::{self, Messages};
use crate::report::event_log::{self, Detail, narrative};
use crate::report::table::Format;
use crate::store::Manifest;
use crate::store::fingerprint::FINGERPRINT;
use hubsim_lab::experiment::{Filter, Replay, replay};
use hubsim_lab::scenario::nearest;

/// Simulate one trial of a run again, and print its events: decisions, grants, mandates, works, with their reasons
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hubsim replay latest --policy thematic-hubs --replicate 3\n  hubsim replay small --policy status-quo --year 5 --region South\n  hubsim replay small --policy status-quo --organisation \"South chapter\" --format csv\n  hubsim replay --fields         what each event and each of its fields means\n\nExits with 1 if the trial does not come out as in the run's manifest."
)]
pub(super) struct ReplayCommand {
    /// A run: its folder, a scenario's name (its newest run), `latest`, or the first digits of its hash
    #[arg(value_name = "RUN", required_unless_present = "fields")]
    run: Option<String>,
    /// The policy of the trial
    #[arg(long, value_name = "P", required_unless_present = "fields")]
    policy: Option<String>,
    /// The replicate of the trial; the first is 0
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = whole::<u32>, allow_negative_numbers = true)]
    replicate: u32,
    /// Only events that name this organisation; repeatable
    #[arg(long, value_name = "NAME")]
    organisation: Vec<String>,
    /// Only events that name this region or an organisation in it; repeatable
    #[arg(long, value_name = "NAME")]
    region: Vec<String>,
    /// Only events of this year; repeatable
    #[arg(long, value_name = "Y")]
    year: Vec<u32>,
    /// Every piece of duplicated work; without it, and without filters, only sums and the largest
    #[arg(long)]
    all: bool,
    /// List all kinds of events and their fields; simulate nothing
    #[arg(long, conflicts_with_all = ["run", "policy", "replicate", "organisation", "region", "year", "all"])]
    fields: bool,
    #[command(flatten)]
    output: OutputArgument,
    /// How to print: sentences (table), a flat table, or an array of events with all their fields
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Table)]
    format: Format,
}

impl ReplayCommand {
    pub(super) fn run(&self, messages: Messages) -> Result<(), Failure> {
        let (Some(run), Some(policy)) = (&self.run, &self.policy) else {
            return output::table(&event_log::fields(), self.format);
        };
        let run = self.output.read(run)?;
        let place = run.path.display().to_string();
        let written = self.digest(&run.manifest, policy)?;
        if run.manifest.fingerprint != FINGERPRINT {
            messages.show("the run was made by another version of the model: expect another digest");
        }
        let scenario = scenario_of(&run)?;
        let damaged = |what: String| Failure::Io(format!("{place} is damaged: {what}"));
        let arm = scenario.arms().into_iter().find(|arm| arm.label == *policy);
        let arm = arm.ok_or_else(|| damaged(format!("its scenario has no {policy}")))?;
        let replayed = replay(&scenario, &arm, self.replicate).map_err(|error| damaged(error.to_string()))?;
        if replayed.trial.digest != written {
            return Err(Failure::Check(format!(
                "{policy} replicate {} did not come out as in {place}\n  its manifest has {written}\n  now it is        {}",
                self.replicate, replayed.trial.digest,
            )));
        }
        messages.show(&format!("{policy} replicate {} came out as in {place}: {written}", self.replicate));
        let filter = self.filter(&replayed)?;
        output::result(&self.in_format(&replayed, &filter))
    }

    /// The digest that the run has of the trial.
    fn digest<'a>(&self, manifest: &'a Manifest, policy: &str) -> Result<&'a str, Failure> {
        if !manifest.arms.iter().any(|arm| arm == policy) {
            return Err(unknown("policy", policy, &manifest.arms));
        }
        if let Some(year) = self.year.iter().find(|year| !(1..=manifest.years).contains(year)) {
            return Err(Failure::Input(format!("there is no year {year}: the run has years 1 to {}", manifest.years)));
        }
        manifest.trial(policy, self.replicate).ok_or_else(|| {
            let last = manifest.replicates.saturating_sub(1);
            Failure::Input(format!("there is no replicate {}: the run has 0 to {last}", self.replicate))
        })
    }

    fn filter(&self, replayed: &Replay) -> Result<Filter, Failure> {
        let names = &replayed.trial.history.names;
        Ok(Filter {
            organisations: positions("organisation", &self.organisation, &names.organisation)?,
            regions: positions("region", &self.region, &names.region)?,
            years: self.year.clone(),
        })
    }

    fn in_format(&self, replayed: &Replay, filter: &Filter) -> String {
        let Replay { trial, entries, homes } = replayed;
        let names = &trial.history.names;
        let selected: Vec<_> = entries.iter().filter(|entry| filter.selects(entry, homes)).collect();
        match self.format {
            Format::Csv => event_log::csv(&selected, names),
            Format::Json => event_log::json(&selected, names),
            Format::Table => {
                let detail = if self.all || !filter.selects_all() { Detail::All } else { Detail::Totals };
                let events = if selected.len() == 1 { "event" } else { "events" };
                let head = format!("{}, replicate {}: {} {events}\n", trial.policy, trial.replicate, selected.len());
                head + &narrative(&selected, names, detail)
            }
        }
    }
}

/// The positions of names in a list; upper and lower case need not match where no name matches exactly.
fn positions(what: &str, selected: &[String], names: &[String]) -> Result<Vec<u32>, Failure> {
    let find = |name: &String| {
        let same = names.iter().position(|other| other == name);
        let alike = || names.iter().position(|other| other.to_lowercase() == name.to_lowercase());
        let at = same.or_else(alike).ok_or_else(|| unknown(what, name, names))?;
        Ok(at as u32)
    };
    selected.iter().map(find).collect()
}

/// The failure for a name that does not exist, with the names that do.
fn unknown(what: &str, name: &str, names: &[String]) -> Failure {
    let advice = match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.len() <= 12 => format!("there are: {}", names.join(", ")),
        None => format!("there are {}, such as {}", names.len(), names[..6].join(", ")),
    };
    Failure::Input(format!("this trial has no {what} `{}`; {advice}", name.escape_debug()))
}
