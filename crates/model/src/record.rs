//! What happened: sums of the year, events, and the yearly rows. Measures are computed from the rows, never from the
//! state.

pub mod events;
pub mod rows;
pub mod tally;

use serde::{Deserialize, Serialize};

use crate::clock::Clock;

use events::{Event, EventLog};
use rows::Row;
use tally::Tally;

pub use rows::{FlowRow, MandateRow, MovementRow, OrganisationRow, RegionRow, ThemeRow};

/// What happened in a trial, as the mechanisms write it. They never read it to decide anything.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Sums of the year.
    pub year: Tally,
    /// What happened, event by event, if that is kept.
    pub events: EventLog,
}

impl Record {
    /// Nothing yet, for a number of regions and funders; events are not kept.
    pub fn new(regions: usize, funders: usize) -> Record {
        Record { year: Tally::new(regions, funders), events: EventLog::default() }
    }

    /// Notes what happens now.
    #[inline]
    pub fn note(&mut self, now: Clock, event: Event) {
        self.events.note(now.quarter(), event);
    }
}

/// The names behind the entity columns of the rows, by position.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Names {
    /// Regions, in the scenario's order.
    pub region: Vec<String>,
    /// Groups of the regions, in the same order; empty where a region has none.
    pub group: Vec<String>,
    /// Themes.
    pub theme: Vec<String>,
    /// Funders.
    pub funder: Vec<String>,
    /// Organisations: those of year 0 by name, later ones by their birth certificate.
    pub organisation: Vec<String>,
    /// Mandates: theme and number.
    pub mandate: Vec<String>,
}

impl Names {
    /// The name behind a value of an entity column; `kind` as in [`rows::Type::Name`].
    pub fn of(&self, kind: &str, index: u32) -> &str {
        let list: &[String] = match kind {
            "region" => &self.region,
            "theme" => &self.theme,
            "funder" => &self.funder,
            "organisation" => &self.organisation,
            "mandate" => &self.mandate,
            "stage" => return rows::STAGES.get(index as usize).copied().unwrap_or(""),
            "kind" => return crate::policy::levers::KINDS.get(index as usize).copied().unwrap_or(""),
            _ => &[],
        };
        list.get(index as usize).map_or("", String::as_str)
    }
}

/// All rows of one trial, year 0 (stocks only) to the last, in order of year, then of entity.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// Names behind the entity columns.
    pub names: Names,
    /// One row a year.
    pub movement: Vec<MovementRow>,
    /// One row a year and region.
    pub regions: Vec<RegionRow>,
    /// One row a year and organisation that was alive in it.
    pub organisations: Vec<OrganisationRow>,
    /// One row a year and mandate that existed in it.
    pub mandates: Vec<MandateRow>,
    /// One row a year and theme, unborn ones included.
    pub themes: Vec<ThemeRow>,
    /// One row a year, funder and region.
    pub flows: Vec<FlowRow>,
}

impl History {
    /// The same with rows of a year added to their table, after those of earlier years: a history made by hand. The
    /// movement gets an empty row for each year up to this one that has none yet.
    ///
    /// ```
    /// use hubsim_model::record::{History, OrganisationRow, RegionRow};
    ///
    /// let staff = [3.0, 1.0].map(|staff| OrganisationRow { staff, ..OrganisationRow::chapter(0) });
    /// let region = RegionRow { requests: 10.0, ..Default::default() };
    /// let history = History::default().with(0, staff).with(2, [region]);
    /// assert_eq!(history.movement.len(), 3);
    /// assert_eq!(history.regions[0].year, 2);
    /// ```
    pub fn with<R: Row>(mut self, year: u32, rows: impl IntoIterator<Item = R>) -> History {
        self.fill(year);
        R::table(&mut self).extend(rows.into_iter().map(|row| row.of(year)));
        self.fill(year + 1);
        self
    }

    /// Empty rows of the movement, so that there is one for each of a number of years.
    fn fill(&mut self, years: u32) {
        self.movement
            .extend((self.movement.len() as u32..years).map(|year| MovementRow { year, ..Default::default() }));
    }
}
