//! Rationing: who is looked after where a service point is asked for more than it has work for.

use super::{Helpdesks, ServicePoint};
use crate::ids::MandateId;
use crate::mechanisms::support::request::{Request, state};
use crate::units::Work;

/// Bits of a draw against a chance.
const CHANCE_BITS: u32 = 16;
/// The chance of 1.
const ALWAYS: u32 = 1 << CHANCE_BITS;

/// Chance to be looked after where there is work `left` of what is `asked`, FTE-quarters, in units of 1/[`ALWAYS`].
fn chance(left: f64, asked: f64) -> u32 {
    if left <= 0.0 {
        0
    } else if asked <= left {
        ALWAYS
    } else {
        (left / asked * f64::from(ALWAYS)) as u32
    }
}

/// Work of requests, so many that fail and so many that are solved.
fn work_asked(work: &[f64; 3], [failed, solved]: [u32; 2]) -> f64 {
    f64::from(failed) * work[1] + f64::from(solved) * work[2]
}

/// Whether a request is to be looked after at the hub or the foundation.
#[inline(always)]
fn asks_outside(request: &Request) -> bool {
    let open = state::WENT | state::OUTSIDE_OPEN;
    request.state & (open | state::TO_THEME | state::TO_REGION) == open
}

impl Helpdesks {
    /// Serves the requests: first at the affiliate, then those not helped outside. Each service point looks after all, or
    /// after each with the same chance; an affiliate after its members first. Requests without affiliate, or that are not
    /// served outside, go through the same steps with flags of 0.
    pub(in crate::mechanisms::support) fn serve(&mut self, requests: &mut [Request]) {
        let bit = |holds: bool, bit: u16| bit * u16::from(holds);
        let mut asked = vec![[[0u32; 2]; 3]; self.home.len()];
        for request in &*requests {
            let able = usize::from(request.state & state::HOME_ABLE != 0);
            asked[usize::from(request.home)][request.rank()][able] += 1;
        }
        let (mut chances, work) = (Vec::with_capacity(asked.len()), self.work);
        for ((&left, asked), all) in self.home.iter().zip(asked).zip(&mut self.home_asked) {
            let [own, walkers, guests] = asked.map(|asked| work_asked(&work, asked));
            // Of the calls of others only those are admitted for which it sets work aside.
            *all = own + walkers + guests * self.open_doors;
            let after_own = left - own;
            let open = (after_own - walkers).min(after_own * self.open_doors);
            chances.push([chance(left, own), chance(after_own, walkers), chance(open, guests)]);
        }
        let mut asked = vec![[0u32; 2]; self.left.len()];
        for request in &mut *requests {
            let home = usize::from(request.home);
            let chance = chances[home][request.rank()];
            let at_home = request.turn >> CHANCE_BITS < chance;
            let helped = at_home & (request.state & state::HOME_ABLE != 0);
            request.state |= bit(at_home, state::AT_HOME)
                | bit(helped, state::HELPED_AT_HOME)
                | bit(!helped, state::WENT)
                | bit(self.home[home] != 0.0, state::ANSWERED);
            let able = usize::from(request.state & state::OUTSIDE_ABLE != 0);
            asked[usize::from(request.outside)][able] += u32::from(asks_outside(request));
        }
        let mut chances = Vec::with_capacity(asked.len());
        for ((&left, asked), all) in self.left.iter().zip(asked).zip(&mut self.left_asked) {
            *all = work_asked(&work, asked);
            chances.push(chance(left, *all));
        }
        for request in requests {
            let there = usize::from(request.outside);
            let looked_after = asks_outside(request) & (request.turn & (ALWAYS - 1) < chances[there]);
            let helped = looked_after & (request.state & state::OUTSIDE_ABLE != 0);
            let answered = (request.state & state::WENT != 0) & (self.left[there] != 0.0);
            request.state |=
                bit(looked_after, state::OUTSIDE) | bit(helped, state::HELPED_OUTSIDE) | bit(answered, state::ANSWERED);
        }
    }

    /// Whether anybody works at a hub this quarter: it has some work, or owes some.
    pub(in crate::mechanisms::support) fn is_open(&self, hub: MandateId) -> bool {
        self.left[self.hubs.partition_point(|&other| other < hub) + 1] != 0.0
    }

    /// Work that a service point was asked for this quarter, and whether that was more than it had.
    pub(in crate::mechanisms::support) fn asked(&self, at: ServicePoint) -> (Work, bool) {
        let outside = |place: usize| (self.left_asked[place], self.left[place]);
        let (asked, had) = match at {
            ServicePoint::Organisation(o) if Some(o) == self.foundation => outside(usize::from(self.foundation())),
            ServicePoint::Organisation(o) => (self.home_asked[o.index()], self.home[o.index()]),
            ServicePoint::Hub(m) => outside(self.hubs.partition_point(|&hub| hub < m) + 1),
        };
        (Work(asked), asked > had)
    }
}
