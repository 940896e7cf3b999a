//! Verdicts in words: the statement of a part, its estimate, and other measures that changed.

use crate::report::number::{Interval, decimal, exact, interval, magnitude, significant};
use hubsim_lab::analysis::ShareOfWorlds;
use hubsim_lab::analysis::claims::{
    ChangedMeasure, ClaimAnswer, ClaimResult, ClaimVerdict, NotTestedReason, PartResult, VerdictEvidence,
};
use hubsim_lab::scenario::claim::{Claim, ClaimForm, ClaimPart, ClaimYears, Expectation, SmallestDifference, where_of};
use hubsim_model::measures::{MEASURES, Measure, Part};

/// The parts of a claim; empty for a table.
pub fn parts(claim: &Claim) -> &[ClaimPart] {
    match &claim.form {
        ClaimForm::Verdict(parts) => parts,
        ClaimForm::Table { .. } => &[],
    }
}

/// The part of the movement that a table is about; none for all of it, and for a verdict, whose parts have their own.
pub fn within(claim: &Claim) -> Option<&Part> {
    match &claim.form {
        ClaimForm::Verdict(_) => None,
        ClaimForm::Table { within, .. } => within.as_ref(),
    }
}

/// The title of a part's measure, and where: "Need met in region SSA".
fn title(part: &ClaimPart) -> String {
    measure(part.measure).title.to_owned() + &where_of(part.within.as_ref())
}

/// The statement of a part: "Need met, thematic-hubs against status-quo, year 20: higher by 0.03".
pub fn statement_of(part: &ClaimPart, found: &PartResult) -> String {
    let mut text = format!("{}, {}", title(part), part.policy);
    if let Some(against) = &part.against {
        text += &format!(" against {against}");
    }
    if let Some([first, second]) = &part.net_of {
        text += &format!(", net of {first} against {second}");
    }
    text += &format!(", {}: {}", years_of(found.years, part.years), part.expect.word());
    text += &match (part.expect, part.by) {
        (Expectation::Below | Expectation::Above, SmallestDifference::Amount(bound)) => format!(" {}", exact(bound)),
        (Expectation::Equals, SmallestDifference::Amount(to)) if part.against.is_none() => {
            format!(" {} in every trial", exact(to))
        }
        (Expectation::Equals, _) => " in every trial".to_owned(),
        (_, SmallestDifference::Amount(by)) => format!(" by {}{}", exact(by), unit(part.measure)),
        (_, SmallestDifference::Share(share)) if found.margin.is_finite() => {
            let share = decimal(share * 100.0, 0);
            format!(" by {}{}, {share} % of the other", significant(found.margin, 2), unit(part.measure))
        }
        (_, SmallestDifference::Share(share)) => format!(" by {} % of the other", decimal(share * 100.0, 0)),
    };
    if part.decisive { text } else { text + " (not decisive)" }
}

/// The result of a part: the estimate with its interval, and the p-value.
pub fn found(part: &ClaimPart, found: &PartResult) -> String {
    if let Some(missing) = &found.missing {
        return reason_missing(missing);
    }
    if let Some(equal) = found.equal {
        return format!("equal in {equal} of {}", trials(found.n));
    }
    let of = interval(Interval { mean: found.difference, low: found.low, high: found.high });
    let (from, to) = ends(found.reference, found.value);
    let means = if found.reference.is_finite() { format!(" ({from} → {to})") } else { String::new() };
    format!("{of}{}{means}, p {}", unit(part.measure), p_value(found.adjusted))
}

fn trials(count: usize) -> String {
    if count == 1 { "1 trial".to_owned() } else { format!("{count} trials") }
}

/// The reason why a part was not tested, and a remedy.
pub fn reason_missing(missing: &NotTestedReason) -> String {
    match missing {
        NotTestedReason::Policies(policies) => {
            format!(
                "missing from the run: {}; run again with it among `--policies`, beside the others",
                policies.join(", ")
            )
        }
        NotTestedReason::Years(last) => format!("all its years lie beyond the last one simulated, year {last}"),
        NotTestedReason::Values { measure: of, years, policies } => {
            let when = match years {
                (0, 0) => "year 0, before anything is done".to_owned(),
                (first, last) if first == last => format!("year {last}"),
                (first, last) => format!("years {first} to {last}"),
            };
            format!("{} has no value in {when}, under {}", measure(*of).title, policies.join(" and "))
        }
        NotTestedReason::Worlds(1) => {
            "only one complete world has values under all its policies; it needs two".to_owned()
        }
        NotTestedReason::Worlds(_) => "no complete world has values under all its policies; it needs two".to_owned(),
        NotTestedReason::Margin => "there is nothing of which to take the share that matters".to_owned(),
    }
}

