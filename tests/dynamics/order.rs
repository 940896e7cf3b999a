//! Order and units mean nothing: neither the order of a scenario's lists nor the unit of its money.

use hubsim_model::catalogue::Path;
use hubsim_model::inputs::Inputs;
use hubsim_model::measures::{MEASURES, measure_all};
use hubsim_model::policy::Policy;
use hubsim_model::policy::levers::HubKind;
use hubsim_model::random::Stream;
use hubsim_model::record::History;
use hubsim_model::simulation;

use crate::worlds::{shipped, small};

/// Money in another unit: everything that is counted in it, and what is counted per unit of it.
fn in_other_money(inputs: &Inputs, policy: &Policy, factor: f64) -> (Inputs, Policy) {
    let (mut inputs, mut policy) = (inputs.clone(), policy.clone());
    inputs.region.iter_mut().for_each(|region| region.grants *= factor);
    inputs.funder.iter_mut().for_each(|funder| funder.pot *= factor);
    inputs.organisation.iter_mut().for_each(|o| o.grant_weight *= factor);
    inputs.parameters.staffing.wage = inputs.parameters.staffing.wage * factor;
    inputs.parameters.money.least_request = inputs.parameters.money.least_request * factor;
    inputs.parameters.money.income_scale = inputs.parameters.money.income_scale * factor;
    inputs.parameters.capacity.application_size = inputs.parameters.capacity.application_size / factor;
    policy.grants.cap.0 = policy.grants.cap.0.map(|cap| match cap {
        Path::Constant(cap) => Path::Constant(cap * factor),
        Path::Line { from, to, by_year } => Path::Line { from: from * factor, to: to * factor, by_year },
    });
    (inputs, policy)
}

#[test]
fn the_unit_of_money_means_nothing() {
    let (scenario, inputs) = small();
    for name in ["status-quo", "thematic-hubs", "incumbents-claim"] {
        let mut policy = shipped(&scenario, name);
        policy.grants.cap = 150_000.0.into();
        let run = |inputs: &Inputs, policy: &Policy| simulation::simulate(inputs, policy, Stream::new(1, 0), 6);
        let plain = run(&inputs, &policy);
        let (other_inputs, other_policy) = in_other_money(&inputs, &policy, 7.0);
        let other = run(&other_inputs, &other_policy);
        for (a, b) in plain.organisations.iter().zip(&other.organisations) {
            let same = |a: f64, b: f64| (a - b).abs() < 1e-9 * (1.0 + a.abs());
            assert_eq!(a.organisation, b.organisation);
            assert!(
                same(a.staff, b.staff) && same(a.hub_staff, b.hub_staff) && same(a.labour, b.labour),
                "{a:?} {b:?}"
            );
            assert!(same(a.secured, b.secured) && same(a.prestige, b.prestige) && same(a.expertise, b.expertise));
            assert!(a.spent.is_nan() || same(7.0 * a.spent, b.spent));
        }
        for (year, other_year) in measure_all(&plain).iter().zip(measure_all(&other)) {
            for ((measure, a), b) in MEASURES.iter().zip(year).zip(other_year) {
                let a = if measure.unit.starts_with("USD") { 7.0 * a } else { *a };
                assert!(a.is_nan() && b.is_nan() || (a - b).abs() < 1e-9 * (1.0 + a.abs()), "{name}: {a} {b}");
            }
        }
        // The mutant forgets one of the amounts.
        let mut forgetful = other_inputs;
        forgetful.parameters.money.income_scale = inputs.parameters.money.income_scale;
        forgetful.parameters.money.least_request = inputs.parameters.money.least_request;
        forgetful.parameters.capacity.application_size = inputs.parameters.capacity.application_size;
        assert_ne!(measure_all(&run(&forgetful, &other_policy))[6], measure_all(&plain)[6]);
    }
}

fn last(history: &History) -> Vec<f64> {
    measure_all(history).pop().expect("a year")
}

/// Who comes first in a list decides ties and who is drawn at a quantile, nothing else: means of 60 worlds agree. A
/// paired difference rejects at |z| ≥ 4.5, which catches 0.8 standard deviations with 95 % power. Mutants that each
/// measure's test must reject: the same worlds with half the volunteers, organisations or needs.
#[test]
fn the_order_of_a_scenario_means_nothing() {
    let (scenario, inputs) = small();
    let mut policy = shipped(&scenario, "thematic-hubs");
    // Appointments, service points, work queues and envelopes of both kinds of hubs.
    (policy.hubs.kind, policy.hubs.delegated, policy.hubs.min_partners) = (HubKind::Both, 0.3.into(), 0.0);
    let all = |inputs: &Inputs| -> Vec<Vec<f64>> {
        (0..60).map(|replicate| last(&simulation::simulate(inputs, &policy, Stream::new(2, replicate), 6))).collect()
    };
    let plain = all(&inputs);
    let worst = |inputs: &Inputs| {
        let other = all(inputs);
        let z = |m: usize| {
            let pairs = plain.iter().zip(&other).map(|(a, b)| a[m] - b[m]);
            let differences: Vec<f64> = pairs.filter(|d| d.is_finite()).collect();
            z_of_mean(&differences)
        };
        let all: Vec<(f64, &str)> = (0..MEASURES.len()).map(|m| (z(m).abs(), MEASURES[m].key)).collect();
        all.into_iter().fold((0.0, ""), |worst, z| if z.0 > worst.0 { z } else { worst })
    };
    let turned = |turn: fn(&mut Inputs)| {
        let mut inputs = inputs.clone();
        turn(&mut inputs);
        worst(&inputs)
    };
    for turn in [
        (|s| s.region.reverse()) as fn(&mut Inputs),
        |s| s.theme.reverse(),
        |s| s.organisation.reverse(),
        |s| {
            s.region.rotate_left(1);
            s.theme.rotate_left(2);
            s.organisation.rotate_left(5);
        },
    ] {
        let (z, measure) = turned(turn);
        assert!(z < 4.5, "{measure}: {z}");
    }
    let (z, _) = turned(|s| s.organisation.truncate(6));
    assert!(z > 4.5, "the mutant passes: {z}");
}

/// 0 where nothing differs at all.
fn z_of_mean(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    if mean == 0.0 || values.len() < 10 { 0.0 } else { mean / (variance / n).sqrt() }
}
