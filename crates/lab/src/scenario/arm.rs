//! Arms: what is simulated in every world of an experiment.
//!
//! An arm is a base policy and a list of [`Setting`]s over it. A named mitigation is such a list, and so are a head start, a
//! mechanism that is switched off and a lever that is changed: [`Arm::without`], [`Arm::with_head_start`], …

mod apply;

use apply::remove;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use hubsim_model::catalogue::{Limit, Off, Section};
use hubsim_model::inputs::{Inputs, Shock};
use hubsim_model::policy::Policy;
use hubsim_model::policy::mitigations::{Mitigation, SettingValue};

/// One thing that is simulated: a base policy and what is set over it.
#[derive(Clone, Debug, PartialEq)]
pub struct Arm {
    /// What tables call it. Nothing is read from it.
    pub label: String,
    /// The name of the base policy, one of the scenario's.
    pub policy: String,
    /// What is set over the base policy, the parameters and the facts, in this order.
    pub settings: Vec<Setting>,
    /// Shocks that strike in this arm only, beside those of the world and of the base policy.
    pub shocks: Vec<Shock>,
    /// The arm that it was made from and in what it differs from that, if it was made from one.
    pub derivation: Option<Derivation>,
    /// Whether it changes facts or parameters, or strikes the world: then it is another world than that of an arm that does
    /// not, and tables say so.
    pub another_world: bool,
}

/// How an arm was made from another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation {
    /// The label of the other arm.
    pub from: String,
    /// In what the two differ.
    pub subject: Subject,
}

/// In what the two arms of a contrast differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// In their policies as a whole.
    Policy,
    /// In these mitigations, which one arm has and the other does not.
    Mitigations(Vec<String>),
    /// One organisation begins with more in one of them.
    HeadStart,
    /// This mechanism is off in one of them.
    Mechanism(String),
    /// This lever, `part.key`.
    Lever(String),
    /// This step of a ladder, the steps before it being taken.
    Step(String),
    /// This step of a ladder alone, with those that it needs.
    StepAlone(String),
    /// This step of a ladder, all others being taken but those that need it.
    StepLeftOut(String),
}

/// A key and the value it is set to.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// `policy.hubs.pilots`, `production.find`, `head_start`, `region.NWE.online`.
    pub key: String,
    /// The value.
    pub value: Value,
}

/// What a key is set to.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A value as the model's structs are written.
    Plain(Json),
    /// The list as it is, less one word.
    Less(String),
    /// The number that each world draws under this key of the scenario.
    Uncertain(String),
    /// The value as it is in each world, with every number of it multiplied.
    Times(Factor),
    /// Nothing: the entity that the key names is left out.
    Removed,
}

/// A factor on the numbers of a key, and the numbers that the key takes: products are clamped to them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factor {
    /// The factor.
    pub times: f64,
    /// Least and greatest value of the key.
    pub bounds: (f64, f64),
    /// Whether its numbers are whole.
    pub whole: bool,
}

/// Why an arm cannot be simulated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArmError {
    /// The scenario holds no such policy: of the arm with this label, this policy.
    UnknownPolicy(String, String),
    /// No lever, parameter or fact has this key and takes this value: of the arm with this label, this key.
    Unsettable(String, String),
}

impl std::fmt::Display for ArmError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ArmError::UnknownPolicy(arm, policy) => {
                write!(f, "arm \"{arm}\": the scenario does not hold the policy \"{policy}\"")
            }
            ArmError::Unsettable(arm, key) => write!(f, "arm \"{arm}\": `{key}` cannot be set to that"),
        }
    }
}

impl std::error::Error for ArmError {}

impl Setting {
    /// A key and a plain value.
    pub fn new(key: impl Into<String>, value: impl Into<Json>) -> Setting {
        Setting { key: key.into(), value: Value::Plain(value.into()) }
    }
}

impl Arm {
    /// A policy of the scenario as it is.
    pub fn new(policy: &str) -> Arm {
        Arm {
            label: policy.to_owned(),
            policy: policy.to_owned(),
            settings: Vec::new(),
            shocks: Vec::new(),
            derivation: None,
            another_world: false,
        }
    }

    /// The same with one more thing set and another label; it is contrasted with this arm.
    pub fn derive(&self, label: String, subject: Subject, settings: impl IntoIterator<Item = Setting>) -> Arm {
        let settings = self.settings.iter().cloned().chain(settings).collect();
        let derivation = Some(Derivation { from: self.label.clone(), subject });
        Arm { label, settings, derivation, ..self.clone() }
    }

    /// The arm that goes without some of the mitigations of this one.
    pub fn without(&self, mitigations: &[&Mitigation]) -> Arm {
        let names: Vec<String> = mitigations.iter().map(|mitigation| mitigation.name.to_owned()).collect();
        let label = label_without(&self.label, &names);
        let settings = mitigations.iter().flat_map(|mitigation| settings_of(mitigation));
        self.derive(label, Subject::Mitigations(names), settings)
    }

    /// The arm in which one organisation, drawn in each world, begins with more: 0.5 is half as much again.
    pub fn with_head_start(&self, more: Value) -> Arm {
        let setting = Setting { key: HEAD_START.to_owned(), value: more };
        self.derive(label_with_head_start(&self.label), Subject::HeadStart, [setting])
    }

    /// The arm in which a mechanism is off; none if it cannot be switched off.
    pub fn with_mechanism_off(&self, section: &Section) -> Option<Arm> {
        let Some(Off::Set(values)) = section.off else { return None };
        let settings = values.iter().map(|&(key, value)| Setting::new(format!("{}.{key}", section.name), value));
        let label = format!("{} without {}", self.label, section.name);
        Some(self.derive(label, Subject::Mechanism(section.name.to_owned()), settings))
    }

