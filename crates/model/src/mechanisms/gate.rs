//! The gate: packaged materials are checked before they are offered for reuse.
//!
//! *Claim.* A check costs work and time and stops some bad materials, and some good ones; how well depends on who checks.
//! Makers think well of their own, peers know the theme, the centre is far from many places and has little time.
//! *Equations.* The gatekeeper sees quality + noise · z, noise = noise · (1 − skilled · E) · (1 + distance · (1 −
//! affinity to where it was made)), makers with favour on top; a material below bar × the mean quality of what the theme
//! has on offer is stopped. A check takes a share of the cost to build out of the gatekeeper's learning time: own of its
//! maker's, peer of the one with the most expertise × (½ + ½ affinity) who has the time this quarter, overseer of the
//! foundation's, and what there is no time for waits. Who is stopped works it over once, in its own learning time, and
//! learns from the gatekeeper: quality + learns × (what the gatekeeper would have made of it − quality), if that is
//! better; stopped again, it stays with its maker. *Counting.* What waits at the gate is still under way for others:
//! a gate does not hide work done twice. Bad or good is by the bar and the true quality. *Source.* Fagan 1976
//! (inspections and their cost); Kruger & Dunning 1999 (the unskilled see less of it).

use crate::catalogue::Off;
use crate::ids::{Key, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::Context;
use crate::parameters;
use crate::policy::levers::Gate;
use crate::random::Decision;
use crate::record::Record;
use crate::state::problem::NOT_OFFERED;
use crate::state::{Actor, State, Step, Submission};
use crate::units::Work;

parameters! {
    /// Checking materials before they are offered for reuse.
    pub struct GateParameters in "gate",
        off Off::Never("it is a lever: at the gate `none` there is none");
    /// Work of a check, as a share of the cost to build.
    work: 0.1, 0.0..=5.0, 0.03..0.25, "share", "assumed; inspections take about a tenth of development (Fagan 1976)";
    /// Quality below which a material is stopped, relative to what its theme has on offer.
    bar: 0.6, 0.0..=2.0, 0.3..0.9, "factor", "assumed";
    /// Noise of who knows nothing of the theme, at no distance: standard deviation.
    noise: 0.15, 0.0..=2.0, 0.05..0.3, "quality", "assumed";
    /// Part of the noise that full expertise removes.
    skilled: 0.7, 0.0..=1.0, 0.3..0.9, "share", "assumed";
    /// How much more noise there is without any affinity.
    distance: 1.0, 0.0..=10.0, 0.3..2.0, "factor", "assumed";
    /// How much better makers think of their own work than it is.
    favour: 0.1, 0.0..=1.0, 0.0..0.2, "quality", "assumed";
    /// Work to work over what was stopped, as a share of the cost to build.
    rework: 0.2, 0.0..=5.0, 0.1..0.4, "share", "assumed";
    /// Part of the way to what its gatekeeper would have made of it that working over brings.
    learns: 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
}

/// Less work than this is none.
const MIN_WORK: f64 = 1e-9;

/// Whether packaged materials are checked at all: a gate needs somebody to keep it.
pub fn stands(cx: &Context, state: &State) -> bool {
    match cx.policy.governance.gate {
        Gate::None => false,
        Gate::Own | Gate::Peer => true,
        Gate::Overseer => state.foundation.is_some(),
    }
}

/// What a desk has just made goes to the gate: the last of its problem's materials. It stays under way for others.
pub fn submit(cx: &Context, state: &mut State, slot: usize, producer: Actor, region: RegionId) {
    let left = state.problems.slots[slot].cost * cx.parameters.gate.work;
    let problem = &mut state.problems.slots[slot];
    problem.at_gate += 1;
    let material = problem.materials.len() - 1;
    problem.materials[material].visible = NOT_OFFERED;
    let since = cx.now.quarter();
    state.gate.push(Submission { problem: slot, material, producer, region, since, step: Step::Check, left });
}

/// Works off what waits at the gate, the longest waiting first. Draws: gate.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    if state.gate.is_empty() {
        return;
    }
    let mut quarter = GateQuarter { usual: vec![None; state.themes.len()], peers: peers(cx, state) };
    let mut queue = std::mem::take(&mut state.gate);
    queue.sort_by_key(|s| (s.since, s.producer.key, state.problems.slots[s.problem].key, s.material));
    queue.retain_mut(|submission| stays(cx, state, record, &mut quarter, submission));
    state.gate = queue;
}

/// What all who check in a quarter have in common.
struct GateQuarter {
    /// Mean quality of what each theme has on offer, once it has been asked for: what leaves the gate now is offered later.
    usual: Vec<Option<f64>>,
    /// Affiliates that may check what others have made, in the order of their ids; nobody where they need not.
    peers: Vec<Peer>,
}

/// An affiliate, as far as all that waits has to look at it.
struct Peer {
    id: OrganisationId,
    key: Key,
    region: RegionId,
    time: Work,
}

fn peers(cx: &Context, state: &State) -> Vec<Peer> {
    if cx.policy.governance.gate != Gate::Peer {
        return Vec::new();
    }
    let peer = |id: OrganisationId| {
        let o = &state.organisations[id];
        Peer { id, key: o.key, region: o.region, time: o.learning }
    };
    state.affiliates().map(peer).collect()
}

impl GateQuarter {
    fn usual(&mut self, cx: &Context, state: &State, theme: ThemeId) -> f64 {
        *self.usual[theme].get_or_insert_with(|| on_offer(cx, state, theme))
    }

    /// Somebody has spent time.
    fn leaves(&mut self, worker: OrganisationId, time: Work) {
        if let Ok(at) = self.peers.binary_search_by_key(&worker, |peer| peer.id) {
            self.peers[at].time = time;
        }
    }

