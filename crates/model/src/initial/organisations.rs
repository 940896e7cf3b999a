//! Organisations as they begin: those of the scenario, and what one is like of which nothing is known.

use super::*;

/// Founds an entry of the scenario, or all that it stands for.
pub(super) fn found(world: &mut World, entry: &inputs::Organisation, regions: &[inputs::Region]) {
    let region =
        RegionId::from_index(regions.iter().position(|r| r.name == entry.region).expect("checked by the scenario"));
    let count = entry.count as u32;
    for number in 1..=count {
        let name = if count == 1 { entry.name.clone() } else { format!("{} {number}", entry.name) };
        let key = Key::from_name(&name);
        let stream = world.stream.decision(Decision::OrganisationTraits, 0).entity(key);
        let size = if count > 1 && entry.spread > 0.0 {
            libm::exp(entry.spread * stream.normal(0) - 0.5 * entry.spread * entry.spread)
        } else {
            1.0
        };
        let age = if count > 1 { entry.age * (0.5 + stream.uniform(1)) } else { entry.age };
        let id = OrganisationId::from_index(world.organisations.len());
        let mut o = unknown(key, Label::Name(name), entry.kind, region, BURN_IN as Quarter - (age * 4.0) as Quarter);
        o.inert = entry.inert;
        o.orientation = 1.0;
        traits(&mut o, &world.themes, stream, entry.expertise);
        if !entry.inert {
            o.staff = Capacity(entry.staff * size);
            // Until money is settled, its part of the region's grants.
            o.governed.last_grant = Money(entry.grant_weight * size);
            o.prestige = prestige(o.staff);
            if entry.kind == OrganisationKind::Foundation {
                world.foundation = Some(id);
                o.governed.last_grant = Money::ZERO;
                focus_on_priorities(&mut o, &world.themes);
            } else if entry.kind.outside() {
                o.governed.last_grant = Money::ZERO;
                o.endowed = o.staff;
            } else if entry.kind.affiliate() {
                o.community = Some(world.communities.found(key, region, entry.community, id));
            }
        }
        world.organisations.push(o);
    }
}

/// What is thought of an organisation of which one knows how large it is.
fn prestige(staff: Capacity) -> f64 {
    0.2 + 0.6 * staff.0 / (staff.0 + 10.0)
}

/// One affiliate by lot, each alike. Whoever has the least number: names and their order do not matter, nor how many do
/// nothing.
pub(super) fn drawn(world: &World) -> Option<OrganisationId> {
    let stream = world.stream.decision(Decision::HeadStart, 0);
    let lot = |id: &OrganisationId| stream.entity(world.organisations[*id].key).bits(0);
    world.affiliates().min_by_key(lot)
}

/// Gives an organisation so much more staff, and the renown that goes with it. What money it has follows.
pub(super) fn grow(o: &mut Organisation, more: f64) {
    if more > 0.0 {
        o.staff = o.staff * (1.0 + more);
        o.prestige = prestige(o.staff);
    }
}

/// An organisation of which only the birth certificate is known.
pub fn unknown(key: Key, label: Label, kind: OrganisationKind, region: RegionId, founded: Quarter) -> Organisation {
    Organisation {
        key,
        label,
        kind,
        region,
        founded,
        closed: false,
        inert: false,
        small: true,
        community: None,
        staff: Capacity::ZERO,
        members: 0.0,
        labour: Capacity::ZERO,
        reserves: Money::ZERO,
        own_income: Money::ZERO,
        raised: Money::ZERO,
        income_factor: 0.0,
        grants: Money::ZERO,
        hub_money: Money::ZERO,
        spent: Money::ZERO,
        commitments: Vec::new(),
        secured: 0.0,
        leavers: Capacity::ZERO,
        governed: Dealings::default(),
        others: Vec::new(),
        applications: 0,
        running: 0,
        request: Money::ZERO,
        expertise: [0.0; MAX_THEMES],
        approach: [0.0; MAX_THEMES],
        done: [0.0; MAX_THEMES],
        worked: [0.0; MAX_THEMES],
        service: [0.0; MAX_THEMES],
        service_before: [0.0; MAX_THEMES],
        orientation: 0.0,
        prestige: 0.1,
        territoriality: 0.0,
        sharing: 1.0,
        owed: Owed::default(),
        conduct: Conduct::default(),
        endowed: Capacity::ZERO,
        spare: Work::ZERO,
        links: 0.0,
        desk: Desk::default(),
        support_left: Work::ZERO,
        learning: Work::ZERO,
        slack: 0.0,
        production_work: Work::ZERO,
        duplicated_work: Work::ZERO,
        labour_of_year: Work::ZERO,
        output: 0.0,
    }
}

/// Notes which organisations are small: the lower half of affiliates by staff, those of the median staff included.
pub(super) fn note_the_small(world: &mut World) {
    let mut staff: Vec<Capacity> = world.affiliates().map(|o| world.organisations[o].staff).collect();
    staff.sort_by(|a, b| a.0.total_cmp(&b.0));
    let median = staff.get(staff.len().saturating_sub(1) / 2).copied().unwrap_or(Capacity::ZERO);
    world.organisations.iter_mut().for_each(|o| o.small = o.kind.affiliate() && o.staff.0 <= median.0);
}

/// Draws expertise around a mean, approaches around the optimum, and territoriality (triangular on [0, 1] with
/// mode 0.4).
pub fn traits(o: &mut Organisation, themes: &[Theme], stream: Stream, mean: f64) {
    for (t, theme) in themes.iter().enumerate() {
        let mine = stream.with(theme.key);
        let known = if theme.born == 0 { 1.0 } else { 0.2 };
        o.expertise[t] = (mean * known * libm::exp(0.5 * mine.normal(0) - 0.125)).min(0.95);
        o.approach[t] = moved(theme.optimum, 0.12 * mine.normal(1));
    }
    let shape = Triangular::new(0.0, 1.0, 0.4).expect("a valid triangle");
    o.territoriality = stream.rng(2).sample(shape);
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
