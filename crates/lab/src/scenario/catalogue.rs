//! Every key of a scenario in one list, and the parameters file that is written from it.

mod base_parameters;
mod ladder_keys;
pub(super) mod own_keys;

use crate::scenario::claim::keys::{CLAIM, PART};
use crate::scenario::nearest::nearest;
use hubsim_model::catalogue::{Kind, Number, Section, Spec};
use hubsim_model::inputs::{ENTITIES, WORLD};
use hubsim_model::mechanisms::SECTIONS;
use hubsim_model::policy::levers::{GovernanceLevers, GrantLevers, HubLevers};

pub use base_parameters::base_parameters;
pub use ladder_keys::{LADDER, STEP};
use own_keys::own;
pub use own_keys::{MAX_REPLICATES, MAX_YEARS};

/// The parts of a policy.
pub const LEVERS: &[Section] = &[GrantLevers::SECTION, HubLevers::SECTION, GovernanceLevers::SECTION];

const fn count(default: f64, most: f64) -> Kind {
    Kind::Constant(Number { default: Some(default), bounds: (1.0, most), range: (1.0, most), whole: true })
}

const NAME: Spec = own("name", Kind::Text, "-", "Its name, unique in its list.");

/// The scenario's own keys, beside the world's.
pub const SCENARIO: Section = Section {
    name: "",
    meaning: "The scenario itself: its name, the scenario that it extends, and how much of it is run.",
    off: None,
    specs: &[
        own("name", Kind::Text, "-", "The scenario's name; it becomes the name of a folder. Must be given."),
        own("description", Kind::Text, "-", "What the scenario is about, in a sentence or two."),
        own(
            "extends",
            Kind::Text,
            "-",
            "The scenario it differs from: a built-in name, or a path relative to the file.",
        ),
        own("years", count(20.0, MAX_YEARS as f64), "years", "Years that a trial simulates."),
        own("seed", Kind::Seed { default: 1 }, "-", "It determines all random numbers."),
        own(
            "replicates",
            count(100.0, MAX_REPLICATES as f64),
            "trials",
            "Trials of each policy, each with random numbers of its own.",
        ),
        own(
            "replicates_per_world",
            count(2.0, MAX_REPLICATES as f64),
            "trials",
            "Trials of each policy in one world: they share the uncertain numbers and differ by chance. With 2 or more, chance \
             and worlds can be told apart.",
        ),
        own(
            "policies",
            Kind::References { to: "policy", least: 1, most: None, absent: "all" },
            "-",
            "The names of the policies to run, in this order; without it, all of them.",
        ),
        own(
            "require",
            Kind::Choice { options: &["none", "all"], default: "none" },
            "-",
            "Which claims must be supported: with `all`, `hubsim run` prints the verdict on each claim and ends with status 1 \
             unless every claim with a verdict is supported.",
        ),
        own(
            "ladders",
            Kind::Choice { options: &["none", "steps", "full"], default: "steps" },
            "-",
            "What is run of its ladders: nothing, their steps, or beside the steps each one alone on the policy where the ladder \
             begins, and each one left out of the policy where it ends.",
        ),
        own(
            "claims",
            Kind::Set { options: &[], default: &[] },
            "-",
            "Only `[]` may be given: it drops the claims of the scenario that is extended. In the same way `[]` empties every list \
             of the extended scenario, such as `arm = []`.",
        ),
        own(
            "resolved",
            Kind::Flag { default: false },
            "-",
            "Written by hubsim into files that contain all that was inherited: what was no mistake in the extended scenario \
             (more pilots than there are themes, a shock after the last year) is none here.",
        ),
    ],
};

/// A policy's own keys, beside its levers.
pub const POLICY: Section = Section {
    name: "policy",
    meaning: "A policy: a name, and the levers that it sets.",
    off: None,
    specs: &[
        NAME,
        own("description", Kind::Text, "-", "What the policy is about."),
        own(
            "extends",
            Kind::Reference { to: "policy", required: false },
            "-",
            "The policy it differs from: one of this scenario or of the one it extends.",
        ),
    ],
};

/// Arms without some of the mitigations of a policy.
pub const ABLATION: Section = Section {
    name: "ablation",
    meaning: "A policy without each of some of its mitigations: one arm each, called \"POLICY without MITIGATION\".",
    off: None,
    specs: &[
        own(
            "policy",
            Kind::Reference { to: "policy", required: true },
            "-",
            "The policy whose mitigations are left out.",
        ),
        own(
            "without",
            Kind::Mitigations,
            "-",
            "Names of mitigations that are left out, an arm for each; those in a list within the list are left out together.",
        ),
    ],
};

