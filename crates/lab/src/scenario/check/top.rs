//! The scenario's own keys: name, description, years, seed, replicates, policies, resolved.

use crate::scenario::catalogue::{MAX_REPLICATES, MAX_YEARS};
use crate::scenario::check::Checker;
use crate::scenario::check::number::Wanted;
use crate::scenario::nearest::nearest;
use crate::scenario::source::Place;
use crate::scenario::tree::{Node, Table, Value};

/// The scenario's own keys.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::scenario) struct Top {
    pub name: String,
    pub description: String,
    pub years: u32,
    pub seed: u64,
    pub replicates: u32,
    /// The selected policies that exist.
    pub policies: Vec<String>,
}

impl Checker<'_> {
    /// The scenario's own keys. `start` is where the file begins, for what is missing.
    pub(super) fn top(&mut self, root: &Table, start: Place) -> Top {
        let node = |key: &str| root.get(key).map(|entry| &entry.node);
        if let Some(name) = node("name") {
            self.own_name(name);
        } else if !self.partial {
            let help = "write `name = \"…\"` in the first line; results go into a folder of that name";
            self.notes.problem(start, "`name` is missing".to_owned(), "every scenario has a name", help);
        }
        if let Some(node) = node("resolved")
            && !matches!(node.value, Value::Flag(_))
        {
            let message = format!("`resolved` is {}", node.noun());
            self.notes.problem(node.place, message, "true or false", "leave it out");
        }
        let name = self.own_text("name", node("name"));
        let description = self.own_text("description", node("description"));
        Top {
            name,
            description,
            years: self.count("years", "years", node("years"), 20, MAX_YEARS),
            seed: self.seed(node("seed")),
            replicates: self.count("replicates", "trials", node("replicates"), 100, MAX_REPLICATES),
            policies: self.selected(node("policies"), root),
        }
    }

    fn own_text(&mut self, key: &str, node: Option<&Node>) -> String {
        let Some(node) = node else { return String::new() };
        if node.text().is_none() {
            let message = format!("`{key}` is {}", node.noun());
            self.notes.problem(node.place, message, "a text in quotes", "put it in \"quotes\"");
        }
        node.text().unwrap_or("").to_owned()
    }

    fn count(&mut self, key: &str, unit: &'static str, node: Option<&Node>, default: u32, most: u32) -> u32 {
        let wanted = Wanted { key, unit, bounds: (1.0, f64::from(most)), whole: true };
        // Whole and within bounds, so the conversion is exact.
        node.and_then(|node| self.plain(wanted, node)).map_or(default, |number| number as u32)
    }

    /// A number that may not be a distribution: it is the same in every world.
    fn plain(&mut self, wanted: Wanted, node: &Node) -> Option<f64> {
        if node.table().is_some() {
            let message = format!("`{}` is a table", wanted.key);
            let help = "write one number: it is the same in every world";
            self.notes.problem(node.place, message, wanted.rule(), help);
            return None;
        }
        self.number(wanted, node)
    }

    fn seed(&mut self, node: Option<&Node>) -> u64 {
        let Some(node) = node else { return 1 };
        let seed = match node.value {
            Value::Whole(number) => u64::try_from(number).ok(),
            _ => None,
        };
        if seed.is_none() {
            let found = if matches!(node.value, Value::Whole(_)) { "out of range" } else { node.noun() };
            let rule = "a whole number from 0 to 18446744073709551615";
            self.notes.problem(node.place, format!("`seed` is {found}"), rule, "write a whole number such as 1");
        }
        seed.unwrap_or(1)
    }

    /// The policies to run; all of them where nothing is said.
    fn selected(&mut self, node: Option<&Node>, root: &Table) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for policy in root.get("policy").and_then(|entry| entry.node.list()).unwrap_or(&[]) {
            all.extend(policy.name().map(str::to_owned));
        }
        let Some(node) = node else { return all };
        let rule = "a list of names of policies, each once";
        let Some(items) = node.list() else {
            let help = match node.text() {
                Some(name) => format!("write [\"{name}\"]"),
                None => "write [\"name\", …], or leave `policies` out to run all".to_owned(),
            };
            self.notes.problem(node.place, format!("`policies` is {}", node.noun()), rule, help);
            return all;
        };
        if items.is_empty() {
            let help = "name a policy, or leave `policies` out to run all";
            self.notes.problem(node.place, "`policies` is empty".to_owned(), rule, help);
        }
        let mut selected: Vec<String> = Vec::new();
        for item in items {
            let Some(name) = item.text() else {
                let message = format!("an entry of `policies` is {}", item.noun());
                self.notes.problem(item.place, message, rule, "put the name in \"quotes\"");
                continue;
            };
            if self.notes.full() {
                break;
            } else if !self.exists("policy", name) {
                let help = match nearest(name, all.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => self.suggestion("policy", name),
                };
                self.notes.problem(item.place, format!("there is no policy \"{name}\""), rule, help);
            } else if selected.iter().any(|known| known == name) {
                let help = "leave the second one out";
                self.notes.problem(item.place, format!("policy \"{name}\" is given twice"), rule, help);
            } else {
                selected.push(name.to_owned());
            }
        }
        selected
    }
}
