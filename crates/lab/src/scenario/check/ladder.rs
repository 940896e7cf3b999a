//! Ladders: their policies, their legs, and the steps on them.

use std::collections::{BTreeMap, BTreeSet};

use crate::scenario::ablation::missing;
use crate::scenario::arm::Setting;
use crate::scenario::catalogue::{LADDER, LEVERS, lever_paths, written};
use crate::scenario::check::consistency::ROUNDING;
use crate::scenario::check::contradiction::reserved;
use crate::scenario::check::{Checker, Given, ResolvedPolicy, Top};
use crate::scenario::diagnostic::{LadderRule, ValueRule};
use crate::scenario::diagnostics::Span;
use crate::scenario::distribution::Uncertain;
use crate::scenario::ladder::{
    Climb, Event, Ladder, LadderScope, LadderStep, Lever, Rungs, Taken, differing, same_world,
};
use crate::scenario::nearest::nearest;
use crate::scenario::resolved::policy;
use crate::scenario::tree::{Node, Table};
use crate::scenario::values::{Draw, ResolvedSection, ResolvedValue};

/// What ladders are read against.
#[derive(Clone, Copy)]
pub(super) struct LadderContext<'a> {
    pub top: &'a Top,
    pub policies: &'a [ResolvedPolicy],
    /// What arms set beside levers, by label.
    pub settings: &'a BTreeMap<String, Vec<Setting>>,
    /// Sorted by key.
    pub uncertain: &'a [Uncertain],
    /// Where the scenario's own text begins, if its ladders must fit its policies: those that it inherits need not, nor those
    /// over policies that the command line changes.
    pub strict: Option<Span>,
}

/// An entry of `[[ladder]]`.
struct Entry<'a> {
    node: &'a Node,
    /// Whether it must fit its policies; else what does not fit is left out, or becomes a step of its own.
    is_strict: bool,
    /// From the first to the last, with their places.
    waypoints: Vec<(&'a ResolvedPolicy, Span)>,
    steps: Vec<GivenStep>,
    replicates: u32,
}

/// A step as it is given.
struct GivenStep {
    name: String,
    span: Span,
    levers: Vec<(Lever, Span)>,
    needs: Vec<(String, Span)>,
}

/// What one ladder has and another may share.
type Made = (Vec<Ladder>, Vec<ResolvedPolicy>);

