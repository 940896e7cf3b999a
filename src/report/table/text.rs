//! Tables as text: aligned columns that fit the width of a terminal.

use super::{Align, Table, Visibility};

/// The distance between two columns, characters.
const COLUMN_GAP: usize = 2;
/// The smallest width to which a column of text is reduced, characters.
const MIN_TEXT_WIDTH: usize = 12;

/// Whether a row contains headings or cells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RowKind {
    Heading,
    Body,
}

impl Table {
    /// The table as text whose lines have at most `width` characters, if the columns allow it.
    ///
    /// To fit, columns of text wrap first; then columns with [`Visibility::IfWidthAllows`] are left out; then the remaining
    /// columns are split into blocks, each of which begins with the columns that identify a row.
    pub fn text(&self, width: usize) -> String {
        let columns: Vec<usize> =
            (0..self.columns.len()).filter(|&at| self.columns[at].visibility != Visibility::DataOnly).collect();
        let mut text = String::new();
        for line in wrapped(&self.title, width) {
            text += &line;
            text.push('\n');
        }
        if columns.is_empty() {
            return text;
        }
        for block in self.blocks(&columns, width) {
            text.push('\n');
            self.block(&mut text, &block);
        }
        if !self.notes.is_empty() {
            text.push('\n');
        }
        for line in self.notes.iter().flat_map(|note| wrapped(note, width)) {
            text += &line;
            text.push('\n');
        }
        text
    }

    /// The blocks of columns, each column as (index, width).
    fn blocks(&self, columns: &[usize], width: usize) -> Vec<Vec<(usize, usize)>> {
        let mut columns = columns.to_vec();
        let words = self.whole_words(&columns, width);
        let mut fitted = self.fitted(&columns, width);
        // Optional columns are left out from the right, one at a time.
        while total(&fitted) > width {
            let Some(spare) = columns.iter().rposition(|&at| self.columns[at].visibility == Visibility::IfWidthAllows)
            else {
                break;
            };
            columns.remove(spare);
            fitted = self.fitted(&columns, width);
        }
        // The columns of text at the beginning identify a row, and are repeated in every block.
        let identifying = fitted.iter().take_while(|of| self.columns[of.0].align == Align::Left).count().max(1);
        if total(&fitted) <= width || identifying >= fitted.len() {
            return vec![fitted];
        }
        // Identifying columns get at most half of the width, so that every block has space for others.
        let most = (width / 2 / identifying).max(MIN_TEXT_WIDTH);
        let first: Vec<(usize, usize)> = fitted[..identifying]
            .iter()
            .map(|&(at, _)| (at, self.natural(at).min(if words { most.max(self.words(at)) } else { most })))
            .collect();
        let mut blocks: Vec<Vec<(usize, usize)>> = Vec::new();
        for &column in &fitted[identifying..] {
            // A column that does not fit begins the next block; one that is too wide for any block overflows.
            match blocks.last_mut() {
                Some(block) if total(block) + COLUMN_GAP + column.1 <= width => block.push(column),
                _ => blocks.push(first.iter().copied().chain([column]).collect()),
            }
        }
        blocks
    }

    /// Columns with their widths: the widest column of text is reduced until all fit, or none can be reduced further.
    fn fitted(&self, columns: &[usize], width: usize) -> Vec<(usize, usize)> {
        let mut fitted: Vec<(usize, usize)> = columns.iter().map(|&at| (at, self.natural(at))).collect();
        let words = self.whole_words(columns, width);
        // One character at a time keeps the columns of text equally wide; tables are small.
        while total(&fitted) > width {
            let least = |at: usize| if words { MIN_TEXT_WIDTH.max(self.words(at)) } else { MIN_TEXT_WIDTH };
            let text = |of: &&mut (usize, usize)| self.columns[of.0].align == Align::Left && of.1 > least(of.0);
            match fitted.iter_mut().filter(text).max_by_key(|of| of.1) {
                Some(widest) => widest.1 -= 1,
                None => break,
            }
        }
        fitted
    }

    /// Whether the identifying columns with unbroken words fit beside any column of numbers.
    fn whole_words(&self, columns: &[usize], width: usize) -> bool {
        let text = columns.iter().take_while(|&&at| self.columns[at].align == Align::Left);
        let about: usize = text.clone().map(|&at| self.words(at).max(MIN_TEXT_WIDTH) + COLUMN_GAP).sum();
        let rest = columns.iter().skip(text.count()).map(|&at| self.natural(at)).max().unwrap_or(0);
        about + rest <= width
    }