/// One or two sentences on the reason of the verdict, with the measures that changed; empty for a table.
pub fn why(claim: &Claim, evidence: &VerdictEvidence) -> String {
    let parts = parts(claim);
    if evidence.verdict == ClaimVerdict::NotTested {
        return match evidence.missing(parts) {
            Some(missing) => sentence(&reason_missing(missing)),
            None => "No part of it counts for a verdict.".to_owned(),
        };
    }
    let Some((part, found)) = evidence.decisive.and_then(|at| parts.get(at).zip(evidence.parts.get(at))) else {
        return String::new();
    };
    sentence(&outcome(part, found))
        + &changed(evidence, if part.net_of.is_some() { Quantity::Difference } else { Quantity::Level })
}

/// The result of the decisive part.
fn outcome(part: &ClaimPart, found: &PartResult) -> String {
    let (title, unit) = (title(part), unit(part.measure));
    let margin = format!("{}{unit}", significant(found.margin, 2));
    if let Some(equal) = found.equal {
        let to = part.against.as_ref().map_or_else(|| margin.clone(), |against| format!("that under {against}"));
        return format!("{title} equals {to} in {equal} of {}", trials(found.n));
    }
    let bound = part.against.is_none();
    let (from, to) = ends(found.reference, found.value);
    let moves = match &part.net_of {
        _ if bound => format!("{title} is {}{unit}", significant(found.value, 3)),
        Some(_) => {
            let (net, difference) = ends(found.net, found.value - found.reference);
            format!("{title}: a difference of {difference}{unit}, instead of {net}{unit}")
        }
        None => format!("{title} {}", change(&from, &to, &unit)),
    };
    match found.verdict {
        ClaimVerdict::NoDifference => format!("{moves}, by less than the {margin} that matters"),
        ClaimVerdict::NotDecided if bound => format!("{moves}, too unsure to tell from {margin}"),
        ClaimVerdict::NotDecided => format!("{moves}{}", undecided(part, found, &margin)),
        ClaimVerdict::Supported if part.expect == Expectation::NoDifference => {
            format!("{moves}, by less than the {margin} that matters")
        }
        ClaimVerdict::Supported if matches!(part.expect, Expectation::NotLower | Expectation::NotHigher) => {
            format!("{moves}, {} by the {margin} that matters", part.expect.word())
        }
        _ if bound => format!("{moves}, {} {margin} was asked", part.expect.word()),
        _ => moves,
    }
}

/// What can be said about an undecided part: its interval may exclude the expected difference, or zero.
fn undecided(part: &ClaimPart, found: &PartResult, margin: &str) -> String {
    // For "lower" the interval is mirrored, so that both directions share the comparisons below.
    let (way, other, least, most) = match part.expect {
        Expectation::Higher => ("higher", "lower", found.low, found.high),
        Expectation::Lower => ("lower", "higher", -found.high, -found.low),
        _ => return format!(", too unsure to tell from the {margin} that matters"),
    };
    if most < found.margin {
        format!(": surely not {way} by the {margin} that matters, too unsure to tell whether {other} by as much")
    } else if least > 0.0 {
        format!(": surely {way}, too unsure to tell whether by the {margin} that matters")
    } else {
        format!(", too unsure to tell from the {margin} that matters")
    }
}

/// What is reported as changed: the level of a measure, or its difference between two policies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quantity {
    Level,
    Difference,
}

/// The other measures that changed, or that none did.
fn changed(evidence: &VerdictEvidence, quantity: Quantity) -> String {
    if evidence.examined.is_empty() {
        return String::new();
    }
    let list = |together: bool| {
        let of: Vec<String> = evidence
            .changed
            .iter()
            .filter(|changed| changed.together == together)
            .map(|changed| shift(changed, quantity))
            .collect();
        of.join("; ")
    };
    let (with, besides) = (list(true), list(false));
    if with.is_empty() && besides.is_empty() {
        return match evidence.examined.as_slice() {
            [one] => format!(" {} did not move.", measure(*one).title),
            few if few.len() < 4 => {
                let titles: Vec<String> = few.iter().map(|at| inside_sentence(measure(*at).title)).collect();
                format!(" None of these moved: {}.", titles.join(", "))
            }
            many => format!(" None of the {} measures that might tell why moved.", many.len()),
        };
    }
    let mut text = String::new();
    if !with.is_empty() {
        text += &format!(" With it, world by world: {with}.");
    }
    if !besides.is_empty() {
        text += &format!(" Besides: {besides}.");
    }
    text
}

