use std::collections::BTreeMap;

use super::*;
use crate::scenario::catalogue::{LEVERS, entries};
use crate::scenario::check::{Checker, Given, Removed};
use crate::scenario::diagnostics::Diagnostics;
use crate::scenario::tree::read;
use crate::scenario::values::{Amount, Draw};
use hubsim_model::catalogue::{Course, Limit, Limited, Number, Path};
use hubsim_model::inputs::THEME;

/// The value of the key `cap = TEXT` (or its default), and the messages about it.
fn value(section: &Section, text: Option<&str>) -> (ResolvedValue, Vec<String>) {
    let mut diagnostics = Diagnostics::default();
    let key = section.specs[0].key;
    let source = diagnostics.add("x.toml", text.map_or(String::new(), |text| format!("{key} = {text}\n")));
    let table = read(&mut diagnostics, source);
    let span = diagnostics.start(source);
    let removed = Removed::new();
    let mut checker = Checker::new(&mut diagnostics, BTreeMap::new(), &removed);
    let given = Given { table: &table, span, path: section.name, others: &[] };
    let field = checker.fill(section, given).fields.remove(0);
    let messages = diagnostics.into_diagnostics();
    (
        field,
        messages.into_iter().map(|one| format!("{} {}; {}; {}", one.code, one.message, one.rule, one.help)).collect(),
    )
}

/// A section of one key.
fn section(spec: Spec) -> Section {
    let specs: &'static [Spec] = Box::leak(Box::new([spec]));
    Section { name: "policy.grants", meaning: "", specs, off: None }
}

fn limit(word: &'static str, default: Option<f64>, course: Course) -> Section {
    let number = Number { default, bounds: (0.0, 9.0), range: (1.0, 5.0), whole: true };
    let kind = Kind::Limit(Limited { word, number, course });
    section(Spec { key: "cap", meaning: "Most.", kind, unit: "-", source: "-", neutral: "" })
}

#[test]
fn a_limit_is_a_number_or_a_word() {
    let cap = limit("unlimited", None, Course::Fixed);
    let word = ResolvedValue::Word("unlimited".to_owned());
    let number = |value: f64| ResolvedValue::Number(Amount::Fixed(value));
    assert_eq!(value(&cap, None), (word.clone(), vec![]));
    assert_eq!(value(&cap, Some("\"unlimited\"")), (word.clone(), vec![]));
    assert_eq!(value(&cap, Some("0")), (number(0.0), vec![]));
    assert!(matches!(value(&cap, Some("{ choice = [1, 2] }")).0, ResolvedValue::Number(Amount::Uncertain(_))));
    let (field, messages) = value(&cap, Some("\"never\""));
    assert_eq!(field, word);
    assert!(messages[0].starts_with("HS046 `cap` is \"never\"; a whole number from 0 to 9"), "{messages:?}");
    assert!(messages[0].ends_with("; for no limit write \"unlimited\""), "{messages:?}");
    assert!(value(&cap, Some("10")).1[0].starts_with("HS030"));
    let fixed = limit("never", Some(3.0), Course::Fixed);
    assert_eq!(value(&fixed, None).0, number(3.0));
    assert_eq!(kind_of(&fixed.specs[0].kind).default_text(), "3");
}

/// Every key that may be without limit refuses 0 and names its word.
#[test]
fn zero_is_no_limit() {
    let mut words = Vec::new();
    for spec in LEVERS.iter().chain([&THEME]).flat_map(|section| section.specs) {
        let Some(word) = spec.no_limit() else { continue };
        let key = section(*spec);
        let (field, messages) = value(&key, Some("0"));
        assert_eq!(field, ResolvedValue::Word(word.to_owned()), "{}", spec.key);
        assert_eq!(messages.len(), 1, "{messages:?}");
        assert!(messages[0].starts_with(&format!("HS046 `{}` is 0; ", spec.key)), "{messages:?}");
        assert!(messages[0].ends_with(&format!("; for no limit write \"{word}\"")), "{messages:?}");
        assert!(value(&key, Some("{ uniform = [0, 3] }")).1[0].starts_with("HS030"), "{}", spec.key);
        words.push(word);
    }
    words.sort_unstable();
    assert_eq!(words, ["never", "never", "never", "unlimited", "unlimited", "unlimited", "unlimited", "unlimited"]);
}

