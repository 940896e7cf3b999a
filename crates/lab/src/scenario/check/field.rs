//! One key's value against its kind, and its default.

use std::collections::BTreeSet;

use crate::scenario::catalogue::MAX_YEARS;
use crate::scenario::check::Checker;
use crate::scenario::check::number::{WRONG, Wanted};
use crate::scenario::check::section::segment;
use crate::scenario::filled::{Amount, Field, MAX_WEIGHT};
use crate::scenario::nearest::{listed, nearest};
use crate::scenario::tree::{Node, Table, Value};
use hubsim_model::catalogue::{Kind, Number, Section, Spec};

/// Maps over more names than this are not filled in.
const MOST_FILLED: usize = 100;

/// The keys of a path in time.
const PATH: [&str; 3] = ["from", "to", "by_year"];

impl Checker<'_> {
    /// A value that was given. `path` is its key in full.
    pub(super) fn field(&mut self, section: &Section, spec: &Spec, node: &Node, path: &str) -> Field {
        match spec.kind {
            Kind::Number(number) => Field::Number(self.amount(wanted(spec, &number), node, path)),
            Kind::Path(number) => self.path(wanted(spec, &number), node, path),
            Kind::Flag { default } => Field::Flag(self.flag(spec, node).unwrap_or(default)),
            Kind::Choice { options, default } => {
                Field::Word(self.word(spec, options, node).unwrap_or(default).to_owned())
            }
            Kind::Set { options, .. } => Field::Words(self.set(spec, options, node)),
            Kind::Mix { options, .. } => self.mix(spec, options, node, path),
            Kind::Text => match &node.value {
                Value::Text(text) => Field::Word(text.clone()),
                _ => {
                    self.wrong_type(spec, node, "a text in quotes", "put it in \"quotes\"");
                    Field::Absent
                }
            },
            Kind::Reference { to, .. } => self.reference(section, spec, to, node),
            // Read where it is used.
            Kind::Form { .. } => Field::Absent,
            Kind::Map { to, default, bounds } => {
                let wanted = Wanted { key: spec.key, unit: spec.unit, bounds, whole: false };
                self.map(section, wanted, to, default, node, path)
            }
        }
    }

    /// The value of a key that was not given.
    pub(super) fn default(&mut self, section: &Section, spec: &Spec, owner: &str) -> Field {
        match spec.kind {
            Kind::Number(number) => Field::Number(number.default.map_or(WRONG, Amount::Given)),
            Kind::Path(number) => {
                let value = number.default.map_or(WRONG, Amount::Given);
                Field::Path { from: value.clone(), to: value, by_year: 1.0 }
            }
            Kind::Flag { default } => Field::Flag(default),
            Kind::Choice { default, .. } => Field::Word(default.to_owned()),
            Kind::Set { default, .. } => Field::Words(default.iter().map(|&word| word.to_owned()).collect()),
            Kind::Mix { default, .. } => {
                Field::Numbers(default.iter().map(|&(word, weight)| (word.to_owned(), Amount::Given(weight))).collect())
            }
            Kind::Text | Kind::Reference { .. } | Kind::Form { .. } => Field::Absent,
            Kind::Map { to, default, .. } => {
                let given = Table::new();
                Field::Numbers(self.every(section, to, default, owner, &given, |_, _, _| WRONG))
            }
        }
    }

    fn wrong_type(&mut self, spec: &Spec, node: &Node, rule: &str, help: &str) {
        self.notes.problem(node.place, format!("`{}` is {}", spec.key, node.noun()), rule, help);
    }

    /// A number, a distribution, or `{ from, to, by_year }`.
    fn path(&mut self, wanted: Wanted, node: &Node, path: &str) -> Field {
        let constant = |value: Amount| Field::Path { from: value.clone(), to: value, by_year: 1.0 };
        let Some(table) = node.table().filter(|table| PATH.iter().any(|key| table.contains_key(*key))) else {
            return constant(self.amount(wanted, node, path));
        };
        let rule = "a path in time is { from = …, to = …, by_year = … }";
        for (key, entry) in table {
            if !PATH.contains(&key.as_str()) {
                let help =
                    nearest(key, PATH).map_or(format!("leave `{key}` out"), |near| format!("did you mean `{near}`?"));
                self.notes.problem(entry.key, format!("unknown key `{key}`"), rule, help);
            }
        }
        for key in PATH {
            if !table.contains_key(key) {
                let message = format!("`{key}` is missing from the path of `{}`", wanted.key);
                self.notes.problem(node.place, message, rule, format!("add `{key} = …`"));
            }
        }
        let mut end = |key: &str| match table.get(key) {
            Some(entry) => self.amount(Wanted { key, ..wanted }, &entry.node, &format!("{path}.{key}")),
            None => WRONG,
        };
        let (from, to) = (end("from"), end("to"));
        let years = Wanted { key: "by_year", unit: "year", bounds: (1.0, f64::from(MAX_YEARS)), whole: true };
        let by_year = table.get("by_year").and_then(|entry| self.number(years, &entry.node)).unwrap_or(f64::NAN);
        if from == to { constant(from) } else { Field::Path { from, to, by_year } }
    }

    fn flag(&mut self, spec: &Spec, node: &Node) -> Option<bool> {
        if let Value::Flag(flag) = node.value {
            return Some(flag);
        }
        let help = match &node.value {
            Value::Text(text) if text == "true" || text == "false" => format!("write {text} without quotes"),
            Value::Text(text) if ["no", "off", "n"].contains(&text.as_str()) => "write false".to_owned(),
            Value::Text(text) if ["yes", "on", "y"].contains(&text.as_str()) => "write true".to_owned(),
            Value::Whole(0) => "write false".to_owned(),
            Value::Whole(1) => "write true".to_owned(),
            _ => "write true or false".to_owned(),
        };
        self.wrong_type(spec, node, "true or false", &help);
        None
    }

    fn word(&mut self, spec: &Spec, options: &'static [&'static str], node: &Node) -> Option<&'static str> {
        let rule = format!("one of {}", listed(options.iter().copied(), "or"));
        let Some(word) = node.text() else {
            self.wrong_type(spec, node, &rule, "write one of these words in quotes");
            return None;
        };
        let known = options.iter().find(|option| **option == word);
        if known.is_none() {
            let help = nearest(word, options.iter().copied())
                .map_or("write one of these words".to_owned(), |near| format!("did you mean \"{near}\"?"));
            self.notes.problem(node.place, format!("`{}` is \"{word}\"", spec.key), rule, help);
        }
        known.copied()
    }

    /// Words in the order of the catalogue, so that a set is the same however it is written.
    fn set(&mut self, spec: &Spec, options: &'static [&'static str], node: &Node) -> Vec<String> {
        let rule = format!("a list of some of {}", listed(options.iter().copied(), "and"));
        let Some(items) = node.list() else {
            let help = match node.text() {
                Some(word) => format!("write [\"{word}\"]"),
                None => "write the words in [brackets]".to_owned(),
            };
            self.wrong_type(spec, node, &rule, &help);
            return Vec::new();
        };
        let mut words: Vec<&str> = Vec::new();
        for item in items {
            match self.word(spec, options, item) {
                Some(word) if words.contains(&word) => {
                    let help = "leave the second one out";
                    self.notes.problem(
                        item.place,
                        format!("\"{word}\" is given twice"),
                        "each word at most once",
                        help,
                    );
                }
                Some(word) => words.push(word),
                None => {}
            }
        }
        options.iter().filter(|option| words.contains(option)).map(|&option| option.to_owned()).collect()
    }

    fn mix(&mut self, spec: &Spec, options: &'static [&'static str], node: &Node, path: &str) -> Field {
        let rule = format!("a table from some of {} to weights", listed(options.iter().copied(), "and"));
        let Some(table) = node.table() else {
            let example = options.first().copied().unwrap_or("word");
            self.wrong_type(spec, node, &rule, &format!("write {{ {example} = 1 }}"));
            return Field::Numbers(Vec::new());
        };
        for (key, entry) in table {
            if !options.contains(&key.as_str()) {
                let help = nearest(key, options.iter().copied())
                    .map_or("write one of these words".to_owned(), |near| format!("did you mean `{near}`?"));
                self.notes.problem(entry.key, format!("`{key}` is nothing that `{}` looks at", spec.key), &rule, help);
            }
        }
        let mut weights = Vec::new();
        for &option in options {
            if let Some(entry) = table.get(option) {
                let wanted = Wanted { key: option, unit: "weight", bounds: (0.0, MAX_WEIGHT), whole: false };
                weights.push((option.to_owned(), self.amount(wanted, &entry.node, &format!("{path}.{option}"))));
            }
        }
        Field::Numbers(weights)
    }

    fn reference(&mut self, section: &Section, spec: &Spec, to: &'static str, node: &Node) -> Field {
        let Some(name) = node.text() else {
            self.wrong_type(spec, node, &format!("the name of a {to}"), "put the name in \"quotes\"");
            return Field::Absent;
        };
        // A policy's `extends` was looked up when policies were made of one another.
        if section.name == "policy" || self.exists(to, name) {
            return Field::Word(name.to_owned());
        }
        let help = self.suggestion(to, name);
        let message = format!("there is no {to} \"{name}\"");
        self.notes.problem(node.place, message, format!("the name of a [[{to}]]"), help);
        Field::Absent
    }

    /// Whether a name is defined; if some text could not be read, it may be there.
    pub(super) fn exists(&self, list: &str, name: &str) -> bool {
        self.partial || self.names.get(list).is_some_and(|names| names.contains(name))
    }

    /// What to write instead of a name that does not exist.
    pub(super) fn suggestion(&self, list: &str, name: &str) -> String {
        if self.notes.full() {
            return String::new();
        }
        let none = BTreeSet::new();
        let names = self.names.get(list).unwrap_or(&none);
        if self.removed.get(list).is_some_and(|removed| removed.contains(name)) {
            return format!("`remove = true` took this {list} out: change or remove what refers to it");
        }
        match nearest(name, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None if names.is_empty() => format!("the scenario has no {list} at all: add a [[{list}]]"),
            None if names.len() <= 32 => {
                format!("there {}", crowd(list, &listed(names.iter().map(String::as_str), "and"), names.len()))
            }
            None => {
                let some = listed(names.iter().map(String::as_str).take(3), "and");
                let all =
                    if list == "policy" { "; `hubsim explain` lists those of the built-in scenarios" } else { "" };
                format!("there are {} {}, such as {some}{all}", names.len(), plural(list))
            }
        }
    }

    fn map(
        &mut self,
        section: &Section,
        wanted: Wanted,
        to: &'static str,
        default: f64,
        node: &Node,
        path: &str,
    ) -> Field {
        let Some(table) = node.table() else {
            let message = format!("`{}` is {}", wanted.key, node.noun());
            let rule = format!("a table from names of [[{to}]] to numbers");
            self.notes.problem(node.place, message, rule, "write { \"name\" = number }");
            return Field::Numbers(Vec::new());
        };
        for (name, entry) in table {
            let removed = self.removed.get(to).is_some_and(|removed| removed.contains(name));
            if !self.exists(to, name) && !removed {
                let help = self.suggestion(to, name);
                let message = format!("there is no {to} \"{name}\"");
                self.notes.problem(entry.key, message, format!("the name of a [[{to}]]"), help);
            }
        }
        let owner = path.rsplit_once('.').map_or("", |(owner, _)| owner);
        let numbers = self.every(section, to, default, owner, table, |checker, name, node| {
            let wanted = Wanted { key: name, ..wanted };
            checker.amount(wanted, node, &format!("{path}.{}", segment(name)))
        });
        Field::Numbers(numbers)
    }

    /// A number for every name of a list, but for the owner itself where it is of that list.
    fn every(
        &mut self,
        section: &Section,
        to: &'static str,
        default: f64,
        owner: &str,
        given: &Table,
        mut read: impl FnMut(&mut Self, &str, &Node) -> Amount,
    ) -> Vec<(String, Amount)> {
        let names: Vec<String> = match self.names.get(to) {
            Some(names) if names.len() <= MOST_FILLED => names.iter().cloned().collect(),
            // Too many to be a scenario: that is told elsewhere, and the square of their number is not built.
            Some(names) => given.keys().filter(|name| names.contains(*name)).cloned().collect(),
            None => Vec::new(),
        };
        let mut numbers = Vec::with_capacity(names.len());
        for name in names {
            match given.get(&name) {
                Some(entry) => numbers.push((name.clone(), read(self, &name, &entry.node))),
                None if section.name == to && owner == format!("{to}.{}", segment(&name)) => {}
                None => numbers.push((name, Amount::Given(default))),
            }
        }
        numbers
    }
}

fn wanted<'a>(spec: &Spec, number: &Number) -> Wanted<'a> {
    Wanted { key: spec.key, unit: spec.unit, bounds: number.bounds, whole: number.whole }
}

/// Several of them.
pub(super) fn plural(noun: &str) -> String {
    noun.strip_suffix('y').map_or_else(|| format!("{noun}s"), |stem| format!("{stem}ies"))
}

fn crowd(noun: &str, names: &str, count: usize) -> String {
    if count == 1 { format!("is only the {noun} {names}") } else { format!("are the {} {names}", plural(noun)) }
}
