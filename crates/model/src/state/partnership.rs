//! Partnerships: who works with whom of their own accord, and what that makes of each organisation's circle.

use crate::ids::{Key, OrganisationId, ThemeId};

/// Some organisations that work on a theme together, of their own accord.
#[derive(Clone, Debug)]
pub struct Partnership {
    /// The two who began it, the smaller key first: its draws are addressed by them.
    pub founders: [Key; 2],
    /// What they work on together.
    pub theme: ThemeId,
    /// Who belongs to it, in the order of joining.
    pub members: Vec<OrganisationId>,
    /// Quarter in which it began.
    pub since: u32,
}

/// With whom an organisation works, in partnerships and in consortia.
#[derive(Clone, Debug, Default)]
pub struct Circle {
    /// Its partners, each once.
    pub partners: Vec<OrganisationId>,
    /// Ends of links it keeps for its partnerships: one to each other member of each.
    pub links: u32,
    /// Themes in which it works in a partnership of three or more: one bit each.
    pub joint: u32,
}

/// All partnerships that last, in the order of their beginning, and everybody's circle.
#[derive(Clone, Debug, Default)]
pub struct Partnerships {
    /// Those that last.
    pub list: Vec<Partnership>,
    /// By organisation; who is beyond the end has none.
    pub circles: Vec<Circle>,
}

static ALONE: Circle = Circle { partners: Vec::new(), links: 0, joint: 0 };

impl Partnerships {
    /// With whom an organisation works.
    #[inline]
    pub fn circle(&self, id: OrganisationId) -> &Circle {
        self.circles.get(id.index()).unwrap_or(&ALONE)
    }

    /// Whether two work together.
    #[inline]
    pub fn partners(&self, one: OrganisationId, other: OrganisationId) -> bool {
        self.circle(one).partners.contains(&other)
    }

    /// Forgets everybody's circle, keeping the room, for a number of organisations.
    pub fn open_circles(&mut self, organisations: usize) {
        self.circles.resize_with(organisations, Circle::default);
        for circle in &mut self.circles {
            circle.partners.clear();
            (circle.links, circle.joint) = (0, 0);
        }
    }

    /// Puts two into each other's circle.
    pub fn acquaint(&mut self, one: OrganisationId, other: OrganisationId) {
        for (of, to) in [(one, other), (other, one)] {
            let partners = &mut self.circles[of.index()].partners;
            if !partners.contains(&to) {
                partners.push(to);
            }
        }
    }
}
