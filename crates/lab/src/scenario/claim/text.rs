//! A claim as scenario files write it.

use crate::scenario::catalogue::{quoted, written};
use crate::scenario::claim::{Claim, ClaimForm, ClaimPart, ClaimYears, Expectation, SmallestDifference};
use hubsim_model::measures::MEASURES;

impl Claim {
    /// The claim as a `[[claim]]`, everything said in full; it begins with an empty line.
    pub(in crate::scenario) fn to_toml(&self) -> String {
        let mut text = format!("\n[[claim]]\nid = {}\nstatement = {}\n", quoted(&self.id), quoted(&self.statement));
        let mut line = |key: &str, value: String| text.push_str(&format!("{key} = {value}\n"));
        if !self.source.is_empty() {
            line("source", quoted(&self.source));
        }
        match &self.form {
            ClaimForm::Verdict(parts) => {
                let parts: Vec<String> = parts.iter().map(|one| format!("    {},\n", part(one))).collect();
                line("parts", format!("[\n{}]", parts.concat()));
            }
            ClaimForm::Table { policies, measures, within, years } => {
                line("kind", quoted("table"));
                line("policies", list(policies.iter().map(String::as_str)));
                line("measures", list(keys(measures)));
                if let Some(within) = within {
                    line(within.dimension.word(), quoted(&within.name));
                }
                if let Some((key, value)) = when(*years) {
                    line(key, value);
                }
            }
        }
        if !self.because.is_empty() {
            line("because", list(keys(&self.because)));
        }
        if !self.built_in.is_empty() {
            line("built_in", quoted(&self.built_in));
        }
        text
    }
}

fn part(part: &ClaimPart) -> String {
    let mut pairs = vec![("measure", quoted(MEASURES[part.measure].key))];
    pairs.extend(part.within.as_ref().map(|within| (within.dimension.word(), quoted(&within.name))));
    pairs.push(("policy", quoted(&part.policy)));
    pairs.extend(part.against.as_ref().map(|against| ("against", quoted(against))));
    pairs.extend(part.net_of.as_ref().map(|pair| ("net_of", list(pair.iter().map(String::as_str)))));
    pairs.push(("expect", quoted(part.expect.word())));
    pairs.extend(match (part.expect, part.by) {
        (Expectation::Equals, SmallestDifference::Amount(to)) if part.against.is_none() => Some(("to", written(to))),
        (Expectation::Equals, _) => None,
        (_, SmallestDifference::Amount(amount)) => Some(("by", written(amount))),
        (_, SmallestDifference::Share(share)) => Some(("by_share", written(share))),
    });
    pairs.extend(when(part.years));
    if !part.decisive {
        pairs.push(("decisive", "false".to_owned()));
    }
    let pairs: Vec<String> = pairs.into_iter().map(|(key, value)| format!("{key} = {value}")).collect();
    format!("{{ {} }}", pairs.join(", "))
}

fn when(years: ClaimYears) -> Option<(&'static str, String)> {
    match years {
        ClaimYears::Last => None,
        ClaimYears::Span(first, last) if first == last => Some(("year", first.to_string())),
        ClaimYears::Span(first, last) => Some(("years", format!("[{first}, {last}]"))),
    }
}

fn keys(measures: &[usize]) -> impl Iterator<Item = &'static str> {
    measures.iter().map(|&measure| MEASURES[measure].key)
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.map(quoted).collect();
    format!("[{}]", words.join(", "))
}
