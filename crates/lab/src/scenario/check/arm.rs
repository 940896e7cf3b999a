//! What arms set: keys against the catalogue, patterns against names, values against the kind of their key.

use std::collections::BTreeMap;

use crate::scenario::arm::{Factor, Setting, Value};
use crate::scenario::arm_keys::{ArmTable, SetKey, closeness, matches};
use crate::scenario::catalogue::{LEVERS, entries};
use crate::scenario::check::Checker;
use crate::scenario::diagnostic::ArmRule;
use crate::scenario::diagnostics::Span;
use crate::scenario::distribution::FAMILIES;
use crate::scenario::key_path::segment;
use crate::scenario::kind::{KeyContext, NumberRule, kind_of};
use crate::scenario::model_values::plain;
use crate::scenario::nearest::nearest;
use crate::scenario::tree::{Node, NodeValue};
use crate::scenario::values::{Amount, Draw};
use hubsim_model::catalogue::{Kind, Section, Spec};
use hubsim_model::inputs::{ENTITIES, WORLD};
use hubsim_model::mechanisms::SECTIONS;

/// Lists whose entries may be left out: nothing else in a scenario depends on them.
const REMOVABLE: [&str; 2] = ["organisation", "funder"];

/// The greatest factor.
const MOST: f64 = 1e6;

