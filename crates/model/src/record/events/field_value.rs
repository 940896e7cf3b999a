//! What a field of an event holds, in a form that anybody can show.

use crate::clock::BURN_IN;
use crate::ids::{FunderId, MandateId, OrganisationId, RegionId, ThemeId};
use crate::policy::levers::Outcome;
use crate::state::{DuplicationCause, Remit};
use crate::units::{Capacity, Money, Work};

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// There is none.
    Missing,
    /// An entity: `region`, `theme`, `funder`, `organisation` or `mandate`, and its position.
    Name(&'static str, u32),
    /// Several of one kind.
    Names(&'static str, Vec<u32>),
    /// A number.
    Number(f64),
    /// A count.
    Count(u64),
    /// A word.
    Word(&'static str),
    /// A quarter, counted from the beginning of year 1 (0); negative before it.
    When(i64),
}

/// A set of regions, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Regions(pub u32);

impl Regions {
    /// These regions.
    pub fn of(regions: &[RegionId]) -> Regions {
        Regions(regions.iter().fold(0, |set, r| set | 1 << r.0))
    }
}

/// A set of themes, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Themes(pub u32);

impl Themes {
    /// These themes.
    pub fn of(themes: &[ThemeId]) -> Themes {
        Themes(themes.iter().fold(0, |set, t| set | 1 << t.0))
    }
}

/// A quarter, counted as [`Clock::quarter`](crate::clock::Clock::quarter).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When(pub u32);

impl<T> From<Option<T>> for FieldValue
where
    FieldValue: From<T>,
{
    fn from(value: Option<T>) -> FieldValue {
        value.map_or(FieldValue::Missing, FieldValue::from)
    }
}

macro_rules! facts {
    ($($type:ty: $value:ident => $fact:expr;)+) => {$(
        impl From<$type> for FieldValue {
            fn from($value: $type) -> FieldValue {
                $fact
            }
        }
    )+};
}

facts! {
    RegionId: id => FieldValue::Name("region", id.0.into());
    ThemeId: id => FieldValue::Name("theme", id.0.into());
    FunderId: id => FieldValue::Name("funder", id.0.into());
    OrganisationId: id => FieldValue::Name("organisation", id.0.into());
    MandateId: id => FieldValue::Name("mandate", id.0.into());
    Remit: charge => match charge {
        Remit::Theme(theme) => theme.into(),
        Remit::Region(region) => region.into(),
    };
    Regions: set => FieldValue::Names("region", (0..32).filter(|r| set.0 >> r & 1 == 1).collect());
    Themes: set => FieldValue::Names("theme", (0..32).filter(|t| set.0 >> t & 1 == 1).collect());
    When: at => FieldValue::When(i64::from(at.0) - i64::from(BURN_IN));
    f64: number => FieldValue::Number(number);
    Money: money => FieldValue::Number(money.0);
    Work: work => FieldValue::Number(work.0);
    Capacity: capacity => FieldValue::Number(capacity.0);
    u32: count => FieldValue::Count(count.into());
    &'static str: word => FieldValue::Word(word);
    Outcome: outcome => FieldValue::Word(match outcome {
        Outcome::Split => "split",
        Outcome::ReScope => "re-scope",
        Outcome::Move => "move",
        Outcome::Reallocate => "reallocate",
        Outcome::End => "end",
    });
    DuplicationCause: cause => FieldValue::Word(match cause {
        DuplicationCause::NotFound => "not found",
        DuplicationCause::NotPackaged => "not packaged",
        DuplicationCause::NotInventedHere => "not invented here",
        DuplicationCause::SameTime => "at the same time",
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_missing_and_sets_are_lists() {
        assert_eq!(FieldValue::from(None::<RegionId>), FieldValue::Missing);
        assert_eq!(FieldValue::from(Some(Money(2.5))), FieldValue::Number(2.5));
        let regions = Regions::of(&[RegionId(31), RegionId(0)]);
        assert_eq!(FieldValue::from(regions), FieldValue::Names("region", vec![0, 31]));
        assert_eq!(FieldValue::from(When(BURN_IN - 3)), FieldValue::When(-3));
    }
}
