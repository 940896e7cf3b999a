//! The gate: packaged materials are checked before they are offered for reuse.
//!
//! *Claim.* A check costs work and time, and stops some bad materials and some good ones; how well it does depends on
//! the checker. Producers overrate their own work; peers know the theme; the foundation is far from many regions and
//! has little time.
//!
//! *Equations.* For a material of a theme that was made for a region:
//!
//! ```text
//! noise   = noise · (1 − skilled · expertise of the checker) · (1 + distance · (1 − affinity of the two regions))
//! seen    = quality + noise · z (+ favour, if the checker is the producer)
//! stopped   if seen < bar · mean quality of the materials that the theme has on offer
//! check   = work · cost to build                       from the checker's learning time
//! rework  = rework · cost to build                     from the producer's learning time, once; a hub's own
//! quality after rework = quality + learns · max(0, quality of the checker's own work − quality)
//! ```
//!
//! The checker is the producer (`own`); the affiliate with the highest expertise · (½ + ½ · affinity) among those with
//! enough learning time left this quarter (`peer`); or the foundation (`overseer`). A material waits until there is
//! time for its check. A material that is stopped a second time stays with its producer.
//!
//! *Counting.* A material at the gate is still under way for others, so that a gate does not hide duplicated work. A
//! material is bad if its true quality is below the bar.
//!
//! *Source.* Fagan 1976 (inspections and their cost); Kruger & Dunning 1999 (people of little skill judge worse).
//! *Draws.* Gate. *Off.* The lever `governance.gate` at `none`.

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
    /// Work of a check, as a share of the cost to build the material.
    work: f64 = 0.1, 0.0..=5.0, 0.03..0.25, "share", "assumed; inspections take about a tenth of development (Fagan 1976)";
    /// Quality below which a material is stopped, relative to the mean of what its theme has on offer.
    bar: f64 = 0.6, 0.0..=2.0, 0.3..0.9, "factor", "assumed";
    /// Error of a checker without expertise in the theme and at full affinity: standard deviation.
    noise: f64 = 0.15, 0.0..=2.0, 0.05..0.3, "quality", "assumed";
    /// Part of the error that full expertise removes.
    skilled: f64 = 0.7, 0.0..=1.0, 0.3..0.9, "share", "assumed";
    /// Additional error at no affinity, relative to the error at full affinity.
    distance: f64 = 1.0, 0.0..=10.0, 0.3..2.0, "factor", "assumed";
    /// Quality that producers add when they judge their own work.
    favour: f64 = 0.1, 0.0..=1.0, 0.0..0.2, "quality", "assumed";
    /// Work of reworking a material that was stopped, as a share of the cost to build it.
    rework: f64 = 0.2, 0.0..=5.0, 0.1..0.4, "share", "assumed";
    /// Part of the gap to the quality of the checker's own work that rework closes.
    learns: f64 = 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
}

/// Work below which a step counts as finished, FTE-quarters: rounding may leave less.
const MIN_WORK: f64 = 1e-9;
/// Suitability of a peer without affinity to the material's region, relative to one of full affinity; assumed.
const SUITABILITY_WITHOUT_AFFINITY: f64 = 0.5;

/// Whether a material stays at the gate after a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stay {
    AtGate,
    Left,
}

/// How a material leaves the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// It is offered to others from the next quarter on.
    Offered,
    /// Its producer keeps it.
    Kept,
}

/// Whether packaged materials are checked: the policy has a gate, and there is an organisation that can check.
pub fn is_active(cx: &Context, state: &State) -> bool {
    match cx.policy.governance.gate {
        Gate::None => false,
        Gate::Own | Gate::Peer => true,
        Gate::Overseer => state.foundation.is_some(),
    }
}

/// Submits the last of a problem's materials to the gate. It stays under way for others.
pub fn submit(cx: &Context, state: &mut State, slot: usize, producer: Actor, region: RegionId) {
    let left = state.problems.slots[slot].cost * cx.parameters.gate.work;
    let problem = &mut state.problems.slots[slot];
    problem.at_gate += 1;
    let material = problem.materials.len() - 1;
    problem.materials[material].visible = NOT_OFFERED;
    let since = cx.now.quarter();
    state.gate.push(Submission { problem: slot, material, producer, region, since, step: Step::Check, left });
}

