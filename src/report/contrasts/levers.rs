//! The effect of each lever, alone.

use serde_json::Value;

use hubsim_lab::experiment::designs::levers::{Effect, LeverEffect};
use hubsim_model::measures::MEASURES;
use hubsim_model::policy::preconditions::occasion;

use super::{Contrasts, Marks, Row};
use crate::report::number::exact;

/// The note on a lever that does nothing and should.
pub const UNEXPLAINED: &str = "no reason known: look why";

/// A row for each lever: those without effect first, policy by policy, then those that no headline measure shows, then
/// the rest, in the order of the catalogue.
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
    match of.effect {
        Effect::Dead(None) => 0,
        Effect::Dead(Some(_)) => 1,
        Effect::Idle(_) => 2,
        Effect::Moves(_) => 3,
    }
}

fn count(effects: &[LeverEffect], which: impl Fn(u8) -> bool) -> usize {
    effects.iter().filter(|of| which(rank(of))).count()
}

/// Why a lever does nothing where the policy has all that it needs.
fn inactivity((part, key): (&str, &str)) -> String {
    occasion(part, key).map_or_else(|| UNEXPLAINED.to_owned(), |what| format!("in these trials {what}"))
}

fn row(of: &LeverEffect) -> Row {
    let (kind, note, shift) = match &of.effect {
        Effect::Dead(reason) => ("none", reason.map_or_else(|| inactivity(of.lever), str::to_owned), None),
        Effect::Idle(shift) => ("idle", String::new(), Some(shift)),
        Effect::Moves(shift) => ("moves", String::new(), Some(shift)),
    };
    let measure = shift.map(|shift| MEASURES[shift.measure]);
    Row {
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

/// A lever's value, as people read it.
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
    fn what_does_nothing_stands_first_and_says_why() {
        let difference = Estimate::of(&[0.1, 0.2, 0.3]);
        let shift = Shift { measure: 0, means: [0.5, 0.7], difference, significant: true };
        let of = |key, effect| LeverEffect {
            policy: "hubs".to_owned(),
            lever: ("hubs", key),
            now: json!(0.12),
            to: json!({ "prestige": 1.0, "need": 0.0 }),
            effect,
            unmet: None,
        };
        let all = [
            of("a", Effect::Moves(shift)),
            of("b", Effect::Idle(Shift { significant: false, ..shift })),
            of("c", Effect::Dead(Some("there are no reviews"))),
            of("d", Effect::Dead(None)),
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
