//! Tests of deciding bodies: errors that average out and errors that are shared, familiarity, votes.

use super::*;
use crate::fixture::{
    self, REJECT, inputs, named, simulation, simulation_of, switch_off, thematic, z_of_count, z_of_mean,
};
use crate::ids::Key;
use crate::ids::MAX_REGIONS;
use crate::ids::ThemeId;
use crate::mechanisms::mandates;
use crate::mechanisms::mandates::judge;
use crate::policy::Policy;
use crate::policy::levers::Body;
use crate::simulation::Simulation;

mod sight;

const THEME: Remit = Remit::Theme(crate::ids::ThemeId(0));
const BODIES: [Body; 5] = [Body::Foundation, Body::Council, Body::Affiliates, Body::Volunteers, Body::Panel];

fn deciding_by(body: Body) -> Policy {
    let mut policy = thematic();
    policy.governance.body = body;
    policy
}

/// A world in which all organisations are equal: quality 0.4, prestige 0.5, a hundred members.
fn with_equal_organisations() -> Simulation {
    let mut sim = simulation();
    for o in &mut sim.state.organisations {
        (o.expertise[0], o.prestige, o.members, o.running) = (0.4, 0.5, 100.0, 0);
        o.approach[0] = sim.state.themes[ThemeId(0)].optimum;
    }
    sim
}

/// Errors of members average out with their number: a council of n sees with variance noise²/n.
#[test]
fn noise_falls_with_the_square_root_of_the_number_of_members() {
    let squares = |council: f64| -> Vec<f64> {
        let mut sim = with_equal_organisations();
        sim.state.foundation = None;
        sim.conditions.parameters.deciding.council_size = council;
        let candidate = named(&sim, "South 2");
        sim.state.organisations[candidate].members = 0.0;
        let policy = deciding_by(Body::Council);
        (1..3000)
            .map(|year| {
                sim.conditions.now.set_year(year);
                let seen = assess_candidates(&sim.conditions.under(&policy), &sim.state, THEME, &[candidate])[0].merit;
                (seen - 0.4) * (seen - 0.4)
            })
            .collect()
    };
    let variance = 0.12 * 0.12;
    for n in [1.0, 4.0, 8.0] {
        let z = z_of_mean(&squares(n), variance / n);
        assert!(z.abs() < REJECT, "{n} members: {z}");
    }
    // The mutant: all members make the same error.
    assert!(z_of_mean(&squares(4.0), variance).abs() > REJECT);
}

#[test]
fn the_error_of_judging_by_prestige_is_shared_and_does_not_average_out() {
    let mut sim = with_equal_organisations();
    sim.conditions.parameters.mandates.noise = 0.0;
    (sim.conditions.parameters.deciding.acquaintance, sim.conditions.parameters.deciding.by_report) = (0.0, 0.0);
    let (famous, plain) = (named(&sim, "South 2"), named(&sim, "South 1"));
    sim.state.organisations[famous].prestige = 0.9;
    sim.state.organisations[plain].prestige = 0.3;
    for o in [famous, plain] {
        sim.state.organisations[o].members = 0.0;
    }
    for (council, body) in [(1.0, Body::Council), (6.0, Body::Council), (6.0, Body::Foundation)] {
        sim.conditions.parameters.deciding.council_size = council;
        let seen = assess_candidates(&sim.conditions.under(&deciding_by(body)), &sim.state, THEME, &[famous, plain]);
        assert!((seen[0].merit - 0.4 * 1.5).abs() < 1e-12 && (seen[1].merit - 0.4 * 0.5).abs() < 1e-12, "{seen:?}");
    }
    sim.conditions.parameters.deciding.reputation = 0.0;
    let seen =
        assess_candidates(&sim.conditions.under(&deciding_by(Body::Council)), &sim.state, THEME, &[famous, plain]);
    assert!((seen[0].merit - seen[1].merit).abs() < 1e-12, "strangers who believe nothing");
}

