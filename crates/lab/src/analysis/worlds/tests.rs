use super::*;
use crate::analysis::estimate::variance;
use hubsim_model::random::{Decision, Stream};

fn of(values: &[f64], size: u32) -> Worlds {
    Worlds::new((0..).zip(values.iter().copied()), size)
}

#[test]
fn worlds_are_consecutive_trials() {
    assert_eq!(of(&[1.0, 3.0, 5.0, 7.0, 9.0], 2).means(), [2.0, 6.0, 9.0]);
    assert_eq!(of(&[1.0, f64::NAN, f64::NAN, f64::NAN, 4.0, 6.0], 2).means(), [1.0, 5.0]);
    assert_eq!(of(&[1.0, 2.0], 1).means(), [1.0, 2.0]);
    assert!(of(&[], 2).means().is_empty() && of(&[7.0], 2).split().is_none());
}

/// By hand: means 1.5, 4.5 and 6 around 4 give a mean square of 10.5 between worlds, and 0.5 within: F = 21 with (2, 3) degrees
/// of freedom, p = (1 + 2·21/3)^(−3/2) = 0.017.
#[test]
fn the_split_is_that_of_an_analysis_of_variance() {
    let split = of(&[1.0, 2.0, 4.0, 5.0, 5.5, 6.5], 2).split().unwrap();
    let between = 2.0 * variance(&[1.5, 4.5, 6.0]);
    assert!((split.chance - 0.5).abs() < 1e-12 && (split.worlds - (between - 0.5) / 2.0).abs() < 1e-12);
    assert!(split.clear && of(&[1.0, 2.0, 4.0, 5.0, 5.5, 6.5], 1).split().is_none());
    let none = of(&[1.0, 2.0, 2.0, 1.0, 1.5, 1.5], 2).split().unwrap();
    assert!((none.worlds, none.clear) == (0.0, false) && none.chance > 0.0);
}

#[test]
fn without_chance_all_is_worlds_and_without_worlds_all_is_chance() {
    let same = of(&[1.0, 1.0, 2.0, 2.0, 4.0, 4.0], 2);
    assert_eq!(same.over_worlds(), OverWorlds::Values(vec![(0, 1.0), (1, 2.0), (2, 4.0)]));
    assert_eq!(of(&[1.0, 2.0, 2.0, 1.0], 2).over_worlds(), OverWorlds::Chance);
    assert_eq!(of(&[1.0, 2.0], 1).over_worlds(), OverWorlds::Unknown);
    assert_eq!(of(&[1.0, 1.0, 1.0, 1.0], 2).over_worlds(), OverWorlds::Chance);
}

#[test]
fn shares_count_what_is_gained() {
    let values = OverWorlds::Values(vec![(0, -2.0), (1, 1.0), (2, 0.0), (3, 3.0)]);
    assert_eq!(values.share(Direction::Higher, 0.0), ShareOfWorlds::Of(0.625));
    assert_eq!(values.share(Direction::Lower, 0.0), ShareOfWorlds::Of(0.375));
    assert_eq!(values.share(Direction::Higher, 1.0), ShareOfWorlds::Of(0.5));
    assert_eq!(values.share(Direction::Lower, 2.0), ShareOfWorlds::Of(0.25));
    assert_eq!(OverWorlds::Chance.share(Direction::Higher, 0.0), ShareOfWorlds::Chance);
    assert!(OverWorlds::Chance.spread()[0].is_nan() && values.spread()[0] < values.spread()[1]);
}

/// The spread over worlds is that of worlds: 200 worlds of variance 1 with chance of variance 3, two trials each. Plain means
/// spread by √(1 + 3/2) = 1.58 of a standard deviation.
#[test]
fn shrunk_means_spread_as_worlds_do() {
    let stream = Stream::new(7, 0).decision(Decision::Exploration, 0);
    let normal = |index: u32| stream.normal(index);
    let trial = |r: u32| normal(r / 2) + libm::sqrt(3.0) * normal(1000 + r);
    let worlds = Worlds::new((0..400).map(|r| (r, trial(r))), 2);
    let split = worlds.split().unwrap();
    assert!(split.clear && (split.worlds - 1.0).abs() < 0.5 && (split.chance - 3.0).abs() < 0.7, "{split:?}");
    let OverWorlds::Values(values) = worlds.over_worlds() else { panic!("worlds differ") };
    let values: Vec<f64> = values.into_iter().map(|(_, value)| value).collect();
    assert!((variance(&values).sqrt() - split.worlds.sqrt()).abs() < 0.05);
    assert!(variance(&worlds.means()).sqrt() > 1.4);
}
