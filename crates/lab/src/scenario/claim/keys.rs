//! The keys of `[[claim]]` and of its parts.

use crate::scenario::catalogue::own_keys::{MAX_YEARS, own};
use crate::scenario::claim::Expectation;
use hubsim_model::catalogue::{Absent, Kind, Section, Spec};

const fn key(key: &'static str, kind: Kind, meaning: &'static str) -> Spec {
    own(key, kind, "-", meaning)
}

const POLICY: Kind = Kind::Reference { to: "policy", required: true };

const YEAR: Spec =
    key("year", Kind::Year { most: MAX_YEARS, absent: "the scenario's last year" }, "The year that is looked at.");

const YEARS: Spec = key(
    "years",
    Kind::Years { most: MAX_YEARS, absent: "none: `year` holds" },
    "The years of which the mean is taken, those without a value left out. In a run that ends \
     before them, the mean is of those that are there.",
);

const REGION: Spec = key(
    "region",
    Kind::Reference { to: "region", required: false },
    "The region that is looked at, instead of the whole movement. Not every measure can be asked for a part of the movement.",
);

const GROUP: Spec = key(
    "group",
    Kind::Reference { to: "group", required: false },
    "The group of regions that is looked at, instead of the whole movement.",
);

const THEME: Spec = key(
    "theme",
    Kind::Reference { to: "theme", required: false },
    "The theme that is looked at, instead of the whole movement.",
);

/// The keys of a part that a table may have, too.
pub(in crate::scenario) const SHARED: Section = Section { specs: &[REGION, GROUP, THEME, YEAR, YEARS], ..PART };

/// A claim's own keys.
pub const CLAIM: Section = Section {
    name: "claim",
    meaning: "A statement that a study is to test, and what must show to support it. A claim of one part may have the keys of \
              that part itself.",
    off: None,
    specs: &[
        key(
            "id",
            Kind::Identifier,
            "The identifier of the claim, unique among the claims; a claim of the scenario that is extended is changed by its \
             id, and dropped with `remove = true`.",
        ),
        key("statement", Kind::Line(Absent::Required), "The statement, in a sentence."),
        key("source", Kind::Line(Absent::Empty), "The question of the source in which the statement stands."),
        key(
            "kind",
            Kind::Choice { options: &["verdict", "table"], default: "verdict" },
            "Whether it asks for a verdict, or for a table of measures over policies without one.",
        ),
        key(
            "parts",
            Kind::Entries { section: &PART, absent: "none: then the claim has these keys itself" },
            "The comparisons that test it: supported if all decisive ones are, contradicted if one is.",
        ),
        key(
            "policies",
            Kind::References { to: "policy", least: 2, most: None, absent: "none: a table must have it" },
            "Of a table: its policies; the others are compared with the first.",
        ),
        key("measures", Kind::Measures { least: 1, absent: "none: a table must have it" }, "Of a table: its measures."),
        key(
            "because",
            Kind::Measures { least: 0, absent: "none" },
            "Measures that may explain the result, likeliest first.",
        ),
        key(
            "built_in",
            Kind::Line(Absent::Empty),
            "How far its result is built into the model; reported beside the verdict.",
        ),
    ],
};

/// The keys of a part.
pub const PART: Section = Section {
    name: "claim.parts",
    meaning: "One comparison of a claim: a measure under a policy against another, the expected direction and by how much.",
    off: None,
    specs: &[
        key("measure", Kind::Measure, "The measure that is compared."),
        REGION,
        GROUP,
        THEME,
        key("policy", POLICY, "The policy that the claim is about."),
        key(
            "against",
            Kind::Reference { to: "policy", required: false },
            "The policy it is compared with, replicate by replicate.",
        ),
        key(
            "net_of",
            Kind::References { to: "policy", least: 2, most: Some(2), absent: "none" },
            "Two policies whose difference, the first minus the second, is subtracted from that of `policy` and `against`: then \
             a difference of differences is tested.",
        ),
        key(
            "expect",
            Kind::Word {
                options: &["lower", "higher", "not lower", "not higher", "no difference", "below", "above", "equals"],
            },
            "The expected direction. Below and above compare the policy with a bound, equals with a number (`to`) or another policy, in \
             every trial and without a test; the others compare with another policy.",
        ),
        key(
            "to",
            Kind::Size { bounds: (f64::NEG_INFINITY, f64::INFINITY), absent: "none: equals compares with `against`" },
            "Of equals: the number that the measure has in every trial.",
        ),
        key(
            "by",
            Kind::Size {
                bounds: (f64::NEG_INFINITY, f64::INFINITY),
                absent: "0.03 for a measure that lies between 0 and 1, else a tenth of the mean of the reference",
            },
            "The smallest difference that matters, in the measure's unit; of below and above, the bound, which must be given.",
        ),
        key(
            "by_share",
            Kind::Size { bounds: (0.0, 1.0), absent: "none: `by` holds" },
            "The smallest difference that matters, as a share of the mean of the reference.",
        ),
        YEAR,
        YEARS,
        key(
            "decisive",
            Kind::Flag { default: true },
            "Whether the verdict depends on it; what follows almost directly from a lever is only reported.",
        ),
    ],
};

/// The values of `expect`.
pub(in crate::scenario) const EXPECTATIONS: [(&str, Expectation); 8] = [
    ("lower", Expectation::Lower),
    ("higher", Expectation::Higher),
    ("not lower", Expectation::NotLower),
    ("not higher", Expectation::NotHigher),
    ("below", Expectation::Below),
    ("above", Expectation::Above),
    ("no difference", Expectation::NoDifference),
    ("equals", Expectation::Equals),
];

impl Expectation {
    /// The word in scenario files.
    pub fn word(self) -> &'static str {
        EXPECTATIONS.iter().find(|(_, expect)| *expect == self).map_or("", |(word, _)| word)
    }

    /// Whether a policy is compared with a bound instead of another policy.
    pub fn bound(self) -> bool {
        matches!(self, Expectation::Below | Expectation::Above)
    }
}