/// Arms that set keys.
pub const ARM: Section = Section {
    name: "arm",
    meaning: "A policy with some levers, parameters or facts set, run beside the policies; with parameters or facts it is \
              another world, and tables say so. Its own shocks are `[[arm.shock]]`.",
    off: None,
    specs: &[
        NAME,
        own("description", Kind::Text, "-", "What the arm is about."),
        own(
            "policy",
            Kind::Reference { to: "policy", required: true },
            "-",
            "The policy whose levers hold but for what is set.",
        ),
        own(
            "set",
            Kind::Settings { absent: "nothing is set" },
            "-",
            "Keys and what they are set to: levers (`policy.hubs.share`, or `hubs.share`), parameters (`production.find`), facts \
             (`region.North.online`). `{ times = 2 }` multiplies what each world has, within the bounds of the key; `{ remove = \
             true }` leaves an organisation or a funder out. In a name, `*` stands for any text; the closest pattern holds.",
        ),
    ],
};

/// Differences that are shown.
pub const CONTRAST: Section = Section {
    name: "contrast",
    meaning: "A difference that tables show: between two policies or arms. Without any, each is compared with the first one. \
              `run` prints the first three, the report shows all.",
    off: None,
    specs: &[
        own("arm", Kind::Reference { to: "policy", required: true }, "-", "The policy or arm of interest."),
        own("against", Kind::Reference { to: "policy", required: true }, "-", "The policy or arm it is compared with."),
    ],
};

/// The default size of a head start.
pub const MORE: f64 = 0.5;

const fn more(default: f64) -> Spec {
    let number = Number { default: Some(default), bounds: (0.0, 10.0), range: (0.1, 1.0), whole: false };
    let meaning = "How much more staff and money one affiliate, drawn anew in each replicate, begins with; 0.5 is half \
                   as much again.";
    own("more", Kind::Number(number), "share", meaning)
}

/// Arms in which one organisation begins with more.
pub const HEAD_START: Section = Section {
    name: "head_start",
    meaning: "A policy under which one organisation, drawn at random, begins with more: an arm called \"POLICY with a head \
              start\". Compared with the policy itself, it shows how much of an advantage is inherited.",
    off: None,
    specs: &[
        own("policy", Kind::Reference { to: "policy", required: true }, "-", "The policy of the arm."),
        more(MORE),
    ],
};

/// The head start in such an arm.
pub const START: Section = Section {
    name: "policy.head_start",
    meaning: "The head start of one organisation under this policy only. `[[head_start]]` makes arms with it.",
    off: None,
    specs: &[more(0.0)],
};

/// Keys that had another name in an earlier version: old and new.
pub(super) const RENAMED: [(&str, &str); 4] =
    [("says", "statement"), ("wired", "built_in"), ("counts", "decisive"), ("question", "source")];

/// One key of a scenario file, with the section it belongs to.
#[derive(Clone, Debug)]
pub struct CatalogueEntry {
    /// `production.reuse_threshold`, `region.online`, `policy.hubs.share`, `years`.
    pub path: String,
    /// Its section.
    pub section: Section,
    /// Its specification.
    pub spec: Spec,
}

/// All sections, in the order of the file.
pub fn sections() -> impl Iterator<Item = Section> {
    [SCENARIO, WORLD]
        .into_iter()
        .chain(SECTIONS.iter().chain(ENTITIES).copied())
        .chain([POLICY])
        .chain(LEVERS.iter().copied())
        .chain([START, ABLATION, HEAD_START, ARM, LADDER, STEP, CONTRAST, CLAIM, PART])
}

/// Every key of a scenario file, in the order of the file.
pub fn entries() -> Vec<CatalogueEntry> {
    let mut entries = Vec::new();
    for section in sections() {
        for spec in section.specs {
            let path =
                if section.name.is_empty() { spec.key.to_owned() } else { format!("{}.{}", section.name, spec.key) };
            entries.push(CatalogueEntry { path, section, spec: *spec });
        }
    }
    entries
}

/// The paths of all levers, as steps of a ladder name them: `hubs.share`.
pub fn lever_paths() -> Vec<String> {
    let part = |section: &Section| section.name.strip_prefix("policy.").unwrap_or(section.name);
    let paths = LEVERS
        .iter()
        .flat_map(|section| section.specs.iter().map(move |spec| format!("{}.{}", part(section), spec.key)));
    paths.collect()
}

