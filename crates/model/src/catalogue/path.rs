//! Values that move in time.

use serde::{Deserialize, Serialize};

/// A lever's value over the years: constant, or moving in a straight line until a year and then staying.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Path {
    /// The same in every year.
    Constant(f64),
    /// From a value before the first year to another in `by_year`.
    Line {
        /// Value at the start (year 0).
        from: f64,
        /// Value in `by_year` and after.
        to: f64,
        /// The year in which `to` is reached, ≥ 1.
        by_year: f64,
    },
}

impl Path {
    /// The value in a year.
    pub fn at(&self, year: u32) -> f64 {
        match *self {
            Path::Constant(value) => value,
            Path::Line { from, to, by_year } => {
                let done = (f64::from(year) / by_year.max(1.0)).min(1.0);
                from + (to - from) * done
            }
        }
    }
}

impl From<f64> for Path {
    fn from(value: f64) -> Self {
        Path::Constant(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_moves_in_a_straight_line_and_stays() {
        let path = Path::Line { from: 0.2, to: 0.5, by_year: 10.0 };
        assert_eq!(path.at(0), 0.2);
        assert!((path.at(5) - 0.35).abs() < 1e-15);
        assert_eq!(path.at(10), 0.5);
        assert_eq!(path.at(25), 0.5);
    }
}
