//! What came out: sentences, tables, charts.

use crate::report::chart::render::{escaped, svg};
use crate::report::chart::results::{drawn, fan, forest};
use crate::report::chart::drawing::Sheet;
use crate::report::contrasts::head_starts;
use crate::report::reading::DirectionVerdict;
use crate::report::table::{self, Cell, results};
use hubsim_model::measures::{Group, Measure};

use super::{PageInput, html};

/// What each policy does against the first: counts in words, then a table of verdicts.
pub fn short(input: &PageInput, measures: &[&Measure]) -> String {
    let findings = input.findings;
    let table = table::verdicts(findings, measures);
    if findings.policies.len() < 2 || table.rows.is_empty() {
        return String::new();
    }
    let chosen: Vec<_> = results::headlines(measures).collect();
    let verdicts = |arm: usize| chosen.iter().map(move |&of| results::verdict_of(findings, arm, of));
    // Of many policies the table says it shorter.
    let listed = if many(input) { 0 } else { findings.policies.len() };
    let items: String = (1..listed).map(|arm| counted(&findings.policies[arm], verdicts(arm), chosen.len())).collect();
    let items = if items.is_empty() { items } else { format!("<ul>\n{items}</ul>\n") };
    format!(
        "<p>Against <strong>{}</strong>, in the headline measures of year {}, over {}:</p>\n{items}{}",
        escaped(&findings.policies[0]),
        findings.years,
        results::trials(findings),
        html::table(&table)
    )
}

/// Whether there are so many policies that what is long is folded.
fn many(input: &PageInput) -> bool {
    input.findings.policies.len() > results::MAX_POLICY_COLUMNS
}

fn counted(policy: &str, cells: impl Iterator<Item = Cell>, of: usize) -> String {
    let verdicts: Vec<DirectionVerdict> =
        cells.filter_map(|cell| if let Cell::Verdict(verdict, _) = cell { Some(verdict) } else { None }).collect();
    let kinds = [
        (DirectionVerdict::Better, "better in"),
        (DirectionVerdict::Worse, "worse in"),
        (DirectionVerdict::Higher, "higher in"),
        (DirectionVerdict::Lower, "lower in"),
        (DirectionVerdict::Unclear, "no clear difference in"),
        (DirectionVerdict::Same, "no difference in"),
        (DirectionVerdict::Unknown, "too few trials to tell in"),
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
    let table = table::headline(input.findings, measures);
    if table.rows.is_empty() { String::new() } else { html::table(&table) }
}

/// The forest and the table of paired differences.
pub fn differences(input: &PageInput, measures: &[&Measure]) -> String {
    match forest(input.findings, measures) {
        Some(forest) => {
            let table = html::table(&table::differences(input.findings, measures));
            let table = if many(input) { html::folded("The same in numbers", &table) } else { table };
            figure(&forest.sheet(), "") + &table
        }
        None => String::new(),
    }
}

/// What is left of a head start, where somebody has one.
pub fn inherited(input: &PageInput) -> String {
    head_starts::table(input.findings).map_or(String::new(), |table| html::table(&table))
}

/// A fan for each measure that is drawn.
pub fn years(input: &PageInput, measures: &[&Measure]) -> String {
    (0..measures.len())
        .filter(|&position| drawn(measures[position]))
        .filter_map(|position| {
            let measure = measures[position];
            let sheet = fan(input.findings, measure, position)?.sheet();
            let caption = format!(
                "{} <a href=\"#m-{}\">How it is computed<span class=\"unseen\">: {}</span></a>",
                escaped(measure.meaning),
                escaped(measure.key),
                escaped(measure.title)
            );
            let figure = figure(&sheet, &caption);
            Some(if many(input) {
                html::folded(measure.title, &figure)
            } else {
                format!("<h3 class=\"unseen\">{}</h3>\n{figure}", escaped(measure.title))
            })
        })
        .collect()
}

/// Means and differences of every measure by group, if there are more than the headlines; folded. Of many policies the
/// differences are left to the file.
pub fn all(input: &PageInput, measures: &[&Measure]) -> String {
    if measures.iter().all(|measure| measure.headline) {
        return String::new();
    }
    let groups = Group::ALL.into_iter().filter_map(|group| {
        let of: Vec<_> = measures.iter().copied().enumerate().filter(|(_, of)| of.group == group).collect();
        if of.is_empty() {
            return None;
        }
        let words = html::capital(group.words());
        let mut tables =
            html::table(&results::means(input.findings, &of, &format!("{words} in year {}", input.findings.years)));
        let differences = results::differences_in(input.findings, &of);
        if !many(input) && !differences.rows.is_empty() {
            tables += &html::table(&differences);
        }
        let counted = if of.len() == 1 { "1 measure".to_owned() } else { format!("{} measures", of.len()) };
        Some(html::folded(&format!("{words}: {counted}"), &tables))
    });
    let groups: String = groups.collect();
    let where_else = "<p>Every year is in <code>summary.csv</code>, every pair of policies in \
                      <code>comparisons.csv</code>.</p>\n";
    format!("{where_else}{groups}")
}

fn figure(sheet: &Sheet, caption: &str) -> String {
    let caption = if caption.is_empty() { String::new() } else { format!("<figcaption>{caption}</figcaption>\n") };
    format!(
        "<figure>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n{}</div>\n{caption}</figure>\n",
        escaped(&sheet.title),
        svg(sheet, true)
    )
}
