//! Policies that contradict themselves, explained at their line.

use crate::scenario::catalogue::written;
use crate::scenario::check::consistency::{ConsistencyChecker, CornerCases, ROUNDING};
use crate::scenario::diagnostic::PolicyRule;
use crate::scenario::merge::SHOCKS;
use crate::scenario::tree::Node;
use hubsim_model::catalogue::Limit;
use hubsim_model::inputs::Organisation;
use hubsim_model::policy::levers::{FoundationRole, Fundraising, Gate, HubKind, OrganisationKind, Policy};

/// The group of regions that floors ask for.
const UNDERSERVED: &str = "underserved";

/// Reports what contradicts itself in the policies that are run, and in those that the scenario itself defines: what it
/// inherits and never runs is no mistake of its own.
pub(super) fn contradictions(checker: &mut ConsistencyChecker, worlds: &CornerCases) {
    let nodes = checker.nodes("policy").into_iter();
    for ((node, policy), shocks) in nodes.zip(&worlds.policies).zip(&worlds.policy_shocks) {
        let Some(policy) = policy else { continue };
        if !worlds.selected.contains(&policy.name) && !checker.own(node.place_of(&["name"])) {
            continue;
        }
        let told = node.get(SHOCKS).and_then(Node::list).unwrap_or(&[]).iter();
        for (node, shock) in told.filter(|node| node.table().is_some()).zip(shocks) {
            checker.shock(worlds, node, shock);
        }
        let mut case = Case { checker, node, policy, worlds };
        case.reserves();
        case.grants();
        case.governance();
        if policy.hubs.kind == HubKind::None {
            case.no_hubs();
        } else {
            case.hubs();
            case.holders();
            case.waves();
        }
    }
}

struct Case<'a, 'b> {
    checker: &'a mut ConsistencyChecker<'b>,
    node: &'b Node,
    policy: &'a Policy,
    worlds: &'a CornerCases,
}

