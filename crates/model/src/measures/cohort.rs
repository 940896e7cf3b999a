//! Cohorts of entities with the lowest values in year 0.
//!
//! Both functions take pairs of (value, id) and return ids in ascending order.

/// The quarter of entities, rounded up, with the lowest values. Of two equal values, the lower id comes first.
pub(super) fn lowest_quarter(mut values: Vec<(f64, u32)>) -> Vec<u32> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    values.truncate(values.len().div_ceil(4));
    sorted_ids(values)
}

/// The entities whose value is at most the median; of an even number, the lower of the two middle values is the median.
pub(super) fn lower_half(mut values: Vec<(f64, u32)>) -> Vec<u32> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let Some(&(median, _)) = values.get(values.len().saturating_sub(1) / 2) {
        values.retain(|&(value, _)| value <= median);
    }
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
    }
}
