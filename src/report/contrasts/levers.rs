//! The effect of each lever, alone.

use serde_json::Value;

use hubsim_lab::experiment::designs::levers::{LeverEffect, LeverResponse};
use hubsim_model::measures::MEASURES;
use hubsim_model::policy::preconditions::occasion;

use super::{ContrastRow, Contrasts, Marks};
use crate::report::number::exact;

/// The note on a lever without effect for which no reason is known.
pub const UNEXPLAINED: &str = "no reason known: look why";

/// A row for each lever, policy by policy: first those without effect, then those without a significant effect, then the
/// rest, in the order of the catalogue.
pub fn contrasts(effects: &[LeverEffect], years: u32, replicates: u32) -> Contrasts {
    let mut sorted: Vec<&LeverEffect> = effects.iter().collect();
    let policy = |of: &LeverEffect| effects.iter().position(|other| other.policy == of.policy);
    sorted.sort_by_key(|of| (policy(of), rank(of)));
    Contrasts {
        title: "What each lever does, alone".to_owned(),
        subject: "lever",
        arms: ["as it is", "changed"],
        marks: Marks::None,
        rows: sorted.into_iter().map(row).collect(),
        notes: vec![
            format!(
                "{} levers: {} without effect (every history of {replicates} replicates is the same bit for bit, at every \
                 value that was tried), {} idle (no headline measure of year {years} moves beyond its interval), {} that \
                 move something.",
                effects.len(),
                count(effects, |rank| rank < 2),
                count(effects, |rank| rank == 2),
                count(effects, |rank| rank == 3),
            ),
            "Each lever is set to its neutral value, the ends of what is plausible and values between, until a \
             headline measure moves: mean difference, changed − as it is, in the same worlds with the same random numbers, \
             and its 95 % interval; it moves where it is other than 0 at 95 % for all that was looked at."
                .to_owned(),
        ],
    }
}

fn rank(of: &LeverEffect) -> u8 {
    match of.response {
        LeverResponse::Identical(None) => 0,
        LeverResponse::Identical(Some(_)) => 1,
        LeverResponse::NotSignificant(_) => 2,
        LeverResponse::Significant(_) => 3,
    }
}

fn count(effects: &[LeverEffect], which: impl Fn(u8) -> bool) -> usize {
    effects.iter().filter(|of| which(rank(of))).count()
}

/// The note on a lever without effect whose preconditions hold.
fn inactivity((part, key): (&str, &str)) -> String {
    occasion(part, key).map_or_else(|| UNEXPLAINED.to_owned(), |what| format!("in these trials {what}"))
}

fn row(of: &LeverEffect) -> ContrastRow {
    let (kind, note, shift) = match &of.response {
        LeverResponse::Identical(reason) => ("none", reason.map_or_else(|| inactivity(of.lever), str::to_owned), None),
        LeverResponse::NotSignificant(shift) => ("idle", String::new(), Some(shift)),
        LeverResponse::Significant(shift) => ("moves", String::new(), Some(shift)),
    };
    let measure = shift.map(|shift| MEASURES[shift.measure]);
    ContrastRow {
        policy: of.policy.clone(),
        subject: format!("{}.{}", of.lever.0, of.lever.1),
        kind,
        values: [shown(&of.now), shown(&of.to)],
        column: measure.map_or_else(Default::default, |measure| [measure.title, measure.unit].map(str::to_owned)),
        measure,
        means: shift.map_or([f64::NAN; 2], |shift| shift.means),
        difference: shift.map(|shift| shift.difference.into()),
        better: f64::NAN,
        excludes_zero: shift.is_some_and(|shift| shift.difference.excludes_zero()),
        is_significant: shift.is_some_and(|shift| shift.significant),
        gone: false,
        replicates: shift.map_or(0, |shift| shift.difference.n),
        note,
    }
}

/// The value of a lever, for people.
fn shown(value: &Value) -> String {
    match value {
        Value::String(word) => word.clone(),
        Value::Number(_) => value.as_f64().map_or(String::new(), exact),
        Value::Array(words) if words.is_empty() => "nothing".to_owned(),
        Value::Array(words) => words.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Object(path) if path.contains_key("by_year") => {
            let end = |key: &str| path.get(key).map(shown).unwrap_or_default();
            format!("{} → {} by year {}", end("from"), end("to"), end("by_year"))
        }
        Value::Object(mix) => {
            let weights = mix.iter().filter(|(_, weight)| weight.as_f64() != Some(0.0));
            let weights: Vec<String> = weights.map(|(word, weight)| format!("{word} {}", shown(weight))).collect();
            if weights.is_empty() { "nothing".to_owned() } else { weights.join(", ") }
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hubsim_lab::analysis::Estimate;
    use hubsim_lab::analysis::levers::Shift;
    use serde_json::json;

    #[test]
    fn levers_without_effect_come_first_with_a_reason() {
        let difference = Estimate::from_values(&[0.1, 0.2, 0.3]);
        let shift = Shift { measure: 0, means: [0.5, 0.7], difference, significant: true };
        let of = |key, response| LeverEffect {
            policy: "hubs".to_owned(),
            lever: ("hubs", key),
            now: json!(0.12),
            to: json!({ "prestige": 1.0, "need": 0.0 }),
            response,
            unmet: None,
        };
        let all = [
            of("a", LeverResponse::Significant(shift)),
            of("b", LeverResponse::NotSignificant(Shift { significant: false, ..shift })),
            of("c", LeverResponse::Identical(Some("there are no reviews"))),
            of("d", LeverResponse::Identical(None)),
        ];
        let contrasts = contrasts(&all, 6, 3);
        let table = contrasts.list();
        let order: Vec<String> = table.rows.iter().map(|row| row[1].shown()).collect();
        assert_eq!(order, ["hubs.d", "hubs.c", "hubs.b", "hubs.a"]);
        assert_eq!(table.rows[0][5].shown(), UNEXPLAINED);
        assert_eq!(table.rows[1][5].shown(), "there are no reviews");
        assert!(table.rows[3][5].shown().contains("0.20 ["), "{:?}", table.rows[3]);
        assert_eq!((table.rows[0][3].shown(), table.rows[0][4].shown()), ("0.12".to_owned(), "prestige 1".to_owned()));
        assert!(table.notes[0].contains("4 levers: 2 without effect"), "{}", table.notes[0]);
        let csv = contrasts.data().csv();
        assert!(csv.contains(&format!("hubs,hubs.a,moves,{},", MEASURES[0].key)), "{csv}");
        assert!(csv.contains("hubs,hubs.c,none,") && csv.contains("there are no reviews"), "{csv}");
    }

    #[test]
    fn values_are_shown_as_people_write_them() {
        let path = json!({ "from": 0.0, "to": 0.5, "by_year": 10.0 });
        assert_eq!(shown(&path), "0 → 0.5 by year 10");
        assert_eq!(shown(&json!(["end", "move"])), "end, move");
        assert_eq!((shown(&json!(true)), shown(&json!([]))), ("true".to_owned(), "nothing".to_owned()));
    }
}
