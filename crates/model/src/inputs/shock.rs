//! Shocks with a date, as a scenario states them.

use crate::catalogue::{Kind, Section};
use crate::inputs::{fact, number, whole};

pub use crate::shock::Shock;

/// Catalogue of `[[shock]]`.
pub const SHOCK: Section = Section {
    name: "shock",
    meaning: "A shock with a date: to a funder's pot, a region's affinity to others, the need for a theme, the \
              money of hubs, or the foundation's budget. In a policy (`[[policy.shock]]`) or an arm (`[[arm.shock]]`) it \
              occurs there only.",
    off: None,
    specs: &[
        fact("year", whole(None, (1.0, 500.0), (1.0, 20.0)), "year", "Year in which it begins."),
        fact("years", whole(Some(1.0), (1.0, 500.0), (1.0, 5.0)), "years", "Number of years that it lasts."),
        fact("funder", Kind::Reference { to: "funder", required: false }, "-", "The funder whose pot it changes."),
        fact("pot", number(Some(1.0), (0.0, 100.0), (0.3, 1.5)), "factor", "Factor on the pot in those years."),
        fact(
            "region",
            Kind::Reference { to: "region", required: false },
            "-",
            "The region that it cuts off from others.",
        ),
        fact(
            "affinity",
            number(Some(1.0), (0.0, 1.0), (0.2, 1.0)),
            "factor",
            "Factor on the affinity of that region to all others in those years.",
        ),
        fact("theme", Kind::Reference { to: "theme", required: false }, "-", "The theme whose need it changes."),
        fact(
            "need",
            number(Some(1.0), (0.0, 100.0), (0.5, 3.0)),
            "factor",
            "Factor on the need for that theme in those years.",
        ),
        fact(
            "hubs",
            number(Some(1.0), (0.0, 1.0), (0.0, 1.0)),
            "factor",
            "Factor on the hubs' money from the pots in those years, except money promised before; 0 interrupts it.",
        ),
        fact(
            "foundation",
            number(Some(1.0), (0.0, 100.0), (0.5, 2.0)),
            "factor",
            "Factor on the foundation's movement budget in those years, what it handed over to hubs included.",
        ),
    ],
};
