//! What came out: sentences, tables, charts.

use crate::metric::Measure;
use crate::report::chart::print::{escaped, svg};
use crate::report::chart::results::{fan, forest};
use crate::report::chart::sheet::Sheet;
use crate::report::inherited;
use crate::report::reading::Verdict;
use crate::report::table::{self, Cell, results};

use super::{PageInput, html};

/// What each policy does against the first: counts in words, then a table of verdicts.
pub fn short(input: &PageInput, measures: &[&Measure]) -> String {
    let findings = input.findings;
    let table = table::verdicts(findings, measures);
    if findings.policies.len() < 2 || table.rows.is_empty() {
        return String::new();
    }
    let verdicts = |arm: usize| table.rows.iter().filter_map(move |row| row.get(arm + 1));
    let items: String = (1..findings.policies.len())
        .map(|arm| counted(&findings.policies[arm], verdicts(arm), table.rows.len()))
        .collect();
    format!(
        "<p>Against <strong>{}</strong>, in the headline measures of year {}, over {}:</p>\n<ul>\n{items}</ul>\n{}",
        escaped(&findings.policies[0]),
        findings.years,
        results::trials(findings),
        html::table(&table)
    )
}

fn counted<'a>(policy: &str, cells: impl Iterator<Item = &'a Cell>, of: usize) -> String {
    let verdicts: Vec<Verdict> =
        cells.filter_map(|cell| if let Cell::Verdict(verdict, _) = cell { Some(*verdict) } else { None }).collect();
    let kinds = [
        (Verdict::Better, "better in"),
        (Verdict::Worse, "worse in"),
        (Verdict::Higher, "higher in"),
        (Verdict::Lower, "lower in"),
        (Verdict::Unclear, "no clear difference in"),
        (Verdict::Same, "no difference in"),
        (Verdict::Unknown, "too few trials to tell in"),
    ];
    let parts: Vec<String> = kinds
        .into_iter()
        .map(|(kind, words)| (words, verdicts.iter().filter(|&&verdict| verdict == kind).count()))
        .filter(|&(_, count)| count > 0)
        .map(|(words, count)| format!("{words} {count}"))
        .collect();
    format!("<li><strong>{}</strong>: {} of {of}.</li>\n", escaped(policy), parts.join(", "))
}

/// The headline table.
pub fn headlines(input: &PageInput, measures: &[&Measure]) -> String {
    let table = table::headline(input.findings, measures, false);
    if table.rows.is_empty() { String::new() } else { html::table(&table) }
}

/// The forest and the table of paired differences.
pub fn differences(input: &PageInput, measures: &[&Measure]) -> String {
    match forest(input.findings, measures) {
        Some(forest) => {
            figure(&forest.sheet(), "") + &html::table(&table::differences(input.findings, measures, false))
        }
        None => String::new(),
    }
}

/// What is left of a head start, where somebody has one.
pub fn inherited(input: &PageInput) -> String {
    inherited::table(input.findings).map_or(String::new(), |table| html::table(&table))
}

/// A fan for each headline measure.
pub fn years(input: &PageInput, measures: &[&Measure]) -> String {
    results::shown(measures, false)
        .filter_map(|(position, measure)| {
            let sheet = fan(input.findings, measure, position)?.sheet();
            let caption = format!(
                "{} <a href=\"#m-{}\">How it is computed<span class=\"unseen\">: {}</span></a>",
                escaped(measure.meaning),
                escaped(measure.key),
                escaped(measure.title)
            );
            Some(format!("<h3 class=\"unseen\">{}</h3>\n{}", escaped(measure.title), figure(&sheet, &caption)))
        })
        .collect()
}

/// Means and differences of every measure, if there are more than the headlines.
pub fn all(input: &PageInput, measures: &[&Measure]) -> String {
    if measures.iter().all(|measure| measure.headline) {
        return String::new();
    }
    let means = html::table(&table::headline(input.findings, measures, true));
    let differences = table::differences(input.findings, measures, true);
    if differences.rows.is_empty() { means } else { means + &html::table(&differences) }
}

fn figure(sheet: &Sheet, caption: &str) -> String {
    let caption = if caption.is_empty() { String::new() } else { format!("<figcaption>{caption}</figcaption>\n") };
    format!(
        "<figure>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n{}</div>\n{caption}</figure>\n",
        escaped(&sheet.title),
        svg(sheet, true)
    )
}
