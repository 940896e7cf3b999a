//! Cohorts: those that stand lowest in year 0.

/// The quarter (rounded up) of those with the least values, by id; of equals the earlier. Ids in ascending order.
pub(super) fn lowest_quarter(mut values: Vec<(f64, u32)>) -> Vec<u32> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    values.truncate(values.len().div_ceil(4));
    sorted(values)
}

/// The lower half: those with no more than the median, the lower of the two where there are two.
pub(super) fn lower_half(mut values: Vec<(f64, u32)>) -> Vec<u32> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let Some(&(median, _)) = values.get(values.len().saturating_sub(1) / 2) {
        values.retain(|&(value, _)| value <= median);
    }
    sorted(values)
}

fn sorted(values: Vec<(f64, u32)>) -> Vec<u32> {
    let mut ids: Vec<u32> = values.into_iter().map(|(_, id)| id).collect();
    ids.sort_unstable();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cohorts_round_up_and_keep_equals_together_where_they_can() {
        let of = |values: &[f64]| values.iter().copied().zip(0..).collect::<Vec<(f64, u32)>>();
        assert_eq!(lowest_quarter(of(&[3.0, 1.0, 2.0, 1.0])), [1]);
        assert_eq!(lowest_quarter(of(&[3.0, 1.0, 2.0, 0.5, 4.0])), [1, 3]);
        assert!(lowest_quarter(Vec::new()).is_empty());
        assert_eq!(lower_half(of(&[3.0, 1.0, 2.0, 4.0])), [1, 2]);
        assert_eq!(lower_half(of(&[3.0, 1.0, 2.0])), [1, 2]);
        assert_eq!(lower_half(of(&[0.0, 0.0, 0.0, 4.0])), [0, 1, 2]);
        assert!(lower_half(Vec::new()).is_empty());
    }
}
