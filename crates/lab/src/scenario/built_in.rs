//! The scenarios that come with the program.

use crate::scenario::catalogue::quoted;

/// A scenario that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// Its name.
    pub name: &'static str,
    /// Its description, in a line.
    pub about: &'static str,
    /// The text of its file.
    pub text: &'static str,
}

impl BuiltIn {
    /// A copy of its file under another name; the first line names the origin.
    pub fn copied(&self, name: &str) -> String {
        let from =
            format!("# A copy of the built-in scenario `{}` of hubsim {}.\n\n", self.name, env!("CARGO_PKG_VERSION"));
        let (old, new) = (format!("\nname = {}\n", quoted(self.name)), format!("\nname = {}\n", quoted(name)));
        from + &self.text.replacen(&old, &new, 1)
    }
}

/// The scenarios that can be run, the default first.
pub static BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        name: "wikimedia-2023",
        about: "The Wikimedia movement of 2023: eight regions, ten themes, affiliates and funds from public figures.",
        text: include_str!("../../../../scenarios/wikimedia-2023.toml"),
    },
    BuiltIn {
        name: "proposal",
        about: "Every claim of the proposal put to the test: wikimedia-2023 under all 37 policies that they compare.",
        text: include_str!("../../../../scenarios/proposal.toml"),
    },
    BuiltIn {
        name: "stress",
        about: "Extreme conditions in the world of wikimedia-2023, and what must follow: no fund, no affiliates, hubs on paper …",
        text: include_str!("../../../../scenarios/stress.toml"),
    },
    BuiltIn {
        name: "wikimedia-2013",
        about: "A hindcast: the grantees of 2013-14 by name, under the policy of that time and two others.",
        text: include_str!("../../../../scenarios/wikimedia-2013.toml"),
    },
    BuiltIn {
        name: "small",
        about: "A small made-up movement that runs in a moment: for a first look and for tests.",
        text: include_str!("../../../../scenarios/small.toml"),
    },
];

/// The parameters and policies that all others extend. It has no regions and cannot be run.
pub static BASE: BuiltIn = BuiltIn {
    name: "base",
    about: "Every parameter with its unit, source and range, and the policies: what the others extend. It cannot be run.",
    text: include_str!("../../../../scenarios/base.toml"),
};

/// A built-in scenario by name, the base included.
pub fn built_in(name: &str) -> Option<&'static BuiltIn> {
    BUILT_IN.iter().chain([&BASE]).find(|built_in| built_in.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_differs_in_its_name_and_says_where_it_is_from() {
        for built_in in BUILT_IN.iter().chain([&BASE]) {
            let copy = built_in.copied("my own");
            let (first, rest) = copy.split_once("\n\n").expect("a line and an empty one");
            assert!(first.contains(&format!("`{}`", built_in.name)), "{first}");
            let differing: Vec<_> = rest.lines().zip(built_in.text.lines()).filter(|(a, b)| a != b).collect();
            let names = ("name = \"my own\"".to_owned(), format!("name = \"{}\"", built_in.name));
            assert_eq!(differing, [(names.0.as_str(), names.1.as_str())]);
            assert_eq!(rest.lines().count(), built_in.text.lines().count());
        }
    }
}