/// Works on the submissions at the gate, the longest waiting first. Draws: Gate.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    if state.gate.is_empty() {
        return;
    }
    let mut quarter = QuarterOfChecks { mean_quality: vec![None; state.themes.len()], peers: peers(cx, state) };
    let mut queue = std::mem::take(&mut state.gate);
    queue.sort_by_key(|s| (s.since, s.producer.key, state.problems.slots[s.problem].key, s.material));
    queue.retain_mut(|submission| process(cx, state, record, &mut quarter, submission) == Stay::AtGate);
    state.gate = queue;
}

/// Values that all checks of a quarter share.
struct QuarterOfChecks {
    /// Mean quality of the materials that each theme has on offer, computed when it is first needed. Materials that
    /// leave the gate in this quarter are offered later, so it does not change.
    mean_quality: Vec<Option<f64>>,
    /// Affiliates that may check materials of others, in the order of their ids; empty unless peers check.
    peers: Vec<Peer>,
}

/// The values of an affiliate that the choice of a checker reads. A compact copy: the choice goes through all
/// affiliates for each submission.
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
        let affiliate = &state.organisations[id];
        Peer { id, key: affiliate.key, region: affiliate.region, time: affiliate.learning }
    };
    state.affiliates().map(peer).collect()
}

impl QuarterOfChecks {
    fn finished_check(
        &mut self,
        cx: &Context,
        state: &State,
        submission: &Submission,
        checker: OrganisationId,
    ) -> FinishedCheck {
        let theme = state.problems.slots[submission.problem].theme;
        let mean = *self.mean_quality[theme].get_or_insert_with(|| mean_quality_on_offer(cx, state, theme));
        FinishedCheck { checker, bar: cx.parameters.gate.bar * mean }
    }

    /// Notes the learning time that a worker has left.
    fn set_time(&mut self, worker: OrganisationId, time: Work) {
        if let Ok(position) = self.peers.binary_search_by_key(&worker, |peer| peer.id) {
            self.peers[position].time = time;
        }
    }

    /// The most suitable affiliate for a check, except the producer, among those with enough time; ties by key.
    fn best_peer(&self, state: &State, submission: &Submission) -> Option<OrganisationId> {
        let theme = state.problems.slots[submission.problem].theme;
        let suitability = |peer: &Peer| {
            let expertise = state.organisations[peer.id].expertise[theme];
            let affinity = state.affinity(peer.region, submission.region);
            expertise * (SUITABILITY_WITHOUT_AFFINITY + (1.0 - SUITABILITY_WITHOUT_AFFINITY) * affinity)
        };
        let producer = submission.producer.organisation;
        let available = self.peers.iter().filter(|peer| peer.id != producer && peer.time >= submission.left);
        let ranked = available.map(|peer| (suitability(peer), peer));
        ranked.reduce(|a, b| if b.0 > a.0 || b.0 == a.0 && b.1.key < a.1.key { b } else { a }).map(|(_, peer)| peer.id)
    }
}

/// Mean quality of the materials that a theme has on offer; 0 without any.
fn mean_quality_on_offer(cx: &Context, state: &State, theme: ThemeId) -> f64 {
    let open = state.problems.open[theme].iter();
    let materials = open.flat_map(|&slot| &state.problems.slots[slot].materials);
    let offered = materials.filter(|material| material.visible <= cx.now.quarter());
    let (sum, count) = offered.fold((0.0, 0u32), |(sum, count), material| (sum + material.quality, count + 1));
    if count > 0 { sum / f64::from(count) } else { 0.0 }
}

