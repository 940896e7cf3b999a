//! HTML elements: definition lists, collapsible sections, tables.

use crate::report::chart::render::escaped;
use crate::report::number::typographic;
use crate::report::reading::DirectionVerdict;
use crate::report::table::{Align, Cell, Table, Visibility};

/// Pairs (name, value) as a definition list; an empty text without pairs.
pub fn definition_list(pairs: &[(String, String)]) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    let items: String =
        pairs.iter().map(|(what, value)| format!("<dt>{}</dt><dd>{}</dd>\n", escaped(what), escaped(value))).collect();
    format!("<dl>\n{items}</dl>\n")
}

/// Content that is hidden until the reader opens its title.
pub fn collapsible(title: &str, content: &str) -> String {
    format!("<details>\n<summary>{}</summary>\n{content}</details>\n", escaped(title))
}

/// The text with a capital first letter.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A table, which scrolls if it is too wide. A cell that repeats the one above is merged with it.
pub fn table(table: &Table) -> String {
    let columns: Vec<usize> =
        (0..table.columns.len()).filter(|&at| table.columns[at].visibility != Visibility::DataOnly).collect();
    let title = escaped(&table.title);
    let mut html = format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\">\n<table>\n\
         <caption>{title}</caption>\n<thead><tr>"
    );
    for &at in &columns {
        let class = if table.columns[at].align == Align::Right { " class=\"number\"" } else { "" };
        html += &format!("<th scope=\"col\"{class}>{}</th>", escaped(&table.columns[at].heading()));
    }
    html += "</tr></thead>\n<tbody>\n";
    for row in 0..table.rows.len() {
        html += "<tr>";
        for &at in &columns {
            html += &cell(table, row, at, columns[0]);
        }
        html += "</tr>\n";
    }
    html += "</tbody>\n</table>\n</div>\n";
    for note in &table.notes {
        html += &format!("<p class=\"note\">{}</p>\n", escaped(note));
    }
    html
}

fn cell(table: &Table, row: usize, at: usize, first: usize) -> String {
    if table.repeats(row, at) {
        return String::new();
    }
    let span = 1 + (row + 1..table.rows.len()).take_while(|&below| table.repeats(below, at)).count();
    let span = if span > 1 { format!(" rowspan=\"{span}\"") } else { String::new() };
    let content = &table.rows[row][at];
    let shown = match content {
        Cell::Text(text) => escaped(text),
        Cell::Empty => String::new(),
        number => escaped(&typographic(&number.shown())),
    };
    if at == first {
        let scope = if span.is_empty() { "row" } else { "rowgroup" };
        return format!("<th scope=\"{scope}\"{span}>{shown}</th>");
    }
    let class = match (content, table.columns[at].align) {
        (Cell::Verdict(DirectionVerdict::Better | DirectionVerdict::BetterOrSmall, _), _) => "verdict better",
        (Cell::Verdict(DirectionVerdict::Worse | DirectionVerdict::WorseOrSmall, _), _) => "verdict worse",
        (Cell::Verdict(..), _) => "verdict",
        (_, Align::Right) => "number",
        (_, Align::Left) => "text",
    };
    format!("<td class=\"{class}\"{span}>{shown}</td>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::table::TableColumn;

    #[test]
    fn repeated_cells_are_merged() {
        let row = |a: &str, b: f64| vec![a.into(), Cell::Number(b)];
        let numbers = Table {
            title: "t".to_owned(),
            columns: vec![TableColumn::text("a"), TableColumn::numbers("b")],
            rows: vec![row("x", -1.0), row("x", -1.0), row("y", 2.0)],
            notes: vec![],
        };
        let html = table(&numbers);
        assert!(html.contains("<th scope=\"rowgroup\" rowspan=\"2\">x</th>"), "{html}");
        // Numbers are never merged.
        assert_eq!(html.matches("−1.00").count(), 2);
        assert_eq!(html.matches("<tr>").count(), 4);
    }
}
