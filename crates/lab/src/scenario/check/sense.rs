//! Whether the parts of a scenario go together: what no single key can tell.

use std::collections::{BTreeMap, BTreeSet};

use crate::scenario::catalogue::written;
use crate::scenario::check::contradiction::contradictions;
use crate::scenario::check::field::plural;
use crate::scenario::source::{Notes, Place};
use crate::scenario::tree::{Node, Table, Value};
use hubsim_model::ids::{Key, MAX_ORGANISATIONS, MAX_REGIONS, MAX_THEMES};
use hubsim_model::inputs::{ENTITIES, Setup, Shock};
use hubsim_model::mechanisms::environment::REACH;
use hubsim_model::policy::levers::{OrganisationKind, Policy};

/// The most organisations at the start, `count` counted.
const MOST_ORGANISATIONS: f64 = 5000.0;
/// The most volunteer agents that a trial may come to have.
const MOST_AGENTS: f64 = 5e6;
/// The most organisations that a trial may be expected to see, so far below the ids there are that luck cannot make up
/// for it.
const MOST_EVER: f64 = 50_000.0;
/// The most funders: as many as an id can address.
const MOST_FUNDERS: usize = 255;
/// The most shocks and the most policies: more are no scenario.
pub(super) const MOST_OTHERS: usize = 500;
const _: () = assert!(MOST_EVER < MAX_ORGANISATIONS as f64);
/// Sums of shares may exceed 1 by rounding.
pub(super) const ROUNDING: f64 = 1e-9;

/// One world, typed. In three of them the uncertain numbers are all at their least, central or greatest.
pub(in crate::scenario) struct Worlds {
    pub least: Setup,
    pub central: Setup,
    pub greatest: Setup,
    /// Policies with all uncertain numbers at their greatest; none for those with a mistake.
    pub policies: Vec<Option<Policy>>,
    /// What strikes under each of them only, uncertain numbers at their centre.
    pub policy_shocks: Vec<Vec<Shock>>,
    /// The names of those that are run.
    pub selected: Vec<String>,
    pub years: u32,
    /// Whether `years` is the command line's: then what lies beyond it is no mistake.
    pub shortened: bool,
}

/// A tree of which the parts are looked up by list.
pub(super) struct Sense<'a> {
    pub notes: &'a mut Notes,
    root: &'a Table,
    start: Place,
}

/// Notes what does not go together.
pub(in crate::scenario) fn make_sense(worlds: &Worlds, root: &Table, start: Place, notes: &mut Notes) {
    if notes.partial() {
        return;
    }
    let mut sense = Sense { notes, root, start };
    sense.sizes();
    sense.names();
    sense.regions(worlds);
    sense.organisations(worlds);
    sense.funders(worlds);
    sense.shocks(worlds);
    contradictions(&mut sense, worlds);
}

/// An upper bound of how many volunteers there can be: what the regions sustain when all are online that will be.
fn most_volunteers(worlds: &Worlds) -> f64 {
    let (greatest, least) = (&worlds.greatest.region, &worlds.least.region);
    let most = greatest.iter().zip(least).map(|(greatest, least)| {
        let grown = libm::pow(1.0 + greatest.online_growth.max(0.0), f64::from(worlds.years));
        let reach = (REACH * greatest.population / least.online).max(1.0);
        greatest.volunteers / least.saturation * grown.min(reach)
    });
    most.sum()
}

/// Two significant digits, rounded down.
fn short(value: f64) -> String {
    if value <= 0.0 {
        return "0".to_owned();
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(value)) - 1.0);
    written(((value / unit).floor() * unit * 1e9).round() / 1e9)
}

