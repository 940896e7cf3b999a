//! A part of the world.

use crate::ids::Key;
use crate::units::Money;

/// A part of the world.
#[derive(Clone, Debug)]
pub struct Region {
    /// Address of its random draws.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// Its group; empty for none.
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
    /// Price level that it returns to.
    pub price_trend: f64,
    /// Potential for own income, factor.
    pub fundraising: f64,
    /// Volunteers in year 0, people.
    pub volunteers_at_start: f64,
    /// Volunteers now, people.
    pub volunteers: f64,
    /// Volunteers who are members of an organisation, people.
    pub affiliated: f64,
    /// Volunteers in year 0, relative to the number that people online can sustain.
    pub saturation: f64,
    /// Grants in the year before the start, USD.
    pub grants_at_start: Money,
    /// Share of volunteers who know the foundation as a service point.
    pub foundation_known: f64,
    /// Share of those who do not know it to whom the foundation makes itself known in a quarter, if they attend to nothing else;
    /// less what newcomers do not know.
    pub foundation_told: f64,
    /// Requests made at the foundation this quarter, person-requests.
    pub foundation_asked: f64,
    /// Effect of its help for them, person-requests.
    pub foundation_service: f64,
    /// Arrivals per quarter of year 0: those that led to its number of volunteers, people.
    pub replacement: f64,
    /// Work of affiliates, hubs and the foundation for the region in year 0, FTE-quarters a quarter.
    pub work_at_start: f64,
    /// Work of affiliates, hubs and the foundation for the region in the last quarter, FTE-quarters a quarter.
    pub work: f64,
}

impl Region {
    /// Volunteers that the people online can sustain, people.
    pub fn capacity(&self) -> f64 {
        self.volunteers_at_start / self.saturation * self.online / self.online_at_start
    }

    /// Whether award floors and measures count it among the underserved.
    pub fn underserved(&self) -> bool {
        self.group == "underserved"
    }
}
