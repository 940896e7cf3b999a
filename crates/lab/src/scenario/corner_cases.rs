//! The worlds at the corners of what a scenario allows, in which its parts are checked for consistency.

use crate::scenario::check::{ArmWorld, Checked, CornerCases, ResolvedPolicy, YearsFrom};
use crate::scenario::declared::Declared;
use crate::scenario::distribution::Distribution;
use crate::scenario::resolved::{ModelMismatch, inputs, policy, shocks};
use crate::scenario::values::Draw;
use hubsim_model::inputs::Inputs;
use hubsim_model::policy::levers::Policy;

/// Three worlds in which the parts of the scenario are checked for consistency.
pub(super) fn worlds(
    checked: &Checked,
    declared: &[Declared],
    years_from: YearsFrom,
) -> Result<CornerCases, ModelMismatch> {
    let ends = |pick: fn(&Distribution) -> f64| -> Vec<f64> {
        checked.uncertain.iter().map(|uncertain| pick(&uncertain.distribution)).collect()
    };
    let (least, central, greatest) =
        (ends(Distribution::least), ends(Distribution::central), ends(Distribution::greatest));
    let world = |world: &[f64]| {
        let drawn = Draw { uncertain: &checked.uncertain, world };
        inputs(&checked.world, &checked.parameters, &checked.entities, drawn)
    };
    let drawn = Draw { uncertain: &checked.uncertain, world: &greatest };
    let is_valid = |filled: &ResolvedPolicy| {
        let of = |mut policy: Policy| {
            // What cannot be set was reported.
            let _ = checked.arm(&filled.name).apply_levers(&mut policy, &|_| None);
            policy
        };
        filled.is_valid.then(|| policy(filled, drawn).map(of)).transpose()
    };
    let policies = checked.policies.iter().map(is_valid).collect::<Result<_, _>>()?;
    let middle = Draw { uncertain: &checked.uncertain, world: &central };
    let policy_shocks = checked.policies.iter().map(|filled| shocks(filled, middle)).collect::<Result<_, _>>()?;
    let (least, central, greatest) = (world(&least)?, world(&central)?, world(&greatest)?);
    // What a ladder passes runs, too.
    let passed = checked.ladders.iter().flat_map(|ladder| &ladder.through);
    let (years, selected) = (checked.top.years, checked.top.policies.iter().chain(passed).cloned().collect());
    let arm_world = |declared: &Declared| {
        let table = declared.table()?;
        let changed = |inputs: &Inputs| {
            let mut inputs = inputs.clone();
            checked.arm(&table.name).apply_facts(&mut inputs, &|_| None).ok().map(|()| inputs)
        };
        let worlds = [changed(&least)?, changed(&central)?, changed(&greatest)?];
        let cut = checked.arm(&table.name).cut(&central);
        Some(ArmWorld { name: table.name.clone(), span: table.span, worlds, cut })
    };
    let arms = declared.iter().filter_map(arm_world).collect();
    let derived = declared.iter().map(|declared| declared.label.clone()).collect();
    let uncertain = checked.uncertain.clone();
    Ok(CornerCases {
        least,
        central,
        greatest,
        policies,
        policy_shocks,
        arms,
        derived,
        uncertain,
        selected,
        years,
        years_from,
    })
}
