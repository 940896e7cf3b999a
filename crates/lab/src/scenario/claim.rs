//! Claims: statements that a study is to test, as data.
//!
//! A claim has parts; each names a measure, a policy, what it is compared with, which way it should go and by how much.
//! What comes of them is for [`crate::analysis`] to say: here stands only what is asked.

pub(super) mod keys;
mod text;
mod words;

pub use words::explained;

/// A statement, and how it is tested.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// What it is called, such as `B1`.
    pub id: String,
    /// The statement, in a sentence.
    pub statement: String,
    /// The question of the source in which it stands, such as `2-2`; may be empty.
    pub source: String,
    /// What it asks for.
    pub asks: Asks,
    /// Positions in [`hubsim_model::measures::MEASURES`] of what may tell why it came out as it did, likeliest first; may be empty.
    pub because: Vec<usize>,
    /// In what way its outcome is built into the model, if it is: said beside the verdict. May be empty.
    pub built_in: String,
}

/// What a claim asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asks {
    /// A verdict: supported if all decisive parts are, contradicted if one is.
    Verdict(Vec<Part>),
    /// A table of some measures over some policies, without a verdict.
    Table {
        /// Names of policies, the first is what the others are compared with; at least two.
        policies: Vec<String>,
        /// Positions in [`hubsim_model::measures::MEASURES`]; at least one.
        measures: Vec<usize>,
        /// The years of which the mean is taken.
        years: Years,
    },
}

/// One comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Position in [`hubsim_model::measures::MEASURES`].
    pub measure: usize,
    /// The policy that the claim is about.
    pub policy: String,
    /// The policy it is compared with; none for [`Expect::Below`] and [`Expect::Above`].
    pub against: Option<String>,
    /// From this policy and this one, whose difference (the first less the second) is taken off that of `policy` and
    /// `against`: what is tested is then a difference of differences.
    pub net_of: Option<[String; 2]>,
    /// Which way.
    pub expect: Expect,
    /// The smallest difference that matters, or the bound of [`Expect::Below`] and [`Expect::Above`].
    pub by: By,
    /// When.
    pub years: Years,
    /// Whether the verdict depends on it; one that follows almost directly from the lever is only reported.
    pub decisive: bool,
}

/// Which way a claim expects a measure to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Below what it is compared with, by at least the smallest difference that matters.
    Lower,
    /// Above it.
    Higher,
    /// Not below it by as much as matters.
    NotLower,
    /// Not above it by as much as matters.
    NotHigher,
    /// Below a bound.
    Below,
    /// Above a bound.
    Above,
}

/// How much matters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum By {
    /// In the measure's unit.
    Amount(f64),
    /// As a share of the mean of what it is compared with.
    Share(f64),
}

/// The years of which the mean is taken, those without a value left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Years {
    /// The scenario's last year.
    Last,
    /// From a year to a year, both counted; the same twice for one year. What is beyond the last year of a run that was
    /// shortened, or of a scenario that inherits the claim, is not there: nothing can be said where all of it is.
    Span(u32, u32),
}
