//! Resolved scenarios: the arms, and the inputs of the model in one world.

use toml::Value as Toml;
use toml::map::Map;

use crate::scenario::Scenario;
use crate::scenario::arm::{Arm, ArmError};
use crate::scenario::check::{Checked, ResolvedPolicy};
use crate::scenario::declared::{self, Declared, DeclaredArm};
use crate::scenario::diagnostic::Warnings;
use crate::scenario::distribution::Uncertain;
use crate::scenario::ladder::Ladder;
use crate::scenario::values::{Draw, ResolvedSection, ResolvedValue};
use hubsim_model::inputs::{FUNDER, Inputs, Shock};
use hubsim_model::policy::levers::Policy;
use hubsim_model::record::Names;

/// The values from which the inputs of the model are made.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    pub world: ResolvedSection,
    pub parameters: Vec<ResolvedSection>,
    pub entities: Vec<Vec<ResolvedSection>>,
    /// The base policies of all arms, and those that funders follow.
    pub policies: Vec<ResolvedPolicy>,
    /// The policies of rungs of ladders that are none of these.
    pub rungs: Vec<ResolvedPolicy>,
    /// The derived arms.
    pub arms: Vec<DeclaredArm>,
    /// Every number of these policies that is given as a distribution, sorted by key: also those of a base policy that is
    /// no arm itself.
    pub uncertain: Vec<Uncertain>,
    /// For each of these the position among [`Scenario::uncertain`] of the number that is drawn for it.
    pub draws: Vec<Option<usize>>,
}

impl Scenario {
    /// The selected arms, in order.
    pub fn arms(&self) -> Vec<Arm> {
        self.policies.iter().map(|label| self.arm(label)).collect()
    }

    /// The arms of the ladders that are no selected arms, each once.
    pub fn ladder_arms(&self) -> Vec<Arm> {
        let mut labels: Vec<&str> = Vec::new();
        for label in self.ladders.iter().flat_map(Ladder::arms) {
            if !labels.contains(&label) && !self.policies.iter().any(|selected| selected == label) {
                labels.push(label);
            }
        }
        labels.into_iter().map(|label| self.arm(label)).collect()
    }

    /// The arm of a label.
    fn arm(&self, label: &str) -> Arm {
        self.declared(label).map_or_else(|| Arm::new(label), |of| of.arm.clone())
    }

    /// The inputs and the policy of a trial of an arm in one world: `world[i]` is the value of
    /// `uncertain[i]`. Values are clamped to their key's bounds and whole ones rounded; one that is missing takes the
    /// distribution's central value. Funders that are not governed have the grant levers of the policy they name.
    ///
    /// # Errors
    /// If the arm's base policy is not one of this scenario's, or one of its settings sets nothing.
    pub fn inputs(&self, arm: &Arm, world: &[f64]) -> Result<(Inputs, Policy), ArmError> {
        let values = self.values(world);
        let drawn = self.drawn(&values);
        let mut inputs = self.world_inputs(world);
        let policy = self.policy_of(arm, drawn)?;
        // The policy is one of the scenario's, whose shocks were converted once when it was checked.
        let filled = self.filled(&arm.policy).expect("its policy was found");
        inputs.shock.extend(shocks(filled, drawn).expect("no number changes its type"));
        inputs.head_start = head_start(filled, drawn);
        arm.apply_facts(&mut inputs, &|key| number(drawn, key))?;
        Ok((inputs, policy))
    }

    /// The names of its regions with their groups, and of its themes, as in the rows of every trial.
    pub fn names(&self) -> Names {
        let inputs = self.world_inputs(&[]);
        Names {
            region: inputs.region.iter().map(|region| region.name.clone()).collect(),
            group: inputs.region.into_iter().map(|region| region.group).collect(),
            theme: inputs.theme.into_iter().map(|theme| theme.name).collect(),
            ..Names::default()
        }
    }

    /// The inputs of all trials of one world, without those of an arm: see [`Scenario::inputs`].
    pub fn world_inputs(&self, world: &[f64]) -> Inputs {
        let Resolved { world: top, parameters, entities, .. } = &self.resolved;
        let values = self.values(world);
        let drawn = self.drawn(&values);
        let mut inputs = inputs(top, parameters, entities, drawn)
            .expect("it was converted once when it was checked, and no number changes its type");
        for funder in inputs.funder.iter_mut().filter(|funder| !funder.governed) {
            if let Ok(own) = self.policy_of(&self.arm(&funder.policy), drawn) {
                funder.grants = own.grants;
            }
        }
        // Random numbers go by names, but sums and ties go by place: in the order of names, the order of a file changes nothing.
        inputs.region.sort_by(|a, b| a.name.cmp(&b.name));
        inputs.theme.sort_by(|a, b| a.name.cmp(&b.name));
        inputs.organisation.sort_by(|a, b| a.name.cmp(&b.name));
        inputs.funder.sort_by(|a, b| a.name.cmp(&b.name));
        inputs
    }

