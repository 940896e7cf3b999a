//! Rules of arms that are derived from policies: ablations and head starts.

use super::nearest_or;
use crate::scenario::diagnostic::rule::rules;
use crate::scenario::nearest::{listed, nearest};
use hubsim_model::policy::mitigations::MITIGATIONS;

fn names() -> impl Iterator<Item = &'static str> + Clone {
    MITIGATIONS.iter().map(|mitigation| mitigation.name)
}

rules! {
    /// Rules of arms.
    pub enum ArmRule;

    /// `without` names mitigations. `hubsim explain` explains each of them.
    "HS095" NoMitigation { word: &'a str } =>
        format!("there is no mitigation \"{word}\""), format!("one of {}", listed(names(), "or")),
        nearest_or(nearest(word, names()), '"', "`hubsim explain` explains each of them");
    wrong "[[ablation]]\npolicy = \"thematic-hubs\"\nwithout = [\"pilot\"]",
    right "[[ablation]]\npolicy = \"thematic-hubs\"\nwithout = [\"pilots\"]";

    /// Each arm leaves out at least one mitigation.
    "HS096" WithoutNothing {} =>
        "without nothing it is the policy itself", "a list of mitigations; a list within it goes together",
        "name a mitigation, or leave this out";
    wrong "[[ablation]]\npolicy = \"thematic-hubs\"\nwithout = [[]]",
    right "[[ablation]]\npolicy = \"thematic-hubs\"\nwithout = [\"pilots\"]";

    /// Only a mitigation that the policy has can be left out. Otherwise the arm would be the policy itself, and the
    /// comparison would show that the mitigation has no effect.
    "HS097" NotInPolicy { policy: &'a str, why: &'a str, mitigation: &'a str, lever: String } =>
        format!("policy \"{policy}\" {why}: without {mitigation} it is the policy itself"),
        "`without` takes out what the policy has",
        format!("leave \"{mitigation}\" out, or give the policy some: `hubsim explain policy.{lever}`");
    wrong "[[ablation]]\npolicy = \"status-quo\"\nwithout = [\"pilots\"]",
    right "[[ablation]]\npolicy = \"thematic-hubs\"\nwithout = [\"pilots\"]";

    /// Every arm is made once.
    "HS098" SecondArm { what: String, rule: &'a str, first: String } =>
        format!("a second {what}"), rule, format!("the first is in {first}: leave one of them out");
    wrong "[[ablation]]\npolicy = \"thematic-hubs\"\nwithout = [[\"pilots\", \"evidence\"], [\"pilots\", \"evidence\"]]",
    right "[[ablation]]\npolicy = \"thematic-hubs\"\nwithout = [[\"pilots\", \"evidence\"]]";

    /// No policy has the name of an arm that is made.
    "HS099" NameTaken { name: &'a str, arm: &'a str } =>
        format!("there is a policy \"{name}\" already"), "names of [[policy]] are unique",
        format!("rename that policy, or leave the {arm} out");
    wrong "[[policy]]\nname = \"thematic-hubs without pilots\"\n[[ablation]]\npolicy = \"thematic-hubs\"\nwithout = [\"pilots\"]",
    right "[[ablation]]\npolicy = \"thematic-hubs\"\nwithout = [\"pilots\"]";

    /// With a head start an organisation begins with more than without.
    "HS100" HeadStartOfNothing { policy: &'a str } =>
        format!("with 0 more it is policy \"{policy}\" itself"), "a head start is more than nothing",
        "write `more = 0.5`, or leave this out";
    wrong "[[head_start]]\npolicy = \"status-quo\"\nmore = 0",
    right "[[head_start]]\npolicy = \"status-quo\"\nmore = 0.5";
}
