//! The results: counts of verdicts, tables, charts.

use crate::report::chart::drawing::Drawing;
use crate::report::chart::ladder::ladder_chart;
use crate::report::chart::render::{SvgUse, escaped, svg};
use crate::report::chart::results::{drawn, fan, forest};
use crate::report::contrasts::{head_starts, ladder};
use crate::report::reading::{DirectionVerdict, common_reference, name};
use crate::report::table::{self, Cell, results};
use hubsim_lab::analysis::ladder::LadderEffects;
use hubsim_lab::experiment::Contrast;
use hubsim_model::measures::{Group, Measure};

use super::{PageInput, html};

/// Each policy compared with the first: counts of verdicts, then a table of them.
pub fn short(input: &PageInput, measures: &[&Measure]) -> String {
    let findings = input.findings;
    let table = table::verdicts(findings, measures);
    if findings.policies.len() < 2 || table.rows.is_empty() {
        return String::new();
    }
    let chosen: Vec<_> = results::headlines(measures).collect();
    let contrasts = findings.shown_contrasts();
    let reference = common_reference(&contrasts);
    let item = |contrast: &Contrast| {
        let verdicts = chosen.iter().map(|&of| results::verdict_of(findings, measures, contrast, of));
        counted(&name(findings, contrast, reference), verdicts, chosen.len())
    };
    // With many policies, the table alone is shorter.
    let listed = if has_many_policies(input) { 0 } else { contrasts.len() };
    let items: String = contrasts.iter().take(listed).map(item).collect();
    let items = if items.is_empty() { items } else { format!("<ul>\n{items}</ul>\n") };
    let head = match reference {
        Some(arm) => format!("Against <strong>{}</strong>, in", escaped(&findings.shown(arm))),
        None => "In".to_owned(),
    };
    format!(
        "<p>{head} the headline measures of year {}, over {}:</p>\n{items}{}",
        findings.years,
        results::trials(findings),
        html::table(&table)
    )
}

/// Whether there are so many policies that long parts are collapsed.
fn has_many_policies(input: &PageInput) -> bool {
    input.findings.policies.len() > results::MAX_POLICY_COLUMNS
}

/// How often each verdict occurs for a policy, as a list item.
fn counted(policy: &str, cells: impl Iterator<Item = Cell>, of: usize) -> String {
    let verdicts: Vec<DirectionVerdict> =
        cells.filter_map(|cell| if let Cell::Verdict(verdict, _) = cell { Some(verdict) } else { None }).collect();
    let kinds = [
        (DirectionVerdict::Better, "better in"),
        (DirectionVerdict::BetterOrSmall, "better, by an amount that may be too small to matter, in"),
        (DirectionVerdict::LessToCount, "not better, because there is less to count, in"),
        (DirectionVerdict::Worse, "worse in"),
        (DirectionVerdict::WorseOrSmall, "worse, by an amount that may be too small to matter, in"),
        (DirectionVerdict::Higher, "higher in"),
        (DirectionVerdict::Lower, "lower in"),
        (DirectionVerdict::TooSmall, "no difference that matters in"),
        (DirectionVerdict::Unclear, "not decided in"),
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

/// The forest plot and the table of paired differences.
pub fn differences(input: &PageInput, measures: &[&Measure]) -> String {
    match forest(input.findings, measures) {
        Some(forest) => {
            let table = html::table(&table::differences(input.findings, measures, usize::MAX));
            let table = if has_many_policies(input) { html::collapsible("The same in numbers", &table) } else { table };
            figure(&forest.drawing(), "") + &table
        }
        None => String::new(),
    }
}

/// The ladders: how the headline measures climb, and each step in numbers.
pub fn ladders(input: &PageInput) -> String {
    let one = |of: &LadderEffects| {
        let chart = ladder_chart(of).map_or(String::new(), |chart| figure(&chart.drawing(), ""));
        let beside = ladder::beside(of).map_or(String::new(), |table| html::table(&table));
        chart + &html::table(&ladder::steps(of)) + &beside
    };
    let all: String = input.ladders.iter().map(one).collect();
    let note = "<p>Every measure is in <code>ladder.csv</code>.</p>\n";
    if all.is_empty() { all } else { all + note }
}

/// The tables of regions.
pub fn regions(input: &PageInput) -> String {
    table::by_region(input.findings).iter().map(html::table).collect()
}

/// The remaining advantage of a head start, if there are arms with one.
pub fn inherited(input: &PageInput) -> String {
    head_starts::table(input.findings).map_or(String::new(), |table| html::table(&table))
}

/// The fan charts.
pub fn years(input: &PageInput, measures: &[&Measure]) -> String {
    (0..measures.len())
        .filter(|&position| drawn(measures[position]))
        .filter_map(|position| {
            let measure = measures[position];
            let drawing = fan(input.findings, measure, position)?.drawing();
            let caption = format!(
                "{} <a href=\"#m-{}\">How it is computed<span class=\"unseen\">: {}</span></a>",
                escaped(measure.meaning),
                escaped(measure.key),
                escaped(measure.title)
            );
            let figure = figure(&drawing, &caption);
            Some(if has_many_policies(input) {
                html::collapsible(measure.title, &figure)
            } else {
                format!("<h3 class=\"unseen\">{}</h3>\n{figure}", escaped(measure.title))
            })
        })
        .collect()
}

/// Collapsed tables of means and differences of all measures by group, if there are more than the headlines. With many
/// policies, differences are in the file only.
pub fn all(input: &PageInput, measures: &[&Measure]) -> String {
    if measures.iter().all(|measure| measure.headline) {
        return String::new();
    }
    let groups = Group::ALL.into_iter().filter_map(|group| {
        let of_group: Vec<_> = measures.iter().copied().enumerate().filter(|(_, of)| of.group == group).collect();
        if of_group.is_empty() {
            return None;
        }
        let words = html::capitalised(group.words());
        let mut tables = html::table(&results::means(
            input.findings,
            &of_group,
            &format!("{words} in year {}", input.findings.years),
        ));
        let differences =
            results::differences_in(input.findings, measures, &of_group, &input.findings.shown_contrasts());
        if !has_many_policies(input) && !differences.rows.is_empty() {
            tables += &html::table(&differences);
        }
        let counted = match of_group.len() {
            1 => "1 measure".to_owned(),
            several => format!("{several} measures"),
        };
        Some(html::collapsible(&format!("{words}: {counted}"), &tables))
    });
    let groups: String = groups.collect();
    let where_else = "<p>Every year is in <code>summary.csv</code>, every pair of policies in \
                      <code>comparisons.csv</code>.</p>\n";
    format!("{where_else}{groups}")
}

fn figure(drawing: &Drawing, caption: &str) -> String {
    let caption = if caption.is_empty() { String::new() } else { format!("<figcaption>{caption}</figcaption>\n") };
    format!(
        "<figure>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n{}</div>\n{caption}</figure>\n",
        escaped(&drawing.title),
        svg(drawing, SvgUse::Inline)
    )
}