/// What a path names.
#[derive(Clone, Copy)]
enum Target {
    /// A lever, a parameter or a number of the world.
    Key(Section, &'static Spec),
    /// A key of entities, by pattern.
    Fact(Section, &'static Spec),
    /// An entry of a table of entities, both by pattern; its name is one of a list.
    Entry(Section, &'static Spec, &'static str),
    /// Entities as a whole, by pattern.
    Entity(Section),
}

/// The settings of one key by their full path; the closeness of the pattern decides where several match.
type Found = BTreeMap<String, (usize, Span, Value)>;

impl Checker<'_> {
    /// The settings of an arm but for the levers in its copy of the policy. `start` is where the scenario's own text begins:
    /// only there it is a mistake if a pattern matches nothing.
    pub(super) fn settings(&mut self, arm: &ArmTable, start: Span) -> Vec<Setting> {
        let mut found = Found::new();
        for key in arm.set.iter().filter(|key| key.lever().is_none() || key.is_change()) {
            self.setting(key, start, &mut found);
        }
        let kept = |value: &Value| !matches!(value, Value::Plain(json) if json.is_null());
        let settings = found.into_iter().filter(|(_, (_, _, value))| kept(value));
        settings.map(|(key, (_, _, value))| Setting { key, value }).collect()
    }

    fn setting(&mut self, key: &SetKey, start: Span, found: &mut Found) {
        let Some(target) = target(&key.path) else {
            let written = key.written();
            let all = entries();
            let near = nearest(&written, all.iter().map(|entry| entry.path.as_str())).map(str::to_owned);
            self.report(key.key, ArmRule::NoSuchKey { key: &written, near });
            return;
        };
        let Some(value) = self.arm_value(key, target) else { return };
        let (path, closeness) = match target {
            Target::Key(..) => (vec![key.written()], 0),
            Target::Fact(section, _) | Target::Entity(section) => {
                let names = self.matching(section.name, key, 1, start);
                (names.iter().map(|name| full(key, &[(1, name)])).collect(), closeness(&key.path[1]))
            }
            Target::Entry(section, _, to) => {
                let names = self.matching(section.name, key, 1, start);
                let others = self.matching(to, key, 3, start);
                let itself = |name: &str, other: &str| section.name == to && name == other;
                let pairs = names.iter().flat_map(|name| others.iter().map(move |other| (name, other)));
                let pairs = pairs.filter(|(name, other)| !itself(name, other));
                let paths = pairs.map(|(name, other)| full(key, &[(1, name), (3, other)])).collect();
                (paths, closeness(&key.path[1]) + closeness(&key.path[3]))
            }
        };
        for path in path {
            match found.get(&path) {
                Some((other, _, _)) if *other > closeness => {}
                Some((other, first, _)) if *other == closeness => {
                    let (first, second) = ((*first).min(key.key), (*first).max(key.key));
                    let first = self.diagnostics.name(first);
                    self.report(second, ArmRule::TwoPatterns { key: &path, first });
                    return;
                }
                _ => {
                    found.insert(path, (closeness, key.key, value.clone()));
                }
            }
        }
    }

    /// The names of a list that a part of a path matches; it is reported if there are none.
    fn matching(&mut self, list: &str, key: &SetKey, part: usize, start: Span) -> Vec<String> {
        let pattern = &key.path[part];
        let all = self.names.get(list).cloned().unwrap_or_default();
        let names: Vec<String> = all.iter().filter(|name| matches(pattern, name)).cloned().collect();
        if names.is_empty() && !self.partial && !self.resolved && key.key.same_file(start) {
            let near = nearest(pattern, all.iter().map(String::as_str)).map(str::to_owned);
            self.report(key.key, ArmRule::MatchesNothing { list, pattern, near });
        }
        names
    }

    /// The value of a key; null where it is to stay as it is.
    fn arm_value(&mut self, key: &SetKey, target: Target) -> Option<Value> {
        if key.is_change() || matches!(target, Target::Entity(_)) {
            return self.change(key, target);
        }
        if self.no_number(key, target) {
            return None;
        }
        match target {
            Target::Key(section, spec) | Target::Fact(section, spec) => {
                let before = self.uncertain.len();
                let path = key.written();
                let count = self.count();
                let read =
                    kind_of(&spec.kind).check(self, KeyContext { section: &section, spec, path: &path }, &key.value);
                self.same_in_every_world(before, spec.key, key.value.span);
                let nothing = Draw { uncertain: &[], world: &[] };
                let value = plain(spec, &read, nothing).filter(|_| self.count() == count)?;
                serde_json::to_value(value).ok().map(Value::Plain)
            }
            Target::Entry(_, spec, _) => {
                let before = self.uncertain.len();
                let numbers = kind_of(&spec.kind).numbers();
                let wanted =
                    NumberRule { key: &key.path[3], unit: spec.unit, bounds: numbers.bounds, whole: numbers.whole };
                let amount = self.amount(wanted, &key.value, &key.written());
                self.same_in_every_world(before, &key.path[3], key.value.span);
                match amount {
                    Amount::Fixed(number) => Some(Value::Plain(number.into())),
                    Amount::Uncertain(_) | Amount::Invalid => None,
                }
            }
            Target::Entity(_) => None,
        }
    }

    /// Whether a table stands where a number belongs, which is reported: a mistyped change, or a distribution.
    fn no_number(&mut self, key: &SetKey, target: Target) -> bool {
        let number = match target {
            Target::Key(_, spec) | Target::Fact(_, spec) => matches!(spec.kind, Kind::Number(_) | Kind::Constant(_)),
            Target::Entry(..) => true,
            Target::Entity(_) => false,
        };
        let Some(table) = key.value.table().filter(|_| number) else { return false };
        let written = key.written();
        if table.keys().any(|form| FAMILIES.iter().any(|family| family.name == form)) {
            self.report(key.value.span, ArmRule::DrawnInArm { key: &written });
        } else {
            self.report(key.value.span, ArmRule::NoChange { key: &written, noun: key.value.noun() });
        }
        true
    }

    /// Reports that a value drew a number: an arm keeps the luck of its world.
    fn same_in_every_world(&mut self, before: usize, key: &str, span: Span) {
        if self.uncertain.len() > before {
            self.uncertain.truncate(before);
            self.report(span, ArmRule::DrawnInArm { key });
        }
    }

    /// `{ times = 2 }` or `{ remove = true }`.
    fn change(&mut self, key: &SetKey, target: Target) -> Option<Value> {
        let written = key.written();
        let only =
            |change: &str| key.value.table().filter(|table| table.len() == 1)?.get(change).map(|entry| &entry.node);
        match (only("times"), only("remove"), target) {
            (None, Some(Node { value: NodeValue::Flag(remove), .. }), Target::Entity(section))
                if REMOVABLE.contains(&section.name) =>
            {
                Some(if *remove { Value::Removed } else { Value::Plain(serde_json::Value::Null) })
            }
            (None, Some(_), _) => {
                self.report(key.value.span, ArmRule::NotRemoved { key: &written });
                None
            }
            (Some(times), None, Target::Key(_, spec) | Target::Fact(_, spec) | Target::Entry(_, spec, _))
                if spec.number().is_some() || matches!(spec.kind, Kind::Map { .. }) =>
            {
                let wanted = NumberRule { key: "times", unit: "factor", bounds: (0.0, MOST), whole: false };
                let times = self.number(wanted, times)?;
                let numbers = kind_of(&spec.kind).numbers();
                Some(Value::Times(Factor { times, bounds: numbers.bounds, whole: numbers.whole }))
            }
            (Some(_), None, _) => {
                self.report(key.value.span, ArmRule::NotMultiplied { key: &written });
                None
            }
            _ => {
                self.report(key.value.span, ArmRule::NoChange { key: &written, noun: key.value.noun() });
                None
            }
        }
    }
}

/// What a path names; none if there is no such key.
fn target(path: &[String]) -> Option<Target> {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let section = |all: &[Section], name: &str| all.iter().find(|section| section.name == name).copied();
    match path.as_slice() {
        ["policy", part, key] => {
            let levers = section(LEVERS, &format!("policy.{part}"))?;
            Some(Target::Key(levers, levers.spec(key)?))
        }
        [key] => Some(Target::Key(WORLD, WORLD.spec(key)?)),
        [list, _, rest @ ..] if section(ENTITIES, list).is_some() => {
            let of = section(ENTITIES, list).filter(|of| of.spec("name").is_some())?;
            match rest {
                [] => Some(Target::Entity(of)),
                [key] if *key != "name" => Some(Target::Fact(of, of.spec(key)?)),
                [key, _] => match of.spec(key)? {
                    spec @ Spec { kind: Kind::Map { to, .. }, .. } => Some(Target::Entry(of, spec, to)),
                    _ => None,
                },
                _ => None,
            }
        }
        [name, key] => {
            let parameters = section(SECTIONS, name)?;
            Some(Target::Key(parameters, parameters.spec(key)?))
        }
        _ => None,
    }
}

/// A path with some of its parts replaced by names.
fn full(key: &SetKey, parts: &[(usize, &String)]) -> String {
    let part =
        |(at, own): (usize, &String)| segment(parts.iter().find(|(part, _)| *part == at).map_or(own, |(_, name)| name));
    key.path.iter().enumerate().map(part).collect::<Vec<_>>().join(".")
}