/// The model writes one word for every limit; a scenario has the word of the key.
#[test]
fn a_limit_has_the_word_of_its_key() {
    let reviews = limit("never", None, Course::Fixed).specs[0];
    assert_eq!(with_own_word(&reviews, json!(Limit::None)), json!("never"));
    assert_eq!(with_own_word(&reviews, json!(Limit::At(2.0))), json!(2.0));
}

#[test]
fn a_limit_may_move_in_time() {
    let hubs = limit("unlimited", None, Course::Path);
    let (field, messages) = value(&hubs, Some("{ from = 1, to = 5, by_year = 4 }"));
    assert!(matches!(field, ResolvedValue::Path { .. }) && messages.is_empty(), "{messages:?}");
    assert!(value(&limit("unlimited", None, Course::Fixed), Some("{ from = 1, to = 5, by_year = 4 }")).1.len() == 1);
}

#[test]
fn a_limit_reaches_the_model() {
    #[derive(serde::Deserialize)]
    struct Levers {
        cap: Limit,
    }
    #[derive(serde::Deserialize)]
    struct Paths {
        #[serde(with = "hubsim_model::catalogue::limited_path")]
        cap: Option<Path>,
    }
    let drawn = Draw { uncertain: &[], world: &[] };
    let table = |section: Section, text: &str| {
        let fields = vec![value(&section, Some(text)).0];
        toml::Value::Table(crate::scenario::values::ResolvedSection { section, fields }.table(drawn))
    };
    let fixed = |text: &str| table(limit("never", None, Course::Fixed), text).try_into::<Levers>().expect("levers").cap;
    assert_eq!((fixed("\"never\""), fixed("0"), fixed("2")), (Limit::None, Limit::At(0.0), Limit::At(2.0)));
    let path = |text: &str| table(limit("never", None, Course::Path), text).try_into::<Paths>().expect("levers").cap;
    assert_eq!((path("\"never\""), path("2")), (None, Some(Path::Constant(2.0))));
    let line = path("{ from = 1, to = 5, by_year = 4 }");
    assert_eq!(line, Some(Path::Line { from: 1.0, to: 5.0, by_year: 4.0 }));
}

#[test]
fn a_limit_is_explained_and_in_the_schema() {
    let cap = limit("unlimited", None, Course::Path).specs[0];
    let (values, default) = in_words(&cap.kind);
    assert_eq!(default, "unlimited");
    let words =
        "a whole number from 0 to 9, or a distribution, or a path in time { from, to, by_year }, or \"unlimited\"";
    assert_eq!(values, words);
    let kind = kind_of(&cap.kind);
    let forms = kind.schema(&cap)["anyOf"].as_array().expect("forms").clone();
    assert_eq!((forms.len(), &forms[3]), (4, &json!({ "const": "unlimited" })));
    assert_eq!(kind.schema_default(), Some(json!("unlimited")));
    assert_eq!(probe_values(&cap).last(), Some(&json!("unlimited")));
}

/// What is written as a default is read as the default.
#[test]
fn defaults_of_levers_are_read_back() {
    for lever in LEVERS.iter().flat_map(|section| section.specs) {
        let section = section(*lever);
        let text = kind_of(&lever.kind).default_text();
        assert_eq!(value(&section, Some(&text)), (value(&section, None).0, vec![]), "{} = {text}", lever.key);
    }
}

#[test]
fn every_kind_explains_its_values() {
    for entry in entries() {
        let (values, default) = in_words(&entry.spec.kind);
        assert!(!values.is_empty() && !default.is_empty(), "{}", entry.path);
        let required = kind_of(&entry.spec.kind).required(&entry.spec).is_some();
        assert!(!required || default == REQUIRED || entry.spec.key == "name", "{}: {default}", entry.path);
    }
}
