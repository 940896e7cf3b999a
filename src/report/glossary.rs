//! The glossary: the terms a reader of results needs, for `hubsim explain` and `docs/glossary.md`.

use std::fmt::Write;

/// A term and what it means here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GlossaryTerm {
    /// The term, as it stands in tables and messages.
    pub name: &'static str,
    /// Other words for the same, and abbreviations.
    pub synonyms: &'static [&'static str],
    /// One to three sentences.
    pub meaning: &'static str,
}

impl GlossaryTerm {
    /// Whether a word names this term; capitals and hyphens do not matter.
    ///
    /// ```
    /// use hubsim::report::glossary::find;
    ///
    /// assert_eq!(find("Common-Random-Numbers").map(|term| term.name), Some("common random numbers"));
    /// assert_eq!(find("ssa").map(|term| term.name), Some("region codes"));
    /// ```
    pub fn is_named(&self, word: &str) -> bool {
        let plain = |text: &str| text.trim().to_lowercase().replace('-', " ");
        plain(self.name) == plain(word) || self.synonyms.iter().any(|synonym| plain(synonym) == plain(word))
    }
}

/// The term that a word names, if there is one.
pub fn find(word: &str) -> Option<&'static GlossaryTerm> {
    GLOSSARY.iter().find(|term| term.is_named(word))
}

/// The glossary as a page in Markdown, which `docs/glossary.md` holds.
pub fn markdown() -> String {
    let mut page = String::from(
        "# Glossary\n\nThe terms that tables, reports and messages use. `hubsim explain TERM` prints one of them; keys, \
         measures, policies and claims are explained by the same command.\n",
    );
    for term in GLOSSARY {
        let also = match term.synonyms {
            [] => String::new(),
            synonyms => format!(" (also: {})", synonyms.join(", ")),
        };
        write!(page, "\n**{}**{also}: {}\n", term.name, term.meaning).expect("a string takes all");
    }
    page
}

