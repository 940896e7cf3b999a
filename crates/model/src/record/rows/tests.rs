//! Tests of the declarations of rows.

use super::*;
use crate::policy::levers::Outcome;
use crate::record::{History, TableVisitor};
use crate::state::DuplicationCause;
use crate::units::{Money, Work};

/// A region's columns without values.
fn observed() -> RegionObserved {
    RegionObserved {
        region: 2,
        online: 1.5,
        volunteers: 0.0,
        affiliated: 0.0,
        skill: 0.0,
        motivation: 0.0,
        help: 0.0,
        needs: 0.0,
        covered: 0.0,
        capacity: 0.0,
        organisations: 4,
        mandates: 0,
        expertise: 0.0,
    }
}

#[test]
fn a_row_has_its_sums_and_in_year_0_their_counts_only() {
    let sums = RegionSums { requests: 3.0, own_income: Money(5.0), contested: 7, ..RegionSums::default() };
    let row = RegionRow::from_sums(&sums, 1, observed());
    assert_eq!((row.year, row.region, row.organisations, row.online), (1, 2, 4, 1.5));
    assert_eq!((row.requests, row.own_income, row.contested), (3.0, 5.0, 7));
    let start = RegionRow::from_sums(&sums, 0, observed());
    assert!(start.requests.is_nan() && start.own_income.is_nan());
    assert_eq!((start.contested, start.organisations, start.online), (7, 4, 1.5));
}

#[test]
fn every_cause_of_duplication_has_a_column() {
    let mut sums = MovementSums::default();
    for (cause, work) in DuplicationCause::ALL.into_iter().zip([1.0, 2.0, 3.0, 4.0]) {
        *sums.duplicated_mut(cause) += Work(work);
    }
    assert_eq!(sums.duplicated().map(|work| work.0), [1.0, 2.0, 3.0, 4.0]);
    assert_eq!((sums.duplicated_not_found, sums.duplicated_same_time), (Work(1.0), Work(4.0)));
    assert_eq!(sums.duplicated()[DuplicationCause::NotPackaged as usize], sums.duplicated_not_packaged);
    assert_eq!(sums.duplicated()[DuplicationCause::NotInventedHere as usize], sums.duplicated_not_invented_here);
}

#[test]
fn every_outcome_of_a_review_has_a_column() {
    let mut sums = MovementSums::default();
    let outcomes = [Outcome::Split, Outcome::ReScope, Outcome::Move, Outcome::Reallocate, Outcome::End];
    for (times, outcome) in (1..).zip([None].into_iter().chain(outcomes.map(Some))) {
        (0..times).for_each(|_| sums.count_outcome(outcome));
    }
    let counts = [sums.continued, sums.split, sums.rescoped, sums.moved, sums.reallocated, sums.ended];
    assert_eq!(counts, [1, 2, 3, 4, 5, 6]);
}

/// The columns of each table, by role.
struct Roles;

impl TableVisitor for Roles {
    type Output = (&'static str, Vec<&'static str>);

    fn table<R: Row>(&mut self, rows: &[R]) -> Self::Output {
        assert!(rows.is_empty());
        let row = R::default();
        for (position, column) in R::COLUMNS.iter().enumerate() {
            let fits = match (row.value(position), column.kind) {
                (Value::Number(_), Type::Number) | (Value::Count(_), Type::Count) => true,
                (Value::Name(_), Type::Name(_)) => column.role != Role::Sum,
                _ => false,
            };
            assert!(fits, "{}.{}", R::TABLE, column.key);
            let (mut set, value) = (
                R::default(),
                match column.kind {
                    Type::Number => Value::Number(2.5),
                    Type::Count => Value::Count(7),
                    Type::Name(_) => Value::Name(3),
                },
            );
            set.set(position, value);
            assert_eq!(set.value(position), value, "{}.{}", R::TABLE, column.key);
            let others = (0..R::COLUMNS.len()).filter(|&other| other != position);
            assert!(
                others.into_iter().all(|other| set.value(other) == row.value(other)),
                "{}.{}",
                R::TABLE,
                column.key
            );
        }
        let identity = R::COLUMNS.iter().filter(|column| column.role == Role::Identity);
        (R::TABLE, identity.map(|column| column.key).collect())
    }
}

#[test]
fn values_fit_their_columns_and_rows_their_entities() {
    let identities = History::default().visit(&mut Roles);
    assert_eq!(identities[0], ("movement", vec![]));
    assert_eq!(identities[3], ("mandates", vec!["mandate"]));
    assert_eq!(identities[5], ("flows", vec!["funder", "region"]));
}
