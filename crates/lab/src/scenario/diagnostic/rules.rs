//! All rules of scenario files, one file for each kind of rule.

mod arm;
mod change;
mod claim;
mod file;
mod key;
mod ladder;
mod part;
mod policy;
mod study;
mod value;
mod warning;
mod whole;

use crate::scenario::diagnostic::rule::Rule;

pub(in crate::scenario) use arm::ArmRule;
pub(in crate::scenario) use change::ChangeRule;
pub(in crate::scenario) use claim::{ClaimRule, MOST_PARTS};
pub(in crate::scenario) use file::{FileRule, MAX_CHAIN};
pub(in crate::scenario) use key::KeyRule;
pub(in crate::scenario) use ladder::LadderRule;
pub(in crate::scenario) use part::PartRule;
pub(in crate::scenario) use policy::PolicyRule;
pub(in crate::scenario) use study::StudyRule;
pub(in crate::scenario) use value::ValueRule;
pub(in crate::scenario) use warning::WarningRule;
pub(in crate::scenario) use whole::WholeRule;

/// Every rule, in the order of the codes.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        file::RULES,
        change::RULES,
        key::RULES,
        value::RULES,
        policy::RULES,
        whole::RULES,
        claim::RULES,
        arm::RULES,
        study::RULES,
        warning::RULES,
        part::RULES,
        ladder::RULES,
    ]
    .into_iter()
    .flatten()
}

/// `did you mean …?` where a word is near, or something else.
fn nearest_or(near: Option<&str>, quote: char, other: impl Into<String>) -> String {
    near.map_or_else(|| other.into(), |near| format!("did you mean {quote}{near}{quote}?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_order_and_every_rule_is_explained() {
        let codes: Vec<&str> = rules().map(|rule| rule.code).collect();
        assert!(codes.is_sorted() && codes.windows(2).all(|pair| pair[0] != pair[1]), "{codes:?}");
        for rule in rules() {
            let digits = rule.code.strip_prefix("HS").expect("all begin so");
            assert!(digits.len() == 3 && digits.parse::<u32>().is_ok(), "{}", rule.code);
            assert!(rule.meaning.trim().len() > 20 && rule.meaning.trim().ends_with('.'), "{}", rule.code);
            assert!(!rule.wrong.is_empty(), "{} has no example", rule.code);
            assert_eq!(rule.right.is_empty(), rule.wrong.starts_with('('), "{}", rule.code);
        }
    }
}
