//! The list of random decisions.

/// Identifies each random decision of the model.
///
/// The numbers address the draws and so determine results: append new ones, never renumber. 23 and 35 are unused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Decision {
    /// How long a volunteer of the initial state has been active.
    InitialTenure = 1,
    /// The theme that interests a volunteer of the initial state, or a newcomer.
    Interest = 2,
    /// Skill and motivation of a newcomer.
    VolunteerTraits = 3,
    /// Which organisation a volunteer of the initial state belongs to.
    InitialAffiliation = 4,
    /// Expertise, approach, territoriality, prestige and money of an organisation when it enters.
    OrganisationTraits = 5,
    /// The yearly deviation of a funder's budget from its trend.
    Pot = 10,
    /// Whether a funder withdraws for a year.
    FundingShock = 11,
    /// The yearly change of price levels.
    Prices = 12,
    /// Whether demand for a theme surges.
    Surge = 13,
    /// Whether a region is cut off.
    CutOff = 14,
    /// The yearly deviation of an organisation's own income.
    OwnIncome = 15,
    /// The drift of local needs.
    NeedDrift = 20,
    /// How far the optimum of a theme moves.
    Optimum = 21,
    /// Whether a volunteer turns to another theme, and to which.
    InterestChange = 22,
    /// Whether a scan finds an unnoticed theme.
    ThemeScan = 24,
    /// Whether accumulated requests make a theme visible.
    PileUp = 25,
    /// The error with which a member of a deciding body sees a candidate for a mandate.
    CandidateNoise = 30,
    /// The error with which a deciding body sees a hub in a review.
    ReviewNoise = 31,
    /// Ties and lotteries over mandates.
    MandateLottery = 32,
    /// The members of a drawn panel.
    DecidingBody = 33,
    /// The vote of a member.
    Vote = 34,
    /// Traits of an organisation that is founded for a mandate.
    Founding = 36,
    /// Whether an organisation applies for a grant.
    Apply = 40,
    /// The error with which a funder sees an applicant.
    GrantNoise = 41,
    /// Lotteries over grants.
    GrantLottery = 42,
    /// How many years are left of a commitment that exists in year 0.
    CommitmentStagger = 43,
    /// Whether a hub's payment is interrupted.
    Interruption = 44,
    /// The error with which a regional hub sees an applicant for a re-grant.
    Regranting = 45,
    /// How many user groups form.
    GroupFormation = 50,
    /// Whether a user group matures.
    Maturing = 51,
    /// Whether an organisation closes.
    Closing = 52,
    /// How many problems arise.
    ProblemCount = 60,
    /// Cost and salience of a problem.
    ProblemNature = 61,
    /// Which communities need a problem solved.
    ProblemNeed = 62,
    /// Whether a problem depends on a material of another theme, and on which.
    Dependency = 63,
    /// The theme that an organisation works on.
    ThemeChoice = 70,
    /// An organisation's own preference for a problem.
    Taste = 71,
    /// Whether a search finds a material or work under way.
    Search = 72,
    /// Whether an organisation insists on a material of its own.
    Insistence = 73,
    /// Whether a producer packages a material for reuse.
    Packaging = 74,
    /// The community that a central producer works for.
    Target = 75,
    /// The quality of a material.
    BuildQuality = 76,
    /// Whether a quality gate rejects a material.
    Gate = 77,
    /// How suitable an organisation is for a problem.
    Aptitude = 78,
    /// Whether a producer anticipates a dependency, and what it does when the dependency blocks it.
    BlockedWork = 79,
    /// Whether a volunteer needs help.
    Request = 80,
    /// Whether a service point that is asked for more than it has work for looks after a request.
    Rationing = 81,
    /// Whether a volunteer knows a service point.
    Awareness = 82,
    /// Whether a service point is able to help.
    HelpAbility = 83,
    /// Whether a volunteer tries the wrong service point, or is referred to another.
    ServicePoint = 84,
    /// Whether a small organisation asks for help.
    OrganisationRequest = 85,
    /// Which of two responsible hubs a volunteer tries, and whether that hub refers the request to the other.
    Routing = 86,
    /// Whether a volunteer leaves.
    Leaving = 90,
    /// The affiliate that a volunteer joins.
    Joining = 91,
    /// How many volunteers arrive.
    Arrival = 92,
    /// Whether an organisation tries another approach.
    Exploration = 100,
    /// Whether a partnership forms or ends.
    Partnership = 101,
    /// Whether an outside organisation adopts a problem.
    Uptake = 102,
    /// Whether an organisation or a mandate begins to misbehave.
    Misconduct = 105,
    /// Whether misconduct is detected, or falsely alleged.
    Detection = 106,
    /// The uncertain numbers of a world.
    World = 110,
    /// The organisation that has a head start.
    HeadStart = 111,
    /// Which values a resample of an analysis takes: no part of a simulation.
    Resample = 120,
}