fn shift(changed: &ChangedMeasure, quantity: Quantity) -> String {
    let what = if quantity == Quantity::Difference { "the difference in " } else { "" };
    let (from, to) = ends(changed.from, changed.to);
    format!("{what}{} {}", inside_sentence(measure(changed.measure).title), change(&from, &to, &unit(changed.measure)))
}

/// "up from 0.30 to 0.41"
fn change(from: &str, to: &str, unit: &str) -> String {
    // Compared as they are written, so that "up from 0.30 to 0.30" cannot occur.
    let number = |text: &str| text.replace(',', "").parse::<f64>().unwrap_or(f64::NAN);
    let (first, second) = (number(from), number(to));
    match () {
        () if second > first => format!("up from {from} to {to}{unit}"),
        () if second < first => format!("down from {from} to {to}{unit}"),
        () => format!("stays at {to}{unit}"),
    }
}

/// Two numbers with enough digits to show two significant digits of their difference.
fn ends(from: f64, to: f64) -> (String, String) {
    let difference = (to - from).abs();
    let largest = from.abs().max(to.abs());
    if !difference.is_finite() || difference <= largest * 1e-6 || !(-4..15).contains(&magnitude(largest)) {
        return (significant(from, 3), significant(to, 3));
    }
    let decimals = (1 - magnitude(difference)).min(6);
    (decimal(from, decimals), decimal(to, decimals))
}

/// "year 20" or "mean of years 1 to 20".
pub fn years((first, last): (u32, u32)) -> String {
    if first == last { format!("year {last}") } else { format!("mean of years {first} to {last}") }
}

/// The simulated years, with a remark if the claim asks for later ones.
pub fn years_of(there: (u32, u32), asked: ClaimYears) -> String {
    match asked {
        ClaimYears::Span(_, last) if last > there.1 => {
            format!("{} ({last} was asked; the run ends before)", years(there))
        }
        _ => years(there),
    }
}

/// An adjusted p-value with its relation sign.
fn p_value(p: f64) -> String {
    if p < 0.0001 { "< 0.0001".to_owned() } else { format!("= {}", significant(p, 2)) }
}

/// The share of the worlds in which a claim holds, in words; empty if it is unknown.
pub fn worlds(evidence: &VerdictEvidence) -> String {
    match evidence.worlds {
        ShareOfWorlds::Of(share) => format!("holds in {} % of the worlds", decimal(share * 100.0, 0)),
        ShareOfWorlds::Chance => "worlds do not tell, what differs is chance".to_owned(),
        ShareOfWorlds::Unknown => String::new(),
    }
}

/// The verdict on a claim in words; `table` for a table.
pub fn verdict(result: &ClaimResult) -> &'static str {
    match &result.answer {
        ClaimAnswer::Verdict(evidence) => evidence.verdict.words(),
        ClaimAnswer::Table(..) => "table",
    }
}

/// The measure at a position. Positions in claims are valid, because reading a scenario checks them.
pub fn measure(at: usize) -> &'static Measure {
    MEASURES[at]
}

/// The unit as it follows a number; empty for shares and plain numbers.
pub fn unit(at: usize) -> String {
    match measure(at).unit {
        "-" | "" | "share" | "index" => String::new(),
        unit => format!(" {unit}"),
    }
}

/// A title within a sentence: in lower case, unless it begins with a name or an abbreviation.
fn inside_sentence(title: &str) -> String {
    const NAMES: [&str; 4] = ["Gini", "Theil", "Kendall", "Herfindahl"];
    let first = title.split([' ', '\'', '’']).next().unwrap_or_default();
    let mut letters = title.chars();
    match letters.next() {
        Some(_) if NAMES.contains(&first) || first.chars().skip(1).any(char::is_uppercase) => title.to_owned(),
        Some(letter) => letter.to_lowercase().collect::<String>() + letters.as_str(),
        None => String::new(),
    }
}

/// The text with a capital first letter and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
