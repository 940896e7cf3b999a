//! The levers in which the policies differ from the first one.

use serde_json::Value;

use crate::report::chart::render::escaped;
use crate::report::number::exact;
use crate::report::table::results::MAX_POLICY_COLUMNS;
use crate::report::table::{Cell, Table, TableColumn};
use hubsim_lab::experiment::ArmId;
use hubsim_lab::scenario::kind::with_own_word;
use hubsim_model::catalogue::Section;
use hubsim_model::policy::levers::{GrantLevers, HubLevers, Policy};

use super::{PageInput, html};

/// The levers that differ, a column a policy.
pub fn table(input: &PageInput) -> String {
    let Some((first, others)) = input.policies.split_first() else { return String::new() };
    if others.is_empty() {
        return format!("<p>Only <strong>{}</strong> was simulated.</p>\n", escaped(&first.name));
    }
    let mut columns = vec![TableColumn::text("lever"), TableColumn::text("meaning")];
    let arm = |policy: &Policy| input.findings.policies.iter().position(|label| *label == policy.name).map(ArmId);
    let shown = |policy: &Policy| arm(policy).map_or_else(|| policy.name.clone(), |arm| input.findings.shown(arm));
    columns.extend(input.policies.iter().map(|policy| TableColumn::text(&shown(policy))));
    let rows: Vec<Vec<Cell>> = sections().iter().flat_map(|section| rows(section, first, others)).collect();
    if rows.is_empty() {
        return "<p>No lever differs between the policies.</p>\n".to_owned();
    }
    let many = input.policies.len() > MAX_POLICY_COLUMNS;
    let table = html::table(&Table {
        title: format!("Levers in which a policy differs from {}", first.name),
        columns,
        rows,
        notes: vec![format!("Empty: as {}.", first.name)],
    });
    if many { html::collapsible(&format!("Levers of {} policies", input.policies.len()), &table) } else { table }
}

fn sections() -> [Section; 2] {
    [GrantLevers::SECTION, HubLevers::SECTION]
}

fn rows(section: &Section, first: &Policy, others: &[Policy]) -> Vec<Vec<Cell>> {
    let part = section.name.trim_start_matches("policy.");
    let base = levers(first, part);
    let others: Vec<Value> = others.iter().map(|policy| levers(policy, part)).collect();
    let differing = section.specs.iter().filter(|spec| others.iter().any(|of| of[spec.key] != base[spec.key]));
    differing
        .map(|spec| {
            let unit = if spec.unit == "-" { String::new() } else { format!(" Unit: {}.", spec.unit) };
            let mut row: Vec<Cell> =
                vec![Cell::Text(format!("{part}.{}", spec.key)), Cell::Text(format!("{}{unit}", spec.meaning))];
            let own = |levers: &Value| words(&with_own_word(spec, levers[spec.key].clone()));
            row.push(Cell::Text(own(&base)));
            let differs = |levers: &&Value| levers[spec.key] != base[spec.key];
            row.extend(others.iter().map(|of| Some(of).filter(differs).map_or(Cell::Empty, |of| Cell::Text(own(of)))));
            row
        })
        .collect()
}

/// The levers of one part of a policy as a tree. Policies are plain data: this does not fail.
fn levers(policy: &Policy, part: &str) -> Value {
    serde_json::to_value(policy).map(|mut whole| whole[part].take()).unwrap_or_default()
}

/// A lever's value in words.
fn words(value: &Value) -> String {
    let number = |value: &Value| value.as_f64().map_or_else(String::new, grouped);
    match value {
        Value::Null => String::new(),
        Value::Bool(on) => if *on { "yes" } else { "no" }.to_owned(),
        Value::Number(_) => number(value),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        Value::Object(path) if path.contains_key("by_year") => {
            format!("{} → {} by year {}", words(&value["from"]), words(&value["to"]), words(&value["by_year"]))
        }
        Value::Object(mix) => {
            let weights: Vec<String> = mix
                .iter()
                .filter(|(_, weight)| weight.as_f64() != Some(0.0))
                .map(|(word, weight)| format!("{word} {}", words(weight)))
                .collect();
            if weights.is_empty() { "all alike".to_owned() } else { weights.join(", ") }
        }
    }
}

/// A number with every digit, and thousands apart.
fn grouped(value: f64) -> String {
    let text = exact(value);
    let decimals = text.split_once('.').map_or(0, |(_, rest)| rest.len());
    crate::report::number::decimal(value, decimals as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_words() {
        let mut policy = Policy::default();
        policy.grants.cap = 50_000.0.into();
        policy.grants.score.need = 0.25;
        policy.hubs.outcomes.clear();
        let (grants, hubs) = (levers(&policy, "grants"), levers(&policy, "hubs"));
        assert_eq!(words(&grants["cap"]), "50,000");
        assert_eq!(words(&grants["score"]), "history 1, need 0.25");
        assert_eq!(words(&hubs["outcomes"]), "none");
        let reviews = HubLevers::SECTION.spec("review_years").expect("a lever");
        assert_eq!(words(&with_own_word(reviews, hubs["review_years"].clone())), "never");
        assert_eq!(words(&hubs["coordination"]), "no");
        assert_eq!(words(&hubs["kind"]), "none");
    }

    #[test]
    fn only_levers_that_differ_have_a_row() {
        let (first, mut second) = (Policy::default(), Policy::default());
        assert!(sections().iter().all(|section| rows(section, &first, &[second.clone()]).is_empty()));
        second.hubs.pilots = 2.0;
        let rows: Vec<_> = sections().iter().flat_map(|section| rows(section, &first, &[second.clone()])).collect();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0][0], Cell::Text("hubs.pilots".to_owned()));
        assert_eq!(rows[0][2..], [Cell::Text("0".to_owned()), Cell::Text("2".to_owned())]);
    }
}
