//! Policies that contradict themselves, explained at their line.

use crate::scenario::catalogue::written;
use crate::scenario::check::consistency::{ConsistencyChecker, CornerCases, ROUNDING};
use crate::scenario::diagnostic::PolicyRule;
use crate::scenario::merge::SHOCKS;
use crate::scenario::tree::Node;
use hubsim_model::catalogue::{Limit, Path};
use hubsim_model::inputs::Organisation;
use hubsim_model::policy::levers::{FoundationRole, Fundraising, Gate, HubKind, OrganisationKind, Policy};

/// The group of regions of the lever `underserved_floor`.
const UNDERSERVED: &str = "underserved";

/// Reports contradictions in the selected policies and in those that the scenario itself defines; policies that it inherits
/// and does not run are not checked.
pub(super) fn contradictions(checker: &mut ConsistencyChecker, cases: &CornerCases) {
    let nodes = checker.nodes("policy").into_iter();
    for ((node, policy), shocks) in nodes.zip(&cases.policies).zip(&cases.policy_shocks) {
        let Some(policy) = policy else { continue };
        if !cases.selected.contains(&policy.name) && !checker.own(node.span_of(&["name"])) {
            continue;
        }
        let declared = node.get(SHOCKS).and_then(Node::list).unwrap_or(&[]).iter();
        for (node, shock) in declared.filter(|node| node.table().is_some()).zip(shocks) {
            checker.shock(cases, node, shock);
        }
        let mut case = Case { checker, node, policy, cases };
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

/// What a policy sets aside of the pot, by lever.
pub(super) fn reserved(policy: &Policy) -> [([&'static str; 2], Path); 6] {
    let (grants, hubs) = (&policy.grants, &policy.hubs);
    let delegated = if hubs.kind.regional() { hubs.delegated } else { 0.0.into() };
    [
        (["grants", "underserved_floor"], grants.underserved_floor),
        (["grants", "newcomers_share"], grants.newcomers_share),
        (["grants", "baseline_share"], grants.baseline_share),
        (["grants", "experiments_share"], grants.experiments_share),
        (["hubs", "share"], hubs.share),
        (["hubs", "delegated"], delegated),
    ]
}

struct Case<'a, 'b> {
    checker: &'a mut ConsistencyChecker<'b>,
    node: &'b Node,
    policy: &'a Policy,
    cases: &'a CornerCases,
}

impl<'a> Case<'a, '_> {
    /// A contradiction is reported once, not for every policy that inherits it.
    fn report(&mut self, keys: [&str; 2], violation: PolicyRule) {
        self.checker.diagnostics.report_once(self.node.span_of(&keys), violation);
    }

    fn name(&self) -> &'a str {
        &self.policy.name
    }

    /// The shares that are set aside add up to at most 1 in every year.
    fn reserves(&mut self) {
        let parts = reserved(self.policy);
        let total = |year: u32| parts.iter().map(|(_, path)| path.at(year)).sum::<f64>();
        let Some(year) = (0..=self.cases.years).find(|&year| total(year) > 1.0 + ROUNDING) else { return };
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
        let group = self.cases.central.region.iter().any(|region| region.group == UNDERSERVED);
        let floor = self.policy.grants.underserved_floor;
        if !group && (0..=self.cases.years).any(|year| floor.at(year) > 0.0) {
            let violation = PolicyRule::FloorOfNothing { policy: self.name(), group: UNDERSERVED };
            self.report(["grants", "underserved_floor"], violation);
        }
    }

    /// Payments into a pot that does not exist, and checks by an overseer that does not exist.
    fn governance(&mut self) {
        let governance = &self.policy.governance;
        let funders = &self.cases.central.funder;
        let pays = (0..=self.cases.years).any(|year| governance.paid_in.at(year) > 0.0);
        let pooled = governance.fundraising != Fundraising::All;
        if !funders.iter().any(|funder| funder.governed) && (pays || pooled) {
            let key = if pays { "paid_in" } else { "fundraising" };
            self.report(["governance", key], PolicyRule::NoCommonPot { policy: self.name() });
        }
        let foundation = self.cases.central.organisation.iter().any(|o| o.kind == OrganisationKind::Foundation);
        let span = self.node.span_of(&["governance", "gate"]);
        if governance.gate == Gate::Overseer && !foundation && self.checker.own(span) {
            self.report(["governance", "gate"], PolicyRule::NoOverseer { policy: self.name() });
        }
    }

    /// Money for hubs although there are none.
    fn no_hubs(&mut self) {
        if self.pays() {
            // Without `kind` there are no hubs: then the share is the mistake.
            let given = self.node.get("hubs").and_then(|hubs| hubs.get("kind")).is_some();
            let key = if given { "kind" } else { "share" };
            self.report(["hubs", key], PolicyRule::MoneyForNoHubs { policy: self.name() });
        }
    }

    fn hubs(&mut self) {
        let hubs = &self.policy.hubs;
        if !self.pays() && hubs.foundation == FoundationRole::KeepsEverything {
            // Hubs on paper are a control; whoever means others is warned.
            let (span, warning) =
                (self.node.span_of(&["hubs", "share"]), PolicyRule::HubsWithoutMoney { policy: self.name() });
            if self.checker.own(span) {
                self.checker.diagnostics.warn(span, warning);
            }
        }
        if hubs.kinds.is_empty() && !hubs.external && !hubs.may_found {
            self.report(["hubs", "kinds"], PolicyRule::NobodyMayHold { policy: self.name() });
        }
        let delegates = (0..=self.cases.years).any(|year| hubs.delegated.at(year) > 0.0);
        if delegates && !hubs.kind.regional() {
            self.report(["hubs", "delegated"], PolicyRule::EnvelopesOfNobody { policy: self.name() });
        }
        if hubs.review_years != Limit::None && hubs.outcomes.is_empty() {
            self.report(["hubs", "outcomes"], PolicyRule::ReviewsOfNothing { policy: self.name() });
        }
    }

    /// Whether an organisation exists that may hold a mandate. That an extended scenario has fewer organisations now is no
    /// mistake.
    fn holders(&mut self) {
        let hubs = &self.policy.hubs;
        let of = |row: &Organisation| if row.inert { 0.0 } else { row.count };
        let there = |may: &dyn Fn(OrganisationKind) -> bool| -> f64 {
            self.cases.greatest.organisation.iter().filter(|row| may(row.kind)).map(of).sum()
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
        let seats = if hubs.kind.thematic() { self.cases.central.theme.len() } else { 0 };
        let seats = (seats + if hubs.kind.regional() { self.cases.central.region.len() } else { 0 }) as f64;
        // That an extended scenario has fewer themes now is no mistake: there are fewer pilots then.
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
        let span = self.node.span_of(&["hubs", "first_year"]);
        if hubs.first_year > f64::from(self.cases.years) && !self.checker.cut_short(self.cases, span) {
            let (first, years) = (hubs.first_year, self.cases.years);
            self.report(["hubs", "first_year"], PolicyRule::HubsTooLate { policy: self.name(), first, years });
        }
    }

    /// Whether a lever of hubs is given in the scenario itself, not in one that it extends.
    fn own(&self, key: &str) -> bool {
        self.checker.own(self.node.span_of(&["hubs", key]))
    }

    fn pays(&self) -> bool {
        (0..=self.cases.years).any(|year| self.policy.hubs.share.at(year) > 0.0)
    }
}

/// A share to four decimals at most.
fn rounded(share: f64) -> String {
    written((share * 1e4).round() / 1e4)
}
