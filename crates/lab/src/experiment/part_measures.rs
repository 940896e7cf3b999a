//! Measures of parts of the movement: of all that could be asked for, a study keeps those that its claims and its table of
//! regions name.

use super::findings::{Findings, Outcome};
use crate::scenario::Scenario;
use hubsim_model::measures::{Dimension, MEASURES, Part, PartMeasure, position};
use hubsim_model::record::History;

/// The measures that every study keeps for each region.
pub const OF_REGIONS: [&str; 2] = ["need_met", "people_helped"];

impl Scenario {
    /// The measures of parts that a study of this scenario keeps, each once: [`OF_REGIONS`], and what its claims ask for.
    pub fn part_measures(&self) -> Vec<PartMeasure> {
        let measures = || OF_REGIONS.iter().filter_map(|key| position(key));
        let regions = self.names().region.into_iter().map(|name| Part { dimension: Dimension::Region, name });
        let mut all: Vec<PartMeasure> = regions
            .flat_map(|part| measures().map(move |measure| PartMeasure { measure, part: part.clone() }))
            .collect();
        for wanted in self.claims.iter().flat_map(|claim| claim.part_measures()) {
            if !all.contains(&wanted) {
                all.push(wanted);
            }
        }
        all
    }
}

impl Outcome {
    /// Appends a column for each of some measures of parts to every year, in place of those that it has; without values yet.
    pub fn make_room(&mut self, wanted: &[PartMeasure]) {
        for row in &mut self.measures {
            row.truncate(MEASURES.len());
            row.resize(MEASURES.len() + wanted.len(), f64::NAN);
        }
    }

    /// Fills the columns of the parts by some dimensions from rows of regions or themes.
    pub fn set_parts(&mut self, history: &History, wanted: &[PartMeasure], by: &[Dimension]) {
        let mut last: Option<(&Part, History)> = None;
        for (at, PartMeasure { measure, part }) in wanted.iter().enumerate() {
            if !by.contains(&part.dimension) {
                continue;
            }
            let rows = match last.take() {
                Some((of, rows)) if of == part => rows,
                _ => part.history(history),
            };
            let values = MEASURES[*measure].of_part(part.dimension, &rows);
            let column = MEASURES.len() + at;
            let cells = self.measures.iter_mut().filter_map(|row| row.get_mut(column));
            cells.zip(values).for_each(|(cell, value)| *cell = value);
            last = Some((part, rows));
        }
    }
}

impl Findings {
    /// The column of a measure in the rows of [`Outcome::measures`], of a part of the movement if one is given. For what the
    /// study does not keep, it is a column that no trial has.
    pub fn column(&self, measure: usize, part: Option<&Part>) -> usize {
        let Some(part) = part else { return measure };
        let at = self.parts.iter().position(|kept| kept.measure == measure && kept.part == *part);
        at.map_or(usize::MAX, |at| MEASURES.len() + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{NullSink, run_study};
    use crate::scenario::Changes;

    #[test]
    fn a_study_keeps_what_its_claims_ask_for_and_the_regions() {
        let claim = "extends = \"small\"\nname = \"x\"\nclaims = []\nyears = 2\nreplicates = 2\n[[claim]]\nid = \"A\"\n\
                     statement = \"So it is\"\npolicy = \"status-quo\"\nexpect = \"above\"\nby = 0\nmeasure = \"need_met\"\n";
        let changes = Changes { policies: Some(vec!["status-quo".to_owned()]), ..Changes::default() };
        let read = |part: &str| Scenario::from_text(&format!("{claim}{part}"), "x.toml", &changes).expect("valid");
        let plain = read("");
        let theme = plain.names().theme.remove(0);
        let by_theme = read(&format!("theme = \"{theme}\"\n"));
        assert_eq!(plain.part_measures().len(), 2 * plain.names().region.len());
        assert_eq!(by_theme.part_measures().len(), plain.part_measures().len() + 1);
        let findings = run_study(&by_theme, &NullSink).expect("nothing stops it");
        let need_met = position("need_met").expect("a measure");
        let of = |part: Part| findings.outcomes[0].measure(2, findings.column(need_met, Some(&part)));
        let part = |dimension, name: &str| Part { dimension, name: name.to_owned() };
        assert!(of(part(Dimension::Theme, &theme)).is_finite());
        for region in by_theme.names().region {
            assert!(of(part(Dimension::Region, &region)).is_finite(), "{region}");
        }
        assert!(of(part(Dimension::Group, "nowhere")).is_nan());
        assert_eq!(findings.column(need_met, None), need_met);
    }
}
