//! The digest of a trial: every bit of every row, in order.

use hubsim_model::record::rows::{Row, Value};
use hubsim_model::record::{History, Names};

/// blake3 over the bits of all rows and the names behind them, 64 hexadecimal digits.
pub fn digest(history: &History) -> String {
    let mut hasher = blake3::Hasher::new();
    absorb_names(&mut hasher, &history.names);
    absorb(&mut hasher, &history.movement);
    absorb(&mut hasher, &history.regions);
    absorb(&mut hasher, &history.organisations);
    absorb(&mut hasher, &history.mandates);
    absorb(&mut hasher, &history.themes);
    absorb(&mut hasher, &history.flows);
    hasher.finalize().to_hex().to_string()
}

fn absorb<R: Row>(hasher: &mut blake3::Hasher, rows: &[R]) {
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
    hasher.update(&bytes);
}

fn absorb_names(hasher: &mut blake3::Hasher, names: &Names) {
    for list in [&names.region, &names.theme, &names.funder, &names.organisation, &names.mandate] {
        for name in list {
            hasher.update(&(name.len() as u64).to_le_bytes());
            hasher.update(name.as_bytes());
        }
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
}