impl<'a> Sense<'a> {
    /// The tables of a list, in the order of the checked ones.
    pub(super) fn nodes(&self, list: &str) -> Vec<&'a Node> {
        let nodes = self.root.get(list).and_then(|entry| entry.node.list()).unwrap_or(&[]);
        nodes.iter().filter(|node| node.table().is_some()).collect()
    }

    /// Lists that must not be empty, and those that must not be too long.
    fn sizes(&mut self) {
        for list in ["region", "theme", "policy"] {
            if self.nodes(list).is_empty() {
                let help =
                    format!("add a [[{list}]], or extend a scenario that has some: `extends = \"wikimedia-2023\"`");
                let message = format!("there is no [[{list}]]");
                self.notes.problem(self.start, message, format!("a scenario has at least one {list}"), help);
            }
        }
        let most = ENTITIES.iter().map(|section| section.name).chain(["policy"]).map(|list| match list {
            "region" => (list, MAX_REGIONS),
            "theme" => (list, MAX_THEMES),
            "funder" => (list, MOST_FUNDERS),
            "organisation" => (list, MOST_ORGANISATIONS as usize),
            _ => (list, MOST_OTHERS),
        });
        for (list, most) in most {
            let nodes = self.nodes(list);
            if let Some(first) = nodes.get(most) {
                let message = format!("there are {} entries of [[{list}]]", nodes.len());
                let help = format!("leave out this one and those after it, or put several {} together", plural(list));
                self.notes.problem(first.place, message, format!("at most {most} entries of [[{list}]]"), help);
            }
        }
    }

    /// Luck is addressed by name, so no two names may hash alike; of regions and themes, not even in part.
    fn names(&mut self) {
        let mut keys: BTreeMap<u64, &str> = BTreeMap::new();
        let mut stems: BTreeMap<u32, (&str, &str)> = BTreeMap::new();
        for section in ENTITIES {
            for node in self.nodes(section.name) {
                let Some(name) = node.name() else { continue };
                let key = Key::from_name(name);
                let place = node.place_of(&["name"]);
                let other = *keys.entry(key.0).or_insert(name);
                if other != name {
                    self.collision(place, section.name, name, other);
                }
                if matches!(section.name, "region" | "theme") {
                    let (list, other) = *stems.entry(key.stem()).or_insert((section.name, name));
                    if list != section.name || other != name {
                        self.collision(place, section.name, name, other);
                    }
                }
            }
        }
    }

    fn collision(&mut self, place: Place, list: &str, name: &str, other: &str) {
        let rule = "luck is addressed by name, so names must not look alike to it";
        let message = format!("the {list} \"{name}\" would share its luck with \"{other}\"");
        self.notes.problem(place, message, rule, format!("call it something else, such as \"{name} {list}\""));
    }

    fn regions(&mut self, worlds: &Worlds) {
        for (node, region) in self.nodes("region").into_iter().zip(&worlds.central.region) {
            if region.online > region.population {
                let message = format!(
                    "{} million people online of {} million in \"{}\"",
                    written(region.online),
                    written(region.population),
                    region.name
                );
                let rule = "no more people are online than there are";
                let help = format!("write {} or less", written(region.population));
                self.notes.problem(node.place_of(&["online"]), message, rule, help);
            }
        }
        let start: f64 = worlds.greatest.region.iter().map(|region| region.volunteers).sum();
        let people = most_volunteers(worlds).max(start);
        let agents = people / worlds.least.people_per_agent;
        if agents > MOST_AGENTS {
            let node = self.root.get("people_per_agent").map(|entry| entry.node.place);
            let message = format!("{start:.0} volunteers may become {people:.0}, which makes {agents:.0} agents");
            let help = format!("write `people_per_agent = {}` or more", written((people / MOST_AGENTS).ceil()));
            let rule = format!("at most {} million volunteer agents", MOST_AGENTS / 1e6);
            self.notes.problem(node.unwrap_or(self.start), message, rule, help);
        }
    }

    fn organisations(&mut self, worlds: &Worlds) {
        let nodes = self.nodes("organisation");
        let rows = || nodes.iter().zip(&worlds.greatest.organisation);
        let (mut total, mut foundations) = (0.0, 0.0);
        for (node, row) in rows() {
            total += row.count;
            if total > MOST_ORGANISATIONS && total - row.count <= MOST_ORGANISATIONS {
                let rule = format!("at most {MOST_ORGANISATIONS} organisations at the start");
                let message = format!("with \"{}\" there are {total:.0} organisations or more", row.name);
                self.notes.problem(node.place_of(&["count"]), message, rule, "lower `count`");
            }
            if row.kind == OrganisationKind::Foundation {
                foundations += row.count;
                if foundations > 1.0 {
                    let rule = "at most one organisation is the foundation";
                    let help = "make this one a chapter, or take the other out";
                    let message = format!("\"{}\" makes {foundations:.0} foundations", row.name);
                    self.notes.problem(node.place_of(&["kind"]), message, rule, help);
                }
            }
        }
        self.groups(total, worlds);
        self.communities(&nodes, worlds);
        self.numbered(&nodes, worlds);
    }

    /// User groups form all the time: they must not become more than can be told apart.
    fn groups(&mut self, start: f64, worlds: &Worlds) {
        let rate = worlds.greatest.parameters.affiliates.gathering;
        let formed = rate * most_volunteers(worlds) * f64::from(worlds.years);
        if start + formed > MOST_EVER {
            let section = self.root.get("affiliates").and_then(|entry| entry.node.get("gathering"));
            let place = section.map_or(self.start, |node| node.place);
            let message = format!("{formed:.0} user groups may form in {} years", worlds.years);
            let help =
                format!("write {} or less, or fewer `years`", short(rate * (MOST_EVER - start).max(0.0) / formed));
            let rule = format!("at most {MOST_EVER} organisations, closed ones included");
            self.notes.problem(place, message, rule, help);
        }
    }

    /// Whether what lies at a place and concerns a later year is no mistake: the scenario that the text is extended by,
    /// or the command line, has made the years fewer.
    pub(super) fn cut_short(&self, worlds: &Worlds, place: Place) -> bool {
        let years = self.root.get("years").map(|entry| entry.node.place);
        worlds.shortened || self.resolved() || !self.own(place) && years.is_some_and(|years| !years.beside(place))
    }

    /// Whether a place is in the scenario itself, and not in what it extends.
    pub(super) fn own(&self, place: Place) -> bool {
        place.beside(self.start) && !self.resolved()
    }

    /// Whether the scenario holds what it inherited, written out: then nothing in it is its own.
    fn resolved(&self) -> bool {
        self.root.get("resolved").is_some_and(|entry| matches!(entry.node.value, Value::Flag(true)))
    }

    /// The communities of a region's organisations do not overlap, so they are at most the whole region.
    fn communities(&mut self, nodes: &[&Node], worlds: &Worlds) {
        for region in &worlds.greatest.region {
            let rows = nodes
                .iter()
                .zip(&worlds.greatest.organisation)
                .filter(|(_, row)| row.region == region.name && !row.kind.outside());
            let mut total = 0.0;
            let mut largest: Option<(&Node, f64, &str)> = None;
            for (node, row) in rows {
                let part = row.count * row.community;
                total += part;
                if largest.is_none_or(|(_, most, _)| part > most) {
                    largest = Some((node, part, &row.name));
                }
            }
            let Some((node, part, name)) = largest.filter(|_| total > 1.0 + ROUNDING) else { continue };
            let message = format!("organisations of \"{}\" serve {total:.3} of its people online", region.name);
            let rule = "communities of a region together are at most 1";
            let help = format!("lower `community` or `count`; the largest part, {part:.3}, is that of \"{name}\"");
            self.notes.problem(node.place_of(&["community"]), message, rule, help);
        }
    }

    /// Of `count` alike each is numbered after the name: no other may be called so.
    fn numbered(&mut self, nodes: &[&Node], worlds: &Worlds) {
        let several = worlds.greatest.organisation.iter().filter(|row| row.count > 1.0).map(|row| row.name.as_str());
        let several: BTreeSet<&str> = several.collect();
        for (node, row) in nodes.iter().zip(&worlds.greatest.organisation) {
            let stem = row.name.trim_end_matches(|c: char| c.is_ascii_digit());
            let stem = stem.trim_end_matches([' ', '-', '#', '_', '.']);
            if stem != row.name && several.contains(stem) {
                let message = format!("\"{}\" may be one of the numbered organisations \"{stem}\"", row.name);
                let rule = "`count` alike are numbered after their name";
                let help = format!("call it something else, such as \"{stem} itself\"");
                self.notes.problem(node.place_of(&["name"]), message, rule, help);
            }
        }
    }

    /// Funders that cannot give as they are told to.
    fn funders(&mut self, worlds: &Worlds) {
        let nodes = self.nodes("funder");
        for (node, funder) in nodes.iter().zip(&worlds.central.funder) {
            if funder.governed && !funder.policy.is_empty() {
                let message =
                    format!("the funder \"{}\" follows the policy under test, and names another", funder.name);
                let rule = "a funder that is governed has no policy of its own";
                let help = "add `governed = false`, or leave `policy` out";
                self.notes.problem(node.place_of(&["policy"]), message, rule, help);
            }
        }
        let governed = worlds.central.funder.iter().any(|funder| funder.governed);
        if let (Some(last), false) = (nodes.last(), governed) {
            let message = "no funder is governed, so that all policies give the same".to_owned();
            let help = "leave `governed = false` out of one of them";
            self.notes.problem(last.place_of(&["governed"]), message, "at least one funder is governed", help);
        }
    }

    fn shocks(&mut self, worlds: &Worlds) {
        for (node, shock) in self.nodes("shock").into_iter().zip(&worlds.central.shock) {
            self.shock(worlds, node, shock);
        }
    }

    /// One shock, of the world or of a policy.
    pub(super) fn shock(&mut self, worlds: &Worlds, node: &Node, shock: &Shock) {
        let parts =
            [("funder", "pot", shock.pot), ("region", "affinity", shock.affinity), ("theme", "need", shock.need)];
        if parts.iter().all(|(who, _, _)| node.get(who).is_none()) && node.get("hubs").is_none() {
            let rule = "a shock strikes a funder, a region, a theme or the hubs";
            let help = "add `funder = \"…\"` with `pot`, `region` with `affinity`, `theme` with `need`, or `hubs = 0`";
            self.tell(node.place, "this shock strikes nothing".to_owned(), rule, help.to_owned());
            return;
        }
        for (who, what, factor) in parts {
            // Not `!=`: a number that is wrong, and told elsewhere, changes nothing.
            let changes = (factor - 1.0).abs() > 0.0;
            if changes && node.get(who).is_none() {
                let message = format!("`{what}` of no {who}");
                let rule = format!("`{what}` is that of a {who}");
                let help = format!("add `{who} = \"…\"`, or leave `{what}` out");
                self.tell(node.place_of(&[what]), message, &rule, help);
            }
        }
        let place = node.place_of(&["year"]);
        if shock.year > f64::from(worlds.years) && !self.cut_short(worlds, place) {
            let message = format!("this shock strikes in year {}", written(shock.year));
            let rule = format!("the scenario has {} years", worlds.years);
            let help = format!("write a year from 1 to {}, or raise `years`", worlds.years);
            self.tell(place, message, &rule, help);
        }
    }

    /// Notes a problem once, not for every policy that inherits it.
    fn tell(&mut self, place: Place, message: String, rule: &str, help: String) {
        if !self.notes.told(place, rule) {
            self.notes.problem(place, message, rule, help);
        }
    }
}
