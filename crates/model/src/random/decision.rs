//! What draws are for.

/// What a draw is for. The numbers are part of the promise of bits: append, never renumber. 23 and 35 have never been drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// Volunteers at the start: how long they have been there.
    GenesisTenure = 1,
    /// Volunteers at the start and on arrival: theme of interest.
    Interest = 2,
    /// Volunteers: skill and motivation on arrival.
    Character = 3,
    /// Volunteers at the start: affiliation.
    GenesisAffiliation = 4,
    /// Organisations: expertise, approach, territoriality, prestige, money at the start or on founding.
    Traits = 5,
    /// The movement's pots: yearly shock of the trend.
    Pot = 10,
    /// A funder leaves for a year.
    FundingShock = 11,
    /// Price levels move.
    Prices = 12,
    /// A theme surges.
    Surge = 13,
    /// A region is cut off.
    CutOff = 14,
    /// Organisations' own income.
    OwnIncome = 15,
    /// Needs drift.
    NeedDrift = 20,
    /// The optimum of a theme moves.
    Optimum = 21,
    /// Volunteers turn to another theme.
    Reinterest = 22,
    /// A scan for unnoticed themes finds one.
    Scan = 24,
    /// Requests that pile up make a theme visible.
    PileUp = 25,
    /// Mandates: what a decider sees of a candidate.
    CandidateNoise = 30,
    /// Mandates: what a decider sees in a review.
    ReviewNoise = 31,
    /// Ties and lotteries over mandates.
    MandateLot = 32,
    /// Who sits in a drawn panel or a council, and what one of them sees.
    BodySeat = 33,
    /// How one who votes decides.
    Vote = 34,
    /// What an organisation founded for a mandate is like.
    Founding = 36,
    /// Whether an organisation applies for a grant.
    Apply = 40,
    /// What a funder sees of an applicant.
    GrantNoise = 41,
    /// Lotteries over grants.
    GrantLot = 42,
    /// Year-0 commitments: how many years are left.
    Stagger = 43,
    /// A hub's money is interrupted.
    Interruption = 44,
    /// What a regional hub sees of those to whom it re-grants.
    Regrant = 45,
    /// User groups form.
    Gathering = 50,
    /// User groups mature.
    Maturing = 51,
    /// Organisations close.
    Closing = 52,
    /// How many problems arise.
    ProblemCount = 60,
    /// What a problem is like: cost, salience.
    ProblemNature = 61,
    /// Which communities need a problem solved.
    ProblemNeed = 62,
    /// Whether a problem depends on a material of another theme, and on which.
    Dependency = 63,
    /// An organisation chooses a theme to work on.
    ThemeChoice = 70,
    /// An organisation's private taste for a problem.
    Taste = 71,
    /// A search finds a material or work under way.
    Find = 72,
    /// An organisation insists on its own.
    Insist = 73,
    /// A maker packages a material.
    Package = 74,
    /// Which community a central actor works for.
    Target = 75,
    /// How well a build turns out.
    Craft = 76,
    /// Whether a gate stops a material.
    Gate = 77,
    /// How apt an organisation is for a problem.
    Aptitude = 78,
    /// Whether a maker foresees a dependency, and what it does when it stalls.
    Stall = 79,
    /// A volunteer needs help.
    Request = 80,
    /// In which order requests reach the doors.
    Queue = 81,
    /// Whether a door is known to a volunteer.
    Knows = 82,
    /// Whether a door can help.
    Help = 83,
    /// A volunteer takes the wrong door, or is sent on.
    Door = 84,
    /// A small organisation asks for help.
    OrganisationRequest = 85,
    /// Which of two hubs a volunteer tries, and whether it passes them on.
    Routing = 86,
    /// A volunteer leaves.
    Leave = 90,
    /// Which affiliate a volunteer joins.
    Join = 91,
    /// How many volunteers arrive.
    Arrive = 92,
    /// An organisation tries another approach.
    Explore = 100,
    /// A partnership forms or ends.
    Partnership = 101,
    /// An outside organisation takes something up.
    Uptake = 102,
    /// An organisation or a mandate goes astray.
    Incident = 105,
    /// Somebody notices it, or believes so.
    Notice = 106,
    /// How a world is drawn from the uncertain numbers.
    World = 110,
    /// Who has a head start.
    HeadStart = 111,
}
