//! Levers: at their neutral value they change nothing, bit for bit; turned, each of them does something.

use hubsim_lab::experiment::designs::levers::{LeverEffect, LeverResponse, probe_values, run_levers, surroundings};
use hubsim_lab::experiment::{self, NullSink};
use hubsim_lab::scenario::{Changes, Scenario};
use hubsim_model::catalogue::{Kind, Limit, Limited, Section, Spec};
use hubsim_model::inputs::Inputs;
use hubsim_model::policy::Policy;
use hubsim_model::policy::levers::{GovernanceLevers, GrantLevers, HubKind, HubLevers};
use hubsim_model::policy::preconditions::unmet;
use hubsim_model::random::Stream;
use hubsim_model::simulation;
use hubsim_model::units::Quarters;
use serde_json::{Value, json};

use crate::worlds::{shipped, small};

fn digest(inputs: &Inputs, policy: &Policy, replicate: u32) -> String {
    experiment::digest(&simulation::simulate(inputs, policy, Stream::new(1, replicate), 6))
}

/// A policy with one lever turned; `part` is `grants`, `hubs` or `governance`.
fn turned(policy: &Policy, part: &str, key: &str, value: Value) -> Policy {
    let mut tree = serde_json::to_value(policy).expect("plain data");
    assert!(tree[part].get(key).is_some(), "no lever {part}.{key}");
    tree[part][key] = value;
    serde_json::from_value(tree).expect("a valid lever")
}

/// The neutral value that the catalogue names, if there is one.
fn neutral(spec: &Spec) -> Option<Value> {
    match (&spec.kind, spec.neutral) {
        (Kind::Number(_) | Kind::Path(_), text) => text.parse::<f64>().ok().map(|value| json!(value)),
        (Kind::Limit(limited), text) => (text == limited.word).then(|| json!(text)),
        (Kind::Flag { .. }, text) => text.parse::<bool>().ok().map(|value| json!(value)),
        (Kind::Choice { options, .. }, text) => options.contains(&text).then(|| json!(text)),
        (Kind::Set { options, .. }, "all kinds") => Some(json!(options)),
        _ => None,
    }
}

const PARTS: [(&str, Section); 3] =
    [("grants", GrantLevers::SECTION), ("hubs", HubLevers::SECTION), ("governance", GovernanceLevers::SECTION)];

