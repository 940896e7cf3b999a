//! The page: one self-contained HTML file without scripts and external resources. Equal runs give equal bytes.

mod claims;
mod definitions;
mod html;
mod levers;
mod outcome;

use hubsim_lab::analysis::Findings;
use hubsim_lab::analysis::claims::ClaimResults;
use hubsim_lab::analysis::ladder::LadderEffects;
use hubsim_model::measures::{MEASURES, Measure};
use hubsim_model::policy::levers::Policy;

use super::chart::render::escaped;

/// The content of the page. It must not contain anything that differs between equal runs, such as times or folders.
#[derive(Clone, Debug)]
pub struct PageInput<'a> {
    /// The scenario's name.
    pub name: &'a str,
    /// The scenario's description; may be empty.
    pub description: &'a str,
    /// The size of the study as (name, value): years, replicates, regions …
    pub facts: Vec<(String, String)>,
    /// The findings.
    pub findings: &'a Findings,
    /// What each step of the scenario's ladders brings.
    pub ladders: &'a [LadderEffects],
    /// The verdicts on the scenario's claims.
    pub claims: &'a ClaimResults<'a>,
    /// The policies, in the order of the findings.
    pub policies: &'a [Policy],
    /// The identification of the run as (name, value): run, seed, fingerprint, digest …
    pub provenance: Vec<(String, String)>,
}

/// The page as HTML.
pub fn page(input: &PageInput) -> String {
    page_of(input, MEASURES)
}

fn page_of(input: &PageInput, measures: &[&Measure]) -> String {
    let sections = [
        ("short", "In short", outcome::short(input, measures)),
        ("measures", "Headline measures", outcome::headlines(input, measures)),
        ("claims", "Verdicts on the claims", claims::section(input)),
        ("differences", "Differences between policies", outcome::differences(input, measures)),
        ("ladder", "What each step brings", outcome::ladders(input)),
        ("regions", "By region", outcome::regions(input)),
        ("years", "Over the years", outcome::years(input, measures)),
        ("inherited", "Inherited advantage", outcome::inherited(input)),
        ("policies", "The policies", levers::table(input)),
        ("all", "All measures", outcome::all(input, measures)),
        ("definitions", "Definitions of the measures", definitions::list(measures)),
        ("provenance", "Provenance", provenance(input)),
    ];
    let (mut links, mut body) = (String::new(), String::new());
    for (id, title, content) in sections.iter().filter(|(_, _, content)| !content.is_empty()) {
        links += &format!("<li><a href=\"#{id}\">{title}</a></li>\n");
        body += &format!("<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n{content}</section>\n");
    }
    let (name, style) = (escaped(input.name), include_str!("page/style.css"));
    let description = if input.description.trim().is_empty() {
        String::new()
    } else {
        format!("<p class=\"lead\">{}</p>\n", escaped(input.description.trim()))
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         img-src data:\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{name} – hubsim</title>\n<style>\n{style}</style>\n</head>\n<body>\n\
         <header>\n<h1>{name}</h1>\n{description}{facts}</header>\n\
         <nav aria-label=\"On this page\">\n<ul>\n{links}</ul>\n</nav>\n<main>\n{body}</main>\n\
         <footer><p>Made by hubsim from simulated trials. The results describe the model; they are not a \
         forecast.</p></footer>\n</body>\n</html>\n",
        facts = html::definition_list(&input.facts),
    )
}

