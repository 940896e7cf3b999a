//! The definitions of all measures.

use crate::report::chart::render::escaped;
use crate::report::number::{significant, typographic};
use hubsim_model::measures::{Direction, Group, Measure};

use super::html;

/// All measures by group, with meaning, formula, unit, range, direction, source and example.
pub fn list(measures: &[&Measure]) -> String {
    let groups = Group::ALL.into_iter().map(|group| {
        let definitions: String = measures.iter().filter(|of| of.group == group).map(|of| definition(of)).collect();
        // A link to a measure opens the group it is in.
        if definitions.is_empty() {
            definitions
        } else {
            html::collapsible(&html::capitalised(group.words()), &definitions)
        }
    });
    groups.collect()
}

fn definition(measure: &Measure) -> String {
    let direction = match measure.direction {
        Direction::Higher => "higher is better",
        Direction::Lower => "lower is better",
        Direction::Neutral => "neither high nor low is better",
    };
    let unit = if measure.unit == "-" { "none" } else { measure.unit };
    let facts = [
        ("Name in files", measure.key),
        ("Formula", measure.formula),
        ("Unit", unit),
        ("Range", &range(measure.range)),
        ("Direction", direction),
        ("Example", measure.example),
        ("Source", measure.source),
    ];
    let facts: Vec<(String, String)> = facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(what, value)| (what.to_owned(), value.to_owned()))
        .collect();
    format!(
        "<h3 id=\"m-{}\">{}</h3>\n<p>{}</p>\n{}",
        escaped(measure.key),
        escaped(measure.title),
        escaped(measure.meaning),
        html::definition_list(&facts)
    )
}

fn range((low, high): (f64, f64)) -> String {
    let number =
        |value: f64| if value.fract() == 0.0 && value.abs() < 1e6 { format!("{value}") } else { significant(value, 3) };
    let text = match (low.is_finite(), high.is_finite()) {
        (true, true) => format!("{} to {}", number(low), number(high)),
        (true, false) => format!("{} or more", number(low)),
        (false, true) => format!("{} or less", number(high)),
        (false, false) => "any number".to_owned(),
    };
    typographic(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_written_in_words() {
        assert_eq!(range((0.0, 1.0)), "0 to 1");
        assert_eq!(range((-1.0, f64::INFINITY)), "−1 or more");
        assert_eq!(range((f64::NEG_INFINITY, f64::INFINITY)), "any number");
    }
}
