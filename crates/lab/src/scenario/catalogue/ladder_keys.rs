//! The keys of `[[ladder]]` and of its steps.

use hubsim_model::catalogue::{Absent, Kind, Section};

use super::count;
use super::own_keys::{MAX_REPLICATES, own};

/// Replicates of a ladder where it does not say: enough for the signs of large steps.
const LADDER_REPLICATES: f64 = 40.0;

/// Ladders: a bundle step by step.
pub const LADDER: Section = Section {
    name: "ladder",
    meaning: "The steps that lead from one policy to another, so that a bundle is never shown without what each of its parts \
              brings. Between two of its waypoints lies a leg: a step belongs to the current leg as long as some lever of that \
              leg is not taken yet, and takes the values that its levers have at the end of the leg. It runs where `policies` \
              holds both ends.",
    off: None,
    specs: &[
        own("from", Kind::Reference { to: "policy", required: true }, "-", "The policy where it begins."),
        own(
            "through",
            Kind::References { to: "policy", least: 0, most: None, absent: "none: one leg" },
            "-",
            "Policies that it passes on the way, in this order: there, the trial is that policy's, bit for bit.",
        ),
        own("to", Kind::Reference { to: "policy", required: true }, "-", "The policy where it ends."),
        own(
            "replicates",
            count(LADDER_REPLICATES, MAX_REPLICATES as f64),
            "trials",
            "Trials of each of its rungs, at most as many as the run has of each policy: replicate by replicate the same worlds.",
        ),
        own(
            "steps",
            Kind::Entries { section: &STEP, absent: "none: it must be given" },
            "-",
            "The steps, in this order. Every lever that differs between the ends of a leg is in one step of that leg.",
        ),
    ],
};

/// A step of a ladder.
pub const STEP: Section = Section {
    name: "ladder.steps",
    meaning: "A step of a ladder: levers that change together.",
    off: None,
    specs: &[
        own("name", Kind::Line(Absent::Required), "-", "What tables call it, unique in its ladder."),
        own(
            "levers",
            Kind::Names { of: "levers", least: 1 },
            "-",
            "The levers that it takes, such as `hubs.spread`. Those that do not differ on its leg stay as they are.",
        ),
        own(
            "needs",
            Kind::Names { of: "steps", least: 0 },
            "-",
            "Steps before it without which it has no effect, such as titles for reviews: alone it is taken with them, and \
             where one of them is left out, so is it.",
        ),
    ],
};
