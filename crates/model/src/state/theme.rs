//! An area of expertise, and the circle of ways of doing it.

use crate::ids::Key;

/// An area of expertise.
#[derive(Clone, Debug)]
pub struct Theme {
    /// What its draws are addressed by.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// Need relative to other themes.
    pub weight: f64,
    /// Logarithm of the need in each region, relative to `weight`.
    pub local: Vec<f64>,
    /// How far it has come after its birth, or is left after it fades, 0–1.
    pub presence: f64,
    /// Need this year, factor.
    pub surge: f64,
    /// How well its materials work in another region of full affinity, 0–1.
    pub reusability: f64,
    /// Year of birth, 0 = there from the start.
    pub born: u32,
    /// Year in which it begins to fade, if it ever does.
    pub fades: Option<u32>,
    /// Standard deviation of the yearly step of the optimum, circle.
    pub drift: f64,
    /// Part of the foundation's work, relative to other themes.
    pub priority: f64,
    /// Whether it is the foundation's core.
    pub core: bool,
    /// Whether somebody has seen that it is needed: nobody serves a theme before.
    pub noticed: bool,
    /// Quarter in which that was seen.
    pub noticed_at: Option<u32>,
    /// Year from which on it counts as served: 0 for themes of the start.
    pub served_in: Option<u32>,
    /// Its share of the requests that were given up last year.
    pub given_up: f64,
    /// The best approach, a point on the circle [0, 1).
    pub optimum: f64,
    /// How far that has moved this year, 0–½ of the circle.
    pub moved: f64,
    /// Whether it has jumped this year.
    pub jumped: bool,
}

/// The way from one point of the circle to another, in [−½, ½).
#[inline]
pub fn way(from: f64, to: f64) -> f64 {
    let d = to - from;
    let half_on = d + 0.5;
    // What ⌊d + ½⌋ is for points of the circle: without a call, and without a branch that nobody can foresee.
    d - (f64::from(u8::from(half_on >= 1.0)) - f64::from(u8::from(half_on < 0.0)))
}

/// A point moved along the circle, in [0, 1).
#[inline]
pub fn moved(point: f64, by: f64) -> f64 {
    let p = point + by;
    p - p.floor()
}

/// How well an approach fits the optimum: 1 at it, 0.56 a quarter of the circle away, 0 opposite. The biweight
/// kernel, which follows the raised cosine of the literature on epistemic landscapes (Weisberg & Muldoon 2009)
/// within 0.07 and needs no cosine.
#[inline]
pub fn fit(approach: f64, optimum: f64) -> f64 {
    let d = way(approach, optimum);
    let k = 1.0 - 4.0 * d * d;
    k * k
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_circle_closes() {
        assert!((way(0.9, 0.1) - 0.2).abs() < 1e-12);
        assert!((moved(0.9, 0.2) - 0.1).abs() < 1e-12);
        assert!((moved(0.1, -0.2) - 0.9).abs() < 1e-12);
    }

    #[test]
    fn fit_falls_from_one_to_nothing() {
        assert_eq!(fit(0.3, 0.3), 1.0);
        assert!((fit(0.25, 0.0) - 0.5625).abs() < 1e-12);
        assert!(fit(0.5, 0.0) < 1e-12);
    }
}
