//! What is valid but does not do what it seems to is warned of, where it stands; the scenario runs.

use hubsim_lab::scenario::{Changes, Diagnostic, DiagnosticKind, Memory, Scenario};

use crate::tiny::{TINY, valid};

/// The tiny scenario, with hubs that may have all that is set aside for them.
fn roomy() -> String {
    TINY.replace("share = { from", "hub_cap = 0.2, share = { from")
}

/// That with something added.
fn with(more: &str) -> String {
    roomy() + more
}

/// The only warning of a text in which `«` marks the place.
fn warning(text: &str) -> Diagnostic {
    let at = text.find('«').expect("a mark");
    let line = text[..at].matches('\n').count() + 1;
    let column = text[..at].rsplit('\n').next().unwrap_or("").chars().count() + 1;
    let warnings = valid(&text.replace('«', "")).warnings.0;
    let [warning] = warnings.as_slice() else { panic!("{text}\n{warnings:#?}") };
    assert_eq!((warning.line, warning.column, warning.kind), (line, column, DiagnosticKind::Warning), "{warning:#?}");
    warning.clone()
}

fn codes(text: &str) -> Vec<&'static str> {
    valid(text).warnings.0.iter().map(|warning| warning.code).collect()
}

/// A policy of the tiny scenario that extends `hubs`.
fn policy(levers: &str) -> String {
    with(&format!("\n[[policy]]\nname = \"mine\"\nextends = \"hubs\"\n{levers}\n"))
}

#[test]
fn a_lever_that_needs_another_one_is_idle_without_it() {
    let found = warning(&policy("hubs = { «term_years = 3 }"));
    assert_eq!((found.code, found.message.as_str()), ("HS114", "`hubs.term_years` has no effect under \"mine\""));
    assert!(found.rule.contains("`hubs.term_limit` is unlimited"), "{found:#?}");
    for (levers, code) in [
        ("hubs = { term_years = 3, term_limit = 2 }", None),
        ("hubs = { «pilot_years = 3 }", Some("HS114")),
        ("hubs = { pilot_years = 3, pilots = 1 }", None),
        ("hubs = { pilots = 0 }", None),
        ("hubs = { «external = true }", Some("HS114")),
    ] {
        let text = policy(levers);
        match code {
            Some(code) => assert_eq!(warning(&text).code, code, "{levers}"),
            None => assert_eq!(codes(&text), [] as [&str; 0], "{levers}"),
        }
    }
    // It is enough that one policy that inherits the lever feels it.
    let two = "hubs = { term_years = 3 }\n[[policy]]\nname = \"other\"\nextends = \"mine\"\nhubs = { term_limit = 2 }";
    assert_eq!(codes(&policy(two)), [] as [&str; 0]);
    // Policies that do not run feel nothing, and are not warned of.
    let mine = policy("hubs = { term_years = 3 }").replacen("years = 6", "years = 6\npolicies = [\"hubs\"]", 1);
    assert_eq!(codes(&mine), [] as [&str; 0]);
}

#[test]
fn levers_of_arms_are_warned_of_as_those_of_policies() {
    let arm = |set: &str| with(&format!("\n[[arm]]\nname = \"arm\"\npolicy = \"hubs\"\nset = {{ {set} }}\n"));
    assert_eq!(warning(&arm("«\"hubs.term_years\" = 3")).code, "HS114");
    assert_eq!(codes(&arm("\"hubs.term_years\" = 3, hubs.term_limit = 1")), [] as [&str; 0]);
    // What a lever needs may be a fact of the arm.
    let outsider = "\n[[organisation]]\nname = \"Archive\"\nkind = \"external\"\nregion = \"North\"\nstaff = 2\n";
    let arms = |set: &str| format!("{}{outsider}", arm(set));
    assert_eq!(codes(&arms("hubs.external = true")), [] as [&str; 0]);
    assert_eq!(codes(&arms("hubs.external = true, \"organisation.Archive\" = { remove = true }")), ["HS114"]);
}

#[test]
fn hubs_without_money_are_a_title() {
    let found = warning(&policy("hubs = { share = «0 }"));
    assert!(found.code == "HS056" && found.message.contains("hubs without any money"), "{found:#?}");
    assert_eq!(codes(&policy("hubs = { share = 0, foundation = \"keeps-core\" }")), [] as [&str; 0]);
}

#[test]
fn caps_that_leave_money_over_bind() {
    // Two themes, and shares up to 0.3.
    let found = warning(&policy("hubs = { hub_cap = «0.1 }"));
    assert_eq!(found.code, "HS116");
    assert!(found.message.contains("of the share 0.3 for hubs, 0.2 can be paid at most"), "{}", found.message);
    assert_eq!(codes(&policy("hubs = { hub_cap = 0.15 }")), [] as [&str; 0]);
    assert_eq!(codes(&policy("hubs = { hub_cap = 0.15, hubs_at_most = 1 }")), ["HS116"]);
    // Twenty groups, and a million USD less the share of hubs in year 1.
    let found = warning(&with("\n[[policy]]\nname = \"mine\"\nextends = \"status-quo\"\ngrants = { cap = «10000 }\n"));
    assert!(found.code == "HS117" && found.rule.contains("`cap` 10000 × 20 organisations"), "{found:#?}");
    let enough = "\n[[policy]]\nname = \"mine\"\nextends = \"status-quo\"\ngrants = { cap = 50000 }\n";
    assert_eq!(codes(&with(enough)), [] as [&str; 0]);
}