impl Checker<'_> {
    /// The ladders that run, and the policies of their rungs that are no policies of the scenario.
    pub(super) fn ladders(&mut self, root: &Table, context: LadderContext) -> Made {
        let selected = |policy: &&ResolvedPolicy| context.top.policies.contains(&policy.name);
        let plain = |policy: &&ResolvedPolicy| context.settings.get(&policy.name).is_none_or(Vec::is_empty);
        let mut rungs = Rungs {
            known: context.policies.iter().filter(selected).filter(plain).collect(),
            names: context.policies.iter().map(|policy| policy.name.clone()).collect(),
            uncertain: context.uncertain,
            made: Vec::new(),
        };
        let mut ladders = Vec::new();
        for (index, (node, table)) in self.tables(LADDER.name, root).into_iter().enumerate() {
            let path = format!("{}.{}", LADDER.name, index + 1);
            let Some(entry) = self.ladder_entry(node, (table, &path), context) else { continue };
            let Some(taken) = self.taken(&entry, context) else { continue };
            let ends = [&entry.waypoints[0], &entry.waypoints[entry.waypoints.len() - 1]];
            if !ends.iter().all(|(policy, _)| context.top.policies.contains(&policy.name)) {
                self.idle_ladder(&entry, root);
                continue;
            }
            if context.top.ladders != LadderScope::Nothing {
                let ladder = self.rungs(&entry, &taken, (&mut rungs, context));
                // Said by a scenario and by the one it extends, it is the same ladder.
                if !ladders.contains(&ladder) {
                    ladders.push(ladder);
                }
            }
        }
        (ladders, rungs.made)
    }

    /// An entry with all that it names; none if something is missing, which is reported unless it was removed.
    fn ladder_entry<'a>(
        &mut self,
        node: &'a Node,
        (table, path): (&Table, &str),
        context: LadderContext<'a>,
    ) -> Option<Entry<'a>> {
        let before = self.count();
        let filled = self.fill(&LADDER, Given { table, span: node.span, path, others: &[] });
        if !table.contains_key("steps") && !self.partial {
            self.report(node.span, missing(&LADDER, "steps", "steps = [{ name = \"…\", levers = [\"…\"] }]"));
        }
        let is_strict = context.strict.is_some_and(|own| own.same_file(node.span)) && !self.resolved;
        let given = self.count() == before;
        let waypoints = if given { self.waypoints(node, &filled, context) } else { None };
        let steps = self.given_steps(node, &filled, is_strict);
        let whole = self.count() == before && !self.partial;
        // Whole and within bounds, so the conversion is exact.
        let replicates = filled.number("replicates").unwrap_or(1.0) as u32;
        Some(Entry { node, is_strict, waypoints: waypoints.filter(|_| whole)?, steps, replicates })
    }

    /// The policies of a ladder; none if one is not there.
    fn waypoints<'a>(
        &mut self,
        node: &'a Node,
        filled: &ResolvedSection,
        context: LadderContext<'a>,
    ) -> Option<Vec<(&'a ResolvedPolicy, Span)>> {
        let ends = |key: &'static str| filled.word(key).map(|name| (name.to_owned(), node.span_of(&[key])));
        let through = node.get("through").and_then(Node::list).unwrap_or(&[]).iter();
        let through = through.filter_map(|item| Some((item.text()?.to_owned(), item.span)));
        let names: Vec<(String, Span)> = ends("from").into_iter().chain(through).chain(ends("to")).collect();
        let mut found: Vec<(&ResolvedPolicy, Span)> = Vec::new();
        for (name, span) in &names {
            let policy = context.policies.iter().find(|policy| policy.name == *name && policy.is_valid)?;
            let first = found.first().map(|(first, _)| *first);
            if found.iter().any(|(other, _)| other.name == *name) {
                let (subject, rule) = (format!("\"{name}\""), "a ladder passes each policy once");
                self.report(*span, ValueRule::GivenTwice { subject, rule });
                return None;
            }
            let plain = context.settings.get(name).is_none_or(Vec::is_empty);
            if !plain || first.is_some_and(|first| !same_world(first, policy, context.uncertain)) {
                let from = &names[0].0;
                self.report(*span, LadderRule::MoreThanLevers { arm: name, from });
                return None;
            }
            found.push((policy, *span));
        }
        (found.len() > 1).then_some(found)
    }

    /// The steps as they are given.
    fn given_steps(&mut self, node: &Node, filled: &ResolvedSection, is_strict: bool) -> Vec<GivenStep> {
        let Some(ResolvedValue::Sections(sections)) = filled.field("steps") else { return Vec::new() };
        let nodes = node.get("steps").and_then(Node::list).unwrap_or(&[]);
        let paths = lever_paths();
        let mut steps: Vec<GivenStep> = Vec::new();
        for (node, section) in nodes.iter().zip(sections) {
            let (name, span) = (section.word("name").unwrap_or("").to_owned(), node.span_of(&["name"]));
            if steps.iter().any(|step| step.name == name) {
                let (subject, rule) = (format!("step \"{name}\""), "names of steps are unique in their ladder");
                self.report(span, ValueRule::GivenTwice { subject, rule });
            }
            let texts = |key: &str| node.get(key).and_then(Node::list).unwrap_or(&[]);
            let mut levers = Vec::new();
            for item in texts("levers") {
                let Some(key) = item.text() else { continue };
                match lever(key) {
                    Some(lever) => levers.push((lever, item.span)),
                    None => {
                        let near = nearest(key, paths.iter().map(String::as_str)).map(str::to_owned);
                        self.report(item.span, LadderRule::NotALever { key, near });
                    }
                }
            }
            let mut needs = Vec::new();
            for item in texts("needs") {
                let Some(need) = item.text() else { continue };
                let before = steps.iter().map(|step| step.name.as_str());
                if before.clone().any(|step| step == need) {
                    needs.push((need.to_owned(), item.span));
                } else if is_strict {
                    let violation = LadderRule::NoStepBefore { step: &name, need, near: nearest(need, before) };
                    self.report(item.span, violation);
                }
            }
            steps.push(GivenStep { name, span, levers, needs });
        }
        steps
    }

    /// The steps with the levers that each takes; none if something does not fit, which is reported.
    fn taken<'a>(&mut self, entry: &Entry<'a>, context: LadderContext) -> Option<Vec<Taken<'a>>> {
        let before = self.count();
        let legs: Vec<BTreeSet<Lever>> =
            entry.waypoints.windows(2).map(|ends| differing(ends[0].0, ends[1].0, context.uncertain)).collect();
        for (leg, _) in legs.iter().enumerate().filter(|(_, leg)| leg.is_empty() && entry.is_strict) {
            let [(start, _), (end, span)] = [entry.waypoints[leg], entry.waypoints[leg + 1]];
            self.report(span, LadderRule::SameLevers { arm: &end.name, before: &start.name });
        }
        let given: Vec<Vec<Lever>> =
            entry.steps.iter().map(|step| step.levers.iter().map(|(lever, _)| *lever).collect()).collect();
        let events = if self.count() == before { Climb::up(&legs, &given) } else { Vec::new() };
        let mut steps: Vec<Taken> = Vec::new();
        for event in &events {
            match event {
                Event::Taken { step, leg, levers } => {
                    let given = &entry.steps[*step];
                    let needs = given.needs.iter().filter_map(|(need, _)| steps.iter().position(|of| of.name == *need));
                    let needs = needs.collect();
                    steps.push(on_leg(entry, *leg, given.name.clone(), (levers, needs)));
                }
                Event::Left { leg, levers, .. } if !entry.is_strict => {
                    let name = format!("the rest, to {}", entry.waypoints[leg + 1].0.name);
                    steps.push(on_leg(entry, *leg, name, (levers, Vec::new())));
                }
                event if entry.is_strict => self.misfit(entry, event),
                _ => {}
            }
        }
        mark_last(&mut steps);
        (self.count() == before && !steps.is_empty()).then_some(steps)
    }

    /// Reports what does not fit.
    fn misfit(&mut self, entry: &Entry, event: &Event) {
        let leg = |leg: usize| [entry.waypoints[leg].0.name.as_str(), entry.waypoints[leg + 1].0.name.as_str()];
        match event {
            Event::Left { leg: of, levers, before } => {
                let ([from, to], levers) = (leg(*of), levers.iter().map(|&lever| path(lever)).collect::<Vec<_>>());
                let before = before.map(|step| entry.steps[step].name.as_str());
                let span = entry.node.span_of(&["steps"]);
                self.report(span, LadderRule::LeversLeft { levers: &levers, from, to, before });
            }
            Event::Idle { step, leg: of } => {
                let ([from, to], step) = (leg(*of), &entry.steps[*step]);
                self.report(step.span, LadderRule::StepOfNothing { step: &step.name, from, to });
            }
            Event::Twice { step, lever, first } => {
                let place = entry.steps[*step].levers.iter().find(|(other, _)| other == lever);
                let (span, first) = (place.map_or(entry.node.span, |(_, span)| *span), &entry.steps[*first].name);
                self.report(span, LadderRule::TakenTwice { lever: &path(*lever), first });
            }
            Event::Taken { .. } => {}
        }
    }

    /// The ladder with its rungs.
    fn rungs<'a>(
        &mut self,
        entry: &Entry<'a>,
        taken: &[Taken],
        (rungs, context): (&mut Rungs<'a>, LadderContext),
    ) -> Ladder {
        let names: Vec<&String> = entry.waypoints.iter().map(|(policy, _)| &policy.name).collect();
        // Its own waypoints come first: a rung that is one has its name.
        let known = rungs.known.clone();
        rungs.known = entry.waypoints.iter().map(|(policy, _)| *policy).chain(known.iter().copied()).collect();
        let (before, from) = (rungs.made.len(), entry.waypoints[0].0);
        let contrasts = rungs.contrasts(from, taken, context.top.ladders);
        rungs.known = known;
        for rung in &rungs.made[before..] {
            let step = contrasts.iter().find(|(_, of)| of.arm == rung.name || of.against == rung.name);
            let name = step.map(|(step, _)| &taken[*step].name);
            let given = entry.steps.iter().find(|given| Some(&given.name) == name);
            self.reserves(rung, (given.map_or(entry.node.span, |given| given.span), context));
        }
        let step = |of: &Taken| LadderStep {
            name: of.name.clone(),
            levers: of.levers.iter().map(|&lever| path(lever)).collect(),
            needs: of.needs.iter().map(|&need| taken[need].name.clone()).collect(),
        };
        Ladder {
            from: names[0].clone(),
            through: names[1..names.len() - 1].iter().map(|&name| name.clone()).collect(),
            to: names[names.len() - 1].clone(),
            replicates: entry.replicates,
            steps: taken.iter().map(step).collect(),
            contrasts: contrasts.into_iter().map(|(_, contrast)| contrast).collect(),
        }
    }

    /// Reports a rung that sets aside more than there is, uncertain numbers at their greatest.
    fn reserves(&mut self, rung: &ResolvedPolicy, (span, context): (Span, LadderContext)) {
        let greatest: Vec<f64> = context.uncertain.iter().map(|of| of.distribution.greatest()).collect();
        let drawn = Draw { uncertain: context.uncertain, world: &greatest };
        let Ok(policy) = policy(rung, drawn) else { return };
        let total = |year: u32| reserved(&policy).iter().map(|(_, path)| path.at(year)).sum::<f64>();
        if let Some(year) = (0..=context.top.years).find(|&year| total(year) > 1.0 + ROUNDING) {
            let total = written((total(year) * 1e4).round() / 1e4);
            self.report(span, LadderRule::RungAbovePot { rung: &rung.name, total, year });
        }
    }

    /// Warns of a ladder beside a selection of policies in the same text that leaves out one of its ends.
    fn idle_ladder(&mut self, entry: &Entry, root: &Table) {
        let selection = root.get("policies").is_some_and(|policies| policies.node.span.same_file(entry.node.span));
        if selection && !self.resolved {
            let ends = [&entry.waypoints[0], &entry.waypoints[entry.waypoints.len() - 1]];
            let [from, to] = ends.map(|(policy, _)| policy.name.as_str());
            self.diagnostics.warn(entry.node.span, LadderRule::IdleLadder { from, to });
        }
    }
}