fn provenance(input: &PageInput) -> String {
    if input.provenance.is_empty() {
        return String::new();
    }
    "<p>A run with the same scenario, seed and model fingerprint gives exactly these numbers.</p>\n".to_owned()
        + &html::definition_list(&input.provenance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::synthetic;
    use proptest::prelude::*;

    static NO_CLAIMS: ClaimResults = ClaimResults { claims: Vec::new(), tests: 0 };

    fn input<'a>(findings: &'a Findings, policies: &'a [Policy]) -> PageInput<'a> {
        PageInput {
            name: "hubs <script>alert(1)</script>",
            description: "What if & \"why\"?",
            facts: vec![("Years".to_owned(), "20".to_owned())],
            findings,
            ladders: &[],
            claims: &NO_CLAIMS,
            policies,
            provenance: vec![("Seed".to_owned(), "7".to_owned())],
        }
    }

    fn policies(findings: &Findings) -> Vec<Policy> {
        let named = |name: &String| Policy { name: name.clone(), ..Policy::default() };
        let mut policies: Vec<Policy> = findings.policies.iter().map(named).collect();
        if let Some(second) = policies.get_mut(1) {
            second.hubs.pilots = 3.0;
            second.grants.cap = hubsim_model::catalogue::Path::Line { from: 1e4, to: 5e4, by_year: 10.0 }.into();
        }
        policies
    }

    #[test]
    fn every_text_is_escaped_and_nothing_external_is_loaded() {
        let findings = synthetic::findings(3, 6, 4, 4);
        let policies = policies(&findings);
        let page = page_of(&input(&findings, &policies), synthetic::MEASURES);
        assert!(!page.contains("<script") && page.contains("hubs &lt;script&gt;"));
        assert!(!page.contains("policy <2>") && page.contains("policy &lt;2&gt; &amp; more"));
        assert!(!page.contains("<angle>") && page.contains("&lt;angle&gt; &amp; ampersand"));
        for outside in ["src=", "url(", "@import", "<link", "href=\"http"] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
    }

    #[test]
    fn all_tags_are_properly_nested() {
        let findings = synthetic::findings(2, 4, 3, 4);
        let policies = policies(&findings);
        let page = page_of(&input(&findings, &policies), synthetic::MEASURES);
        let mut open: Vec<&str> = Vec::new();
        for part in page.split('<').skip(1) {
            let (tag, _) = part.split_once('>').expect("a tag ends");
            let name = tag.split([' ', '\n']).next().unwrap_or_default();
            if let Some(closed) = name.strip_prefix('/') {
                assert_eq!(open.pop(), Some(closed));
            } else if !tag.ends_with('/') && !matches!(name, "!DOCTYPE" | "meta" | "br") {
                open.push(name);
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }

    #[test]
    fn a_page_has_charts_levers_definitions_and_unique_ids() {
        let findings = synthetic::findings(2, 4, 3, 4);
        let policies = policies(&findings);
        let page = page_of(&input(&findings, &policies), synthetic::MEASURES);
        // Three headline fans and the forest.
        assert_eq!(page.matches("<svg").count(), 4);
        assert!(page.contains("hubs.pilots") && page.contains("0 → 50,000 by year 10"));
        assert!(!page.contains("hubs.term_years"), "levers that do not differ are left out");
        assert!(page.contains("Nobody 2020") && page.contains("id=\"m-other\""));
        let mut ids: Vec<&str> =
            page.split(" id=\"").skip(1).map(|part| part.split('"').next().unwrap_or_default()).collect();
        for link in page.split("href=\"#").skip(1).map(|part| part.split('"').next().unwrap_or_default()) {
            assert!(ids.contains(&link), "{link}");
        }
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }

    #[test]
    fn a_ladder_is_shown_below_the_differences_and_not_in_short() {
        let findings = synthetic::findings(2, 4, 3, 4);
        let (policies, ladders) = (policies(&findings), [crate::report::contrasts::ladder::tests::ladder(4)]);
        let page = page_of(&PageInput { ladders: &ladders, ..input(&findings, &policies) }, synthetic::MEASURES);
        let section = |id: &str| {
            let (_, rest) = page.split_once(&format!("<section aria-labelledby=\"{id}\">")).expect("a section");
            rest.split("</section>").next().expect("its content").to_owned()
        };
        assert!(section("ladder").contains("d + e → to &amp; fro") && section("ladder").contains("not resolved"));
        assert!(section("ladder").contains("<svg") && !section("short").contains("d + e"));
    }

    #[test]
    fn equal_findings_give_equal_bytes() {
        let findings = synthetic::findings(3, 4, 3, 4);
        let policies = policies(&findings);
        let once = page_of(&input(&findings, &policies), synthetic::MEASURES);
        assert_eq!(once, page_of(&input(&findings, &policies), synthetic::MEASURES));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn no_findings_panic_the_page(count in 0_usize..4, replicates in 0_u32..3, years in 0_u32..3, name in any::<String>()) {
            let findings = synthetic::findings(count, replicates, years, 4);
            let mut policies = policies(&findings);
            policies.truncate(2);
            let mut input = input(&findings, &policies);
            input.name = &name;
            prop_assert!(page_of(&input, synthetic::MEASURES).ends_with("</html>\n"));
            prop_assert!(page_of(&input, &[]).ends_with("</html>\n"));
        }
    }
}
