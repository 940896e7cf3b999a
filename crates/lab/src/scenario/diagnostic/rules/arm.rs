//! Rules of arms that are made from policies: ablations, head starts, and arms that set keys.

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

    /// An arm sets something, or has a shock of its own: otherwise it would be its policy.
    "HS101" ArmOfNothing { policy: &'a str } =>
        format!("this arm sets nothing: it is policy \"{policy}\" itself"), "an arm differs from its policy",
        "add `set = { \"key.path\" = value }` or an `[[arm.shock]]`, or leave the arm out";
    wrong "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"",
    right "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"production.find\" = 0.6 }";

    /// An arm sets levers (`policy.hubs.share`), parameters (`production.find`) and facts (`region.North.online`), by their
    /// keys. What belongs to the study, such as `years`, is the same for all arms.
    "HS102" NoSuchKey { key: &'a str, near: Option<String> } =>
        format!("`{key}` is no key that an arm can set"),
        "the path of a lever (policy.hubs.share), a parameter (production.find) or a fact (region.NAME.online)",
        nearest_or(near.as_deref(), '`', "`hubsim explain KEY` explains every key");
    wrong "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"production.fnd\" = 0.6 }",
    right "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"production.find\" = 0.6 }";

    /// A name, or a pattern in which `*` stands for any text, is that of an entry.
    "HS103" MatchesNothing { list: &'a str, pattern: &'a str, near: Option<String> } =>
        format!("no {list} is called \"{pattern}\""), format!("the name of a [[{list}]]; `*` stands for any text"),
        nearest_or(near.as_deref(), '"', "write a name of the scenario, or `*` for all");
    wrong "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"region.Nroth.volunteers\" = 10 }",
    right "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"region.*th.volunteers\" = 10 }";

    /// Where several patterns match a name, the closest one holds: the name itself, then the pattern with the most letters.
    /// Two that are equally close would leave open which.
    "HS104" TwoPatterns { key: &'a str, first: String } =>
        format!("a second value for `{key}`"), "where several patterns match, the one with the most letters holds",
        format!("the other one, of equally many letters, is in {first}: make one of them longer");
    wrong "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"region.N*.volunteers\" = 10, \"region.*h.volunteers\" = 20 }",
    right "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"region.N*.volunteers\" = 10, \"region.*uth.volunteers\" = 20 }";

    /// Only numbers can be multiplied.
    "HS105" NotMultiplied { key: &'a str } =>
        format!("`{key}` is no number"), "`times` multiplies a number, or the numbers of a table", "write a value instead";
    wrong "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"region.North.group\" = { times = 2 } }",
    right "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"region.North.volunteers\" = { times = 2 } }";

    /// Organisations and funders can be left out of an arm; regions and themes are named by other keys.
    "HS106" NotRemoved { key: &'a str } =>
        format!("`{key}` cannot be removed"),
        "`remove = true` leaves out organisations or funders, `remove = false` keeps those that a shorter pattern removes",
        "write `\"organisation.NAME\" = { remove = true }`, or set one of its keys";
    wrong "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"region.North\" = { remove = true } }",
    right "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"organisation.North *\" = { remove = true } }";

    /// A key is given a value, `{ times = 2 }` or `{ remove = true }`.
    "HS107" NoChange { key: &'a str, noun: &'a str } =>
        format!("`{key}` cannot be set to {noun} like this"), "a value, { times = 2 } or { remove = true }",
        "write one of the three";
    wrong "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"production.find\" = { times = 2, remove = true } }",
    right "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"production.find\" = { times = 2 } }";

    /// A parameter or fact of an arm is one value: what is uncertain is drawn for the world, the same for all arms.
    "HS108" DrawnInArm { key: &'a str } =>
        format!("`{key}` is a distribution"), "an arm sets one value; the uncertain numbers are drawn for the world",
        "write a number, or `{ times = 2 }`, which multiplies what each world draws";
    wrong "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"production.find\" = { uniform = [0.1, 0.2] } }",
    right "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"production.find\" = { times = 0.5 } }";
}
