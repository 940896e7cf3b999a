//! Quantities: numbers of which the type knows the unit.

use super::{Capacity, Money, Quarters, Work};

/// A number of some unit, as parameters have it.
///
/// ```
/// use hubsim_model::units::{Money, Quantity};
///
/// assert_eq!((Money::UNIT, Money::from_f64(2.5), Money(2.5).to_f64()), ("USD", Money(2.5), 2.5));
/// ```
pub trait Quantity: Copy {
    /// The unit; empty for a plain number, such as a share, a factor or a rate.
    const UNIT: &'static str;

    /// So many of the unit.
    fn from_f64(number: f64) -> Self;

    /// How many of the unit.
    fn to_f64(self) -> f64;
}

macro_rules! quantities {
    ($($name:ident $unit:literal,)+) => {
        /// The units that are types.
        const UNITS: &[&str] = &[$($unit),+];

        $(impl Quantity for $name {
            const UNIT: &'static str = $unit;

            #[inline]
            fn from_f64(number: f64) -> Self {
                $name(number)
            }

            #[inline]
            fn to_f64(self) -> f64 {
                self.0
            }
        })+
    };
}

quantities! {
    Money "USD",
    Work "FTE-quarters",
    Capacity "FTE",
    Quarters "quarters",
}

impl Quantity for f64 {
    const UNIT: &'static str = "";

    #[inline]
    fn from_f64(number: f64) -> Self {
        number
    }

    #[inline]
    fn to_f64(self) -> f64 {
        self
    }
}

/// Whether a quantity has a written unit: that of its type, or so much of it per something, such as `USD/year`. A plain
/// number has every unit but those.
pub const fn has_unit<Q: Quantity>(written: &str) -> bool {
    if !Q::UNIT.is_empty() {
        return is_of(written, Q::UNIT);
    }
    let mut at = 0;
    while at < UNITS.len() {
        if is_of(written, UNITS[at]) {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether a written unit is a unit, or that per something. Plain loops, because constants are checked with it.
const fn is_of(written: &str, unit: &str) -> bool {
    let (written, unit) = (written.as_bytes(), unit.as_bytes());
    let mut at = 0;
    while at < unit.len() {
        if at >= written.len() || written[at] != unit[at] {
            return false;
        }
        at += 1;
    }
    written.len() == unit.len() || written[unit.len()] == b'/'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_unit_begins_with_that_of_the_type() {
        assert!(has_unit::<Money>("USD") && has_unit::<Money>("USD/FTE-year") && !has_unit::<Money>("USDT"));
        assert!(has_unit::<Work>("FTE-quarters/decision") && !has_unit::<Work>("FTE"));
        assert!(has_unit::<Capacity>("FTE/person") && !has_unit::<Capacity>("FTE-quarters"));
        assert!(has_unit::<Quarters>("quarters") && !has_unit::<Quarters>("1/quarter"));
    }

    #[test]
    fn a_plain_number_has_no_unit_of_a_type() {
        for unit in ["share", "1/quarter", "1/FTE-quarter", "factor", "-"] {
            assert!(has_unit::<f64>(unit), "{unit}");
        }
        for unit in ["USD", "USD/year", "FTE-quarters/quarter", "FTE", "quarters"] {
            assert!(!has_unit::<f64>(unit), "{unit}");
        }
    }
}