    /// The inputs of one world under a selected arm, with its shocks and its head start; without them if no selected arm has
    /// the label.
    pub fn inputs_under(&self, label: &str, world: &[f64]) -> Inputs {
        self.selected(label, world).map_or_else(|| self.world_inputs(world), |(inputs, _)| inputs)
    }

    /// The policy of a selected arm in one world.
    pub fn policy(&self, label: &str, world: &[f64]) -> Option<Policy> {
        self.selected(label, world).map(|(_, policy)| policy)
    }

    /// The description of a selected arm; may be empty.
    pub fn policy_description(&self, label: &str) -> Option<&str> {
        if !self.policies.iter().any(|selected| selected == label) {
            return None;
        }
        let declared = self.declared(label).map(|arm| arm.description.as_str());
        declared.or_else(|| self.filled(label).map(|policy| policy.description.as_str()))
    }

    fn selected(&self, label: &str, world: &[f64]) -> Option<(Inputs, Policy)> {
        let arm = self.arms().into_iter().find(|arm| arm.label == label)?;
        self.inputs(&arm, world).ok()
    }

    fn declared(&self, label: &str) -> Option<&DeclaredArm> {
        self.resolved.arms.iter().find(|declared| declared.arm.label == label)
    }

    fn filled(&self, policy: &str) -> Option<&ResolvedPolicy> {
        self.resolved.policies.iter().chain(&self.resolved.rungs).find(|filled| filled.name == policy)
    }

    /// The policy of an arm in one world.
    fn policy_of(&self, arm: &Arm, drawn: Draw) -> Result<Policy, ArmError> {
        let unknown = || ArmError::UnknownPolicy(arm.label.clone(), arm.policy.clone());
        let filled = self.filled(&arm.policy).ok_or_else(unknown)?;
        // It was converted once when the scenario was checked.
        let mut policy = policy(filled, drawn).map_err(|_| unknown())?;
        arm.apply_levers(&mut policy, &|key| number(drawn, key))?;
        policy.name.clone_from(&arm.label);
        Ok(policy)
    }

    fn drawn<'a>(&'a self, values: &'a [f64]) -> Draw<'a> {
        Draw { uncertain: &self.resolved.uncertain, world: values }
    }

    /// The value of every uncertain number of the scenario and of all base policies in a world.
    fn values(&self, world: &[f64]) -> Vec<f64> {
        let value = |(uncertain, draw): (&Uncertain, &Option<usize>)| {
            draw.and_then(|at| world.get(at)).copied().unwrap_or_else(|| uncertain.distribution.central())
        };
        self.resolved.uncertain.iter().zip(&self.resolved.draws).map(value).collect()
    }
}

/// The number that a world draws under a key.
fn number(drawn: Draw, key: &str) -> Option<f64> {
    let at = drawn.uncertain.binary_search_by(|uncertain| uncertain.key.as_str().cmp(key)).ok()?;
    drawn.world.get(at).copied()
}

