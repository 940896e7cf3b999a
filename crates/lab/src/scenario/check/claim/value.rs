//! The values of a claim's keys: ids, sentences, words, measures, policies, years.

use std::collections::BTreeMap;

use crate::scenario::catalogue::MAX_YEARS;
use crate::scenario::check::Checker;
use crate::scenario::check::claim::Horizon;
use crate::scenario::claim::Years;
use crate::scenario::nearest::{listed, nearest};
use crate::scenario::problem::misleading;
use crate::scenario::source::Place;
use crate::scenario::tree::{Node, Value};
use hubsim_model::measures::{MEASURES, position};
use hubsim_model::policy::mitigations::mitigation;

/// The longest id, characters.
const LONGEST: usize = 40;

impl Checker<'_> {
    /// What a claim is called.
    pub(super) fn id(&mut self, node: &Node, ids: &mut BTreeMap<String, Place>) -> String {
        let rule = "an id of letters, digits, `-`, `_` and `.`, 40 at most, that begins with a letter or a digit";
        let Some(inner) = node.get("id") else {
            if !self.partial {
                let help = "add `id = \"…\"`: what the claim is called";
                self.notes.problem(node.place, "`id` is missing".to_owned(), "every claim has an id", help);
            }
            return String::new();
        };
        let Some(id) = inner.text() else {
            self.notes.problem(inner.place, format!("`id` is {}", inner.noun()), rule, "put it in \"quotes\"");
            return String::new();
        };
        let sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let wrong = match id.chars().find(|&c| !sign(c)) {
            _ if id.is_empty() => Some("is empty".to_owned()),
            Some(c) => Some(format!("has a `{}`", c.escape_debug())),
            None if id.len() > LONGEST => Some(format!("has more than {LONGEST} characters")),
            None if !id.starts_with(|c: char| c.is_ascii_alphanumeric()) => Some(format!("begins with `{}`", &id[..1])),
            None => None,
        };
        if let Some(wrong) = wrong {
            let better: String = id.chars().map(|c| if sign(c) { c } else { '-' }).take(LONGEST).collect();
            let better = better.trim_matches(|c: char| !c.is_ascii_alphanumeric());
            let help = if better.is_empty() { "write a word".to_owned() } else { format!("write \"{better}\"") };
            self.notes.problem(inner.place, format!("the id {wrong}"), rule, help);
        } else if let Some(first) = ids.get(id) {
            let help = format!("the first is in {}: rename one", self.notes.name(*first));
            self.notes.problem(inner.place, format!("a second claim \"{id}\""), "ids of [[claim]] are unique", help);
        }
        ids.entry(id.to_owned()).or_insert(inner.place);
        id.to_owned()
    }

    /// A text of one line; empty where there is none.
    pub(super) fn sentence(&mut self, key: &str, node: &Node) -> String {
        let Some(inner) = node.get(key) else { return String::new() };
        let rule = "a text in one line";
        let Some(text) = inner.text() else {
            self.notes.problem(inner.place, format!("`{key}` is {}", inner.noun()), rule, "put it in \"quotes\"");
            return String::new();
        };
        if text.trim().is_empty() && key == "statement" {
            self.notes.problem(inner.place, format!("`{key}` is empty"), rule, "write the statement, in a sentence");
        } else if text.chars().any(misleading) {
            let help = "write it in one line of letters and signs";
            self.notes.problem(inner.place, format!("`{key}` has invisible characters or several lines"), rule, help);
        }
        text.to_owned()
    }

    /// One of some words.
    pub(super) fn one_of<'w>(&mut self, key: &str, node: &Node, words: &[&'w str]) -> Option<&'w str> {
        let rule = format!("one of {}", listed(words.iter().copied(), "or"));
        let Some(text) = node.text() else {
            let help = "write one of these words in quotes";
            self.notes.problem(node.place, format!("`{key}` is {}", node.noun()), rule, help);
            return None;
        };
        let found = words.iter().copied().find(|word| *word == text);
        if found.is_none() {
            let help = match nearest(text, words.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "write one of these words in quotes".to_owned(),
            };
            self.notes.problem(node.place, format!("`{key}` is \"{text}\""), rule, help);
        }
        found
    }

    /// The position of a measure.
    pub(super) fn measure(&mut self, key: &str, node: &Node) -> Option<usize> {
        let rule = "the key of a measure";
        let Some(text) = node.text() else {
            self.notes.problem(node.place, format!("`{key}` is {}", node.noun()), rule, "put the key in \"quotes\"");
            return None;
        };
        let found = position(text);
        if found.is_none() && !self.notes.full() {
            let help = match nearest(text, MEASURES.iter().map(|measure| measure.key)) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "`hubsim explain` lists all measures".to_owned(),
            };
            self.notes.problem(node.place, format!("there is no measure \"{text}\""), rule, help);
        }
        found
    }

    /// A list of measures, each once.
    pub(super) fn measures(&mut self, key: &str, node: &Node) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for item in self.items(key, node, "a list of keys of measures") {
            match self.measure(&format!("an entry of {key}"), item) {
                Some(measure) if found.contains(&measure) => self.twice(item),
                Some(measure) => found.push(measure),
                None => {}
            }
        }
        found
    }

    /// The name of a policy: of any that the scenario has, whether it is run or not.
    pub(super) fn arm(&mut self, key: &str, node: &Node, horizon: Horizon) -> Option<String> {
        let rule = "the name of a [[policy]]";
        let Some(name) = node.text() else {
            self.notes.problem(node.place, format!("`{key}` is {}", node.noun()), rule, "put the name in \"quotes\"");
            return None;
        };
        if self.exists("policy", name) || horizon.resolved || self.gone(name) {
            return Some(name.to_owned());
        }
        let help = self.ablation(name).unwrap_or_else(|| self.suggestion("policy", name));
        self.notes.problem(node.place, format!("there is no policy \"{name}\""), rule, help);
        None
    }

    /// Whether a policy was removed, or what it was made from: then a claim about it is not tested.
    fn gone(&self, name: &str) -> bool {
        let Some(removed) = self.removed.get("policy") else { return false };
        let made_from = |gone: &String| name.strip_prefix(gone.as_str()).is_some_and(|rest| rest.starts_with(" with"));
        removed.contains(name) || removed.iter().any(made_from)
    }

    /// How to get an arm that goes without something, if that is what a name means.
    fn ablation(&self, name: &str) -> Option<String> {
        let (policy, without) = name.split_once(" without ")?;
        let words: Vec<&str> = without.split(" and ").collect();
        let known = self.exists("policy", policy) && words.iter().all(|word| mitigation(word).is_some());
        let list = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
        let list = if words.len() > 1 { format!("[[{list}]]") } else { format!("[{list}]") };
        known.then(|| format!("add an [[ablation]] with `policy = \"{policy}\"` and `without = {list}`"))
    }

    /// A list of so many policies or more, each once.
    pub(super) fn arms(&mut self, key: &str, node: &Node, least: usize, horizon: Horizon) -> Option<Vec<String>> {
        let rule = format!("a list of at least {least} names of policies");
        let items = self.items(key, node, &rule);
        let mut found: Vec<String> = Vec::new();
        for item in items {
            match self.arm(&format!("an entry of {key}"), item, horizon) {
                Some(name) if found.contains(&name) => self.twice(item),
                Some(name) => found.push(name),
                None => {}
            }
        }
        if node.list().is_some_and(|list| list.len() < least) {
            let help = format!("name at least {least} policies");
            self.notes.problem(node.place, format!("`{key}` has {}", items.len()), rule, help);
            return None;
        }
        (found.len() == items.len() && !found.is_empty()).then_some(found)
    }

    fn items<'n>(&mut self, key: &str, node: &'n Node, rule: &str) -> &'n [Node] {
        let Some(items) = node.list() else {
            let help = match node.text() {
                Some(word) => format!("write [\"{word}\"]"),
                None => "write [\"…\", …]".to_owned(),
            };
            self.notes.problem(node.place, format!("`{key}` is {}", node.noun()), rule, help);
            return &[];
        };
        items
    }

    fn twice(&mut self, item: &Node) {
        let message = format!("\"{}\" is given twice", item.text().unwrap_or(""));
        self.notes.problem(item.place, message, "each at most once", "leave the second one out");
    }

    /// When: `year`, `years`, or the last year where neither is given.
    pub(super) fn years(&mut self, node: &Node, horizon: Horizon) -> Option<Years> {
        let (years, place) = match (node.get("year"), node.get("years")) {
            (None, None) => return Some(Years::Last),
            (Some(_), Some(years)) => {
                let help = "leave one of them out";
                self.notes.problem(years.place, "`year` and `years`".to_owned(), "one of them says when", help);
                return None;
            }
            (Some(year), None) => {
                let year_number = self.year("year", year)?;
                (Years::Span(year_number, year_number), year.place)
            }
            (None, Some(years)) => (self.span(years)?, years.place),
        };
        if let Years::Span(first, last) = years
            && last > horizon.years
            && horizon.binds(place)
        {
            let all = horizon.years;
            let (message, help) = if first > all {
                (format!("year {first} is after the last"), format!("write a year up to {all}, or raise `years`"))
            } else {
                let help = format!("write [{first}, {all}], or raise `years`");
                (format!("years {first} to {last} run on after the last"), help)
            };
            self.notes.problem(place, message, format!("the scenario has {all} years"), help);
            return None;
        }
        Some(years)
    }

    fn span(&mut self, node: &Node) -> Option<Years> {
        let rule = "two years: [first, last]";
        let Some([first, last]) = node.list() else {
            let found = node.list().map_or(node.noun().to_owned(), |list| format!("a list of {}", list.len()));
            let help = match node.value {
                Value::Whole(year) => format!("write `year = {year}`, or [first, last]"),
                _ => "write [first, last]".to_owned(),
            };
            self.notes.problem(node.place, format!("`years` is {found}"), rule, help);
            return None;
        };
        let (first, last) = (self.year("years", first), self.year("years", last));
        let (first, last) = (first?, last?);
        if first > last {
            let help = format!("write [{last}, {first}]");
            self.notes.problem(node.place, format!("`years` runs from {first} to {last}"), rule, help);
            return None;
        }
        Some(Years::Span(first, last))
    }

    fn year(&mut self, key: &str, node: &Node) -> Option<u32> {
        let year = match node.value {
            Value::Whole(number) => u32::try_from(number).ok().filter(|year| *year <= MAX_YEARS),
            _ => None,
        };
        if year.is_none() {
            let found = match node.value {
                Value::Whole(number) => number.to_string(),
                Value::Real(number) => format!("{number}, no whole number"),
                _ => node.noun().to_owned(),
            };
            let help = if key == "year" && node.list().is_some() {
                "write `years = [first, last]`".to_owned()
            } else {
                format!("write a year from 0 to {MAX_YEARS}")
            };
            let rule = format!("a whole number from 0 to {MAX_YEARS}");
            self.notes.problem(node.place, format!("`{key}` is {found}"), rule, help);
        }
        year
    }
}