#[test]
fn at_its_neutral_value_a_lever_changes_nothing() {
    let (_, inputs) = small();
    let mut plain = Policy::default();
    let mut tried = 0;
    for kind in [HubKind::None, HubKind::Thematic, HubKind::Both] {
        plain.hubs.kind = kind;
        let expected = digest(&inputs, &plain, 0);
        for (part, section) in PARTS {
            for spec in section.specs {
                let Some(value) = neutral(spec) else { continue };
                if spec.key == "kind" {
                    continue;
                }
                // A line that stays at the neutral value is neutral too.
                let line = json!({ "from": value, "to": value, "by_year": 3.0 });
                let values = if matches!(spec.kind, Kind::Path(_)) { vec![value, line] } else { vec![value] };
                for value in values {
                    let policy = turned(&plain, part, spec.key, value);
                    assert_eq!(digest(&inputs, &policy, 0), expected, "{part}.{} at its neutral value", spec.key);
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 30, "{tried} neutral values");
}

/// A limit that nothing reaches changes as little as no limit.
#[test]
fn what_binds_nobody_changes_nothing() {
    let (_, inputs) = small();
    let mut plain = Policy::default();
    plain.hubs.kind = HubKind::Thematic;
    plain.hubs.share = 0.1.into();
    let expected = digest(&inputs, &plain, 0);
    for (part, key, value) in [
        ("grants", "cap", 1e9),
        ("hubs", "hubs_at_most", 500.0),
        ("hubs", "wave_size", 100.0),
        ("hubs", "term_limit", 20.0),
        ("hubs", "review_years", 50.0),
        // Levers that the catalogue calls without effect here.
        ("hubs", "pilot_years", 7.0),
        ("hubs", "strictness", 1.4),
        ("hubs", "independence", 1.0),
    ] {
        assert_eq!(digest(&inputs, &turned(&plain, part, key, json!(value)), 0), expected, "{part}.{key} = {value}");
    }
    let outcomes = json!(["split", "re-scope", "move", "reallocate", "end"]);
    assert_eq!(digest(&inputs, &turned(&plain, "hubs", "outcomes", outcomes), 0), expected);
}

/// Without hubs no lever of the hub programme matters.
#[test]
fn without_hubs_their_levers_are_dead() {
    let (scenario, inputs) = small();
    let mut plain = shipped(&scenario, "status-quo");
    let expected = digest(&inputs, &plain, 0);
    for name in ["thematic-hubs", "incumbents-claim"] {
        plain.hubs = shipped(&scenario, name).hubs;
        plain.hubs.kind = HubKind::None;
        assert_eq!(digest(&inputs, &plain, 0), expected);
    }
}

/// Names of regions or themes.
fn names(inputs: &Inputs, of: &str) -> Vec<String> {
    match of {
        "region" => inputs.region.iter().map(|region| region.name.clone()).collect(),
        _ => inputs.theme.iter().map(|theme| theme.name.clone()).collect(),
    }
}

/// Values that should bite, for levers whose range alone does not say.
fn biting(part: &str, spec: &Spec, inputs: &Inputs) -> Vec<Value> {
    match &spec.kind {
        Kind::Number(n) | Kind::Path(n) | Kind::Limit(Limited { number: n, .. }) => {
            let (low, high) = n.range;
            let values = [low, low + 0.25 * (high - low), 0.5 * (low + high), high];
            values.map(|x| json!(if n.whole { x.round() } else { x })).to_vec()
        }
        Kind::Flag { .. } => vec![json!(true), json!(false)],
        Kind::Choice { options, .. } => options.iter().map(|o| json!(o)).collect(),
        Kind::Set { options, .. } => options.iter().map(|o| json!([o])).collect(),
        Kind::Mix { options, .. } => options.iter().map(|o| json!({ *o: 1.0 })).collect(),
        Kind::Shares { to, .. } => names(inputs, to).into_iter().map(|name| json!({ name: 1.0 })).collect(),
        Kind::References { to, .. } => names(inputs, to).into_iter().map(|name| json!([name])).collect(),
        _ => panic!("{part}.{} is no lever", spec.key),
    }
}

/// No lever is a dummy: in some of a few worlds, under the policy with every safeguard, each changes the history.
#[test]
fn every_lever_does_something() {
    let (scenario, mut inputs) = small();
    inputs.parameters.mandates.least_expertise = 0.05;
    inputs.parameters.mandates.sunk_cost = 0.1;
    // Misconduct begins within six years and is known when money is given.
    inputs.parameters.conduct.hazard = 0.1;
    inputs.parameters.deciding.delay_foundation = Quarters(4.0);
    // Small money and early reviews, so that caps and terms are met within six years.
    let mut plain = shipped(&scenario, "thematic-hubs");
    plain.hubs.review_years = 1.0.into();
    plain.hubs.term_years = 2.0;
    plain.hubs.term_limit = 1.0.into();
    plain.hubs.pilot_years = 1.0;
    plain.hubs.wave_years = 1.0;
    plain.hubs.strictness = 1.2;
    // What is between two kinds of hubs needs both, and somebody's hands free; a wave is full where many hubs are open:
    // after the pilots of one kind, hardly two remain for which a holder is left that never went astray.
    let mut both = plain.clone();
    (both.hubs.kind, both.hubs.max_each, both.hubs.min_partners) = (HubKind::Both, 2.0, 0.0);
    (both.hubs.pilots, both.hubs.wave_size) = (0.0, Limit::None);
    // What a desk may have needs one, and that its share is not what binds.
    let mut desk = plain.clone();
    (desk.governance.desk_share, desk.governance.desk_pilots, desk.governance.desk_wave_size) =
        (0.8.into(), 1.0, 1.0.into());
    let digests = |policy: &Policy| (0..4).map(|replicate| digest(&inputs, policy, replicate)).collect::<Vec<String>>();
    let expected = [&plain, &both, &desk].map(digests);
    let mut dead = Vec::new();
    for (part, section) in PARTS {
        for spec in section.specs {
            let at = match spec.key {
                "clarity" | "delegated" | "wave_size" => 1,
                key if key.starts_with("desk_") && key != "desk_share" || key == "staff_in" => 2,
                _ => 0,
            };
            let plain = [&plain, &both, &desk][at];
            let alive = biting(part, spec, &inputs).into_iter().any(|value| {
                let policy = turned(plain, part, spec.key, value);
                policy != *plain && (0..4).any(|r| digest(&inputs, &policy, r) != expected[at][r as usize])
            });
            if !alive {
                dead.push(format!("{part}.{}", spec.key));
            }
        }
    }
    assert!(dead.is_empty(), "levers without effect: {dead:?}");
}

/// The small world with four replicates under some policy, and with what makes every lever of it matter.
fn turn(policy: &str, more: &[&str]) -> Vec<LeverEffect> {
    let changes = Changes {
        policies: Some(vec![policy.to_owned()]),
        replicates: Some(4),
        set: more.iter().map(|&set| set.to_owned()).collect(),
        ..Changes::default()
    };
    let scenario = Scenario::find("small", &changes).unwrap_or_else(|problems| panic!("{problems}"));
    run_levers(&scenario, &NullSink).expect("nothing stops it")
}

/// Whatever does nothing under the policy with every safeguard has a reason that is known, and nothing that has one does
/// anything.
#[test]
fn no_lever_is_without_effect_for_no_reason() {
    // One pilot, so that more are left than a wave has.
    let set: Vec<String> =
        ["review_years=1", "term_years=2", "pilot_years=1", "wave_years=1", "strictness=1.2", "pilots=1"]
            .map(|lever| format!("policy.thematic-hubs.hubs.{lever}"))
            .into();
    let mut more: Vec<&str> = set.iter().map(String::as_str).collect();
    more.extend([
        "mandates.least_expertise=0.05",
        "mandates.sunk_cost=0.1",
        "conduct.hazard=0.1",
        "deciding.delay_foundation=4",
        "policy.thematic-hubs.hubs.term_limit=1",
    ]);
    let found = turn("thematic-hubs", &more);
    for of in &found {
        let dead = matches!(of.response, LeverResponse::Identical(_));
        assert_eq!(dead, of.unmet.is_some(), "{of:?}");
    }
    let dead: Vec<&str> = found.iter().filter(|of| of.unmet.is_some()).map(|of| of.lever.1).collect();
    let desk = ["desk_cap", "desk_pilots", "desk_wave_size", "desk_wave_years", "staff_in"];
    let expected = [&["clarity", "delegated"][..], &desk].concat();
    assert_eq!(dead, expected, "what is between two kinds of hubs, and what a desk has");
    // Without hubs, all their levers but the one that says whether there are any.
    let hubs = turn("status-quo", &[]).into_iter().filter(|of| of.lever.0 == "hubs");
    let alive: Vec<&str> =
        hubs.filter(|of| !matches!(of.response, LeverResponse::Identical(Some(_)))).map(|of| of.lever.1).collect();
    assert_eq!(alive, ["kind"]);
}

/// What a lever is said to need, it needs: without it, each value of it gives the same history.
#[test]
fn without_what_it_needs_a_lever_does_nothing() {
    let (scenario, inputs) = small();
    let around = surroundings(&inputs, 6);
    let mut plain = shipped(&scenario, "thematic-hubs");
    (plain.hubs.review_years, plain.hubs.term_limit, plain.hubs.pilots, plain.hubs.share) =
        (Limit::None, Limit::None, 0.0, 0.0.into());
    plain.grants.score = hubsim_model::policy::levers::ScoreMix { need: 1.0, ..Default::default() };
    let mut late = plain.clone();
    (late.hubs.first_year, late.hubs.review_years, late.grants.award) =
        (3.0, 4.0.into(), hubsim_model::policy::levers::AwardRule::Equal);
    let mut regional = plain.clone();
    (regional.hubs.kind, regional.hubs.first_year, regional.hubs.hub_cap) = (HubKind::Regional, 7.0, 0.0);
    let mut found = Vec::new();
    for policy in [plain, late, regional] {
        let expected = [0, 1].map(|replicate| digest(&inputs, &policy, replicate));
        for (part, section) in PARTS {
            for spec in section.specs {
                let Some(reason) = unmet(&policy, around, part, spec.key) else { continue };
                found.push(reason);
                for value in probe_values(spec) {
                    let turned = turned(&policy, part, spec.key, value.clone());
                    let digests = [0, 1].map(|replicate| digest(&inputs, &turned, replicate));
                    assert_eq!(digests, expected, "{part}.{} = {value}, though {reason}", spec.key);
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    assert!(found.len() >= 9, "{found:?}");
}
