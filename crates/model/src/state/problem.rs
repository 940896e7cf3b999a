//! Problems, the materials that solve them, and the projects that make materials.

use crate::ids::{CommunityId, Key, MandateId, OrganisationId, RegionId, ThemeId};
use crate::units::Work;

/// A set of communities.
#[derive(Clone, Debug, Default)]
pub struct CommunitySet {
    /// The first communities stand with the problem itself: a search reads them without another fetch.
    near: [u64; NEAR],
    far: Vec<u64>,
}

/// Words of 64 communities kept in place.
const NEAR: usize = 8;

impl CommunitySet {
    #[inline]
    fn word(&self, word: usize) -> u64 {
        if word < NEAR { self.near[word] } else { self.far.get(word - NEAR).copied().unwrap_or(0) }
    }

    #[inline]
    fn word_mut(&mut self, word: usize) -> &mut u64 {
        if word < NEAR {
            return &mut self.near[word];
        }
        if word - NEAR >= self.far.len() {
            self.far.resize(word - NEAR + 1, 0);
        }
        &mut self.far[word - NEAR]
    }

    /// Whether it holds a community.
    #[inline]
    pub fn holds(&self, id: CommunityId) -> bool {
        self.word(id.index() / 64) >> (id.index() % 64) & 1 == 1
    }

    /// Its communities, in order.
    pub fn iter(&self) -> impl Iterator<Item = CommunityId> + '_ {
        self.near.iter().chain(&self.far).enumerate().flat_map(|(word, &bits)| {
            let mut left = bits;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros() as usize;
                left &= left.wrapping_sub(1);
                (bit < 64).then(|| CommunityId::from_index(word * 64 + bit))
            })
        })
    }

    /// Removes a community.
    pub fn remove(&mut self, id: CommunityId) {
        *self.word_mut(id.index() / 64) &= !(1 << (id.index() % 64));
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.near = [0; NEAR];
        self.far.fill(0);
    }
}

/// For each community, how many of some sets hold it: sixty-four communities at a time, a binary digit of all of their
/// counts in a word.
#[derive(Clone, Debug, Default)]
pub struct CommunityCounts {
    digits: Vec<[u64; 32]>,
}

impl CommunityCounts {
    /// Counts the communities of a set.
    pub fn add(&mut self, set: &CommunitySet) {
        let words = NEAR + set.far.len();
        if self.digits.len() < words {
            self.digits.resize(words, [0; 32]);
        }
        for (digits, &word) in self.digits.iter_mut().zip(set.near.iter().chain(&set.far)) {
            let mut carry = word;
            for digit in digits {
                if carry == 0 {
                    break;
                }
                let next = *digit & carry;
                *digit ^= carry;
                carry = next;
            }
        }
    }

    /// How many sets held a community.
    pub fn of(&self, id: CommunityId) -> u32 {
        let Some(digits) = self.digits.get(id.index() / 64) else { return 0 };
        let digit = |(n, word): (usize, &u64)| ((word >> (id.index() % 64) & 1) as u32) << n;
        digits.iter().enumerate().map(digit).sum()
    }
}

/// One concrete thing that a theme needs solved.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What its draws are addressed by.
    pub key: Key,
    /// Its theme.
    pub theme: ThemeId,
    /// Work to build a solution at medium expertise.
    pub cost: Work,
    /// Quarter in which it arose.
    pub born: u32,
    /// How much everybody notices it, 0–1.
    pub salience: f64,
    /// Whether it still matters.
    pub open: bool,
    /// Projects that still point to it.
    pub users: u32,
    /// Slot of a problem of another theme whose solution it needs first, as long as anybody may work on it.
    pub requires: Option<usize>,
    /// Problems that need its solution first.
    pub dependents: u32,
    /// Of its materials, those that wait at the gate.
    pub at_gate: u32,
    /// Communities that need it solved.
    pub needed: CommunitySet,
    /// Of those, the ones for which it is not solved yet.
    pub missing: CommunitySet,
    /// Communities for which it is solved, with the quality of the solution.
    pub solutions: Vec<(CommunityId, f64)>,
    /// What solves it.
    pub materials: Vec<Material>,
    /// What is being built.
    pub under_way: Vec<UnderWay>,
    /// Outsiders who have taken up a solution.
    pub taken_up: Vec<OrganisationId>,
}

impl Problem {
    /// Sixty-four communities, a word of a set, find out which of them need it solved; who is asked again answers the
    /// same.
    pub fn ask(&mut self, word: usize, needs: u64) {
        let new = needs & !self.needed.word(word);
        // A word that is not there yet stays so if nobody needs it.
        if new != 0 {
            *self.needed.word_mut(word) |= new;
            *self.missing.word_mut(word) |= new;
        }
    }
}

/// One solution to a problem.
#[derive(Clone, Copy, Debug)]
pub struct Material {
    /// Who made it.
    pub maker: OrganisationId,
    /// Under which mandate.
    pub mandate: Option<MandateId>,
    /// For which part of the world it was made.
    pub region: RegionId,
    /// Quality, 0–1.
    pub quality: f64,
    /// Whether it is packaged for reuse.
    pub packaged: bool,
    /// Quarter in which it was finished.
    pub made: u32,
    /// Quarter from which others can see it; [`UNSEEN`] while it is not offered.
    pub visible: u32,
}

/// The quarter from which nobody else sees what is not offered.
pub const UNSEEN: u32 = u32::MAX;

