//! 7 problems: what each theme needs solved arises, quarter by quarter, and lapses.
//!
//! *Claim.* Needs are shared in part: one problem concerns many communities, but not all. *Equations.* Poisson
//! arrivals per theme in proportion to its share of the movement's need; a community needs a problem with a chance in
//! proportion to its region's need for the theme; cost lognormal with the stated mean; a problem lapses after its life.

mod waits;

use crate::catalogue::Off;
use crate::ids::{BirthCause, Key, MAX_REGIONS, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::mechanisms::dependencies;
use crate::parameters;
use crate::random::{Decision, Threshold};
use crate::record::Record;
use crate::state::{Community, State};
use crate::units::Work;

pub use waits::{ended, solved};

parameters! {
    /// Concrete things that a theme needs solved.
    pub struct ProblemParameters in "problems",
        off Off::Never("without problems nothing is produced");
    /// New problems of a theme of mean need.
    arrivals: 2.0, 0.0..=50.0, 0.5..3.0, "problems/theme/quarter", "assumed";
    /// Chance that a community of mean need needs a problem solved.
    needed_by: 0.6, 0.0..=1.0, 0.3..0.9, "share", "assumed";
    /// Mean work to build a solution at medium expertise.
    cost: 3.0, 0.1..=100.0, 1.0..6.0, "FTE-quarters", "assumed";
    /// Spread of that work: standard deviation of its logarithm.
    cost_spread: 0.6, 0.0..=2.0, 0.3..1.0, "log units", "assumed";
    /// How long a problem matters.
    life: 20.0, 1.0..=200.0, 8.0..40.0, "quarters", "assumed";
}

/// Lets problems lapse and arise. Draws: how many, of what nature, who needs them, what they need first.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    let life = cx.parameters.problems.life as u32;
    let before = (cx.now.quarter() + 1).saturating_sub(life);
    waits::over(cx, state, record, before);
    state.problems.lapse(before);
    let start = state.themes.iter().filter(|theme| theme.born == 0).count().max(1) as f64;
    let p = &cx.parameters.problems;
    let communities = asked(state, 0);
    let mut born = Vec::new();
    for t in state.theme_ids() {
        let mean = p.arrivals * start * state.movement_need(t);
        if mean <= 0.0 {
            continue;
        }
        let theme = state.themes[t].key;
        let demand = Demand::new(cx, state, t, &communities);
        let count = cx.random.decision(Decision::ProblemCount, cx.now.quarter()).entity(theme).poisson(0, mean);
        for index in 0..count {
            let key = Key::from_birth(theme.stem(), cx.now.quarter(), BirthCause::Problem, index);
            let nature = cx.random.decision(Decision::ProblemNature, cx.now.quarter()).entity(key);
            let spread = p.cost_spread;
            let cost = Work(p.cost * libm::exp(spread * nature.normal(0) - 0.5 * spread * spread));
            let slot = state.problems.open(key, t, cost, cx.now.quarter(), nature.uniform(1));
            demand.ask(cx, state, slot);
            born.push(slot);
        }
    }
    dependencies::add_dependencies(cx, state, &born);
    welcome(cx, state);
}

/// Communities founded since the last quarter find out which of the open problems they share; before year 1 all are
/// there from the beginning.
fn welcome(cx: &Context, state: &mut State) {
    if cx.now.year() == 0 {
        return;
    }
    let young =
        |c: &Community| c.organisation.is_some_and(|o| state.organisations[o].founded == cx.now.quarter() as i32);
    // Ids are given in the order of founding, so the young ones are the last.
    let Some(first) = state.communities.list.iter().position(young) else { return };
    let communities = asked(state, first);
    for t in state.theme_ids() {
        let demand = Demand::new(cx, state, t, &communities);
        for k in 0..state.problems.open[t].len() {
            let slot = state.problems.open[t][k];
            demand.ask(cx, state, slot);
        }
    }
}

/// How likely communities of each region need a problem of a theme.
struct Demand<'a> {
    /// By region; a power of two of places, so that none needs checking.
    threshold: [Threshold; MAX_REGIONS],
    words: &'a [Word],
}

/// Those of sixty-four communities, a word of a set, that are asked.
struct Word {
    at: usize,
    asked: Vec<Asked>,
}

/// A community that may need a problem solved.
struct Asked {
    key: Key,
    /// Where it is in its word.
    bit: u8,
    region: RegionId,
}