    /// The length of the longest word of a column.
    fn words(&self, at: usize) -> usize {
        let cells = self.rows.iter().map(|row| longest(&row[at].shown())).max().unwrap_or(0);
        cells.max(longest(&self.columns[at].heading()))
    }

    /// The width of a column without wrapping. Headings of numbers may wrap, down to the widest number or word.
    fn natural(&self, at: usize) -> usize {
        let cells = self.rows.iter().map(|row| length(&row[at].shown())).max().unwrap_or(0);
        let heading = self.columns[at].heading();
        match self.columns[at].align {
            Align::Left => cells.max(length(&heading)),
            Align::Right => cells.max(length(&heading).min(MIN_TEXT_WIDTH)).max(longest(&heading)),
        }
    }

    fn block(&self, text: &mut String, block: &[(usize, usize)]) {
        let headings: Vec<String> = block.iter().map(|&(at, _)| self.columns[at].heading()).collect();
        self.line(text, block, &headings, RowKind::Heading);
        text.push_str(&"─".repeat(total(block)));
        text.push('\n');
        for (position, row) in self.rows.iter().enumerate() {
            // Equal leading cells of consecutive rows are written once.
            let shown = |at: usize| if self.repeats(position, at) { String::new() } else { row[at].shown() };
            let cells: Vec<String> = block.iter().map(|&(at, _)| shown(at)).collect();
            self.line(text, block, &cells, RowKind::Body);
        }
    }

    /// Writes one row, in as many lines as its highest cell needs. Headings are aligned at the bottom, other cells at the top.
    fn line(&self, text: &mut String, block: &[(usize, usize)], cells: &[String], row: RowKind) {
        let cells: Vec<Vec<String>> = cells.iter().zip(block).map(|(cell, of)| wrapped(cell, of.1)).collect();
        let high = cells.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..high {
            let mut whole = String::new();
            for (lines, &(at, wide)) in cells.iter().zip(block) {
                let above = if row == RowKind::Heading { high - lines.len() } else { 0 };
                let part = line.checked_sub(above).and_then(|line| lines.get(line)).map_or("", String::as_str);
                let room = " ".repeat(wide.saturating_sub(length(part)));
                match self.columns[at].align {
                    Align::Left => whole += &format!("{part}{room}"),
                    Align::Right => whole += &format!("{room}{part}"),
                }
                whole += &" ".repeat(COLUMN_GAP);
            }
            text.push_str(whole.trim_end());
            text.push('\n');
        }
    }
}

