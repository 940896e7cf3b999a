//! The levers of governance: who decides, who looks after whom, who may raise money.

use serde::{Deserialize, Serialize};

use super::{BASE, lever, number, path};
use crate::catalogue::{Kind, Path, Section};

/// Who creates, reviews and ends mandates, and stops what has gone astray.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// The central foundation.
    Foundation,
    /// A council of the foundation and of affiliates that are elected by all.
    Council,
    /// A vote of the affiliates.
    Affiliates,
    /// A vote of the volunteers.
    Volunteers,
    /// A panel drawn by lot from affiliates and volunteers, and informed.
    Panel,
}

/// Names of [`Body`] as scenario files write them.
pub const BODIES: &[&str] = &["foundation", "council", "affiliates", "volunteers", "panel"];

/// Who checks a material before it is offered for reuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// Nobody.
    None,
    /// Its own maker.
    Own,
    /// Another organisation that knows the theme.
    Peer,
    /// The centre.
    Overseer,
}

/// Who may ask the public for money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fundraising {
    /// Everybody.
    All,
    /// Chapters and thematic organisations.
    Chapters,
    /// The foundation only: what others would have raised goes into the common pot.
    Foundation,
}

/// How the movement is governed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GovernanceLevers {
    /// Who decides about mandates.
    pub body: Body,
    /// How far peers see lobbying and conduct, 0 to 1.
    pub accountability: f64,
    /// How far the centre sees money and output, 0 to 1.
    pub oversight: f64,
    /// Who checks materials before they are offered for reuse.
    pub gate: Gate,
    /// Years between scans for unnoticed themes; 0 is none.
    pub scanning_years: f64,
    /// Who may raise money.
    pub fundraising: Fundraising,
    /// Share of own income that is paid into the common pot.
    pub paid_in: Path,
}

impl Default for GovernanceLevers {
    fn default() -> Self {
        GovernanceLevers {
            body: Body::Foundation,
            accountability: 0.0,
            oversight: 0.0,
            gate: Gate::None,
            scanning_years: 0.0,
            fundraising: Fundraising::All,
            paid_in: 0.0.into(),
        }
    }
}

impl GovernanceLevers {
    /// The catalogue entries of `governance = { … }` in a policy.
    pub const SECTION: Section = Section {
        name: "policy.governance",
        meaning: "Who decides about mandates, who looks after whom, who may raise money.",
        off: None,
        specs: &[
            lever(
                "body",
                Kind::Choice { options: BODIES, default: "foundation" },
                "-",
                BASE,
                "Who creates, reviews and ends mandates and stops what has gone astray: the foundation, a council, a \
                 vote of the affiliates or of the volunteers, or a panel drawn by lot.",
            ),
            lever(
                "accountability",
                number(0.0, (0.0, 1.0), (0.0, 1.0), false),
                "share",
                "0",
                "Mutual accountability: how far peers see lobbying and conduct, which makes both dearer; it costs work.",
            ),
            lever(
                "oversight",
                number(0.0, (0.0, 1.0), (0.0, 1.0), false),
                "share",
                "0",
                "How far the centre sees money and output of those who get much; it costs work.",
            ),
            lever(
                "gate",
                Kind::Choice { options: &["none", "own", "peer", "overseer"], default: "none" },
                "-",
                "none",
                "Who checks a material before it is offered for reuse: nobody, its maker, a peer, or the centre; it \
                 costs work and time, and stops some bad ones.",
            ),
            lever(
                "scanning_years",
                number(0.0, (0.0, 50.0), (0.0, 5.0), true),
                "years",
                "0",
                "Years between scans for themes that somebody needs and nobody serves; 0 is none.",
            ),
            lever(
                "fundraising",
                Kind::Choice { options: &["all", "chapters", "foundation"], default: "all" },
                "-",
                BASE,
                "Who may ask the public for money: all, chapters and thematic organisations, or only the foundation; \
                 what the others would have raised goes into the common pot.",
            ),
            lever(
                "paid_in",
                path(0.0, (0.0, 1.0), (0.0, 0.5), false),
                "share of own income",
                "0",
                "Share of own income that those who raise it pay into the common pot.",
            ),
        ],
    };
}
