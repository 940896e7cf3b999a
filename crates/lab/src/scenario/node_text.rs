//! Values of a tree as a file would write them.

use crate::scenario::catalogue::{quoted, written};
use crate::scenario::tree::{Node, NodeValue};

/// A table in one line.
fn mix<'a>(pairs: impl Iterator<Item = (&'a str, String)>) -> String {
    let pairs: Vec<String> = pairs.map(|(key, value)| format!("{key} = {value}")).collect();
    if pairs.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", pairs.join(", ")) }
}

/// A value as a file would write it in one line.
pub(super) fn text(node: &Node) -> String {
    match &node.value {
        NodeValue::Text(text) => quoted(text),
        NodeValue::Whole(number) => number.to_string(),
        NodeValue::Real(number) => written(*number),
        NodeValue::Flag(flag) => flag.to_string(),
        NodeValue::Date => String::new(),
        NodeValue::List(list) => format!("[{}]", list.iter().map(text).collect::<Vec<_>>().join(", ")),
        NodeValue::Table(table) => mix(table.iter().map(|(key, entry)| (key.as_str(), text(&entry.node)))),
    }
}