impl<'a> Case<'a, '_> {
    /// A contradiction is reported once, not for every policy that inherits it.
    fn report(&mut self, keys: [&str; 2], violation: PolicyRule) {
        self.checker.diagnostics.report_once(self.node.place_of(&keys), violation);
    }

    fn name(&self) -> &'a str {
        &self.policy.name
    }

    /// What is set aside is at most the pot, in every year.
    fn reserves(&mut self) {
        let grants = &self.policy.grants;
        let parts = [
            (["grants", "underserved_floor"], grants.underserved_floor),
            (["grants", "newcomers_share"], grants.newcomers_share),
            (["grants", "baseline_share"], grants.baseline_share),
            (["grants", "experiments_share"], grants.experiments_share),
            (["hubs", "share"], self.policy.hubs.share),
            (
                ["hubs", "delegated"],
                if self.policy.hubs.kind.regional() { self.policy.hubs.delegated } else { 0.0.into() },
            ),
        ];
        let total = |year: u32| parts.iter().map(|(_, path)| path.at(year)).sum::<f64>();
        let Some(year) = (0..=self.worlds.years).find(|&year| total(year) > 1.0 + ROUNDING) else { return };
        let mut sum = Vec::new();
        let mut largest = parts[0];
        for part in parts {
            if part.1.at(year) > 0.0 {
                sum.push(format!("`{}.{}` {}", part.0[0], part.0[1], rounded(part.1.at(year))));
            }
            if part.1.at(year) > largest.1.at(year) {
                largest = part;
            }
        }
        let (sum, excess, total) = (sum.join(" + "), rounded(total(year) - 1.0), rounded(total(year)));
        self.report(largest.0, PolicyRule::AbovePot { policy: self.name(), total, year, sum, excess });
    }

    fn grants(&mut self) {
        if self.policy.grants.kinds.is_empty() {
            self.report(["grants", "kinds"], PolicyRule::NobodyMayApply { policy: self.name() });
        }
        let group = self.worlds.central.region.iter().any(|region| region.group == UNDERSERVED);
        let floor = self.policy.grants.underserved_floor;
        if !group && (0..=self.worlds.years).any(|year| floor.at(year) > 0.0) {
            let violation = PolicyRule::FloorOfNothing { policy: self.name(), group: UNDERSERVED };
            self.report(["grants", "underserved_floor"], violation);
        }
    }

    /// Money that is to go where nothing takes it, checks by nobody.
    fn governance(&mut self) {
        let governance = &self.policy.governance;
        let funders = &self.worlds.central.funder;
        let pays = (0..=self.worlds.years).any(|year| governance.paid_in.at(year) > 0.0);
        let pooled = governance.fundraising != Fundraising::All;
        if !funders.iter().any(|funder| funder.governed) && (pays || pooled) {
            let key = if pays { "paid_in" } else { "fundraising" };
            self.report(["governance", key], PolicyRule::NoCommonPot { policy: self.name() });
        }
        let foundation = self.worlds.central.organisation.iter().any(|o| o.kind == OrganisationKind::Foundation);
        let place = self.node.place_of(&["governance", "gate"]);
        if governance.gate == Gate::Overseer && !foundation && self.checker.own(place) {
            self.report(["governance", "gate"], PolicyRule::NoOverseer { policy: self.name() });
        }
    }

    /// Money for hubs of which there are none.
    fn no_hubs(&mut self) {
        if self.pays() {
            // Where `kind` is not said, hubs are none by default: then the share is the odd one.
            let told = self.node.get("hubs").and_then(|hubs| hubs.get("kind")).is_some();
            let key = if told { "kind" } else { "share" };
            self.report(["hubs", key], PolicyRule::MoneyForNoHubs { policy: self.name() });
        }
    }

    fn hubs(&mut self) {
        let hubs = &self.policy.hubs;
        if !self.pays() && hubs.foundation == FoundationRole::KeepsEverything {
            self.report(["hubs", "share"], PolicyRule::HubsWithoutMoney { policy: self.name() });
        }
        if hubs.kinds.is_empty() && !hubs.external && !hubs.may_found {
            self.report(["hubs", "kinds"], PolicyRule::NobodyMayHold { policy: self.name() });
        }
        let delegates = (0..=self.worlds.years).any(|year| hubs.delegated.at(year) > 0.0);
        if delegates && !hubs.kind.regional() {
            self.report(["hubs", "delegated"], PolicyRule::EnvelopesOfNobody { policy: self.name() });
        }
        if hubs.review_years != Limit::None && hubs.outcomes.is_empty() {
            self.report(["hubs", "outcomes"], PolicyRule::ReviewsOfNothing { policy: self.name() });
        }
    }

    /// Who may hold a mandate, against who there is. A base that has fewer organisations now is no mistake.
    fn holders(&mut self) {
        let hubs = &self.policy.hubs;
        let of = |row: &Organisation| if row.inert { 0.0 } else { row.count };
        let there = |may: &dyn Fn(OrganisationKind) -> bool| -> f64 {
            self.worlds.greatest.organisation.iter().filter(|row| may(row.kind)).map(of).sum()
        };
        let holders = there(&|kind| if kind.outside() { hubs.external } else { hubs.kinds.contains(&kind) });
        let all = there(&|kind| kind != OrganisationKind::Foundation);
        // User groups form, and may become chapters; nothing else does.
        let grown =
            hubs.kinds.contains(&OrganisationKind::UserGroup) || hubs.kinds.contains(&OrganisationKind::Chapter);
        if holders == 0.0 && !grown && !hubs.may_found && !hubs.kinds.is_empty() && self.own("kinds") {
            self.report(["hubs", "kinds"], PolicyRule::NoHolder { policy: self.name() });
        }
        if hubs.min_partners >= all && hubs.min_partners > 0.0 && self.own("min_partners") {
            let violation = PolicyRule::TooManyPartners { policy: self.name(), partners: hubs.min_partners, all };
            self.report(["hubs", "min_partners"], violation);
        }
    }

    fn waves(&mut self) {
        let hubs = &self.policy.hubs;
        let seats = if hubs.kind.thematic() { self.worlds.central.theme.len() } else { 0 };
        let seats = (seats + if hubs.kind.regional() { self.worlds.central.region.len() } else { 0 }) as f64;
        // A base that has fewer themes now is no mistake: there are fewer pilots then.
        if hubs.pilots > seats && self.own("pilots") {
            let noun = match hubs.kind {
                HubKind::Regional => "regions",
                HubKind::Both => "themes and regions",
                _ => "themes",
            };
            let violation = PolicyRule::TooManyPilots { policy: self.name(), pilots: hubs.pilots, seats, noun };
            self.report(["hubs", "pilots"], violation);
        }
        let most = hubs.hubs_at_most.bound(hubs.first_year as u32);
        if hubs.pilots > most {
            let key = if self.own("pilots") || !self.own("hubs_at_most") { "pilots" } else { "hubs_at_most" };
            let violation = PolicyRule::PilotsAboveLimit { policy: self.name(), pilots: hubs.pilots, most };
            self.report(["hubs", key], violation);
        }
        let place = self.node.place_of(&["hubs", "first_year"]);
        if hubs.first_year > f64::from(self.worlds.years) && !self.checker.cut_short(self.worlds, place) {
            let (first, years) = (hubs.first_year, self.worlds.years);
            self.report(["hubs", "first_year"], PolicyRule::HubsTooLate { policy: self.name(), first, years });
        }
    }

    /// Whether a lever of the hubs stands in the scenario itself, and not in what it extends.
    fn own(&self, key: &str) -> bool {
        self.checker.own(self.node.place_of(&["hubs", key]))
    }

    fn pays(&self) -> bool {
        (0..=self.worlds.years).any(|year| self.policy.hubs.share.at(year) > 0.0)
    }
}

/// A share to four decimals at most.
fn rounded(share: f64) -> String {
    written((share * 1e4).round() / 1e4)
}
