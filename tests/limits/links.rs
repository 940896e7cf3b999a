//! O10: the cost of links in known graphs. A star of n organisations around the foundation, a mesh of h hubs, or a star of hubs around a
//! body that coordinates them, and each hub's links with R regions.

use hubsim_model::inputs::Theme;
use hubsim_model::policy::Policy;
use hubsim_model::policy::levers::{HubKind, OrganisationKind, ScoreMix};
use hubsim_model::simulation::Simulation;
use hubsim_model::units::{Money, Work};

use crate::bare;

const COST: f64 = 0.01;
const REGIONS: usize = 3;
/// Reserves of hubs that can pay for staff enough to keep their links, USD.
const RICH: f64 = 1e9;
/// A cost that even the smallest organisation can pay.
const LITTLE: f64 = 1e-6;

/// Ends of links kept in a quarter by n chapters, the foundation, h thematic hubs, and regional ones where the kind says
/// so, all known to everybody: work over cost.
fn ends(n: usize, h: usize, kind: HubKind, coordination: bool) -> f64 {
    let mut inputs = bare::inputs();
    inputs.region.extend((1..REGIONS).map(|r| bare::region(&format!("Region {r}"))));
    let theme = inputs.theme[0].clone();
    inputs.theme = (0..h.max(1)).map(|t| Theme { name: format!("theme {t}"), ..theme.clone() }).collect();
    inputs.organisation = bare::chapters(&vec![10.0; n]);
    for (i, organisation) in inputs.organisation.iter_mut().enumerate() {
        organisation.region.clone_from(&inputs.region[i % REGIONS].name);
    }
    inputs.organisation.push(bare::foundation());
    inputs.parameters.capacity.link_work = Work(COST);
    (inputs.parameters.staffing.reserves_used, inputs.parameters.staffing.hiring_speed) = (0.5, 1.0);
    inputs.parameters.capacity.drawn_from_near = 0.0;
    (inputs.parameters.mandates.least_expertise, inputs.parameters.support.forgetting) = (0.0, 0.0);
    let mut policy = Policy::default();
    policy.hubs.kind = kind;
    policy.hubs.score = ScoreMix { history: 1.0, ..ScoreMix::default() };
    policy.hubs.coordination = coordination;
    let mut sim: Simulation = bare::worlds(&inputs, &policy, 1).next().expect("one");
    sim.step_year();
    let regional = sim.state.region_ids().filter_map(|r| Some((r, sim.state.regional_hub(r)?)));
    let regional: Vec<_> = regional.map(|(r, m)| (r, sim.state.mandates[m].holder)).collect();
    assert!(regional.iter().all(|&(r, holder)| sim.state.organisations[holder].region == r), "held from there");
    assert_eq!(
        (sim.state.hub_count() - regional.len(), regional.len()),
        (h, if kind.regional() { REGIONS } else { 0 })
    );
    for mandate in &mut sim.state.mandates {
        mandate.known[..REGIONS].fill(1.0);
        mandate.reserves = Money(RICH);
    }
    sim.step_year();
    sim.record.movement.coordination_work.0 / (4.0 * COST)
}

/// n organisations keep one link each with the foundation: a star. Where h hubs are known, each keeps links with them
/// in proportion to its need, all needs together being one, its own hub left out; the hubs keep both ends of a mesh,
/// h (h − 1), or of a star, 2 h, and one link with each region. The mutant is a mesh of which only one end is paid for.
#[test]
fn the_cost_of_links_follows_from_their_graph() {
    let near = |ends: f64, law: f64| assert!((ends / law - 1.0).abs() < 1e-12, "{ends} for {law}");
    for n in [1, 8, 50] {
        near(ends(n, 0, HubKind::None, false), n as f64);
    }
    let (n, kind) = (10.0, HubKind::Thematic);
    for h in 1..=8 {
        let hubs = f64::from(h);
        let homes = n + (n - 1.0);
        let (mesh, star) = (ends(10, h as usize, kind, false), ends(10, h as usize, kind, true));
        near(mesh, homes + hubs * (hubs - 1.0) + hubs * REGIONS as f64);
        let body = if h == 1 { 1.0 } else { 2.0 * hubs };
        near(star, homes + body + hubs * REGIONS as f64);
        let half = homes + hubs * (hubs - 1.0) / 2.0 + hubs * REGIONS as f64;
        assert!(h == 1 || (mesh / half - 1.0).abs() > 1e-3, "the mutant passes");
        // A coordinating body pays from four hubs on: h (h − 1) > 2 h.
        assert_eq!(mesh > star * (1.0 + 1e-12), h > 3, "{h} hubs");
    }
}

/// R regional hubs beside h thematic ones: each organisation has a link with that of its region, and each thematic hub
/// with each regional one, R h, but no regional hub with another. The mutant is a mesh of all hubs.
#[test]
fn regional_hubs_have_links_with_thematic_hubs_only() {
    for h in [1, 2, 5, 8] {
        let (n, hubs, regions) = (15.0, f64::from(h), REGIONS as f64);
        let homes = n + (n - 1.0) + (n - regions);
        let served = hubs * regions + regions;
        let law = homes + served + hubs * (hubs - 1.0) + 2.0 * hubs * regions;
        let both = ends(15, h as usize, HubKind::Both, false);
        assert!((both / law - 1.0).abs() < 1e-12, "{h} thematic hubs: {both} for {law}");
        let mesh = homes + served + (hubs + regions) * (hubs + regions - 1.0);
        assert!((both / mesh - 1.0).abs() > 1e-3, "the mutant passes");
    }
}

