//! Claims: which keys they may have, which they must, and whether what they name exists.

mod part;
mod value;

use std::collections::BTreeMap;

use crate::scenario::check::Checker;
use crate::scenario::check::sense::MOST_OTHERS;
use crate::scenario::claim::keys::{CLAIM, PART};
use crate::scenario::claim::{Asks, Claim, Part};
use crate::scenario::source::Place;
use crate::scenario::tree::{Node, Table, Value};

/// The most parts of a claim.
const MOST_PARTS: usize = 100;

/// What decides whether a claim may speak of a year or of a policy that is not there.
#[derive(Clone, Copy)]
pub(in crate::scenario) struct Horizon {
    /// Where the scenario's own text begins.
    pub start: Place,
    /// The scenario's last year.
    pub years: u32,
    /// Whether the command line says how many years there are.
    pub shortened: bool,
    /// Whether the scenario holds what it inherited, written out, with the selected policies only.
    pub resolved: bool,
}

impl Horizon {
    /// Whether a year after the last is a mistake at a place: in what the scenario says itself, unless somebody else has
    /// made the years fewer.
    fn binds(&self, place: Place) -> bool {
        place.beside(self.start) && !self.resolved && !self.shortened
    }
}

/// Whether the merged tree says that it is resolved.
pub(super) fn resolved(root: &Table) -> bool {
    root.get("resolved").is_some_and(|entry| matches!(entry.node.value, Value::Flag(true)))
}

