//! A part of the world.

use crate::ids::Key;
use crate::units::Money;

/// A part of the world.
#[derive(Clone, Debug)]
pub struct Region {
    /// What its draws are addressed by.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// The group it belongs to, or empty.
    pub group: String,
    /// Population, millions.
    pub population: f64,
    /// People online, millions.
    pub online: f64,
    /// People online in year 0, millions.
    pub online_at_start: f64,
    /// Growth of people online, 1/year.
    pub online_growth: f64,
    /// Price level, 1 = reference.
    pub price_level: f64,
    /// Price level it returns to.
    pub price_trend: f64,
    /// Potential for own income, factor.
    pub fundraising: f64,
    /// Volunteers in year 0, people.
    pub volunteers_at_start: f64,
    /// Volunteers now, people.
    pub volunteers: f64,
    /// Of these affiliated, people.
    pub affiliated: f64,
    /// How far volunteers had reached, in year 0, what people online can sustain.
    pub saturation: f64,
    /// Grants in the year before the start, USD.
    pub grants_at_start: Money,
    /// Share of volunteers who know the foundation as a door.
    pub foundation_known: f64,
    /// Arrivals per quarter that keep the year-0 number, people.
    pub replacement: f64,
    /// Work of affiliates and hubs for the region in year 0, FTE-quarters a quarter.
    pub work_at_start: f64,
    /// The same in the last quarter.
    pub work: f64,
}

impl Region {
    /// Volunteers the people online can sustain, people.
    pub fn capacity(&self) -> f64 {
        self.volunteers_at_start / self.saturation * self.online / self.online_at_start
    }

    /// Whether floors and measures count it among the underserved.
    pub fn underserved(&self) -> bool {
        self.group == "underserved"
    }
}