#[test]
fn the_foundation_knows_by_reports_and_oversight() {
    let mut sim = with_equal_organisations();
    sim.conditions.parameters.deciding.by_report = 0.3;
    let id = named(&sim, "South 0");
    sim.state.organisations[id].running = 2;
    let mut policy = deciding_by(Body::Foundation);
    let familiar = |sim: &Simulation, policy: &Policy| {
        let member = members(&sim.conditions.context(), &sim.state, Body::Foundation, THEME)[0];
        member.familiarity(
            &sim.conditions.under(policy),
            &sim.state,
            &candidates(&sim.conditions.context(), &sim.state, THEME, &[id])[0],
        )
    };
    // Affinity between North and South is one half.
    let unknown = 0.7 * 0.7 * 0.7;
    assert!((familiar(&sim, &policy) - (1.0 - unknown)).abs() < 1e-12);
    policy.governance.oversight = 1.0;
    assert!((familiar(&sim, &policy) - (1.0 - 0.5 * unknown)).abs() < 1e-12);
}

#[test]
fn affiliates_know_near_organisations_and_volunteers_the_hubs_of_their_region() {
    let mut sim = simulation();
    fixture::run(&mut sim, &thematic(), 1);
    let m = fixture::hub(&sim, 0);
    let holder = sim.state.mandates[m].holder;
    let far = sim.state.region_ids().find(|&r| r != sim.state.organisations[holder].region).expect("three regions");
    let familiar = |sim: &Simulation, body: Body| {
        let seats = members(&sim.conditions.context(), &sim.state, body, THEME);
        let member = seats.iter().find(|member| member.region == far).expect("a seat there");
        member.familiarity(
            &sim.conditions.under(&thematic()),
            &sim.state,
            &candidates(&sim.conditions.context(), &sim.state, THEME, &[holder])[0],
        )
    };
    for k in [0.0, 0.5, 1.0] {
        sim.state.mandates.iter_mut().for_each(|m| m.known = [k; MAX_REGIONS]);
        assert!((familiar(&sim, Body::Volunteers) - k).abs() < 1e-12);
    }
    sim.state.mandates.iter_mut().for_each(|m| m.known = [0.0; MAX_REGIONS]);
    let distant = familiar(&sim, Body::Affiliates);
    sim.state.affinity.cells_mut().fill(1.0);
    assert!(familiar(&sim, Body::Affiliates) > distant);
}

/// No body has a bias of its own: one whose members are near a candidate prefers it, one of all regions equally does
/// not.
#[test]
fn a_preference_for_near_candidates_comes_from_the_members() {
    let mut sim = with_equal_organisations();
    sim.conditions.parameters.mandates.noise = 0.0;
    sim.state.affinity = sim.state.affinity_trend.clone();
    sim.state.regions.iter_mut().for_each(|region| region.online = 100.0);
    let (north, south) = (named(&sim, "North 0"), named(&sim, "South 0"));
    let lead = |sim: &Simulation| {
        let seen = assess_candidates(
            &sim.conditions.under(&deciding_by(Body::Volunteers)),
            &sim.state,
            THEME,
            &[north, south],
        );
        assert!((seen[0].votes + seen[1].votes - 1.0).abs() < 1e-12);
        (seen[0].merit - seen[1].merit, seen[0].votes - seen[1].votes)
    };
    sim.state.regions.iter_mut().for_each(|region| region.volunteers = 1000.0);
    let (merit, votes) = lead(&sim);
    assert!(merit.abs() < 1e-12 && votes.abs() < 1e-12);
    sim.state.regions[RegionId(0)].volunteers = 3000.0;
    let (merit, votes) = lead(&sim);
    assert!(merit > 0.01 && votes > 0.01, "{merit} {votes}");
}

#[test]
fn a_member_that_is_a_candidate_votes_for_itself() {
    let sim = with_equal_organisations();
    let ids: Vec<OrganisationId> = sim.state.affiliates().collect();
    let seen = assess_candidates(&sim.conditions.under(&deciding_by(Body::Affiliates)), &sim.state, THEME, &ids);
    assert!(seen.iter().all(|opinion| (opinion.votes - 1.0 / ids.len() as f64).abs() < 1e-12));
    // Alone with one vote more, it wins.
    let two = [ids[0], ids[1]];
    let seen = assess_candidates(&sim.conditions.under(&deciding_by(Body::Affiliates)), &sim.state, THEME, &two);
    assert!((seen[0].votes + seen[1].votes - 1.0).abs() < 1e-12 && seen[0].votes >= 1.0 / 9.0 - 1e-12);
}

