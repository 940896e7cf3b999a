//! Pieces of HTML: lists of pairs, tables.

use crate::report::chart::print::escaped;
use crate::report::number::printed;
use crate::report::reading::Verdict;
use crate::report::table::{Align, Cell, Need, Table};

/// (what, value) as a list; nothing for none.
pub fn pairs(pairs: &[(String, String)]) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    let items: String =
        pairs.iter().map(|(what, value)| format!("<dt>{}</dt><dd>{}</dd>\n", escaped(what), escaped(value))).collect();
    format!("<dl>\n{items}</dl>\n")
}

/// What is shown when its title is opened.
pub fn folded(title: &str, content: &str) -> String {
    format!("<details>\n<summary>{}</summary>\n{content}</details>\n", escaped(title))
}

/// The text with a capital letter first.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A table that scrolls by itself where it is too wide. Cells that repeat the row above are joined with it.
pub fn table(table: &Table) -> String {
    let columns: Vec<usize> = (0..table.columns.len()).filter(|&at| table.columns[at].need != Need::Data).collect();
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
        number => escaped(&printed(&number.shown())),
    };
    if at == first {
        let scope = if span.is_empty() { "row" } else { "rowgroup" };
        return format!("<th scope=\"{scope}\"{span}>{shown}</th>");
    }
    let class = match (content, table.columns[at].align) {
        (Cell::Verdict(Verdict::Better, _), _) => "verdict better",
        (Cell::Verdict(Verdict::Worse, _), _) => "verdict worse",
        (Cell::Verdict(..), _) => "verdict",
        (_, Align::Right) => "number",
        (_, Align::Left) => "text",
    };
    format!("<td class=\"{class}\"{span}>{shown}</td>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::table::Column;

    #[test]
    fn repeated_cells_are_joined() {
        let of = |a: &str, b: f64| vec![a.into(), Cell::Number(b)];
        let of = Table {
            title: "t".to_owned(),
            columns: vec![Column::text("a"), Column::numbers("b")],
            rows: vec![of("x", -1.0), of("x", -1.0), of("y", 2.0)],
            notes: vec![],
        };
        let html = table(&of);
        assert!(html.contains("<th scope=\"rowgroup\" rowspan=\"2\">x</th>"), "{html}");
        // Numbers are never joined.
        assert_eq!(html.matches("−1.00").count(), 2);
        assert_eq!(html.matches("<tr>").count(), 4);
    }
}
