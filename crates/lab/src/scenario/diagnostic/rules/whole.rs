//! Rules of the scenario as a whole: sizes, sums and references.

use crate::scenario::catalogue::written;
use crate::scenario::diagnostic::rule::rules;

rules! {
    /// Rules about more than one entry of a scenario.
    pub enum WholeRule;

    /// A scenario has at least one region, one theme and one policy, of its own or inherited.
    "HS065" NoneAtAll { list: &'a str } =>
        format!("there is no [[{list}]]"), format!("a scenario has at least one {list}"),
        format!("add a [[{list}]], or extend a scenario that has some: `extends = \"wikimedia-2023\"`");
    wrong "name = \"example\"\nextends = \"base\"", right "name = \"example\"\nextends = \"small\"";

    /// A list has at most as many entries as the model has ids for, or as any scenario needs.
    "HS066" TooManyEntries { list: &'a str, plural: &'a str, count: usize, most: usize } =>
        format!("there are {count} entries of [[{list}]]"), format!("at most {most} entries of [[{list}]]"),
        format!("leave out this one and those after it, or put several {plural} together");
    wrong "(33 themes)", right "";

    /// Random draws are addressed by the names of regions, themes, organisations and funders, so no two names may have the
    /// same address.
    "HS067" SharedDraws { list: &'a str, name: &'a str, other: &'a str } =>
        format!("the {list} \"{name}\" would share its random draws with \"{other}\""),
        "random draws are addressed by name, so names must not look alike to them",
        format!("call it something else, such as \"{name} {list}\"");
    wrong "[[theme]]\nname = \"North\"", right "[[theme]]\nname = \"North theme\"";

    /// No more people of a region are online than live there.
    "HS068" MoreOnline { region: &'a str, online: f64, population: f64 } =>
        format!("{} million people online of {} million in \"{region}\"", written(online), written(population)),
        "no more people are online than there are", format!("write {} or less", written(population));
    wrong "[[region]]\nname = \"North\"\npopulation = 100\nonline = 200",
    right "[[region]]\nname = \"North\"\npopulation = 200\nonline = 100";

    /// A trial has at most 5 million volunteer agents: more do not fit into memory.
    "HS069" TooManyAgents { start: f64, people: f64, agents: f64, most: f64 } =>
        format!("{start:.0} volunteers may become {people:.0}, which makes {agents:.0} agents"),
        format!("at most {} million volunteer agents", most / 1e6),
        format!("write `people_per_agent = {}` or more", written((people / most).ceil()));
    wrong "people_per_agent = 1\n[[region]]\nname = \"North\"\nvolunteers = 900000000",
    right "people_per_agent = 1\n[[region]]\nname = \"North\"\nvolunteers = 900";

    /// A scenario begins with at most 5,000 organisations, `count` counted.
    "HS070" TooManyOrganisations { name: &'a str, total: f64, most: f64 } =>
        format!("with \"{name}\" there are {total:.0} organisations or more"),
        format!("at most {most} organisations at the start"), "lower `count`";
    wrong "[[organisation]]\nname = \"Many\"\nregion = \"North\"\ncommunity = 0\ncount = 5000",
    right "[[organisation]]\nname = \"Many\"\nregion = \"North\"\ncommunity = 0\ncount = 50";

    /// At most one organisation is the foundation.
    "HS071" SecondFoundation { name: &'a str, foundations: f64 } =>
        format!("\"{name}\" makes {foundations:.0} foundations"), "at most one organisation is the foundation",
        "make this one a chapter, or take the other out";
    wrong "[[organisation]]\nname = \"Second\"\nregion = \"North\"\nkind = \"foundation\"\ncommunity = 0",
    right "[[organisation]]\nname = \"Second\"\nregion = \"North\"\nkind = \"chapter\"\ncommunity = 0";

    /// User groups form at a rate that keeps the organisations of a trial below 50,000, closed ones included.
    "HS072" TooManyGroups { formed: f64, years: u32, rate: String, most: f64 } =>
        format!("{formed:.0} user groups may form in {years} years"),
        format!("at most {most} organisations, closed ones included"),
        format!("write {rate} or less, or fewer `years`");
    wrong "years = 500\n[affiliates]\nformation = 0.1\n[[region]]\nname = \"North\"\nvolunteers = 100000",
    right "[affiliates]\nformation = 0.0001";

    /// The communities of the organisations of a region do not overlap, so together they are at most the whole region.
    "HS073" CommunitiesOverlap { region: &'a str, total: f64, largest: &'a str, part: f64 } =>
        format!("organisations of \"{region}\" serve {total:.3} of its people online"),
        "communities of a region together are at most 1",
        format!("lower `community` or `count`; the largest part, {part:.3}, is that of \"{largest}\"");
    wrong "[[organisation]]\nname = \"Large\"\nregion = \"North\"\ncommunity = 0.3\ncount = 4",
    right "[[organisation]]\nname = \"Large\"\nregion = \"North\"\ncommunity = 0\ncount = 4";

    /// Where `count` organisations are alike, each has a number after the name. No other organisation has such a name.
    "HS074" NumberedName { name: &'a str, stem: &'a str } =>
        format!("\"{name}\" may be one of the numbered organisations \"{stem}\""),
        "`count` alike are numbered after their name",
        format!("call it something else, such as \"{stem} itself\"");
    wrong "[[organisation]]\nname = \"Group\"\nregion = \"North\"\ncommunity = 0\ncount = 4\n[[organisation]]\nname = \"Group 2\"\nregion = \"North\"\ncommunity = 0",
    right "[[organisation]]\nname = \"Group\"\nregion = \"North\"\ncommunity = 0\ncount = 4";

    /// A funder either follows the policy under test (`governed`) or names a policy that it follows always.
    "HS075" TwoPolicies { name: &'a str } =>
        format!("the funder \"{name}\" follows the policy under test, and names another"),
        "a funder that is governed has no policy of its own", "add `governed = false`, or leave `policy` out";
    wrong "[[funder]]\nname = \"Movement fund\"\npolicy = \"status-quo\"",
    right "[[funder]]\nname = \"Second\"\npot = 1000\ngoverned = false\npolicy = \"status-quo\"";

    /// Some funder follows the policy under test. Otherwise all policies give the same.
    "HS076" NoGovernedFunder {} =>
        "no funder is governed, so that all policies give the same", "at least one funder is governed",
        "leave `governed = false` out of one of them";
    wrong "[[funder]]\nname = \"Movement fund\"\ngoverned = false",
    right "[[funder]]\nname = \"Movement fund\"\ngoverned = true";

    /// A shock strikes something: otherwise it would have no effect.
    "HS077" StrikesNothing {} =>
        "this shock strikes nothing", "a shock strikes a funder, a region, a theme, the hubs or the foundation",
        "add `funder = \"…\"` with `pot`, `region` with `affinity`, `theme` with `need`, `hubs = 0`, or `foundation = 0.5`";
    wrong "[[shock]]\nyear = 2", right "[[shock]]\nyear = 2\nregion = \"North\"\naffinity = 0.5";

    /// Each factor of a shock is that of something which the shock strikes.
    "HS078" FactorOfNothing { factor: &'a str, of: &'a str } =>
        format!("`{factor}` of no {of}"), format!("`{factor}` is that of a {of}"),
        format!("add `{of} = \"…\"`, or leave `{factor}` out");
    wrong "[[shock]]\nyear = 2\nregion = \"North\"\npot = 0.5",
    right "[[shock]]\nyear = 2\nregion = \"North\"\naffinity = 0.5";

    /// A shock strikes within the years that a trial simulates.
    "HS079" StrikesTooLate { year: f64, years: u32 } =>
        format!("this shock strikes in year {}", written(year)), format!("the scenario has {years} years"),
        format!("write a year from 1 to {years}, or raise `years`");
    wrong "[[shock]]\nyear = 300\nregion = \"North\"\naffinity = 0.5",
    right "[[shock]]\nyear = 2\nregion = \"North\"\naffinity = 0.5";
}
