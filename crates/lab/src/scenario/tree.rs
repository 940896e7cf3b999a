//! A file as written: a tree that remembers where each part of it stands.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::scenario::diagnostic::FileRule;
use crate::scenario::diagnostics::{Diagnostics, Span};

/// Files above this size are refused, bytes. A scenario of 5,000 organisations has about one million.
pub(super) const MAX_BYTES: usize = 4 << 20;

/// Above this size only the first syntax error is reported, bytes: the parser collects errors without a limit.
const ALL_ERRORS: usize = 256 << 10;

/// Deeper values than this have no meaning in a scenario.
const MAX_DEPTH: usize = 12;

/// A value and its span.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub span: Span,
    pub value: NodeValue,
}

/// A value as TOML knows them.
#[derive(Clone, Debug)]
pub(super) enum NodeValue {
    Text(String),
    Whole(i128),
    Real(f64),
    Flag(bool),
    Date,
    List(Vec<Node>),
    Table(Table),
}

/// A table: entries by key.
pub(super) type Table = BTreeMap<String, TableEntry>;

/// The span of a key, and its value.
#[derive(Clone, Debug)]
pub(super) struct TableEntry {
    pub key: Span,
    pub node: Node,
}

impl Node {
    pub(super) fn table(&self) -> Option<&Table> {
        match &self.value {
            NodeValue::Table(table) => Some(table),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            NodeValue::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn list(&self) -> Option<&[Node]> {
        match &self.value {
            NodeValue::List(list) => Some(list),
            _ => None,
        }
    }

    /// The number, of any size.
    pub(super) fn number(&self) -> Option<f64> {
        match self.value {
            NodeValue::Whole(number) => Some(number as f64),
            NodeValue::Real(number) => Some(number),
            _ => None,
        }
    }

    /// The type in words, for messages.
    pub(super) fn noun(&self) -> &'static str {
        match self.value {
            NodeValue::Text(_) => "a text",
            NodeValue::Whole(_) | NodeValue::Real(_) => "a number",
            NodeValue::Flag(_) => "true or false",
            NodeValue::Date => "a date",
            NodeValue::List(_) => "a list",
            NodeValue::Table(_) => "a table",
        }
    }

    /// The node under a key.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.table()?.get(key).map(|entry| &entry.node)
    }

    /// The span of the value under a path of keys, or of the innermost value that exists.
    pub(super) fn span_of(&self, keys: &[&str]) -> Span {
        let mut node = self;
        for key in keys {
            match node.get(key) {
                Some(inner) => node = inner,
                None => break,
            }
        }
        node.span
    }

    /// The name of an entry of a named list.
    pub(super) fn name(&self) -> Option<&str> {
        self.get("name")?.text()
    }

    /// The label of an entry of a list: its name, or the id of a claim.
    pub(super) fn label(&self) -> Option<&str> {
        self.name().or_else(|| self.get("id")?.text())
    }
}

/// Reads a whole text into a table. All syntax errors are reported; the readable rest is returned.
pub(super) fn read(diagnostics: &mut Diagnostics, source: usize) -> Table {
    let text = diagnostics.text(source).to_owned();
    if text.len() > ALL_ERRORS
        && let Err(error) = DeTable::parse(&text)
    {
        report(diagnostics, source, &[error]);
        return Table::new();
    }
    let (tree, errors) = DeTable::parse_recoverable(&text);
    report(diagnostics, source, &errors);
    Reader { diagnostics, source, offset: 0 }.table(tree.get_ref(), 0)
}

/// Reads one value that is a text's end, from an offset on; none if it is no TOML value.
pub(super) fn read_value(diagnostics: &mut Diagnostics, source: usize, offset: usize) -> Option<Node> {
    let text = diagnostics.text(source)[offset..].trim_end().to_owned();
    let read = DeValue::parse(&text).ok()?;
    let mut reader = Reader { diagnostics, source, offset };
    let span = reader.span(read.span());
    Some(reader.node(read.get_ref(), span, 0))
}

fn report(diagnostics: &mut Diagnostics, source: usize, errors: &[toml::de::Error]) {
    for error in errors {
        let size = diagnostics.text(source).len();
        let span = error.span().unwrap_or(0..0);
        let span = span.start.min(size)..span.end.min(size);
        diagnostics.syntax(Span::new(source, span), error.message(), advice(error.message()));
    }
}

