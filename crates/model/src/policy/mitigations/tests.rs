use super::*;
use crate::policy::levers::HubKind;

/// Every setting is of its lever's kind and within its bounds, and a policy with the safeguard changes; no name is used
/// twice.
#[test]
fn mitigations_set_levers() {
    let mut full = Policy::default();
    full.hubs.kind = HubKind::Thematic;
    (full.hubs.pilots, full.hubs.review_years, full.hubs.spread, full.hubs.min_partners) = (2.0, 3.0.into(), 0.5, 1.0);
    full.hubs.outcomes = vec![Outcome::Move, Outcome::End];
    full.hubs.coordination = true;
    let governance = &mut full.governance;
    (governance.accountability, governance.oversight, governance.scanning_years) = (0.5, 0.5, 3.0.into());
    for (at, mitigation) in MITIGATIONS.iter().enumerate() {
        let name = mitigation.name;
        assert_eq!(MITIGATIONS.iter().position(|other| other.name == name), Some(at), "{name} twice");
        let mut without = full.clone();
        for setting in mitigation.settings {
            setting.apply(&mut without).unwrap_or_else(|error| panic!("{name}: {}: {error}", setting.lever.key()));
            assert_eq!(without.get(setting.lever), setting.value_in(&full));
        }
        assert_ne!(without, full, "{name}");
    }
}

#[test]
fn one_word_less_is_the_list_without_it() {
    let mut policy = Policy::default();
    policy.hubs.outcomes = vec![Outcome::Split, Outcome::Move, Outcome::End];
    let relocation = mitigation("relocation").expect("it is listed");
    for setting in relocation.settings {
        setting.apply(&mut policy).expect("a list of words");
    }
    assert_eq!(policy.hubs.outcomes, [Outcome::Split, Outcome::End]);
    assert!(mitigation("luck").is_none());
}
