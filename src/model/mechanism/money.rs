//! Money: who applies for how much, what is awarded, and what organisations raise themselves.

use crate::parameters;
use crate::quantity::catalogue::Off;

parameters! {
    /// Applications, awards and own income.
    pub struct MoneyParameters in "money",
        off Off::Never("without money there is no staff: the whole model stops");
    /// Yearly weight of the best of the recent awards, from which applicants ask.
    memory: 0.9, 0.0..=1.0, 0.7..1.0, "1/year", "assumed";
    /// Growth asked for beyond the best recent award, per year since the last application.
    ambition: 0.12, 0.0..=2.0, 0.0..0.3, "1/year", "assumed; award/request was 0.74-0.93 in 2013-15";
    /// Least that anybody asks for.
    least_request: 5000.0, 0.0..=1e7, 1000.0..20000.0, "USD", "rapid grants were 500-5000 USD in 2022-23, general support from 10,000";
    /// Chance that an organisation with an award last year applies again.
    apply_funded: 0.9, 0.0..=1.0, 0.6..1.0, "1/year", "60 % of near-winners compete again (Bol et al. 2018); assumed higher for organisations";
    /// Chance that one without applies.
    apply_unfunded: 0.4, 0.0..=1.0, 0.2..0.6, "1/year", "40 % of near-losers compete again (Bol et al. 2018)";
    /// Award over request below which an applicant is discouraged.
    discouraged_below: 0.2, 0.0..=1.0, 0.1..0.3, "share", "von Hippel & von Hippel 2015";
    /// Chance to apply when discouraged, relative to otherwise.
    discouraged_factor: 0.5, 0.0..=1.0, 0.3..0.8, "factor", "von Hippel & von Hippel 2015: at least half stay away";
    /// Own income per unit of potential at 1 FTE and prestige 0.5, for organisations without a history.
    income_scale: 12000.0, 0.0..=1e7, 3000.0..30000.0, "USD/year", "assumed";
    /// How own income grows with staff: elasticity.
    income_elasticity: 0.7, 0.0..=1.0, 0.5..0.9, "-", "assumed; impact decelerates with funding (Fortin & Currie 2013)";
    /// How own income grows with prestige: elasticity of (0.5 + prestige).
    income_prestige: 1.0, 0.0..=5.0, 0.0..2.0, "-", "assumed";
    /// Yearly noise of own income.
    income_noise: 0.08, 0.0..=1.0, 0.0..0.2, "log units", "assumed";
    /// Yearly growth of the regions' fundraising potential.
    income_growth: 0.02, -0.2..=0.5, 0.0..0.06, "1/year", "assumed";
    /// How fast own income moves to what staff and prestige warrant.
    income_speed: 0.3, 0.0..=1.0, 0.1..0.6, "1/year", "assumed";
    /// What an award's size takes from a committee's share: fall per factor of ten above the mean request.
    cuts_size: 0.16, 0.0..=1.0, 0.05..0.3, "share per factor 10", "annual plan grants 2013-15";
    /// What a score one standard deviation better adds to a committee's share.
    cuts_merit: 0.1, 0.0..=1.0, 0.0..0.3, "share per sd", "assumed";
}