/// Corrections for the most common syntax errors.
fn advice(message: &str) -> &'static str {
    if message.contains("must be quoted") {
        "write a number, true or false, or put text in \"quotes\""
    } else if message.contains("duplicate key") {
        "keep one of the two; a section may be opened once"
    } else if message.contains("leading zero") {
        "write the number without the zeros before it"
    } else {
        "see https://toml.io for how values, tables and lists are written"
    }
}

/// Converts the output of the parser into a tree.
struct Reader<'a> {
    diagnostics: &'a mut Diagnostics,
    source: usize,
    /// Where the text that was parsed begins in its source.
    offset: usize,
}

impl Reader<'_> {
    fn span(&self, bytes: std::ops::Range<usize>) -> Span {
        Span::new(self.source, self.offset + bytes.start..self.offset + bytes.end)
    }

    fn table(&mut self, table: &DeTable, depth: usize) -> Table {
        let mut entries = Table::new();
        for (key, value) in table {
            let (at, span) = (self.span(key.span()), self.span(value.span()));
            let node = self.node(value.get_ref(), span, depth + 1);
            entries.insert(key.get_ref().to_string(), TableEntry { key: at, node });
        }
        entries
    }

    fn node(&mut self, read: &DeValue, span: Span, depth: usize) -> Node {
        if depth > MAX_DEPTH {
            self.diagnostics.report(span, FileRule::TooDeep {});
            return Node { span, value: NodeValue::Date };
        }
        let value = match read {
            DeValue::String(text) => NodeValue::Text(text.to_string()),
            DeValue::Integer(number) => match i128::from_str_radix(number.as_str(), number.radix()) {
                Ok(whole) => NodeValue::Whole(whole),
                Err(_) => NodeValue::Real(f64::INFINITY),
            },
            DeValue::Float(number) => NodeValue::Real(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(flag) => NodeValue::Flag(*flag),
            DeValue::Datetime(_) => NodeValue::Date,
            DeValue::Array(items) => {
                let mut list = Vec::with_capacity(items.len());
                for item in items.iter() {
                    let at = self.span(item.span());
                    list.push(self.node(item.get_ref(), at, depth + 1));
                }
                NodeValue::List(list)
            }
            DeValue::Table(inner) => NodeValue::Table(self.table(inner, depth)),
        };
        Node { span, value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> (Table, Diagnostics) {
        let mut diagnostics = Diagnostics::default();
        let source = diagnostics.add("x", text.to_owned());
        (read(&mut diagnostics, source), diagnostics)
    }

    #[test]
    fn every_value_has_its_span() {
        let (table, diagnostics) = tree("a.b = 1_0\n[[r]]\nname = \"q\"\n");
        let b = table["a"].node.get("b").expect("a.b");
        assert_eq!(diagnostics.quote(b.span), "1_0");
        assert!(matches!(b.value, NodeValue::Whole(10)));
        let r = &table["r"].node.list().expect("a list")[0];
        assert_eq!((diagnostics.quote(r.span), r.name()), ("[[r]]", Some("q")));
    }

    #[test]
    fn all_syntax_errors_are_reported() {
        let (_, diagnostics) = tree("a =\nb = ]\nc = 00\n");
        let lines: Vec<usize> = diagnostics.into_diagnostics().iter().map(|diagnostic| diagnostic.line).collect();
        assert_eq!(lines, [1, 2, 3]);
    }

    #[test]
    fn deep_nesting_is_an_error() {
        let dotted = vec!["a"; 79].join(".");
        let nested = format!("x = {}1{}", format!("{{ {dotted} = ").repeat(79), "}".repeat(79));
        let brackets = format!("x = {}", "[".repeat(1_000_000));
        for text in [nested, brackets] {
            let read = std::thread::Builder::new().stack_size(2 << 20).spawn(move || tree(&text).1.count());
            assert!(read.expect("a thread").join().expect("no overflow") > 0);
        }
    }

    #[test]
    fn a_large_file_of_nonsense_gives_one_error() {
        let (_, diagnostics) = tree(&"]\n".repeat(1 << 20));
        assert_eq!(diagnostics.count(), 1);
    }

    #[test]
    fn numbers_beyond_what_a_file_can_mean_are_infinite() {
        let (table, _) = tree("a = 999999999999999999999999999999999999999999999\nb = 1e999\n");
        for key in ["a", "b"] {
            assert!(matches!(table[key].node.value, NodeValue::Real(number) if number.is_infinite()));
        }
    }
}
