//! One comparison of a claim.

use crate::scenario::catalogue::written;
use crate::scenario::check::Checker;
use crate::scenario::check::claim::Horizon;
use crate::scenario::claim::keys::EXPECTATIONS;
use crate::scenario::claim::{By, Expect, Part};
use crate::scenario::tree::{Node, Table, Value};
use hubsim_model::measures::MEASURES;

/// What matters on a measure that lies between 0 and 1, where nothing is said: `CLAIMS` of the proposal, 0.03.
const AMOUNT: f64 = 0.03;
/// What matters on any other, as a share of what it is compared with.
const SHARE: f64 = 0.1;

impl Checker<'_> {
    /// A part; every problem is told, and none is given if there is one.
    pub(super) fn part(&mut self, node: &Node, table: &Table, horizon: Horizon) -> Option<Part> {
        let before = self.notes.count();
        for (key, example) in [("measure", "\"…\""), ("policy", "\"…\""), ("expect", "\"lower\"")] {
            if !table.contains_key(key) && !self.partial {
                let help = format!("add `{key} = {example}`");
                let (message, rule) =
                    (format!("`{key}` is missing{}", self.instead(node)), format!("a part has `{key}`"));
                self.notes.problem(node.place, message, rule, help);
            }
        }
        let measure = node.get("measure").and_then(|inner| self.measure("measure", inner));
        let policy = node.get("policy").and_then(|inner| self.arm("policy", inner, horizon));
        let expect = node.get("expect").and_then(|inner| self.expect(inner));
        let against = node.get("against").and_then(|inner| self.arm("against", inner, horizon));
        let net_of = node.get("net_of").and_then(|inner| self.arms("net_of", inner, 2, horizon));
        let net_of = net_of.and_then(|pair| self.pair(pair, node));
        if let (Some(inner), Some(against)) = (node.get("against"), &against)
            && policy.as_ref() == Some(against)
        {
            let help = "name another policy";
            let (place, from) = self.conflict(node, inner.place, &["policy"]);
            self.notes.problem(place, format!("\"{against}\" against itself{from}"), "two policies are compared", help);
        }
        if let Some(expect) = expect {
            self.comparison(node, table, expect);
        }
        let by = self.by(node, table, expect, measure);
        let years = self.years(node, horizon);
        let decisive = self.decisive(node);
        if self.notes.count() != before {
            return None;
        }
        Some(Part {
            measure: measure?,
            policy: policy?,
            against,
            net_of,
            expect: expect?,
            by: by?,
            years: years?,
            decisive,
        })
    }

    /// That a claim's inherited parts no longer hold, if that is why something is missing.
    fn instead(&self, node: &Node) -> String {
        self.notes.replaced(node.place).map_or(String::new(), |parts| {
            format!(": `measure` takes the place of all `parts` (inherited from {})", self.notes.name(parts))
        })
    }

    fn expect(&mut self, node: &Node) -> Option<Expect> {
        let words = EXPECTATIONS.map(|(word, _)| word);
        let word = self.one_of("expect", node, &words)?;
        EXPECTATIONS.iter().find(|(known, _)| *known == word).map(|(_, expect)| *expect)
    }

    /// The two policies of `net_of`.
    fn pair(&mut self, names: Vec<String>, node: &Node) -> Option<[String; 2]> {
        let count = names.len();
        if let Ok(pair) = <[String; 2]>::try_from(names) {
            return Some(pair);
        }
        let help = "write [\"one\", \"other\"]";
        let place = node.place_of(&["net_of"]);
        self.notes.problem(
            place,
            format!("`net_of` has {count} policies"),
            "two policies: the first less the second",
            help,
        );
        None
    }

    /// Whether there is something to compare with where there must be, and only there.
    fn comparison(&mut self, node: &Node, table: &Table, expect: Expect) {
        let word = expect.word();
        if expect.bound() {
            for (key, entry) in ["against", "net_of"].into_iter().filter_map(|key| table.get_key_value(key)) {
                let help = format!("leave `{key}` out, or expect `lower` or `higher`");
                let rule = format!("`{word}` holds a policy against a bound, which is `by`");
                let (place, from) = self.conflict(node, entry.key, &["expect"]);
                self.notes.problem(place, format!("`{key}` beside `expect = \"{word}\"`{from}"), rule, help);
            }
        } else if !table.contains_key("against") && !self.partial {
            let help = "add `against = \"…\"`, or expect `below` or `above` a bound";
            let rule = format!("`{word}` compares with another policy");
            let message = format!("`against` is missing{}", self.instead(node));
            self.notes.problem(node.place, message, rule, help);
        }
    }

    fn by(&mut self, node: &Node, table: &Table, expect: Option<Expect>, measure: Option<usize>) -> Option<By> {
        let bound = expect.is_some_and(Expect::bound);
        let word = expect.map_or("", Expect::word);
        if let Some(entry) = table.get("by_share") {
            if bound || table.contains_key("by") {
                let (message, rule) = if bound {
                    (format!("`by_share` beside `expect = \"{word}\"`"), format!("`{word}` has its bound in `by`"))
                } else {
                    ("`by` and `by_share`".to_owned(), "one of them says how much matters".to_owned())
                };
                self.notes.problem(entry.key, message, rule, "leave `by_share` out");
                return None;
            }
            return self.size("by_share", node, &entry.node, (0.0, 1.0), "").map(By::Share);
        }
        let range = measure.map(|measure| MEASURES[measure].range);
        let Some(by) = node.get("by") else {
            if bound {
                let help = "add `by = …`: the bound, in the measure's unit";
                let rule = format!("`{word}` holds a policy against a bound, which is `by`");
                if !self.partial {
                    self.notes.problem(node.place, "`by` is missing".to_owned(), rule, help);
                }
                return None;
            }
            return range.map(|range| if range == (0.0, 1.0) { By::Amount(AMOUNT) } else { By::Share(SHARE) });
        };
        let (low, high) = range.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        let limits = if bound { (low, high) } else { (0.0, high - low) };
        let key = measure.map_or("", |measure| MEASURES[measure].key);
        self.size("by", node, by, limits, key).map(By::Amount)
    }

    /// A finite number within limits; `measure` is what they follow from.
    fn size(&mut self, key: &str, part: &Node, node: &Node, limits: (f64, f64), measure: &str) -> Option<f64> {
        let (low, high) = limits;
        let rule = match (low.is_finite(), high.is_finite()) {
            (true, true) => format!("a number between {} and {}", written(low), written(high)),
            (true, false) => format!("a number of at least {}", written(low)),
            (false, true) => format!("a number of at most {}", written(high)),
            (false, false) => "a number".to_owned(),
        };
        let of = if measure.is_empty() { String::new() } else { format!(", as `{measure}` lies") };
        let rule = if high.is_finite() && low.is_finite() { format!("{rule}{of}") } else { rule };
        let number = match node.value {
            Value::Whole(number) => number as f64,
            Value::Real(number) => number,
            _ => {
                let message = format!("`{key}` is {}", node.noun());
                let help = node.text().and_then(|text| in_numbers(key, text)).unwrap_or(format!("write {rule}"));
                self.notes.problem(node.place, message, rule, help);
                return None;
            }
        };
        if !number.is_finite() {
            let help = format!("write {rule}");
            self.notes.problem(node.place, format!("`{key}` is not a finite number"), rule, help);
            return None;
        }
        if number < low || number > high {
            let help = format!("the closest allowed value is {}", written(number.max(low).min(high)));
            let (place, from) = self.conflict(part, node.place, &["measure", "expect"]);
            self.notes.problem(place, format!("`{key}` is {}{from}", written(number)), rule, help);
            return None;
        }
        Some(number + 0.0)
    }

    fn decisive(&mut self, node: &Node) -> bool {
        let Some(inner) = node.get("decisive") else { return true };
        let Value::Flag(decisive) = inner.value else {
            let help = "write true or false, or leave it out";
            self.notes.problem(inner.place, format!("`decisive` is {}", inner.noun()), "true or false", help);
            return true;
        };
        decisive
    }
}

/// What to write instead of a number in quotes, or of one with a sign for per cent.
fn in_numbers(key: &str, text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(share) = text.strip_suffix('%') {
        let share: f64 = share.trim().parse().ok()?;
        let share = written((share * 1e10).round() / 1e12);
        return Some(format!("write `by_share = {share}`: a share of what it is compared with"));
    }
    let number: f64 = text.parse().ok()?;
    number.is_finite().then(|| format!("write `{key} = {}`, without quotes", written(number)))
}