/// The scenario with its selected arms, their base policies and those that funders follow, and the uncertain numbers that
/// these and the world use.
pub(super) fn assemble(checked: Checked, declared: &[Declared]) -> Scenario {
    let Checked { top, world, parameters, entities, policies, claims, contrasts, settings, uncertain: all, .. } =
        checked;
    let (ladders, rungs) = (checked.ladders, checked.rungs);
    let mut names = top.policies.clone();
    // The policies that ladders pass are simulated, too.
    for label in ladders.iter().flat_map(|ladder| ladder.through.iter().map(String::as_str).chain(ladder.arms())) {
        if !names.iter().any(|name| name == label) && !rungs.iter().any(|rung| rung.name == label) {
            names.push(label.to_owned());
        }
    }
    for funder in entities.iter().flatten().filter(|filled| filled.section.name == FUNDER.name) {
        match funder.field("policy") {
            Some(ResolvedValue::Word(name)) if !names.contains(name) => names.push(name.clone()),
            _ => {}
        }
    }
    let (declared, bases) = declared::needed(&names, declared);
    let arms = declared::arms(&declared, &policies, &settings);
    // An arm that sets keys has a copy of its policy.
    let copies = arms.iter().filter(|arm| arm.set.is_some()).map(|arm| arm.arm.policy.clone());
    let bases: Vec<String> = bases.into_iter().chain(copies).collect();
    let drawn_by = |names: &[String], uncertain: &Uncertain| {
        let own =
            |policy: &ResolvedPolicy| names.contains(&policy.name) && policy.parts().any(|of| of.draws(&uncertain.key));
        !uncertain.key.starts_with("policy.") || policies.iter().any(own)
    };
    let uncertain: Vec<Uncertain> = all.iter().filter(|of| drawn_by(&names, of)).cloned().collect();
    let with_bases: Vec<Uncertain> =
        all.into_iter().filter(|of| drawn_by(&names, of) || drawn_by(&bases, of)).collect();
    let draws = draws(&with_bases, &uncertain);
    let find = |name: &String| policies.iter().find(|policy| policy.name == *name).cloned();
    let policies = bases.iter().filter_map(find).collect();
    Scenario {
        name: top.name,
        description: top.description,
        years: top.years,
        seed: top.seed,
        replicates: top.replicates,
        replicates_per_world: top.replicates_per_world,
        require_all: top.require_all,
        policies: top.policies,
        claims,
        contrasts,
        ladders,
        uncertain,
        warnings: Warnings::default(),
        resolved: Resolved { world, parameters, entities, policies, rungs, arms, uncertain: with_bases, draws },
    }
}

/// Which of the drawn numbers each of some uncertain numbers is: the one of its key, or else of its dimension, as of a
/// lever of a base policy that only the arms made of it hold.
fn draws(all: &[Uncertain], drawn: &[Uncertain]) -> Vec<Option<usize>> {
    let draw = |one: &Uncertain| {
        let key = drawn.iter().position(|other| other.key == one.key);
        key.or_else(|| drawn.iter().position(|other| other.dimension() == one.dimension()))
    };
    all.iter().map(draw).collect()
}

/// Why the model rejects values that agree with the catalogue.
pub(super) type ModelMismatch = toml::de::Error;

/// Whether the catalogue and the model's structs agree; a test sees to it that they do.
pub(super) fn agree(scenario: &Scenario) -> Result<(), ModelMismatch> {
    let resolved = &scenario.resolved;
    let drawn = Draw { uncertain: &resolved.uncertain, world: &[] };
    inputs(&resolved.world, &resolved.parameters, &resolved.entities, drawn)?;
    resolved.policies.iter().try_for_each(|filled| policy(filled, drawn).and(shocks(filled, drawn)).map(drop))
}

pub(super) fn inputs(
    world: &ResolvedSection,
    parameters: &[ResolvedSection],
    entities: &[Vec<ResolvedSection>],
    drawn: Draw,
) -> Result<Inputs, ModelMismatch> {
    let mut table = world.table(drawn);
    for filled in parameters {
        table.insert(filled.section.name.to_owned(), Toml::Table(filled.table(drawn)));
    }
    for list in entities {
        if let Some(first) = list.first() {
            let rows = list.iter().map(|filled| Toml::Table(filled.table(drawn))).collect();
            table.insert(first.section.name.to_owned(), Toml::Array(rows));
        }
    }
    Toml::Table(table).try_into()
}

/// The shocks that occur under one policy only.
pub(super) fn shocks(filled: &ResolvedPolicy, drawn: Draw) -> Result<Vec<Shock>, ModelMismatch> {
    let shock = |shock: &ResolvedSection| Toml::Table(shock.table(drawn)).try_into();
    filled.shocks.iter().map(shock).collect()
}

/// The size of the head start under a policy.
fn head_start(filled: &ResolvedPolicy, drawn: Draw) -> f64 {
    let table = filled.start.table(drawn);
    table.get("more").and_then(Toml::as_float).unwrap_or(0.0)
}

pub(super) fn policy(filled: &ResolvedPolicy, drawn: Draw) -> Result<Policy, ModelMismatch> {
    let mut table = Map::new();
    table.insert("name".to_owned(), Toml::String(filled.name.clone()));
    for levers in &filled.levers {
        let part = levers.section.name.strip_prefix("policy.").unwrap_or(levers.section.name);
        table.insert(part.to_owned(), Toml::Table(levers.table(drawn)));
    }
    Toml::Table(table).try_into()
}
