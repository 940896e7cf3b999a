//! Sections, lists of entities and policies: their permitted and required keys.

use std::collections::BTreeSet;

use crate::scenario::catalogue::{LEVERS, POLICY, SCENARIO, START, header};
use crate::scenario::check::consistency::MOST_OTHERS;
use crate::scenario::check::{Checker, ResolvedPolicy};
use crate::scenario::claim::keys::{CLAIM, PART};
use crate::scenario::diagnostic::{KeyRule, ValueRule};
use crate::scenario::diagnostics::Span;
use crate::scenario::key_path::segment;
use crate::scenario::kind::{KeyContext, kind_of};
use crate::scenario::merge::{SHOCKS, not_entries};
use crate::scenario::tree::{Node, Table};
use crate::scenario::values::ResolvedSection;
use hubsim_model::catalogue::{Section, Spec};
use hubsim_model::inputs::{ENTITIES, SHOCK, WORLD};
use hubsim_model::mechanisms::SECTIONS;

/// A table that is read as a section.
#[derive(Clone, Copy)]
pub(in crate::scenario) struct Given<'a> {
    pub table: &'a Table,
    /// Where it is reported that a key is missing.
    pub span: Span,
    /// The common prefix of the paths of its keys: `region.North`.
    pub path: &'a str,
    /// Keys that it may have and that are read elsewhere.
    pub others: &'a [&'a str],
}

