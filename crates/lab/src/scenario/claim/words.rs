//! What a claim asks, in words.

use crate::scenario::built_in::BUILT_IN;
use crate::scenario::catalogue::written;
use crate::scenario::claim::{Asks, By, Claim, Expect, Part, Years};
use crate::scenario::{Changes, Scenario};
use hubsim_model::measures::{MEASURES, Measure};

/// The claims that every built-in scenario has; none if they could not be read, which a test rules out.
pub fn explained() -> Vec<Claim> {
    let first = BUILT_IN.first().map(|built_in| Scenario::find(built_in.name, &Changes::default()));
    first.and_then(Result::ok).map_or(Vec::new(), |scenario| scenario.claims)
}

impl Claim {
    /// What it asks, a sentence for each part.
    pub fn sentences(&self) -> Vec<String> {
        match &self.asks {
            Asks::Verdict(parts) => parts.iter().map(Part::sentence).collect(),
            Asks::Table { policies, measures, years } => vec![format!(
                "A table of {} over {}, {}; no verdict",
                listed(measures.iter().map(|&measure| title(MEASURES[measure]))),
                listed(policies.iter().cloned()),
                years.words(),
            )],
        }
    }

    /// Every measure that it asks for, each once.
    pub fn measures(&self) -> Vec<usize> {
        let mut all: Vec<usize> = match &self.asks {
            Asks::Verdict(parts) => parts.iter().map(|part| part.measure).collect(),
            Asks::Table { measures, .. } => measures.clone(),
        };
        once(&mut all);
        all
    }

    /// Every policy that it needs, each once.
    pub fn policies(&self) -> Vec<&str> {
        let mut all: Vec<&str> = match &self.asks {
            Asks::Verdict(parts) => parts.iter().flat_map(Part::policies).collect(),
            Asks::Table { policies, .. } => policies.iter().map(String::as_str).collect(),
        };
        once(&mut all);
        all
    }
}

impl Part {
    /// Every policy that it needs.
    pub fn policies(&self) -> impl Iterator<Item = &str> {
        let net_of = self.net_of.iter().flatten();
        std::iter::once(&self.policy).chain(&self.against).chain(net_of).map(String::as_str)
    }

    /// What it asks, in a sentence without its point.
    pub fn sentence(&self) -> String {
        let measure = MEASURES[self.measure];
        let how = match (&self.against, self.expect) {
            (_, Expect::Below) => format!("is below {}", self.by.words(measure)),
            (_, Expect::Above) => format!("is above {}", self.by.words(measure)),
            (None, _) => String::new(),
            (Some(against), Expect::Lower) => format!("is lower than under {against}"),
            (Some(against), Expect::Higher) => format!("is higher than under {against}"),
            (Some(against), Expect::NotLower) => format!("is not lower than under {against}"),
            (Some(against), Expect::NotHigher) => format!("is not higher than under {against}"),
        };
        let size = if self.expect.bound() { String::new() } else { format!(", by {}", self.by.words(measure)) };
        let net =
            self.net_of.as_ref().map_or(String::new(), |[of, less]| format!(", beyond what {of} differs from {less}"));
        let note = if self.decisive { "" } else { " (reported, not decisive)" };
        format!("{} under {} {how}{size}{net}, {}{note}", title(measure), self.policy, self.years.words())
    }
}

impl By {
    /// How much, with its unit.
    pub fn words(self, measure: &Measure) -> String {
        match self {
            By::Amount(amount) if matches!(measure.unit, "share" | "-" | "index") => written(amount),
            By::Amount(amount) => format!("{} {}", written(amount), measure.unit),
            By::Share(share) => format!("{} % of it", written((share * 1e6).round() / 1e4)),
        }
    }
}

impl Years {
    /// When, in words.
    pub fn words(self) -> String {
        match self {
            Years::Last => "in the last year".to_owned(),
            Years::Span(first, last) if first == last => format!("in year {first}"),
            Years::Span(first, last) => format!("mean of years {first} to {last}"),
        }
    }
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
