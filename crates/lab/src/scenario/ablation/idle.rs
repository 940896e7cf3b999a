//! Mitigations that a policy does not have: leaving them out changes nothing.

use crate::scenario::kind::kind_of;
use crate::scenario::tree::{Node, Table};
use hubsim_model::policy::levers::PolicySection;
use hubsim_model::policy::mitigations::{LeverSetting, Mitigation};

/// The reason why a policy without this mitigation is identical to the policy, if it is.
pub(super) fn idle(levers: &Table, mitigation: &Mitigation) -> Option<String> {
    if mitigation.settings.iter().all(|setting| setting.lever.section() == PolicySection::Hubs) && !hubs(levers) {
        return Some("has no hubs".to_owned());
    }
    let same = |setting: &LeverSetting| {
        let (part, key) = (setting.lever.section().name(), setting.lever.key());
        kind_of(&setting.lever.spec().kind).is_already(lever(levers, part, key), setting.value)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::diagnostics::Diagnostics;
    use crate::scenario::tree::read;
    use hubsim_model::policy::mitigations::{MITIGATIONS, mitigation};

    fn levers(text: &str) -> Table {
        let mut diagnostics = Diagnostics::default();
        let source = diagnostics.add("x.toml", text.to_owned());
        let table = read(&mut diagnostics, source);
        assert_eq!(diagnostics.count(), 0, "{text}");
        table
    }

    #[test]
    fn a_policy_of_defaults_has_only_one_mitigation() {
        for mitigation in MITIGATIONS {
            let found = idle(&levers("hubs = { kind = \"thematic\" }"), mitigation);
            let has = ["evidence"].contains(&mitigation.name);
            assert_eq!(found.is_none(), has, "{}: {found:?}", mitigation.name);
        }
    }

    #[test]
    fn the_levers_show_which_mitigations_a_policy_has() {
        for (hubs, name, has) in [
            ("pilots = 2", "pilots", true),
            ("pilots = 0", "pilots", false),
            ("pilots = { uniform = [0, 2] }", "pilots", true),
            ("spread = 0.3", "spread", true),
            ("first_year = 3", "waves", true),
            ("wave_size = 3", "waves", true),
            ("wave_size = \"unlimited\"", "waves", false),
            ("review_years = 3", "review", true),
            ("term_limit = { choice = [1, 2] }", "review", true),
            ("review_years = \"never\"", "review", false),
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
