//! Mitigations that a policy does not have: to go without them changes nothing.

use crate::scenario::tree::{Node, Table, Value};
use hubsim_model::catalogue::{Kind, Spec};
use hubsim_model::policy::levers::PolicySection;
use hubsim_model::policy::mitigations::{LeverSetting, Mitigation, SettingValue};

/// Why a policy without this mitigation would be the policy itself, if it would.
pub(super) fn idle(levers: &Table, mitigation: &Mitigation) -> Option<String> {
    if mitigation.settings.iter().all(|setting| setting.lever.section() == PolicySection::Hubs) && !hubs(levers) {
        return Some("has no hubs".to_owned());
    }
    let same = |setting: &LeverSetting| {
        let (part, key) = (setting.lever.section().name(), setting.lever.key());
        unchanged(lever(levers, part, key), setting.lever.spec(), setting.value)
    };
    mitigation.settings.iter().all(same).then(|| format!("has no {} to go without", mitigation.name))
}

/// Whether a policy has hubs of some kind.
fn hubs(levers: &Table) -> bool {
    lever(levers, "hubs", "kind").is_some_and(|kind| kind.text() != Some("none"))
}

fn lever<'a>(levers: &'a Table, part: &str, key: &str) -> Option<&'a Node> {
    levers.get(part)?.node.get(key)
}

/// Whether a lever, or its default where it is not given, is already what it would be set to. What is not of the lever's
/// kind differs: that is told elsewhere.
fn unchanged(node: Option<&Node>, spec: &Spec, setting: SettingValue) -> bool {
    match (setting, spec.kind) {
        (SettingValue::Number(to), Kind::Number(number) | Kind::Path(number)) => match node {
            None => number.default == Some(to),
            Some(node) => always(node) == Some(to),
        },
        (SettingValue::Flag(to), Kind::Flag { default }) => match node.map(|node| &node.value) {
            None => default == to,
            Some(value) => matches!(value, Value::Flag(flag) if *flag == to),
        },
        (SettingValue::Words(to), Kind::Set { default, .. }) => {
            let words = words(node, default);
            words.len() == to.len() && to.iter().all(|word| words.contains(word))
        }
        (SettingValue::Less(word), Kind::Set { default, .. }) => !words(node, default).contains(&word),
        (SettingValue::Weights(to), Kind::Mix { default, .. }) => weights(node, default).is_some_and(|from| {
            let (from, to) = (relative(from), relative(to.to_vec()));
            from.len() == to.len() && to.iter().all(|pair| from.contains(pair))
        }),
        _ => false,
    }
}

/// A number that is the same in every world and every year.
fn always(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Whole(number) => Some(*number as f64),
        Value::Real(number) => Some(*number),
        Value::Table(_) => {
            let (from, to) = (always(node.get("from")?)?, always(node.get("to")?)?);
            (from == to).then_some(from)
        }
        _ => None,
    }
}

fn words<'a>(node: Option<&'a Node>, default: &[&'a str]) -> Vec<&'a str> {
    match node {
        None => default.to_vec(),
        Some(node) => node.list().unwrap_or(&[]).iter().filter_map(Node::text).collect(),
    }
}

fn weights<'a>(node: Option<&'a Node>, default: &[(&'a str, f64)]) -> Option<Vec<(&'a str, f64)>> {
    let Some(node) = node else { return Some(default.to_vec()) };
    node.table()?.iter().map(|(word, entry)| Some((word.as_str(), always(&entry.node)?))).collect()
}

/// Weights as shares of their sum, those of nothing left out.
fn relative(mut weights: Vec<(&str, f64)>) -> Vec<(&str, f64)> {
    let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
    weights.retain(|(_, weight)| *weight != 0.0);
    weights.into_iter().map(|(word, weight)| (word, weight / total)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::source::Notes;
    use crate::scenario::tree::read;
    use hubsim_model::policy::mitigations::{MITIGATIONS, mitigation};

    fn levers(text: &str) -> Table {
        let mut notes = Notes::default();
        let source = notes.add("x.toml", text.to_owned());
        let table = read(&mut notes, source);
        assert_eq!(notes.count(), 0, "{text}");
        table
    }

    #[test]
    fn a_policy_of_defaults_has_hardly_any_mitigation() {
        for mitigation in MITIGATIONS {
            let found = idle(&levers("hubs = { kind = \"thematic\" }"), mitigation);
            let has = ["evidence"].contains(&mitigation.name);
            assert_eq!(found.is_none(), has, "{}: {found:?}", mitigation.name);
        }
    }

    #[test]
    fn what_a_policy_has_is_told_by_its_levers() {
        for (hubs, name, has) in [
            ("pilots = 2", "pilots", true),
            ("pilots = 0", "pilots", false),
            ("pilots = { uniform = [0, 2] }", "pilots", true),
            ("spread = 0.3", "spread", true),
            ("first_year = 3", "waves", true),
            ("outcomes = [\"end\"]", "outcomes", false),
            ("outcomes = [\"end\", \"split\"]", "outcomes", true),
            ("outcomes = [\"end\", \"split\"]", "relocation", false),
            ("outcomes = [\"move\"]", "relocation", true),
            ("coordination = false", "coordination", false),
            ("coordination = true", "coordination", true),
            ("score = { prestige = 0.4, history = 0 }", "evidence", false),
            ("score = { prestige = 0.4, track_record = 0.1 }", "evidence", true),
        ] {
            let mitigation = mitigation(name).expect("there");
            let with = |kind: &str| levers(&format!("hubs = {{ kind = \"{kind}\", {hubs} }}"));
            assert_eq!(idle(&with("thematic"), mitigation).is_none(), has, "{hubs}: {name}");
            assert_eq!(idle(&with("none"), mitigation).as_deref(), Some("has no hubs"), "{hubs}: {name}");
        }
        let oversight = mitigation("oversight").expect("there");
        let path = |to: f64| levers(&format!("governance = {{ oversight = {{ from = 0, to = {to}, by_year = 3 }} }}"));
        assert!(idle(&path(0.5), oversight).is_none() && idle(&path(0.0), oversight).is_some());
    }
}
