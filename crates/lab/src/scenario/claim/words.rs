//! Claims in words.

use crate::scenario::built_in::BUILT_IN;
use crate::scenario::catalogue::written;
use crate::scenario::claim::{Claim, ClaimForm, ClaimPart, ClaimYears, Expectation, SmallestDifference};
use crate::scenario::{Changes, Scenario};
use hubsim_model::measures::{MEASURES, Measure, Part};

/// The claims that every built-in scenario has; none if they could not be read, which a test rules out.
pub fn explained() -> Vec<Claim> {
    let first = BUILT_IN.first().map(|built_in| Scenario::find(built_in.name, &Changes::default()));
    first.and_then(Result::ok).map_or(Vec::new(), |scenario| scenario.claims)
}

impl Claim {
    /// The question of the claim, a sentence for each part.
    pub fn sentences(&self) -> Vec<String> {
        match &self.form {
            ClaimForm::Verdict(parts) => parts.iter().map(ClaimPart::sentence).collect(),
            ClaimForm::Table { policies, measures, within, years } => vec![format!(
                "A table of {}{} over {}, {}; no verdict",
                listed(measures.iter().map(|&measure| title(MEASURES[measure]))),
                where_of(within.as_ref()),
                listed(policies.iter().cloned()),
                years.words(),
            )],
        }
    }

    /// Every measure that it asks for, each once.
    pub fn measures(&self) -> Vec<usize> {
        let mut all: Vec<usize> = match &self.form {
            ClaimForm::Verdict(parts) => parts.iter().map(|part| part.measure).collect(),
            ClaimForm::Table { measures, .. } => measures.clone(),
        };
        once(&mut all);
        all
    }

    /// Every policy that it needs, each once.
    pub fn policies(&self) -> Vec<&str> {
        let mut all: Vec<&str> = match &self.form {
            ClaimForm::Verdict(parts) => parts.iter().flat_map(ClaimPart::policies).collect(),
            ClaimForm::Table { policies, .. } => policies.iter().map(String::as_str).collect(),
        };
        once(&mut all);
        all
    }
}

impl ClaimPart {
    /// Every policy that it needs.
    pub fn policies(&self) -> impl Iterator<Item = &str> {
        let net_of = self.net_of.iter().flatten();
        std::iter::once(&self.policy).chain(&self.against).chain(net_of).map(String::as_str)
    }

    /// The question of the part, in a sentence without a full stop.
    pub fn sentence(&self) -> String {
        let measure = MEASURES[self.measure];
        let how = match (&self.against, self.expect) {
            (_, Expectation::Below) => format!("is below {}", self.by.words(measure)),
            (_, Expectation::Above) => format!("is above {}", self.by.words(measure)),
            (None, Expectation::Equals) => format!("is {} in every trial", self.by.words(measure)),
            (Some(against), Expectation::Equals) => format!("is the same as under {against} in every trial"),
            (None, _) => String::new(),
            (Some(against), Expectation::Lower) => format!("is lower than under {against}"),
            (Some(against), Expectation::Higher) => format!("is higher than under {against}"),
            (Some(against), Expectation::NotLower) => format!("is not lower than under {against}"),
            (Some(against), Expectation::NotHigher) => format!("is not higher than under {against}"),
            (Some(against), Expectation::NoDifference) => format!("is no different from that under {against}"),
        };
        let sizeless = self.expect.bound() || self.expect == Expectation::Equals;
        let size = if sizeless { String::new() } else { format!(", by {}", self.by.words(measure)) };
        let net =
            self.net_of.as_ref().map_or(String::new(), |[of, less]| format!(", beyond what {of} differs from {less}"));
        let note = if self.decisive { "" } else { " (reported, not decisive)" };
        let what = title(measure) + &where_of(self.within.as_ref());
        format!("{what} under {} {how}{size}{net}, {}{note}", self.policy, self.years.words())
    }
}

impl SmallestDifference {
    /// How much, with its unit.
    pub fn words(self, measure: &Measure) -> String {
        match self {
            SmallestDifference::Amount(amount) if matches!(measure.unit, "share" | "-" | "index") => written(amount),
            SmallestDifference::Amount(amount) => format!("{} {}", written(amount), measure.unit),
            SmallestDifference::Share(share) => format!("{} % of it", written((share * 1e6).round() / 1e4)),
        }
    }
}

impl ClaimYears {
    /// When, in words.
    pub fn words(self) -> String {
        match self {
            ClaimYears::Last => "in the last year".to_owned(),
            ClaimYears::Span(first, last) if first == last => format!("in year {first}"),
            ClaimYears::Span(first, last) => format!("mean of years {first} to {last}"),
        }
    }
}

/// " in region SSA"; empty for the whole movement.
pub fn where_of(within: Option<&Part>) -> String {
    within.map_or(String::new(), |part| format!(" in {part}"))
}

fn title(measure: &Measure) -> String {
    format!("{} ({})", measure.title, measure.key)
}

fn once<T: PartialEq + Copy>(all: &mut Vec<T>) {
    let mut seen: Vec<T> = Vec::new();
    all.retain(|one| {
        let new = !seen.contains(one);
        seen.push(*one);
        new
    });
}

fn listed(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
