//! Numbers and distributions against bounds.

use crate::scenario::catalogue::written;
use crate::scenario::check::Checker;
use crate::scenario::distribution::{Distribution, Uncertain};
use crate::scenario::filled::Amount;
use crate::scenario::nearest::nearest;
use crate::scenario::tree::{Node, Table, Value};

/// The longest list of choices.
const MOST_CHOICES: usize = 1000;

/// What a number must be.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// As the user wrote or would write it: `reuse_threshold`.
    pub key: &'a str,
    pub unit: &'static str,
    pub bounds: (f64, f64),
    pub whole: bool,
}

impl Wanted<'_> {
    /// The rule in words: `a share between 0 and 1`.
    pub(super) fn rule(&self) -> String {
        let (low, high) = (written(self.bounds.0), written(self.bounds.1));
        if self.whole {
            return format!("a whole number from {low} to {high}{}", self.suffix());
        }
        let noun = if self.unit == "share" { "a share" } else { "a number" };
        format!("{noun} between {low} and {high}{}", self.suffix())
    }

    fn suffix(&self) -> String {
        if matches!(self.unit, "-" | "share") { String::new() } else { format!(" ({})", self.unit) }
    }

    /// The nearest number that obeys the rule.
    fn closest(&self, number: f64) -> f64 {
        let number = if self.whole { number.round() } else { number };
        number.max(self.bounds.0).min(self.bounds.1)
    }
}

/// A number that compares with nothing: it stands for one that is wrong, so that nothing further is said of it.
pub(super) const WRONG: Amount = Amount::Given(f64::NAN);

