//! Everything that can happen, each with its fields, their units, and the sentence that tells it.
//!
//! To add an event, add it here and note it where it happens; `replay` tells, filters and exports it by itself. In a
//! sentence `{field}` stands for a field, `{field|year|years}` for a count with its noun, `{field%}` for a share in
//! percent; what stands in `[…]` is left out where one of its fields is missing.

#[macro_use]
mod kind;

use crate::ids::{FunderId, MandateId, OrganisationId, RegionId, ThemeId};
use crate::policy::levers::Outcome;
use crate::record::events::field_value::{FieldValue, Regions, Themes, When};
use crate::state::{DuplicationCause, Remit};
use crate::units::{Capacity, Money, Work};

pub use kind::{EventCategory, Field, Spec};

events! {
    /// A funder gave more or less than its trend because of a shock.
    FundingShock: "funding-shock" in Surroundings, "the pot of the {funder} was {factor%} of what it would have been" {
        /// Which funder.
        funder: FunderId, "-";
        /// Its pot, relative to without the shock.
        factor: f64, "factor";
    }

    /// A region was cut off from the others.
    CutOff: "cut-off" in Surroundings, "{region} was cut off: its affinity to other regions fell to {factor%}" {
        /// Which region.
        region: RegionId, "-";
        /// Affinity to all others, relative to without.
        factor: f64, "factor";
    }

    /// Need for a theme moved for a year.
    Surge: "surge" in Surroundings, "need for {theme} was {factor%} of the usual" {
        /// Which theme.
        theme: ThemeId, "-";
        /// Need, relative to without.
        factor: f64, "factor";
    }

    /// A theme was born.
    Arisen: "theme-arisen" in Surroundings, "a need for {theme} arose" {
        /// Which theme.
        theme: ThemeId, "-";
    }

    /// Somebody saw that a new theme is needed.
    ThemeNoticed: "theme-noticed" in Surroundings, "somebody saw that {theme} is needed: {how}" {
        /// Which theme.
        theme: ThemeId, "-";
        /// What showed it: a scan, or the requests that had piled up.
        how: &'static str, "-";
    }

    /// A new theme is served about as well as others.
    ThemeServed: "theme-served" in Surroundings, "{theme} was served about as well as other themes" {
        /// Which theme.
        theme: ThemeId, "-";
    }

    /// A theme began to fade.
    Fading: "theme-fading" in Surroundings, "need for {theme} began to fade" {
        /// Which theme.
        theme: ThemeId, "-";
    }

    /// A hub was created.
    Created: "hub-created" in Hubs,
        "{holder} ({region}) got the mandate {mandate}: first of {candidates|candidate|candidates} with score {score}[, before {runner_up} with {runner_up_score}][; the foundation handed over {handed} USD a year]" {
        /// The mandate.
        mandate: MandateId, "-";
        /// The theme or region it is for.
        charge: Remit, "-";
        /// Who holds it.
        holder: OrganisationId, "-";
        /// Where the holder is.
        region: RegionId, "-";
        /// How it ranked.
        score: f64, "score";
        /// How many stood for it.
        candidates: u32, "organisations";
        /// Who would have got it otherwise.
        runner_up: Option<OrganisationId>, "-";
        /// How that one ranked.
        runner_up_score: Option<f64>, "score";
        /// What the foundation gives up for it, at year-0 prices.
        handed: Option<Money>, "USD/year";
    }

    /// A hub was reviewed: what the decider made of its record. What came of it is the next event of the hub.
    Reviewed: "hub-reviewed" in Hubs,
        "{mandate}, held by {holder}, was reviewed: score {score} against a bar of {bar} (service {service}, quality {quality}, reuse {reuse}, spread {spread}, years of holding it {sunk})" {
        /// The mandate.
        mandate: MandateId, "-";
        /// Who holds it.
        holder: OrganisationId, "-";
        /// As the decider saw it.
        score: f64, "score";
        /// What was asked for.
        bar: f64, "score";
        /// Share of requests met, relative to the mean of all hubs (x/(x + mean)).
        service: f64, "share";
        /// Quality of its holder's work.
        quality: f64, "share";
        /// Adaptations by others, relative to the mean of all hubs (x/(x + mean)).
        reuse: f64, "share";
        /// Share of requests met in the worst region, relative to the mean.
        spread: f64, "share";
        /// What having held the mandate added to the score.
        sunk: f64, "score";
    }

    /// A hub was reviewed and goes on.
    Confirmed: "hub-confirmed" in Hubs, "{mandate} goes on with {holder}" {
        /// The mandate.
        mandate: MandateId, "-";
        /// Who holds it.
        holder: OrganisationId, "-";
        /// Its score.
        score: f64, "score";
        /// What was asked for.
        bar: f64, "score";
    }

    /// A hub was reviewed, or reached its term limit, and something changed.
    Changed: "hub-changed" in Hubs, "{why} of {mandate}, held by {from}, ended in: {outcome}[; {holder} holds it now]" {
        /// The mandate.
        mandate: MandateId, "-";
        /// What came of it: split, re-scope, move, reallocate or end.
        outcome: Outcome, "-";
        /// What led to it: the review or the term limit.
        why: &'static str, "-";
        /// Who held it.
        from: OrganisationId, "-";
        /// Who holds it now, where that is somebody else.
        holder: Option<OrganisationId>, "-";
        /// Its score, in a review.
        score: Option<f64>, "score";
        /// What was asked for, in a review.
        bar: Option<f64>, "score";
    }

    /// Regions or themes left the scope of a hub.
    LeftScope: "hub-narrowed" in Hubs, "[{regions}][{themes}] left the scope of {mandate}[ and became {new}, held by {to} with score {score}]" {
        /// The mandate.
        mandate: MandateId, "-";
        /// The regions that left, of a hub for a theme.
        regions: Option<Regions>, "-";
        /// The themes that left, of a hub for a region.
        themes: Option<Themes>, "-";
        /// The mandate that they became, if somebody there could hold it.
        new: Option<MandateId>, "-";
        /// Who holds that.
        to: Option<OrganisationId>, "-";
        /// How that one ranked.
        score: Option<f64>, "score";
    }

    /// Lobbying turned a review: without it, the holder would not have reached the bar.
    Lobbied: "review-lobbied" in Hubs, "{holder} lobbied the review of {mandate}: {won} more than its score of {score} reached the bar of {bar}" {
        /// The mandate.
        mandate: MandateId, "-";
        /// Who holds it.
        holder: OrganisationId, "-";
        /// The score without lobbying.
        score: f64, "score";
        /// What lobbying added to it.
        won: f64, "score";
        /// What was asked for.
        bar: f64, "score";
    }

    /// A hub took in a partner, to hold the mandate together.
    TakenIn: "partner-taken-in" in Hubs, "{partner} joined the consortium of {mandate}" {
        /// The mandate.
        mandate: MandateId, "-";
        /// Who joined.
        partner: OrganisationId, "-";
    }

    /// The money of a hub from the pots was interrupted for the year.
    Interrupted: "hub-interrupted" in Hubs, "the money of {mandate} from the pots was interrupted: {lost} USD less this year" {
        /// The mandate.
        mandate: MandateId, "-";
        /// What it would have had.
        lost: Money, "USD/year";
    }

    /// A term ended and the next one of the same holder began.
    Renewed: "hub-renewed" in Hubs, "{holder} began term {terms} with {mandate}" {
        /// The mandate.
        mandate: MandateId, "-";
        /// Who holds it.
        holder: OrganisationId, "-";
        /// Terms in a row, the new one included.
        terms: u32, "terms";
    }

    /// A hub ended because its holder closed.
    Orphaned: "hub-orphaned" in Hubs, "{mandate} ended: its holder {holder} closed" {
        /// The mandate.
        mandate: MandateId, "-";
        /// Who held it.
        holder: OrganisationId, "-";
    }

    /// A grant was promised.
    Awarded: "awarded" in Grants,
        "{organisation} asked the {funder} for {requested} USD and got {yearly} USD for {years|year|years} (score {score}, rank {rank} of {applicants})[, from the envelope of {by}]" {
        /// By whom.
        funder: FunderId, "-";
        /// The hub that re-granted it, if one did.
        by: Option<MandateId>, "-";
        /// To whom.
        organisation: OrganisationId, "-";
        /// What it gets a year.
        yearly: Money, "USD/year";
        /// What it asked for.
        requested: Money, "USD/year";
        /// For how many years.
        years: u32, "years";
        /// How it ranked.
        score: f64, "score";
        /// Its place among those who passed the screen, 1 = first.
        rank: u32, "-";
        /// How many passed the screen.
        applicants: u32, "organisations";
    }

    /// An application was refused.
    Refused: "refused" in Grants,
        "{organisation} asked the {funder}[, envelope of {by},] for {requested} USD and got nothing: {why}[ (score {score}, rank {rank} of {applicants})]" {
        /// By whom.
        funder: FunderId, "-";
        /// The hub that refused it, if one did.
        by: Option<MandateId>, "-";
        /// To whom.
        organisation: OrganisationId, "-";
        /// What it asked for.
        requested: Money, "USD/year";
        /// Why: it was not admitted, or others came before it.
        why: &'static str, "-";
        /// How it ranked, if it was admitted.
        score: Option<f64>, "score";
        /// Its place among those who passed the screen, 1 = first.
        rank: Option<u32>, "-";
        /// How many passed the screen.
        applicants: u32, "organisations";
    }

    /// A user group formed.
    Formed: "formed" in Affiliates, "{organisation} formed in {region}" {
        /// Which organisation.
        organisation: OrganisationId, "-";
        /// Where.
        region: RegionId, "-";
    }

    /// An organisation was founded for a mandate that nobody fitted.
    Founded: "founded" in Affiliates, "{organisation} was founded in {region} for {charge}, because nobody fitted" {
        /// Which organisation.
        organisation: OrganisationId, "-";
        /// The theme or region it is for.
        charge: Remit, "-";
        /// Where.
        region: RegionId, "-";
    }

    /// A user group became a chapter.
    Matured: "matured" in Affiliates, "{organisation} became a chapter" {
        /// Which organisation.
        organisation: OrganisationId, "-";
    }

    /// An organisation closed.
    Closed: "closed" in Affiliates,
        "{organisation} closed, with {staff} FTE, {members|member|members} and {income} USD in its last year" {
        /// Which organisation.
        organisation: OrganisationId, "-";
        /// Its staff.
        staff: Capacity, "FTE";
        /// Its members.
        members: u32, "people";
        /// Its money of the year.
        income: Money, "USD/year";
    }

    /// Two began to work together of their own accord.
    Partnered: "partnered" in Partnerships, "{organisation} and {other} began to work together on {theme}" {
        /// One of them.
        organisation: OrganisationId, "-";
        /// The other.
        other: OrganisationId, "-";
        /// On what.
        theme: ThemeId, "-";
    }

    /// One more joined a partnership.
    Joined: "partnership-joined" in Partnerships, "{organisation} joined {other} in work on {theme}: they are {of} now" {
        /// Who joined.
        organisation: OrganisationId, "-";
        /// The first member.
        other: OrganisationId, "-";
        /// On what.
        theme: ThemeId, "-";
        /// How many they are now.
        of: u32, "organisations";
    }

    /// A partnership came to an end.
    Parted: "partnership-ended" in Partnerships, "a partnership on {theme} ended, of {of} organisations, begun {since}" {
        /// On what they had worked.
        theme: ThemeId, "-";
        /// How many they were.
        of: u32, "organisations";
        /// Quarter in which it had begun.
        since: When, "quarters since the start";
    }

    /// Misconduct of an organisation or a mandate began.
    Astray: "astray" in Conduct, "misconduct of {organisation}[, as {mandate},] began" {
        /// Which organisation, or the holder of the mandate.
        organisation: OrganisationId, "-";
        /// The mandate, if it is one.
        mandate: Option<MandateId>, "-";
    }

    /// Misconduct of an organisation or a mandate was noticed.
    Noticed: "noticed" in Conduct, "{who} noticed misconduct of {organisation}[, as {mandate}]" {
        /// Which organisation, or the holder of the mandate.
        organisation: OrganisationId, "-";
        /// The mandate, if it is one.
        mandate: Option<MandateId>, "-";
        /// Who noticed.
        who: &'static str, "-";
    }

    /// Misconduct was stopped.
    Stopped: "stopped" in Conduct, "{who} stopped misconduct of {organisation}[, as {mandate}] after {quarters|quarter|quarters}" {
        /// Which organisation, or the holder of the mandate.
        organisation: OrganisationId, "-";
        /// The mandate, if it is one.
        mandate: Option<MandateId>, "-";
        /// Who stopped it.
        who: &'static str, "-";
        /// Quarters for which it had lasted.
        quarters: u32, "quarters";
    }

    /// An organisation or a mandate was wrongly suspected of misconduct.
    FalseAlarm: "false-alarm" in Conduct, "{who} wrongly suspected misconduct of {organisation}[, as {mandate}]" {
        /// Which organisation, or the holder of the mandate.
        organisation: OrganisationId, "-";
        /// The mandate, if it is one.
        mandate: Option<MandateId>, "-";
        /// Who suspected it.
        who: &'static str, "-";
    }

    /// Somebody began to build what existed, or what others were building.
    Duplicated: "duplicated" in Duplication,
        "{organisation}[, as {mandate},] began to build what {other}[, as {other_mandate},] {stage}, for {theme} in {region} ({cause}): {wasted} FTE-quarters twice; the problem arose {arose}" {
        /// Who builds.
        organisation: OrganisationId, "-";
        /// Under which mandate.
        mandate: Option<MandateId>, "-";
        /// The theme of the problem.
        theme: ThemeId, "-";
        /// Quarter in which the problem arose.
        arose: When, "quarters since the start";
        /// The region it is built for.
        region: RegionId, "-";
        /// Why: not found, not packaged, not invented here, at the same time.
        cause: DuplicationCause, "-";
        /// Work that it duplicates, if it is finished.
        wasted: Work, "FTE-quarters";
        /// Who made, or is making, what is usable there.
        other: OrganisationId, "-";
        /// Under which mandate it was made.
        other_mandate: Option<MandateId>, "-";
        /// Whether it has built it or is building.
        stage: &'static str, "-";
    }
}

#[cfg(test)]
mod tests;
