//! Claims that a scenario inherits, and what it says of them anew.

use hubsim_lab::scenario::claim::{Claim, ClaimForm, ClaimYears, Expectation, SmallestDifference};
use hubsim_lab::scenario::{Changes, DiagnosticReport, Scenario};

use crate::claims::{CLAIMS, at};
use crate::tiny::{valid, with};

#[test]
fn claims_merge_by_id() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("base.toml"), with(CLAIMS)).expect("a file");
    let find = |over: &str| -> Result<Scenario, DiagnosticReport> {
        let path = folder.path().join("over.toml");
        std::fs::write(&path, format!("name = \"over\"\nextends = \"base.toml\"\n{over}")).expect("a file");
        Scenario::find(&path.display().to_string(), &Changes::default())
    };
    let found = |over: &str| find(over).unwrap_or_else(|problems| panic!("{problems}")).claims;
    let base = found("");
    assert_eq!(base, valid(&with(CLAIMS)).claims);
    let ids = |claims: &[Claim]| claims.iter().map(|claim| claim.id.clone()).collect::<Vec<_>>();

    let new = "[[claim]]\nid = \"N\"\nstatement = \"New\"\nmeasure = \"need_met\"\npolicy = \"hubs\"\nexpect = \"above\"\nby = 0.5\n";
    assert_eq!(ids(&found(new)), ["B3", "in-line", "table.1", "N"]);
    assert_eq!(ids(&found("[[claim]]\nid = \"in-line\"\nremove = true\n")), ["B3", "table.1"]);

    let ClaimForm::Verdict(parts) = &found("[[claim]]\nid = \"in-line\"\nby_share = 0.2\n")[1].form else { panic!() };
    assert_eq!(
        (parts[0].by, parts[0].expect),
        (SmallestDifference::Share(0.2), Expectation::NotHigher),
        "keys merge; by and by_share do not"
    );
    let over = "[[claim]]\nid = \"in-line\"\nparts = [{ measure = \"need_met\", policy = \"hubs\", expect = \"above\", by = 0.5 }]\n";
    let ClaimForm::Verdict(parts) = &found(over)[1].form else { panic!() };
    assert_eq!((parts.len(), parts[0].measure), (1, at("need_met")), "parts take the place of one in line");
    let over =
        "[[claim]]\nid = \"B3\"\nkind = \"table\"\npolicies = [\"hubs\", \"status-quo\"]\nmeasures = [\"ruin\"]\n";
    let claim = &found(over)[0];
    assert!(matches!(claim.form, ClaimForm::Table { .. }) && claim.statement == base[0].statement, "{claim:?}");

    let over = "[[claim]]\nid = \"table.1\"\nkind = \"verdict\"\nmeasure = \"ruin\"\npolicy = \"hubs\"\nexpect = \"below\"\nby = 0.1\n";
    assert!(matches!(&found(over)[2].form, ClaimForm::Verdict(parts) if parts[0].years == ClaimYears::Span(1, 6)));

    // Fewer years than somebody else's claim speaks of, or a policy fewer, is no mistake.
    assert_eq!(found("years = 2\n"), base);
    let gone = "[[policy]]\nname = \"hubs\"\nremove = true\n[[policy]]\nname = \"strict hubs\"\nremove = true\n";
    let less = find(gone).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!((less.policies.len(), less.claims), (1, base));
    // An own one is held to both, where it stands.
    let own = |text: &str| find(text).expect_err("a mistake").0;
    let late = own("years = 2\n[[claim]]\nid = \"in-line\"\nyear = 4\n");
    assert_eq!((late.len(), late[0].line, late[0].rule.as_str()), (1, 6, "the scenario has 2 years"), "{late:#?}");
    let unknown =
        own("[[claim]]\nid = \"in-line\"\nremove = true\nby = 3\n[[claim]]\nid = \"table-1\"\nremove = true\n");
    assert_eq!(unknown.iter().map(|problem| problem.line).collect::<Vec<_>>(), [6, 9], "{unknown:#?}");
    assert!(unknown[1].help.contains("did you mean \"table.1\"?"), "{unknown:#?}");
}

/// A diagnostic about a changed inherited claim names the change and what it contradicts.
#[test]
fn what_does_not_go_with_an_inherited_claim_is_told_with_both_places() {
    let folder = tempfile::tempdir().expect("a folder");
    let base = folder.path().join("base.toml");
    std::fs::write(&base, with(CLAIMS)).expect("a file");
    let line = |text: &str| with(CLAIMS).lines().position(|line| line.starts_with(text)).expect("a line") + 1;
    let path = folder.path().join("over.toml");
    for (over, from, problems, message, help) in [
        ("id = \"B3\"\nby = 0.1", "parts = [", 1, "`by` beside `parts`", "begin with `measure`"),
        ("id = \"B3\"\nmeasure = \"ruin\"", "parts = [", 2, "`policy` is missing", "add `policy"),
        ("id = \"in-line\"\nexpect = \"below\"", "against = ", 1, "`against` beside", "leave `against` out"),
        (
            "id = \"in-line\"\nmeasure = \"need_met\"\nby_share = 0.1\npolicy = \"hubs\"",
            "against = ",
            1,
            "against itself",
            "",
        ),
        (
            "id = \"table.1\"\nexpect = \"lower\"",
            "kind = \"table\"",
            1,
            "`expect` of a table",
            "write `measure` or `parts`",
        ),
    ] {
        let text = format!("name = \"over\"\nextends = \"base.toml\"\n[[claim]]\n{over}\n");
        std::fs::write(&path, text).expect("a file");
        let told = Scenario::find(&path.display().to_string(), &Changes::default()).expect_err(over).0;
        assert_eq!(told.len(), problems, "{over}\n{told:#?}");
        assert!(told.iter().all(|problem| problem.file == path.display().to_string()), "{over}\n{told:#?}");
        let first = &told[0];
        assert!(first.message.contains(message) && first.help.contains(help), "{over}\n{first:#?}");
        let place = format!("{}, line {}", base.display(), line(from));
        assert!(first.message.contains(&place), "{over}\n{place}\n{first:#?}");
    }
}
