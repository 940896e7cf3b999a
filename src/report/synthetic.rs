//! Invented findings and measures for the tests of this module.

use hubsim_lab::analysis::{Findings, Outcome};
use hubsim_lab::experiment::ArmId;
use hubsim_model::measures::{Direction, Group, Measure};

/// A measure that is never computed.
pub const fn measure(key: &'static str, title: &'static str, unit: &'static str, direction: Direction) -> Measure {
    Measure {
        key,
        group: Group::Movement,
        headline: true,
        title,
        meaning: "What it means, with <angle> & ampersand.",
        formula: "Σ a ÷ Σ b",
        unit,
        range: (0.0, f64::INFINITY),
        direction,
        source: "Nobody 2020",
        example: "1 ÷ 2 = 0.5",
        values: |_| Vec::new(),
    }
}

/// Three headline measures and one other measure.
pub static MEASURES: &[&Measure] = &[
    &measure("duplicated_share", "Share of production work that is duplicated", "share", Direction::Lower),
    &measure("need_met", "Help given for each request", "-", Direction::Higher),
    &measure("money", "Money that is left at the end", "USD", Direction::Neutral),
    &Measure { headline: false, ..measure("other", "Another measure", "people", Direction::Higher) },
];

/// Findings like those of a study: years 0 to `years`, no value in year 0, and trials that differ.
pub fn findings(policies: usize, replicates: u32, years: u32, measures: usize) -> Findings {
    let value = |arm: usize, replicate: u32, year: u32, measure: usize| {
        if year == 0 {
            return f64::NAN;
        }
        let shared = f64::from((replicate * 7919 + year * 31 + measure as u32 * 17) % 101) / 101.0;
        let own = f64::from((replicate * 104_729 + arm as u32 * 613 + year) % 97) / 97.0;
        let scale = [1.0, 1.0, 1e6, 1e-9][measure % 4];
        (0.4 + 0.1 * shared + 0.04 * own - 0.02 * arm as f64 * f64::from(measure as u32 % 2 * 2) + 0.03 * arm as f64)
            * scale
    };
    let outcomes = (0..policies)
        .flat_map(|arm| (0..replicates).map(move |replicate| (arm, replicate)))
        .map(|(arm, replicate)| Outcome {
            arm: ArmId(arm),
            replicate,
            digest: format!("{arm:02}{replicate:04}"),
            world: vec![f64::from(replicate)],
            measures: (0..=years)
                .map(|year| (0..measures).map(|measure| value(arm, replicate, year, measure)).collect())
                .collect(),
        })
        .collect();
    let name = |arm: usize| match arm {
        0 => "status-quo".to_owned(),
        1 => "thematic-hubs".to_owned(),
        arm => format!("policy <{arm}> & more"),
    };
    Findings {
        other_worlds: vec![],
        chosen: vec![],
        policies: (0..policies).map(name).collect(),
        contrasts: vec![],
        uncertain: vec!["a.b".to_owned()],
        parts: vec![],
        replicates_per_world: 1,
        years,
        outcomes,
    }
}
