//! Tests of the clock.

use super::*;

#[test]
fn a_year_has_four_quarters() {
    let mut clock = Clock::at_start();
    assert_eq!((clock.year(), clock.quarter_of_year()), (0, 1));
    clock.next_year();
    for quarter in 1..=QUARTERS_PER_YEAR {
        assert_eq!((clock.year(), clock.quarter_of_year()), (1, quarter));
        clock.next_quarter();
    }
    assert_eq!((clock.year(), clock.quarter_of_year()), (1, 1), "the quarter of the next year, at the end of this one");
    assert_eq!(clock.years_since(BURN_IN), 1.0);
}
