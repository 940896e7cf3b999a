//! Which leg a step belongs to, and which of its levers it takes there.

use std::collections::{BTreeMap, BTreeSet};

/// A lever: its part among [`LEVERS`](crate::scenario::catalogue::LEVERS), and its place there.
pub(in crate::scenario) type Lever = (usize, usize);

/// What happens on the way up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::scenario) enum Event {
    /// A step takes levers on a leg.
    Taken { step: usize, leg: usize, levers: Vec<Lever> },
    /// A leg ends although no step takes these levers; the step after it, if there is one.
    Left { leg: usize, levers: Vec<Lever>, before: Option<usize> },
    /// None of a step's levers differs on the leg.
    Idle { step: usize, leg: usize },
    /// A lever is taken by an earlier step of the leg.
    Twice { step: usize, lever: Lever, first: usize },
}

/// The way up: the levers that differ on each leg, of which there is at least one.
pub(in crate::scenario) struct Climb<'a> {
    legs: &'a [BTreeSet<Lever>],
    leg: usize,
    /// The levers of the leg that no step has taken.
    open: BTreeSet<Lever>,
    /// The steps that took the others.
    taken: BTreeMap<Lever, usize>,
    events: Vec<Event>,
}

impl<'a> Climb<'a> {
    /// Goes up all steps, each given by its levers. A step belongs to the current leg as long as a lever of that leg is open.
    pub fn up(legs: &'a [BTreeSet<Lever>], steps: &[Vec<Lever>]) -> Vec<Event> {
        let open = legs.first().cloned().unwrap_or_default();
        let mut climb = Climb { legs, leg: 0, open, taken: BTreeMap::new(), events: Vec::new() };
        for (step, levers) in steps.iter().enumerate() {
            climb.step(step, levers);
        }
        while climb.leg < legs.len() {
            climb.next_leg(None);
        }
        climb.events
    }

    fn step(&mut self, step: usize, levers: &[Lever]) {
        if self.open.is_empty() && self.leg + 1 < self.legs.len() {
            self.next_leg(Some(step));
        }
        if !levers.iter().any(|lever| self.open.contains(lever)) {
            // It is a step of a later leg if its levers differ there.
            let later =
                (self.leg + 1..self.legs.len()).find(|&leg| levers.iter().any(|of| self.legs[leg].contains(of)));
            while later.is_some_and(|later| self.leg < later) {
                self.next_leg(Some(step));
            }
        }
        for &lever in levers {
            if let Some(&first) = self.taken.get(&lever) {
                self.events.push(Event::Twice { step, lever, first });
            }
        }
        let taken: Vec<Lever> = levers.iter().copied().filter(|lever| self.open.remove(lever)).collect();
        if taken.is_empty() {
            if !levers.iter().any(|lever| self.taken.contains_key(lever)) {
                self.events.push(Event::Idle { step, leg: self.leg });
            }
            return;
        }
        self.taken.extend(taken.iter().map(|&lever| (lever, step)));
        self.events.push(Event::Taken { step, leg: self.leg, levers: taken });
    }

    fn next_leg(&mut self, before: Option<usize>) {
        let levers: Vec<Lever> = std::mem::take(&mut self.open).into_iter().collect();
        if !levers.is_empty() {
            self.events.push(Event::Left { leg: self.leg, levers, before });
        }
        self.taken.clear();
        self.leg += 1;
        self.open = self.legs.get(self.leg).cloned().unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Lever = (0, 0);
    const B: Lever = (0, 1);
    const C: Lever = (1, 0);

    fn up(legs: &[&[Lever]], steps: &[&[Lever]]) -> Vec<Event> {
        let legs: Vec<BTreeSet<Lever>> = legs.iter().map(|leg| leg.iter().copied().collect()).collect();
        Climb::up(&legs, &steps.iter().map(|step| step.to_vec()).collect::<Vec<_>>())
    }

    fn taken(step: usize, leg: usize, levers: &[Lever]) -> Event {
        Event::Taken { step, leg, levers: levers.to_vec() }
    }

    #[test]
    fn a_step_belongs_to_the_leg_that_is_not_finished() {
        // A goes up on the first leg and back on the second one.
        assert_eq!(
            up(&[&[A, B], &[A, C]], &[&[B], &[A], &[A, C]]),
            [taken(0, 0, &[B]), taken(1, 0, &[A]), taken(2, 1, &[A, C])]
        );
        // A lever that does not differ here stays open for a later leg.
        assert_eq!(up(&[&[A], &[C]], &[&[A, C], &[C]]), [taken(0, 0, &[A]), taken(1, 1, &[C])]);
    }

    #[test]
    fn what_is_left_idle_or_taken_twice_is_found() {
        let left = |leg, levers: &[Lever], before| Event::Left { leg, levers: levers.to_vec(), before };
        assert_eq!(up(&[&[A, B], &[C]], &[&[A], &[C]]), [taken(0, 0, &[A]), left(0, &[B], Some(1)), taken(1, 1, &[C])]);
        assert_eq!(up(&[&[A], &[B], &[C]], &[&[A]]), [taken(0, 0, &[A]), left(1, &[B], None), left(2, &[C], None)]);
        assert_eq!(
            up(&[&[A, B]], &[&[A], &[C], &[A], &[A, B]]),
            [
                taken(0, 0, &[A]),
                Event::Idle { step: 1, leg: 0 },
                Event::Twice { step: 2, lever: A, first: 0 },
                Event::Twice { step: 3, lever: A, first: 0 },
                taken(3, 0, &[B]),
            ]
        );
        // After the last lever of the last leg a further step is idle.
        assert_eq!(up(&[&[A]], &[&[A], &[B]]), [taken(0, 0, &[A]), Event::Idle { step: 1, leg: 0 }]);
    }
}