const fn term(name: &'static str, synonyms: &'static [&'static str], meaning: &'static str) -> GlossaryTerm {
    GlossaryTerm { name, synonyms, meaning }
}

/// All terms, in alphabetical order.
pub static GLOSSARY: &[GlossaryTerm] = &[
    term(
        "ablation",
        &["mitigation left out"],
        "A policy without one of its parts. The difference between the policy and its ablation is what that part brings.",
    ),
    term(
        "adaptation",
        &["reuse"],
        "Using a material that another organisation made, after fitting it to one's own region. It costs less than building anew.",
    ),
    term(
        "affiliate",
        &["affiliates"],
        "An organisation of the movement other than the foundation: a chapter, a thematic organisation or a user group.",
    ),
    term(
        "affinity",
        &[],
        "How well people of one region can be served from another, from 0 to 1: language, time zone, culture. Within a region it is 1.",
    ),
    term(
        "arm",
        &["arms"],
        "One thing that is simulated: a base policy, changes to it, and a label. All arms of a study meet the same worlds.",
    ),
    term("bounce", &["bounces"], "A quarter in which a person looked for help and was not helped."),
    term(
        "claim",
        &["claims"],
        "A statement of the proposal as a test: a measure, the arms that are compared, a direction, a year and the smallest difference that matters.",
    ),
    term(
        "common random numbers",
        &["crn", "paired trials"],
        "All arms use the same random numbers in the same replicate, so that chance cancels in their difference and fewer trials suffice.",
    ),
    term(
        "community",
        &["communities"],
        "The people whom one organisation serves, or the people of a region whom none serves. A problem is solved for a community.",
    ),
    term(
        "confidence interval",
        &["interval", "95 % interval"],
        "The range of values of a mean that the trials are compatible with, at the stated confidence. More replicates make it narrower.",
    ),
    term("consortium", &["consortia"], "Several organisations that hold one mandate together; one of them leads."),
    term(
        "contrast",
        &["contrasts", "paired difference"],
        "Two arms that are compared: an arm, and the arm it is held against, in the same worlds.",
    ),
    term(
        "duplicated effort",
        &["duplicated share", "duplicated work"],
        "Production work on a problem for which a usable solution exists or is being made elsewhere. The duplicated share is its share of all production work.",
    ),
    term("entrenchment", &[], "How far those who hold capacity, money and mandates at the start go on holding them."),
    term(
        "expertise",
        &[],
        "How well an organisation knows a theme, from 0 to 1. It grows with work and teaching, and leaves with staff.",
    ),
    term(
        "fact",
        &["facts"],
        "A number of a scenario that describes the movement rather than behaviour or a policy: regions, themes, organisations, funders.",
    ),
    term(
        "foundation",
        &["wmf"],
        "The global body that raises most of the money, allocates it, and serves the movement with staff of its own.",
    ),
    term(
        "fte",
        &["full-time equivalent", "fte-quarter"],
        "Full-time equivalent: the work of one person employed full time. Work is counted in FTE-quarters.",
    ),
    term(
        "head start",
        &["inherited advantage"],
        "An arm in which one organisation begins with more, to see how much of that it keeps.",
    ),
    term(
        "hub",
        &["hubs", "thematic hub", "regional hub"],
        "An organisation, or several, with the mandate to serve the whole movement in one theme (thematic hub) or one region in all themes (regional hub).",
    ),
    term(
        "incumbent",
        &["incumbents", "incumbent share"],
        "One of the fewest organisations that together held half of all capacity in year 0. The incumbent share is what they hold now.",
    ),
    term(
        "ladder",
        &["ladders"],
        "The steps that lead from one policy to another, in order, each compared with the step before. It shows which part of a bundle brings what, given the parts before it.",
    ),
    term("lever", &["levers"], "A number or choice that a policy sets. At its neutral value a lever changes nothing."),
    term(
        "mandate",
        &["mandates"],
        "The responsibility for a theme or a region, held by one or more organisations. A mandate is what makes a hub.",
    ),
    term(
        "material",
        &["materials"],
        "A solution to one problem: a course, a tool, a contract template. Others can find and adapt it if it is packaged and catalogued.",
    ),
    term(
        "mitigation",
        &["mitigations", "safeguard"],
        "A part of a policy that is meant to prevent a harm, such as pilots, reviews or spreading mandates over regions.",
    ),
    term(
        "need met",
        &[],
        "The effect of the help given, divided by the requests for help. An effect of 1 is perfect help; help from afar or by beginners counts less.",
    ),
    term("neutral value", &["neutral"], "The value at which a lever has no effect."),
    term(
        "parameter",
        &["parameters"],
        "A number that describes how people and organisations behave. Most are assumptions and are given as ranges.",
    ),
    term(
        "policy",
        &["policies", "status quo"],
        "A full set of levers: how grants are given, how hubs are created and paid, how all of it is governed. The status quo is the policy that resembles today's.",
    ),
    term(
        "region codes",
        &["nwe", "na", "eseap", "ceeca", "lac", "mena", "sa", "ssa", "regions"],
        "NWE Northern and Western Europe, NA North America, ESEAP East and Southeast Asia and the Pacific, CEECA Central and Eastern Europe and Central Asia, LAC Latin America and the Caribbean, MENA Middle East and North Africa, SA South Asia, SSA Sub-Saharan Africa.",
    ),
    term(
        "replicate",
        &["replicates"],
        "One run of every arm with the same random numbers. Replicates differ by chance, and those of different worlds also by the uncertain numbers.",
    ),
    term(
        "run folder",
        &["run"],
        "The folder with everything that one study produced: tables, charts, claims, report. Its name is a hash of the question.",
    ),
    term("rung", &["rungs"], "An arm between the two ends of a ladder: the policy with all steps up to here."),
    term("scenario", &["scenarios"], "A TOML file that describes a movement, its policies and the claims to test."),
    term(
        "service gap",
        &[],
        "The need-weighted Gini index of need met over regions: 0 if all regions are served alike, towards 1 if one region has it all.",
    ),
    term(
        "step",
        &["steps", "not resolved"],
        "Levers that change together on a ladder. A step is not resolved if the interval of what it brings contains 0: the trials do not tell its sign.",
    ),
    term("theme", &["themes"], "An area of expertise, such as education, GLAM, technology, advocacy."),
    term("trial", &["trials"], "One simulation: one arm in one replicate, over all years."),
    term(
        "uncertain number",
        &["range", "distribution"],
        "A number that a scenario gives as a range or a distribution because nobody knows it. Every world draws its own value.",
    ),
    term(
        "underserved",
        &["underserved regions"],
        "The group of regions with few active editors for the people online there, as the scenario marks them.",
    ),
    term(
        "user group",
        &["user groups", "chapter", "thematic organisation"],
        "The smallest kind of affiliate. A chapter serves a country; a thematic organisation serves a theme.",
    ),
    term(
        "volunteer",
        &["volunteers", "agent"],
        "An active contributor. One simulated agent stands for several people, as the scenario says.",
    ),
    term("world", &["worlds"], "One draw of all uncertain numbers, the same for all arms."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_sorted_and_no_word_names_two() {
        assert!(GLOSSARY.is_sorted_by_key(|term| term.name));
        let words: Vec<&str> =
            GLOSSARY.iter().flat_map(|term| [term.name].into_iter().chain(term.synonyms.iter().copied())).collect();
        for word in &words {
            assert_eq!(GLOSSARY.iter().filter(|term| term.is_named(word)).count(), 1, "{word}");
        }
    }
}
