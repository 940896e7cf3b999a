//! Tests of the record.

use super::*;
use crate::units::Work;

#[test]
fn a_new_year_begins_without_sums() {
    let mut record = Record::new(2, 1);
    record.movement.production_work += Work(1.0);
    record.regions[RegionId(1)].requests += 2.0;
    record.themes[3].given_up += 1.0;
    record.flows[(FunderId(0), RegionId(1))].grants += 1;
    record.clear_year();
    assert_eq!(record.movement, MovementSums::default());
    assert_eq!(record.regions, vec![RegionSums::default(); 2].into());
    assert_eq!(record.themes, [ThemeSums::default(); MAX_THEMES]);
    assert_eq!(record.flows, Grid::new(1, 2, FlowSums::default()));
}
