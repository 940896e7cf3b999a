//! Arms that a scenario declares with `[[ablation]]` and `[[head_start]]`: policies that are derived from others.

use crate::scenario::arm::{Arm, Setting, Value};
use crate::scenario::catalogue::{ABLATION, HEAD_START, quoted};
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
}

/// A declared arm with everything that is needed to simulate it and to write it down.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DeclaredArm {
    pub arm: Arm,
    pub description: String,
    /// The size of the head start, if it is one.
    pub more: Option<ResolvedValue>,
}

impl Declared {
    pub(super) fn new(label: &str, from: &str, change: Change) -> Declared {
        Declared { label: label.to_owned(), from: from.to_owned(), change }
    }

    /// The arm, derived from the arm `from`. `own` is the derived policy, `start` the head start of the base policy.
    fn arm(&self, from: &Arm, own: &ResolvedPolicy, start: &ResolvedValue) -> DeclaredArm {
        let (arm, more) = match &self.change {
            Change::Without(mitigations) => (from.without(mitigations), None),
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
        DeclaredArm { arm, description: own.description.clone(), more }
    }
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

/// The arms of declarations that [`needed`] has put in order, over the checked policies.
pub(super) fn arms(declared: &[&Declared], policies: &[ResolvedPolicy]) -> Vec<DeclaredArm> {
    let mut arms: Vec<DeclaredArm> = Vec::new();
    for declaration in declared {
        let find = |name: &str| policies.iter().find(|policy| policy.name == name);
        let Some(own) = find(&declaration.label) else { continue };
        let below = arms.iter().find(|other| other.arm.label == declaration.from);
        let from = below.map_or_else(|| Arm::new(&declaration.from), |below| below.arm.clone());
        let start = find(&from.policy).and_then(|policy| policy.start.field("more").cloned()).unwrap_or(NONE);
        arms.push(declaration.arm(&from, own, &start));
    }
    arms
}

impl DeclaredArm {
    /// The declaration as a scenario file writes it; `written` writes a value.
    pub(super) fn to_toml(&self, written: impl Fn(&ResolvedValue) -> Option<String>) -> String {
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
