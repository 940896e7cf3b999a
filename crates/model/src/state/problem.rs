//! Problems, the materials that solve them, and the projects that make materials.

mod community_set;
pub mod reference;

use crate::ids::{CommunityId, Key, MandateId, OrganisationId, RegionId, ThemeId};
use crate::state::project::UnderWay;
use crate::units::Work;

pub use community_set::{CommunityCounts, CommunitySet};

/// One thing that a theme needs solved.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Addresses its draws.
    pub key: Key,
    /// Its theme.
    pub theme: ThemeId,
    /// Work to build a solution at medium expertise.
    pub cost: Work,
    /// Quarter in which it arose.
    pub born: u32,
    /// How much everybody notices it, 0–1.
    pub salience: f64,
    /// Whether it is still worth solving.
    pub open: bool,
    /// Projects that refer to it.
    pub users: u32,
    /// Slot of the problem of another theme that it depends on, as long as anybody may work on it.
    pub requires: Option<usize>,
    /// Problems that depend on it.
    pub dependents: u32,
    /// Number of its materials that wait at the quality gate.
    pub at_gate: u32,
    /// Communities that need it solved.
    pub needed: CommunitySet,
    /// Communities that need it solved and for which it is not solved yet.
    pub missing: CommunitySet,
    /// Communities for which it is solved, with the quality of the solution.
    pub solutions: Vec<(CommunityId, f64)>,
    /// Materials that solve it.
    pub materials: Vec<Material>,
    /// Builds that are not finished.
    pub under_way: Vec<UnderWay>,
    /// Organisations outside the movement that have adopted a solution.
    pub taken_up: Vec<OrganisationId>,
}

impl Problem {
    /// Records which of 64 communities need it solved: `word` is their place among the words of a set, `needs` has a bit for
    /// each. A need that is recorded already does not change.
    pub fn ask(&mut self, word: usize, needs: u64) {
        let new = needs & !self.needed.word(word);
        // Without a need the sets do not grow.
        if new != 0 {
            *self.needed.word_mut(word) |= new;
            *self.missing.word_mut(word) |= new;
        }
    }
}

/// One solution to a problem.
#[derive(Clone, Copy, Debug)]
pub struct Material {
    /// The organisation that made it.
    pub producer: OrganisationId,
    /// The mandate under which it was made, if any.
    pub mandate: Option<MandateId>,
    /// The region for which it was made.
    pub region: RegionId,
    /// Quality, 0–1.
    pub quality: f64,
    /// Whether it is packaged for reuse.
    pub packaged: bool,
    /// Quarter in which it was finished.
    pub made: u32,
    /// Quarter from which others can see it; [`NOT_OFFERED`] while it is not offered.
    pub visible: u32,
}

/// `visible` of a material that is not offered to others.
pub const NOT_OFFERED: u32 = u32::MAX;

impl Material {
    /// Whether an organisation could use it in a quarter: its own from the quarter after it was made, that of others as
    /// soon as it is offered.
    #[inline]
    pub fn there_for(&self, user: OrganisationId, quarter: u32) -> bool {
        if self.producer == user { self.made < quarter } else { self.visible <= quarter }
    }

    /// Whether it is preferred to another for adapting: packaged materials first, because they take less work, then those of
    /// higher quality.
    pub fn before(&self, other: &Material) -> bool {
        (self.packaged, self.quality) > (other.packaged, other.quality)
    }
}

/// What a choice among open problems reads of each.
#[derive(Clone, Copy, Debug)]
pub struct OpenProblem {
    /// Work to build a solution at medium expertise.
    pub cost: Work,
    /// How much everybody notices it, 0–1.
    pub salience: f64,
    /// Addresses its draws.
    pub key: Key,
    /// Its slot.
    slot: u32,
    /// Quarter in which it arose.
    born: u32,
}

impl OpenProblem {
    /// The problem's slot.
    #[inline]
    pub fn slot(&self) -> usize {
        self.slot as usize
    }
}