/// The width of a block.
fn total(block: &[(usize, usize)]) -> usize {
    block.iter().map(|of| of.1 + COLUMN_GAP).sum::<usize>().saturating_sub(COLUMN_GAP)
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// The length of the longest part of a text between spaces and hyphens, where lines may break.
fn longest(text: &str) -> usize {
    text.split(' ').flat_map(|word| word.split_inclusive('-')).map(length).max().unwrap_or(0)
}

/// A text in lines of at most `width` characters, broken at spaces, after hyphens, or, if there are none, within a word.
/// Control characters, which a terminal would execute, become spaces.
pub(in crate::report) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines: Vec<String> = Vec::new();
    let clean: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    for word in clean.split(' ').filter(|word| !word.is_empty()) {
        // Parts of one word are joined by their hyphen, words by a space.
        let mut joint = " ";
        for part in word.split_inclusive('-') {
            match lines.last_mut() {
                Some(line) if length(line) + length(joint) + length(part) <= width => {
                    line.push_str(joint);
                    line.push_str(part);
                }
                _ => {
                    let letters: Vec<char> = part.chars().collect();
                    lines.extend(letters.chunks(width).map(|chunk| chunk.iter().collect::<String>()));
                }
            }
            joint = "";
        }
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, TableColumn};
    use super::*;
    use crate::report::number::Interval;
    use proptest::prelude::*;

    fn table() -> Table {
        let of = |mean: f64| Cell::Interval(Interval { mean, low: mean - 0.01, high: mean + 0.01 });
        Table {
            title: "Headline measures".to_owned(),
            columns: vec![
                TableColumn::text("measure"),
                TableColumn::data("key"),
                TableColumn::numbers("status-quo"),
                TableColumn::numbers("thematic-hubs without pilots"),
            ],
            rows: vec![
                vec!["Share of work that is duplicated".into(), "dup".into(), of(0.412), of(0.35)],
                vec!["Gini".into(), "gini".into(), of(0.5), Cell::Empty],
            ],
            notes: vec!["Means.".to_owned()],
        }
    }

    #[test]
    fn columns_are_aligned() {
        let expected = "\
Headline measures

                                                               thematic-hubs
measure                                     status-quo        without pilots
────────────────────────────────────────────────────────────────────────────
Share of work that is duplicated  0.412 [0.402, 0.422]  0.350 [0.340, 0.360]
Gini                              0.500 [0.490, 0.510]

Means.
";
        assert_eq!(table().text(80), expected);
    }

    #[test]
    fn a_table_is_split_into_blocks_in_a_narrow_terminal() {
        let text = table().text(44);
        assert!(text.lines().all(|line| length(line) <= 44), "{text}");
        assert_eq!(text.matches("Gini").count(), 2, "{text}");
        assert!(!text.contains("dup\n") && !text.contains("gini"));
    }

    /// As in the tables of mitigations: long words in headings and in the identifying column.
    #[test]
    fn no_word_is_broken_if_the_width_allows() {
        let title = "Coordination's responsibilities";
        let number = || TableColumn::numbers(title).in_unit("million person-problems/year");
        let row = |what: &str| vec![what.into(), Cell::Number(0.5), Cell::Number(0.5), Cell::Number(0.5)];
        let table = Table {
            title: "t".to_owned(),
            columns: vec![TableColumn::text("mitigation"), number(), number(), number()],
            rows: vec![row("oversight and accountability"), row("pilots")],
            notes: vec![],
        };
        for width in [40, 44, 50, 60, 80, 120] {
            let text = table.text(width);
            assert!(text.lines().all(|line| length(line) <= width), "{text}");
            for word in ["accountability", "Coordination's", "responsibilities", "problems/year"] {
                assert!(text.contains(word), "{word} is broken at {width}\n{text}");
            }
        }
    }

    #[test]
    fn optional_columns_are_left_out_first_and_every_block_identifies_its_rows() {
        let row = |policy: &str| {
            vec!["Duplicated work".into(), "share".into(), policy.into(), Cell::Number(0.5), Cell::Number(1e-9)]
        };
        let table = Table {
            title: "t".to_owned(),
            columns: vec![
                TableColumn::text("measure"),
                TableColumn::text("unit").visible(Visibility::IfWidthAllows),
                TableColumn::text("policy"),
                TableColumn::numbers("difference"),
                TableColumn::numbers("another number"),
            ],
            rows: vec![row("thematic-hubs"), row("lottery")],
            notes: vec![],
        };
        assert!(table.text(80).contains("unit") && !table.text(56).contains("unit"), "{}", table.text(56));
        let narrow = table.text(40);
        assert_eq!(narrow.matches("lottery").count(), 2, "{narrow}");
    }

    proptest! {
        #[test]
        fn any_table_fits_and_keeps_all_words(
            words in prop::collection::vec("[a-z]{1,9}( [a-z]{1,9}){0,5}", 4), width in 40_usize..120,
        ) {
            let cells = |text: &String| vec![Cell::Text(text.clone()), Cell::Number(1.5), Cell::Text(text.clone())];
            let table = Table {
                title: "t".to_owned(),
                columns: vec![TableColumn::text("a"), TableColumn::numbers("b"), TableColumn::text("c")],
                rows: words.iter().map(cells).collect(),
                notes: vec![],
            };
            let text = table.text(width);
            prop_assert!(text.lines().all(|line| length(line) <= width), "{}", text);
            prop_assert!(text.matches("1.50").count() == 4, "{}", text);
            for word in words.iter().flat_map(|text| text.split(' ')) {
                prop_assert!(text.contains(word), "{} in {}", word, text);
            }
        }

        #[test]
        fn no_control_character_reaches_the_terminal(text in any::<String>(), width in 0_usize..40) {
            let lines = wrapped(&text, width);
            prop_assert!(lines.iter().all(|line| length(line) <= width.max(1) && !line.chars().any(char::is_control)));
        }
    }
}
