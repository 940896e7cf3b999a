//! Cohorts of entities with the lowest values in year 0.
//!
//! Ids are in ascending order.

use crate::record::{History, OrganisationRow};

/// The affiliates of year 0 with no more staff than the median of them.
pub(super) fn small_affiliates(history: &History) -> Vec<u32> {
    let start = history.organisations.iter().take_while(|o| o.year == 0).filter(|o| o.affiliate());
    lower_half(start.map(|o| (o.staff, o.organisation)).collect())
}

/// The rows of the organisations in a cohort.
pub(super) fn of_cohort<'a>(
    rows: &'a [OrganisationRow],
    cohort: &'a [u32],
) -> impl Iterator<Item = &'a OrganisationRow> {
    rows.iter().filter(|o| cohort.binary_search(&o.organisation).is_ok())
}

/// The quarter of entities, rounded up, with the lowest values, from pairs of (value, id). Of two equal values, the lower id comes first.
pub(super) fn lowest_quarter(mut values: Vec<(f64, u32)>) -> Vec<u32> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    values.truncate(values.len().div_ceil(4));
    sorted_ids(values)
}

/// The entities whose value is at most the median, from pairs of (value, id); of an even number, the lower of the two middle values is the median.
fn lower_half(mut values: Vec<(f64, u32)>) -> Vec<u32> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let Some(&(median, _)) = values.get(values.len().saturating_sub(1) / 2) {
        values.retain(|&(value, _)| value <= median);
    }
    sorted_ids(values)
}

/// The entities whose value is below the median, from pairs of (value, id); of an even number, the mean of the two middle
/// values is the median.
pub(super) fn below_median(mut values: Vec<(f64, u32)>) -> Vec<u32> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let at = |place: usize| values.get(place).map_or(f64::NAN, |&(value, _)| value);
    let median = 0.5 * (at(values.len().saturating_sub(1) / 2) + at(values.len() / 2));
    values.retain(|&(value, _)| value < median);
    sorted_ids(values)
}

fn sorted_ids(values: Vec<(f64, u32)>) -> Vec<u32> {
    let mut ids: Vec<u32> = values.into_iter().map(|(_, id)| id).collect();
    ids.sort_unstable();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_rounds_up_and_the_lower_half_includes_all_at_the_median() {
        let with_ids = |values: &[f64]| values.iter().copied().zip(0..).collect::<Vec<(f64, u32)>>();
        assert_eq!(lowest_quarter(with_ids(&[3.0, 1.0, 2.0, 1.0])), [1]);
        assert_eq!(lowest_quarter(with_ids(&[3.0, 1.0, 2.0, 0.5, 4.0])), [1, 3]);
        assert!(lowest_quarter(Vec::new()).is_empty());
        assert_eq!(lower_half(with_ids(&[3.0, 1.0, 2.0, 4.0])), [1, 2]);
        assert_eq!(lower_half(with_ids(&[3.0, 1.0, 2.0])), [1, 2]);
        assert_eq!(lower_half(with_ids(&[0.0, 0.0, 0.0, 4.0])), [0, 1, 2]);
        assert!(lower_half(Vec::new()).is_empty());
        assert_eq!(below_median(with_ids(&[3.0, 1.0, 2.0, 4.0])), [1, 2]);
        assert_eq!(below_median(with_ids(&[3.0, 1.0, 2.0])), [1]);
        assert!(below_median(with_ids(&[1.0, 1.0])).is_empty() && below_median(Vec::new()).is_empty());
    }
}
