//! The source texts of a scenario, spans in them, and the diagnostics about them.

use crate::scenario::diagnostic::{Diagnostic, DiagnosticKind, FileRule, MAX_DIAGNOSTICS, RuleText, Violation};

/// The code of syntax errors.
const NOT_TOML: &str = "HS001";

/// A stretch of a source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    source: usize,
    start: usize,
    end: usize,
}

impl Span {
    pub(super) fn new(source: usize, span: std::ops::Range<usize>) -> Span {
        Span { source, start: span.start, end: span.end.max(span.start) }
    }

    /// Whether two spans are in one text.
    pub(super) fn same_file(self, other: Span) -> bool {
        self.source == other.source
    }
}

struct Source {
    name: String,
    text: String,
    /// Byte at which each line begins.
    lines: Vec<usize>,
}

/// All source texts, and the diagnostics about them.
#[derive(Default)]
pub(super) struct Diagnostics {
    sources: Vec<Source>,
    diagnostics: Vec<(Option<Span>, Diagnostic)>,
    /// What is valid but does not do what it seems to.
    warnings: Vec<(Span, Diagnostic)>,
    /// Lines with a syntax error, by source: other problems in them may follow from it.
    broken: Vec<(usize, usize)>,
    /// Whether a scenario that is extended could not be read.
    missing_base: bool,
    /// Entries that replace something that they inherit, and the span of the latter.
    replaced: Vec<(Span, Span)>,
}

impl Diagnostics {
    /// Adds a source text and returns its number.
    pub(super) fn add(&mut self, name: &str, text: String) -> usize {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        self.sources.push(Source { name: name.to_owned(), text, lines });
        self.sources.len() - 1
    }

    pub(super) fn text(&self, source: usize) -> &str {
        &self.sources[source].text
    }

    /// The beginning of a text, for what is missing from it.
    pub(super) fn start(&self, source: usize) -> Span {
        Span::new(source, 0..0)
    }

    /// The text before a span.
    pub(super) fn before(&self, span: Span) -> &str {
        self.text(span.source).get(..span.start).unwrap_or("")
    }

    /// The text at a span.
    #[cfg(test)]
    pub(super) fn quote(&self, span: Span) -> &str {
        self.text(span.source).get(span.start..span.end).unwrap_or("")
    }

    /// `file, line 3`, for pointing at a second span.
    pub(super) fn name(&self, span: Span) -> String {
        format!("{}, line {}", self.sources[span.source].name, self.line(span) + 1)
    }

    fn line(&self, span: Span) -> usize {
        self.sources[span.source].lines.partition_point(|&start| start <= span.start) - 1
    }

    /// Reports that a rule does not hold at a span.
    pub(super) fn report<V: Violation>(&mut self, span: Span, violation: V) {
        if !self.full() {
            let code = violation.code();
            let diagnostic = self.diagnostic(span, code, violation.text());
            self.diagnostics.push((Some(span), diagnostic));
        }
    }

    /// Reports that a rule does not hold at a span, unless that was reported already: a mistake is reported once, not for
    /// every entry that inherits it.
    pub(super) fn report_once<V: Violation>(&mut self, span: Span, violation: V) {
        let code = violation.code();
        let text = violation.text();
        let same = |(at, other): &(Option<Span>, Diagnostic)| {
            *at == Some(span) && (other.code, &other.rule) == (code, &text.rule)
        };
        if !self.full() && !self.diagnostics.iter().any(same) {
            let diagnostic = self.diagnostic(span, code, text);
            self.diagnostics.push((Some(span), diagnostic));
        }
    }

    /// Warns of something at a span, once for each rule.
    pub(super) fn warn<V: Violation>(&mut self, span: Span, violation: V) {
        let code = violation.code();
        let known = self.warnings.iter().any(|(at, other)| *at == span && other.code == code);
        if !known && self.warnings.len() < MAX_DIAGNOSTICS {
            let diagnostic = self.diagnostic(span, code, violation.text());
            self.warnings.push((span, diagnostic.into_warning()));
        }
    }