impl Checker<'_> {
    /// A number or a distribution. `path` is its key in full.
    pub(super) fn amount(&mut self, wanted: Wanted, node: &Node, path: &str) -> Amount {
        match &node.value {
            Value::Table(table) => match self.distribution(wanted, table, node) {
                Some(distribution) => {
                    self.uncertain.push(Uncertain { key: path.to_owned(), unit: wanted.unit, distribution });
                    Amount::Drawn(path.to_owned())
                }
                None => WRONG,
            },
            _ => self.number(wanted, node).map_or(WRONG, Amount::Given),
        }
    }

    /// A plain number within bounds.
    pub(super) fn number(&mut self, wanted: Wanted, node: &Node) -> Option<f64> {
        let number = self.finite(wanted, node)?;
        if number < wanted.bounds.0 || number > wanted.bounds.1 {
            let help = format!("the closest allowed value is {}", written(wanted.closest(number)));
            self.notes.problem(node.place, format!("`{}` is {}", wanted.key, written(number)), wanted.rule(), help);
            None
        } else if wanted.whole && number.fract() != 0.0 {
            let help = format!("write {}", written(wanted.closest(number)));
            let message = format!("`{}` is {}, not a whole number", wanted.key, written(number));
            self.notes.problem(node.place, message, wanted.rule(), help);
            None
        } else {
            Some(number)
        }
    }

    /// A finite number of any size; zero without a sign.
    fn finite(&mut self, wanted: Wanted, node: &Node) -> Option<f64> {
        let number = match node.value {
            Value::Whole(number) => number as f64,
            Value::Real(number) => number,
            _ => {
                self.no_number(wanted, node);
                return None;
            }
        };
        if !number.is_finite() {
            let help = format!("write {}", wanted.rule());
            let message = format!("`{}` is not a finite number", wanted.key);
            self.notes.problem(node.place, message, wanted.rule(), help);
            return None;
        }
        Some(number + 0.0)
    }

    fn no_number(&mut self, wanted: Wanted, node: &Node) {
        let help = match &node.value {
            Value::Text(text) => match text.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => format!("write {} without quotes", written(number)),
                _ => format!("write {}", wanted.rule()),
            },
            Value::List(_) => "for a range write { uniform = [low, high] }".to_owned(),
            _ => format!("write {}", wanted.rule()),
        };
        self.notes.problem(node.place, format!("`{}` is {}", wanted.key, node.noun()), wanted.rule(), help);
    }

    fn distribution(&mut self, wanted: Wanted, table: &Table, node: &Node) -> Option<Distribution> {
        const FORMS: [(&str, usize); 4] = [("uniform", 2), ("normal", 2), ("triangular", 3), ("choice", 0)];
        let rule = "one of { uniform = [low, high] }, { normal = [mean, sd] }, { triangular = [low, mode, high] }, \
                    { choice = [a, b, …] }";
        let mut entries = table.iter();
        let (Some((form, entry)), None) = (entries.next(), entries.next()) else {
            let message = format!("`{}` is a table of {} keys, no distribution", wanted.key, table.len());
            self.notes.problem(node.place, message, rule, format!("write {}, or a distribution", wanted.rule()));
            return None;
        };
        let Some((form, length)) = FORMS.into_iter().find(|(known, _)| known == form) else {
            let help = match nearest(form, FORMS.map(|(known, _)| known)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write {}, or a distribution", wanted.rule()),
            };
            self.notes.problem(entry.key, format!("`{form}` is no distribution"), rule, help);
            return None;
        };
        let values = self.values(wanted, form, length, &entry.node)?;
        self.shape(wanted, form, values, &entry.node)
    }

    /// The numbers of a distribution: as many as it needs, and within bounds (but for a standard deviation).
    fn values(&mut self, wanted: Wanted, form: &str, length: usize, node: &Node) -> Option<Vec<f64>> {
        let items = node.list().unwrap_or(&[]);
        let right = if length == 0 { (1..=MOST_CHOICES).contains(&items.len()) } else { items.len() == length };
        if !right {
            let rule = match form {
                "uniform" => "two numbers: [low, high]",
                "normal" => "two numbers: [mean, standard deviation]",
                "triangular" => "three numbers: [low, most likely, high]",
                _ => "a list of 1 to 1000 numbers",
            };
            let found = node.list().map_or(node.noun().to_owned(), |list| format!("a list of {}", list.len()));
            self.notes.problem(node.place, format!("`{form}` has {found}"), rule, format!("write {rule}"));
            return None;
        }
        let mut values = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let free = form == "normal" && index == 1;
            // Of a continuous distribution each draw is rounded; only a choice must be whole itself.
            let wanted = Wanted { whole: wanted.whole && form == "choice", ..wanted };
            values.push(if free { self.finite(wanted, item) } else { self.number(wanted, item) });
        }
        values.into_iter().collect()
    }

    fn shape(&mut self, wanted: Wanted, form: &str, values: Vec<f64>, node: &Node) -> Option<Distribution> {
        let (distribution, right, rule) = match (form, values.as_slice()) {
            ("uniform", &[low, high]) => (Distribution::Uniform(low, high), low < high, "low is below high"),
            ("normal", &[mean, sd]) => (Distribution::Normal(mean, sd), sd > 0.0, "the standard deviation is above 0"),
            ("triangular", &[low, mode, high]) => (
                Distribution::Triangular(low, mode, high),
                low <= mode && mode <= high && low < high,
                "low, most likely and high stand in ascending order",
            ),
            _ => (Distribution::Choice(values), true, ""),
        };
        if right {
            return Some(distribution);
        }
        let help = match distribution {
            Distribution::Uniform(a, b) if a > b => format!("write [{}, {}]", written(b), written(a)),
            Distribution::Triangular(a, b, c) if a != c => {
                let mut sorted = [a, b, c];
                sorted.sort_by(f64::total_cmp);
                format!("write [{}, {}, {}]", written(sorted[0]), written(sorted[1]), written(sorted[2]))
            }
            other => format!("for a number that is known write {}", written(other.central())),
        };
        self.notes.problem(
            node.place,
            format!("the {form} distribution of `{}` is impossible", wanted.key),
            rule,
            help,
        );
        None
    }
}