/// Links of organisations with hubs and of hubs with each other, each in two halves, as they are paid from both ends: n
/// chapters over the regions, and hubs for h unequal themes, and for each region where the kind says so, in the hands of
/// groups that are too small to keep links of their own. Hubs are known where `known(region's hub, here)`.
fn ends_among(n: usize, regions: usize, h: usize, kind: HubKind, focus: f64, known: fn(Option<bool>) -> f64) -> f64 {
    let mut inputs = bare::inputs();
    inputs.region = (0..regions).map(|r| bare::region(&format!("Region {r}"))).collect();
    let theme = inputs.theme[0].clone();
    let themes = (0..h).map(|t| Theme { name: format!("theme {t}"), need: 1.0 + t as f64, ..theme.clone() });
    inputs.theme = themes.collect();
    inputs.organisation = bare::chapters(&vec![10.0; n]);
    let mut groups = bare::chapters(&vec![0.9; regions.max(h)]);
    for (i, group) in groups.iter_mut().enumerate() {
        (group.name, group.kind) = (format!("Group {i}"), OrganisationKind::UserGroup);
    }
    for chapters in [&mut inputs.organisation, &mut groups] {
        for (i, organisation) in chapters.iter_mut().enumerate() {
            organisation.region.clone_from(&inputs.region[i % regions].name);
        }
    }
    inputs.organisation.append(&mut groups);
    let p = &mut inputs.parameters;
    (p.capacity.link_work, p.capacity.link_focus, p.capacity.hub_outreach) = (Work(LITTLE), focus, 0.0);
    (p.staffing.reserves_used, p.staffing.hiring_speed, p.capacity.drawn_from_near) = (0.5, 1.0, 0.0);
    (p.mandates.least_expertise, p.mandates.least_need, p.support.forgetting) = (0.0, 0.0, 0.0);
    let mut policy = Policy::default();
    (policy.hubs.kind, policy.hubs.max_each) = (kind, 32.0);
    policy.hubs.kinds = vec![OrganisationKind::UserGroup];
    policy.hubs.score = ScoreMix { newness: 1.0, ..ScoreMix::default() };
    let mut sim: Simulation = bare::worlds(&inputs, &policy, 1).next().expect("one");
    sim.step_year();
    assert_eq!(sim.state.hub_count(), h + if kind.regional() { regions } else { 0 });
    for mandate in &mut sim.state.mandates {
        let of = mandate.region();
        mandate.reserves = Money(RICH);
        for r in 0..regions {
            mandate.known[r] = known(of.map(|of| of.index() == r));
        }
    }
    sim.step_year();
    sim.record.movement.coordination_work.0 / (4.0 * LITTLE)
}

/// O10, h thematic hubs that all serve n organisations, one a region: n h + h (h − 1)/2 links. They are fewer than those
/// of all organisations with each other, n (n − 1)/2, from n = 8, 13 and 20 on for h = 3, 5 and 8. Where links follow
/// need, the mutant, they are n + h (h − 1)/2, if hubs did not keep one with each region.
#[test]
fn each_additional_hub_is_one_link_for_each_organisation() {
    let links = |n: usize, h: usize, focus| ends_among(n, n, h, HubKind::Thematic, focus, |_| 1.0) / 2.0;
    for (n, h) in [(1, 1), (4, 1), (4, 2), (6, 8), (12, 3)] {
        let (hubs, all) = (h as f64, n as f64);
        let law = all * hubs + hubs * (hubs - 1.0) / 2.0;
        let (counted, mutant) = (links(n, h, 0.0), links(n, h, 1.0));
        assert!((counted / law - 1.0).abs() < 1e-12, "{n} and {h} hubs: {counted} for {law}");
        let by_need = 0.5 * (all + all * hubs) + hubs * (hubs - 1.0) / 2.0;
        assert!((mutant / by_need - 1.0).abs() < 1e-12, "{n} and {h} hubs: {mutant} for {by_need}");
        assert!(h == 1 || (mutant / law - 1.0).abs() > 1e-3, "the mutant passes");
    }
    for (h, least) in [(3, 8), (5, 13), (8, 20)] {
        let mesh = |n: usize| (n * (n - 1)) as f64 / 2.0 + 1e-9;
        assert!(links(least - 1, h, 0.0) > mesh(least - 1) && links(least, h, 0.0) < mesh(least), "{h} hubs");
    }
}

/// O10, R regional hubs between n organisations and h thematic ones, which are known to nobody else: n + R h +
/// h (h − 1)/2 links, where there is one organisation a region; with more of them, a hub's own end is one for its region.
/// The mutant are thematic hubs that everybody knows.
#[test]
fn regional_hubs_mediate_between_organisations_and_thematic_hubs() {
    let near_only = |own: Option<bool>| f64::from(u8::from(own == Some(true)));
    let everybody = |own: Option<bool>| f64::from(u8::from(own != Some(false)));
    for (n, regions, h) in [(1, 1, 1), (4, 4, 1), (4, 4, 3), (7, 7, 5), (12, 4, 3), (21, 3, 8)] {
        let (all, r, hubs) = (n as f64, regions as f64, h as f64);
        let both = ends_among(n, regions, h, HubKind::Both, 0.0, near_only);
        let law = (all + r) / 2.0 + r * hubs + hubs * (hubs - 1.0) / 2.0;
        assert!((both / 2.0 / law - 1.0).abs() < 1e-12, "{n} in {regions}, {h} hubs: {both} for 2 × {law}");
        let mutant = ends_among(n, regions, h, HubKind::Both, 0.0, everybody);
        assert!((mutant / 2.0 / law - 1.0).abs() > 1e-3, "the mutant passes");
    }
}