/// The entries that a key names: by full path, by the path of another section in which it may stand, or by the end of a path.
///
/// # Errors
/// Similar paths, if there is no such key.
pub fn find(key: &str) -> Result<Vec<CatalogueEntry>, Vec<String>> {
    let key = key.trim();
    let all = entries();
    let exact: Vec<CatalogueEntry> = all.iter().filter(|entry| entry.path == key).cloned().collect();
    if !exact.is_empty() {
        return Ok(exact);
    }
    // A claim of one part has that part's keys, a policy its own shocks.
    let other = |from: &str, to: &str| key.strip_prefix(from).map(|rest| format!("{to}{rest}"));
    let other = other("claim.", "claim.parts.").or_else(|| other("policy.shock.", "shock."));
    if let Some(entry) = all.iter().find(|entry| Some(&entry.path) == other.as_ref()) {
        return Ok(vec![entry.clone()]);
    }
    let end = format!(".{key}");
    let ending: Vec<CatalogueEntry> = all.iter().filter(|entry| entry.path.ends_with(&end)).cloned().collect();
    if !ending.is_empty() {
        return Ok(ending);
    }
    let mut near: Vec<String> = Vec::new();
    if let Some(path) = nearest(key, all.iter().map(|entry| entry.path.as_str())) {
        near.push(path.to_owned());
    }
    if let Some(word) = nearest(key, all.iter().map(|entry| entry.spec.key)) {
        near.extend(all.iter().filter(|entry| entry.spec.key == word).map(|entry| entry.path.clone()));
    }
    near.dedup();
    Err(near)
}

/// The sections that have a key: suggestions for a key in the wrong section.
pub(super) fn homes(key: &str) -> Vec<Section> {
    sections().filter(|section| section.name != "policy" && section.spec(key).is_some()).collect()
}

/// The header of a section in a file.
pub fn header(section: &Section) -> String {
    match section.name {
        "" => "the top level".to_owned(),
        "policy" => "`[[policy]]`".to_owned(),
        name => match name.strip_prefix("policy.") {
            Some(part) => format!("`{part}` of a policy"),
            None if name == PART.name => "`parts` of a claim".to_owned(),
            None if name == STEP.name => "`steps` of a ladder".to_owned(),
            None if [ABLATION.name, HEAD_START.name, ARM.name, LADDER.name, CONTRAST.name, CLAIM.name]
                .contains(&name)
                || ENTITIES.iter().any(|entity| entity.name == name) =>
            {
                format!("`[[{name}]]`")
            }
            None => format!("`[{name}]`"),
        },
    }
}

/// A number as scenario files write it: shortest, whole ones without a point.
pub fn written(number: f64) -> String {
    let size = number.abs();
    if number == 0.0 {
        "0".to_owned()
    } else if number.fract() == 0.0 && size < 1e15 {
        format!("{number:.0}")
    } else if (1e-4..1e15).contains(&size) {
        format!("{number}")
    } else {
        format!("{number:e}")
    }
}

/// A name or other text as TOML writes it.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_listed_twice_and_every_key_is_explained() {
        let mut paths: Vec<String> = entries().into_iter().map(|entry| entry.path).collect();
        let count = paths.len();
        paths.sort();
        paths.dedup();
        assert_eq!(paths.len(), count);
        for entry in entries() {
            assert!(entry.spec.meaning.trim().len() > 5, "{} has no meaning", entry.path);
            assert!(!entry.spec.unit.is_empty() && !entry.spec.source.is_empty(), "{}", entry.path);
        }
    }

    #[test]
    fn defaults_lie_within_bounds_and_ranges_too() {
        for entry in entries() {
            let Some(number) = entry.spec.number() else { continue };
            let within = |value: f64| (number.bounds.0..=number.bounds.1).contains(&value);
            assert!(number.default.is_none_or(within), "default of {}", entry.path);
            assert!(within(number.range.0) && within(number.range.1), "range of {}", entry.path);
            assert!(number.range.0 <= number.range.1, "range of {}", entry.path);
        }
    }

    #[test]
    fn a_key_is_found_by_path_by_end_and_by_likeness() {
        assert_eq!(find("years").expect("the top level's")[0].path, "years");
        assert_eq!(find("hubs.share").expect("by its end")[0].path, "policy.hubs.share");
        assert_eq!(find("online_growth").expect("by its end")[0].path, "region.online_growth");
        assert!(find("onlin_growth").expect_err("mistyped").contains(&"region.online_growth".to_owned()));
    }

    #[test]
    fn numbers_are_written_so_that_they_are_read_back() {
        for number in [0.0, -0.0, 1.0, 0.1, 1e-7, 1e12, 1e22, -2.5, 0.1 + 0.2, f64::MIN_POSITIVE, 123_456_789.125] {
            let text = written(number);
            assert_eq!(text.parse::<f64>().expect("a number"), number, "{text}");
            assert!(toml::from_str::<toml::Table>(&format!("a = {text}")).is_ok(), "{text} is not TOML");
        }
    }
}
