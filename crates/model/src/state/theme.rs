//! An area of expertise, and the circle of approaches to it.

use crate::ids::Key;

/// An area of expertise.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Address of its random draws.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// Need relative to other themes.
    pub weight: f64,
    /// Logarithm of the need in each region, relative to `weight`.
    pub local: Vec<f64>,
    /// Share of its full need that it has after its birth, or keeps after it begins to fade, 0–1.
    pub presence: f64,
    /// Factor on the need of this year.
    pub surge: f64,
    /// Effect of its materials in another region of full affinity, relative to home, 0–1.
    pub reusability: f64,
    /// Year of birth; 0: there from the start.
    pub born: u32,
    /// Year in which it begins to fade, if it ever does.
    pub fades: Option<u32>,
    /// Standard deviation of the yearly step of the optimum, circle.
    pub drift: f64,
    /// Weight in the foundation's work, relative to other themes.
    pub priority: f64,
    /// Whether it belongs to the foundation's core.
    pub core: bool,
    /// Whether somebody has noticed that it is needed. Nobody serves it before.
    pub noticed: bool,
    /// Quarter in which it was noticed.
    pub noticed_at: Option<u32>,
    /// Year from which on it counts as served: 0 for the themes of the start.
    pub served_in: Option<u32>,
    /// Its share of the requests that were given up last year.
    pub given_up: f64,
    /// The best approach, a point on the circle [0, 1).
    pub optimum: f64,
    /// Distance that the optimum has moved this year, 0–½ of the circle.
    pub moved: f64,
    /// Whether the optimum has jumped this year.
    pub jumped: bool,
}

/// Signed distance from one point of the circle to another, in [−½, ½).
#[inline]
pub fn signed_distance(from: f64, to: f64) -> f64 {
    let difference = to - from;
    let shifted = difference + 0.5;
    // Equals ⌊difference + ½⌋ for points of the circle; avoids a call, and a branch that the processor cannot predict.
    difference - (f64::from(u8::from(shifted >= 1.0)) - f64::from(u8::from(shifted < 0.0)))
}

/// The point reached from a point by a step along the circle, in [0, 1).
#[inline]
pub fn move_along(point: f64, step: f64) -> f64 {
    let sum = point + step;
    sum - sum.floor()
}

/// Fit of an approach to the optimum: 1 at it, 0.56 a quarter of the circle away, 0 opposite. The biweight kernel,
/// which follows the raised cosine of the literature on epistemic landscapes (Weisberg & Muldoon 2009) within 0.07 and
/// needs no cosine.
#[inline]
pub fn fit(approach: f64, optimum: f64) -> f64 {
    let distance = signed_distance(approach, optimum);
    let root = 1.0 - 4.0 * distance * distance;
    root * root
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_circle_closes() {
        assert!((signed_distance(0.9, 0.1) - 0.2).abs() < 1e-12);
        assert!((move_along(0.9, 0.2) - 0.1).abs() < 1e-12);
        assert!((move_along(0.1, -0.2) - 0.9).abs() < 1e-12);
    }

    #[test]
    fn fit_falls_from_one_to_zero() {
        assert_eq!(fit(0.3, 0.3), 1.0);
        assert!((fit(0.25, 0.0) - 0.5625).abs() < 1e-12);
        assert!(fit(0.5, 0.0) < 1e-12);
    }
}
