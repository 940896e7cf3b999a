//! Tables for a terminal: aligned columns that fit its width.

use super::{Align, Need, Table};

/// Between two columns.
const GAP: usize = 2;
/// No column of text is made narrower to fit.
const NARROW: usize = 12;

impl Table {
    /// As text whose lines are at most `width` characters, if any table of its columns can be: columns of text
    /// wrap, then those that are shown only if there is room go, then columns that do not fit go into further
    /// blocks, each beginning with the columns of text that say what a row is about.
    pub fn text(&self, width: usize) -> String {
        let columns: Vec<usize> = (0..self.columns.len()).filter(|&at| self.columns[at].need != Need::Data).collect();
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

    /// Which columns stand side by side, with their widths.
    fn blocks(&self, columns: &[usize], width: usize) -> Vec<Vec<(usize, usize)>> {
        let mut columns = columns.to_vec();
        let words = self.whole_words(&columns, width);
        let mut narrow = self.narrowed(&columns, width);
        while total(&narrow) > width {
            let Some(spare) = columns.iter().rposition(|&at| self.columns[at].need == Need::IfRoom) else { break };
            columns.remove(spare);
            narrow = self.narrowed(&columns, width);
        }
        // The columns of text that begin a row say what it is about.
        let about = narrow.iter().take_while(|of| self.columns[of.0].align == Align::Left).count().max(1);
        if total(&narrow) <= width || about >= narrow.len() {
            return vec![narrow];
        }
        let most = (width / 2 / about).max(NARROW);
        let first: Vec<(usize, usize)> = narrow[..about]
            .iter()
            .map(|&(at, _)| (at, self.natural(at).min(if words { most.max(self.words(at)) } else { most })))
            .collect();
        let mut blocks: Vec<Vec<(usize, usize)>> = Vec::new();
        for &column in &narrow[about..] {
            match blocks.last_mut() {
                Some(block) if total(block) + GAP + column.1 <= width => block.push(column),
                _ => blocks.push(first.iter().copied().chain([column]).collect()),
            }
        }
        blocks
    }

    /// Columns with their widths; the widest columns of text give way until all fit, or are narrow.
    fn narrowed(&self, columns: &[usize], width: usize) -> Vec<(usize, usize)> {
        let mut narrow: Vec<(usize, usize)> = columns.iter().map(|&at| (at, self.natural(at))).collect();
        let words = self.whole_words(columns, width);
        while total(&narrow) > width {
            let least = |at: usize| if words { NARROW.max(self.words(at)) } else { NARROW };
            let text = |of: &&mut (usize, usize)| self.columns[of.0].align == Align::Left && of.1 > least(of.0);
            match narrow.iter_mut().filter(text).max_by_key(|of| of.1) {
                Some(widest) => widest.1 -= 1,
                None => break,
            }
        }
        narrow
    }

    /// Whether the columns of text that begin a row may be as wide as their longest words beside any column of numbers.
    fn whole_words(&self, columns: &[usize], width: usize) -> bool {
        let text = columns.iter().take_while(|&&at| self.columns[at].align == Align::Left);
        let about: usize = text.clone().map(|&at| self.words(at).max(NARROW) + GAP).sum();
        let rest = columns.iter().skip(text.count()).map(|&at| self.natural(at)).max().unwrap_or(0);
        about + rest <= width
    }

    /// The longest word of a column, which wraps between words.
    fn words(&self, at: usize) -> usize {
        let cells = self.rows.iter().map(|row| longest(&row[at].shown())).max().unwrap_or(0);
        cells.max(longest(&self.columns[at].heading()))
    }

    /// The widest cell of a column. Headings of numbers may wrap, down to the widest number or word.
    fn natural(&self, at: usize) -> usize {
        let cells = self.rows.iter().map(|row| length(&row[at].shown())).max().unwrap_or(0);
        let heading = self.columns[at].heading();
        match self.columns[at].align {
            Align::Left => cells.max(length(&heading)),
            Align::Right => cells.max(length(&heading).min(NARROW)).max(longest(&heading)),
        }
    }

    fn block(&self, text: &mut String, block: &[(usize, usize)]) {
        let headings: Vec<String> = block.iter().map(|&(at, _)| self.columns[at].heading()).collect();
        self.line(text, block, &headings, true);
        text.push_str(&"─".repeat(total(block)));
        text.push('\n');
        for (position, row) in self.rows.iter().enumerate() {
            let shown = |at: usize| if self.repeats(position, at) { String::new() } else { row[at].shown() };
            let cells: Vec<String> = block.iter().map(|&(at, _)| shown(at)).collect();
            self.line(text, block, &cells, false);
        }
    }

    /// One row, in as many lines as its highest cell needs; headings stand at the bottom, other cells at the top.
    fn line(&self, text: &mut String, block: &[(usize, usize)], cells: &[String], heading: bool) {
        let cells: Vec<Vec<String>> = cells.iter().zip(block).map(|(cell, of)| wrapped(cell, of.1)).collect();
        let high = cells.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..high {
            let mut whole = String::new();
            for (lines, &(at, wide)) in cells.iter().zip(block) {
                let above = if heading { high - lines.len() } else { 0 };
                let part = line.checked_sub(above).and_then(|line| lines.get(line)).map_or("", String::as_str);
                let room = " ".repeat(wide.saturating_sub(length(part)));
                match self.columns[at].align {
                    Align::Left => whole += &format!("{part}{room}"),
                    Align::Right => whole += &format!("{room}{part}"),
                }
                whole += &" ".repeat(GAP);
            }
            text.push_str(whole.trim_end());
            text.push('\n');
        }
    }
}

/// Width of a block.
fn total(block: &[(usize, usize)]) -> usize {
    block.iter().map(|of| of.1 + GAP).sum::<usize>().saturating_sub(GAP)
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// The longest part of a text that is not broken where there is room for it.
fn longest(text: &str) -> usize {
    text.split(' ').flat_map(|word| word.split_inclusive('-')).map(length).max().unwrap_or(0)
}

/// Text in lines of at most so many characters, broken at spaces, after hyphens, or, where there is neither, within
/// a word. Control characters, which could steer a terminal, become spaces.
pub(in crate::report) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines: Vec<String> = Vec::new();
    let clean: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    for word in clean.split(' ').filter(|word| !word.is_empty()) {
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
    use super::super::{Cell, Column};
    use super::*;
    use crate::report::number::Interval;
    use proptest::prelude::*;

    fn table() -> Table {
        let of = |mean: f64| Cell::Interval(Interval { mean, low: mean - 0.01, high: mean + 0.01 });
        Table {
            title: "Headline measures".to_owned(),
            columns: vec![
                Column::text("measure"),
                Column::data("key"),
                Column::numbers("status-quo"),
                Column::numbers("thematic-hubs without pilots"),
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
    fn a_narrow_terminal_gets_blocks() {
        let text = table().text(44);
        assert!(text.lines().all(|line| length(line) <= 44), "{text}");
        assert_eq!(text.matches("Gini").count(), 2, "{text}");
        assert!(!text.contains("dup\n") && !text.contains("gini"));
    }

    /// As in the tables of mitigations: long words in headings, and in the column that says what a row is about.
    #[test]
    fn no_word_is_cut_where_there_is_room_for_it() {
        let title = "Coordination's responsibilities";
        let number = || Column::numbers(title).in_unit("million person-problems/year");
        let row = |what: &str| vec![what.into(), Cell::Number(0.5), Cell::Number(0.5), Cell::Number(0.5)];
        let table = Table {
            title: "t".to_owned(),
            columns: vec![Column::text("mitigation"), number(), number(), number()],
            rows: vec![row("oversight and accountability"), row("pilots")],
            notes: vec![],
        };
        for width in [40, 44, 50, 60, 80, 120] {
            let text = table.text(width);
            assert!(text.lines().all(|line| length(line) <= width), "{text}");
            for word in ["accountability", "Coordination's", "responsibilities", "problems/year"] {
                assert!(text.contains(word), "{word} is cut at {width}\n{text}");
            }
        }
    }

    #[test]
    fn columns_that_can_be_spared_go_first_and_every_block_says_what_it_is_about() {
        let row = |policy: &str| {
            vec!["Duplicated work".into(), "share".into(), policy.into(), Cell::Number(0.5), Cell::Number(1e-9)]
        };
        let table = Table {
            title: "t".to_owned(),
            columns: vec![
                Column::text("measure"),
                Column::text("unit").needed(Need::IfRoom),
                Column::text("policy"),
                Column::numbers("difference"),
                Column::numbers("another number"),
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
        fn any_table_fits_and_loses_no_word(
            words in prop::collection::vec("[a-z]{1,9}( [a-z]{1,9}){0,5}", 4), width in 40_usize..120,
        ) {
            let cells = |text: &String| vec![Cell::Text(text.clone()), Cell::Number(1.5), Cell::Text(text.clone())];
            let table = Table {
                title: "t".to_owned(),
                columns: vec![Column::text("a"), Column::numbers("b"), Column::text("c")],
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
        fn no_text_steers_the_terminal(text in any::<String>(), width in 0_usize..40) {
            let lines = wrapped(&text, width);
            prop_assert!(lines.iter().all(|line| length(line) <= width.max(1) && !line.chars().any(char::is_control)));
        }
    }
}
