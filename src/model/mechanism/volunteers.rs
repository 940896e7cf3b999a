//! Volunteers: they learn, gain or lose heart, join, leave, and arrive.

use crate::parameters;
use crate::quantity::catalogue::Off;

parameters! {
    /// The people: motivation, skill, leaving, arriving, joining.
    pub struct VolunteerParameters in "volunteers",
        off Off::Never("the volunteers are the movement; `motivation_leaving = 0` cuts their motivation off from everything else");
    /// Leaving hazard of the long-tenured at motivation 0.55.
    leaving: 0.035, 0.0..=1.0, 0.03..0.07, "1/quarter", "0.75 a year for the established (judgement); general volunteers 0.65 (CNCS 2008)";
    /// Extra hazard of a newcomer.
    leaving_new: 0.65, 0.0..=1.0, 0.5..0.75, "1/quarter", "newcomers' one-year survival 0.12-0.15 (Editor Trends Study)";
    /// Decay time of that extra hazard.
    settling: 1.5, 0.1..=40.0, 1.0..3.0, "quarters", "newcomers' one-year survival 0.12-0.15 (Editor Trends Study)";
    /// Effect of motivation on the logarithm of the hazard.
    motivation_leaving: 1.5, 0.0..=10.0, 0.5..3.0, "log units/motivation", "assumed";
    /// Hazard of the affiliated, relative.
    affiliated_factor: 0.7, 0.0..=1.0, 0.5..1.0, "factor", "assumed";
    /// Motivation gained when helped, times what is missing to 1.
    helped: 0.1, 0.0..=1.0, 0.03..0.2, "motivation", "assumed";
    /// Motivation lost at a bounce.
    bounced: 0.03, 0.0..=1.0, 0.01..0.08, "motivation", "assumed";
    /// Motivation lost when a request goes without help.
    unmet: 0.08, 0.0..=1.0, 0.02..0.2, "motivation", "assumed";
    /// Pull of motivation back to 0.55.
    calming: 0.04, 0.0..=1.0, 0.01..0.1, "1/quarter", "assumed";
    /// Skill gained when helped, times effect and what is missing to 1.
    learning: 0.1, 0.0..=1.0, 0.02..0.2, "skill", "assumed";
    /// Spontaneous part of joining the movement (Bass 1969: innovation).
    spontaneous: 0.01, 0.0001..=1.0, 0.003..0.03, "1/quarter", "assumed";
    /// Word of mouth (Bass 1969: imitation).
    word_of_mouth: 0.4, 0.0..=5.0, 0.2..0.6, "1/quarter", "Bass diffusion, q of 0.3-0.5 in the literature";
    /// Newcomers beyond replacement, where a region is far from saturation (below 0.7 in year 0).
    catching_up: 0.2, -0.5..=5.0, 0.0..0.6, "share", "editors by region 2018-19: the unsaturated regions grew by 2-10 % a year";
    /// Effect of the work of affiliates and hubs in a region on arrivals, per doubling since year 0.
    outreach: 0.1, 0.0..=5.0, 0.0..0.4, "share/doubling", "assumed";
    /// Chance that an unaffiliated volunteer joins a local affiliate.
    joining: 0.01, 0.0..=1.0, 0.003..0.03, "1/quarter", "assumed: keeps about 15 % affiliated";
    /// Share of volunteers who are affiliated at the start.
    affiliated: 0.15, 0.0..=1.0, 0.05..0.3, "share", "assumed";
}
