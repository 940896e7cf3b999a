//! `hubsim explain`: what a key, a lever, a mechanism, a measure or a claim is.

use super::failure::Failure;
use super::output;
use crate::metric::{Direction, MEASURES, Measure};
use crate::policy::mitigations::{MITIGATIONS, Mitigation, Setting, mitigation};
use crate::quantity::catalogue::{Kind, Number, Off, Section};
use crate::report::number;
use crate::report::table::{Column, Format, Table};
use crate::scenario::catalogue::{self, Entry, written};
use crate::scenario::claim::{Asks, Claim, explained};
use crate::scenario::nearest;

/// Explain a key, a lever, a mitigation, a mechanism, a measure or a claim: meaning, unit, range, default, neutral value, formula, source
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hubsim explain                    everything there is, grouped\n  hubsim explain reuse_threshold    a key, by its path or its last part\n  hubsim explain policy.hubs.share  a lever\n  hubsim explain production         a mechanism and all its keys\n  hubsim explain pilots             a mitigation, and the lever behind it\n  hubsim explain duplicated_share   a measure\n  hubsim explain B3                 a claim of the proposal, and how it is tested"
)]
pub(super) struct Explain {
    /// A key of a scenario, a lever of a policy, a mechanism, a measure, or the id of a claim
    #[arg(value_name = "KEY|MEASURE|CLAIM|LEVER")]
    what: Option<String>,
    /// How to print
    #[arg(long, value_name = "table|csv|json", default_value = "table")]
    format: Format,
}

impl Explain {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let articles = match &self.what {
            None => everything(),
            Some(what) => find(what.trim())?,
        };
        match (self.format, &self.what) {
            (Format::Table, None) => output::result(&listing(&articles)),
            (Format::Table, Some(_)) => {
                let texts: Vec<String> = articles.iter().map(Article::text).collect();
                output::result(&texts.join("\n"))
            }
            (format, _) => output::table(&full(&articles), format),
        }
    }
}

/// What there is to say about one thing.
struct Article {
    path: String,
    group: String,
    meaning: String,
    /// Name and value, in the order they are told.
    facts: Vec<(&'static str, String)>,
}

/// The facts an article may have.
const FACTS: [&str; 20] = [
    "unit", "values", "default", "range", "neutral", "formula", "better", "headline", "source", "example", "off",
    "keys", "without", "sets", "question", "expect", "measures", "policies", "because", "wired",
];

impl Article {
    fn of_key(entry: &Entry) -> Article {
        let spec = entry.spec;
        let (values, default) = values(&spec.kind);
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

    fn of_section(section: &Section) -> Article {
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
            path: section.name.to_owned(),
            group: "Sections".to_owned(),
            meaning: section.meaning.trim().to_owned(),
            facts,
        }
    }

    fn of_measure(measure: &Measure) -> Article {
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
        Article {
            path: measure.key.to_owned(),
            group: format!("Measures of {}", measure.group.words()),
            meaning: format!("{}. {}", measure.title, measure.meaning),
            facts,
        }
    }

