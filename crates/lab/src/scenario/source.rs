//! The texts a scenario was read from, and places in them.

use crate::scenario::problem::{MAX_PROBLEMS, Problem, ProblemKind};

/// A stretch of a source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    source: usize,
    start: usize,
    end: usize,
}

impl Place {
    pub(super) fn new(source: usize, span: std::ops::Range<usize>) -> Place {
        Place { source, start: span.start, end: span.end.max(span.start) }
    }
}

impl Place {
    /// Whether two places are in one text.
    pub(super) fn beside(self, other: Place) -> bool {
        self.source == other.source
    }
}

struct Source {
    name: String,
    text: String,
    /// Byte at which each line begins.
    lines: Vec<usize>,
}

/// All texts read so far, and all that was found wrong with them.
#[derive(Default)]
pub(super) struct Notes {
    sources: Vec<Source>,
    problems: Vec<(Option<Place>, Problem)>,
    /// Lines with a syntax error, by source: what else seems wrong there follows from it.
    broken: Vec<(usize, usize)>,
    /// Whether a text that is extended could not be had.
    lost: bool,
    /// Entries that did away with something they inherit, and where that stands.
    replaced: Vec<(Place, Place)>,
}

impl Notes {
    /// Takes a text in; its number.
    pub(super) fn add(&mut self, name: &str, text: String) -> usize {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        self.sources.push(Source { name: name.to_owned(), text, lines });
        self.sources.len() - 1
    }

    pub(super) fn text(&self, source: usize) -> &str {
        &self.sources[source].text
    }

    /// The beginning of a text, for what is missing from it.
    pub(super) fn start(&self, source: usize) -> Place {
        Place::new(source, 0..0)
    }

    /// The text before a place.
    pub(super) fn before(&self, place: Place) -> &str {
        self.text(place.source).get(..place.start).unwrap_or("")
    }

    /// The text at a place.
    #[cfg(test)]
    pub(super) fn quote(&self, place: Place) -> &str {
        self.text(place.source).get(place.start..place.end).unwrap_or("")
    }

    /// `file, line 3`, for pointing at a second place.
    pub(super) fn name(&self, place: Place) -> String {
        format!("{}, line {}", self.sources[place.source].name, self.line(place) + 1)
    }

    fn line(&self, place: Place) -> usize {
        self.sources[place.source].lines.partition_point(|&start| start <= place.start) - 1
    }

    /// Notes a problem at a place.
    pub(super) fn problem(&mut self, place: Place, message: String, rule: impl Into<String>, help: impl Into<String>) {
        if self.full() {
            return;
        }
        let line = self.line(place);
        let source = &self.sources[place.source];
        let start = source.lines[line];
        let end = source.lines.get(line + 1).map_or(source.text.len(), |&next| next - 1);
        let text = source.text.get(start..end).unwrap_or("").trim_end_matches('\r');
        let from = (place.start - start).min(text.len());
        let to = (place.end - start).clamp(from, text.len());
        let problem = Problem {
            kind: ProblemKind::BadInput,
            file: source.name.clone(),
            line: line + 1,
            column: text.get(..from).unwrap_or("").chars().count() + 1,
            found: text.get(from..to).unwrap_or("").to_owned(),
            message,
            rule: rule.into(),
            help: help.into(),
            excerpt: Some((text.to_owned(), from..to)),
        };
        self.problems.push((Some(place), problem));
    }

    /// Notes a syntax error: like a problem, and whatever else is wrong in its line is not told.
    pub(super) fn syntax(&mut self, place: Place, message: String, help: &str) {
        self.broken.push((place.source, self.line(place)));
        self.problem(place, message, "not TOML", help);
    }

    /// Notes that an entry did away with what it inherits from a place.
    pub(super) fn replaces(&mut self, entry: Place, inherited: Place) {
        self.replaced.push((entry, inherited));
    }

    /// Where what an entry did away with stands.
    pub(super) fn replaced(&self, entry: Place) -> Option<Place> {
        self.replaced.iter().find(|(at, _)| *at == entry).map(|(_, inherited)| *inherited)
    }

    /// Notes a problem with a file as a whole.
    pub(super) fn whole(&mut self, problem: Problem) {
        self.lost = true;
        self.problems.push((None, problem));
    }

    /// Notes that what is extended at a place could not be had.
    pub(super) fn lost(&mut self, place: Place, message: String, rule: &str, help: String) {
        self.lost = true;
        self.problem(place, message, rule, help);
    }

    /// Whether some text could not be read in full, so that what is missing may only seem so.
    pub(super) fn partial(&self) -> bool {
        self.lost || !self.broken.is_empty()
    }

    /// Whether further problems are not kept any more.
    pub(super) fn full(&self) -> bool {
        self.problems.len() >= MAX_PROBLEMS
    }

    /// Whether a rule was already said not to hold at a place.
    pub(super) fn told(&self, place: Place, rule: &str) -> bool {
        self.problems.iter().any(|(at, problem)| *at == Some(place) && problem.rule == rule)
    }

    /// How many problems there are so far.
    pub(super) fn count(&self) -> usize {
        self.problems.len()
    }

    /// All problems in the order of the texts; what only follows from a syntax error is left out.
    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        let broken = std::mem::take(&mut self.broken);
        let mut kept: Vec<(Option<Place>, Problem)> = Vec::new();
        for (place, problem) in std::mem::take(&mut self.problems) {
            let line = place.map(|place| (place.source, self.line(place)));
            if problem.rule == "not TOML" || line.is_none_or(|line| !broken.contains(&line)) {
                kept.push((place, problem));
            }
        }
        kept.sort_by_key(|(place, _)| *place);
        kept.dedup_by(|a, b| a == b);
        kept.into_iter().map(|(_, problem)| problem).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_by_line_and_column_in_characters() {
        let mut notes = Notes::default();
        let text = "a = 1\r\nüb = 22\n";
        let source = notes.add("x.toml", text.to_owned());
        let at = text.find("22").expect("it is there");
        notes.problem(Place::new(source, at..at + 2), "m".to_owned(), "r", "h");
        notes.problem(Place::new(source, text.len()..text.len()), "end".to_owned(), "r", "h");
        let problems = notes.into_problems();
        assert_eq!((problems[0].line, problems[0].column, problems[0].found.as_str()), (2, 6, "22"));
        assert_eq!((problems[1].line, problems[1].column, problems[1].found.as_str()), (3, 1, ""));
    }
}
