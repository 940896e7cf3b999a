//! The keys of `[[claim]]` and of its parts.

use crate::scenario::catalogue::own;
use crate::scenario::claim::Expect;
use hubsim_model::catalogue::{Kind, Section, Spec};

const fn form(key: &'static str, values: &'static str, default: &'static str, meaning: &'static str) -> Spec {
    own(key, Kind::Form { values, default }, "-", meaning)
}

const REQUIRED: &str = "none: it must be given";

/// A claim's own keys.
pub const CLAIM: Section = Section {
    name: "claim",
    meaning: "A statement that a study is to test, and what must show to support it. A claim of one part may have the keys of \
              that part itself.",
    off: None,
    specs: &[
        form(
            "id",
            "letters, digits, `-`, `_` and `.`, 40 at most",
            REQUIRED,
            "What the claim is called, unique among the claims; a claim of the scenario that is extended is changed by its \
             id, and dropped with `remove = true`.",
        ),
        form("statement", "text in one line", REQUIRED, "The statement, in a sentence."),
        own("source", Kind::Text, "-", "The question of the source in which the statement stands."),
        own(
            "kind",
            Kind::Choice { options: &["verdict", "table"], default: "verdict" },
            "-",
            "Whether it asks for a verdict, or for a table of measures over policies without one.",
        ),
        form(
            "parts",
            "a list of { measure = …, policy = …, against = …, expect = … }",
            "none: then the claim has these keys itself",
            "The comparisons by which it is judged: supported if all decisive ones are, contradicted if one is.",
        ),
        form(
            "policies",
            "a list of names of policies, at least two",
            "none: a table must have it",
            "Of a table: its policies; the others are compared with the first.",
        ),
        form(
            "measures",
            "a list of keys of measures, at least one",
            "none: a table must have it",
            "Of a table: its measures.",
        ),
        form(
            "because",
            "a list of keys of measures",
            "none",
            "Measures that may tell why it came out as it did, likeliest first.",
        ),
        own(
            "built_in",
            Kind::Text,
            "-",
            "In what way its outcome is built into the model, if it is: said beside the verdict.",
        ),
    ],
};

/// The keys of a part.
pub const PART: Section = Section {
    name: "claim.parts",
    meaning: "One comparison of a claim: a measure under a policy against another, which way it should go and by how much.",
    off: None,
    specs: &[
        form("measure", "the key of a measure", REQUIRED, "What is compared."),
        form("policy", "the name of a policy", REQUIRED, "The policy that the claim is about."),
        form(
            "against",
            "the name of a policy",
            "none: it must be given, but for below and above",
            "The policy it is compared with, replicate by replicate.",
        ),
        form(
            "net_of",
            "a list of two names of policies",
            "none",
            "Two policies whose difference, the first less the second, is taken off that of `policy` and `against`: what is \
             tested is then a difference of differences.",
        ),
        form(
            "expect",
            "one of lower, higher, not lower, not higher, below, above",
            REQUIRED,
            "Which way the claim expects it to go. Below and above hold the policy against a bound, the others against \
             another policy.",
        ),
        form(
            "by",
            "a number of at least 0; of below and above, the bound",
            "0.03 for a measure that lies between 0 and 1, else a tenth of what it is compared with",
            "The smallest difference that matters, in the measure's unit; of below and above, the bound, which must be given.",
        ),
        form(
            "by_share",
            "a number of at least 0, 1 at most",
            "none: `by` holds",
            "The smallest difference that matters, as a share of the mean of what it is compared with.",
        ),
        form("year", "a whole number from 0 to 500", "the scenario's last year", "The year that is looked at."),
        form(
            "years",
            "two whole numbers from 0 to 500: [first, last]",
            "none: `year` holds",
            "The years of which the mean is taken, those without a value left out. In a run that ends \
             before them, the mean is of those that are there.",
        ),
        own(
            "decisive",
            Kind::Flag { default: true },
            "-",
            "Whether the verdict depends on it; what follows almost directly from a lever is only reported.",
        ),
    ],
};

/// What may stand after `expect`.
pub(in crate::scenario) const EXPECTATIONS: [(&str, Expect); 6] = [
    ("lower", Expect::Lower),
    ("higher", Expect::Higher),
    ("not lower", Expect::NotLower),
    ("not higher", Expect::NotHigher),
    ("below", Expect::Below),
    ("above", Expect::Above),
];

impl Expect {
    /// As scenario files write it.
    pub fn word(self) -> &'static str {
        EXPECTATIONS.iter().find(|(_, expect)| *expect == self).map_or("", |(word, _)| word)
    }

    /// Whether a policy is held against a bound, and not against another policy.
    pub fn bound(self) -> bool {
        matches!(self, Expect::Below | Expect::Above)
    }
}
