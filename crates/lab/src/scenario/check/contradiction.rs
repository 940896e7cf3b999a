//! Policies that contradict themselves, explained at their line.

use crate::scenario::catalogue::written;
use crate::scenario::check::sense::{ROUNDING, Sense, Worlds};
use crate::scenario::merge::SHOCKS;
use crate::scenario::tree::Node;
use hubsim_model::inputs::Organisation;
use hubsim_model::policy::levers::{FoundationRole, Fundraising, Gate, HubKind, OrganisationKind, Policy};

/// The group of regions that floors ask for.
const UNDERSERVED: &str = "underserved";

/// Notes what contradicts itself in the policies that are run, and in those that the scenario itself defines: what it
/// inherits and never runs is no mistake of its own.
pub(super) fn contradictions(sense: &mut Sense, worlds: &Worlds) {
    let nodes = sense.nodes("policy").into_iter();
    for ((node, policy), shocks) in nodes.zip(&worlds.policies).zip(&worlds.policy_shocks) {
        let Some(policy) = policy else { continue };
        if !worlds.selected.contains(&policy.name) && !sense.own(node.place_of(&["name"])) {
            continue;
        }
        let told = node.get(SHOCKS).and_then(Node::list).unwrap_or(&[]).iter();
        for (node, shock) in told.filter(|node| node.table().is_some()).zip(shocks) {
            sense.shock(worlds, node, shock);
        }
        let mut case = Case { sense, node, policy, worlds };
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
    sense: &'a mut Sense<'b>,
    node: &'b Node,
    policy: &'a Policy,
    worlds: &'a Worlds,
}

impl Case<'_, '_> {
    /// A contradiction is told once, not for every policy that inherits it.
    fn problem(&mut self, keys: [&str; 2], message: String, rule: impl Into<String>, help: impl Into<String>) {
        let (place, rule) = (self.node.place_of(&keys), rule.into());
        if !self.sense.notes.told(place, &rule) {
            let message = format!("policy \"{}\": {message}", self.policy.name);
            self.sense.notes.problem(place, message, rule, help);
        }
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
        let message = format!("{} of the pot is set aside in year {year}: {}", rounded(total(year)), sum.join(" + "));
        let rule = "what is set aside is together at most 1";
        let help = format!("lower them by {} together", rounded(total(year) - 1.0));
        self.problem(largest.0, message, rule, help);
    }

    fn grants(&mut self) {
        if self.policy.grants.kinds.is_empty() {
            let help = "name at least one kind, or leave `kinds` out for all";
            self.problem(["grants", "kinds"], "nobody may apply for grants".to_owned(), "at least one kind", help);
        }
        let group = self.worlds.central.region.iter().any(|region| region.group == UNDERSERVED);
        let floor = self.policy.grants.underserved_floor;
        if !group && (0..=self.worlds.years).any(|year| floor.at(year) > 0.0) {
            let message = format!("a floor for regions of the group `{UNDERSERVED}`, of which there are none");
            let rule = "a floor needs regions that it is for";
            let help = format!("write `group = \"{UNDERSERVED}\"` in a [[region]], or leave the floor out");
            self.problem(["grants", "underserved_floor"], message, rule, help);
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
            let message = "own income goes into the common pot, but there is none".to_owned();
            let rule = "the common pot is that of the governed funders";
            let help = "add a [[funder]] that is governed, or leave this lever out";
            self.problem(["governance", key], message, rule, help);
        }
        let foundation = self.worlds.central.organisation.iter().any(|o| o.kind == OrganisationKind::Foundation);
        let place = self.node.place_of(&["governance", "gate"]);
        if governance.gate == Gate::Overseer && !foundation && self.sense.own(place) {
            let message = "the centre is to check materials, but there is no foundation".to_owned();
            let help = "add an [[organisation]] of kind \"foundation\", or write `gate = \"peer\"`";
            self.problem(["governance", "gate"], message, "the overseer is the foundation", help);
        }
    }

    /// Money for hubs of which there are none.
    fn no_hubs(&mut self) {
        if self.pays() {
            // Where `kind` is not said, hubs are none by default: then the share is the odd one.
            let told = self.node.get("hubs").and_then(|hubs| hubs.get("kind")).is_some();
            let key = if told { "kind" } else { "share" };
            let help = "write `kind = \"thematic\"`, or `share = 0`";
            let message = "money is set aside for hubs, but there are none".to_owned();
            self.problem(["hubs", key], message, "`share` is for hubs of some `kind`", help);
        }
    }

    fn hubs(&mut self) {
        let hubs = &self.policy.hubs;
        if !self.pays() && hubs.foundation == FoundationRole::KeepsEverything {
            let message = "hubs without any money: `share` is 0 and the foundation keeps everything".to_owned();
            let rule = "hubs get a share of the pot, or what the foundation gives up";
            let help = "raise `share`, or write `foundation = \"keeps-core\"` or \"coordinates\"";
            self.problem(["hubs", "share"], message, rule, help);
        }
        if hubs.kinds.is_empty() && !hubs.external && !hubs.may_found {
            let help = "name at least one kind, or leave `kinds` out for all";
            self.problem(["hubs", "kinds"], "nobody may hold a mandate".to_owned(), "at least one kind", help);
        }
        let delegates = (0..=self.worlds.years).any(|year| hubs.delegated.at(year) > 0.0);
        if delegates && !hubs.kind.regional() {
            let message = "envelopes for regional hubs, of which there are none".to_owned();
            let help = "write `kind = \"regional\"` or \"both\", or `delegated = 0`";
            self.problem(["hubs", "delegated"], message, "envelopes are for hubs of regions", help);
        }
        if hubs.review_years > 0.0 && hubs.outcomes.is_empty() {
            let message = "reviews that may end in nothing".to_owned();
            let help = "name at least one outcome, or write `review_years = 0`";
            self.problem(["hubs", "outcomes"], message, "a review may end in something", help);
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
            let message = "there is no organisation that may hold a mandate".to_owned();
            let help = "name a kind that an [[organisation]] has, or write `may_found = true`";
            self.problem(["hubs", "kinds"], message, "somebody may hold a mandate", help);
        }
        if hubs.min_partners >= all && hubs.min_partners > 0.0 && self.own("min_partners") {
            let noun = if all == 1.0 { "organisation" } else { "organisations" };
            let message =
                format!("{} partners beside a holder, but {} {noun}", written(hubs.min_partners), written(all));
            let help = format!("write {} or less", written((all - 1.0).max(0.0)));
            self.problem(["hubs", "min_partners"], message, "partners are organisations beside the holder", help);
        }
    }

    fn waves(&mut self) {
        let hubs = &self.policy.hubs;
        let seats = if hubs.kind.thematic() { self.worlds.central.theme.len() } else { 0 };
        let seats = (seats + if hubs.kind.regional() { self.worlds.central.region.len() } else { 0 }) as f64;
        // A base that has fewer themes now is no mistake: there are fewer pilots then.
        if hubs.pilots > seats && self.own("pilots") {
            let (noun, rule) = match hubs.kind {
                HubKind::Regional => ("regions", "at most one pilot for each region"),
                HubKind::Both => ("themes and regions", "at most one pilot for each theme and region"),
                _ => ("themes", "at most one pilot for each theme"),
            };
            let noun = if seats == 1.0 { noun.trim_end_matches('s') } else { noun };
            let message = format!("{} pilots, but {} {noun}", written(hubs.pilots), written(seats));
            let help = format!("write {} or less", written(seats));
            self.problem(["hubs", "pilots"], message, rule, help);
        }
        let most = hubs.hubs_at_most.at(hubs.first_year as u32);
        if most > 0.0 && hubs.pilots > most {
            let message = format!("{} pilots, but at most {} hubs", written(hubs.pilots), written(most));
            let help = format!("write `pilots = {}` or less, or raise `hubs_at_most`", written(most));
            let key = if self.own("pilots") || !self.own("hubs_at_most") { "pilots" } else { "hubs_at_most" };
            self.problem(["hubs", key], message, "pilots are hubs, too", help);
        }
        let place = self.node.place_of(&["hubs", "first_year"]);
        if hubs.first_year > f64::from(self.worlds.years) && !self.sense.cut_short(self.worlds, place) {
            let message = format!("the first hubs come in year {}", written(hubs.first_year));
            let rule = format!("the scenario has {} years", self.worlds.years);
            let help = format!("write a year from 1 to {}, or raise `years`", self.worlds.years);
            self.problem(["hubs", "first_year"], message, rule, help);
        }
    }

    /// Whether a lever of the hubs stands in the scenario itself, and not in what it extends.
    fn own(&self, key: &str) -> bool {
        self.sense.own(self.node.place_of(&["hubs", key]))
    }

    fn pays(&self) -> bool {
        (0..=self.worlds.years).any(|year| self.policy.hubs.share.at(year) > 0.0)
    }
}

/// A share to four decimals at most.
fn rounded(share: f64) -> String {
    written((share * 1e4).round() / 1e4)
}