/// All communities that have people, from an id on, in order.
fn asked(state: &State, from: usize) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let list = state.communities.list.iter().enumerate().skip(from);
    for (c, community) in list.filter(|(_, community)| community.share > 0.0) {
        if words.last().is_none_or(|word| word.at != c / 64) {
            words.push(Word { at: c / 64, asked: Vec::new() });
        }
        let last = words.len() - 1;
        words[last].asked.push(Asked { key: community.key, bit: (c % 64) as u8, region: community.region });
    }
    words
}

impl Demand<'_> {
    fn new<'a>(cx: &Context, state: &State, theme: ThemeId, words: &'a [Word]) -> Demand<'a> {
        let themes = state.themes.iter().filter(|theme| theme.presence > 0.0).count() as f64;
        let chance = |r| (cx.parameters.problems.needed_by * state.need(r, theme) * themes).min(MAX_NEED_PROBABILITY);
        let mut threshold = [Threshold::from_probability(0.0); MAX_REGIONS];
        state.region_ids().for_each(|r| threshold[r] = Threshold::from_probability(chance(r)));
        Demand { threshold, words }
    }

    /// Which of the communities need a problem solved: one draw for ever, addressed by problem and community.
    fn ask(&self, cx: &Context, state: &mut State, slot: usize) {
        let problem = &mut state.problems.slots[slot];
        let stream = cx.random.decision(Decision::ProblemNeed, problem.born).with(problem.key);
        let needs = |c: &Asked| stream.entity(c.key).occurs(0, self.threshold[c.region.index() % MAX_REGIONS]);
        for word in self.words {
            // Word by word: to write each bit to where the last one was just written would be waiting.
            problem.ask(word.at, word.asked.iter().fold(0, |bits, c| bits | u64::from(needs(c)) << (c.bit % 64)));
        }
    }
}

/// The largest chance that a community needs a problem solved.
const MAX_NEED_PROBABILITY: f64 = 0.95;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{REJECT, inputs, simulation_of, z_of_count, z_of_mean};
    use crate::simulation::Simulation;
    use crate::state::Problems;

    fn empty(life: f64) -> Simulation {
        let mut inputs = inputs();
        inputs.parameters.problems.life = life;
        let mut sim = simulation_of(&inputs);
        sim.state.organisations.iter_mut().for_each(|o| o.queue.projects.clear());
        sim.state.problems = Problems::new(3);
        sim
    }

    /// Three themes of equal need: 2 problems each a quarter. 3,000 quarter-themes: 2.15, the mutant, is rejected; costs
    /// have the stated mean.
    #[test]
    fn problems_arise_at_the_stated_rate_and_cost() {
        let mut sim = empty(1.0);
        let (mut counts, mut costs) = (Vec::new(), Vec::new());
        for quarter in 0..1000 {
            sim.conditions.now.set_quarter(quarter);
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
            for t in 0..3 {
                counts.push(sim.state.problems.open[t].len() as f64);
                costs.extend(sim.state.problems.open[t].iter().map(|&slot| sim.state.problems.slots[slot].cost.0));
            }
        }
        assert!(z_of_mean(&counts, 2.0).abs() < REJECT);
        assert!(z_of_mean(&counts, 2.15).abs() > REJECT, "the mutant passes");
        assert!(z_of_mean(&costs, 3.0).abs() < REJECT);
        assert!(z_of_mean(&costs, 3.0 * libm::exp(-0.18)).abs() > REJECT, "the mutant is the median");
    }

    #[test]
    fn a_problem_matters_for_its_life() {
        let mut sim = empty(8.0);
        for quarter in 0..40 {
            sim.conditions.now.set_quarter(quarter);
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
            for &slot in sim.state.problems.open.iter().flatten() {
                assert!(sim.state.problems.slots[slot].born + 8 > quarter);
            }
        }
        // Slots are used again, so that a long trial does not grow.
        assert!(sim.state.problems.slots.len() < 3 * 3 * 8 * 2);
    }

    /// 12 communities, 6 in 10 of whom need a problem; 0.65, the mutant, is rejected.
    #[test]
    fn communities_need_problems_as_often_as_stated() {
        let mut sim = empty(1.0);
        let (mut needed, mut all) = (0, 0);
        for quarter in 0..300 {
            sim.conditions.now.set_quarter(quarter);
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
            for &slot in sim.state.problems.open.iter().flatten() {
                needed += sim.state.problems.slots[slot].needed.iter().count();
                all += sim.state.communities.list.len();
            }
        }
        assert!(z_of_count(needed, all, 0.6).abs() < REJECT);
        assert!(z_of_count(needed, all, 0.65).abs() > REJECT, "the mutant passes");
    }
}
