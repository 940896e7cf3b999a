//! The digest of a trial: every bit of every row, in order, and the world in which it lies.

use super::world::WorldPlace;
use hubsim_model::record::rows::{Row, Value};
use hubsim_model::record::{History, Names, TableVisitor};

/// blake3 over the bits of all rows and the names behind them, 64 hexadecimal digits.
pub fn digest(history: &History) -> String {
    let mut digest = Digest(blake3::Hasher::new());
    digest.names(&history.names);
    history.visit(&mut digest);
    digest.0.finalize().to_hex().to_string()
}

/// The digest of a trial: of its history, the index of its world and the number of replicates that share it. Trials of two
/// studies are the same only if they are also counted alike.
pub fn trial_digest(history: &History, place: WorldPlace) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(digest(history).as_bytes());
    hasher.update(&place.world.to_le_bytes()).update(&place.replicates.to_le_bytes());
    hasher.finalize().to_hex().to_string()
}

struct Digest(blake3::Hasher);

impl Digest {
    fn names(&mut self, names: &Names) {
        // A region's group is copied from the scenario. It stays outside: with it, every recorded digest would change.
        let Names { region, group: _, theme, funder, organisation, mandate } = names;
        for name in [region, theme, funder, organisation, mandate].into_iter().flatten() {
            self.0.update(&(name.len() as u64).to_le_bytes());
            self.0.update(name.as_bytes());
        }
    }
}

impl TableVisitor for Digest {
    type Output = ();

    fn table<R: Row>(&mut self, rows: &[R]) {
        let mut bytes = Vec::with_capacity(rows.len() * (R::COLUMNS.len() + 1) * 8);
        bytes.extend_from_slice(R::TABLE.as_bytes());
        bytes.extend_from_slice(&(rows.len() as u64).to_le_bytes());
        for row in rows {
            bytes.extend_from_slice(&row.year().to_le_bytes());
            for column in 0..R::COLUMNS.len() {
                match row.value(column) {
                    // All NaNs are one NaN: which of them an operation gives is not part of IEEE 754.
                    Value::Number(x) if x.is_nan() => bytes.extend_from_slice(&f64::NAN.to_bits().to_le_bytes()),
                    // −0 and 0 are one number.
                    Value::Number(x) => bytes.extend_from_slice(&(x + 0.0).to_bits().to_le_bytes()),
                    Value::Count(n) | Value::Name(n) => bytes.extend_from_slice(&n.to_le_bytes()),
                }
            }
        }
        self.0.update(&bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hubsim_model::record::MovementRow;

    #[test]
    fn the_last_bit_of_a_number_matters() {
        let history =
            |pot: f64| History { movement: vec![MovementRow { pot, ..Default::default() }], ..History::default() };
        assert_ne!(digest(&history(1.0)), digest(&history(1.0 + f64::EPSILON)));
        assert_eq!(digest(&history(0.0)), digest(&history(-0.0)));
    }

    #[test]
    fn the_world_and_its_replicates_are_in_the_digest_of_a_trial() {
        let of = |world, replicates| trial_digest(&History::default(), WorldPlace { world, replicates });
        assert_eq!(of(1, 2), of(1, 2));
        assert!(of(1, 2) != of(2, 2) && of(1, 2) != of(1, 1) && of(1, 2) != of(2, 1));
    }

    /// The digests of histories with one row in one table, and with another value in it.
    struct OneRow;

    impl TableVisitor for OneRow {
        type Output = [String; 2];

        fn table<R: Row>(&mut self, _: &[R]) -> Self::Output {
            [0, 1].map(|year| {
                let mut history = History::default();
                R::rows_mut(&mut history).push(R::default().with_year(year));
                digest(&history)
            })
        }
    }

    #[test]
    fn every_table_is_in_the_digest() {
        let mut digests = History::default().visit(&mut OneRow).concat();
        digests.push(digest(&History::default()));
        digests.sort_unstable();
        digests.dedup();
        assert_eq!(digests.len(), 2 * History::TABLES + 1);
    }
}
