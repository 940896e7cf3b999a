//! The verdicts on the scenario's claims.

use crate::report::chart::render::escaped;
use crate::report::claims::{counts, how_to_read, words};
use hubsim_lab::analysis::claims::{ClaimAnswer, ClaimResult};

use super::PageInput;

/// Counts of verdicts, then a table with verdict, statement and reason of each claim.
pub fn section(input: &PageInput) -> String {
    let claims = &input.claims.claims;
    if claims.is_empty() {
        return String::new();
    }
    let rows: String = claims.iter().map(row).collect();
    format!(
        "<p>{}.</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Verdicts on the claims\">\n<table>\n\
         <thead><tr><th scope=\"col\">claim</th><th scope=\"col\">verdict</th><th scope=\"col\">why</th></tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n</div>\n<p class=\"note\">{}</p>\n",
        escaped(&counts(claims)),
        escaped(&how_to_read(input.claims)),
    )
}

fn row(result: &ClaimResult) -> String {
    let claim = result.claim;
    let (worlds, mut why) = match &result.answer {
        ClaimAnswer::Verdict(evidence) => (words::worlds(evidence), escaped(&words::why(claim, evidence))),
        ClaimAnswer::Table(..) => (String::new(), "Its table is in <code>claims.csv</code>.".to_owned()),
    };
    if !claim.built_in.is_empty() {
        why += &format!("<br>Built in: {}", escaped(&claim.built_in));
    }
    let worlds = if worlds.is_empty() { worlds } else { format!("<br><small>{}</small>", escaped(&worlds)) };
    format!(
        "<tr><th scope=\"row\"><strong>{}</strong> {}</th><td>{}{worlds}</td><td class=\"text\">{why}</td></tr>\n",
        escaped(&claim.id),
        escaped(&claim.statement),
        words::verdict(result),
    )
}