/// Each affiliate sits in a panel with the same probability: six of nine.
#[test]
fn a_panel_is_drawn_fairly() {
    let mut sim = with_equal_organisations();
    let ids: Vec<OrganisationId> = sim.state.affiliates().collect();
    let years = 3000;
    let mut sat = vec![0; ids.len()];
    let mut people = [0; 3];
    for year in 1..=years {
        sim.conditions.now.set_year(year);
        let panel = members(&sim.conditions.context(), &sim.state, Body::Panel, THEME);
        assert_eq!(panel.len(), 12);
        for member in panel {
            match member.voter.organisation() {
                Some(id) => sat[ids.iter().position(|&other| other == id).expect("an affiliate")] += 1,
                None => people[member.region] += 1,
            }
        }
    }
    for &count in &sat {
        assert!(z_of_count(count, years as usize, 6.0 / 9.0).abs() < REJECT, "{sat:?}");
    }
    assert!(z_of_count(sat[0], years as usize, 0.5).abs() > REJECT, "the mutant: a coin");
    let all: f64 = sim.state.regions.iter().map(|region| region.volunteers).sum();
    for (r, &count) in people.iter().enumerate() {
        assert!(
            z_of_count(count, 6 * years as usize, sim.state.regions[RegionId::from_index(r)].volunteers / all).abs()
                < REJECT
        );
    }
}

#[test]
fn informed_members_know_more_and_err_less() {
    let sim = with_equal_organisations();
    let id = named(&sim, "South 0");
    let candidate = &candidates(&sim.conditions.context(), &sim.state, THEME, &[id])[0];
    for member in members(&sim.conditions.context(), &sim.state, Body::Panel, THEME) {
        assert!(
            member.familiarity(&sim.conditions.under(&thematic()), &sim.state, candidate) >= 0.9 && member.noise < 1.0
        );
    }
}

/// A body that knows nothing renews with a fixed probability: at a bar of the mean record, one half.
#[test]
fn a_body_without_information_decides_like_a_fair_coin() {
    let mut sim = simulation();
    let mut policy = thematic();
    (policy.hubs.strictness, policy.hubs.independence) = (1.0, 1.0);
    fixture::run(&mut sim, &policy, 3);
    let m = fixture::hub(&sim, 0);
    let holder = sim.state.mandates[m].holder;
    for mandate in &mut sim.state.mandates {
        mandate.last.requests = [100.0; MAX_REGIONS];
        mandate.last.service = [if mandate.theme() == Some(crate::ids::ThemeId(0)) { 90.0 } else { 30.0 }; MAX_REGIONS];
        // Alike in all else.
        mandate.last.reused = 1;
        mandate.holder = holder;
    }
    let renewed = |sim: &mut Simulation, informed: f64| {
        let p = &mut sim.conditions.parameters.deciding;
        (p.acquaintance, p.by_report, p.reputation) = (informed, informed, 0.0);
        let years = 1000..4000;
        years
            .filter(|&year| {
                sim.conditions.now.set_year(year);
                judge(&sim.conditions.under(&policy), &sim.state, m).renewed()
            })
            .count()
    };
    assert!(z_of_count(renewed(&mut sim, 0.0), 3000, 0.5).abs() < REJECT);
    // The mutant knows that this hub serves best.
    assert!(z_of_count(renewed(&mut sim, 1.0), 3000, 0.5).abs() > REJECT);
}

