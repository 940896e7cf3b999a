//! Consistency of a scenario as a whole: rules about more than one key.

use std::collections::{BTreeMap, BTreeSet};

use crate::scenario::catalogue::written;
use crate::scenario::check::{YearsFrom, resolved};
use crate::scenario::diagnostic::WholeRule;
use crate::scenario::diagnostics::{Diagnostics, Span};
use crate::scenario::distribution::Uncertain;
use crate::scenario::kind::plural;
use crate::scenario::tree::{Node, Table};
use hubsim_model::ids::{Key, MAX_ORGANISATIONS, MAX_REGIONS, MAX_THEMES};
use hubsim_model::inputs::{ENTITIES, Inputs, Shock};
use hubsim_model::mechanisms::environment::REACH;
use hubsim_model::policy::levers::{OrganisationKind, Policy};

/// The most organisations at the start, `count` counted.
const MOST_ORGANISATIONS: f64 = 5000.0;
/// The most volunteer agents that a trial may come to have.
const MOST_AGENTS: f64 = 5e6;
/// The most organisations that a trial may be expected to see, so far below the number of ids that
/// random variation cannot exceed it.
const MOST_EVER: f64 = 50_000.0;
/// The most funders: as many as an id can address.
const MOST_FUNDERS: usize = 255;
/// The most shocks and the most policies.
pub(super) const MOST_OTHERS: usize = 500;
const _: () = assert!(MOST_EVER < MAX_ORGANISATIONS as f64);
/// Sums of shares may exceed 1 by rounding.
pub(super) const ROUNDING: f64 = 1e-9;

/// The scenario in three worlds, in which the uncertain numbers are all at their least, central or greatest.
pub(in crate::scenario) struct CornerCases {
    pub least: Inputs,
    pub central: Inputs,
    pub greatest: Inputs,
    /// Policies with all uncertain numbers at their greatest; none for those with a mistake.
    pub policies: Vec<Option<Policy>>,
    /// The shocks under each of them only, uncertain numbers at their centre.
    pub policy_shocks: Vec<Vec<Shock>>,
    /// The worlds of the arms that set facts or parameters.
    pub arms: Vec<ArmWorld>,
    /// The names of the policies that are made of others: ablations, head starts and arms.
    pub derived: Vec<String>,
    /// The numbers that are given as distributions.
    pub uncertain: Vec<Uncertain>,
    /// The names of the selected policies.
    pub selected: Vec<String>,
    pub years: u32,
    /// Where the number of years is set.
    pub years_from: YearsFrom,
}

/// The world of an arm: another one than that of the scenario.
pub(in crate::scenario) struct ArmWorld {
    pub name: String,
    /// Where the arm is declared.
    pub span: Span,
    /// The least, the central and the greatest world.
    pub worlds: [Inputs; 3],
    /// The keys whose factor is cut by a bound in the central world.
    pub cut: Vec<String>,
}

impl CornerCases {
    /// The scenario in the worlds of an arm, for checks of facts alone.
    fn of_arm(&self, arm: &ArmWorld) -> CornerCases {
        let [least, central, greatest] = arm.worlds.clone();
        let (selected, years, years_from) = (self.selected.clone(), self.years, self.years_from);
        CornerCases {
            least,
            central,
            greatest,
            policies: Vec::new(),
            policy_shocks: Vec::new(),
            arms: Vec::new(),
            derived: Vec::new(),
            uncertain: Vec::new(),
            selected,
            years,
            years_from,
        }
    }

    /// The central world of a policy or an arm.
    pub fn central_of(&self, name: &str) -> &Inputs {
        let arm = self.arms.iter().find(|arm| arm.name == name);
        arm.map_or(&self.central, |arm| &arm.worlds[1])
    }
}

/// Checks of a merged tree, whose entries are looked up by list.
pub(super) struct ConsistencyChecker<'a> {
    pub diagnostics: &'a mut Diagnostics,
    root: &'a Table,
    start: Span,
    /// The arm whose world is checked; none for the world of the scenario.
    arm: Option<Span>,
}

