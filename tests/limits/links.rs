//! O10: what links cost. A star of n organisations around the foundation, a mesh of h hubs, or a star of hubs around a
//! body that coordinates them, and each hub's links with R regions.

use hubsim::model::setup::Theme;
use hubsim::model::{World, year};
use hubsim::policy::Policy;
use hubsim::policy::levers::{HubKind, ScoreMix};

use crate::bare;

const COST: f64 = 0.01;
const REGIONS: usize = 3;

/// Ends of links kept in a quarter by n chapters, the foundation, h thematic hubs, and regional ones where the kind says
/// so, all known to everybody: work over cost.
fn ends(n: usize, h: usize, kind: HubKind, coordination: bool) -> f64 {
    let mut setup = bare::setup();
    setup.region.extend((1..REGIONS).map(|r| bare::region(&format!("Region {r}"))));
    let theme = setup.theme[0].clone();
    setup.theme = (0..h.max(1)).map(|t| Theme { name: format!("theme {t}"), ..theme.clone() }).collect();
    setup.organisation = bare::chapters(&vec![10.0; n]);
    for (i, organisation) in setup.organisation.iter_mut().enumerate() {
        organisation.region.clone_from(&setup.region[i % REGIONS].name);
    }
    setup.organisation.push(bare::foundation());
    setup.parameters.capacity.link_work = COST;
    (setup.parameters.mandates.least_expertise, setup.parameters.support.forgetting) = (0.0, 0.0);
    let mut policy = Policy::default();
    policy.hubs.kind = kind;
    policy.hubs.score = ScoreMix { history: 1.0, ..ScoreMix::default() };
    policy.hubs.coordination = coordination;
    let mut world: World = bare::worlds(&setup, &policy, 1).next().expect("one");
    year::run(&mut world, &policy);
    let regional = world.region_ids().filter_map(|r| Some((r, world.regional_hub(r)?)));
    let regional: Vec<_> = regional.map(|(r, m)| (r, world.mandates[m.index()].holder)).collect();
    assert!(regional.iter().all(|&(r, holder)| world.organisations[holder.index()].region == r), "held from there");
    assert_eq!((world.hub_count() - regional.len(), regional.len()), (h, if kind.regional() { REGIONS } else { 0 }));
    for mandate in &mut world.mandates {
        mandate.known[..REGIONS].fill(1.0);
    }
    year::run(&mut world, &policy);
    world.tally.coordination.0 / (4.0 * COST)
}

/// n organisations keep one link each with the foundation: a star. Where h hubs are known, each keeps links with them
/// in proportion to its need, all needs together being one, its own hub left out; the hubs keep both ends of a mesh,
/// h (h − 1), or of a star, 2 h, and one link with each region. The mutant is a mesh of which only one end is paid for.
#[test]
fn links_cost_what_their_graph_says() {
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
fn regional_hubs_link_with_thematic_ones_only() {
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
