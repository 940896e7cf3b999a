//! 7 problems: what each theme needs solved arises, quarter by quarter, and lapses.
//!
//! *Claim.* Needs are shared in part: one problem concerns many communities, but not all. *Equations.* Poisson
//! arrivals per theme in proportion to its share of the movement's need; a community needs a problem with a chance in
//! proportion to its region's need for the theme; cost lognormal with the stated mean; a problem lapses after its life.

mod waits;

use crate::catalogue::Off;
use crate::ids::{BirthCause, Key, MAX_REGIONS, RegionId, ThemeId};
use crate::mechanisms::dependencies;
use crate::parameters;
use crate::random::{Decision, Threshold};
use crate::state::{Community, World};
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
pub fn run(world: &mut World) {
    let life = world.parameters.problems.life as u32;
    let before = (world.quarter + 1).saturating_sub(life);
    waits::over(world, before);
    world.problems.lapse(before);
    let start = world.themes.iter().filter(|theme| theme.born == 0).count().max(1) as f64;
    let p = world.parameters.problems.clone();
    let communities = asked(world, 0);
    let mut born = Vec::new();
    for t in world.theme_ids() {
        let mean = p.arrivals * start * world.movement_need(t);
        if mean <= 0.0 {
            continue;
        }
        let theme = world.themes[t].key;
        let asking = Asking::of(world, t, &communities);
        let count = world.stream.decision(Decision::ProblemCount, world.quarter).entity(theme).poisson(0, mean);
        for index in 0..count {
            let key = Key::from_birth(theme.stem(), world.quarter, BirthCause::Problem, index);
            let nature = world.stream.decision(Decision::ProblemNature, world.quarter).entity(key);
            let spread = p.cost_spread;
            let cost = Work(p.cost * libm::exp(spread * nature.normal(0) - 0.5 * spread * spread));
            let slot = world.problems.open(key, t, cost, world.quarter, nature.uniform(1));
            asking.ask(world, slot);
            born.push(slot);
        }
    }
    dependencies::tie(world, &born);
    welcome(world);
}

/// Communities founded since the last quarter find out which of the open problems they share; before year 1 all are
/// there from the beginning.
fn welcome(world: &mut World) {
    if world.year == 0 {
        return;
    }
    let young = |c: &Community| c.organisation.is_some_and(|o| world.organisations[o].founded == world.quarter as i32);
    // Ids are given in the order of founding, so the young ones are the last.
    let Some(first) = world.communities.list.iter().position(young) else { return };
    let communities = asked(world, first);
    for t in world.theme_ids() {
        let asking = Asking::of(world, t, &communities);
        for k in 0..world.problems.open[t].len() {
            let slot = world.problems.open[t][k];
            asking.ask(world, slot);
        }
    }
}

/// How likely communities of each region need a problem of a theme.
struct Asking<'a> {
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
fn asked(world: &World, from: usize) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let list = world.communities.list.iter().enumerate().skip(from);
    for (c, community) in list.filter(|(_, community)| community.share > 0.0) {
        if words.last().is_none_or(|word| word.at != c / 64) {
            words.push(Word { at: c / 64, asked: Vec::new() });
        }
        let last = words.len() - 1;
        words[last].asked.push(Asked { key: community.key, bit: (c % 64) as u8, region: community.region });
    }
    words
}

impl Asking<'_> {
    fn of<'a>(world: &World, theme: ThemeId, words: &'a [Word]) -> Asking<'a> {
        let themes = world.themes.iter().filter(|theme| theme.presence > 0.0).count() as f64;
        let chance = |r| (world.parameters.problems.needed_by * world.need(r, theme) * themes).min(MOST_NEEDED);
        let mut threshold = [Threshold::from_probability(0.0); MAX_REGIONS];
        world.region_ids().for_each(|r| threshold[r] = Threshold::from_probability(chance(r)));
        Asking { threshold, words }
    }

    /// Which of the communities need a problem solved: one draw for ever, addressed by problem and community.
    fn ask(&self, world: &mut World, slot: usize) {
        let problem = &mut world.problems.slots[slot];
        let stream = world.stream.decision(Decision::ProblemNeed, problem.born).with(problem.key);
        let needs = |c: &Asked| stream.entity(c.key).occurs(0, self.threshold[c.region.index() % MAX_REGIONS]);
        for word in self.words {
            // Word by word: to write each bit to where the last one was just written would be waiting.
            problem.ask(word.at, word.asked.iter().fold(0, |bits, c| bits | u64::from(needs(c)) << (c.bit % 64)));
        }
    }
}

/// The largest chance that a community needs a problem solved.
const MOST_NEEDED: f64 = 0.95;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{REJECT, setup, world_of, z_of_count, z_of_mean};
    use crate::state::{Problems, World};

    fn empty(life: f64) -> World {
        let mut setup = setup();
        setup.parameters.problems.life = life;
        let mut world = world_of(&setup);
        world.organisations.iter_mut().for_each(|o| o.desk.projects.clear());
        world.problems = Problems::new(3);
        world
    }

    /// Three themes of equal need: 2 problems each a quarter. 3,000 quarter-themes: 2.15, the mutant, is rejected; costs
    /// have the stated mean.
    #[test]
    fn problems_arise_at_the_stated_rate_and_cost() {
        let mut world = empty(1.0);
        let (mut counts, mut costs) = (Vec::new(), Vec::new());
        for quarter in 0..1000 {
            world.quarter = quarter;
            run(&mut world);
            for t in 0..3 {
                counts.push(world.problems.open[t].len() as f64);
                costs.extend(world.problems.open[t].iter().map(|&slot| world.problems.slots[slot].cost.0));
            }
        }
        assert!(z_of_mean(&counts, 2.0).abs() < REJECT);
        assert!(z_of_mean(&counts, 2.15).abs() > REJECT, "the mutant passes");
        assert!(z_of_mean(&costs, 3.0).abs() < REJECT);
        assert!(z_of_mean(&costs, 3.0 * libm::exp(-0.18)).abs() > REJECT, "the mutant is the median");
    }

    #[test]
    fn a_problem_matters_for_its_life() {
        let mut world = empty(8.0);
        for quarter in 0..40 {
            world.quarter = quarter;
            run(&mut world);
            for &slot in world.problems.open.iter().flatten() {
                assert!(world.problems.slots[slot].born + 8 > quarter);
            }
        }
        // Slots are used again, so that a long trial does not grow.
        assert!(world.problems.slots.len() < 3 * 3 * 8 * 2);
    }

    /// 12 communities, 6 in 10 of whom need a problem; 0.65, the mutant, is rejected.
    #[test]
    fn communities_need_problems_as_often_as_stated() {
        let mut world = empty(1.0);
        let (mut needed, mut all) = (0, 0);
        for quarter in 0..300 {
            world.quarter = quarter;
            run(&mut world);
            for &slot in world.problems.open.iter().flatten() {
                needed += world.problems.slots[slot].needed.iter().count();
                all += world.communities.list.len();
            }
        }
        assert!(z_of_count(needed, all, 0.6).abs() < REJECT);
        assert!(z_of_count(needed, all, 0.65).abs() > REJECT, "the mutant passes");
    }
}
