//! Rows of regions.

use crate::ids::{MandateId, OrganisationId, RegionId, ThemeId};
use crate::record::RegionRow;
use crate::record::rows::RegionObserved;
use crate::state::{CommunityCounts, ExactSum, State};

use super::YearEnd;

/// Needs and volunteers by region, each from one pass over all of them.
pub(super) struct RegionMeans {
    needs: Vec<Needs>,
    volunteers: Vec<VolunteerMeans>,
}

/// Open needs of a region, million person-problems.
#[derive(Clone, Copy, Default)]
struct Needs {
    open: f64,
    /// Of these, solved, weighted by quality.
    covered: f64,
}

/// Means over a region's volunteers; NaN without volunteers.
#[derive(Clone, Copy)]
struct VolunteerMeans {
    skill: f64,
    motivation: f64,
}

impl RegionMeans {
    pub(super) fn new(state: &State) -> RegionMeans {
        RegionMeans { needs: needs(state), volunteers: volunteer_means(state) }
    }
}

fn needs(state: &State) -> Vec<Needs> {
    let mut needs = vec![Needs::default(); state.regions.len()];
    let (mut open, mut solved) = (CommunityCounts::default(), vec![0.0; state.communities.list.len()]);
    for &slot in state.problems.open.iter().flatten() {
        let problem = &state.problems.slots[slot];
        open.add(&problem.needed);
        // By community first: neighbours mostly are of one region, and one sum would wait for the other.
        problem.solutions.iter().for_each(|&(community, quality)| solved[community.index()] += quality);
    }
    for ((id, community), solved) in state.communities.list.pairs().zip(&solved) {
        let people = state.people_of(id);
        let region = &mut needs[community.region];
        region.open += f64::from(open.of(id)) * people;
        region.covered += solved * people;
    }
    needs
}

fn volunteer_means(state: &State) -> Vec<VolunteerMeans> {
    let mut sums = vec![(0u32, ExactSum::default(), ExactSum::default()); state.regions.len()];
    for volunteer in state.volunteers.iter().filter(|volunteer| volunteer.active()) {
        let (count, skills, motivations) = &mut sums[volunteer.region];
        *count += 1;
        skills.add(volunteer.skill);
        motivations.add(volunteer.motivation);
    }
    let mean = |sum: ExactSum, count: u32| if count > 0 { sum.value() / f64::from(count) } else { f64::NAN };
    let means = |(count, skills, motivations)| VolunteerMeans {
        skill: mean(skills, count),
        motivation: mean(motivations, count),
    };
    sums.into_iter().map(means).collect()
}

impl YearEnd<'_> {
    /// The row of a region.
    pub(super) fn region(&self, id: RegionId, means: &RegionMeans) -> RegionRow {
        let region = &self.state.regions[id];
        let sums = &self.record.regions[id];
        let locals = &self.index.locals[id];
        let (needs, volunteers) = (means.needs[id], means.volunteers[id]);
        let observed = RegionObserved {
            region: u32::from(id.0),
            online: region.online,
            volunteers: region.volunteers,
            affiliated: region.affiliated,
            skill: volunteers.skill,
            motivation: volunteers.motivation,
            help: self.flow(sums.help_local + sums.help_hubs + sums.help_foundation),
            needs: needs.open,
            covered: needs.covered,
            capacity: locals.iter().map(|&organisation| self.capacity(organisation)).sum(),
            organisations: locals.len() as u32,
            mandates: self.mandates_in(id),
            expertise: self.best_expertise(id),
        };
        RegionRow::from_sums(sums, self.now.year(), observed)
    }

    /// An organisation's staff, that of mandates included, and volunteers' work, FTE.
    fn capacity(&self, id: OrganisationId) -> f64 {
        let o = &self.state.organisations[id];
        (o.staff + self.index.held[id.index()].staff + o.labour).0
    }

    /// Mandates held by organisations of a region.
    fn mandates_in(&self, region: RegionId) -> u32 {
        let holder = |m: MandateId| &self.state.organisations[self.state.mandates[m].holder];
        self.state.hubs().filter(|&m| holder(m).region == region).count() as u32
    }

    /// Mean over the present themes of the best affiliate's expertise in a region.
    fn best_expertise(&self, region: RegionId) -> f64 {
        let present: Vec<ThemeId> =
            self.state.theme_ids().filter(|&theme| self.state.themes[theme].presence > 0.0).collect();
        let best = |&theme: &ThemeId| self.index.known_in[region][theme];
        present.iter().map(best).sum::<f64>() / present.len().max(1) as f64
    }
}