#[test]
fn a_new_policy_extends_another_one() {
    let over = |more: &str| {
        let files = Memory::new([("tiny.toml", roomy())]);
        let text = format!("name = \"over\"\nextends = \"tiny.toml\"\n{more}");
        let scenario = Scenario::from_text_in(&files, &text, "over.toml", &Changes::default());
        let warnings = scenario.unwrap_or_else(|report| panic!("{report}")).warnings.0;
        warnings.iter().map(|warning| (warning.code, warning.line)).collect::<Vec<_>>()
    };
    assert_eq!(over("[[policy]]\nname = \"mine\"\ngrants = { years = 2 }\n"), [("HS115", 4)]);
    assert_eq!(over("[[policy]]\nname = \"mine\"\nextends = \"hubs\"\ngrants = { years = 2 }\n"), []);
    assert_eq!(over("[[policy]]\nname = \"hubs\"\ngrants = { years = 2 }\n"), [], "a change of the one there is");
    assert_eq!(over("[[arm]]\nname = \"arm\"\npolicy = \"hubs\"\nset = { grants.years = 2 }\n"), []);
    // Whoever extends nothing begins somewhere.
    assert_eq!(codes(&roomy()), [] as [&str; 0]);
}

#[test]
fn somebody_may_apply_to_each_funder() {
    let fund = |more: &str| with(&format!("\n[[funder]]\nname = «\"Fund\"\npot = 1000\ngoverned = false\n{more}"));
    let none = "regions = { North = 1 }\n[affiliates]\nformation = 0\n";
    // Groups are in the South only, and no others may form.
    let found = warning(&fund(none));
    assert!(found.code == "HS118" && found.message.contains("nobody can apply to \"Fund\""), "{found:#?}");
    for more in [
        "regions = { North = 1 }\n",
        "regions = { North = 1, \"South.East\" = 1 }\n[affiliates]\nformation = 0\n",
        "[affiliates]\nformation = 0\n",
    ] {
        assert_eq!(codes(&fund(more).replace('«', "")), [] as [&str; 0], "{more}");
    }
    let chapters =
        "\n[[policy]]\nname = \"mine\"\nextends = \"status-quo\"\ngrants = { kinds = [\"thematic-organisation\"] }\n";
    let text = with(chapters);
    assert_eq!(codes(&text), ["HS118"], "under a policy for kinds that are not there");
}

#[test]
fn numbers_without_effect_are_warned_of_where_they_are_given() {
    let uncertain = |policies: &str, more: &str| {
        with(more).replacen("years = 6", &format!("years = 6\npolicies = [{policies}]"), 1)
    };
    let idle = "\n[regranting]\nfavour = «{ uniform = [0, 0.2] }\n";
    assert_eq!(warning(&uncertain("\"hubs\"", idle)).code, "HS120");
    let regional = "\n[[policy]]\nname = \"regional\"\nextends = \"hubs\"\nhubs = { kind = \"regional\" }\n";
    assert_eq!(codes(&uncertain("\"regional\"", &format!("{idle}{regional}").replace('«', ""))), [] as [&str; 0]);
    let hubs = "\n[mandates]\nnoise = «{ uniform = [0.1, 0.2] }\n";
    assert_eq!(warning(&uncertain("\"status-quo\"", hubs)).code, "HS120");
    assert_eq!(codes(&uncertain("\"hubs\"", hubs).replace('«', "")), [] as [&str; 0]);
    assert_eq!(warning(&with("\n[gate]\nwork = 1\n[conduct]\nhazard = «{ choice = [0.1] }\n")).code, "HS119");
}

#[test]
fn arms_that_do_not_run_and_factors_that_are_cut_are_warned_of() {
    let arm =
        "\n«[[arm]]\nname = \"arm\"\npolicy = \"hubs\"\nset = { \"region.*.foundation_known\" = { times = 2 } }\n";
    assert_eq!(codes(&with(&arm.replace('«', ""))), [] as [&str; 0]);
    let hidden = with(arm).replacen("years = 6", "years = 6\npolicies = [\"hubs\"]", 1);
    assert_eq!(warning(&hidden).code, "HS121");
    let cut = warning(&with(&arm.replace("times = 2", "times = 20")));
    assert!(
        cut.code == "HS122" && cut.message.contains("2 keys, `region.\"South.East\".foundation_known` among"),
        "{cut:#?}"
    );
}

/// What a resolved scenario contains was inherited, and what is inherited is not warned of.
#[test]
fn only_what_the_scenario_itself_says_is_warned_of() {
    let text = policy("hubs = { term_years = 3 }");
    let scenario = valid(&text);
    assert_eq!(scenario.warnings.0.len(), 1);
    let again = valid(&scenario.to_toml());
    assert!(again.warnings.0.is_empty() && again == scenario);
    let files = Memory::new([("tiny.toml", text)]);
    let over =
        Scenario::from_text_in(&files, "name = \"over\"\nextends = \"tiny.toml\"\n", "over.toml", &Changes::default());
    assert!(over.expect("valid").warnings.0.is_empty());
}

/// The built-in scenarios do what they seem to.
#[test]
fn nothing_built_in_is_warned_of() {
    for built_in in hubsim_lab::scenario::BUILT_IN {
        let scenario = Scenario::find(built_in.name, &Changes::default()).expect("a built-in");
        assert!(scenario.warnings.0.is_empty(), "{}: {:#?}", built_in.name, scenario.warnings.0);
    }
}
