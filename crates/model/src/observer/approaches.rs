//! Diversity of organisations' approaches to a theme.

use crate::ids::ThemeId;
use crate::state::State;

/// Spread of the approaches to a theme: circular variances, 0 if all are alike, NaN if there are none.
pub(super) struct Spread {
    /// Over affiliates.
    pub of_affiliates: f64,
    /// Over all organisations that helped, weighted by the effect of the help of the year.
    pub of_help: f64,
}

/// Points on the unit circle with weights, added up.
#[derive(Default)]
struct Resultant {
    x: f64,
    y: f64,
    weight: f64,
}

impl Resultant {
    fn add(&mut self, (sine, cosine): (f64, f64), weight: f64) {
        self.x += weight * cosine;
        self.y += weight * sine;
        self.weight += weight;
    }

    /// 1 − length of the mean.
    fn variance(&self) -> f64 {
        let length = (self.x * self.x + self.y * self.y).sqrt();
        if self.weight > 0.0 { (1.0 - length / self.weight).max(0.0) } else { f64::NAN }
    }
}

/// The spread of approaches to a theme at the end of the year.
pub(super) fn spread(state: &State, t: ThemeId) -> Spread {
    let (mut affiliates, mut help) = (Resultant::default(), Resultant::default());
    for o in state.organisations.iter().filter(|o| o.active()) {
        let (affiliate, service) = (o.kind.affiliate(), o.year.service[t]);
        if affiliate || service > 0.0 {
            let point = libm::sincos(std::f64::consts::TAU * o.approach[t]);
            affiliates.add(point, f64::from(u8::from(affiliate)));
            help.add(point, service);
        }
    }
    Spread { of_affiliates: affiliates.variance(), of_help: help.variance() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variance(points: &[(f64, f64)]) -> f64 {
        let mut sum = Resultant::default();
        points.iter().for_each(|&(at, weight)| sum.add(libm::sincos(std::f64::consts::TAU * at), weight));
        sum.variance()
    }

    #[test]
    fn alike_is_none_and_opposite_is_all() {
        assert!(variance(&[(0.3, 1.0), (0.3, 5.0)]) < 1e-12);
        assert!((variance(&[(0.1, 1.0), (0.6, 1.0)]) - 1.0).abs() < 1e-12);
        // A right angle: the mean is √2/2 long. Three to one: √10/4.
        assert!((variance(&[(0.9, 1.0), (0.15, 1.0)]) - (1.0 - 0.5f64.sqrt())).abs() < 1e-12);
        assert!((variance(&[(0.0, 3.0), (0.25, 1.0)]) - (1.0 - 10f64.sqrt() / 4.0)).abs() < 1e-12);
        assert!(variance(&[]).is_nan() && variance(&[(0.2, 0.0)]).is_nan());
    }
}
