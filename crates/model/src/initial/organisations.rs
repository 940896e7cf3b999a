//! Organisations as they begin: those of the scenario, and what one is like of which nothing is known.

use crate::clock::Clock;
use crate::ids::{Key, OrganisationId, RegionId};
use crate::inputs;
use crate::mechanisms::Context;
use crate::policy::levers::OrganisationKind;
use crate::random::Decision;
use crate::state::{Label, Organisation, State, Theme};
use crate::units::{Capacity, Money};

/// Founds an entry of the scenario, or all that it stands for.
pub(super) fn found(cx: &Context, state: &mut State, entry: &inputs::Organisation, regions: &[inputs::Region]) {
    let region =
        RegionId::from_index(regions.iter().position(|r| r.name == entry.region).expect("checked by the scenario"));
    let count = entry.count as u32;
    for number in 1..=count {
        let name = if count == 1 { entry.name.clone() } else { format!("{} {number}", entry.name) };
        let key = Key::from_name(&name);
        let stream = cx.random.decision(Decision::OrganisationTraits, 0).entity(key);
        let size = if count > 1 && entry.spread > 0.0 {
            libm::exp(entry.spread * stream.normal(0) - 0.5 * entry.spread * entry.spread)
        } else {
            1.0
        };
        let age = if count > 1 { entry.age * (0.5 + stream.uniform(1)) } else { entry.age };
        let id = OrganisationId::from_index(state.organisations.len());
        let mut o = Organisation::new(key, Label::Name(name), entry.kind, region, Clock::at_start().years_ago(age));
        o.inert = entry.inert;
        o.orientation = 1.0;
        o.draw_traits(&state.themes, stream, entry.expertise);
        if !entry.inert {
            o.staff = Capacity(entry.staff * size);
            // Until money is settled, its part of the region's grants.
            o.governed.last_grant = Money(entry.grant_weight * size);
            o.prestige = prestige(o.staff);
            if entry.kind == OrganisationKind::Foundation {
                state.foundation = Some(id);
                o.governed.last_grant = Money::ZERO;
                focus_on_priorities(&mut o, &state.themes);
            } else if entry.kind.outside() {
                o.governed.last_grant = Money::ZERO;
                o.endowed = o.staff;
            } else if entry.kind.affiliate() {
                o.community = Some(state.communities.found(key, region, entry.community, id));
            }
        }
        state.organisations.push(o);
    }
}

/// What is thought of an organisation of which one knows how large it is.
fn prestige(staff: Capacity) -> f64 {
    0.2 + 0.6 * staff.0 / (staff.0 + 10.0)
}

/// One affiliate by lot, each alike. Whoever has the least number: names and their order do not matter, nor how many do
/// nothing.
pub(super) fn drawn(cx: &Context, state: &State) -> Option<OrganisationId> {
    let stream = cx.random.decision(Decision::HeadStart, 0);
    let lot = |id: &OrganisationId| stream.entity(state.organisations[*id].key).bits(0);
    state.affiliates().min_by_key(lot)
}

/// Gives an organisation so much more staff, and the renown that goes with it. What money it has follows.
pub(super) fn grow(o: &mut Organisation, more: f64) {
    if more > 0.0 {
        o.staff = o.staff * (1.0 + more);
        o.prestige = prestige(o.staff);
    }
}

/// Notes which organisations are small: the lower half of affiliates by staff, those of the median staff included.
pub(super) fn note_the_small(state: &mut State) {
    let mut staff: Vec<Capacity> = state.affiliates().map(|o| state.organisations[o].staff).collect();
    staff.sort_by(|a, b| a.0.total_cmp(&b.0));
    let median = staff.get(staff.len().saturating_sub(1) / 2).copied().unwrap_or(Capacity::ZERO);
    state.organisations.iter_mut().for_each(|o| o.small = o.kind.affiliate() && o.staff.0 <= median.0);
}

/// The foundation knows best what it works on most.
fn focus_on_priorities(o: &mut Organisation, themes: &[Theme]) {
    let most = themes.iter().map(|theme| theme.priority).fold(0.0, f64::max);
    for (t, theme) in themes.iter().enumerate() {
        if most > 0.0 && theme.born == 0 {
            o.expertise[t] = (o.expertise[t] * (0.5 + theme.priority / most)).min(0.95);
        }
    }
}
