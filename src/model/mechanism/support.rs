//! Support: volunteers and small organisations look for help, and find it, are sent on, or go without.

use crate::parameters;
use crate::quantity::catalogue::Off;

parameters! {
    /// Requests for help, and the doors they knock at.
    pub struct SupportParameters in "support",
        off Off::Set(&[("requests", 0.0), ("organisation_requests", 0.0)]);
    /// Chance that a volunteer without an open request needs help.
    requests: 0.15, 0.0..=1.0, 0.05..0.4, "1/person/quarter", "assumed";
    /// Work of a request that is solved.
    request_work: 0.006, 0.0..=1.0, 0.002..0.02, "FTE-quarters/request", "assumed: 3 hours";
    /// Work of one that is not, relative.
    failed_work: 0.3, 0.0..=1.0, 0.1..0.6, "factor", "assumed";
    /// Expertise at which half of the requests are solved.
    half_expertise: 0.25, 0.01..=1.0, 0.1..0.5, "share", "assumed";
    /// Share of the unaffiliated who know a local affiliate as a door.
    walk_in: 0.35, 0.0..=1.0, 0.0..0.8, "share", "assumed";
    /// Outside doors tried before giving up.
    doors: 3.0, 1.0..=10.0, 2.0..5.0, "doors", "assumed";
    /// Chance to be sent to the right door by one that could not help.
    sent_on: 0.5, 0.0..=1.0, 0.2..0.9, "share", "assumed";
    /// How much each further hub makes the wrong door likelier.
    wrong_door: 0.03, 0.0..=1.0, 0.0..0.1, "1/hub", "assumed";
    /// Knowledge of a hub won in a region per FTE-quarter of outreach there.
    outreach: 0.4, 0.0..=10.0, 0.1..1.0, "1/FTE-quarter", "assumed";
    /// Knowledge of a hub won in a region when all who ask there were helped by it.
    use_spreads: 0.15, 0.0..=5.0, 0.0..0.4, "1/quarter", "assumed";
    /// How much knowing other hubs slows learning about one more: attention is limited.
    attention: 0.5, 0.0..=10.0, 0.0..1.5, "1/known hub", "assumed";
    /// Forgetting of a hub.
    forgetting: 0.02, 0.0..=1.0, 0.005..0.05, "1/quarter", "assumed";
    /// Chance that a small organisation asks for help.
    organisation_requests: 0.3, 0.0..=1.0, 0.1..0.6, "1/quarter", "assumed";
    /// Staff below which an organisation asks for help as a volunteer does.
    small_below: 2.0, 0.0..=100.0, 1.0..5.0, "FTE", "assumed";
    /// Work of helping an organisation.
    organisation_work: 0.05, 0.0..=10.0, 0.02..0.15, "FTE-quarters/request", "assumed: 24 hours";
}