impl Material {
    /// Whether an organisation could use it in a quarter: its own from the quarter after it was made, that of others as
    /// soon as it is offered.
    #[inline]
    pub fn there_for(&self, user: OrganisationId, quarter: u32) -> bool {
        if self.maker == user { self.made < quarter } else { self.visible <= quarter }
    }

    /// Whether it is to be adapted rather than another: packaged ones are cheaper, then quality counts.
    pub fn before(&self, other: &Material) -> bool {
        (self.packaged, self.quality) > (other.packaged, other.quality)
    }
}

/// A build that is not finished.
#[derive(Clone, Copy, Debug)]
pub struct UnderWay {
    /// Who builds.
    pub maker: OrganisationId,
    /// Under which mandate.
    pub mandate: Option<MandateId>,
    /// For which part of the world.
    pub region: RegionId,
    /// Quarter in which it began.
    pub started: u32,
}

/// Why work was done that had been done before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DuplicationCause {
    /// What existed was not found.
    NotFound = 0,
    /// What existed was not packaged, and adapting it would have cost more than building.
    NotPackaged = 1,
    /// The maker insisted on its own.
    NotInventedHere = 2,
    /// Others were building it at the same time.
    SameTime = 3,
}

impl DuplicationCause {
    /// All causes, in their order.
    pub const ALL: [DuplicationCause; 4] = [Self::NotFound, Self::NotPackaged, Self::NotInventedHere, Self::SameTime];
}

/// What an organisation is working on for one problem and community.
#[derive(Clone, Copy, Debug)]
pub struct Project {
    /// Slot of the problem.
    pub problem: usize,
    /// For whom.
    pub community: CommunityId,
    /// Building, or adapting a material of this quality.
    pub task: Task,
    /// Work still to do.
    pub left: Work,
    /// Share of the work that duplicates, and why.
    pub duplicated: Option<(f64, DuplicationCause)>,
    /// Where it needs what is not there yet.
    pub hold: Option<Hold>,
    /// Whether it does without.
    pub patched: bool,
}

impl Project {
    /// Whether it waits for what it needs first.
    #[inline]
    pub fn waits(&self) -> bool {
        self.hold.is_some_and(|hold| hold.since.is_some())
    }
}

/// The point of a project beyond which it needs a material of another theme.
#[derive(Clone, Copy, Debug)]
pub struct Hold {
    /// Work that is left at that point.
    pub at: Work,
    /// Quarter since which the project waits there.
    pub since: Option<u32>,
}

/// What a project does.
#[derive(Clone, Copy, Debug)]
pub enum Task {
    /// Builds a material, packaged or not.
    Build {
        /// Whether for reuse.
        packaged: bool,
    },
    /// Adapts a material.
    Adapt {
        /// Its quality.
        quality: f64,
        /// Who made it.
        maker: OrganisationId,
        /// Under which mandate.
        mandate: Option<MandateId>,
        /// Where it comes from.
        region: RegionId,
        /// What building would have taken more.
        saved: Work,
    },
}

/// The projects of an organisation at home, or of a mandate.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// In order of their beginning.
    pub projects: Vec<Project>,
    /// Production work of this quarter.
    pub budget: Work,
    /// Support work that nobody called for last quarter: it produces in this one.
    pub carried: Work,
}

/// What one who looks for something to do sees of an open problem.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    /// Work to build a solution at medium expertise.
    pub cost: Work,
    /// How much everybody notices it, 0–1.
    pub salience: f64,
    /// What its draws are addressed by.
    pub key: Key,
    /// Where it is.
    slot: u32,
    /// Quarter in which it arose.
    born: u32,
}

impl Offer {
    /// The problem's slot.
    #[inline]
    pub fn slot(&self) -> usize {
        self.slot as usize
    }
}

/// All problems, by slot; a slot is used again when nothing points to it any more.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    /// By slot.
    pub slots: Vec<Problem>,
    /// Open slots by theme, in order of birth.
    pub open: Vec<Vec<usize>>,
    /// The same side by side, the cheapest first: most desks can afford only few.
    pub offers: Vec<Vec<Offer>>,
    free: Vec<usize>,
}

impl Problems {
    /// No problems yet, for a number of themes.
    pub fn new(themes: usize) -> Problems {
        Problems {
            slots: Vec::new(),
            open: vec![Vec::new(); themes],
            offers: vec![Vec::new(); themes],
            free: Vec::new(),
        }
    }

    /// Opens a problem that nobody needs yet; gives its slot.
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
        let offers = &mut self.offers[theme];
        let at = offers.partition_point(|offer| offer.cost <= cost);
        offers.insert(at, Offer { cost, salience, key, slot: slot as u32, born });
        slot
    }

    /// Closes those that arose before a quarter: they do not matter any more.
    pub fn lapse(&mut self, before: u32) {
        for theme in 0..self.open.len() {
            let lapsed = self.open[theme].partition_point(|&slot| self.slots[slot].born < before);
            for slot in self.open[theme].drain(..lapsed).collect::<Vec<_>>() {
                self.slots[slot].open = false;
                self.release(slot);
            }
            self.offers[theme].retain(|offer| offer.born >= before);
        }
    }

    /// Frees a slot to which nothing points any more.
    pub fn release(&mut self, slot: usize) {
        let problem = &mut self.slots[slot];
        if problem.open || problem.users > 0 {
            return;
        }
        // Nobody works on it any more: it needs nothing, so that chains of problems do not keep each other.
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
#[path = "problem_tests.rs"]
mod tests;
