//! Tests of the weights of a review.

use super::*;
use crate::mechanisms::mandates::review::Criteria;

fn weights(parameters: &MandateParameters) -> [f64; 4] {
    let MandateParameters { service_weight, quality_weight, reuse_weight, evenness_weight, .. } = *parameters;
    [service_weight, quality_weight, reuse_weight, evenness_weight]
}

#[test]
fn the_default_weights_of_a_review_are_fixed_and_sum_to_one() {
    let defaults = weights(&MandateParameters::default());
    assert_eq!(defaults, [0.35, 0.25, 0.2, 0.2]);
    assert!((defaults.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    for key in ["service_weight", "quality_weight", "reuse_weight", "evenness_weight"] {
        let spec = MandateParameters::SECTION.spec(key).expect("a parameter");
        assert!(!spec.assumed(), "{key} would be drawn in the built-in scenarios");
    }
}

#[test]
fn each_weight_counts_its_own_criterion() {
    let mut sim = simulation();
    fixture::run(&mut sim, &thematic(), 2);
    let hub = hub(&sim, 0);
    let record = |weights: [f64; 4], sim: &mut Simulation| {
        let p = &mut sim.conditions.parameters.mandates;
        [p.service_weight, p.quality_weight, p.reuse_weight, p.evenness_weight] = weights;
        let score = judge(&sim.conditions.under(&thematic()), &sim.state, hub);
        (score.record, score.criteria)
    };
    let (all, Criteria { service, quality, reuse, evenness }) = record([0.35, 0.25, 0.2, 0.2], &mut sim);
    assert_eq!(all, 0.35 * service + 0.25 * quality + 0.2 * reuse + 0.2 * evenness, "to the last bit");
    for (k, criterion) in [service, quality, reuse, evenness].into_iter().enumerate() {
        let mut only = [0.0; 4];
        only[k] = 1.0;
        assert_eq!(record(only, &mut sim).0, criterion);
    }
}