/// All problems, by slot; a slot is reused when nothing refers to it any more.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    /// By slot.
    pub slots: Vec<Problem>,
    /// Open slots by theme, in order of birth.
    pub open: Vec<Vec<usize>>,
    /// The open problems by theme, the cheapest first, those of equal cost in order of birth. Stored side by side: problems
    /// themselves are large, and most work queues can afford only the first few.
    pub by_cost: Vec<Vec<OpenProblem>>,
    free: Vec<usize>,
}

impl Problems {
    /// No problems yet, for a number of themes.
    pub fn new(themes: usize) -> Problems {
        Problems {
            slots: Vec::new(),
            open: vec![Vec::new(); themes],
            by_cost: vec![Vec::new(); themes],
            free: Vec::new(),
        }
    }

    /// Opens a problem that no community needs yet; returns its slot.
    pub fn open(&mut self, key: Key, theme: ThemeId, cost: Work, born: u32, salience: f64) -> usize {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Problem {
                key,
                theme,
                cost,
                born,
                salience,
                open: true,
                users: 0,
                requires: None,
                dependents: 0,
                at_gate: 0,
                needed: CommunitySet::default(),
                missing: CommunitySet::default(),
                solutions: Vec::new(),
                materials: Vec::new(),
                under_way: Vec::new(),
                taken_up: Vec::new(),
            });
            self.slots.len() - 1
        });
        let problem = &mut self.slots[slot];
        (problem.key, problem.theme, problem.cost, problem.born, problem.salience) = (key, theme, cost, born, salience);
        problem.open = true;
        self.open[theme].push(slot);
        let offers = &mut self.by_cost[theme];
        let at = offers.partition_point(|offer| offer.cost <= cost);
        offers.insert(at, OpenProblem { cost, salience, key, slot: slot as u32, born });
        slot
    }

    /// Closes the problems that arose before a quarter: they are no longer worth solving.
    pub fn lapse(&mut self, before: u32) {
        for theme in 0..self.open.len() {
            let lapsed = self.open[theme].partition_point(|&slot| self.slots[slot].born < before);
            for slot in self.open[theme].drain(..lapsed).collect::<Vec<_>>() {
                self.slots[slot].open = false;
                self.release(slot);
            }
            self.by_cost[theme].retain(|offer| offer.born >= before);
        }
    }

    /// Divides a community: for a part of it the same is needed and solved as for the whole.
    pub fn divide(&mut self, whole: CommunityId, part: CommunityId) {
        let (word, bit) = (part.index() / 64, 1 << (part.index() % 64));
        for problem in self.slots.iter_mut().filter(|problem| problem.needed.holds(whole)) {
            *problem.needed.word_mut(word) |= bit;
            if problem.missing.holds(whole) {
                *problem.missing.word_mut(word) |= bit;
            }
            if let Some(&(_, quality)) = problem.solutions.iter().find(|(solved_for, _)| *solved_for == whole) {
                problem.solutions.push((part, quality));
            }
        }
    }

    /// Ends one build of an organisation for a problem, at home or under a mandate: it is no longer under way.
    pub fn end_build(&mut self, slot: usize, producer: OrganisationId, mandate: Option<MandateId>) {
        let under_way = &mut self.slots[slot].under_way;
        if let Some(at) = under_way.iter().position(|u| u.producer == producer && u.mandate == mandate) {
            under_way.remove(at);
        }
    }

    /// Frees a slot if nothing refers to it any more.
    pub fn release(&mut self, slot: usize) {
        let problem = &mut self.slots[slot];
        if problem.open || problem.users > 0 {
            return;
        }
        // Nobody works on it any more, so that it depends on nothing: chains of problems do not keep each other's slots.
        if let Some(first) = problem.requires.take() {
            self.slots[first].dependents -= 1;
            self.release(first);
        }
        let problem = &mut self.slots[slot];
        if problem.dependents > 0 || problem.at_gate > 0 {
            return;
        }
        problem.needed.clear();
        problem.missing.clear();
        problem.solutions.clear();
        problem.materials.clear();
        problem.under_way.clear();
        problem.taken_up.clear();
        self.free.push(slot);
    }
}

#[cfg(test)]
mod tests;
