//! The part of the base scenario that is written from the catalogue.

use hubsim_model::catalogue::{Number, Spec};
use hubsim_model::mechanisms::SECTIONS;

use super::written;

/// The parameters of every mechanism as a file: facts as numbers, assumptions as triangular distributions over
/// their plausible range, each with unit, source and range.
pub fn base_parameters() -> String {
    let mut text = String::new();
    for section in SECTIONS {
        text.push_str(&format!("\n# {}\n[{}]\n", section.meaning.trim(), section.name));
        for spec in section.specs {
            let Some(Number { default: Some(default), range: (low, high), .. }) = spec.number().copied() else {
                continue;
            };
            let value = if spec.assumed() && low < high {
                let (low, high) = (written(low.min(default)), written(high.max(default)));
                format!("{{ triangular = [{low}, {}, {high}] }}", written(default))
            } else {
                written(default)
            };
            text.push_str(&format!("# {}\n", spec.meaning.trim()));
            text.push_str(&format!("{} = {value}  # {}\n", spec.key, remark(spec, (low, high))));
        }
    }
    text.trim_start().to_owned()
}

/// `unit; source; range low–high`.
fn remark(spec: &Spec, (low, high): (f64, f64)) -> String {
    format!("{}; {}; range {}–{}", spec.unit, spec.source, written(low), written(high))
}
