//! Articles of `hubsim explain`: the explanation of one key, section, measure, mitigation, claim, policy, rule or term.

use crate::cli::output;
use crate::report::glossary::GlossaryTerm;
use crate::report::number;
use hubsim_lab::scenario::Rule;
use hubsim_lab::scenario::catalogue::{self, CatalogueEntry, quoted, written};
use hubsim_lab::scenario::claim::{Claim, ClaimForm};
use hubsim_lab::scenario::kind::in_words;
use hubsim_lab::scenario::policies::PolicyDescription;
use hubsim_model::catalogue::{Number, Off, Section};
use hubsim_model::measures::{Dimension, Direction, MEASURES, Measure};
use hubsim_model::policy::mitigations::{LeverSetting, Mitigation, SettingValue};

/// The explanation of one thing.
pub(super) struct Article {
    pub path: String,
    pub group: String,
    pub meaning: String,
    /// Names and values, in the order in which they are printed.
    pub facts: Vec<(&'static str, String)>,
}

/// The name of the keys above the first section.
pub(super) const SCENARIO: &str = "scenario";

/// The group of the rules of scenario files.
pub(super) const RULES: &str = "Rules of scenario files";

/// The group of the terms of the glossary.
pub(super) const GLOSSARY_GROUP: &str = "Glossary";

/// The facts an article may have.
pub(super) const FACTS: [&str; 26] = [
    "unit", "values", "default", "range", "neutral", "formula", "better", "headline", "parts", "source", "example",
    "off", "keys", "without", "sets", "expect", "measures", "policies", "because", "built_in", "extends", "differs",
    "scenario", "wrong", "right", "also",
];

impl Article {
    pub fn from_key(entry: &CatalogueEntry) -> Article {
        let spec = entry.spec;
        let (values, default) = in_words(&spec.kind);
        let mut facts = vec![("unit", spec.unit.to_owned()), ("values", values), ("default", default)];
        if let Some(Number { range: (low, high), .. }) = spec.number() {
            facts.push(("range", format!("{} to {} is plausible", written(*low), written(*high))));
        }
        if !spec.neutral.is_empty() {
            facts.push(("neutral", spec.neutral.to_owned()));
        }
        facts.push(("source", spec.source.to_owned()));
        let group = format!("Keys at {}", catalogue::header(&entry.section)).replace("at `", "in `");
        Article { path: entry.path.clone(), group, meaning: spec.meaning.trim().to_owned(), facts }
    }

    pub fn from_section(section: &Section) -> Article {
        let keys: Vec<&str> = section.specs.iter().map(|spec| spec.key).collect();
        let mut facts = vec![("keys", keys.join(", "))];
        match section.off {
            Some(Off::Set(values)) => {
                let values: Vec<String> =
                    values.iter().map(|(key, value)| format!("{key} = {}", written(*value))).collect();
                facts.push(("off", format!("with {}", values.join(", "))));
            }
            Some(Off::Never(reason)) => facts.push(("off", format!("cannot be switched off: {reason}"))),
            None => {}
        }
        Article {
            path: if section.name.is_empty() { SCENARIO } else { section.name }.to_owned(),
            group: "Sections".to_owned(),
            meaning: section.meaning.trim().to_owned(),
            facts,
        }
    }

    pub fn from_measure(measure: &Measure) -> Article {
        let better = match measure.direction {
            Direction::Higher => "higher is better",
            Direction::Lower => "lower is better",
            Direction::Neutral => "neither way is better",
        };
        let (low, high) = measure.range;
        let mut facts = vec![
            ("unit", measure.unit.to_owned()),
            ("range", format!("{} to {}", edge(low), edge(high))),
            ("better", better.to_owned()),
            ("formula", measure.formula.to_owned()),
            ("source", measure.source.to_owned()),
            ("example", measure.example.to_owned()),
        ];
        if measure.headline {
            facts.push(("headline", "of its group".to_owned()));
        }
        let parts = Dimension::ALL.into_iter().filter(|&dimension| measure.has(dimension)).map(Dimension::word);
        let parts: Vec<&str> = parts.collect();
        if !parts.is_empty() {
            facts.push(("parts", parts.join(", ")));
        }
        Article {
            path: measure.key.to_owned(),
            group: format!("Measures of {}", measure.group.words()),
            meaning: format!("{}. {}", measure.title, measure.meaning),
            facts,
        }
    }

    pub fn from_mitigation(mitigation: &Mitigation) -> Article {
        let sets: Vec<String> = mitigation.settings.iter().map(setting).collect();
        let facts = vec![
            ("without", mitigation.without.to_owned()),
            ("sets", sets.join(", ")),
            ("example", format!("[[ablation]] policy = \"thematic-hubs\", without = [\"{}\"]", mitigation.name)),
        ];
        Article {
            path: format!("without {}", mitigation.name),
            group: "Mitigations that a policy may go without".to_owned(),
            meaning: mitigation.meaning.to_owned(),
            facts,
        }
    }

