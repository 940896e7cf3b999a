//! Rules of ladders: a bundle of levers step by step.

use super::nearest_or;
use crate::scenario::diagnostic::rule::rules;

/// Up to six levers in a sentence.
fn some(levers: &[String]) -> String {
    let shown: Vec<String> = levers.iter().take(6).map(|lever| format!("`{lever}`")).collect();
    let more = levers.len().saturating_sub(6);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}

rules! {
    /// Rules of ladders.
    pub enum LadderRule;

    /// A step of a ladder takes levers, by their paths. Parameters and facts are the same on all rungs.
    "HS130" NotALever { key: &'a str, near: Option<String> } =>
        format!("`{key}` is no lever"), "the path of a lever, such as hubs.share",
        nearest_or(near.as_deref(), '`', "`hubsim explain policy.hubs` lists those of hubs");
    wrong "[[ladder]]\nfrom = \"status-quo\"\nto = \"longer-grants\"\nsteps = [{ name = \"longer\", levers = [\"grants.year\"] }]",
    right "[[ladder]]\nfrom = \"status-quo\"\nto = \"longer-grants\"\nsteps = [{ name = \"longer\", levers = [\"grants.years\"] }]";

    /// All arms of a ladder are the same world and differ in levers: otherwise a step would bring more than its levers do.
    "HS131" MoreThanLevers { arm: &'a str, from: &'a str } =>
        format!("\"{arm}\" differs from \"{from}\" in more than levers"),
        "arms of a ladder have the same shocks, head start, facts and parameters, and no factors on levers",
        "name a policy that differs in levers only";
    wrong "[[ladder]]\nfrom = \"thematic-hubs\"\nto = \"thematic-hubs-interrupted\"\nsteps = [{ name = \"interrupted\", levers = [\"hubs.share\"] }]",
    right "[[ladder]]\nfrom = \"status-quo\"\nto = \"longer-grants\"\nsteps = [{ name = \"longer\", levers = [\"grants.years\"] }]";

    /// Each leg of a ladder leads somewhere: at its end some lever differs from its start.
    "HS132" SameLevers { arm: &'a str, before: &'a str } =>
        format!("\"{arm}\" has the levers of \"{before}\""), "some lever differs between the ends of a leg",
        "leave one of the two out of the ladder";
    wrong "[[policy]]\nname = \"same\"\nextends = \"status-quo\"\n[[ladder]]\nfrom = \"status-quo\"\nthrough = [\"same\"]\nto = \"longer-grants\"\nsteps = [{ name = \"longer\", levers = [\"grants.years\"] }]",
    right "[[ladder]]\nfrom = \"status-quo\"\nto = \"longer-grants\"\nsteps = [{ name = \"longer\", levers = [\"grants.years\"] }]";

    /// Every lever that differs between the ends of a leg is in a step of that leg: otherwise part of the bundle would be
    /// shown by no step.
    "HS133" LeversLeft { levers: &'a [String], from: &'a str, to: &'a str, before: Option<&'a str> } =>
        format!("no step takes {}, which {} between \"{from}\" and \"{to}\"", some(levers),
            if levers.len() == 1 { "differs" } else { "differ" }),
        "every lever that differs between the ends of a leg is in a step of that leg",
        before.map_or_else(|| "add a step, or add them to one".to_owned(),
            |step| format!("add them to a step before \"{step}\", which belongs to a later leg, or add a step before it"));
    wrong "[[ladder]]\nfrom = \"status-quo\"\nto = \"status-quo-governed\"\nsteps = [{ name = \"oversight\", levers = [\"governance.oversight\"] }]",
    right "[[ladder]]\nfrom = \"status-quo\"\nto = \"status-quo-governed\"\nsteps = [{ name = \"oversight\", levers = [\"governance.oversight\"] }, { name = \"others\", levers = [\"governance.accountability\", \"governance.gate\", \"governance.scanning_years\"] }]";

    /// A step changes something: some lever of it differs between the ends of its leg.
    "HS134" StepOfNothing { step: &'a str, from: &'a str, to: &'a str } =>
        format!("step \"{step}\" changes nothing: no lever of it differs between \"{from}\" and \"{to}\""),
        "a step takes a lever that differs between the ends of its leg, and that no step has taken there",
        "leave the step out, or put it on the leg where its levers differ";
    wrong "[[ladder]]\nfrom = \"status-quo\"\nto = \"longer-grants\"\nsteps = [{ name = \"capped\", levers = [\"grants.cap\"] }, { name = \"longer\", levers = [\"grants.years\"] }]",
    right "[[ladder]]\nfrom = \"status-quo\"\nto = \"longer-grants\"\nsteps = [{ name = \"longer\", levers = [\"grants.years\"] }]";

    /// A lever changes at most once on a leg.
    "HS135" TakenTwice { lever: &'a str, first: &'a str } =>
        format!("`{lever}` is taken by step \"{first}\" of the same leg"), "a lever changes at most once on a leg",
        "leave it out of one of the two";
    wrong "[[ladder]]\nfrom = \"status-quo\"\nto = \"status-quo-governed\"\nsteps = [{ name = \"oversight\", levers = [\"governance.oversight\"] }, { name = \"others\", levers = [\"governance.oversight\", \"governance.accountability\", \"governance.gate\", \"governance.scanning_years\"] }]",
    right "[[ladder]]\nfrom = \"status-quo\"\nto = \"status-quo-governed\"\nsteps = [{ name = \"oversight\", levers = [\"governance.oversight\"] }, { name = \"others\", levers = [\"governance.accountability\", \"governance.gate\", \"governance.scanning_years\"] }]";

    /// A step needs steps that come before it.
    "HS136" NoStepBefore { step: &'a str, need: &'a str, near: Option<&'a str> } =>
        format!("step \"{step}\" needs \"{need}\", which is no step before it"), "`needs` names steps before this one",
        nearest_or(near, '"', "name a step before it, or leave it out");
    wrong "[[ladder]]\nfrom = \"status-quo\"\nto = \"longer-grants\"\nsteps = [{ name = \"longer\", levers = [\"grants.years\"], needs = [\"titles\"] }]",
    right "[[ladder]]\nfrom = \"status-quo\"\nto = \"longer-grants\"\nsteps = [{ name = \"longer\", levers = [\"grants.years\"] }]";

    /// What a rung sets aside is together at most the whole pot, in every year. Two policies may each keep to that, and what
    /// lies between them not.
    "HS137" RungAbovePot { rung: &'a str, total: String, year: u32 } =>
        format!("on the rung \"{rung}\", {total} of the pot is set aside in year {year}"),
        "what is set aside is together at most 1", "take levers that set money aside in the same step, or in another order";
    wrong "policies = [\"one\", \"two\"]\n[[policy]]\nname = \"one\"\nextends = \"status-quo\"\ngrants = { baseline_share = 0.6 }\n[[policy]]\nname = \"two\"\nextends = \"status-quo\"\ngrants = { experiments_share = 0.6 }\n[[ladder]]\nfrom = \"one\"\nto = \"two\"\nsteps = [{ name = \"more\", levers = [\"grants.experiments_share\"] }, { name = \"less\", levers = [\"grants.baseline_share\"] }]",
    right "policies = [\"one\", \"two\"]\n[[policy]]\nname = \"one\"\nextends = \"status-quo\"\ngrants = { baseline_share = 0.6 }\n[[policy]]\nname = \"two\"\nextends = \"status-quo\"\ngrants = { experiments_share = 0.6 }\n[[ladder]]\nfrom = \"one\"\nto = \"two\"\nsteps = [{ name = \"less\", levers = [\"grants.baseline_share\"] }, { name = \"more\", levers = [\"grants.experiments_share\"] }]";

    /// A ladder runs where `policies` names both of its ends, or names nothing. A warning: the scenario runs without it.
    "HS138" IdleLadder { from: &'a str, to: &'a str } =>
        format!("the ladder from \"{from}\" to \"{to}\" does not run"), "`policies` names both ends of a ladder",
        "add both to `policies`, or leave the ladder out";
    wrong "policies = [\"status-quo\"]\n[[ladder]]\nfrom = \"status-quo\"\nto = \"longer-grants\"\nsteps = [{ name = \"longer\", levers = [\"grants.years\"] }]",
    right "policies = [\"status-quo\", \"longer-grants\"]\n[[ladder]]\nfrom = \"status-quo\"\nto = \"longer-grants\"\nsteps = [{ name = \"longer\", levers = [\"grants.years\"] }]";
}
