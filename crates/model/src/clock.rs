//! The simulated time: years and quarters.

use crate::units::{QUARTERS_PER_YEAR, Quarter};

/// Number of quarters that production runs before the first year, so that year 1 begins with problems, materials and
/// projects. It is longer than the default life of a problem.
pub const BURN_IN: u32 = 24;

/// The current time of a trial. Only the schedule advances it.
///
/// The year and the quarter are separate because the last steps of a year run after its last quarter has ended: then
/// `year` is still that year, and `quarter` is already the first quarter of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    year: u32,
    quarter: u32,
}

impl Clock {
    /// Quarter `quarter` of the burn-in, in year 0.
    pub fn in_burn_in(quarter: u32) -> Clock {
        Clock { year: 0, quarter }
    }

    /// The end of year 0: the burn-in is over, year 1 has not begun.
    pub fn at_start() -> Clock {
        Clock { year: 0, quarter: BURN_IN }
    }

    /// Whether the burn-in is not over.
    pub fn in_the_burn_in(self) -> bool {
        self.quarter < BURN_IN
    }

    /// The year: 1 is the first, 0 is the time before it.
    #[inline]
    pub fn year(self) -> u32 {
        self.year
    }

    /// The quarter, counted from the beginning of the burn-in: year 1 begins in quarter [`BURN_IN`].
    #[inline]
    pub fn quarter(self) -> u32 {
        self.quarter
    }

    /// The quarter within its year, 1 to 4.
    pub fn quarter_of_year(self) -> u32 {
        self.quarter % QUARTERS_PER_YEAR + 1
    }

    /// Years since an earlier quarter.
    pub fn years_since(self, quarter: u32) -> f64 {
        f64::from(self.quarter - quarter) / f64::from(QUARTERS_PER_YEAR)
    }

    /// The quarter a number of years ago, negative before the burn-in.
    pub fn years_ago(self, years: f64) -> Quarter {
        self.quarter as Quarter - (years * f64::from(QUARTERS_PER_YEAR)) as Quarter
    }

    /// Year (1 is the first) and quarter of the year (1 to 4) of a quarter that is counted as [`Clock::quarter`].
    pub fn calendar(quarter: u32) -> (u32, u32) {
        let since = quarter.saturating_sub(BURN_IN);
        (since / QUARTERS_PER_YEAR + 1, since % QUARTERS_PER_YEAR + 1)
    }

    /// Begins the next year.
    pub fn next_year(&mut self) {
        self.year += 1;
    }

    /// Begins the next quarter.
    pub fn next_quarter(&mut self) {
        self.quarter += 1;
    }
}

#[cfg(test)]
impl Clock {
    /// Changes the year only, for tests of one step.
    pub fn set_year(&mut self, year: u32) {
        self.year = year;
    }

    /// Changes the quarter only, for tests of one step.
    pub fn set_quarter(&mut self, quarter: u32) {
        self.quarter = quarter;
    }
}

#[cfg(test)]
mod tests;
