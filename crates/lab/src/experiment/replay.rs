//! Simulates one trial again and records its events.

use super::trial::Trial;
use super::world::draw;
use crate::scenario::Scenario;
use crate::scenario::arm::{Arm, ArmError};
use hubsim_model::ids::RegionId;
use hubsim_model::random::Stream;
use hubsim_model::record::events::{EventLog, FieldValue, LoggedEvent};
use hubsim_model::simulation::Simulation;

/// A trial with its events.
#[derive(Clone, Debug)]
pub struct Replay {
    /// The trial.
    pub trial: Trial,
    /// The events, in order.
    pub entries: Vec<LoggedEvent>,
    /// The region of each organisation, by position, closed ones included.
    pub homes: Vec<RegionId>,
}

/// Simulates a trial with an open event log.
///
/// # Errors
/// If the arm does not fit the scenario.
pub fn replay(scenario: &Scenario, arm: &Arm, replicate: u32) -> Result<Replay, ArmError> {
    let drawn = draw(scenario, replicate);
    let (inputs, policy) = scenario.inputs(arm, &drawn)?;
    let mut simulation = Simulation::new(&inputs, &policy, Stream::new(scenario.seed, replicate));
    simulation.record.events = EventLog::open();
    let history = simulation.run(scenario.years);
    let trial = Trial::new(&arm.label, (replicate, scenario.place(replicate)), drawn, history);
    let homes = simulation.state.organisations.iter().map(|organisation| organisation.region).collect();
    Ok(Replay { trial, entries: simulation.record.events.into_entries(), homes })
}

/// A filter of events: an empty list selects all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Events that name one of these organisations, by position.
    pub organisations: Vec<u32>,
    /// Events that name one of these regions, or an organisation in it.
    pub regions: Vec<u32>,
    /// Events of one of these years.
    pub years: Vec<u32>,
}

impl Filter {
    /// Whether it selects all events.
    pub fn selects_all(&self) -> bool {
        *self == Filter::default()
    }

    /// Whether it selects an event.
    pub fn selects(&self, entry: &LoggedEvent, homes: &[RegionId]) -> bool {
        if !self.years.is_empty() && !self.years.contains(&entry.when().0) {
            return false;
        }
        if self.organisations.is_empty() && self.regions.is_empty() {
            return true;
        }
        let facts = entry.event.facts();
        let organisation = |fact: &FieldValue| match fact {
            FieldValue::Name("organisation", id) => self.organisations.contains(id),
            _ => false,
        };
        let region = |fact: &FieldValue| match fact {
            FieldValue::Name("region", id) => self.regions.contains(id),
            FieldValue::Names("region", ids) => ids.iter().any(|id| self.regions.contains(id)),
            FieldValue::Name("organisation", id) => {
                homes.get(*id as usize).is_some_and(|home| self.regions.contains(&home.0.into()))
            }
            _ => false,
        };
        (self.organisations.is_empty() || facts.iter().any(organisation))
            && (self.regions.is_empty() || facts.iter().any(region))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hubsim_model::clock::BURN_IN;
    use hubsim_model::ids::OrganisationId;
    use hubsim_model::record::events::Event;

    #[test]
    fn filters_select_what_they_name() {
        let homes = [RegionId(0), RegionId(1)];
        let entry = LoggedEvent { quarter: BURN_IN + 4, event: Event::Matured { organisation: OrganisationId(1) } };
        let wants = |organisations: &[u32], regions: &[u32], years: &[u32]| {
            let [organisations, regions, years] = [organisations, regions, years].map(<[u32]>::to_vec);
            Filter { organisations, regions, years }.selects(&entry, &homes)
        };
        assert!(wants(&[], &[], &[]) && wants(&[0, 1], &[1], &[2]));
        assert!(!wants(&[0], &[], &[]) && !wants(&[], &[0], &[]) && !wants(&[], &[], &[1]));
        assert!(!wants(&[1], &[0], &[2]), "all kinds of filters must agree");
    }
}
