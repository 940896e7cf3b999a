//! Writes a resolved scenario as text.

use crate::scenario::Scenario;
use crate::scenario::catalogue::{ARM, CONTRAST, quoted, written};
use crate::scenario::check::{ResolvedPolicy, ShownContrast};
use crate::scenario::distribution::Uncertain;
use crate::scenario::ladder::Ladder;
use crate::scenario::values::{Amount, ResolvedSection, ResolvedValue};
use hubsim_model::catalogue::{Section, Spec};

impl Scenario {
    /// The resolved scenario as TOML: all defaults, all inherited values, the selected arms and their base policies, the
    /// policies of funders, all claims. Parsing it gives an equal scenario.
    pub fn to_toml(&self) -> String {
        let writer = Writer { uncertain: &self.resolved.uncertain };
        let mut text = format!("name = {}\n", quoted(&self.name));
        if !self.description.is_empty() {
            text.push_str(&format!("description = {}\n", quoted(&self.description)));
        }
        text.push_str("resolved = true\n");
        text.push_str(&format!("years = {}\nseed = {}\nreplicates = {}\n", self.years, self.seed, self.replicates));
        text.push_str(&format!("replicates_per_world = {}\n", self.replicates_per_world));
        if self.require_all {
            text.push_str("require = \"all\"\n");
        }
        if self.ladders.iter().any(Ladder::is_full) {
            text.push_str("ladders = \"full\"\n");
        }
        let policies: Vec<String> = self.policies.iter().map(|name| quoted(name)).collect();
        text.push_str(&format!("policies = [{}]\n", policies.join(", ")));
        writer.section(&self.resolved.world, &mut text);
        for filled in &self.resolved.parameters {
            text.push_str(&format!("\n[{}]\n", filled.section.name));
            writer.section(filled, &mut text);
        }
        for filled in self.resolved.entities.iter().flatten() {
            text.push_str(&format!("\n[[{}]]\n", filled.section.name));
            writer.section(filled, &mut text);
        }
        let copy = |policy: &ResolvedPolicy| self.resolved.arms.iter().any(|arm| arm.arm.label == policy.name);
        for policy in self.resolved.policies.iter().filter(|policy| !copy(policy)) {
            writer.policy(policy, &mut text);
        }
        for arm in &self.resolved.arms {
            text.push_str(&arm.to_toml(|field| writer.value(field)));
            let own = arm.set.as_ref().map_or(0, |set| set.shocks);
            let policy = self.resolved.policies.iter().find(|policy| policy.name == arm.arm.policy);
            let shocks = policy.map_or(&[] as &[ResolvedSection], |policy| &policy.shocks);
            for shock in shocks.iter().rev().take(own).rev() {
                text.push_str(&format!("\n[[{}.shock]]\n", ARM.name));
                writer.section(shock, &mut text);
            }
        }
        for ladder in &self.ladders {
            text.push_str(&ladder.to_toml());
        }
        // At the end, where a run finds them: see `store`.
        for ShownContrast { arm, against } in &self.contrasts {
            let (arm, against) = (quoted(arm), quoted(against));
            text.push_str(&format!("\n[[{}]]\narm = {arm}\nagainst = {against}\n", CONTRAST.name));
        }
        for claim in &self.claims {
            text.push_str(&claim.to_toml());
        }
        text
    }
}

struct Writer<'a> {
    uncertain: &'a [Uncertain],
}

impl Writer<'_> {
    fn policy(&self, policy: &ResolvedPolicy, text: &mut String) {
        text.push_str(&format!("\n[[policy]]\nname = {}\n", quoted(&policy.name)));
        if !policy.description.is_empty() {
            text.push_str(&format!("description = {}\n", quoted(&policy.description)));
        }
        for filled in &policy.levers {
            text.push_str(&format!("\n[{}]\n", filled.section.name));
            self.section(filled, text);
        }
        if policy.start.field("more") != Some(&ResolvedValue::Number(Amount::Fixed(0.0))) {
            text.push_str(&format!("\n[{}]\n", policy.start.section.name));
            self.section(&policy.start, text);
        }
        for shock in &policy.shocks {
            text.push_str("\n[[policy.shock]]\n");
            self.section(shock, text);
        }
    }

    fn section(&self, filled: &ResolvedSection, text: &mut String) {
        for (spec, field) in filled.section.specs.iter().zip(&filled.fields) {
            if let Some(value) = self.value(field) {
                text.push_str(&format!("{} = {value}{}\n", spec.key, remark(&filled.section, spec, field)));
            }
        }
    }

    fn value(&self, field: &ResolvedValue) -> Option<String> {
        Some(match field {
            ResolvedValue::Absent => return None,
            ResolvedValue::Number(amount) => self.amount(amount),
            ResolvedValue::Path { from, to, .. } if from == to => self.amount(from),
            ResolvedValue::Path { from, to, by_year } => {
                let [from, to, by_year] = [from, to, by_year].map(|amount| self.amount(amount));
                format!("{{ from = {from}, to = {to}, by_year = {by_year} }}")
            }
            ResolvedValue::Seed(seed) => seed.to_string(),
            ResolvedValue::Span(first, last) => format!("[{first}, {last}]"),
            // Claims write their parts themselves.
            ResolvedValue::Sections(_) => return None,
            ResolvedValue::Flag(flag) => flag.to_string(),
            ResolvedValue::Word(word) => quoted(word),
            ResolvedValue::Words(words) => {
                let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
                format!("[{}]", words.join(", "))
            }
            ResolvedValue::Numbers(numbers) => {
                let pair = |(name, amount): &(String, Amount)| format!("{} = {}", key(name), self.amount(amount));
                let pairs: Vec<String> = numbers.iter().map(pair).collect();
                if pairs.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", pairs.join(", ")) }
            }
        })
    }

    fn amount(&self, amount: &Amount) -> String {
        match amount {
            Amount::Fixed(value) => written(*value),
            // What is invalid was reported, and nothing is written.
            Amount::Invalid => String::new(),
            Amount::Uncertain(key) => {
                let found = self.uncertain.binary_search_by(|uncertain| uncertain.key.as_str().cmp(key));
                found.map_or(String::new(), |at| self.uncertain[at].distribution.to_toml())
            }
        }
    }
}

/// A key of a table: bare where TOML lets it be.
fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if bare { name.to_owned() } else { quoted(name) }
}

/// `# unit`, and the source where a parameter has its default.
fn remark(section: &Section, spec: &Spec, field: &ResolvedValue) -> String {
    let default = spec.number().and_then(|number| number.default);
    let at_default = matches!(field, ResolvedValue::Number(Amount::Fixed(value)) if Some(*value) == default);
    if spec.unit == "-" && section.off.is_none() {
        String::new()
    } else if section.off.is_some() && at_default {
        format!("  # {}; {}", spec.unit, spec.source)
    } else {
        format!("  # {}", spec.unit)
    }
}
