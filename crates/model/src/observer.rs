//! Makes the rows of a year from the state and the record, at its end.

mod approaches;
mod movement;
mod organisations;
mod regions;
mod themes;
mod year_index;

use crate::clock::Clock;
use crate::ids::{MandateId, OrganisationId};
use crate::mechanisms::Conditions;
use crate::record::rows::FlowObserved;
use crate::record::{FlowRow, History, Names, Record};
use crate::state::{Remit, State};

use organisations::{mandate, organisation};
use regions::RegionMeans;
use year_index::YearIndex;

/// What the rows of a year are made from.
struct YearEnd<'a> {
    now: Clock,
    state: &'a State,
    record: &'a Record,
    /// Expertise from which an organisation can hold a mandate.
    least_expertise: f64,
    index: YearIndex,
}

impl YearEnd<'_> {
    /// A flow: NaN in year 0.
    fn flow(&self, value: f64) -> f64 {
        flow(self.now, value)
    }
}

/// Adds the rows of a year to a history. Year 0 has stocks only, its flows are NaN.
pub fn observe(conditions: &Conditions, state: &State, record: &Record, history: &mut History) {
    let (now, least_expertise) = (conditions.now, conditions.parameters.mandates.least_expertise);
    if now.year() == 0 {
        history.names = names(state);
    }
    let year = YearEnd { now, state, record, least_expertise, index: YearIndex::new(state) };
    history.movement.push(year.movement());
    let means = RegionMeans::new(state);
    history.regions.extend(state.region_ids().map(|region| year.region(region, &means)));
    observe_organisations(&year, history);
    observe_mandates(&year, history);
    history.themes.extend(state.theme_ids().map(|theme| year.theme(theme)));
    if now.year() > 0 {
        observe_flows(&year, history);
    }
}

fn names(state: &State) -> Names {
    Names {
        region: state.regions.iter().map(|region| region.name.clone()).collect(),
        group: state.regions.iter().map(|region| region.group.clone()).collect(),
        theme: state.themes.iter().map(|theme| theme.name.clone()).collect(),
        funder: state.funders.iter().map(|funder| funder.name.clone()).collect(),
        organisation: Vec::new(),
        mandate: Vec::new(),
    }
}

/// A flow: NaN in year 0.
fn flow(now: Clock, value: f64) -> f64 {
    if now.year() == 0 { f64::NAN } else { value }
}

fn observe_organisations(year: &YearEnd, history: &mut History) {
    for (i, o) in year.state.organisations.iter().enumerate() {
        if history.names.organisation.len() <= i {
            history.names.organisation.push(o.label.to_string());
        }
        if o.active() {
            let id = OrganisationId::from_index(i);
            history.organisations.push(organisation(year.now, year.state, id, &year.index));
        }
    }
}

fn observe_mandates(year: &YearEnd, history: &mut History) {
    for (i, m) in year.state.mandates.iter().enumerate() {
        if history.names.mandate.len() <= i {
            history.names.mandate.push(format!("{} #{}", remit_name(year.state, m.remit), i + 1));
        }
        if m.alive() {
            history.mandates.push(mandate(year, MandateId::from_index(i)));
        }
    }
}

/// The theme or region that a mandate is for.
fn remit_name(state: &State, charge: Remit) -> &str {
    match charge {
        Remit::Theme(theme) => &state.themes[theme].name,
        Remit::Region(region) => &state.regions[region].name,
    }
}

fn observe_flows(year: &YearEnd, history: &mut History) {
    let regions = || year.state.region_ids();
    let cells = year.state.funders.ids().flat_map(|funder| regions().map(move |region| (funder, region)));
    for (funder, region) in cells {
        let observed = FlowObserved {
            funder: u32::from(funder.0),
            region: u32::from(region.0),
            pot: year.state.funders[funder].pot.0,
        };
        history.flows.push(FlowRow::from_sums(&year.record.flows[(funder, region)], year.now.year(), observed));
    }
}
