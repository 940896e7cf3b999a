//! Placement of labels, so that none covers another.

/// Places labels on a line: as near as possible to the wanted positions and in their order, at least `apart` from each
/// other, and within `low`..=`high` if that is long enough (see [`required_length`]).
///
/// The positions minimise the squared deviations from the wanted ones under these constraints, by the
/// pool-adjacent-violators algorithm (Barlow et al. 1972): neighbours that are too near are pooled and share their mean.
/// Wanted positions that are not finite are taken as `low`. If the line is too short, labels go beyond `high`.
pub fn spread_labels(wanted: &[f64], apart: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    let want = |label: usize| if wanted[label].is_finite() { wanted[label].clamp(low, high.max(low)) } else { low };
    order.sort_by(|&a, &b| want(a).total_cmp(&want(b)).then(a.cmp(&b)));
    // A block is (sum of the wanted positions shifted to that of the first label, number of labels).
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (position, &label) in order.iter().enumerate() {
        blocks.push((want(label) - apart * position as f64, 1));
        // Two blocks in the wrong order are pooled; that may put the result in conflict with the block before.
        while let [.., (before, many), (after, more)] = blocks[..] {
            if before / (many as f64) < after / (more as f64) {
                break;
            }
            blocks.pop();
            blocks.pop();
            blocks.push((before + after, many + more));
        }
    }
    let last = wanted.len().saturating_sub(1) as f64;
    let mut places = vec![0.0; wanted.len()];
    let mut position = 0;
    for (sum, many) in blocks {
        // Bounds of shifted positions: `low`, and `high` minus the length of all labels.
        let first = (sum / many as f64).min(high - apart * last).max(low);
        for _ in 0..many {
            places[order[position]] = first + apart * position as f64;
            position += 1;
        }
    }
    places
}

/// The length that some labels need.
pub fn required_length(labels: usize, apart: f64) -> f64 {
    apart * labels.saturating_sub(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn distant_labels_stay_in_place() {
        assert_eq!(spread_labels(&[10.0, 50.0, 30.0], 12.0, 0.0, 100.0), [10.0, 50.0, 30.0]);
    }

    #[test]
    fn near_labels_move_apart_equally() {
        assert_eq!(spread_labels(&[50.0, 50.0], 10.0, 0.0, 100.0), [45.0, 55.0]);
        assert_eq!(spread_labels(&[0.0, 0.0], 10.0, 0.0, 100.0), [0.0, 10.0]);
        assert_eq!(spread_labels(&[100.0, 100.0], 10.0, 0.0, 100.0), [90.0, 100.0]);
    }

    proptest! {
        #[test]
        fn no_label_covers_another(
            wanted in prop::collection::vec(prop_oneof![0.0..300.0_f64, Just(f64::NAN), Just(1e9)], 0..20),
        ) {
            let places = spread_labels(&wanted, 15.0, 20.0, 20.0 + required_length(20, 15.0));
            let mut sorted = places.clone();
            sorted.sort_by(f64::total_cmp);
            prop_assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 15.0 - 1e-9), "{sorted:?}");
            prop_assert!(sorted.iter().all(|&place| (20.0 - 1e-9..=305.0 + 1e-9).contains(&place)), "{sorted:?}");
        }

        #[test]
        fn the_order_is_kept(wanted in prop::collection::vec(0.0..300.0_f64, 2..12)) {
            let places = spread_labels(&wanted, 15.0, 0.0, 300.0);
            for a in 0..wanted.len() {
                for b in 0..wanted.len() {
                    prop_assert!(wanted[a] >= wanted[b] || places[a] < places[b]);
                }
            }
        }
    }
}
