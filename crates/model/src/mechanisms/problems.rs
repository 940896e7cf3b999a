//! 7 problems: each theme's problems arise, quarter by quarter, and lapse.
//!
//! *Claim.* Needs are shared in part: one problem concerns many communities, but not all.
//!
//! *Equations.*
//!
//! ```text
//! new problems of a theme ~ Poisson(arrivals · themes₀ · the theme's share of the movement's need)
//! cost = cost₀ · exp(spread · z − ½ · spread²)                 z standard normal: the mean is cost₀
//! P(a community needs it) = min(needed_by · need · themes, 0.95)
//! ```
//!
//! themes₀ is the number of themes of year 0, themes that of themes present now; need is the theme's share of the need of the
//! community's region. A problem lapses after its life. A community outlives its organisation with all its needs, and a part
//! of one, which a new organisation serves, has those of the whole.

mod waits;

use crate::catalogue::Off;
use crate::ids::{BirthCause, Key, MAX_REGIONS, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::mechanisms::dependencies;
use crate::parameters;
use crate::random::{Decision, Threshold};
use crate::record::Record;
use crate::state::State;
use crate::units::{Quarters, Work};

pub use waits::solved;

parameters! {
    /// Problems of a theme that communities need solved.
    pub struct ProblemParameters in "problems",
        off Off::Never("without problems nothing is produced");
    /// New problems of a theme of mean need.
    arrivals: f64 = 2.0, 0.0..=50.0, 0.5..3.0, "problems/theme/quarter", "assumed";
    /// Chance that a community of mean need needs a problem solved.
    needed_by: f64 = 0.6, 0.0..=1.0, 0.3..0.9, "share", "assumed";
    /// Mean work to build a solution at medium expertise.
    cost: Work = 3.0, 0.1..=100.0, 1.0..6.0, "FTE-quarters", "assumed";
    /// Standard deviation of the logarithm of that work.
    cost_spread: f64 = 0.6, 0.0..=2.0, 0.3..1.0, "log units", "assumed";
    /// How long a problem is worth solving.
    life: Quarters = 20.0, 1.0..=200.0, 8.0..40.0, "quarters", "assumed";
}

/// Problems lapse and arise. Draws: their number and nature, which communities need them, what they depend on.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    let life = cx.parameters.problems.life.whole();
    let before = (cx.now.quarter() + 1).saturating_sub(life);
    waits::over(cx, state, record, before);
    state.problems.lapse(before);
    let themes_at_start = state.themes.iter().filter(|theme| theme.born == 0).count().max(1) as f64;
    let p = &cx.parameters.problems;
    let communities = peopled_words(state);
    let mut born = Vec::new();
    for theme in state.theme_ids() {
        let mean = p.arrivals * themes_at_start * state.movement_need(theme);
        if mean <= 0.0 {
            continue;
        }
        let theme_key = state.themes[theme].key;
        let demand = Demand::new(cx, state, theme, &communities);
        let count = cx.random.decision(Decision::ProblemCount, cx.now.quarter()).entity(theme_key).poisson(0, mean);
        for index in 0..count {
            let key = Key::from_birth(theme_key.stem(), cx.now.quarter(), BirthCause::Problem, index);
            let nature = cx.random.decision(Decision::ProblemNature, cx.now.quarter()).entity(key);
            let spread = p.cost_spread;
            let cost = p.cost * libm::exp(spread * nature.normal(0) - 0.5 * spread * spread);
            let slot = state.problems.open(key, theme, cost, cx.now.quarter(), nature.uniform(1));
            demand.ask(cx, state, slot);
            born.push(slot);
        }
    }
    dependencies::add_dependencies(cx, state, &born);
}

/// How likely the communities of each region need a problem of a theme.
struct Demand<'a> {
    /// By region. Their number is a power of two, so that an index modulo it needs no check of bounds.
    threshold: [Threshold; MAX_REGIONS],
    words: &'a [Word],
}

/// The communities of a word of a set, up to 64, that have people.
struct Word {
    /// Place among the words of a set.
    place: usize,
    communities: Vec<Member>,
}

/// A community that may need a problem solved.
struct Member {
    key: Key,
    /// Its bit in the word.
    bit: u8,
    region: RegionId,
}

/// All communities that have people, in order.
fn peopled_words(state: &State) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let list = state.communities.list.iter().enumerate();
    for (c, community) in list.filter(|(_, community)| community.share > 0.0) {
        if words.last().is_none_or(|word| word.place != c / 64) {
            words.push(Word { place: c / 64, communities: Vec::new() });
        }
        let last = words.len() - 1;
        words[last].communities.push(Member { key: community.key, bit: (c % 64) as u8, region: community.region });
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

    /// Decides which of the communities need a problem solved: a draw addressed by problem and community.
    fn ask(&self, cx: &Context, state: &mut State, slot: usize) {
        let problem = &mut state.problems.slots[slot];
        let stream = cx.random.decision(Decision::ProblemNeed, problem.born).with(problem.key);
        let needs = |c: &Member| stream.entity(c.key).occurs(0, self.threshold[c.region.index() % MAX_REGIONS]);
        for word in self.words {
            // A word at a time, in a register: to write each bit to the word in memory would wait for the previous one to be
            // stored.
            problem
                .ask(word.place, word.communities.iter().fold(0, |bits, c| bits | u64::from(needs(c)) << (c.bit % 64)));
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
        inputs.parameters.problems.life = Quarters(life);
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