    /// All warnings, in the order of the texts.
    pub(super) fn into_warnings(mut self) -> Vec<Diagnostic> {
        self.warnings.sort_by_key(|(span, _)| *span);
        self.warnings.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }

    fn diagnostic(&self, span: Span, code: &'static str, text: RuleText) -> Diagnostic {
        let line = self.line(span);
        let source = &self.sources[span.source];
        let start = source.lines[line];
        let end = source.lines.get(line + 1).map_or(source.text.len(), |&next| next - 1);
        let shown = source.text.get(start..end).unwrap_or("").trim_end_matches('\r');
        let from = (span.start - start).min(shown.len());
        let to = (span.end - start).clamp(from, shown.len());
        Diagnostic::new(&source.name, code, text).with_excerpt(line + 1, shown, from..to)
    }

    /// Reports a syntax error; other problems in its line are omitted.
    pub(super) fn syntax(&mut self, span: Span, message: &str, help: &str) {
        self.broken.push((span.source, self.line(span)));
        self.report(span, FileRule::NotToml { message, help });
    }

    /// Reports that the scenario which is extended at a span cannot be read, for a reason that was found in its file.
    pub(super) fn missing_base(&mut self, span: Span, reason: Diagnostic) {
        self.missing_base = true;
        if reason.kind == DiagnosticKind::Unreadable || reason.line > 0 {
            self.diagnostics.push((None, reason));
        } else if !self.full() {
            let Diagnostic { code, message, rule, help, .. } = reason;
            let diagnostic = self.diagnostic(span, code, RuleText { message, rule, help });
            self.diagnostics.push((Some(span), diagnostic));
        }
    }

    /// Reports a rule that does not hold where a scenario is extended, so that the base is not read.
    pub(super) fn unread_base<V: Violation>(&mut self, span: Span, violation: V) {
        self.missing_base = true;
        self.report(span, violation);
    }

    /// Records that an entry replaces what it inherits from a span.
    pub(super) fn replaces(&mut self, entry: Span, inherited: Span) {
        self.replaced.push((entry, inherited));
    }

    /// The span that an entry replaces, if it does.
    pub(super) fn replaced(&self, entry: Span) -> Option<Span> {
        self.replaced.iter().find(|(at, _)| *at == entry).map(|(_, inherited)| *inherited)
    }

    /// Whether some text could not be read in full, so that what is missing may only seem so.
    pub(super) fn incomplete(&self) -> bool {
        self.missing_base || !self.broken.is_empty()
    }

    /// Whether further diagnostics are not kept any more.
    pub(super) fn full(&self) -> bool {
        self.diagnostics.len() >= MAX_DIAGNOSTICS
    }

    /// How many diagnostics there are so far.
    pub(super) fn count(&self) -> usize {
        self.diagnostics.len()
    }

    /// All diagnostics in the order of the texts, without those that may follow from a syntax error.
    pub(super) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        let broken = std::mem::take(&mut self.broken);
        let mut kept: Vec<(Option<Span>, Diagnostic)> = Vec::new();
        for (span, diagnostic) in std::mem::take(&mut self.diagnostics) {
            let line = span.map(|span| (span.source, self.line(span)));
            if diagnostic.code == NOT_TOML || line.is_none_or(|line| !broken.contains(&line)) {
                kept.push((span, diagnostic));
            }
        }
        kept.sort_by_key(|(span, _)| *span);
        kept.dedup_by(|a, b| a == b);
        kept.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_reported_by_line_and_column_in_characters() {
        let mut diagnostics = Diagnostics::default();
        let text = "a = 1\r\nüb = 22\n";
        let source = diagnostics.add("x.toml", text.to_owned());
        let at = text.find("22").expect("it is there");
        diagnostics.report(Span::new(source, at..at + 2), FileRule::TooDeep {});
        diagnostics.report(Span::new(source, text.len()..text.len()), FileRule::TooDeep {});
        let problems = diagnostics.into_diagnostics();
        assert_eq!((problems[0].line, problems[0].column, problems[0].found.as_str()), (2, 6, "22"));
        assert_eq!((problems[1].line, problems[1].column, problems[1].found.as_str()), (3, 1, ""));
    }
}