    /// The arm in which a lever, `hubs.pilots`, has another value.
    pub fn with_lever(&self, lever: &str, value: &Json) -> Arm {
        let label = format!("{} with {lever} = {value}", self.label);
        let setting = Setting::new(format!("policy.{lever}"), value.clone());
        self.derive(label, Subject::Lever(lever.to_owned()), [setting])
    }

    /// Sets the levers of this arm in the policy of one world. `drawn` gives the uncertain numbers.
    ///
    /// # Errors
    /// [`ArmError::Unsettable`] for the first key that is no lever, or does not take its value.
    pub(super) fn apply_levers(
        &self,
        policy: &mut Policy,
        drawn: &dyn Fn(&str) -> Option<f64>,
    ) -> Result<(), ArmError> {
        self.settings
            .iter()
            .filter(|setting| setting.is_lever())
            .try_for_each(|setting| setting.apply_lever(policy, drawn).ok_or_else(|| self.unsettable(&setting.key)))
    }

    /// Sets the parameters and the facts of this arm in the inputs of one world. `drawn` gives the uncertain numbers.
    ///
    /// # Errors
    /// [`ArmError::Unsettable`] for the first key that is none, or does not take its value.
    pub(super) fn apply_facts(&self, inputs: &mut Inputs, drawn: &dyn Fn(&str) -> Option<f64>) -> Result<(), ArmError> {
        // Only what cannot be set directly needs the inputs as a tree of values.
        let mut left: Vec<&Setting> = Vec::new();
        for setting in self.settings.iter().filter(|setting| !setting.is_lever()) {
            if !setting.apply_directly(inputs, drawn) {
                left.push(setting);
            }
        }
        if !left.is_empty() {
            let changed = self.changed(inputs, &left, drawn)?;
            let before = std::mem::replace(inputs, changed);
            // The levers of a funder's policy are no part of the written inputs.
            for funder in &mut inputs.funder {
                if let Some(before) = before.funder.iter().find(|other| other.name == funder.name) {
                    funder.grants = before.grants.clone();
                }
            }
        }
        inputs.shock.extend(self.shocks.iter().cloned());
        Ok(())
    }

    /// The inputs with some settings, removals last.
    fn changed(
        &self,
        inputs: &Inputs,
        settings: &[&Setting],
        drawn: &dyn Fn(&str) -> Option<f64>,
    ) -> Result<Inputs, ArmError> {
        let read = |settings: &[&Setting]| -> Result<Inputs, ArmError> {
            let unsettable =
                || settings.first().map_or_else(|| self.unsettable(""), |first| self.unsettable(&first.key));
            let mut tree = serde_json::to_value(inputs).map_err(|_| unsettable())?;
            let (removals, changes): (Vec<&Setting>, Vec<&Setting>) =
                settings.iter().partition(|setting| setting.value == Value::Removed);
            for setting in changes {
                setting.apply_fact(&mut tree, drawn).ok_or_else(|| self.unsettable(&setting.key))?;
            }
            for setting in removals {
                remove(&mut tree, &setting.key).ok_or_else(|| self.unsettable(&setting.key))?;
            }
            serde_json::from_value(tree).map_err(|_| unsettable())
        };
        read(settings).map_err(|error| {
            // A value of a wrong type is only found when all are read: one at a time, it is known which.
            settings.iter().find_map(|setting| read(&[setting]).err()).unwrap_or(error)
        })
    }

    /// The keys of facts and parameters whose factor is cut by a bound in a world.
    pub(super) fn cut(&self, inputs: &Inputs) -> Vec<String> {
        let Ok(mut tree) = serde_json::to_value(inputs) else { return Vec::new() };
        let mut is_cut = |setting: &&Setting| match (&setting.value, setting.place(&mut tree)) {
            (Value::Times(factor), Some(place)) => factor.is_cut(place),
            _ => false,
        };
        let facts = self.settings.iter().filter(|setting| !setting.is_lever());
        facts.filter(&mut is_cut).map(|setting| setting.key.clone()).collect()
    }

    fn unsettable(&self, key: &str) -> ArmError {
        ArmError::Unsettable(self.label.clone(), key.to_owned())
    }
}

/// How the keys of levers begin.
const POLICY: &str = "policy.";

/// The key of a head start: [`Inputs::head_start`].
const HEAD_START: &str = "head_start";

/// What the arm of an ablation is called; names rows of stored tables.
pub(super) fn label_without(policy: &str, mitigations: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = mitigations.iter().map(AsRef::as_ref).collect();
    format!("{policy} without {}", names.join(" and "))
}

/// What an arm with a head start is called; names rows of stored tables.
pub(super) fn label_with_head_start(policy: &str) -> String {
    format!("{policy} with a head start")
}

/// A mitigation as the settings without it.
fn settings_of(mitigation: &Mitigation) -> impl Iterator<Item = Setting> + '_ {
    mitigation.settings.iter().map(|setting| {
        let value = match setting.value {
            SettingValue::Number(number) => Value::Plain(json!(number)),
            SettingValue::Unlimited => Value::Plain(json!(Limit::None)),
            SettingValue::Flag(flag) => Value::Plain(json!(flag)),
            SettingValue::Words(words) => Value::Plain(json!(words)),
            SettingValue::Weights(weights) => {
                Value::Plain(weights.iter().map(|(word, weight)| ((*word).to_owned(), json!(weight))).collect())
            }
            SettingValue::Less(word) => Value::Less((*word).to_owned()),
        };
        Setting { key: format!("policy.{}.{}", setting.lever.section().name(), setting.lever.key()), value }
    })
}

#[cfg(test)]
mod tests;