impl Checker<'_> {
    /// Only known keys stand at the top level.
    pub(super) fn known_at_top(&mut self, root: &Table) {
        let own = [SCENARIO, WORLD];
        let known: Vec<&str> = own
            .iter()
            .flat_map(|section| section.specs.iter().map(|spec| spec.key))
            .chain(SECTIONS.iter().chain(ENTITIES).map(|section| section.name))
            .chain(["ablation", "head_start", "arm", "ladder", "contrast", "claim", "policy"])
            .collect();
        self.unknown(root, &SCENARIO, &known);
    }

    /// One section of parameters.
    pub(super) fn parameters(&mut self, section: &Section, root: &Table, start: Span) -> ResolvedSection {
        let empty = Table::new();
        let mut given = Given { table: &empty, span: start, path: section.name, others: &[] };
        if let Some(entry) = root.get(section.name) {
            match entry.node.table() {
                Some(table) => given = Given { table, span: entry.node.span, ..given },
                None => {
                    let (name, noun) = (section.name, entry.node.noun());
                    self.report(entry.node.span, KeyRule::NotASection { name, noun });
                }
            }
        }
        self.fill(section, given)
    }

    /// One list of entities.
    pub(super) fn entities(&mut self, section: &Section, root: &Table) -> Vec<ResolvedSection> {
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
            list.push(self.fill(section, Given { table, span: node.span, path: &path, others: &[] }));
        }
        list
    }

    /// All policies.
    pub(super) fn policies(&mut self, root: &Table) -> Vec<ResolvedPolicy> {
        let mut policies = Vec::new();
        let mut parents = Vec::new();
        for (node, table) in self.tables("policy", root) {
            policies.push(self.policy(node, table));
            parents.push(node.get("extends").and_then(Node::text));
        }
        taint_descendants(&mut policies, &parents);
        policies
    }

    fn policy(&mut self, node: &Node, table: &Table) -> ResolvedPolicy {
        let before = self.count();
        self.name("policy", node);
        let name = node.name().unwrap_or("").to_owned();
        let parts: Vec<&str> = LEVERS.iter().chain([&START]).map(part).chain([SHOCKS]).collect();
        let own = self.fill(&POLICY, Given { table, span: node.span, path: "policy", others: &parts });
        let levers = LEVERS.iter().map(|section| self.levers(section, node, &name)).collect();
        let start = self.levers(&START, node, &name);
        let mut shocks = Vec::new();
        for (index, (inner, shock)) in self.tables(SHOCKS, table).into_iter().enumerate() {
            let path = format!("policy.{}.{SHOCKS}.{}", segment(&name), index + 1);
            shocks.push(self.fill(&SHOCK, Given { table: shock, span: inner.span, path: &path, others: &[] }));
        }
        let description = own.word("description").unwrap_or("").to_owned();
        ResolvedPolicy { name, description, levers, start, shocks, is_valid: self.count() == before }
    }

    /// One part of a policy.
    fn levers(&mut self, section: &Section, policy: &Node, name: &str) -> ResolvedSection {
        let (key, empty) = (part(section), Table::new());
        let inner = policy.get(key);
        if let Some(inner) = inner.filter(|inner| inner.table().is_none()) {
            let (rule, help) = ("a table of levers".to_owned(), format!("write `{key} = {{ key = value }}`"));
            self.report(inner.span, ValueRule::WrongType { key, noun: inner.noun(), rule, help });
        }
        let table = inner.and_then(Node::table).unwrap_or(&empty);
        let span = inner.map_or(policy.span, |inner| inner.span);
        let path = format!("policy.{}.{key}", segment(name));
        self.fill(section, Given { table, span, path: &path, others: &[] })
    }

    /// The entries of a list that are tables; the others are reported.
    pub(super) fn tables<'t>(&mut self, list: &str, root: &'t Table) -> Vec<(&'t Node, &'t Table)> {
        let Some(entry) = root.get(list) else { return Vec::new() };
        let Some(nodes) = entry.node.list() else {
            not_entries(list, &entry.node, self.diagnostics);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for node in nodes {
            match node.table() {
                Some(table) => tables.push((node, table)),
                None => {
                    let help = format!("begin each entry with `[[{list}]]`");
                    self.report(node.span, KeyRule::NotAnEntry { list, noun: node.noun(), help });
                }
            }
        }
        tables
    }

    /// A section with every default filled in; keys that it does not have are reported.
    pub(in crate::scenario) fn fill(&mut self, section: &Section, given: Given) -> ResolvedSection {
        let own = section.specs.iter().map(|spec| spec.key);
        let known: Vec<&str> = own.chain(given.others.iter().copied()).collect();
        self.unknown(given.table, section, &known);
        self.values(section, given)
    }

    /// A section with every default filled in; other keys are ignored.
    pub(super) fn values(&mut self, section: &Section, given: Given) -> ResolvedSection {
        let mut fields = Vec::with_capacity(section.specs.len());
        for spec in section.specs {
            let path = if given.path.is_empty() { spec.key.to_owned() } else { format!("{}.{}", given.path, spec.key) };
            let key = KeyContext { section, spec, path: &path };
            let kind = kind_of(&spec.kind);
            fields.push(match given.table.get(spec.key) {
                Some(entry) => kind.check(self, key, &entry.node),
                None => {
                    if let Some(example) = kind.required(spec).filter(|_| !self.partial) {
                        self.missing(section, spec, example, given.span);
                    }
                    kind.default(self, key)
                }
            });
        }
        ResolvedSection { section: *section, fields }
    }

    fn missing(&mut self, section: &Section, spec: &Spec, example: &str, span: Span) {
        let key = spec.key;
        let help = format!("add `{key} = {example}`: {}", lower(spec.meaning.trim()));
        let (rule, help) = match section.name {
            "" => {
                let help = "write `name = \"…\"` in the first line; results go into a folder of that name".to_owned();
                ("every scenario has a name".to_owned(), help)
            }
            name if name == CLAIM.name => (format!("every claim has `{key}`"), help),
            name if name == PART.name => (format!("a part has `{key}`"), help),
            _ => (format!("{} has no default for it", header(section)), help),
        };
        let reason = self.instead(span);
        self.report(span, KeyRule::Missing { key, reason, rule, help });
    }

    /// A remark that an entry replaces something that it inherits, if a key is missing for that reason.
    pub(super) fn instead(&self, span: Span) -> String {
        self.diagnostics.replaced(span).map_or(String::new(), |parts| {
            format!(": `measure` takes the place of all `parts` (inherited from {})", self.diagnostics.name(parts))
        })
    }

    /// Reports the keys of a table that are not known.
    pub(super) fn unknown(&mut self, table: &Table, section: &Section, known: &[&str]) {
        for (key, entry) in table.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            self.report(entry.key, KeyRule::Unknown { key, section, known });
        }
    }
}

/// Marks policies that extend an invalid policy as invalid, too: they inherit the mistake.
fn taint_descendants(policies: &mut [ResolvedPolicy], parents: &[Option<&str>]) {
    let mut wrong: BTreeSet<String> = BTreeSet::new();
    loop {
        let before = wrong.len();
        for (policy, parent) in policies.iter_mut().zip(parents) {
            policy.is_valid &= !parent.is_some_and(|parent| wrong.contains(parent)) && parents.len() <= MOST_OTHERS;
            if !policy.is_valid && !wrong.contains(&policy.name) {
                wrong.insert(policy.name.clone());
            }
        }
        if wrong.len() == before || parents.len() > MOST_OTHERS {
            return;
        }
    }
}

/// The key of a policy's part: `hubs` for the section `policy.hubs`.
fn part(section: &Section) -> &'static str {
    section.name.strip_prefix("policy.").unwrap_or(section.name)
}

fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    first + letters.as_str()
}
