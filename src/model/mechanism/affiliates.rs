//! Affiliates: user groups form, mature and close.

use crate::parameters;
use crate::quantity::catalogue::Off;

parameters! {
    /// Birth, growing up and end of affiliates.
    pub struct AffiliateParameters in "affiliates",
        off Off::Set(&[("gathering", 0.0), ("maturing", 0.0), ("closing", 0.0)]);
    /// User groups that form, per unaffiliated volunteer.
    gathering: 0.00018, 0.0..=1.0, 0.00005..0.0006, "groups/person/year", "157 user groups in about 12 years among about 80,000 active editors";
    /// Fewest unaffiliated volunteers in a region for a group to form.
    least_people: 30.0, 1.0..=1e6, 10.0..100.0, "people", "assumed; user groups need three named members";
    /// Share of the region's people online whom a new group serves.
    community: 0.01, 0.0..=1.0, 0.003..0.03, "share", "assumed";
    /// Chance that a user group of at least two years and one FTE becomes a chapter.
    maturing: 0.04, 0.0..=1.0, 0.01..0.1, "1/year", "assumed; chapters need two years of activity";
    /// Chance that an organisation closes.
    closing: 0.03, 0.0..=1.0, 0.01..0.06, "1/year", "GuideStar below 0.04; NASAA 0.028 (74 of 229 in 14 years)";
    /// That chance for one with less than one FTE, relative.
    closing_small: 2.0, 0.0..=20.0, 1.0..4.0, "factor", "NASAA: small ones most fragile";
    /// That chance for one with more than five FTE, relative.
    closing_large: 0.3, 0.0..=1.0, 0.1..0.6, "factor", "assumed";
    /// That chance for one without money and without members, relative.
    closing_empty: 4.0, 1.0..=20.0, 1.0..8.0, "factor", "assumed";
}
