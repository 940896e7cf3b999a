//! `hubsim explain`: explains keys, levers, mechanisms, measures, policies, claims, rules and terms.

mod article;

use super::arguments::FormatArgument;
use super::failure::Failure;
use super::output;
use crate::report::glossary::{self, GLOSSARY};
use crate::report::table::{Format, Table, TableColumn};
use article::{Article, FACTS, RULES, SCENARIO};
use hubsim_lab::scenario::claim::explained;
use hubsim_lab::scenario::{catalogue, nearest, policies, rules};
use hubsim_model::measures::MEASURES;
use hubsim_model::policy::mitigations::{MITIGATIONS, mitigation};

/// Lists whose inherited entries may be removed.
const NAMED: [&str; 6] = ["region", "theme", "organisation", "funder", "policy", "claim"];

/// Explain a key, a lever, a mitigation, a mechanism, a measure, a policy, a claim, a code or a term: meaning, unit, range, default, neutral value, formula, source
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hubsim explain                    everything there is, grouped\n  hubsim explain reuse_threshold    a key, by its path or its last part\n  hubsim explain policy.hubs.share  a lever\n  hubsim explain production         a mechanism and all its keys\n  hubsim explain pilots             a mitigation, and the lever behind it\n  hubsim explain duplicated_share   a measure\n  hubsim explain thematic-hubs      a policy, and in what it differs from another\n  hubsim explain B3                 a claim of the proposal, and how it is tested\n  hubsim explain HS030              a rule of scenario files, by the code of a message\n  hubsim explain \"head start\"       a term of the glossary"
)]
pub(super) struct ExplainCommand {
    /// A key of a scenario, a lever of a policy, a mechanism, a measure, the name of a policy, the id of a claim, the code of a message, or a term of the glossary
    #[arg(value_name = "KEY|MEASURE|CLAIM|LEVER|POLICY|CODE|TERM")]
    what: Option<String>,
    #[command(flatten)]
    format: FormatArgument,
}

impl ExplainCommand {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let articles = match &self.what {
            None => everything(),
            Some(what) => find(what.trim())?,
        };
        match (self.format.format, &self.what) {
            (Format::Table, None) => output::result(&listing(&articles)),
            (Format::Table, Some(_)) => {
                let texts: Vec<String> = articles.iter().map(Article::text).collect();
                output::result(&texts.join("\n"))
            }
            (format, _) => output::table(&full(&articles), format),
        }
    }
}

fn everything() -> Vec<Article> {
    let keys = catalogue::entries();
    let measures = MEASURES.iter().map(|measure| Article::from_measure(measure));
    let mut all: Vec<Article> = keys.iter().map(Article::from_key).chain([Article::removal()]).collect();
    all.extend(MITIGATIONS.iter().map(Article::from_mitigation).chain(measures));
    all.extend(policies::describe_all().iter().map(Article::from_policy));
    all.extend(explained().iter().map(Article::from_claim));
    all.extend(rules().map(Article::from_rule));
    all.extend(GLOSSARY.iter().map(Article::from_term));
    all
}

/// Everything that a word names: sections, keys by path or by its end, measures, policies, claims, rules and terms.
fn find(what: &str) -> Result<Vec<Article>, Failure> {
    // Shocks may stand in a policy as well.
    let what = if what == "policy.shock" { "shock" } else { what };
    let mut found = Vec::new();
    let ends = |name: &str| name == what || name.rsplit_once('.').is_some_and(|(_, last)| last == what);
    let means = |name: &str| if name.is_empty() { what == SCENARIO } else { ends(name) };
    let sections = catalogue::sections().filter(|section| means(section.name));
    found.extend(sections.map(|section| Article::from_section(&section)));
    let (keys, near) = match catalogue::find(what) {
        Ok(keys) => (keys, Vec::new()),
        Err(near) => (Vec::new(), near),
    };
    found.extend(keys.iter().map(Article::from_key));
    let name = what.strip_prefix("without ").unwrap_or(what);
    found.extend(mitigation(name).map(Article::from_mitigation));
    found.extend(MEASURES.iter().filter(|measure| measure.key == what).map(|measure| Article::from_measure(measure)));
    let removal = Some(Article::removal());
    found.extend(removal.filter(|article| {
        what == article.path || what.strip_suffix(".remove").is_some_and(|list| NAMED.contains(&list))
    }));
    found.extend(policies::describe_all().iter().filter(|policy| policy.name == what).map(Article::from_policy));
    let claims = explained();
    found.extend(claims.iter().filter(|claim| claim.id.eq_ignore_ascii_case(what)).map(Article::from_claim));
    found.extend(rules().filter(|rule| rule.code.eq_ignore_ascii_case(what)).map(Article::from_rule));
    found.extend(glossary::find(what).map(Article::from_term));
    if found.is_empty() { Err(unknown(what, near)) } else { Ok(found) }
}

