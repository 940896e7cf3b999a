//! Events that take more than a line to build; they are built only if the event log is kept.

use crate::clock::Clock;
use crate::ids::{FunderId, MandateId, OrganisationId, ThemeId};
use crate::policy::levers::{Body, GrantLevers, HubLevers};
use crate::policy::{ApplicationRound, Appointment, Award};
use crate::record::Record;
use crate::record::events::{Event, When};
use crate::state::{Actor, Party, Project, State, Watcher};
use crate::units::Money;

/// Reasons for refusing an application.
const NOT_ADMITTED: &str = "it was not admitted";
const NOTHING_LEFT: &str = "the money went to others";

/// What came of a round: one award or refusal for each applicant; `ids` are the applicants, and `by` is the hub that
/// decided, where it was not the funder itself.
pub fn decided(
    now: Clock,
    record: &mut Record,
    (funder, by): (FunderId, Option<MandateId>),
    ids: &[OrganisationId],
    round: &ApplicationRound,
    levers: &GrantLevers,
    awards: &[Award],
) {
    if !record.events.kept() {
        return;
    }
    let standings = round.standings(levers);
    let applicants = standings.iter().flatten().count() as u32;
    let mut amounts = vec![Money::ZERO; ids.len()];
    awards.iter().for_each(|award| amounts[award.applicant] = award.amount);
    for (i, &organisation) in ids.iter().enumerate() {
        let requested = round.applicants[i].request;
        let event = match standings[i] {
            Some((score, rank)) if amounts[i].0 > 0.0 => {
                let (yearly, years) = (amounts[i], levers.years as u32);
                Event::Awarded { funder, by, organisation, yearly, requested, years, score, rank, applicants }
            }
            standing => {
                let why = if standing.is_some() { NOTHING_LEFT } else { NOT_ADMITTED };
                let (score, rank) = standing.unzip();
                Event::Refused { funder, by, organisation, requested, why, score, rank, applicants }
            }
        };
        record.note(now, event);
    }
}

/// Themes that are born, or begin to fade, this year.
pub fn come_and_gone(now: Clock, state: &State, record: &mut Record) {
    for (t, theme) in state.themes.iter().enumerate() {
        let theme_id = ThemeId::from_index(t);
        if theme.born == now.year() {
            record.note(now, Event::Arisen { theme: theme_id });
        }
        if theme.fades == Some(now.year()) {
            record.note(now, Event::Fading { theme: theme_id });
        }
    }
}

/// An appointment and what came of it.
#[derive(Clone, Copy)]
pub struct Appointed<'a> {
    /// The levers that it followed.
    pub levers: &'a HubLevers,
    /// The candidates as the deciding body saw them.
    pub appointment: &'a Appointment<'a>,
    /// Their organisations, in the same order.
    pub organisations: &'a [OrganisationId],
    /// Who was appointed.
    pub award: &'a Award,
}

/// A hub that was created: who got it, and who would have got it otherwise.
pub fn created(now: Clock, state: &State, record: &mut Record, m: MandateId, appointed: Appointed) {
    let Appointed { levers, award, appointment, organisations: ids } = appointed;
    if !record.events.kept() {
        return;
    }
    let mandate = &state.mandates[m];
    let second = appointment.appoint_excluding(levers, Some(award.applicant)).0;
    let event = Event::Created {
        mandate: m,
        charge: mandate.remit,
        holder: mandate.holder,
        region: state.organisations[mandate.holder].region,
        score: award.score,
        candidates: appointment.candidates.len() as u32,
        runner_up: second.map(|second| ids[second.applicant]),
        runner_up_score: second.map(|second| second.score),
        handed: (mandate.handed.0 > 0.0).then_some(mandate.handed),
    };
    record.note(now, event);
}

/// A hub that was created for an organisation founded for it.
pub fn founded(now: Clock, state: &State, record: &mut Record, m: MandateId) {
    let mandate = &state.mandates[m];
    let event = Event::Created {
        mandate: m,
        charge: mandate.remit,
        holder: mandate.holder,
        region: state.organisations[mandate.holder].region,
        score: 0.0,
        candidates: 1,
        runner_up: None,
        runner_up_score: None,
        handed: (mandate.handed.0 > 0.0).then_some(mandate.handed),
    };
    record.note(now, event);
}

