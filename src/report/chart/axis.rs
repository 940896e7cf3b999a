//! Axes: their range, their ticks and the labels of ticks.

use crate::report::number::{decimal, magnitude, power_of_ten, typographic};

/// The unit of tick labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TickUnit {
    /// The unit of the values.
    Value,
    /// Percent, for shares.
    Percent,
}

/// An axis: a range of values with ticks.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Its lower end.
    pub low: f64,
    /// Its upper end, above `low`.
    pub high: f64,
    /// The ticks within the range, in ascending order.
    pub ticks: Vec<f64>,
    /// The distance between two ticks.
    pub step: f64,
}

impl Axis {
    /// An axis that covers all values, with about `ticks` ticks.
    ///
    /// It begins and ends at a tick. It begins at 0 if 0 is near the values, and stays within the `range` of possible values.
    /// Without any finite value it covers 0 to 1.
    pub fn covering(values: impl IntoIterator<Item = f64>, range: (f64, f64), ticks: usize) -> Axis {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.into_iter().filter(|value| value.is_finite() && value.abs() < 1e300) {
            (low, high) = (low.min(value), high.max(value));
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        let least = low.abs().max(high.abs()) * 1e-9;
        if high - low <= least {
            // A single value is in the middle of the axis, or at its lower end if it is 0.
            let room = if low == 0.0 { 1.0 } else { low.abs() * 0.5 };
            (low, high) = if low == 0.0 { (0.0, room) } else { (low - room, high + room) };
        }
        // Begin at 0 if that wastes less than a third of the axis.
        if low > 0.0 && low < 0.3 * high {
            low = 0.0;
        }
        if high < 0.0 && high > 0.3 * low {
            high = 0.0;
        }
        let step = step(high - low, ticks);
        // Ends are counted in steps; they are moved inward if they would leave the range of possible values.
        let (mut first, mut last) = ((low / step).floor(), (high / step).ceil());
        if range.0.is_finite() && first * step < range.0 && low >= range.0 {
            first = (range.0 / step).ceil();
        }
        if range.1.is_finite() && last * step > range.1 && high <= range.1 {
            last = (range.1 / step).floor();
        }
        let count = (last - first).clamp(0.0, 100.0) as u32;
        let ticks: Vec<f64> = (0..=count).map(|tick| (first + f64::from(tick)) * step).collect();
        let (low, high) = (low.min(first * step), high.max(last * step));
        Axis { low, high, ticks, step }
    }

    /// An axis of whole years.
    pub fn years(first: u32, last: u32, ticks: usize) -> Axis {
        let span = f64::from(last.saturating_sub(first)).max(1.0);
        let step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500]
            .into_iter()
            .find(|&step| span / f64::from(step) <= ticks as f64)
            .unwrap_or(1000);
        let ticks = (first..=last).filter(|year| year % step == 0).map(f64::from).collect();
        Axis { low: f64::from(first), high: f64::from(first) + span, ticks, step: f64::from(step) }
    }