    fn of_mitigation(mitigation: &Mitigation) -> Article {
        let sets: Vec<String> = mitigation.sets.iter().map(|(part, key, to)| setting(part, key, to)).collect();
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

    fn of_claim(claim: &Claim) -> Article {
        let keys = |measures: &[usize]| measures.iter().map(|&at| MEASURES[at].key).collect::<Vec<_>>().join(", ");
        let mut sentences = claim.sentences();
        if sentences.len() > 1 {
            sentences = sentences.iter().zip(1..).map(|(sentence, at)| format!("({at}) {sentence}")).collect();
        }
        let name = match claim.asks {
            Asks::Verdict(_) => "expect",
            Asks::Table { .. } => "values",
        };
        let mut facts = vec![
            ("question", claim.question.clone()),
            (name, format!("{}.", sentences.join("; "))),
            ("measures", keys(&claim.measures())),
            ("policies", claim.policies().join(", ")),
            ("because", keys(&claim.because)),
            ("wired", claim.wired.clone()),
        ];
        facts.retain(|(_, value)| !value.is_empty());
        let group = "Claims of the proposal".to_owned();
        Article { path: claim.id.clone(), group, meaning: claim.says.clone(), facts }
    }

    fn fact(&self, name: &str) -> &str {
        self.facts.iter().find(|(fact, _)| *fact == name).map_or("", |(_, value)| value)
    }

    fn text(&self) -> String {
        let width = output::width().min(100);
        let mut text = format!("\x1b[1m{}\x1b[0m\n", self.path);
        for line in wrapped(&self.meaning, width - 2) {
            text.push_str(&format!("  {line}\n"));
        }
        for (name, value) in &self.facts {
            for (at, line) in wrapped(value, width - 12).iter().enumerate() {
                text.push_str(&format!("  {:<10}{line}\n", if at == 0 { name } else { "" }));
            }
        }
        text
    }
}

/// What values a key takes, and which it has when it is absent.
fn values(kind: &Kind) -> (String, String) {
    let numbers = |number: &Number| {
        let noun = if number.whole { "a whole number" } else { "a number" };
        format!("{noun} from {} to {}, or a distribution", edge(number.bounds.0), edge(number.bounds.1))
    };
    let default = |number: &Number| number.default.map_or_else(|| "none: it must be given".to_owned(), written);
    match kind {
        Kind::Number(number) => (numbers(number), default(number)),
        Kind::Path(number) => {
            (format!("{}, or a path in time {{ from, to, by_year }}", numbers(number)), default(number))
        }
        Kind::Flag { default } => ("true or false".to_owned(), default.to_string()),
        Kind::Choice { options, default } => (format!("one of {}", options.join(", ")), (*default).to_owned()),
        Kind::Set { options: [], .. } => ("a list of names".to_owned(), "all".to_owned()),
        Kind::Set { options, default } => (format!("a list of some of {}", options.join(", ")), list(default)),
        Kind::Mix { options, default } => {
            let weights: Vec<String> =
                default.iter().map(|(word, weight)| format!("{word} = {}", written(*weight))).collect();
            (format!("a table of weights for {}", options.join(", ")), format!("{{ {} }}", weights.join(", ")))
        }
        Kind::Text => ("text".to_owned(), "none".to_owned()),
        Kind::Form { values, default } => ((*values).to_owned(), (*default).to_owned()),
        Kind::Reference { to, required } => {
            let default = if *required { "none: it must be given" } else { "none" };
            (format!("the name of a {to}"), default.to_owned())
        }
        Kind::Map { to, default, bounds: (low, high) } => (
            format!("a table from names of a {to} to numbers from {} to {}", edge(*low), edge(*high)),
            format!("{} for each that is not named", written(*default)),
        ),
    }
}

/// What a mitigation's absence sets a lever to.
fn setting(part: &str, key: &str, to: &Setting) -> String {
    let value = match to {
        Setting::Number(number) => written(*number),
        Setting::Flag(flag) => flag.to_string(),
        Setting::Words(words) => format!("[{}]", list(words)),
        Setting::Weights(mix) => {
            let weights: Vec<String> =
                mix.iter().map(|(word, weight)| format!("{word} = {}", written(*weight))).collect();
            format!("{{ {} }}", weights.join(", "))
        }
        Setting::Less(word) => return format!("{part}.{key} loses {word}"),
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

fn everything() -> Vec<Article> {
    let keys = catalogue::entries();
    let measures = MEASURES.iter().map(|measure| Article::of_measure(measure));
    let mut all: Vec<Article> = keys.iter().map(Article::of_key).collect();
    all.extend(MITIGATIONS.iter().map(Article::of_mitigation).chain(measures));
    all.extend(explained().iter().map(Article::of_claim));
    all
}

/// What a word names: a section, keys by path or by their end, a measure; more than one thing if need be.
fn find(what: &str) -> Result<Vec<Article>, Failure> {
    let mut found = Vec::new();
    let ends = |name: &str| name == what || name.rsplit_once('.').is_some_and(|(_, last)| last == what);
    let sections = catalogue::sections().filter(|section| !section.name.is_empty() && ends(section.name));
    found.extend(sections.map(|section| Article::of_section(&section)));
    let (keys, mut near) = match catalogue::find(what) {
        Ok(keys) => (keys, Vec::new()),
        Err(near) => (Vec::new(), near),
    };
    found.extend(keys.iter().map(Article::of_key));
    let name = what.strip_prefix("without ").unwrap_or(what);
    found.extend(mitigation(name).map(Article::of_mitigation));
    found.extend(MEASURES.iter().filter(|measure| measure.key == what).map(|measure| Article::of_measure(measure)));
    let claims = explained();
    found.extend(claims.iter().filter(|claim| claim.id.eq_ignore_ascii_case(what)).map(Article::of_claim));
    if !found.is_empty() {
        return Ok(found);
    }
    let sections = catalogue::sections().map(|section| section.name).filter(|name| !name.is_empty());
    near.splice(0..0, nearest(what, sections).map(str::to_owned));
    near.extend(nearest(what, MITIGATIONS.iter().map(|mitigation| mitigation.name)).map(str::to_owned));
    near.extend(nearest(what, MEASURES.iter().map(|measure| measure.key)).map(str::to_owned));
    // Ids are so short that a slip of one letter is as near to many: only longer ones are proposed.
    near.extend(
        nearest(what, claims.iter().map(|claim| claim.id.as_str()).filter(|id| id.len() > 3)).map(str::to_owned),
    );
    let advice = if near.is_empty() {
        "`hubsim explain` without a word lists everything".to_owned()
    } else {
        format!("did you mean {}?", near.join(", or "))
    };
    Err(Failure::Input(format!("nothing here is called `{}`; {advice}", what.escape_debug())))
}

/// Everything in short, under the headings of its groups.
fn listing(articles: &[Article]) -> String {
    let mut text = String::new();
    for group in articles.chunk_by(|one, next| one.group == next.group) {
        let table = Table {
            title: group[0].group.clone(),
            columns: ["key", "unit", "default", "meaning"].map(Column::text).to_vec(),
            rows: group
                .iter()
                .map(|article| [&article.path, article.fact("unit"), article.fact("default"), &article.meaning])
                .map(|cells| cells.map(Into::into).to_vec())
                .collect(),
            notes: Vec::new(),
        };
        text.push_str(&table.text(output::width()));
        text.push('\n');
    }
    text.push_str("More about one of them: hubsim explain KEY\n");
    text
}

/// Everything in full, a row each.
fn full(articles: &[Article]) -> Table {
    let columns = ["key", "group", "meaning"].iter().chain(&FACTS);
    let row = |article: &Article| {
        let start = [article.path.as_str(), &article.group, &article.meaning];
        start.into_iter().chain(FACTS.map(|fact| article.fact(fact))).map(Into::into).collect()
    };
    Table {
        title: "Keys and measures".to_owned(),
        columns: columns.map(|title| Column::text(title)).collect(),
        rows: articles.iter().map(row).collect(),
        notes: Vec::new(),
    }
}

/// A text in lines of at most so many characters, broken between words; a longer word has a line of its own.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_listed_can_be_asked_for_by_its_name() {
        for article in everything() {
            let found = find(&article.path).unwrap_or_else(|_| panic!("{} is not found", article.path));
            assert!(found.iter().any(|other| other.path == article.path), "{}", article.path);
            assert!(article.facts.iter().all(|(name, _)| FACTS.contains(name)), "{}", article.path);
        }
    }

    #[test]
    fn the_last_part_of_a_section_is_enough() {
        let found = |what: &str| -> Vec<String> {
            find(what).unwrap_or_else(|_| panic!("{what} is not found")).into_iter().map(|of| of.path).collect()
        };
        assert_eq!(found("hubs"), ["policy.hubs", "shock.hubs"]);
        assert_eq!(found("pilots"), ["policy.hubs.pilots", "without pilots"]);
        assert_eq!(found("grants"), ["policy.grants", "region.grants"]);
    }

    #[test]
    fn a_mistyped_word_gets_a_suggestion_and_nonsense_a_way_out() {
        let said = |what: &str| match find(what) {
            Err(Failure::Input(text)) => text,
            _ => panic!("{what} is found"),
        };
        assert!(said("reuse_treshold").contains("did you mean production.reuse_threshold?"));
        assert!(said("prodution").contains("did you mean production"));
        assert!(said("zebra").contains("lists everything"));
    }
}
