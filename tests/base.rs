//! The base scenario contains every lever.

use hubsim_lab::scenario::{BASE, catalogue};

#[test]
fn the_base_scenario_contains_every_lever() {
    for section in catalogue::LEVERS {
        for spec in section.specs {
            let written = format!("\n{} = ", spec.key);
            assert!(BASE.text.contains(&written), "{}.{} is not in scenarios/base.toml", section.name, spec.key);
        }
    }
}
