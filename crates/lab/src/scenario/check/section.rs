//! Sections, lists of entities and policies: which keys they may have, and which they must.

use std::collections::BTreeSet;

use crate::scenario::catalogue::{LEVERS, POLICY, SCENARIO, START, header, homes};
use crate::scenario::check::sense::MOST_OTHERS;
use crate::scenario::check::{Checker, PolicyFilled};
use crate::scenario::filled::{Field, Filled};
use crate::scenario::merge::SHOCKS;
use crate::scenario::merge::not_entries;
use crate::scenario::nearest::{listed, nearest};
use crate::scenario::source::Place;
use crate::scenario::tree::{Entry, Node, Table};
use hubsim_model::catalogue::{Kind, Section, Spec};
use hubsim_model::inputs::{ENTITIES, SHOCK, WORLD};
use hubsim_model::mechanisms::SECTIONS;

impl Checker<'_> {
    /// Only known keys stand at the top level.
    pub(super) fn known_at_top(&mut self, root: &Table) {
        let known: Vec<&str> = [SCENARIO, WORLD]
            .iter()
            .flat_map(|section| section.specs.iter().map(|spec| spec.key))
            .chain(SECTIONS.iter().chain(ENTITIES).map(|section| section.name))
            .chain(["ablation", "head_start", "claim", "policy"])
            .collect();
        for (key, entry) in root {
            if !known.contains(&key.as_str()) {
                self.unknown(key, entry, &SCENARIO, &known);
            }
        }
    }

    /// One section of parameters.
    pub(super) fn parameters(&mut self, section: &Section, root: &Table, start: Place) -> Filled {
        let empty = Table::new();
        let (table, place) = match root.get(section.name) {
            None => (&empty, start),
            Some(entry) => match entry.node.table() {
                Some(table) => (table, entry.node.place),
                None => {
                    self.not_a_section(section.name, &entry.node);
                    (&empty, start)
                }
            },
        };
        self.fill(section, table, place, section.name, &[])
    }

    /// One list of entities.
    pub(super) fn entities(&mut self, section: &Section, root: &Table) -> Vec<Filled> {
        let named = section.spec("name").is_some();
        let mut list = Vec::new();
        for (index, (node, table)) in self.tables(section.name, root).into_iter().enumerate() {
            let path = match node.name() {
                Some(name) if named => format!("{}.{}", section.name, segment(name)),
                _ => format!("{}.{}", section.name, index + 1),
            };
            if named {
                self.name(section.name, node);
            }
            list.push(self.fill(section, table, node.place, &path, &[]));
        }
        list
    }

    /// All policies.
    pub(super) fn policies(&mut self, root: &Table) -> Vec<PolicyFilled> {
        let parts: Vec<&str> = LEVERS.iter().chain([&START]).map(part).chain([SHOCKS]).collect();
        let mut policies = Vec::new();
        let mut parents = Vec::new();
        for (node, table) in self.tables("policy", root) {
            let before = self.notes.count();
            self.name("policy", node);
            let name = node.name().unwrap_or("").to_owned();
            let own = self.fill(&POLICY, table, node.place, "policy", &parts);
            let mut levers = Vec::new();
            for section in LEVERS.iter().chain([&START]) {
                let path = format!("policy.{}.{}", segment(&name), part(section));
                let empty = Table::new();
                let inner = node.get(part(section));
                if let Some(inner) = inner
                    && inner.table().is_none()
                {
                    let example = format!("write `{} = {{ key = value }}`", part(section));
                    let message = format!("`{}` is {}", part(section), inner.noun());
                    self.notes.problem(inner.place, message, "a table of levers", example);
                }
                let table = inner.and_then(Node::table).unwrap_or(&empty);
                let place = inner.map_or(node.place, |inner| inner.place);
                levers.push(self.fill(section, table, place, &path, &[]));
            }
            let start = levers.pop().expect("it was filled last");
            let mut shocks = Vec::new();
            for (index, (inner, shock)) in self.tables(SHOCKS, table).into_iter().enumerate() {
                let path = format!("policy.{}.{SHOCKS}.{}", segment(&name), index + 1);
                shocks.push(self.fill(&SHOCK, shock, inner.place, &path, &[]));
            }
            let description = match own.field("description") {
                Some(Field::Word(text)) => text.clone(),
                _ => String::new(),
            };
            let sound = self.notes.count() == before;
            parents.push(node.get("extends").and_then(Node::text));
            policies.push(PolicyFilled { name, description, levers, start, shocks, sound });
        }
        doubt(&mut policies, &parents);
        policies
    }

    /// The entries of a list that are tables; the others are problems.
    pub(super) fn tables<'t>(&mut self, list: &str, root: &'t Table) -> Vec<(&'t Node, &'t Table)> {
        let Some(entry) = root.get(list) else { return Vec::new() };
        let example = format!("begin each entry with `[[{list}]]`");
        let rule = "a list of tables";
        let Some(nodes) = entry.node.list() else {
            not_entries(list, &entry.node, self.notes);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for node in nodes {
            match node.table() {
                Some(table) => tables.push((node, table)),
                None => {
                    let message = format!("an entry of `{list}` is {}", node.noun());
                    self.notes.problem(node.place, message, rule, example.clone());
                }
            }
        }
        tables
    }

    fn not_a_section(&mut self, name: &str, node: &Node) {
        let (message, help) = match node.list() {
            Some(_) => (format!("`{name}` is a list"), format!("write `[{name}]` once, with single brackets")),
            None => (format!("`{name}` is {}", node.noun()), format!("write `[{name}]` in a line of its own")),
        };
        self.notes.problem(node.place, message, format!("`{name}` is a section"), help);
    }

    /// A section with every default filled in. `others` are keys that it may have and somebody else reads.
    pub(super) fn fill(
        &mut self,
        section: &Section,
        table: &Table,
        place: Place,
        path: &str,
        others: &[&str],
    ) -> Filled {
        let known: Vec<&str> = section.specs.iter().map(|spec| spec.key).chain(others.iter().copied()).collect();
        for (key, entry) in table {
            if !known.contains(&key.as_str()) {
                self.unknown(key, entry, section, &known);
            }
        }
        let mut fields = Vec::with_capacity(section.specs.len());
        for spec in section.specs {
            let key = if path.is_empty() { spec.key.to_owned() } else { format!("{path}.{}", spec.key) };
            fields.push(match table.get(spec.key) {
                Some(entry) => self.field(section, spec, &entry.node, &key),
                None => {
                    if required(spec) && !self.partial {
                        self.missing(section, spec, place);
                    }
                    self.default(section, spec, path)
                }
            });
        }
        Filled { section: *section, fields }
    }

    fn missing(&mut self, section: &Section, spec: &Spec, place: Place) {
        let example = match spec.kind {
            Kind::Text | Kind::Reference { .. } => "\"…\"".to_owned(),
            _ => "…".to_owned(),
        };
        self.notes.problem(
            place,
            format!("`{}` is missing", spec.key),
            format!("{} has no default for it", header(section)),
            format!("add `{} = {example}`: {}", spec.key, lower(spec.meaning.trim())),
        );
    }

    pub(super) fn unknown(&mut self, key: &str, entry: &Entry, section: &Section, known: &[&str]) {
        let homes = homes(key);
        let help = if let Some(near) = nearest(key, known.iter().copied()) {
            format!("did you mean `{near}`?")
        } else if homes.iter().any(|home| home.name.is_empty()) {
            format!("`{key}` belongs to the top level: write it above the first section")
        } else if !homes.is_empty() {
            let places: Vec<String> = homes.iter().map(header).collect();
            format!("`{key}` belongs to {}", places.join(" or "))
        } else if known.len() <= 32 {
            format!("known keys are {}", listed(known.iter().copied(), "and"))
        } else {
            "`hubsim explain` lists all keys".to_owned()
        };
        let message = format!("unknown key `{key}`");
        self.notes.problem(entry.key, message, format!("{} has no such key", header(section)), help);
    }
}

