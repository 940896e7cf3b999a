//! The scenarios that come with the program.

/// A scenario that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// What it is called.
    pub name: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    /// Its file.
    pub text: &'static str,
}

/// The scenarios that can be run, the default first.
pub static BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        name: "wikimedia-2023",
        about: "The Wikimedia movement of 2023: eight regions, ten themes, affiliates and funds from public figures.",
        text: include_str!("../../scenarios/wikimedia-2023.toml"),
    },
    BuiltIn {
        name: "proposal",
        about: "Every claim of the proposal put to the test: wikimedia-2023 under all 37 policies that they compare.",
        text: include_str!("../../scenarios/proposal.toml"),
    },
    BuiltIn {
        name: "wikimedia-2013",
        about: "A hindcast: the grantees of 2013-14 by name, under the policy of that time and two others.",
        text: include_str!("../../scenarios/wikimedia-2013.toml"),
    },
    BuiltIn {
        name: "small",
        about: "A small made-up movement that runs in a moment: for a first look and for tests.",
        text: include_str!("../../scenarios/small.toml"),
    },
];

/// The parameters that the others extend. It has no regions, so it cannot be run.
pub static BASE: BuiltIn = BuiltIn {
    name: "base",
    about: "Every parameter with its unit, source and range: what the other scenarios extend.",
    text: include_str!("../../scenarios/base.toml"),
};

/// A built-in scenario by name, the base included.
pub fn built_in(name: &str) -> Option<&'static BuiltIn> {
    BUILT_IN.iter().chain([&BASE]).find(|built_in| built_in.name == name)
}
