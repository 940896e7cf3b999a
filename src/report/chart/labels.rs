//! Where labels go, so that none covers another.

/// Moves labels apart on a line: each as near to the place it wants as it can, in the order of the places they
/// want, any two at least `apart`, none outside `low`..=`high` if there is room.
///
/// Least squares under an order: neighbours that are too near are pooled and share their mean (the
/// pool-adjacent-violators algorithm; Barlow et al. 1972). Places that are not finite are taken as `low`.
/// Without room for all, they are spread evenly and go below `high`; see [`room`].
pub fn spread(wanted: &[f64], apart: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    let want = |label: usize| if wanted[label].is_finite() { wanted[label].clamp(low, high.max(low)) } else { low };
    order.sort_by(|&a, &b| want(a).total_cmp(&want(b)).then(a.cmp(&b)));
    // Blocks of (sum of what is wanted for the first of the block, labels in it).
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (position, &label) in order.iter().enumerate() {
        blocks.push((want(label) - apart * position as f64, 1));
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
        // The bounds in shifted places: low for all, high less the labels that follow.
        let first = (sum / many as f64).min(high - apart * last).max(low);
        for _ in 0..many {
            places[order[position]] = first + apart * position as f64;
            position += 1;
        }
    }
    places
}

/// The room that so many labels need.
pub fn room(labels: usize, apart: f64) -> f64 {
    apart * labels.saturating_sub(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_with_room_stay() {
        assert_eq!(spread(&[10.0, 50.0, 30.0], 12.0, 0.0, 100.0), [10.0, 50.0, 30.0]);
    }

    #[test]
    fn labels_too_near_share_the_shift() {
        assert_eq!(spread(&[50.0, 50.0], 10.0, 0.0, 100.0), [45.0, 55.0]);
        assert_eq!(spread(&[0.0, 0.0], 10.0, 0.0, 100.0), [0.0, 10.0]);
        assert_eq!(spread(&[100.0, 100.0], 10.0, 0.0, 100.0), [90.0, 100.0]);
    }

    proptest! {
        #[test]
        fn no_label_covers_another(
            wanted in prop::collection::vec(prop_oneof![0.0..300.0_f64, Just(f64::NAN), Just(1e9)], 0..20),
        ) {
            let places = spread(&wanted, 15.0, 20.0, 20.0 + room(20, 15.0));
            let mut sorted = places.clone();
            sorted.sort_by(f64::total_cmp);
            prop_assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 15.0 - 1e-9), "{sorted:?}");
            prop_assert!(sorted.iter().all(|&place| (20.0 - 1e-9..=305.0 + 1e-9).contains(&place)), "{sorted:?}");
        }

        #[test]
        fn the_order_is_kept(wanted in prop::collection::vec(0.0..300.0_f64, 2..12)) {
            let places = spread(&wanted, 15.0, 0.0, 300.0);
            for a in 0..wanted.len() {
                for b in 0..wanted.len() {
                    prop_assert!(wanted[a] >= wanted[b] || places[a] < places[b]);
                }
            }
        }
    }
}