/// Who is meant: an organisation, or the holder of a mandate and the mandate.
fn who(state: &State, party: Party) -> (OrganisationId, Option<MandateId>) {
    match party {
        Party::Organisation(id) => (id, None),
        Party::Mandate(m) => (state.mandates[m].holder, Some(m)),
    }
}

/// Misconduct began.
pub fn misconduct(now: Clock, state: &State, record: &mut Record, party: Party) {
    let (organisation, mandate) = who(state, party);
    record.note(now, Event::Astray { organisation, mandate });
}

/// Misconduct was noticed.
pub fn noticed(now: Clock, state: &State, record: &mut Record, party: Party, by: Watcher) {
    let (organisation, mandate) = who(state, party);
    record.note(now, Event::Noticed { organisation, mandate, who: watcher(by) });
}

/// Misconduct was suspected where there was none.
pub fn false_alarm(now: Clock, state: &State, record: &mut Record, party: Party, by: Watcher) {
    let (organisation, mandate) = who(state, party);
    record.note(now, Event::FalseAlarm { organisation, mandate, who: watcher(by) });
}

/// Misconduct was stopped.
pub fn stopped(now: Clock, state: &State, record: &mut Record, party: Party, body: Body, quarters: u32) {
    let (organisation, mandate) = who(state, party);
    let who = match body {
        Body::Foundation => "the foundation",
        Body::Council => "the council",
        Body::Affiliates => "the affiliates' vote",
        Body::Volunteers => "the volunteers' vote",
        Body::Panel => "a drawn panel",
    };
    record.note(now, Event::Stopped { organisation, mandate, who, quarters });
}

fn watcher(by: Watcher) -> &'static str {
    match by {
        Watcher::Routine => "a reader of reports",
        Watcher::Oversight => "the centre",
        Watcher::Peers => "peers",
        Watcher::Served => "those served",
        Watcher::Review => "a review",
    }
}

/// A project that begins, if it duplicates.
pub fn begun(now: Clock, state: &State, record: &mut Record, actor: Actor, reuse_threshold: f64, project: &Project) {
    let Actor { organisation, mandate, .. } = actor;
    let Some((share, cause)) = project.duplicated.filter(|_| record.events.kept()) else { return };
    let problem = &state.problems.slots[project.problem];
    let region = state.communities.list[project.community].region;
    let Some((other, other_mandate, stage)) = existing(now, state, reuse_threshold, organisation, project) else {
        return;
    };
    let event = Event::Duplicated {
        organisation,
        mandate,
        theme: problem.theme,
        arose: When(problem.born),
        region,
        cause,
        wasted: project.left * share,
        other,
        other_mandate,
        stage,
    };
    record.note(now, event);
}

/// Who made it, under which mandate, and how far they are.
type Original = (OrganisationId, Option<MandateId>, &'static str);

/// Who made the best of what others have that is usable for a project, or is building it.
fn existing(
    now: Clock,
    state: &State,
    reuse_threshold: f64,
    producer: OrganisationId,
    project: &Project,
) -> Option<Original> {
    let problem = &state.problems.slots[project.problem];
    let region = state.communities.list[project.community].region;
    let reusability = state.themes[problem.theme].reusability;
    let usable = |from| reusability * state.affinity(from, region) >= reuse_threshold;
    let others = problem.materials.iter();
    // What was finished earlier in this quarter, and is offered from the next on, was made at the same time.
    let others = others.filter(|m| m.producer != producer && m.visible <= now.quarter() + 1 && usable(m.region));
    let best = others.reduce(|a, b| if b.before(a) { b } else { a });
    let under_way = || problem.under_way.iter().find(|u| u.producer != producer && usable(u.region));
    best.map(|m| (m.producer, m.mandate, "has built"))
        .or_else(|| under_way().map(|u| (u.producer, None, "is building")))
}