    pub fn from_claim(claim: &Claim) -> Article {
        let keys = |measures: &[usize]| measures.iter().map(|&at| MEASURES[at].key).collect::<Vec<_>>().join(", ");
        let mut sentences = claim.sentences();
        if sentences.len() > 1 {
            sentences = sentences.iter().zip(1..).map(|(sentence, at)| format!("({at}) {sentence}")).collect();
        }
        let name = match claim.form {
            ClaimForm::Verdict(_) => "expect",
            ClaimForm::Table { .. } => "values",
        };
        let mut facts = vec![
            ("source", claim.source.clone()),
            (name, format!("{}.", sentences.join("; "))),
            ("measures", keys(&claim.measures())),
            ("policies", claim.policies().join(", ")),
            ("because", keys(&claim.because)),
            ("built_in", claim.built_in.clone()),
        ];
        facts.retain(|(_, value)| !value.is_empty());
        let group = "Claims of the proposal".to_owned();
        Article { path: claim.id.clone(), group, meaning: claim.statement.clone(), facts }
    }

    pub fn from_policy(policy: &PolicyDescription) -> Article {
        let differs: Vec<String> =
            policy.differs.iter().map(|of| format!("{} = {} (not {})", of.lever, of.here, of.there)).collect();
        let (scenario, name) = (policy.scenario, &policy.name);
        let against = if name == "status-quo" { "" } else { "status-quo," };
        let facts = vec![
            (
                "extends",
                policy
                    .extends
                    .clone()
                    .unwrap_or_else(|| "none: levers that are not given have their defaults".to_owned()),
            ),
            ("differs", differs.join("; ")),
            ("scenario", format!("{scenario}, and those that extend it")),
            ("example", format!("hubsim run --policies \"{against}{name}\"")),
        ];
        let mut facts = facts;
        if scenario != "base" {
            facts[2].1 = scenario.to_owned();
            facts[3].1 = format!("hubsim run {scenario} --policies \"{name}\"");
        }
        Article { path: name.clone(), group: format!("Policies of {scenario}"), meaning: policy.about.clone(), facts }
    }

    /// A rule of scenario files, by the code of the message that is given where it does not hold.
    pub fn from_rule(rule: &Rule) -> Article {
        let facts = vec![("wrong", rule.wrong.to_owned()), ("right", rule.right.to_owned())];
        Article {
            path: rule.code.to_owned(),
            group: RULES.to_owned(),
            meaning: rule.meaning.trim().to_owned(),
            facts: facts.into_iter().filter(|(_, text)| !text.is_empty()).collect(),
        }
    }

    /// A term of the glossary.
    pub fn from_term(term: &GlossaryTerm) -> Article {
        let also = Some(term.synonyms.join(", ")).filter(|also| !also.is_empty());
        Article {
            path: term.name.to_owned(),
            group: GLOSSARY_GROUP.to_owned(),
            meaning: term.meaning.to_owned(),
            facts: also.map(|also| ("also", also)).into_iter().collect(),
        }
    }

    /// The key `remove`, which belongs to no section: it has its effect before a scenario is checked.
    pub fn removal() -> Article {
        let facts = vec![
            ("values", "true or false".to_owned()),
            ("default", "false".to_owned()),
            ("example", "[[policy]] name = \"incumbents-claim\", remove = true".to_owned()),
        ];
        Article {
            path: "remove".to_owned(),
            group: "Keys of all lists whose entries have names".to_owned(),
            meaning:
                "Removes an entry that the scenario inherits: a region, theme, organisation, funder, policy or claim."
                    .to_owned(),
            facts,
        }
    }

    pub fn fact(&self, name: &str) -> &str {
        self.facts.iter().find(|(fact, _)| *fact == name).map_or("", |(_, value)| value)
    }

    pub fn text(&self) -> String {
        let width = output::width().min(100);
        let mut text = format!("\x1b[1m{}\x1b[0m\n", self.path);
        for line in wrapped(&self.meaning, width - 2) {
            text.push_str(&format!("  {line}\n"));
        }
        for (name, value) in &self.facts {
            let lines = value.lines().flat_map(|line| wrapped(line, width - 12));
            for (at, line) in lines.enumerate() {
                text.push_str(&format!("  {:<10}{line}\n", if at == 0 { name } else { "" }));
            }
        }
        text
    }
}

/// The setting of a lever where a mitigation is left out, in words.
fn setting(setting: &LeverSetting) -> String {
    let (part, key) = (setting.lever.section().name(), setting.lever.key());
    let value = match &setting.value {
        SettingValue::Number(number) => written(*number),
        SettingValue::Unlimited => setting.lever.spec().no_limit().map(quoted).unwrap_or_default(),
        SettingValue::Flag(flag) => flag.to_string(),
        SettingValue::Words(words) => format!("[{}]", list(words)),
        SettingValue::Weights(mix) => {
            let weights: Vec<String> =
                mix.iter().map(|(word, weight)| format!("{word} = {}", written(*weight))).collect();
            format!("{{ {} }}", weights.join(", "))
        }
        SettingValue::Less(word) => return format!("{part}.{key} loses {word}"),
    };
    format!("{part}.{key} = {value}")
}

fn list(words: &[&str]) -> String {
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

/// A bound in words.
fn edge(value: f64) -> String {
    if value == f64::INFINITY {
        "any size".to_owned()
    } else if value == f64::NEG_INFINITY {
        "any size below 0".to_owned()
    } else {
        number::exact(value)
    }
}

/// A text in lines of at most `width` characters, broken between words; a longer word has a line of its own.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