/// The failure for a word that names nothing; `near` are similar paths of keys.
fn unknown(what: &str, mut near: Vec<String>) -> Failure {
    let sections = catalogue::sections().map(|section| section.name).filter(|name| !name.is_empty());
    near.splice(0..0, nearest(what, sections).map(str::to_owned));
    near.extend(nearest(what, MITIGATIONS.iter().map(|mitigation| mitigation.name)).map(str::to_owned));
    near.extend(nearest(what, MEASURES.iter().map(|measure| measure.key)).map(str::to_owned));
    near.extend(nearest(what, policies::describe_all().iter().map(|policy| policy.name.as_str())).map(str::to_owned));
    near.extend(nearest(what, rules().map(|rule| rule.code)).map(str::to_owned));
    // Short ids and terms differ from many words by one letter: only longer ones are suggested.
    let (claims, long) = (explained(), |word: &&str| word.len() > 3);
    near.extend(nearest(what, claims.iter().map(|claim| claim.id.as_str()).filter(long)).map(str::to_owned));
    // Terms are everyday words, which many keys contain: they are suggested only if nothing else is similar.
    if near.is_empty() {
        let terms = GLOSSARY.iter().flat_map(|term| [term.name].into_iter().chain(term.synonyms.iter().copied()));
        near.extend(nearest(what, terms.filter(long)).map(str::to_owned));
    }
    near.dedup();
    let advice = if near.is_empty() {
        "`hubsim explain` without a word lists everything".to_owned()
    } else {
        format!("did you mean {}?", near.join(", or "))
    };
    Failure::Input(format!("nothing here is called `{}`; {advice}", what.escape_debug()))
}

/// Everything in short, under the headings of its groups.
fn listing(articles: &[Article]) -> String {
    let mut text = String::new();
    for group in articles.chunk_by(|one, next| one.group == next.group) {
        if group[0].group == RULES {
            let codes: Vec<&str> = group.iter().map(|article| article.path.as_str()).collect();
            let lines: Vec<String> = codes.chunks(12).map(|line| format!("  {}\n", line.join(" "))).collect();
            text.push_str(&format!("{RULES}, by the codes of their messages\n{}\n", lines.concat()));
            continue;
        }
        let table = Table {
            title: group[0].group.clone(),
            columns: ["key", "unit", "default", "meaning"].map(TableColumn::text).to_vec(),
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
        columns: columns.map(|title| TableColumn::text(title)).collect(),
        rows: articles.iter().map(row).collect(),
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::article::GLOSSARY_GROUP;
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
        assert_eq!(found("hubs"), ["policy.hubs", "shock.hubs", "hub"]);
        assert_eq!(found("pilots"), ["policy.hubs.pilots", "without pilots"]);
        assert_eq!(found("grants"), ["policy.grants", "region.grants"]);
    }

    #[test]
    fn what_may_stand_in_two_places_is_found_in_both() {
        for (word, path) in [
            ("claim.year", "claim.parts.year"),
            ("claim.expect", "claim.parts.expect"),
            ("claim.statement", "claim.statement"),
            ("policy.shock", "shock"),
            ("policy.shock.year", "shock.year"),
            ("region.remove", "remove"),
            ("scenario", "scenario"),
        ] {
            let found = find(word).unwrap_or_else(|_| panic!("{word} is not found"));
            assert!(found.iter().any(|article| article.path == path), "{word}");
        }
    }

    #[test]
    fn a_policy_is_explained_by_its_differences() {
        let found = |what: &str| find(what).unwrap_or_else(|_| panic!("{what} is not found"));
        let [hubs] = found("thematic-hubs").try_into().unwrap_or_else(|_| panic!("one"));
        assert_eq!(hubs.fact("extends"), "status-quo");
        for words in ["hubs.kind = \"thematic\" (not \"none\")", "hubs.pilots = 2 (not 0)"] {
            assert!(hubs.fact("differs").contains(words), "{}", hubs.fact("differs"));
        }
        let [without] = found("thematic-hubs without pilots").try_into().unwrap_or_else(|_| panic!("one"));
        assert_eq!(without.fact("differs"), "hubs.pilots = 0 (not 2)");
        assert_eq!(found("equal-shares")[0].fact("scenario"), "wikimedia-2013");
    }

    #[test]
    fn a_word_that_is_a_section_and_a_term_is_found_as_both() {
        let groups = |what: &str| -> Vec<String> {
            find(what).unwrap_or_else(|_| panic!("{what} is not found")).into_iter().map(|of| of.group).collect()
        };
        assert_eq!(groups("arms"), [GLOSSARY_GROUP]);
        let policy = groups("policy");
        assert!(policy.contains(&"Sections".to_owned()) && policy.contains(&GLOSSARY_GROUP.to_owned()), "{policy:?}");
    }

    #[test]
    fn a_code_is_explained_by_its_rule() {
        let [rule] = find("hs030").unwrap_or_else(|_| panic!("HS030")).try_into().unwrap_or_else(|_| panic!("one"));
        assert!(rule.meaning.contains("within the bounds") && rule.fact("wrong").contains("find = 1.5"));
        assert!(rule.fact("right").contains("find = 1") && listing(&everything()).contains("HS001 HS002"));
        let Err(Failure::Input(text)) = find("HS031x") else { panic!("no such code") };
        assert!(text.contains("HS031"), "{text}");
    }

    #[test]
    fn a_mistyped_word_gets_a_suggestion_and_nonsense_a_way_out() {
        let said = |what: &str| match find(what) {
            Err(Failure::Input(text)) => text,
            _ => panic!("{what} is found"),
        };
        assert!(said("reuse_treshold").contains("did you mean production.reuse_threshold?"));
        assert!(said("prodution").contains("did you mean production"));
        assert!(said("thematik-hubs").contains("did you mean thematic-hubs?"));
        assert!(said("zebra").contains("lists everything"));
    }
}
