//! Claims: statements that a study is to test, as data.
//!
//! A claim has parts. Each names a measure, a policy, the reference of the comparison, the expected direction and the
//! smallest difference that matters. [`crate::analysis::claims`] tests them.

pub(super) mod keys;
mod text;
mod words;

pub use words::{explained, where_of};

use hubsim_model::measures::{Part, PartMeasure};

/// A statement, and how it is tested.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Its identifier, such as `B1`.
    pub id: String,
    /// The statement, in a sentence.
    pub statement: String,
    /// The question of the source in which it stands, such as `2-2`; may be empty.
    pub source: String,
    /// Whether it asks for a verdict or for a table.
    pub form: ClaimForm,
    /// Positions in [`hubsim_model::measures::MEASURES`] of measures that may explain the result, likeliest first; may be empty.
    pub because: Vec<usize>,
    /// How far its result is built into the model; reported beside the verdict. May be empty.
    pub built_in: String,
}

/// The form of a claim.
#[derive(Clone, Debug, PartialEq)]
pub enum ClaimForm {
    /// A verdict: supported if all decisive parts are, contradicted if one is.
    Verdict(Vec<ClaimPart>),
    /// A table of some measures over some policies, without a verdict.
    Table {
        /// Names of policies, the first is the reference of the others; at least two.
        policies: Vec<String>,
        /// Positions in [`hubsim_model::measures::MEASURES`]; at least one.
        measures: Vec<usize>,
        /// The part of the movement that is looked at; none for all of it.
        within: Option<Part>,
        /// The years of which the mean is taken.
        years: ClaimYears,
    },
}

/// One comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimPart {
    /// Position in [`hubsim_model::measures::MEASURES`].
    pub measure: usize,
    /// The part of the movement that is looked at; none for all of it.
    pub within: Option<Part>,
    /// The policy that the claim is about.
    pub policy: String,
    /// The reference policy; none for [`Expectation::Below`] and [`Expectation::Above`], and where [`Expectation::Equals`] is
    /// about a number.
    pub against: Option<String>,
    /// Two policies whose difference, the first minus the second, is subtracted from that of `policy` and `against`: then a
    /// difference of differences is tested.
    pub net_of: Option<[String; 2]>,
    /// The expected direction.
    pub expect: Expectation,
    /// The smallest difference that matters, or the number of an expectation that has no reference policy; 0 where a
    /// measure is to equal that of the reference.
    pub by: SmallestDifference,
    /// The years of which the mean is compared.
    pub years: ClaimYears,
    /// Whether the verdict depends on it; one that follows almost directly from the lever is only reported.
    pub decisive: bool,
}

/// The expected direction of a difference, or side of a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// Below the reference, by at least the smallest difference that matters.
    Lower,
    /// Above the reference, by at least the smallest difference that matters.
    Higher,
    /// Not below the reference by the smallest difference that matters.
    NotLower,
    /// Not above the reference by the smallest difference that matters.
    NotHigher,
    /// Below a bound.
    Below,
    /// Above a bound.
    Above,
    /// Different from the reference by less than the smallest difference that matters, in either direction.
    NoDifference,
    /// The same in every trial, as a number or as the reference.
    Equals,
}

/// The smallest difference that matters, or a bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SmallestDifference {
    /// In the measure's unit.
    Amount(f64),
    /// As a share of the mean of the reference.
    Share(f64),
}

/// The years of which the mean is taken, those without a value left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimYears {
    /// The scenario's last year.
    Last,
    /// From a first to a last year, inclusive; equal for a single year. Years after the last simulated one are left out; a
    /// claim whose years are all later cannot be tested.
    Span(u32, u32),
}

impl Claim {
    /// The measures of parts of the movement that it asks for.
    pub fn part_measures(&self) -> Vec<PartMeasure> {
        let of = |within: &Option<Part>, measure: usize| within.clone().map(|part| PartMeasure { measure, part });
        match &self.form {
            ClaimForm::Verdict(parts) => parts.iter().filter_map(|part| of(&part.within, part.measure)).collect(),
            ClaimForm::Table { measures, within, .. } => measures.iter().filter_map(|&at| of(within, at)).collect(),
        }
    }
}
