//! Units as types: money in USD, work in FTE-quarters, capacity in FTE, durations in quarters.
//!
//! Shares, factors and rates are plain `f64`. Each unit has only the operations that make sense:
//!
//! ```text
//! money / money     = number
//! money · number    = money
//! capacity · 1 quarter = work
//! ```

mod quantity;

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

pub use quantity::{Quantity, has_unit};

/// Number of quarters in a year.
pub const QUARTERS_PER_YEAR: u32 = 4;

/// Time in quarters since the start of a trial; negative for earlier events, such as the founding of an organisation.
pub type Quarter = i32;

macro_rules! unit {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub f64);

        impl $name {
            /// Zero.
            pub const ZERO: Self = Self(0.0);

            /// The smaller of two.
            #[inline]
            pub fn min(self, other: Self) -> Self {
                if other.0 < self.0 { other } else { self }
            }

            /// The larger of two.
            #[inline]
            pub fn max(self, other: Self) -> Self {
                if other.0 > self.0 { other } else { self }
            }

            /// This divided by a whole; 0 if the whole is not positive.
            #[inline]
            pub fn share_of(self, whole: Self) -> f64 {
                if whole.0 > 0.0 { self.0 / whole.0 } else { 0.0 }
            }
        }

        impl Add for $name {
            type Output = Self;
            #[inline]
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }
        impl AddAssign for $name {
            #[inline]
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }
        impl Sub for $name {
            type Output = Self;
            #[inline]
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }
        impl SubAssign for $name {
            #[inline]
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }
        impl Neg for $name {
            type Output = Self;
            #[inline]
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }
        impl Mul<f64> for $name {
            type Output = Self;
            #[inline]
            fn mul(self, factor: f64) -> Self {
                Self(self.0 * factor)
            }
        }
        impl Div<f64> for $name {
            type Output = Self;
            #[inline]
            fn div(self, factor: f64) -> Self {
                Self(self.0 / factor)
            }
        }
        impl Div for $name {
            type Output = f64;
            #[inline]
            fn div(self, other: Self) -> f64 {
                self.0 / other.0
            }
        }
        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                items.fold(Self::ZERO, |total, item| total + item)
            }
        }
    };
}

unit!(
    /// An amount of money, in USD.
    Money
);
unit!(
    /// An amount of work, in FTE-quarters.
    Work
);
unit!(
    /// A capacity for work, in FTE (full-time equivalents).
    Capacity
);

unit!(
    /// A duration, in quarters.
    Quarters
);

/// Takes work out of several stocks, in proportion to what each has. Gives what it took: no more than there is.
pub fn take_in_proportion<const N: usize>(stocks: [&mut Work; N], wanted: Work) -> Work {
    let all: Work = stocks.iter().map(|stock| **stock).sum();
    let taken = wanted.min(all).max(Work::ZERO);
    let left = 1.0 - taken.share_of(all);
    stocks.into_iter().for_each(|stock| *stock = *stock * left);
    taken
}

impl From<u32> for Quarters {
    fn from(quarters: u32) -> Self {
        Quarters(f64::from(quarters))
    }
}

impl Quarters {
    /// The whole quarters in it; 0 of a negative duration.
    #[inline]
    pub fn whole(self) -> u32 {
        self.0 as u32
    }
}

impl Capacity {
    /// The work done by this capacity in one quarter.
    #[inline]
    pub fn quarterly_work(self) -> Work {
        Work(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_zero_is_zero() {
        assert_eq!(Money(3.0).share_of(Money::ZERO), 0.0);
        assert_eq!(Money(3.0).share_of(Money(6.0)), 0.5);
    }

    #[test]
    fn sums_keep_their_unit() {
        let total: Work = [Work(1.0), Work(2.5)].into_iter().sum();
        assert_eq!(total, Work(3.5));
    }

    #[test]
    fn work_is_taken_in_proportion_and_never_more_than_there_is() {
        let (mut one, mut other) = (Work(3.0), Work(1.0));
        assert_eq!(take_in_proportion([&mut one, &mut other], Work(2.0)), Work(2.0));
        assert_eq!((one, other), (Work(1.5), Work(0.5)));
        assert_eq!(take_in_proportion([&mut one, &mut other], Work(5.0)), Work(2.0));
        assert_eq!((one, other), (Work::ZERO, Work::ZERO));
        assert_eq!(take_in_proportion([&mut one, &mut other], Work(1.0)), Work::ZERO);
    }

    #[test]
    fn a_duration_has_whole_quarters() {
        assert_eq!([Quarters(2.9).whole(), Quarters(-1.0).whole(), Quarters::from(3).whole()], [2, 0, 3]);
    }
}