/// Works on a submission for a quarter.
fn process(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    quarter: &mut QuarterOfChecks,
    submission: &mut Submission,
) -> Stay {
    // A material that came this quarter is checked from the next one on.
    if submission.since >= cx.now.quarter() {
        return Stay::AtGate;
    }
    if !state.problems.slots[submission.problem].open {
        return leave(cx, state, submission, Exit::Kept);
    }
    let worker = match submission.step {
        Step::Rework { .. } => Some(submission.producer.organisation),
        Step::Check | Step::Recheck => checker(cx, state, quarter, submission),
    };
    let Some(worker) = worker.filter(|o| state.organisations[*o].active()) else { return Stay::AtGate };
    // What a hub made it checks and reworks in its own time, not in its holder's.
    let own = worker == submission.producer.organisation;
    let hub = submission.producer.mandate.filter(|&mandate| own && state.mandates[mandate].alive());
    let time = match hub {
        Some(mandate) => &mut state.mandates[mandate].learning,
        None => &mut state.organisations[worker].learning,
    };
    let spent = submission.left.min(*time).max(Work::ZERO);
    *time -= spent;
    if hub.is_none() {
        quarter.set_time(worker, state.organisations[worker].learning);
    }
    submission.left -= spent;
    record.movement.gate_work += spent;
    if submission.left.0 > MIN_WORK {
        return Stay::AtGate;
    }
    match submission.step {
        Step::Rework { quality } => {
            state.problems.slots[submission.problem].materials[submission.material].quality = quality;
            (submission.step, submission.since) = (Step::Recheck, cx.now.quarter());
            submission.left = state.problems.slots[submission.problem].cost * cx.parameters.gate.work;
            Stay::AtGate
        }
        Step::Check | Step::Recheck => {
            let check = quarter.finished_check(cx, state, submission, worker);
            judge(cx, state, record, submission, check)
        }
    }
}

/// The organisation that checks a material this quarter; none if no peer has the time.
fn checker(cx: &Context, state: &State, quarter: &QuarterOfChecks, submission: &Submission) -> Option<OrganisationId> {
    match cx.policy.governance.gate {
        Gate::None => None,
        Gate::Own => Some(submission.producer.organisation),
        Gate::Overseer => state.foundation,
        Gate::Peer => quarter.best_peer(state, submission),
    }
}

/// Error of a checker about a material of a theme that was made for a region: standard deviation.
pub fn check_noise(cx: &Context, state: &State, checker: OrganisationId, theme: ThemeId, region: RegionId) -> f64 {
    let parameters = &cx.parameters.gate;
    let checker = &state.organisations[checker];
    let by_distance = 1.0 + parameters.distance * (1.0 - state.affinity(checker.region, region));
    parameters.noise * (1.0 - parameters.skilled * checker.expertise[theme]) * by_distance
}

/// A finished check.
#[derive(Clone, Copy, Debug)]
struct FinishedCheck {
    checker: OrganisationId,
    /// Quality below which the material is stopped.
    bar: f64,
}

/// Lets a material pass, or stops it.
fn judge(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    submission: &mut Submission,
    FinishedCheck { checker, bar }: FinishedCheck,
) -> Stay {
    let parameters = &cx.parameters.gate;
    let problem = &state.problems.slots[submission.problem];
    let (theme, quality) = (problem.theme, problem.materials[submission.material].quality);
    let again = matches!(submission.step, Step::Recheck);
    let stream = cx.random.decision(Decision::Gate, 0).with(state.organisations[checker].key);
    let z = stream.with(submission.producer.key).entity(problem.key).normal(u32::from(again));
    let favour = if checker == submission.producer.organisation { parameters.favour } else { 0.0 };
    let seen = quality + favour + check_noise(cx, state, checker, theme, submission.region) * z;
    let (bad, stopped) = (quality < bar, seen < bar);
    record.movement.gate_checked += 1;
    record.movement.gate_stopped += u32::from(stopped);
    record.movement.gate_wronged += u32::from(stopped && !bad);
    record.movement.gate_missed += u32::from(!stopped && bad);
    if !stopped || again {
        record.movement.gate_withdrawn += u32::from(stopped);
        return leave(cx, state, submission, if stopped { Exit::Kept } else { Exit::Offered });
    }
    let gap = state.quality(checker, theme) - quality;
    submission.step = Step::Rework { quality: (quality + parameters.learns * gap.max(0.0)).min(1.0) };
    submission.left = state.problems.slots[submission.problem].cost * parameters.rework;
    submission.since = cx.now.quarter();
    Stay::AtGate
}

/// Ends a material's time at the gate: it is offered from the next quarter on, or its producer keeps it.
fn leave(cx: &Context, state: &mut State, submission: &Submission, exit: Exit) -> Stay {
    state.problems.end_build(submission.problem, submission.producer.organisation, submission.producer.mandate);
    let visible = cx.now.quarter() + 1;
    let problem = &mut state.problems.slots[submission.problem];
    problem.at_gate -= 1;
    let material = &mut problem.materials[submission.material];
    match exit {
        Exit::Offered => material.visible = visible,
        Exit::Kept => material.packaged = false,
    }
    state.problems.release(submission.problem);
    Stay::Left
}

#[cfg(test)]
mod tests;