/// An upper bound of how many volunteers there can be: what the regions sustain when all are online that will be.
fn most_volunteers(cases: &CornerCases) -> f64 {
    let (greatest, least) = (&cases.greatest.region, &cases.least.region);
    let most = greatest.iter().zip(least).map(|(greatest, least)| {
        let grown = libm::pow(1.0 + greatest.online_growth.max(0.0), f64::from(cases.years));
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

impl<'a> ConsistencyChecker<'a> {
    /// A checker of a merged tree; `start` is where the text of the scenario itself begins.
    pub(super) fn new(diagnostics: &'a mut Diagnostics, root: &'a Table, start: Span) -> ConsistencyChecker<'a> {
        ConsistencyChecker { diagnostics, root, start, arm: None }
    }

    /// Reports inconsistent sizes, names and lists.
    pub(super) fn lists(&mut self, cases: &CornerCases) {
        self.sizes();
        self.names();
        self.regions(cases);
        self.organisations(cases);
        self.funders(cases);
        self.shocks(cases);
    }

    /// Reports inconsistent facts of the arms that run, each at its arm.
    pub(super) fn arms(&mut self, cases: &CornerCases) {
        for arm in cases.arms.iter().filter(|arm| cases.selected.contains(&arm.name)) {
            self.arm = Some(arm.span);
            let cases = cases.of_arm(arm);
            self.regions(&cases);
            self.organisations(&cases);
        }
        self.arm = None;
    }

    /// Where a fact of an entry of a list is reported: where it is given, or at the arm that changes it.
    fn place(&self, list: &str, index: usize, key: &str) -> Span {
        let given = || self.nodes(list).get(index).map_or(self.start, |node| node.span_of(&[key]));
        self.arm.unwrap_or_else(given)
    }

    /// The merged tree.
    pub(super) fn root(&self) -> &'a Table {
        self.root
    }

    /// Whether the scenario extends another one.
    pub(super) fn extends(&self) -> bool {
        self.root.contains_key("extends")
    }

    /// The tables of a list, in the order of the checked ones.
    pub(super) fn nodes(&self, list: &str) -> Vec<&'a Node> {
        let nodes = self.root.get(list).and_then(|entry| entry.node.list()).unwrap_or(&[]);
        nodes.iter().filter(|node| node.table().is_some()).collect()
    }

    /// Lists that must not be empty, and those that must not be too long.
    fn sizes(&mut self) {
        for list in ["region", "theme", "policy"] {
            if self.nodes(list).is_empty() {
                self.report(self.start, WholeRule::NoneAtAll { list });
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
                let (plural, count) = (plural(list), nodes.len());
                self.report(first.span, WholeRule::TooManyEntries { list, plural: &plural, count, most });
            }
        }
    }

    /// Random draws are addressed by name, so no two names may have the same hash; of regions and themes not even the same
    /// stem of a hash.
    fn names(&mut self) {
        let mut keys: BTreeMap<u64, &str> = BTreeMap::new();
        let mut stems: BTreeMap<u32, (&str, &str)> = BTreeMap::new();
        for section in ENTITIES {
            for node in self.nodes(section.name) {
                let Some(name) = node.name() else { continue };
                let key = Key::from_name(name);
                let span = node.span_of(&["name"]);
                let other = *keys.entry(key.0).or_insert(name);
                if other != name {
                    self.report(span, WholeRule::SharedDraws { list: section.name, name, other });
                }
                if matches!(section.name, "region" | "theme") {
                    let (list, other) = *stems.entry(key.stem()).or_insert((section.name, name));
                    if list != section.name || other != name {
                        self.report(span, WholeRule::SharedDraws { list: section.name, name, other });
                    }
                }
            }
        }
    }

    fn regions(&mut self, cases: &CornerCases) {
        for (index, region) in cases.central.region.iter().enumerate() {
            if region.online > region.population {
                let (online, population) = (region.online, region.population);
                let violation = WholeRule::MoreOnline { region: &region.name, online, population };
                self.report(self.place("region", index, "online"), violation);
            }
        }
        let start: f64 = cases.greatest.region.iter().map(|region| region.volunteers).sum();
        let people = most_volunteers(cases).max(start);
        let agents = people / cases.least.people_per_agent;
        if agents > MOST_AGENTS {
            let node = self.root.get("people_per_agent").map(|entry| entry.node.span);
            let violation = WholeRule::TooManyAgents { start, people, agents, most: MOST_AGENTS };
            self.report(self.arm.or(node).unwrap_or(self.start), violation);
        }
    }

    fn organisations(&mut self, cases: &CornerCases) {
        let (mut total, mut foundations) = (0.0, 0.0);
        for (index, row) in cases.greatest.organisation.iter().enumerate() {
            total += row.count;
            if total > MOST_ORGANISATIONS && total - row.count <= MOST_ORGANISATIONS {
                let violation = WholeRule::TooManyOrganisations { name: &row.name, total, most: MOST_ORGANISATIONS };
                self.report(self.place("organisation", index, "count"), violation);
            }
            if row.kind == OrganisationKind::Foundation {
                foundations += row.count;
                if foundations > 1.0 {
                    let violation = WholeRule::SecondFoundation { name: &row.name, foundations };
                    self.report(self.place("organisation", index, "kind"), violation);
                }
            }
        }
        self.groups(total, cases);
        self.communities(cases);
        self.numbered(cases);
    }

    /// User groups form in every year: the number of organisations must not exceed the number of ids.
    fn groups(&mut self, start: f64, cases: &CornerCases) {
        let rate = cases.greatest.parameters.affiliates.formation;
        let formed = rate * most_volunteers(cases) * f64::from(cases.years);
        if start + formed > MOST_EVER {
            let section = self.root.get("affiliates").and_then(|entry| entry.node.get("formation"));
            let span = self.arm.or(section.map(|node| node.span)).unwrap_or(self.start);
            let rate = short(rate * (MOST_EVER - start).max(0.0) / formed);
            self.report(span, WholeRule::TooManyGroups { formed, years: cases.years, rate, most: MOST_EVER });
        }
    }

    /// Whether a year after the last one is no mistake at a span: the number of years was reduced by the command line or by a
    /// scenario that extends the text of the span.
    pub(super) fn cut_short(&self, cases: &CornerCases, span: Span) -> bool {
        let years = self.root.get("years").map(|entry| entry.node.span);
        cases.years_from == YearsFrom::CommandLine
            || resolved(self.root)
            || !self.own(span) && years.is_some_and(|years| !years.same_file(span))
    }

    /// Whether a span is in the scenario itself, not in one that it extends.
    pub(super) fn own(&self, span: Span) -> bool {
        span.same_file(self.start) && !resolved(self.root)
    }

    /// The communities of a region's organisations do not overlap, so they are at most the whole region.
    fn communities(&mut self, cases: &CornerCases) {
        for region in &cases.greatest.region {
            let rows = cases.greatest.organisation.iter().enumerate();
            let rows = rows.filter(|(_, row)| row.region == region.name && !row.kind.outside());
            let mut total = 0.0;
            let mut largest: Option<(usize, f64, &str)> = None;
            for (index, row) in rows {
                let part = row.count * row.community;
                total += part;
                if largest.is_none_or(|(_, most, _)| part > most) {
                    largest = Some((index, part, &row.name));
                }
            }
            let Some((index, part, name)) = largest.filter(|_| total > 1.0 + ROUNDING) else { continue };
            let violation = WholeRule::CommunitiesOverlap { region: &region.name, total, largest: name, part };
            self.report(self.place("organisation", index, "community"), violation);
        }
    }

    /// Organisations with a `count` are numbered: no other may have such a name.
    fn numbered(&mut self, cases: &CornerCases) {
        let several = cases.greatest.organisation.iter().filter(|row| row.count > 1.0).map(|row| row.name.as_str());
        let several: BTreeSet<&str> = several.collect();
        for (index, row) in cases.greatest.organisation.iter().enumerate() {
            let stem = row.name.trim_end_matches(|c: char| c.is_ascii_digit());
            let stem = stem.trim_end_matches([' ', '-', '#', '_', '.']);
            if stem != row.name && several.contains(stem) {
                self.report(
                    self.place("organisation", index, "name"),
                    WholeRule::NumberedName { name: &row.name, stem },
                );
            }
        }
    }

    /// Funders with contradictory policies.
    fn funders(&mut self, cases: &CornerCases) {
        let nodes = self.nodes("funder");
        for (node, funder) in nodes.iter().zip(&cases.central.funder) {
            if funder.governed && !funder.policy.is_empty() {
                self.report(node.span_of(&["policy"]), WholeRule::TwoPolicies { name: &funder.name });
            }
        }
        let governed = cases.central.funder.iter().any(|funder| funder.governed);
        if let (Some(last), false) = (nodes.last(), governed) {
            self.report(last.span_of(&["governed"]), WholeRule::NoGovernedFunder {});
        }
    }

    fn shocks(&mut self, cases: &CornerCases) {
        for (node, shock) in self.nodes("shock").into_iter().zip(&cases.central.shock) {
            self.shock(cases, node, shock);
        }
    }

    /// One shock, of the world or of a policy.
    pub(super) fn shock(&mut self, cases: &CornerCases, node: &Node, shock: &Shock) {
        let parts =
            [("funder", "pot", shock.pot), ("region", "affinity", shock.affinity), ("theme", "need", shock.need)];
        let strikes = |key: &str| node.get(key).is_some();
        if !parts.iter().any(|(list, _, _)| strikes(list)) && !strikes("hubs") && !strikes("foundation") {
            self.diagnostics.report_once(node.span, WholeRule::StrikesNothing {});
            return;
        }
        for (list, what, factor) in parts {
            // Not `!=`: an invalid number is NaN and was reported already.
            let changes = (factor - 1.0).abs() > 0.0;
            if changes && node.get(list).is_none() {
                let violation = WholeRule::FactorOfNothing { factor: what, of: list };
                self.diagnostics.report_once(node.span_of(&[what]), violation);
            }
        }
        let span = node.span_of(&["year"]);
        if shock.year > f64::from(cases.years) && !self.cut_short(cases, span) {
            let violation = WholeRule::StrikesTooLate { year: shock.year, years: cases.years };
            self.diagnostics.report_once(span, violation);
        }
    }

    fn report(&mut self, span: Span, violation: WholeRule) {
        self.diagnostics.report(span, violation);
    }
}
