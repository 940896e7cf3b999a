//! What happened in a trial: sums of the current year, events, and the yearly rows. Measures are computed from the rows,
//! never from the state.

pub mod events;
mod history;
pub mod rows;

use serde::{Deserialize, Serialize};

use crate::clock::Clock;
use crate::ids::{FunderId, MAX_THEMES, RegionId};
use crate::table::{Grid, Table};

use events::{Event, EventLog};

pub use history::{History, TableVisitor};
pub use rows::{FlowRow, MandateRow, MovementRow, OrganisationRow, RegionRow, ThemeRow};
pub use rows::{FlowSums, MovementSums, RegionSums, ThemeSums};

/// What mechanisms record during a trial. No mechanism reads the events.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Sums of the year over the movement.
    pub movement: MovementSums,
    /// Sums of the year, by region.
    pub regions: Table<RegionId, RegionSums>,
    /// Sums of the year, by theme.
    pub themes: [ThemeSums; MAX_THEMES],
    /// Sums of the year, by funder and region.
    pub flows: Grid<FunderId, RegionId, FlowSums>,
    /// Events in order, if they are kept.
    pub events: EventLog,
}

impl Record {
    /// An empty record for a number of regions and funders; events are not kept.
    pub fn new(regions: usize, funders: usize) -> Record {
        Record {
            regions: vec![RegionSums::default(); regions].into(),
            flows: Grid::new(funders, regions, FlowSums::default()),
            ..Record::default()
        }
    }

    /// Sets all sums to zero when a year begins. Events stay.
    pub fn clear_year(&mut self) {
        let Record { movement, regions, themes, flows, events: _ } = self;
        *movement = MovementSums::default();
        regions.fill(RegionSums::default());
        themes.fill(ThemeSums::default());
        flows.cells_mut().fill(FlowSums::default());
    }

    /// Records an event of the current quarter, if events are kept.
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
    /// Organisations: those of year 0 by name, later ones by a label that is made when they form.
    pub organisation: Vec<String>,
    /// Mandates: theme and number.
    pub mandate: Vec<String>,
}

impl Names {
    /// The name behind a value of an entity column, empty if there is none; `kind` as in [`rows::Type::Name`].
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

#[cfg(test)]
mod tests;
