//! Diagnostics as people read them.

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use crate::scenario::diagnostic::{Diagnostic, DiagnosticKind, DiagnosticReport, MAX_DIAGNOSTICS};

/// The most diagnostics that are printed in full.
const SHOWN: usize = 100;

/// Longer lines are shown only around the offending text, characters.
const WINDOW: usize = 400;

impl Diagnostic {
    /// The diagnostic as people read it, with its line of the source.
    pub fn render(&self, renderer: &Renderer) -> String {
        let level = if self.kind == DiagnosticKind::Warning { Level::WARNING } else { Level::ERROR };
        let title = level.primary_title(printable(&self.message)).id(self.code);
        let file = printable(&self.file);
        let mut group = match &self.excerpt {
            None => {
                let origin = Origin::path(file);
                let origin = if self.line > 0 { origin.line(self.line).char_column(self.column) } else { origin };
                title.element(origin).element(Level::NOTE.message(printable(&self.rule)))
            }
            Some((line, range)) => {
                let (shown, range, cut) = window(line, range.clone());
                let mark = AnnotationKind::Primary.span(range).label(printable(&self.rule));
                let snippet = Snippet::source(shown).line_start(self.line).annotation(mark);
                if cut {
                    let origin = Origin::path(file).line(self.line).char_column(self.column);
                    title.element(origin).element(snippet)
                } else {
                    title.element(snippet.path(file))
                }
            }
        };
        if !self.help.is_empty() {
            group = group.element(Level::HELP.message(printable(&self.help)));
        }
        renderer.render(&[group])
    }
}

/// The part of a long line around a range; whether something was cut.
fn window(line: &str, range: std::ops::Range<usize>) -> (String, std::ops::Range<usize>, bool) {
    if line.len() <= WINDOW {
        return (line.to_owned(), range, false);
    }
    let mut from = range.start.saturating_sub(WINDOW / 4);
    while !line.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = (from + WINDOW).min(line.len());
    while !line.is_char_boundary(to) {
        to -= 1;
    }
    let end = range.end.clamp(range.start, to);
    (line[from..to].to_owned(), range.start - from..end - from, true)
}

/// Text without control characters, so that a file cannot command a terminal.
fn printable(text: &str) -> String {
    text.chars().flat_map(|c| if misleading(c) { c.escape_default().collect() } else { vec![c] }).collect()
}

/// Control characters, and the invisible ones that change how a text looks.
pub(in crate::scenario) fn misleading(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Whether a text is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// By ANSI escape sequences.
    Ansi,
    /// Not at all.
    None,
}

impl DiagnosticReport {
    /// All diagnostics as people read them, one after the other, then their number.
    pub fn render(&self, colour: Colour) -> String {
        let renderer = match colour {
            Colour::Ansi => Renderer::styled(),
            Colour::None => Renderer::plain(),
        };
        let mut text = String::new();
        for diagnostic in self.0.iter().take(SHOWN) {
            text.push_str(&diagnostic.render(&renderer));
            text.push_str("\n\n");
        }
        if self.0.len() > SHOWN {
            text.push_str(&format!("… and {} more\n\n", self.0.len() - SHOWN));
        }
        text.push_str(&self.summary());
        text
    }

    /// `3 problems in FILE; nothing was run`, or `2 warnings in FILE`.
    pub fn summary(&self) -> String {
        let mut files: Vec<&str> = self.0.iter().map(|diagnostic| diagnostic.file.as_str()).collect();
        files.sort_unstable();
        files.dedup();
        let place = match files.as_slice() {
            [file] => printable(file),
            files => format!("{} places: {}", files.len(), printable(&files.join(", "))),
        };
        let many = if self.0.len() >= MAX_DIAGNOSTICS { " or more" } else { "" };
        let warnings = self.kind() == DiagnosticKind::Warning;
        let noun = if warnings { "warning" } else { "problem" };
        let plural = if self.0.len() == 1 { "" } else { "s" };
        let end = if warnings { "" } else { "; nothing was run" };
        format!("{}{many} {noun}{plural} in {place}{end}", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnostic(line: &str, range: std::ops::Range<usize>) -> Diagnostic {
        Diagnostic {
            code: "HS030",
            kind: DiagnosticKind::BadInput,
            file: "a.toml".to_owned(),
            line: 7,
            column: range.start + 1,
            found: line[range.clone()].to_owned(),
            message: "`find` is 1.5".to_owned(),
            rule: "a share between 0 and 1".to_owned(),
            help: "write 1".to_owned(),
            excerpt: Some((line.to_owned(), range)),
        }
    }

    #[test]
    fn a_diagnostic_shows_its_line_rule_and_help() {
        let text = DiagnosticReport(vec![diagnostic("find = 1.5", 7..10)]).to_string();
        for part in [
            "error[HS030]: `find` is 1.5",
            "--> a.toml:7:8",
            "7 | find = 1.5",
            "^^^ a share between 0 and 1",
            "= help: write 1",
            "1 problem in a.toml; nothing was run",
        ] {
            assert!(text.contains(part), "{part:?} is not in\n{text}");
        }
    }

    #[test]
    fn a_long_line_is_cut_around_the_offence_and_keeps_its_column() {
        let line = format!("{}find = 1.5{}", "ü".repeat(50_000), "x".repeat(50_000));
        let text =
            DiagnosticReport(vec![Diagnostic { column: 50_008, ..diagnostic(&line, 100_007..100_010) }]).to_string();
        assert!(text.contains("a.toml:7:50008") && text.contains("find = 1.5"), "{text}");
        assert!(text.len() < 3000, "{} bytes", text.len());
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let mut bad = diagnostic("find = 1.5\u{1b}[2J", 7..10);
        bad.message = "\u{1b}[2J".to_owned();
        bad.file = "a\u{1b}.toml".to_owned();
        assert!(!DiagnosticReport(vec![bad]).render(Colour::None).contains('\u{1b}'));
    }
}