    /// The affiliate, not its maker, that is best placed to check a material among those who have the time; ties go by key.
    fn best_for(&self, state: &State, s: &Submission) -> Option<OrganisationId> {
        let theme = state.problems.slots[s.problem].theme;
        let suited = |peer: &Peer| {
            let known = state.organisations[peer.id].expertise[theme];
            known * (0.5 + 0.5 * state.affinity(peer.region, s.region))
        };
        let free = self.peers.iter().filter(|peer| peer.id != s.producer.organisation && peer.time >= s.left);
        let ranked = free.map(|peer| (suited(peer), peer));
        ranked.reduce(|a, b| if b.0 > a.0 || b.0 == a.0 && b.1.key < a.1.key { b } else { a }).map(|(_, peer)| peer.id)
    }
}

/// Mean quality of what a theme has on offer; 0 if that is nothing.
fn on_offer(cx: &Context, state: &State, theme: ThemeId) -> f64 {
    let open = state.problems.open[theme].iter();
    let materials = open.flat_map(|&slot| &state.problems.slots[slot].materials);
    let seen = materials.filter(|material| material.visible <= cx.now.quarter());
    let (sum, count) = seen.fold((0.0, 0u32), |(sum, count), material| (sum + material.quality, count + 1));
    if count > 0 { sum / f64::from(count) } else { 0.0 }
}

/// Goes on with one submission; whether it is still at the gate afterwards.
fn stays(cx: &Context, state: &mut State, record: &mut Record, quarter: &mut GateQuarter, s: &mut Submission) -> bool {
    if s.since >= cx.now.quarter() {
        return true;
    }
    if !state.problems.slots[s.problem].open {
        leave(cx, state, s, false);
        return false;
    }
    let worker = match s.step {
        Step::Rework { .. } => Some(s.producer.organisation),
        Step::Check | Step::Recheck => keeper(cx, state, quarter, s),
    };
    let Some(worker) = worker.filter(|o| state.organisations[*o].active()) else { return true };
    let o = &mut state.organisations[worker];
    let spent = s.left.min(o.learning).max(Work::ZERO);
    o.learning -= spent;
    quarter.leaves(worker, o.learning);
    s.left -= spent;
    record.movement.gate_work += spent;
    if s.left.0 > MIN_WORK {
        return true;
    }
    match s.step {
        Step::Rework { quality } => {
            state.problems.slots[s.problem].materials[s.material].quality = quality;
            (s.step, s.since) = (Step::Recheck, cx.now.quarter());
            s.left = state.problems.slots[s.problem].cost * cx.parameters.gate.work;
            true
        }
        Step::Check | Step::Recheck => judge(cx, state, record, quarter, s, worker),
    }
}

/// Who checks a material this quarter, if anybody has the time.
fn keeper(cx: &Context, state: &State, quarter: &GateQuarter, s: &Submission) -> Option<OrganisationId> {
    match cx.policy.governance.gate {
        Gate::None => None,
        Gate::Own => Some(s.producer.organisation),
        Gate::Overseer => state.foundation,
        Gate::Peer => quarter.best_for(state, s),
    }
}

/// How far a gatekeeper errs about a material made for a region: standard deviation.
pub fn noise(cx: &Context, state: &State, keeper: OrganisationId, theme: ThemeId, region: RegionId) -> f64 {
    let p = &cx.parameters.gate;
    let o = &state.organisations[keeper];
    let blur = 1.0 + p.distance * (1.0 - state.affinity(o.region, region));
    p.noise * (1.0 - p.skilled * o.expertise[theme]) * blur
}

/// Lets a material pass, or stops it; whether it is still at the gate afterwards.
fn judge(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    quarter: &mut GateQuarter,
    s: &mut Submission,
    keeper: OrganisationId,
) -> bool {
    let p = &cx.parameters.gate;
    let problem = &state.problems.slots[s.problem];
    let (theme, quality) = (problem.theme, problem.materials[s.material].quality);
    let again = matches!(s.step, Step::Recheck);
    let stream = cx.random.decision(Decision::Gate, 0).with(state.organisations[keeper].key);
    let z = stream.with(s.producer.key).entity(problem.key).normal(u32::from(again));
    let favour = if keeper == s.producer.organisation { p.favour } else { 0.0 };
    let seen = quality + favour + noise(cx, state, keeper, theme, s.region) * z;
    let bar = p.bar * quarter.usual(cx, state, theme);
    let (bad, stopped) = (quality < bar, seen < bar);
    record.movement.gate_checked += 1;
    record.movement.gate_stopped += u32::from(stopped);
    record.movement.gate_wronged += u32::from(stopped && !bad);
    record.movement.gate_missed += u32::from(!stopped && bad);
    if !stopped || again {
        record.movement.gate_withdrawn += u32::from(stopped);
        leave(cx, state, s, !stopped);
        return false;
    }
    let shown = state.quality(keeper, theme) - quality;
    let p = &cx.parameters.gate;
    s.step = Step::Rework { quality: (quality + p.learns * shown.max(0.0)).min(1.0) };
    s.left = state.problems.slots[s.problem].cost * p.rework;
    s.since = cx.now.quarter();
    true
}

/// A material leaves the gate: offered from the next quarter on, or kept by its maker.
fn leave(cx: &Context, state: &mut State, s: &Submission, offered: bool) {
    state.problems.end_build(s.problem, s.producer.organisation, s.producer.mandate);
    let visible = cx.now.quarter() + 1;
    let problem = &mut state.problems.slots[s.problem];
    problem.at_gate -= 1;
    let material = &mut problem.materials[s.material];
    if offered {
        material.visible = visible;
    } else {
        material.packaged = false;
    }
    state.problems.release(s.problem);
}

#[cfg(test)]
mod tests;
