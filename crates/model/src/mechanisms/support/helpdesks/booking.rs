//! Booking of what was done at service points: work, help and harm, by helper, region and mandate.

use super::{HelpOffer, Helpdesks, PackedCounts, ServicePoint};
use crate::ids::{MandateId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::support::hub_help::{HubCell, MemberHelp, member_help};
use crate::mechanisms::support::request::{Request, state};
use crate::mechanisms::{Context, desk, partnerships};
use crate::record::Record;
use crate::state::State;
use crate::units::Work;

/// What one service point did for those who asked about a theme in a region.
#[derive(Clone, Copy)]
struct Served {
    cell: (RegionId, ThemeId),
    count: PackedCounts,
}

/// The organisation that helps at a service point: of a hub, any of its members.
#[derive(Clone, Copy)]
struct Helper {
    service_point: ServicePoint,
    organisation: OrganisationId,
}

impl Helpdesks {
    /// Counts the outcome of a request.
    #[inline(always)]
    pub(in crate::mechanisms::support) fn count(&mut self, request: &Request, theme: ThemeId) {
        let bit = |bit: u16, part: u32| u64::from(request.state & bit != 0) << (part * PackedCounts::BITS);
        let at_home = bit(state::AT_HOME, 1) | bit(state::HELPED_AT_HOME, 2);
        self.home_count[usize::from(request.home) * self.themes + theme.index()].0 += at_home;
        let outside = bit(state::WENT, 0) | bit(state::OUTSIDE, 1) | bit(state::HELPED_OUTSIDE, 2);
        self.count[usize::from(request.outside) * self.cells + usize::from(request.cell)].0 += outside;
    }

    /// Books what was counted, for the helper, the region and the mandate, and resets the counts.
    pub(in crate::mechanisms::support) fn book(&mut self, cx: &Context, state: &mut State, record: &mut Record) {
        let counts = self.home_count[..(self.home.len() - 1) * self.themes].iter().enumerate();
        for (slot, &count) in counts.filter(|(_, count)| count.0 > 0) {
            let (id, t) = (OrganisationId::from_index(slot / self.themes), ThemeId::from_index(slot % self.themes));
            let r = state.organisations[id].region;
            self.book_organisation(state, record, Served { cell: (r, t), count }, (id, self.home_offer[slot].effect));
        }
        let helpdesks =
            self.hubs.iter().map(|&m| ServicePoint::Hub(m)).chain(self.foundation.map(ServicePoint::Organisation));
        for ((row, counts), service_point) in self.count.chunks(self.cells).enumerate().skip(1).zip(helpdesks) {
            for (cell, &count) in counts.iter().enumerate().filter(|(_, count)| count.0 > 0) {
                let at = (RegionId::from_index(cell / self.themes), ThemeId::from_index(cell % self.themes));
                let (offer, served) = (self.offer[row * self.cells + cell], Served { cell: at, count });
                match service_point {
                    ServicePoint::Hub(hub) => self.book_hub(cx, state, record, served, (hub, offer)),
                    ServicePoint::Organisation(id) => {
                        state.regions[at.0].foundation_asked += count.part(0) * state.people_per_agent;
                        self.book_organisation(state, record, served, (id, offer.effect));
                    }
                }
            }
        }
        self.home_count.fill(PackedCounts::default());
        self.count.fill(PackedCounts::default());
    }

    /// Books what an organisation did for itself.
    fn book_organisation(
        &self,
        state: &mut State,
        record: &mut Record,
        served: Served,
        (id, effect): (OrganisationId, f64),
    ) {
        let by = Helper { service_point: ServicePoint::Organisation(id), organisation: id };
        self.book_part(state, record, by, (served, [1.0; 2], effect));
    }

    /// Books what a hub did, to each of its members: of what was solved and of what was not, its expected part.
    fn book_hub(
        &self,
        cx: &Context,
        state: &mut State,
        record: &mut Record,
        served: Served,
        (hub, offer): (MandateId, HelpOffer),
    ) {
        let (region, theme) = served.cell;
        state.mandates[hub].asked_now[region] += served.count.part(0) * state.people_per_agent;
        let members: Vec<MemberHelp> = member_help(cx, state, HubCell { hub, region, theme }).collect();
        let share = |part: f64, all: f64| if all > 0.0 { part / all } else { 0.0 };
        for MemberHelp { organisation, part, offer: own } in members {
            let parts = [share(part * own.able, offer.able), share(part * (1.0 - own.able), 1.0 - offer.able)];
            let by = Helper { service_point: ServicePoint::Hub(hub), organisation };
            self.book_part(state, record, by, (served, parts, own.effect));
        }
    }

    /// Books a helper's parts of the requests that were solved and of those that were looked after in vain.
    fn book_part(
        &self,
        state: &mut State,
        record: &mut Record,
        by: Helper,
        (Served { cell: (r, t), count }, [of_solved, of_others], effect): (Served, [f64; 2], f64),
    ) {
        let (helped, others) = (count.part(2) * of_solved, (count.part(1) - count.part(2)) * of_others);
        let people = helped * state.people_per_agent;
        if helped + others > 0.0 {
            spend(
                state,
                record,
                by.service_point,
                by.organisation,
                t,
                Work(helped * self.work[2] + others * self.work[1]),
            );
        }
        if effect < 0.0 {
            record.movement.harm += people;
        } else if helped > 0.0 {
            give(state, record, by.service_point, by.organisation, r, t, effect * people);
        }
    }
}

/// Books work at a service point, for the organisation that helps there.
pub(in crate::mechanisms::support) fn spend(
    state: &mut State,
    record: &mut Record,
    service_point: ServicePoint,
    helper: OrganisationId,
    t: ThemeId,
    work: Work,
) {
    let mandate = match service_point {
        ServicePoint::Organisation(o) => {
            let left = &mut state.organisations[o].support_left;
            *left -= work;
            None
        }
        ServicePoint::Hub(m) => {
            let left = &mut state.mandates[m].support_left;
            *left -= work;
            Some(m)
        }
    };
    state.organisations[helper].done[t] += work.0;
    record.movement.support_work += work;
    partnerships::record_joint_work(state, record, helper, mandate, t, work);
}

/// Books the effect of help, for the helper, the region and the mandate.
pub(in crate::mechanisms::support) fn give(
    state: &mut State,
    record: &mut Record,
    service_point: ServicePoint,
    helper: OrganisationId,
    r: RegionId,
    t: ThemeId,
    effect: f64,
) {
    state.organisations[helper].year.service[t] += effect;
    let within = match service_point {
        ServicePoint::Organisation(o) if Some(o) == state.foundation => desk::help_within(state, o, r),
        _ => f64::from(u8::from(state.organisations[helper].region == r)),
    };
    let sums = &mut record.regions[r];
    sums.help_across += effect * (1.0 - within);
    match service_point {
        ServicePoint::Hub(m) => {
            sums.help_hubs += effect;
            state.mandates[m].service_now[r] += effect;
            state.mandates[m].year.service_by_theme[t] += effect;
        }
        ServicePoint::Organisation(o) if Some(o) == state.foundation => {
            sums.help_foundation += effect;
            state.regions[r].foundation_service += effect;
        }
        ServicePoint::Organisation(_) => sums.help_local += effect,
    }
}
