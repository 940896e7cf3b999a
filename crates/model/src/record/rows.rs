//! The rows and their columns: what each holds, in which unit.
//!
//! Stocks are as at the end of the year, flows are sums over it. In year 0 there are stocks only: flows are NaN
//! there, which tables show as empty.

#[macro_use]
mod column;
mod region;

use serde::{Deserialize, Serialize};

pub use column::{Column, Row, Type, Value};
pub use region::RegionRow;

use crate::record::History;

/// In a column of names: none.
pub const NOBODY: u32 = u32::MAX;

/// Words of the column `stage`.
pub const STAGES: &[&str] = &["pilot", "active", "transition", "ended"];

rows! {
    /// The movement as a whole.
    pub struct MovementRow in movement {
        /// Work spent on production by all, foundation and hubs included.
        production_work: number, "FTE-quarters";
        /// Duplicated work because what existed was not found.
        duplicated_not_found: number, "FTE-quarters";
        /// Duplicated work because what existed was not packaged, and adapting it would have cost more.
        duplicated_not_packaged: number, "FTE-quarters";
        /// Duplicated work because the maker insisted on its own.
        duplicated_not_invented_here: number, "FTE-quarters";
        /// Duplicated work because others were building it at the same time.
        duplicated_same_time: number, "FTE-quarters";
        /// Materials built.
        built: count, "materials";
        /// Materials of others adapted.
        reused: count, "materials";
        /// Of these, from another region.
        reused_across: count, "materials";
        /// Work that adapting others' materials saved: what building would have taken its maker, less what adapting took.
        avoided_work: number, "FTE-quarters";
        /// Materials packaged for reuse.
        packaged: count, "materials";
        /// Work that projects would have had while they waited for a material of another theme; others had it.
        stalled_work: number, "FTE-quarters";
        /// Quarters of projects that waited for a material of another theme.
        stalled_projects: count, "project-quarters";
        /// Builds begun for problems that need a material of another theme first, there or not.
        dependent: count, "projects";
        /// Builds that came to where they needed a material of another theme that was not there.
        hindered: count, "projects";
        /// Projects that did without a material of another theme that they needed, at lower quality.
        patched: count, "projects";
        /// Work spent on checking materials before they are offered, and on working over those that were stopped.
        gate_work: number, "FTE-quarters";
        /// Checks of packaged materials.
        gate_checked: count, "checks";
        /// Of these, that stopped a material.
        gate_stopped: count, "checks";
        /// Of those, that stopped one above the bar.
        gate_wronged: count, "checks";
        /// Checks that let one below the bar pass.
        gate_missed: count, "checks";
        /// Packaged materials that were stopped for good: only their own maker has them.
        gate_withdrawn: count, "materials";
        /// Work spent on support.
        support_work: number, "FTE-quarters";
        /// Work spent on learning, slack included.
        learning_work: number, "FTE-quarters";
        /// Work left without a feasible project.
        slack: number, "FTE-quarters";
        /// Support work that nobody called for in the last quarter: it produces in the next.
        carried: number, "FTE-quarters";
        /// Work spent on applying and reporting.
        applying_work: number, "FTE-quarters";
        /// Work spent on links.
        coordination_work: number, "FTE-quarters";
        /// Work spent on making hubs known and on catalogues.
        outreach_work: number, "FTE-quarters";
        /// Work spent on deciding about mandates, and about what is re-granted.
        deciding_work: number, "FTE-quarters";
        /// Work spent on lobbying in reviews.
        lobbying_work: number, "FTE-quarters";
        /// Work spent on oversight, by who oversees and who is overseen.
        oversight_work: number, "FTE-quarters";
        /// Work spent on mutual accountability, answers to false alarms included.
        accountability_work: number, "FTE-quarters";
        /// Work spent on scans for unnoticed themes.
        scanning_work: number, "FTE-quarters";
        /// Of production and support, work done in partnerships and consortia of three or more.
        joint_work: number, "FTE-quarters";
        /// All work available: staff and volunteers.
        work: number, "FTE-quarters";
        /// The governed pots, without what organisations pay in.
        pot: number, "USD";
        /// What organisations paid into them, or others raised for them in their place, before what that costs.
        paid_in: number, "USD";
        /// Of that, what asking for it and collecting it cost.
        pooling: number, "USD";
        /// Of the governed pots and what reached them, not awarded.
        unspent: number, "USD";
        /// The pots that are not governed.
        other_pot: number, "USD";
        /// Of these, not awarded.
        other_unspent: number, "USD";
        /// The foundation's movement budget, the part handed to hubs included.
        foundation_budget: number, "USD";
        /// Own income of all organisations of the movement but the foundation, without what is paid in.
        own_income: number, "USD";
        /// Own income of organisations outside the movement, for what overlaps with it.
        outside_income: number, "USD";
        /// What all organisations spent, those outside the movement included.
        spent: number, "USD";
        /// Reserves of all organisations, those of mandates and of organisations outside the movement included.
        reserves: number, "USD";
        /// Mandates alive.
        mandates: count, "mandates";
        /// Mandates whose money from the pots was interrupted.
        interruptions: count, "mandates";
        /// Requests of the scopes of mandates in transition or with interrupted money: service forgone.
        forgone: number, "person-requests";
        /// Requests for which the hub programme has no hub yet.
        waiting: number, "person-requests";
        /// Affiliates alive.
        organisations: count, "organisations";
        /// Organisations outside the movement.
        outsiders: count, "organisations";
        /// Organisations that formed.
        formed: count, "organisations";
        /// Of these, founded for a mandate.
        founded: count, "organisations";
        /// Organisations that closed.
        closed: count, "organisations";
        /// Partnerships that organisations keep of their own accord.
        partnerships: count, "partnerships";
        /// Of these, with three members or more.
        partnerships_of_three: count, "partnerships";
        /// Affiliates in partnerships.
        in_partnerships: count, "organisations";
        /// Affiliates in partnerships of three members or more.
        in_partnerships_of_three: count, "organisations";
        /// Adaptations of the movement's materials by organisations outside it.
        taken_up: count, "materials";
        /// Themes that are there and that nobody has noticed.
        themes_unnoticed: count, "themes";
        /// Themes that are there and not yet served: nobody has noticed them, or less than half of the usual is met.
        themes_unserved: count, "themes";
        /// Open needs solved for communities this year, weighted by quality and people.
        solved: number, "million person-problems";
        /// Reviews of mandates.
        reviews: count, "reviews";
        /// Of these, turned by lobbying: without it, the holder would not have reached the bar.
        reviews_turned: count, "reviews";
        /// Reviews that took effect and changed nothing: the mandate continues.
        continued: count, "reviews";
        /// Reviews that split a mandate.
        split: count, "reviews";
        /// Reviews that took badly served regions out of a mandate.
        rescoped: count, "reviews";
        /// Reviews that moved a mandate to a holder in another region.
        moved: count, "reviews";
        /// Reviews that gave a mandate to another holder of the same region.
        reallocated: count, "reviews";
        /// Reviews that ended a mandate.
        ended: count, "reviews";
        /// Organisations and mandates that went astray.
        incidents: count, "incidents";
        /// Of those astray, noticed.
        noticed: count, "incidents";
        /// Of those noticed, stopped.
        stopped: count, "incidents";
        /// Quarters from going astray to being stopped, summed over those stopped.
        stopping: count, "quarters";
        /// Alarms about those who were not astray.
        false_alarms: count, "alarms";
        /// Quarters of organisations that are large enough to go astray, the foundation included.
        organisation_quarters: count, "organisation-quarters";
        /// Of these, astray.
        organisations_astray: count, "organisation-quarters";
        /// Quarters of mandates.
        mandate_quarters: count, "mandate-quarters";
        /// Of these, astray.
        mandates_astray: count, "mandate-quarters";
        /// Requests answered by who was astray: harm, not help.
        harm: number, "person-requests";
    }

    /// An organisation that was alive in the year.
    pub struct OrganisationRow in organisations {
        /// The organisation.
        organisation: organisation, "-";
        /// Its kind.
        kind: kind, "-";
        /// Its region.
        region: region, "-";
        /// Years since founding.
        age: number, "years";
        /// Staff, that for mandates included, as their holder or as a partner.
        staff: number, "FTE";
        /// Volunteers' work, mean of the year.
        labour: number, "FTE";
        /// Of staff, what is paid by mandates, as their holder or as a partner.
        hub_staff: number, "FTE";
        /// Members.
        members: number, "people";
        /// Grants asked for in this year's applications.
        requested: number, "USD";
        /// Grants received, of whomever.
        grants: number, "USD";
        /// Of these, from funders that are not governed.
        other_grants: number, "USD";
        /// Hub money received.
        hub_money: number, "USD";
        /// Own income, without what is paid in.
        own_income: number, "USD";
        /// What it raised, or others in its place, for the common pot.
        paid_in: number, "USD";
        /// Money spent.
        spent: number, "USD";
        /// Reserves, those of its mandates included.
        reserves: number, "USD";
        /// Share of next year's money that is secured, without that of its mandates.
        secured: number, "share";
        /// Staff that left, that for mandates included.
        leavers: number, "FTE";
        /// Mean expertise over themes that exist.
        expertise: number, "share";
        /// Quality (expertise × fit) in its best theme.
        best_quality: number, "share";
        /// Prestige.
        prestige: number, "share";
        /// Territoriality.
        territoriality: number, "share";
        /// Effect of the help it gave.
        service: number, "person-requests";
        /// Work spent on production.
        production_work: number, "FTE-quarters";
        /// Of that, duplicated.
        duplicated_work: number, "FTE-quarters";
        /// Work on production and support, for its mandates included.
        work: number, "FTE-quarters";
        /// Sum over themes of the squared share of that work: 1 where all of it is in one theme; empty without work.
        focus: number, "index";
        /// Mandates held.
        mandates: count, "mandates";
        /// Mandates in which it is a partner.
        consortia: count, "mandates";
        /// Organisations it works with in partnerships and consortia.
        partners: count, "organisations";
        /// Links it keeps: with the foundation, with each hub as far as it knows it, in partnerships and consortia.
        links: number, "links";
        /// 1 if it is the affiliate that was drawn in year 0, which begins with more in an arm with a head start; else 0.
        drawn: count, "-";
    }

    /// A mandate that existed in the year.
    pub struct MandateRow in mandates {
        /// The mandate.
        mandate: mandate, "-";
        /// Its theme; empty for a hub of a region.
        theme: theme, "-";
        /// The region that it is for; empty for a hub of a theme.
        for_region: region, "-";
        /// Regions in its scope.
        regions: count, "regions";
        /// Who holds it.
        holder: organisation, "-";
        /// The holder's region.
        region: region, "-";
        /// Partners in its consortium.
        partners: count, "organisations";
        /// Years since its creation.
        age: number, "years";
        /// Years in its holder's hands.
        tenure: number, "years";
        /// Its stage.
        stage: stage, "-";
        /// Money of the year.
        money: number, "USD";
        /// Of the year's pots, what it could re-grant in its region.
        envelope: number, "USD";
        /// Of that, what it re-granted; the rest went back to those whose pots they are.
        regranted: number, "USD";
        /// Share of next year's money that is secured.
        secured: number, "share";
        /// 1 if its money from the pots was interrupted, else 0.
        interrupted: count, "-";
        /// Staff, at its holder's and at its partners'.
        staff: number, "FTE";
        /// Of that, staff that left.
        leavers: number, "FTE";
        /// Quality (expertise × fit) of its holder in its theme.
        quality: number, "share";
        /// Quality of the best affiliate in its theme, or of its holder.
        best_quality: number, "share";
        /// Completeness of its catalogue.
        catalogue: number, "share";
        /// How well it is known, mean over the regions of its scope by volunteers.
        known: number, "share";
        /// Requests of its scope.
        requests: number, "person-requests";
        /// Of these, while it was in transition or its money interrupted: service forgone.
        forgone: number, "person-requests";
        /// Requests that came to its door.
        asked: number, "person-requests";
        /// Effect of the help it gave.
        service: number, "person-requests";
        /// Materials built under it.
        built: count, "materials";
        /// Adaptations by others of what was built under it.
        reused: count, "materials";
        /// Of these, by organisations outside the movement.
        taken_up: count, "materials";
    }

    /// A theme.
    pub struct ThemeRow in themes {
        /// The theme.
        theme: theme, "-";
        /// How far it has come after its birth, or is left after it fades.
        presence: number, "share";
        /// Its share of the movement's need.
        need: number, "share";
        /// Its part of the foundation's work at the start, relative to other themes.
        priority: number, "weight";
        /// 1 if somebody has noticed it: before, nobody serves it.
        noticed: count, "-";
        /// 1 if it has been served, once a year's help had met half of the usual share of its requests.
        served: count, "-";
        /// Requests for help that arose.
        requests: number, "person-requests";
        /// Sum of the effect of the help given.
        help: number, "person-requests";
        /// Requests given up.
        given_up: number, "person-requests";
        /// Work on production and support by the foundation.
        foundation_work: number, "FTE-quarters";
        /// Work on production and support by all others, for their mandates included.
        work: number, "FTE-quarters";
        /// Mean expertise of affiliates.
        expertise: number, "share";
        /// Quality (expertise × fit) of the best affiliate.
        best_quality: number, "share";
        /// Quality (expertise × fit) at the end of the year of who helped, weighted by the effect of the help they gave.
        quality_served: number, "share";
        /// Share of the full circle by which the best approach has moved in the year.
        moved: number, "share";
        /// Circular variance of affiliates' approaches: 0 where all do it alike; empty where there is no affiliate.
        diversity: number, "share";
        /// The same over all who helped, the foundation included, weighted by the help; empty where nobody helped.
        diversity_served: number, "share";
        /// 1 if it has jumped by a quarter of the circle in the year, besides its drift, else 0.
        jumped: count, "-";
    }

    /// Money from a funder to a region.
    pub struct FlowRow in flows {
        /// The funder.
        funder: funder, "-";
        /// The region.
        region: region, "-";
        /// The funder's whole pot, without what is paid in; the same in the rows of all regions.
        pot: number, "USD";
        /// Applications.
        applications: count, "applications";
        /// Grants that were paid.
        grants: count, "grants";
        /// Money asked for, what is promised from earlier years included.
        requested: number, "USD";
        /// Money paid as grants.
        awarded: number, "USD";
        /// Of that, to those who were paid the year before.
        returning: number, "USD";
        /// Money paid to hubs held there.
        hubs: number, "USD";
    }
}

impl OrganisationRow {
    /// A chapter that has nothing, for examples: `OrganisationRow { staff: 3.0, ..OrganisationRow::chapter(7) }`.
    pub fn chapter(organisation: u32) -> OrganisationRow {
        let kind = crate::policy::levers::OrganisationKind::Chapter as u32;
        OrganisationRow { organisation, kind, ..OrganisationRow::default() }
    }

    /// Staff, that of its mandates included, and volunteers' work.
    ///
    /// Unit: FTE.
    pub fn capacity(&self) -> f64 {
        self.staff + self.labour
    }

    /// Whether it is an affiliate: measures of organisations leave out the foundation and those outside the movement.
    pub fn affiliate(&self) -> bool {
        use crate::policy::levers::OrganisationKind::*;
        [Chapter, ThematicOrganisation, UserGroup].iter().any(|&kind| kind as u32 == self.kind)
    }
}
