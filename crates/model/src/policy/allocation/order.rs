//! The order in which applicants are served, by score or by lot.

use super::application::Applicant;
use super::score::Score;
use crate::random::Stream;

/// Applicants with their scores, and the random stream of their lots.
#[derive(Clone, Copy)]
pub struct Field<'a> {
    /// The applicants.
    pub applicants: &'a [Applicant],
    /// Their scores, at the same positions.
    pub scores: &'a [Score],
    /// Random stream of the lots.
    pub stream: Stream,
}

impl Field<'_> {
    /// Positions from the best score down.
    pub fn by_score(&self, positions: &[usize]) -> Vec<usize> {
        self.sorted(positions, |i| -self.scores[i].rank)
    }

    /// Positions in the order of a uniform lottery.
    pub fn by_lot(&self, positions: &[usize]) -> Vec<usize> {
        self.sorted(positions, |i| self.lot(i))
    }

    /// Positions at or above the median score, in the order of a uniform lottery.
    pub fn by_lot_from_median(&self, positions: &[usize]) -> Vec<usize> {
        let bar = median(positions.iter().map(|&i| self.scores[i].rank).collect());
        let above: Vec<usize> = positions.iter().copied().filter(|&i| self.scores[i].rank >= bar).collect();
        self.by_lot(&above)
    }

    /// Positions drawn one after another, each with probability in proportion to its score.
    pub fn by_weighted_lot(&self, positions: &[usize]) -> Vec<usize> {
        self.sorted(positions, |i| finishing_time(self.lot(i), self.scores[i].rank))
    }

    fn lot(&self, position: usize) -> f64 {
        self.stream.entity(self.applicants[position].key).uniform(0)
    }

    /// Positions from the least value up, ties by key.
    fn sorted(&self, positions: &[usize], value: impl Fn(usize) -> f64) -> Vec<usize> {
        let mut order: Vec<(f64, usize)> = positions.iter().map(|&i| (value(i), i)).collect();
        let key = |i: usize| self.applicants[i].key;
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(key(a.1).cmp(&key(b.1))));
        order.into_iter().map(|(_, i)| i).collect()
    }
}

/// Exponential finishing time of a runner with this rate. The first of several runners is each of them with probability
/// in proportion to the rates, and so on down the field. A rate of 0 never finishes before a positive rate.
fn finishing_time(lot: f64, rate: f64) -> f64 {
    if rate > 0.0 { -libm::log1p(-lot) / rate } else { f64::MAX * (0.5 + 0.5 * lot) }
}

/// The lower median; 0 of nothing.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        count => values[(count - 1) / 2],
    }
}
