//! Arms that a scenario declares with `[[ablation]]`, `[[head_start]]` and `[[arm]]`: policies that are made of others.

use std::collections::BTreeMap;

use crate::scenario::arm::{Arm, Setting, Value};
use crate::scenario::arm_keys::ArmTable;
use crate::scenario::catalogue::{ABLATION, ARM, HEAD_START, quoted};
use crate::scenario::check::ResolvedPolicy;
use crate::scenario::values::{Amount, ResolvedValue};
use hubsim_model::policy::mitigations::Mitigation;

/// A policy that is derived from another one.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    /// Its name.
    pub label: String,
    /// The name of the other policy, which may be derived itself.
    pub from: String,
    /// The difference from the other policy.
    pub change: Change,
}

/// The difference of a derived policy.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// These mitigations are left out.
    Without(Vec<&'static Mitigation>),
    /// One organisation begins with more.
    HeadStart,
    /// These keys are set.
    Set(ArmTable),
}

/// A declared arm with everything that is needed to simulate it and to write it down.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DeclaredArm {
    pub arm: Arm,
    pub description: String,
    /// The size of the head start, if it is one.
    pub more: Option<ResolvedValue>,
    /// What it sets, if it is an arm that sets keys, as a scenario file writes it.
    pub set: Option<SetText>,
}

/// An `[[arm]]` as a scenario file writes it, without its shocks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SetText {
    /// The name of its policy.
    pub policy: String,
    /// Keys and values.
    pub keys: Vec<(String, String)>,
    /// Number of its own shocks, the last ones of its copy of the policy.
    pub shocks: usize,
}

impl Declared {
    pub(super) fn new(label: &str, from: &str, change: Change) -> Declared {
        Declared { label: label.to_owned(), from: from.to_owned(), change }
    }

    /// The arm that sets keys.
    pub(super) fn setting(table: ArmTable) -> Declared {
        Declared { label: table.name.clone(), from: table.policy.clone(), change: Change::Set(table) }
    }

    /// The table of an arm that sets keys.
    pub(super) fn table(&self) -> Option<&ArmTable> {
        match &self.change {
            Change::Set(table) => Some(table),
            _ => None,
        }
    }

    /// The arm, derived from the arm `from`. `own` is the derived policy, `start` the head start of the base policy.
    fn arm(&self, from: &Arm, own: &ResolvedPolicy, start: &ResolvedValue) -> DeclaredArm {
        let (arm, more) = match &self.change {
            Change::Without(mitigations) => (from.without(mitigations), None),
            Change::Set(_) => (from.clone(), None),
            Change::HeadStart => {
                let more = own.start.field("more").cloned().unwrap_or(ResolvedValue::Absent);
                (from.with_head_start(value(&more)), Some(more))
            }
        };
        let mut arm = Arm { label: self.label.clone(), ..arm };
        // An arm does not inherit the head start of the policy from which it is derived.
        if *start != NONE && from.derivation.is_none() {
            arm.settings.insert(0, Setting::new(HEAD_START.name, 0.0));
        }
        DeclaredArm { arm, description: own.description.clone(), more, set: None }
    }
}

/// The arm of a copy of a policy and what is set beside its levers.
fn setting_arm(table: &ArmTable, own: &ResolvedPolicy, settings: &[Setting]) -> DeclaredArm {
    let (settings, another_world) = (settings.to_vec(), table.another_world);
    let arm = Arm { settings, another_world, ..Arm::new(&table.name) };
    let keys = table.set.iter().map(|key| (key.written(), key.value_text())).collect();
    let set = Some(SetText { policy: table.policy.clone(), keys, shocks: table.shocks });
    DeclaredArm { arm, description: own.description.clone(), more: None, set }
}

/// No head start.
const NONE: ResolvedValue = ResolvedValue::Number(Amount::Fixed(0.0));

/// The value of a head start.
fn value(more: &ResolvedValue) -> Value {
    match more {
        ResolvedValue::Number(Amount::Uncertain(key)) => Value::Uncertain(key.clone()),
        ResolvedValue::Number(Amount::Fixed(more)) => Value::Plain((*more).into()),
        _ => Value::Plain(0.0.into()),
    }
}

/// Those of some declarations that make one of the named policies, or one that such a policy is made of, in the order of
/// the names, each after the one that it is made of; and the policies that all these are made of in the end.
pub(super) fn needed<'a>(names: &[String], declared: &'a [Declared]) -> (Vec<&'a Declared>, Vec<String>) {
    let (mut arms, mut policies): (Vec<&Declared>, Vec<String>) = (Vec::new(), Vec::new());
    for name in names {
        let mut chain = Vec::new();
        let mut next = name.as_str();
        while let Some(found) = declared.iter().find(|arm| arm.label == next) {
            chain.push(found);
            next = &found.from;
        }
        if !policies.iter().any(|policy| policy == next) {
            policies.push(next.to_owned());
        }
        for arm in chain.into_iter().rev() {
            if !arms.iter().any(|other| other.label == arm.label) {
                arms.push(arm);
            }
        }
    }
    (arms, policies)
}

/// The arms of declarations that [`needed`] has put in order, over the checked policies. `settings` are those of the arms
/// that set keys, by label.
pub(super) fn arms(
    declared: &[&Declared],
    policies: &[ResolvedPolicy],
    settings: &BTreeMap<String, Vec<Setting>>,
) -> Vec<DeclaredArm> {
    let mut arms: Vec<DeclaredArm> = Vec::new();
    for declaration in declared {
        let find = |name: &str| policies.iter().find(|policy| policy.name == name);
        let Some(own) = find(&declaration.label) else { continue };
        if let Change::Set(table) = &declaration.change {
            let settings = settings.get(&declaration.label).map_or(&[] as &[Setting], Vec::as_slice);
            arms.push(setting_arm(table, own, settings));
            continue;
        }
        let below = arms.iter().find(|other| other.arm.label == declaration.from);
        let from = below.map_or_else(|| Arm::new(&declaration.from), |below| below.arm.clone());
        let start = find(&from.policy).and_then(|policy| policy.start.field("more").cloned()).unwrap_or(NONE);
        arms.push(declaration.arm(&from, own, &start));
    }
    arms
}

impl DeclaredArm {
    /// The declaration as a scenario file writes it, without its shocks; `written` writes a value.
    pub(super) fn to_toml(&self, written: impl Fn(&ResolvedValue) -> Option<String>) -> String {
        if let Some(SetText { policy, keys, .. }) = &self.set {
            let keys: Vec<String> = keys.iter().map(|(key, value)| format!("{} = {value}", quoted(key))).collect();
            let set = if keys.is_empty() { String::new() } else { format!("set = {{ {} }}\n", keys.join(", ")) };
            let head = format!("\n[[{}]]\nname = {}\n", ARM.name, quoted(&self.arm.label));
            return format!("{head}description = {}\npolicy = {}\n{set}", quoted(&self.description), quoted(policy));
        }
        let Some(derivation) = &self.arm.derivation else { return String::new() };
        let policy = quoted(&derivation.from);
        if let Some(more) = self.more.as_ref().and_then(written) {
            return format!("\n[[{}]]\npolicy = {policy}\nmore = {more}\n", HEAD_START.name);
        }
        let crate::scenario::arm::Subject::Mitigations(names) = &derivation.subject else { return String::new() };
        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        let names = names.join(", ");
        let without = if names.contains(", ") { format!("[{names}]") } else { names };
        format!("\n[[{}]]\npolicy = {policy}\nwithout = [{without}]\n", ABLATION.name)
    }
}