    /// The position of a value: 0 at the lower end, 1 at the upper end.
    pub fn fraction(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// The label of a tick: large numbers in words, tiny ones with a power of ten.
    pub fn label(&self, tick: f64, unit: TickUnit) -> String {
        // A tick computed as a multiple of the step may miss 0 by a rounding error.
        let tick = if tick.abs() < self.step * 1e-6 { 0.0 } else { tick };
        let largest = self.low.abs().max(self.high.abs());
        let power = magnitude(largest);
        if unit == TickUnit::Percent && magnitude(self.step) >= -6 && power < 6 {
            return typographic(&decimal(tick * 100.0, decimals(self.step * 100.0))) + " %";
        }
        // 0 needs no decimals and no unit.
        if tick == 0.0 {
            return "0".to_owned();
        }
        if magnitude(self.step) < -5 || power >= 15 {
            let unit = power_of_ten(power);
            return typographic(&format!("{}e{power}", decimal(tick / unit, decimals(self.step / unit))));
        }
        for (least, unit, word) in [(9, 1e9, " billion"), (6, 1e6, " million")] {
            if power >= least && self.step >= unit / 100.0 {
                return typographic(&decimal(tick / unit, decimals(self.step / unit))) + word;
            }
        }
        typographic(&decimal(tick, decimals(self.step)))
    }
}

/// The smallest of 1, 2, 2.5 or 5 times a power of ten with which a span has at most `ticks` steps.
fn step(span: f64, ticks: usize) -> f64 {
    let rough = span / ticks.max(1) as f64;
    let unit = power_of_ten(magnitude(rough));
    [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|part| part * unit)
        .find(|&step| step >= rough * 0.999_999)
        .unwrap_or(unit * 10.0)
}

/// The number of decimals that distinguishes ticks at this distance: 1 for 0.5, 2 for 0.25, 0 for 20.
fn decimals(step: f64) -> i32 {
    (0..12)
        .find(|&decimals| {
            let shown = step * power_of_ten(decimals);
            (shown - shown.round()).abs() < 1e-6 * shown.abs()
        })
        .unwrap_or(12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

    fn labels(axis: &Axis, unit: TickUnit) -> Vec<String> {
        axis.ticks.iter().map(|&tick| axis.label(tick, unit)).collect()
    }

    #[test]
    fn shares_are_labelled_in_percent() {
        let axis = Axis::covering([0.31, 0.48], (0.0, 1.0), 5);
        assert_eq!(labels(&axis, TickUnit::Percent), ["30 %", "35 %", "40 %", "45 %", "50 %"]);
        assert_eq!(labels(&axis, TickUnit::Value), ["0.30", "0.35", "0.40", "0.45", "0.50"]);
    }

    #[test]
    fn an_axis_begins_at_zero_if_near_and_stays_within_the_range() {
        let axis = Axis::covering([0.1, 0.98], (0.0, 1.0), 5);
        assert_eq!((axis.low, axis.high), (0.0, 1.0));
    }

    #[test]
    fn large_and_tiny_numbers_have_short_labels() {
        let axis = Axis::covering([0.0, 2.4e6], ANY, 5);
        assert_eq!(
            labels(&axis, TickUnit::Value),
            ["0", "0.5 million", "1.0 million", "1.5 million", "2.0 million", "2.5 million"]
        );
        let axis = Axis::covering([0.0, 24_000.0], ANY, 5);
        assert_eq!(labels(&axis, TickUnit::Value), ["0", "5,000", "10,000", "15,000", "20,000", "25,000"]);
        let axis = Axis::covering([0.0, 2e-9], ANY, 2);
        assert_eq!(labels(&axis, TickUnit::Value), ["0", "1 × 10⁻⁹", "2 × 10⁻⁹"]);
    }

    #[test]
    fn ticks_of_years_are_integers() {
        assert_eq!(Axis::years(0, 20, 10).ticks, (0..=10).map(|year| f64::from(year * 2)).collect::<Vec<_>>());
        assert_eq!(Axis::years(0, 3, 10).ticks, [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(Axis::years(7, 7, 10).ticks, [7.0]);
        assert!(Axis::years(0, 500, 10).ticks.len() <= 11);
    }

    proptest! {
        #[test]
        fn every_value_is_covered_and_all_labels_differ(values in prop::collection::vec(-1e12..1e12_f64, 1..9)) {
            let axis = Axis::covering(values.iter().copied(), ANY, 6);
            prop_assert!(axis.low < axis.high);
            prop_assert!(values.iter().all(|&value| axis.low <= value && value <= axis.high));
            prop_assert!((1..=9).contains(&axis.ticks.len()), "{axis:?}");
            let mut labels = labels(&axis, TickUnit::Value);
            labels.dedup();
            prop_assert_eq!(labels.len(), axis.ticks.len(), "{:?} {:?}", axis, labels);
        }

        #[test]
        fn no_values_panic(values in prop::collection::vec(any::<f64>(), 0..5), low in any::<f64>(), high in any::<f64>()) {
            let axis = Axis::covering(values, (low, high), 6);
            prop_assert!(axis.low < axis.high && axis.ticks.len() <= 101);
            let _ = labels(&axis, TickUnit::Percent).len() + labels(&axis, TickUnit::Value).len();
        }
    }
}
