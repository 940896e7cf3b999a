//! What a quarter's search comes to for who asked: helped, bounced, or given up; and the wait for the first help.

use super::*;
use crate::policy::levers::OrganisationKind;

/// The age below which a user group is a new community, years.
const YOUNG: f64 = 2.0;

/// A request is answered: the asker gains heart and skill, or loses heart if who answered is astray.
pub(super) fn helped(world: &mut World, i: usize, effect: f64) {
    let p = &world.parameters.volunteers;
    let disheartening = world.parameters.conduct.disheartening as f32;
    let caller = &mut world.volunteers[i];
    caller.tried = 0;
    caller.flags &= !flag::TOLD;
    if effect < 0.0 {
        caller.motivation = (caller.motivation - disheartening).max(0.0);
    } else {
        caller.motivation += p.helped as f32 * (1.0 - caller.motivation);
        caller.skill += (p.learning * effect) as f32 * (1.0 - caller.skill);
    }
    if caller.flags & flag::WAITED == 0 {
        let waited = world.quarter - u32::from(caller.first_asked);
        end_wait(world, i, waited.min(LONGEST_WAIT), false);
    }
}

/// A quarter lost; after enough of them, the request is given up.
pub(super) fn bounced(world: &mut World, signs: &Signposts, i: usize) {
    let p = &world.parameters;
    let caller = &mut world.volunteers[i];
    let tally = &mut world.tally.regions[caller.region.index()];
    tally.bounces += world.people_per_agent;
    caller.flags |= flag::SENT * u8::from(signs.door.of(caller.key).hits(2, signs.sent_on));
    let loss = if f64::from(caller.tried) >= p.support.doors {
        caller.tried = 0;
        caller.flags &= !flag::TOLD;
        tally.given_up += world.people_per_agent;
        world.tally.themes[caller.theme.index()].given_up += world.people_per_agent;
        p.volunteers.unmet
    } else {
        caller.tried += 1;
        p.volunteers.bounced
    };
    caller.motivation = (caller.motivation - loss as f32).max(0.0);
    let waited = world.quarter - u32::from(caller.first_asked);
    if caller.flags & flag::WAITED == 0 && waited >= LONGEST_WAIT {
        end_wait(world, i, LONGEST_WAIT, true);
    }
}

/// Books a volunteer's wait for the first help.
pub fn end_wait(world: &mut World, i: usize, quarters: u32, never: bool) {
    let volunteer = &mut world.volunteers[i];
    volunteer.flags |= flag::WAITED;
    let ppa = world.people_per_agent;
    let tally = &mut world.tally.regions[volunteer.region.index()];
    tally.first_waits += ppa;
    tally.first_wait += f64::from(quarters) * ppa;
    if never {
        tally.first_never += ppa;
    }
    let group = world.organisations.get(usize::from(volunteer.affiliation));
    if group.is_some_and(|o| o.kind == OrganisationKind::UserGroup && o.age(world.quarter) < YOUNG) {
        tally.young_waits += ppa;
        tally.young_wait += f64::from(quarters) * ppa;
    }
}