/// Whoever extends a policy with a mistake is not sound either: something it inherits is not what was meant.
fn doubt(policies: &mut [PolicyFilled], parents: &[Option<&str>]) {
    let mut wrong: BTreeSet<String> = BTreeSet::new();
    loop {
        let before = wrong.len();
        for (policy, parent) in policies.iter_mut().zip(parents) {
            policy.sound &= !parent.is_some_and(|parent| wrong.contains(parent)) && parents.len() <= MOST_OTHERS;
            if !policy.sound && !wrong.contains(&policy.name) {
                wrong.insert(policy.name.clone());
            }
        }
        if wrong.len() == before || parents.len() > MOST_OTHERS {
            return;
        }
    }
}

/// The key of a policy's part: `hubs` for the section `policy.hubs`.
pub(super) fn part(section: &Section) -> &'static str {
    section.name.strip_prefix("policy.").unwrap_or(section.name)
}

/// A name as part of a key path: quoted if it would not be one part.
pub(in crate::scenario) fn segment(name: &str) -> String {
    if name.is_empty() || name.contains(['.', '"', '=', '\\']) {
        crate::scenario::catalogue::quoted(name)
    } else {
        name.to_owned()
    }
}

fn required(spec: &Spec) -> bool {
    match spec.kind {
        Kind::Number(number) | Kind::Path(number) => number.default.is_none(),
        Kind::Reference { required, .. } => required,
        Kind::Text => spec.key == "name",
        _ => false,
    }
}

fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    first + letters.as_str()
}
