//! Changes from the command line: `--set key.path=value`, and the options that have names of their own.

use crate::scenario::diagnostic::ChangeRule;
use crate::scenario::diagnostics::{Diagnostics, Span};
use crate::scenario::key_path::{PathPart, split};
use crate::scenario::nearest::nearest;
use crate::scenario::tree::{Node, NodeValue, Table, TableEntry, read_value};

/// Changes to a scenario that are not in its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// `key.path=value` each, applied in order, as if the merged file were edited: policies that extend a changed
    /// policy inherit the change.
    pub set: Vec<String>,
    /// The policies to run.
    pub policies: Option<Vec<String>>,
    /// Trials of each policy.
    pub replicates: Option<u32>,
    /// The seed of all random numbers.
    pub seed: Option<u64>,
    /// Years that a trial simulates.
    pub years: Option<u32>,
}

/// Applies the changes to a merged tree.
pub(super) fn apply(root: &mut Table, changes: &Changes, diagnostics: &mut Diagnostics) {
    for text in &changes.set {
        let source = diagnostics.add("--set", text.clone());
        set(root, text, source, diagnostics);
    }
    let numbers = [
        ("years", changes.years.map(u64::from)),
        ("seed", changes.seed),
        ("replicates", changes.replicates.map(u64::from)),
    ];
    for (key, number) in numbers {
        if let Some(number) = number {
            let text = number.to_string();
            let span = Span::new(diagnostics.add(&format!("--{key}"), text.clone()), 0..text.len());
            let node = Node { span, value: NodeValue::Whole(i128::from(number)) };
            root.insert(key.to_owned(), TableEntry { key: span, node });
        }
    }
    if let Some(policies) = &changes.policies {
        let text = policies.join(",");
        let source = diagnostics.add("--policies", text.clone());
        let mut list = Vec::new();
        let mut at = 0;
        for policy in policies {
            let span = Span::new(source, at..at + policy.len());
            list.push(Node { span, value: NodeValue::Text(policy.clone()) });
            at += policy.len() + 1;
        }
        let span = Span::new(source, 0..text.len());
        root.insert("policies".to_owned(), TableEntry { key: span, node: Node { span, value: NodeValue::List(list) } });
    }
}

/// One `key.path=value`.
fn set(root: &mut Table, text: &str, source: usize, diagnostics: &mut Diagnostics) {
    let (path, Some(equals)) = split(text) else {
        diagnostics.report(Span::new(source, 0..text.len()), ChangeRule::NoEquals { text });
        return;
    };
    if let Some(empty) = path.iter().find(|part| part.name.is_empty()) {
        diagnostics.report(Span::new(source, empty.start..empty.end), ChangeRule::EmptyPart {});
        return;
    }
    let Some(node) = value(text, equals + 1, source, diagnostics) else { return };
    // The path has at least one part: `split` makes it so.
    insert_at(root, &path, node, source, diagnostics);
}

/// The value after the `=`: TOML, or a bare word as text.
fn value(text: &str, from: usize, source: usize, diagnostics: &mut Diagnostics) -> Option<Node> {
    let from = text.len() - text[from..].trim_start().len();
    if let Some(node) = read_value(diagnostics, source, from) {
        return Some(node);
    }
    let word = text[from..].trim();
    let span = Span::new(source, from..text.len());
    let bare = word.starts_with(char::is_alphabetic)
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' '));
    if bare {
        return Some(Node { span, value: NodeValue::Text(word.to_owned()) });
    }
    diagnostics.report(span, ChangeRule::NoValue { word });
    None
}

/// Inserts a value at a path.
fn insert_at(root: &mut Table, path: &[PathPart], value: Node, source: usize, diagnostics: &mut Diagnostics) {
    let span = |part: &PathPart| Span::new(source, part.start..part.end);
    let mut table = root;
    let mut rest = path.iter().peekable();
    while let Some(part) = rest.next() {
        let key = span(part);
        if rest.peek().is_none() {
            let entries = table.get(&part.name).and_then(|entry| entry.node.list());
            if value.list().is_none() && entries.is_some_and(|list| list.iter().any(|node| node.table().is_some())) {
                let (name, help) = (part.name.as_str(), format!("write {}.NAME.key=value", part.name));
                diagnostics.report(key, ChangeRule::WholeList { name, what: "a list of entries", help });
                return;
            }
            table.insert(part.name.clone(), TableEntry { key, node: value });
            return;
        }
        let entry = table
            .entry(part.name.clone())
            .or_insert_with(|| TableEntry { key, node: Node { span: key, value: NodeValue::Table(Table::new()) } });
        let mut node = &mut entry.node;
        if node.list().is_some() {
            let NodeValue::List(list) = &mut node.value else { return };
            let Some(which) = rest.next() else { return };
            let Some(found) = choose(list, &part.name, which, span(which), diagnostics) else { return };
            node = found;
            if rest.peek().is_none() {
                let help = format!("write {}.{}.key=value", part.name, which.name);
                let violation = ChangeRule::WholeList { name: &which.name, what: "an entry of a list", help };
                diagnostics.report(span(which), violation);
                return;
            }
        }
        let noun = node.noun();
        match &mut node.value {
            NodeValue::Table(inner) => table = inner,
            _ => {
                diagnostics.report(key, ChangeRule::NoParts { name: &part.name, noun });
                return;
            }
        }
    }
}

/// The entry of a list by name, or by number from 1 where entries have none.
fn choose<'a>(
    list: &'a mut [Node],
    what: &str,
    which: &PathPart,
    at: Span,
    diagnostics: &mut Diagnostics,
) -> Option<&'a mut Node> {
    let by_name = list.iter().position(|node| node.label() == Some(&which.name));
    let by_number = || {
        let number = which.name.parse::<usize>().ok().filter(|number| (1..=list.len()).contains(number))?;
        list.get(number - 1).is_some_and(|node| node.label().is_none()).then_some(number - 1)
    };
    let Some(index) = by_name.or_else(by_number) else {
        let near = nearest(&which.name, list.iter().filter_map(Node::label));
        diagnostics.report(at, ChangeRule::NoEntry { list: what, name: &which.name, near, count: list.len() });
        return None;
    };
    list.get_mut(index)
}
