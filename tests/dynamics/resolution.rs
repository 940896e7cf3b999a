//! How coarse the people are is resolution, not a fact; and limits where a measure must be nothing.

use hubsim_lab::experiment;
use hubsim_model::inputs::Inputs;
use hubsim_model::measures::{MEASURES, Measure, measure, measure_all};
use hubsim_model::policy::levers::HubKind;
use hubsim_model::random::Stream;
use hubsim_model::simulation;
use proptest::prelude::*;

use crate::worlds::{cases, config, shipped, small};

/// Headline measures with 5 and with 20 people an agent, means of 120 worlds of six years, differ by less than a
/// twentieth, or 0.02 for shares: margins, not a test of equality. The gap is a spread of regional means, which noise widens: 0.035.
/// Where service points do not even out over the calls of several agents, need met is lower by 0.11.
#[test]
fn four_times_the_people_per_agent_leave_the_headlines() {
    let (scenario, inputs) = small();
    let policy = shipped(&scenario, "thematic-hubs");
    let means = |inputs: &Inputs| -> Vec<f64> {
        let worlds: Vec<Vec<f64>> = (0..120)
            .map(|replicate| {
                let history = simulation::simulate(inputs, &policy, Stream::new(3, replicate), 6);
                measure_all(&history).pop().expect("a year")
            })
            .collect();
        (0..MEASURES.len()).map(|m| worlds.iter().map(|w| w[m]).sum::<f64>() / 120.0).collect()
    };
    let with = |people: f64| {
        let mut inputs = inputs.clone();
        inputs.people_per_agent = people;
        means(&inputs)
    };
    let (coarse, fine) = (with(20.0), with(5.0));
    let margin = |key: &str, fine: f64| match key {
        "service_gap" => 0.035,
        _ if fine < 1.0 => 0.02,
        _ => 0.05 * fine,
    };
    let strays = |found: &[f64]| -> Vec<String> {
        let headlines = MEASURES.iter().enumerate().filter(|(_, measure)| measure.headline);
        let stray = |(m, measure): &(usize, &&Measure)| (found[*m] - fine[*m]).abs() >= margin(measure.key, fine[*m]);
        headlines.filter(stray).map(|(m, of)| format!("{}: {} and {}", of.key, found[m], fine[m])).collect()
    };
    assert_eq!(strays(&coarse), Vec::<String>::new());
    // The mutant: agents that stand for ten people but count as five.
    let mut mutant = inputs.clone();
    mutant.people_per_agent = 5.0;
    mutant.region.iter_mut().for_each(|region| region.volunteers *= 0.5);
    assert!(!strays(&means(&mutant)).is_empty(), "the mutant passes");
}

fn of(history: &hubsim_model::record::History, key: &str) -> Vec<f64> {
    (measure(key).expect("a measure").values)(history)
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn one_region_has_no_gap(mut case in cases()) {
        case.inputs.region.truncate(1);
        let only = case.inputs.region[0].name.clone();
        case.inputs.organisation.iter_mut().for_each(|o| o.region.clone_from(&only));
        case.inputs.theme.iter_mut().for_each(|theme| theme.need_in.retain(|region, _| *region == only));
        let history = case.run();
        for gap in of(&history, "service_gap") {
            prop_assert!(gap.is_nan() || gap.abs() < 1e-12);
        }
        prop_assert!(history.movement.iter().all(|row| row.reused_across == 0));
    }

    #[test]
    fn nothing_reusable_nothing_twice(mut case in cases()) {
        case.inputs.parameters.production.reuse_threshold = 1.0;
        let history = case.run();
        for row in history.movement.iter().skip(1) {
            prop_assert_eq!(row.duplicated_not_found + row.duplicated_not_packaged, 0.0);
            prop_assert_eq!(row.duplicated_not_invented_here + row.duplicated_same_time, 0.0);
            prop_assert_eq!(row.reused, 0);
        }
    }

    #[test]
    fn one_organisation_nothing_twice(mut case in cases()) {
        case.inputs.organisation.truncate(1);
        case.inputs.parameters.affiliates.formation = 0.0;
        case.policy.hubs.may_found = false;
        let history = case.run();
        prop_assert!(of(&history, "duplicated_share").into_iter().all(|share| share.is_nan() || share == 0.0));
    }

    /// Help may answer a request of the year before, so shares of need met hold to 1 only where many ask.
    #[test]
    fn measures_stay_in_their_range(mut case in cases()) {
        case.inputs.region.iter_mut().for_each(|region| region.volunteers += 3000.0);
        let history = case.run();
        for values in measure_all(&history) {
            for (value, measure) in values.iter().zip(MEASURES) {
                let (low, high) = measure.range;
                let inside = value.is_nan() || value.is_finite() && (low - 1e-9..=high + 1e-9).contains(value);
                prop_assert!(inside, "{} is {value}", measure.key);
            }
        }
    }

    /// The same case twice, and on many threads, is the same to the last bit.
    #[test]
    fn a_trial_is_a_function(case in cases()) {
        let digest = experiment::digest(&case.run());
        prop_assert_eq!(&experiment::digest(&case.run()), &digest);
        let elsewhere = std::thread::scope(|s| s.spawn(|| experiment::digest(&case.run())).join().expect("no panic"));
        prop_assert_eq!(&elsewhere, &digest);
        let mut other = case.clone();
        other.policy.hubs.kind = HubKind::None;
        other.policy.name = "another name".into();
        let renamed = hubsim_model::policy::Policy { name: case.policy.name.clone(), ..other.policy.clone() };
        let renamed = crate::worlds::Case { policy: renamed, ..other.clone() };
        prop_assert_eq!(experiment::digest(&other.run()), experiment::digest(&renamed.run()), "no mechanism knows a name");
    }
}
