//! Capacity: the work an organisation has in a quarter, and how it is split.

use crate::parameters;
use crate::quantity::catalogue::Off;

parameters! {
    /// Work available, what applying and links cost, and the split of the rest.
    pub struct CapacityParameters in "capacity",
        off Off::Set(&[("application_work", 0.0), ("application_size", 0.0), ("grant_work", 0.0), ("link_work", 0.0)]);
    /// Work that an affiliated volunteer of mean skill gives at full motivation.
    labour: 0.005, 0.0..=1.0, 0.002..0.02, "FTE/person", "assumed: 2.4 hours a quarter";
    /// Work of an application, whatever its size.
    application_work: 0.06, 0.0..=10.0, 0.02..0.15, "FTE-quarters", "assumed: 20-40 hours for small grants (von Hippel & von Hippel 2015 for the method)";
    /// Work of an application, per million asked.
    application_size: 0.45, 0.0..=10.0, 0.2..0.8, "FTE-quarters/million USD", "34 days per large proposal (Herbert et al. 2013)";
    /// Work a quarter of reporting on a running grant, whatever its size.
    grant_work: 0.03, 0.0..=10.0, 0.01..0.08, "FTE-quarters/quarter", "assumed";
    /// Work a quarter for each end of a link that is kept.
    link_work: 0.1, 0.0..=10.0, 0.03..0.4, "FTE-quarters/quarter", "assumed; coordination takes 3-25 % of capacity";
    /// Share of work for support, at home.
    support: 0.35, 0.0..=1.0, 0.2..0.5, "share", "assumed";
    /// Share of work for production, at home.
    production: 0.45, 0.0..=1.0, 0.3..0.6, "share", "assumed";
    /// Share of a mandate's work for support.
    hub_support: 0.4, 0.0..=1.0, 0.25..0.55, "share", "assumed; the CEE Hub and the Content Partnerships Hub run help desks";
    /// Share of a mandate's work for production.
    hub_production: 0.35, 0.0..=1.0, 0.2..0.5, "share", "assumed";
    /// Share of a mandate's work for making itself known and for its catalogue.
    hub_outreach: 0.2, 0.0..=1.0, 0.1..0.3, "share", "assumed";
    /// How much of a mandate's staff comes out of its holder and organisations near it instead of being new.
    drawn_from_home: 0.25, 0.0..=1.0, 0.0..0.6, "share", "assumed";
}