impl Checker<'_> {
    /// All claims that nothing is wrong with, in order.
    pub(super) fn claims(&mut self, root: &Table, horizon: Horizon) -> Vec<Claim> {
        let nodes = self.tables(CLAIM.name, root);
        if let Some((first, _)) = nodes.get(MOST_OTHERS) {
            let message = format!("there are {} entries of [[claim]]", nodes.len());
            let rule = format!("at most {MOST_OTHERS} entries of [[claim]]");
            self.notes.problem(first.place, message, rule, "leave out this one and those after it");
        }
        let mut ids = BTreeMap::new();
        let mut claims = Vec::new();
        for (node, table) in nodes.into_iter().take(MOST_OTHERS) {
            claims.extend(self.claim(node, table, horizon, &mut ids));
        }
        claims
    }

    fn claim(
        &mut self,
        node: &Node,
        table: &Table,
        horizon: Horizon,
        ids: &mut BTreeMap<String, Place>,
    ) -> Option<Claim> {
        let before = self.notes.count();
        let known: Vec<&str> = [CLAIM, PART].iter().flat_map(|section| section.specs).map(|spec| spec.key).collect();
        for (key, entry) in table.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            self.unknown(key, entry, &CLAIM, &known);
        }
        let id = self.id(node, ids);
        let statement = self.sentence("statement", node);
        if table.get("statement").is_none() && !self.partial {
            let help = "add `statement = \"…\"`: the statement, in a sentence";
            self.notes.problem(node.place, "`statement` is missing".to_owned(), "a claim has a statement", help);
        }
        let (source, built_in) = (self.sentence("source", node), self.sentence("built_in", node));
        let because = node.get("because").map_or(Vec::new(), |because| self.measures("because", because));
        let asks = if self.wants_table(node) {
            self.table_of(node, table, horizon)
        } else {
            self.verdict(node, table, horizon)
        };
        let whole = self.notes.count() == before;
        let asks = asks.filter(|_| whole)?;
        Some(Claim { id, statement, source, asks, because, built_in })
    }

    /// Where it is told that something of a claim does not go with the rest, and in which words that something is inherited,
    /// if it is: then the first of these keys that the claim gives anew is to blame.
    fn conflict(&self, node: &Node, with: Place, keys: &[&str]) -> (Place, String) {
        if with.beside(node.place) {
            return (with, String::new());
        }
        let anew = |key: &&str| Some(node.table()?.get(*key)?.key).filter(|place| place.beside(node.place));
        let place = keys.iter().find_map(anew).unwrap_or(node.place);
        (place, format!(" (inherited from {})", self.notes.name(with)))
    }

    /// Whether `kind` is a table; a word that it does not know is told.
    fn wants_table(&mut self, node: &Node) -> bool {
        let Some(kind) = node.get("kind") else { return false };
        let words = ["verdict", "table"];
        let word = self.one_of("kind", kind, &words);
        word == Some("table")
    }

    /// What asks for a verdict: `parts`, or the keys of one part in the claim itself.
    fn verdict(&mut self, node: &Node, table: &Table, horizon: Horizon) -> Option<Asks> {
        for key in ["policies", "measures"] {
            if let Some(entry) = table.get(key) {
                let help = format!("add `kind = \"table\"`, or leave `{key}` out");
                let rule = format!("`{key}` are those of a table");
                self.notes.problem(entry.key, format!("`{key}` of a claim that asks for a verdict"), rule, help);
            }
        }
        let inline: Vec<_> = table.iter().filter(|(key, _)| PART.spec(key).is_some()).collect();
        let parts = match table.get("parts") {
            Some(entry) => {
                for (key, inner) in inline {
                    let (_, from) = self.conflict(node, entry.key, &[]);
                    let help = if from.is_empty() {
                        format!("write `{key}` in a part, or leave `parts` out")
                    } else {
                        "write all of `parts` anew, or begin with `measure`: one part takes their place".to_owned()
                    };
                    let rule = "a claim has parts, or the keys of one part itself";
                    self.notes.problem(inner.key, format!("`{key}` beside `parts`{from}"), rule, help);
                }
                self.parts(&entry.node, horizon)?
            }
            None if inline.is_empty() => {
                if !self.partial {
                    let help =
                        "add `parts = [{ measure = \"…\", policy = \"…\", against = \"…\", expect = \"lower\" }]`";
                    let rule = "a claim has parts, or the keys of one part itself";
                    self.notes.problem(node.place, "this claim compares nothing".to_owned(), rule, help);
                }
                return None;
            }
            None => vec![self.part(node, table, horizon)?],
        };
        if parts.iter().any(|part| part.decisive) {
            return Some(Asks::Verdict(parts));
        }
        let place = node.place_of(&["parts"]);
        let help = "leave `decisive = false` out of one of them";
        self.notes.problem(
            place,
            "no part is decisive".to_owned(),
            "at least one part is decisive for the verdict",
            help,
        );
        None
    }

    fn parts(&mut self, node: &Node, horizon: Horizon) -> Option<Vec<Part>> {
        let rule = "a list of tables { measure, policy, against, expect, … }";
        let example = "write `parts = [{ measure = \"…\", policy = \"…\", against = \"…\", expect = \"lower\" }]`";
        let Some(items) = node.list() else {
            self.notes.problem(node.place, format!("`parts` is {}", node.noun()), rule, example);
            return None;
        };
        if items.is_empty() || items.len() > MOST_PARTS {
            let (message, help) = if items.is_empty() {
                ("`parts` is empty".to_owned(), example.to_owned())
            } else {
                (format!("{} parts", items.len()), "make it several claims".to_owned())
            };
            self.notes.problem(node.place, message, format!("1 to {MOST_PARTS} parts"), help);
            return None;
        }
        let mut parts = Vec::new();
        for item in items {
            let Some(table) = item.table() else {
                self.notes.problem(item.place, format!("an entry of `parts` is {}", item.noun()), rule, example);
                continue;
            };
            let known: Vec<&str> = PART.specs.iter().map(|spec| spec.key).collect();
            for (key, entry) in table.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
                self.unknown(key, entry, &PART, &known);
            }
            parts.push(self.part(item, table, horizon));
        }
        let whole = parts.len() == items.len();
        parts.into_iter().collect::<Option<Vec<Part>>>().filter(|_| whole)
    }

    /// What asks for a table: policies, measures and years, and no parts.
    fn table_of(&mut self, node: &Node, table: &Table, horizon: Horizon) -> Option<Asks> {
        let part = |key: &str| PART.spec(key).is_some() && !matches!(key, "year" | "years");
        for (key, entry) in table.iter().filter(|(key, _)| key.as_str() == "parts" || part(key)) {
            let rule = "a table has `policies` and `measures`, and no parts";
            let kind = table.get("kind").map_or(node.place, |kind| kind.key);
            let (_, from) = self.conflict(node, kind, &[]);
            let help = if from.is_empty() {
                format!("leave `{key}` out, or leave `kind = \"table\"` out")
            } else {
                format!("leave `{key}` out, or write `measure` or `parts` too: then it asks for a verdict")
            };
            self.notes.problem(entry.key, format!("`{key}` of a table{from}"), rule, help);
        }
        let years = self.years(node, horizon);
        let example = |key: &str| match key {
            "policies" => "add `policies = [\"…\", \"…\"]`, the one that others are compared with first",
            _ => "add `measures = [\"…\"]`",
        };
        for key in ["policies", "measures"].into_iter().filter(|key| !table.contains_key(*key) && !self.partial) {
            let rule = "a table has `policies` and `measures`, and no parts";
            self.notes.problem(node.place, format!("`{key}` is missing"), rule, example(key));
        }
        let policies = node.get("policies").map(|policies| self.arms("policies", policies, 2, horizon))?;
        let of = node.get("measures")?;
        let measures = self.measures("measures", of);
        if of.list().is_some_and(<[Node]>::is_empty) {
            let rule = "a list of keys of measures, at least one";
            self.notes.problem(of.place, "`measures` is empty".to_owned(), rule, "name a measure");
        }
        Some(Asks::Table { policies: policies?, measures, years: years? })
    }
}
