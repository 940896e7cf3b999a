//! What takes more than a line to find out, and is found out only where a ledger is kept.

use crate::ids::{FunderId, MandateId, OrganisationId, ThemeId};
use crate::mechanisms::conduct;
use crate::policy::levers::{Body, GrantLevers};
use crate::policy::{Award, ApplicationRound, Policy, Appointment};
use crate::record::events::{Event, When};
use crate::state::{Party, Project, Watcher, World};
use crate::units::Money;

/// What an application without success was told.
const NOT_ADMITTED: &str = "it was not admitted";
const NOTHING_LEFT: &str = "the money went to others";

/// What came of a round: one award or refusal for each applicant; `ids` are the applicants, and `by` is the hub that
/// decided, where it was not the funder itself.
pub fn decided(
    world: &mut World,
    (funder, by): (FunderId, Option<MandateId>),
    ids: &[OrganisationId],
    round: &ApplicationRound,
    levers: &GrantLevers,
    awards: &[Award],
) {
    if !world.ledger.kept() {
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
        world.ledger.note(world.quarter, event);
    }
}

/// Themes that are born, or begin to fade, this year.
pub fn come_and_gone(world: &mut World) {
    for (t, theme) in world.themes.iter().enumerate() {
        let theme_id = ThemeId::at(t);
        if theme.born == world.year {
            world.ledger.note(world.quarter, Event::Arisen { theme: theme_id });
        }
        if theme.fades == world.year {
            world.ledger.note(world.quarter, Event::Fading { theme: theme_id });
        }
    }
}

/// A hub that was created: who got it, and who would have got it otherwise.
pub fn created(world: &mut World, policy: &Policy, m: MandateId, award: &Award, appointment: &Appointment, ids: &[OrganisationId]) {
    if !world.ledger.kept() {
        return;
    }
    let mandate = &world.mandates[m.index()];
    let second = appointment.appoint_excluding(&policy.hubs, Some(award.applicant)).0;
    let event = Event::Created {
        mandate: m,
        charge: mandate.charge,
        holder: mandate.holder,
        region: world.organisations[mandate.holder.index()].region,
        score: award.score,
        candidates: appointment.candidates.len() as u32,
        runner_up: second.map(|second| ids[second.applicant]),
        runner_up_score: second.map(|second| second.score),
        handed: (mandate.handed.0 > 0.0).then_some(mandate.handed),
    };
    world.ledger.note(world.quarter, event);
}

/// A hub that was created for an organisation founded for it.
pub fn founded(world: &mut World, m: MandateId) {
    let mandate = &world.mandates[m.index()];
    let event = Event::Created {
        mandate: m,
        charge: mandate.charge,
        holder: mandate.holder,
        region: world.organisations[mandate.holder.index()].region,
        score: 0.0,
        candidates: 1,
        runner_up: None,
        runner_up_score: None,
        handed: (mandate.handed.0 > 0.0).then_some(mandate.handed),
    };
    world.ledger.note(world.quarter, event);
}

/// Who is meant: an organisation, or the holder of a mandate and the mandate.
fn who(world: &World, party: Party) -> (OrganisationId, Option<MandateId>) {
    match party {
        Party::Organisation(id) => (id, None),
        Party::Mandate(m) => (world.mandates[m.index()].holder, Some(m)),
    }
}

/// Somebody went astray.
pub fn astray(world: &mut World, party: Party) {
    let (organisation, mandate) = who(world, party);
    world.ledger.note(world.quarter, Event::Astray { organisation, mandate });
}

/// Somebody noticed that somebody is astray.
pub fn noticed(world: &mut World, party: Party, by: Watcher) {
    let (organisation, mandate) = who(world, party);
    world.ledger.note(world.quarter, Event::Noticed { organisation, mandate, who: watcher(by) });
}

/// Somebody believed somebody astray who was not.
pub fn false_alarm(world: &mut World, party: Party, by: Watcher) {
    let (organisation, mandate) = who(world, party);
    world.ledger.note(world.quarter, Event::FalseAlarm { organisation, mandate, who: watcher(by) });
}

/// Somebody who was astray was stopped.
pub fn stopped(world: &mut World, policy: &Policy, party: Party, quarters: u32) {
    let (organisation, mandate) = who(world, party);
    let who = match conduct::judge_of(world, policy, party) {
        Body::Foundation => "the foundation",
        Body::Council => "the council",
        Body::Affiliates => "the affiliates' vote",
        Body::Volunteers => "the volunteers' vote",
        Body::Panel => "a drawn panel",
    };
    world.ledger.note(world.quarter, Event::Stopped { organisation, mandate, who, quarters });
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
pub fn begun(world: &mut World, organisation: OrganisationId, mandate: Option<MandateId>, project: &Project) {
    let Some((share, cause)) = project.duplicated.filter(|_| world.ledger.kept()) else { return };
    let problem = &world.problems.slots[project.problem];
    let region = world.communities.list[project.community.index()].region;
    let Some((other, other_mandate, stage)) = existing(world, organisation, project) else { return };
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
    world.ledger.note(world.quarter, event);
}

/// Who made it, under which mandate, and how far they are.
type Original = (OrganisationId, Option<MandateId>, &'static str);

/// Who made the best of what others have that is usable for a project, or is building it.
fn existing(world: &World, maker: OrganisationId, project: &Project) -> Option<Original> {
    let problem = &world.problems.slots[project.problem];
    let region = world.communities.list[project.community.index()].region;
    let reusability = world.themes[problem.theme.index()].reusability;
    let usable = |from| reusability * world.affinity(from, region) >= world.parameters.production.reuse_threshold;
    let others = problem.materials.iter();
    // What was finished earlier in this quarter, and is offered from the next on, was made at the same time.
    let others = others.filter(|m| m.maker != maker && m.visible <= world.quarter + 1 && usable(m.region));
    let best = others.reduce(|a, b| if b.before(a) { b } else { a });
    let under_way = || problem.under_way.iter().find(|u| u.maker != maker && usable(u.region));
    best.map(|m| (m.maker, m.mandate, "has built")).or_else(|| under_way().map(|u| (u.maker, None, "is building")))
}