/// A step on a leg.
fn on_leg<'a>(entry: &Entry<'a>, leg: usize, name: String, (levers, needs): (&[Lever], Vec<usize>)) -> Taken<'a> {
    Taken { name, levers: levers.to_vec(), needs, end: entry.waypoints[leg + 1].0, last: false }
}

/// Marks the last step of each leg.
fn mark_last(steps: &mut [Taken]) {
    let ends: Vec<Option<String>> =
        steps.iter().skip(1).map(|step| Some(step.end.name.clone())).chain([None]).collect();
    for (step, next) in steps.iter_mut().zip(ends) {
        step.last = next.is_none_or(|next| next != step.end.name);
    }
}

/// The lever of a path, with or without `policy.` before it.
fn lever(path: &str) -> Option<Lever> {
    let (part, key) = path.strip_prefix("policy.").unwrap_or(path).split_once('.')?;
    let part = LEVERS.iter().position(|section| section.name.strip_prefix("policy.") == Some(part))?;
    Some((part, LEVERS[part].specs.iter().position(|spec| spec.key == key)?))
}

/// The path of a lever.
fn path((part, key): Lever) -> String {
    let section = &LEVERS[part];
    format!("{}.{}", section.name.strip_prefix("policy.").unwrap_or(section.name), section.specs[key].key)
}
