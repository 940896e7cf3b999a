//! The organisations of year 0: staff, age, prestige and expertise.

use crate::clock::Clock;
use crate::ids::{Key, OrganisationId, RegionId};
use crate::inputs;
use crate::mechanisms::Context;
use crate::policy::levers::OrganisationKind;
use crate::random::Decision;
use crate::state::{Community, Label, Organisation, State, Theme};
use crate::units::{Capacity, Money};

/// Prestige of an organisation without staff; assumed.
const MIN_PRESTIGE: f64 = 0.2;
/// Prestige that staff can add at most; assumed.
const PRESTIGE_BY_STAFF: f64 = 0.6;
/// Staff at which half of that is reached, FTE; assumed.
const HALF_PRESTIGE_STAFF: f64 = 10.0;
/// Smallest age of one of several organisations of an entry, relative to the mean; ages are uniform up to 1.5 times it.
const MIN_RELATIVE_AGE: f64 = 0.5;
/// Expertise of the foundation in a theme without priority, relative to its mean; its first priority has 1.5 times it.
/// Assumed.
const EXPERTISE_WITHOUT_PRIORITY: f64 = 0.5;
/// Largest expertise that an organisation begins with; assumed: nobody knows everything.
const MAX_INITIAL_EXPERTISE: f64 = 0.95;

/// Adds the organisations that an entry of the scenario stands for. Draws: OrganisationTraits.
pub(super) fn add_organisations(
    cx: &Context,
    state: &mut State,
    entry: &inputs::Organisation,
    regions: &[inputs::Region],
) {
    let region =
        RegionId::from_index(regions.iter().position(|r| r.name == entry.region).expect("checked by the scenario"));
    let count = entry.count as u32;
    for number in 1..=count {
        let name = if count == 1 { entry.name.clone() } else { format!("{} {number}", entry.name) };
        let key = Key::from_name(&name);
        let stream = cx.random.decision(Decision::OrganisationTraits, 0).entity(key);
        // Lognormal, corrected so that the mean is the stated one.
        let size = if count > 1 && entry.spread > 0.0 {
            libm::exp(entry.spread * stream.normal(0) - 0.5 * entry.spread * entry.spread)
        } else {
            1.0
        };
        let age = if count > 1 { entry.age * (MIN_RELATIVE_AGE + stream.uniform(1)) } else { entry.age };
        let founded = Clock::at_start().years_ago(age);
        let id = OrganisationId::from_index(state.organisations.len());
        let mut organisation = Organisation::new(key, Label::Name(name), entry.kind, region, founded);
        organisation.inert = entry.inert;
        let regional = state.regions[region].price_level;
        organisation.relative_prices = entry.price_level.number().map_or(1.0, |own| own / regional);
        organisation.orientation = 1.0;
        organisation.draw_traits(&state.themes, stream, entry.expertise);
        if !entry.inert {
            organisation.staff = Capacity(entry.staff * size);
            // Its weight in the region's grants, until `money::start` turns it into money.
            organisation.governed.last_grant = Money(entry.grant_weight * size);
            organisation.prestige = prestige(organisation.staff);
            if entry.kind == OrganisationKind::Foundation {
                state.foundation = Some(id);
                organisation.governed.last_grant = Money::ZERO;
                focus_on_priorities(&mut organisation, &state.themes);
            } else if entry.kind.outside() {
                organisation.governed.last_grant = Money::ZERO;
                organisation.endowed = organisation.staff;
            } else if entry.kind.affiliate() {
                let own = Community { key, region, share: entry.community, organisation: Some(id) };
                organisation.community = Some(state.communities.list.push(own));
            }
        }
        state.organisations.push(organisation);
    }
}

/// Prestige of an organisation in year 0, by its staff.
fn prestige(staff: Capacity) -> f64 {
    MIN_PRESTIGE + PRESTIGE_BY_STAFF * staff.0 / (staff.0 + HALF_PRESTIGE_STAFF)
}

/// Draws the affiliate that has the head start; all have the same probability. The smallest of one random number for
/// each wins: so the draw does not depend on names, on their order or on organisations that do nothing. Draws:
/// HeadStart.
pub(super) fn draw_head_start(cx: &Context, state: &State) -> Option<OrganisationId> {
    let stream = cx.random.decision(Decision::HeadStart, 0);
    let number = |id: &OrganisationId| stream.entity(state.organisations[*id].key).bits(0);
    state.affiliates().min_by_key(number)
}

/// Enlarges an organisation's staff by a share, and its prestige accordingly. Its money is computed from its staff
/// later.
pub(super) fn enlarge(organisation: &mut Organisation, share: f64) {
    if share > 0.0 {
        organisation.staff = organisation.staff * (1.0 + share);
        organisation.prestige = prestige(organisation.staff);
    }
}

/// Marks the small organisations: affiliates with no more than the median staff of all affiliates.
pub(super) fn mark_small_organisations(state: &mut State) {
    let mut staff: Vec<Capacity> = state.affiliates().map(|id| state.organisations[id].staff).collect();
    staff.sort_by(|a, b| a.0.total_cmp(&b.0));
    let median = staff.get(staff.len().saturating_sub(1) / 2).copied().unwrap_or(Capacity::ZERO);
    state.organisations.iter_mut().for_each(|o| o.small = o.kind.affiliate() && o.staff.0 <= median.0);
}

/// Founders of later groups know as much as the user groups of year 0 do: so expertise does not change because groups come
/// and go.
pub(super) fn set_founders_expertise(state: &mut State) {
    let there = || state.theme_ids().filter(|&t| state.themes[t].born == 0);
    let groups =
        || state.affiliates().map(|id| &state.organisations[id]).filter(|o| o.kind == OrganisationKind::UserGroup);
    let count = groups().count();
    if count > 0 {
        state.founders_expertise = groups().map(|o| o.mean_expertise(there())).sum::<f64>() / count as f64;
    }
}

/// Scales the foundation's expertise by its priorities.
fn focus_on_priorities(foundation: &mut Organisation, themes: &[Theme]) {
    let highest = themes.iter().map(|theme| theme.priority).fold(0.0, f64::max);
    for (index, theme) in themes.iter().enumerate() {
        if highest > 0.0 && theme.born == 0 {
            let focused = foundation.expertise[index] * (EXPERTISE_WITHOUT_PRIORITY + theme.priority / highest);
            foundation.expertise[index] = focused.min(MAX_INITIAL_EXPERTISE);
        }
    }
}
