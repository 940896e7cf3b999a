//! Problems, the materials that solve them, and the projects that make materials.

use crate::ids::{CommunityId, Key, MandateId, OrganisationId, RegionId, ThemeId};
use crate::quantity::Work;

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
                (bit < 64).then(|| CommunityId::at(word * 64 + bit))
            })
        })
    }

    /// Adds a community.
    pub fn insert(&mut self, id: CommunityId) {
        *self.word_mut(id.index() / 64) |= 1 << (id.index() % 64);
    }

    /// Adds those of a range for which a condition holds.
    pub fn insert_where(&mut self, range: std::ops::Range<usize>, holds: impl Fn(usize) -> bool) {
        for index in range {
            *self.word_mut(index / 64) |= u64::from(holds(index)) << (index % 64);
        }
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.near = [0; NEAR];
        self.far.fill(0);
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
    /// Communities that need it solved.
    pub needed: CommunitySet,
    /// Communities for which it is solved.
    pub solved: CommunitySet,
    /// The same with the quality of the solution.
    pub solutions: Vec<(CommunityId, f64)>,
    /// What solves it.
    pub materials: Vec<Material>,
    /// What is being built.
    pub under_way: Vec<UnderWay>,
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
    /// Quarter from which others can see it.
    pub visible: u32,
}

impl Material {
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
    /// For which part of the world.
    pub region: RegionId,
    /// Quarter in which it began.
    pub started: u32,
}

/// Why work was done that had been done before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// What existed was not found.
    NotFound = 0,
    /// What existed was not packaged, and adapting it would have cost more than building.
    NotPackaged = 1,
    /// The maker insisted on its own.
    NotInventedHere = 2,
    /// Others were building it at the same time.
    SameTime = 3,
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
    pub duplicated: Option<(f64, Cause)>,
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

/// All problems, by slot; a slot is used again when nothing points to it any more.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    /// By slot.
    pub slots: Vec<Problem>,
    /// Open slots by theme, in order of birth.
    pub open: Vec<Vec<usize>>,
    free: Vec<usize>,
}

impl Problems {
    /// No problems yet, for a number of themes.
    pub fn new(themes: usize) -> Problems {
        Problems { slots: Vec::new(), open: vec![Vec::new(); themes], free: Vec::new() }
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
                needed: CommunitySet::default(),
                solved: CommunitySet::default(),
                solutions: Vec::new(),
                materials: Vec::new(),
                under_way: Vec::new(),
            });
            self.slots.len() - 1
        });
        let problem = &mut self.slots[slot];
        (problem.key, problem.theme, problem.cost, problem.born, problem.salience) = (key, theme, cost, born, salience);
        problem.open = true;
        self.open[theme.index()].push(slot);
        slot
    }

    /// Closes those that arose before a quarter: they do not matter any more.
    pub fn lapse(&mut self, before: u32) {
        for theme in 0..self.open.len() {
            let mut list = std::mem::take(&mut self.open[theme]);
            list.retain(|&slot| {
                let stays = self.slots[slot].born >= before;
                if !stays {
                    self.slots[slot].open = false;
                    self.release(slot);
                }
                stays
            });
            self.open[theme] = list;
        }
    }

    /// Frees a slot to which nothing points any more.
    pub fn release(&mut self, slot: usize) {
        let problem = &mut self.slots[slot];
        if problem.open || problem.users > 0 {
            return;
        }
        problem.needed.clear();
        problem.solved.clear();
        problem.solutions.clear();
        problem.materials.clear();
        problem.under_way.clear();
        self.free.push(slot);
    }
}
