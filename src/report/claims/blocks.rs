//! The verdicts as text for a terminal: one block for each claim.

use super::{counts, how_to_read, words};
use crate::report::number::interval;
use crate::report::table::text::wrapped;
use hubsim_lab::analysis::ShareOfWorlds;
use hubsim_lab::analysis::claims::{ClaimAnswer, ClaimResult, ClaimResults, ClaimTableRow, VerdictEvidence};
use hubsim_lab::scenario::claim::{Claim, ClaimForm, where_of};

/// The maximal length of lines, even in a wider terminal.
const MAX_WIDTH: usize = 100;
/// The indentation below the first line of a claim.
const INDENT: usize = 4;

/// Counts of verdicts, then one block for each claim with verdict, statement, reason and parts.
pub fn blocks(results: &ClaimResults, width: usize) -> String {
    let width = width.min(MAX_WIDTH);
    let claims = &results.claims;
    let mut text = String::new();
    let noun = if claims.len() == 1 { "claim" } else { "claims" };
    add(&mut text, &format!("{} {noun}: {}.", claims.len(), counts(claims)), 0, width);
    add(&mut text, &how_to_read(results), 0, width);
    for result in claims {
        text.push('\n');
        block(&mut text, result, width);
    }
    text
}

fn block(text: &mut String, result: &ClaimResult, width: usize) {
    let claim = result.claim;
    let mut head = format!("{}: {}", claim.id, words::verdict(result));
    if let ClaimAnswer::Verdict(evidence) = &result.answer
        && evidence.worlds != ShareOfWorlds::Unknown
    {
        head += &format!(", {}", words::worlds(evidence));
    }
    add(text, &head, 0, width);
    let question = if claim.source.is_empty() { String::new() } else { format!(" ({})", claim.source) };
    add(text, &format!("{}{question}", claim.statement), INDENT, width);
    match &result.answer {
        ClaimAnswer::Verdict(evidence) => verdict(text, result, evidence, width),
        ClaimAnswer::Table(entries, missing) => table(text, claim, entries, missing, width),
    }
    if !claim.built_in.is_empty() {
        add(text, &format!("Built in: {}", claim.built_in), INDENT, width);
    }
}

fn verdict(text: &mut String, result: &ClaimResult, evidence: &VerdictEvidence, width: usize) {
    add(text, &words::why(result.claim, evidence), INDENT, width);
    for (part, found) in words::parts(result.claim).iter().zip(&evidence.parts) {
        add(text, &format!("- {}", words::statement_of(part, found)), INDENT, width);
        add(text, &format!("{}: {}", found.verdict.words(), words::found(part, found)), INDENT + 2, width);
    }
}

fn table(text: &mut String, claim: &Claim, entries: &[ClaimTableRow], missing: &[String], width: usize) {
    let ClaimForm::Table { policies, years, .. } = &claim.form else { return };
    if entries.is_empty() && missing.len() < policies.len() {
        add(text, "All its years lie beyond the last one simulated.", INDENT, width);
    }
    for of in entries.chunk_by(|a, b| a.measure == b.measure) {
        let title = words::measure(of[0].measure).title.to_owned() + &where_of(words::within(claim));
        add(
            text,
            &format!("- {title}, {}{}", words::years_of(of[0].years, *years), words::unit(of[0].measure)),
            INDENT,
            width,
        );
        for entry in of {
            let mut line = format!("{}: {}", entry.policy, interval(entry.mean.into()));
            if let Some(difference) = entry.difference {
                line += &format!(", difference {}", interval(difference.into()));
            }
            add(text, &line, INDENT + 2, width);
        }
    }
    if !missing.is_empty() {
        add(text, &format!("Missing from the run: {}.", missing.join(", ")), INDENT, width);
    }
}

fn add(text: &mut String, line: &str, indent: usize, width: usize) {
    for line in wrapped(line, width.saturating_sub(indent)) {
        text.push_str(&" ".repeat(indent));
        text.push_str(&line);
        text.push('\n');
    }
}
