//! What a field of an event holds, in a form that anybody can show.

use crate::clock::BURN_IN;
use crate::ids::{FunderId, MandateId, OrganisationId, RegionId, ThemeId};
use crate::policy::levers::Outcome;
use crate::state::{DuplicationCause, Remit};
use crate::units::{Capacity, Money, Work};

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
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

/// A quarter, counted as [`World::quarter`](crate::state::World::quarter).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When(pub u32);

impl<T> From<Option<T>> for Fact
where
    Fact: From<T>,
{
    fn from(value: Option<T>) -> Fact {
        value.map_or(Fact::Missing, Fact::from)
    }
}

macro_rules! facts {
    ($($type:ty: $value:ident => $fact:expr;)+) => {$(
        impl From<$type> for Fact {
            fn from($value: $type) -> Fact {
                $fact
            }
        }
    )+};
}

facts! {
    RegionId: id => Fact::Name("region", id.0.into());
    ThemeId: id => Fact::Name("theme", id.0.into());
    FunderId: id => Fact::Name("funder", id.0.into());
    OrganisationId: id => Fact::Name("organisation", id.0.into());
    MandateId: id => Fact::Name("mandate", id.0.into());
    Remit: charge => match charge {
        Remit::Theme(theme) => theme.into(),
        Remit::Region(region) => region.into(),
    };
    Regions: set => Fact::Names("region", (0..32).filter(|r| set.0 >> r & 1 == 1).collect());
    Themes: set => Fact::Names("theme", (0..32).filter(|t| set.0 >> t & 1 == 1).collect());
    When: at => Fact::When(i64::from(at.0) - i64::from(BURN_IN));
    f64: number => Fact::Number(number);
    Money: money => Fact::Number(money.0);
    Work: work => Fact::Number(work.0);
    Capacity: capacity => Fact::Number(capacity.0);
    u32: count => Fact::Count(count.into());
    &'static str: word => Fact::Word(word);
    Outcome: outcome => Fact::Word(match outcome {
        Outcome::Split => "split",
        Outcome::ReScope => "re-scope",
        Outcome::Move => "move",
        Outcome::Reallocate => "reallocate",
        Outcome::End => "end",
    });
    DuplicationCause: cause => Fact::Word(match cause {
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
        assert_eq!(Fact::from(None::<RegionId>), Fact::Missing);
        assert_eq!(Fact::from(Some(Money(2.5))), Fact::Number(2.5));
        let regions = Regions::of(&[RegionId(31), RegionId(0)]);
        assert_eq!(Fact::from(regions), Fact::Names("region", vec![0, 31]));
        assert_eq!(Fact::from(When(BURN_IN - 3)), Fact::When(-3));
    }
}
