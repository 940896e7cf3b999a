//! Rows of the table `organisations`.

use super::column::{Column, Role, Row, Stored, Type, Value};
use crate::policy::levers::OrganisationKind;
use crate::record::History;

rows! {
    /// An organisation that was active in the year.
    pub struct OrganisationRow in organisations {
        /// The organisation.
        id organisation: organisation, "-";
        /// Its kind.
        computed kind: kind, "-";
        /// Its region.
        computed region: region, "-";
        /// Years since founding.
        computed age: number, "years";
        /// Staff, that for mandates included, as their holder or as a partner.
        computed staff: number, "FTE";
        /// Volunteers' work, mean of the year.
        computed labour: number, "FTE";
        /// Of staff, the part paid by mandates, as their holder or as a partner.
        computed hub_staff: number, "FTE";
        /// Members.
        computed members: number, "people";
        /// Grants asked for in this year's applications.
        computed requested: number, "USD";
        /// Grants received from all funders.
        computed grants: number, "USD";
        /// Of these, from funders that are not governed.
        computed other_grants: number, "USD";
        /// Hub money received; of the foundation, that for its service desk.
        computed hub_money: number, "USD";
        /// Own income, without the money paid in.
        computed own_income: number, "USD";
        /// Money that it raised for the common pot, or that others raised in its place.
        computed paid_in: number, "USD";
        /// Money spent.
        computed spent: number, "USD";
        /// Reserves, those of its mandates included.
        computed reserves: number, "USD";
        /// Share of next year's money that is secured, without that of its mandates.
        computed secured: number, "share";
        /// Staff that left, that for mandates included.
        computed leavers: number, "FTE";
        /// Mean expertise over themes that exist.
        computed expertise: number, "share";
        /// Quality (expertise × fit) in its best theme.
        computed best_quality: number, "share";
        /// Prestige.
        computed prestige: number, "share";
        /// Territoriality.
        computed territoriality: number, "share";
        /// Effect of the help it gave.
        computed service: number, "person-requests";
        /// Work spent on production.
        computed production_work: number, "FTE-quarters";
        /// Of that, duplicated.
        computed duplicated_work: number, "FTE-quarters";
        /// Materials that it built, for its mandates included.
        computed built: count, "materials";
        /// Materials of others that it adapted, for its mandates included.
        computed adapted: count, "materials";
        /// Work on production and support, for its mandates included.
        computed work: number, "FTE-quarters";
        /// Sum over themes of the squared share of that work: 1 where all of it is in one theme; empty without work.
        computed focus: number, "index";
        /// Mandates held.
        computed mandates: count, "mandates";
        /// Mandates in which it is a partner.
        computed consortia: count, "mandates";
        /// Organisations that it works with in partnerships and consortia.
        computed partners: count, "organisations";
        /// Links that it keeps: with the foundation, with each hub weighted by how well it knows it, in partnerships
        /// and consortia.
        computed links: number, "links";
        /// 1 if it is the affiliate drawn in year 0, which begins with an advantage in an arm with a head start; else
        /// 0.
        computed drawn: count, "-";
    }
}

impl OrganisationRow {
    /// A chapter that has nothing, for examples: `OrganisationRow { staff: 3.0, ..OrganisationRow::chapter(7) }`.
    pub fn chapter(organisation: u32) -> OrganisationRow {
        let kind = OrganisationKind::Chapter as u32;
        OrganisationRow { organisation, kind, ..OrganisationRow::default() }
    }

    /// Staff, that of its mandates included, and volunteers' work.
    ///
    /// Unit: FTE.
    pub fn capacity(&self) -> f64 {
        self.staff + self.labour
    }

    /// Whether it is the foundation or an affiliate, no organisation outside the movement.
    pub fn of_the_movement(&self) -> bool {
        self.affiliate() || self.kind == OrganisationKind::Foundation as u32
    }

    /// Whether it is an affiliate: measures of organisations leave out the foundation and those outside the movement.
    pub fn affiliate(&self) -> bool {
        use OrganisationKind::{Chapter, ThematicOrganisation, UserGroup};
        [Chapter, ThematicOrganisation, UserGroup].iter().any(|&kind| kind as u32 == self.kind)
    }
}
