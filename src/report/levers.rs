//! What turning each lever does: the table in all its formats.

use serde_json::Value;

use hubsim_lab::study::levers::{Effect, Turned};
use hubsim_model::measures::MEASURES;
use hubsim_model::policy::preconditions::occasion;

use super::number::{exact, interval};
use super::table::{Cell, Table, TableColumn, Visibility};

/// Said of a lever that does nothing and should.
pub const UNEXPLAINED: &str = "no reason known: look why";

/// A row for each lever: those without effect first, policy by policy, then those that no headline measure shows, then
/// the rest, in the order of the catalogue.
pub fn table(turned: &[Turned], years: u32, replicates: u32) -> Table {
    let mut sorted: Vec<&Turned> = turned.iter().collect();
    let policy = |of: &Turned| turned.iter().position(|other| other.policy == of.policy);
    sorted.sort_by_key(|of| (policy(of), rank(of)));
    let columns = ["policy", "lever", "effect", "as it is", "turned to", "what moves most, or why nothing does"];
    Table {
        title: "What turning each lever does, alone".to_owned(),
        columns: columns
            .map(TableColumn::text)
            .into_iter()
            .chain([TableColumn::data("measure"), TableColumn::numbers("difference").visible(Visibility::DataOnly)])
            .collect(),
        rows: sorted.into_iter().map(row).collect(),
        notes: vec![
            format!(
                "{} levers: {} without effect (every history of {replicates} replicates is the same bit for bit, at every \
                 value that was tried), {} idle (no headline measure of year {years} moves beyond its interval), {} that \
                 move something.",
                turned.len(),
                count(turned, |rank| rank < 2),
                count(turned, |rank| rank == 2),
                count(turned, |rank| rank == 3),
            ),
            "Each lever is turned to its neutral value, the ends of what is plausible and values between, until a \
             headline measure moves: mean difference, turned − as it is, in the same worlds with the same luck, and its \
             95 % interval; it moves where it is other than 0 at 95 % for all that was looked at."
                .to_owned(),
        ],
    }
}

fn rank(of: &Turned) -> u8 {
    match of.effect {
        Effect::Dead(None) => 0,
        Effect::Dead(Some(_)) => 1,
        Effect::Idle(_) => 2,
        Effect::Moves(_) => 3,
    }
}

fn count(turned: &[Turned], which: impl Fn(u8) -> bool) -> usize {
    turned.iter().filter(|of| which(rank(of))).count()
}

/// Why a lever does nothing where the policy has all that it needs.
fn waited((part, key): (&str, &str)) -> String {
    occasion(part, key).map_or_else(|| UNEXPLAINED.to_owned(), |what| format!("in these trials {what}"))
}

fn row(of: &Turned) -> Vec<Cell> {
    let (effect, words, shift) = match &of.effect {
        Effect::Dead(reason) => ("none", reason.map_or_else(|| waited(of.lever), str::to_owned), None),
        Effect::Idle(shift) => ("idle", String::new(), Some(shift)),
        Effect::Moves(shift) => ("moves", String::new(), Some(shift)),
    };
    let words = shift
        .map_or(words, |shift| format!("{}: {}", MEASURES[shift.measure].title, interval(shift.difference.into())));
    let lever = format!("{}.{}", of.lever.0, of.lever.1);
    let texts = [of.policy.clone(), lever, effect.to_owned(), shown(&of.now), shown(&of.to), words];
    let measure = shift.map_or(Cell::Empty, |shift| MEASURES[shift.measure].key.into());
    let difference = shift.map_or(Cell::Empty, |shift| Cell::Interval(shift.difference.into()));
    texts.map(Cell::Text).into_iter().chain([measure, difference]).collect()
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
        let shift = Shift { measure: 0, difference: Estimate::of(&[0.1, 0.2, 0.3]), clear: true };
        let of = |key, effect| Turned {
            policy: "hubs".to_owned(),
            lever: ("hubs", key),
            now: json!(0.12),
            to: json!({ "prestige": 1.0, "need": 0.0 }),
            effect,
            unmet: None,
        };
        let all = [
            of("a", Effect::Moves(shift)),
            of("b", Effect::Idle(Shift { clear: false, ..shift })),
            of("c", Effect::Dead(Some("there are no reviews"))),
            of("d", Effect::Dead(None)),
        ];
        let table = table(&all, 6, 3);
        let order: Vec<String> = table.rows.iter().map(|row| row[1].shown()).collect();
        assert_eq!(order, ["hubs.d", "hubs.c", "hubs.b", "hubs.a"]);
        assert_eq!(table.rows[0][5].shown(), UNEXPLAINED);
        assert_eq!(table.rows[1][5].shown(), "there are no reviews");
        assert!(table.rows[3][5].shown().contains("0.20 ["), "{:?}", table.rows[3]);
        assert_eq!((table.rows[0][3].shown(), table.rows[0][4].shown()), ("0.12".to_owned(), "prestige 1".to_owned()));
        assert!(table.notes[0].contains("4 levers: 2 without effect"), "{}", table.notes[0]);
    }

    #[test]
    fn values_are_shown_as_people_write_them() {
        let path = json!({ "from": 0.0, "to": 0.5, "by_year": 10.0 });
        assert_eq!(shown(&path), "0 → 0.5 by year 10");
        assert_eq!(shown(&json!(["end", "move"])), "end, move");
        assert_eq!((shown(&json!(true)), shown(&json!([]))), ("true".to_owned(), "nothing".to_owned()));
    }
}