/// The people served know whether they were helped: the same record is worth less to volunteers whose regions got no
/// help.
#[test]
fn volunteers_judge_what_they_experienced() {
    let mut sim = simulation();
    sim.conditions.parameters.mandates.noise = 0.0;
    fixture::run(&mut sim, &thematic(), 2);
    let m = fixture::hub(&sim, 0);
    sim.state.mandates[m].known = [1.0; MAX_REGIONS];
    let seen = |sim: &Simulation, here: f64| {
        assess_record(&sim.conditions.under(&deciding_by(Body::Volunteers)), &sim.state, m, 0.5, 0.5, |_| Some(here))
            .seen
    };
    assert!((seen(&sim, 0.8) / seen(&sim, 0.4) - 2.0).abs() < 1e-9);
    let by_reports =
        assess_record(&sim.conditions.under(&deciding_by(Body::Foundation)), &sim.state, m, 0.5, 0.5, |_| Some(0.1))
            .seen;
    assert!((by_reports - 0.5).abs() < 1e-9, "reports say nothing of it");
}

#[test]
fn votes_for_grants_are_shares_of_all_votes() {
    let mut sim = with_equal_organisations();
    let ids: Vec<OrganisationId> = sim.state.affiliates().collect();
    let votes = |sim: &Simulation| -> Vec<f64> {
        let mut applicants =
            mandates::standing(&sim.conditions.under(&deciding_by(Body::Foundation)), &sim.state, THEME, &ids);
        applicants.iter_mut().for_each(|applicant| applicant.votes = 0.0);
        grants::count_votes(&sim.conditions.context(), &sim.state, &ids, &mut applicants);
        applicants.iter().map(|applicant| applicant.votes).collect()
    };
    let plain = votes(&sim);
    assert!((plain.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    sim.state.organisations[ids[0]].members += 200.0;
    let more = votes(&sim);
    assert!(more[0] > plain[0] + 0.05 && (more.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    sim.state.organisations[ids[3]].prestige = 0.9;
    assert!(votes(&sim)[3] > more[3]);
}

#[test]
fn a_decision_costs_its_members_work() {
    for body in BODIES {
        let mut sim = with_equal_organisations();
        fixture::run(&mut sim, &Policy::default(), 1);
        charge_decision_work(&sim.conditions.under(&deciding_by(body)), &mut sim.state, THEME);
        let governance_work: f64 = sim.state.organisations.iter().map(|o| o.governance_work.deciding.0).sum();
        let p = &sim.conditions.parameters.deciding;
        let cost = match body {
            Body::Foundation => p.cost_foundation,
            Body::Council => p.cost_council,
            Body::Affiliates => p.cost_affiliates,
            Body::Volunteers => p.cost_volunteers,
            Body::Panel => p.cost_panel,
        };
        assert!((governance_work - cost.0).abs() < 1e-9, "{body:?}: {governance_work}");
        let foundation = sim.state.foundation.expect("there is one");
        let central = sim.state.organisations[foundation].governance_work.deciding.0;
        assert_eq!(central > 0.0, matches!(body, Body::Foundation | Body::Council), "{body:?}");
    }
}

#[test]
fn switched_off_every_body_decides_at_once_and_without_work() {
    let mut inputs = inputs();
    switch_off(&mut inputs.parameters, "deciding");
    let mut sim = simulation_of(&inputs);
    for body in BODIES {
        assert_eq!(delay(&sim.conditions.context(), body), 0);
        charge_decision_work(&sim.conditions.under(&deciding_by(body)), &mut sim.state, THEME);
    }
    assert!(sim.state.organisations.iter().all(|o| o.governance_work.deciding == Work::ZERO));
}

#[test]
fn where_there_is_no_foundation_affiliates_decide() {
    let mut sim = with_equal_organisations();
    sim.state.foundation = None;
    let seats = members(&sim.conditions.context(), &sim.state, Body::Foundation, THEME);
    assert_eq!(seats.len(), sim.state.affiliates().count());
}

#[test]
fn errors_have_mean_zero_and_standard_deviation_one() {
    let stream = simulation().conditions.random.decision(Decision::DecidingBody, 1);
    let errors: Vec<f64> = (0..20_000u64).map(|k| error(stream.with(Key(k)).entity(Key(7)), 0)).collect();
    assert!(z_of_mean(&errors, 0.0).abs() < REJECT);
    let squares: Vec<f64> = errors.iter().map(|e| e * e).collect();
    assert!(z_of_mean(&squares, 1.0).abs() < REJECT && z_of_mean(&squares, 1.1).abs() > REJECT);
}
