//! Whatever the file, reading it ends in a scenario or in problems.

use hubsim_lab::scenario::{Changes, Scenario};
use proptest::prelude::*;

use crate::tiny::{TINY, read};

/// Reads, and shows the problems: that must not fail either.
fn survives(text: &str) {
    if let Err(problems) = read(text) {
        assert!(!problems.0.is_empty());
        assert!(problems.to_string().contains("nothing was run"));
        assert!(problems.0.iter().all(|problem| problem.line >= 1 && problem.column >= 1));
    }
}

/// What a mutation puts in.
const BITS: &[&str] = &[
    "",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'''",
    "=",
    ".",
    ",",
    "\n",
    "#",
    "1e999",
    "nan",
    "[[policy]]",
    "[[region]]",
    "[[ablation]]",
    "[[policy.shock]]",
    "policy = \"hubs\"",
    "[[arm]]\nname = \"arm\"\n",
    "set = { \"organisation.*\" = { remove = true }, \"region.*.online\" = { times = 2 }, hubs.share = 1 }",
    "[[arm.shock]]",
    "without = [\"pilots\"]",
    "governed = false",
    "[x]",
    "extends = \"strict hubs\"",
    "name = \"North\"",
    "remove = true",
    "\u{0}",
    "é",
    "\u{202e}",
    "-1",
    "{}",
    "[]",
    "true",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_text(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        survives(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn random_signs(text in "[\\[\\]{}=\"'.,#a-c0-9 \n]{0,200}") {
        survives(&text);
    }

    #[test]
    fn mutations(edits in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..20, 0..BITS.len()), 1..6)) {
        let mut letters: Vec<char> = TINY.chars().collect();
        for (at, cut, bit) in edits {
            let at = at.index(letters.len());
            let end = (at + cut).min(letters.len());
            letters.splice(at..end, BITS[bit].chars());
        }
        survives(&letters.into_iter().collect::<String>());
    }

    #[test]
    fn lines_lost_doubled_and_moved(moves in proptest::collection::vec((0usize..90, 0usize..90, any::<bool>()), 1..8)) {
        let mut lines: Vec<&str> = TINY.lines().collect();
        for (from, to, keep) in moves {
            let line = lines[from % lines.len()];
            if !keep {
                lines.remove(from % lines.len());
            }
            lines.insert(to % lines.len(), line);
        }
        survives(&lines.join("\n"));
    }

    #[test]
    fn random_changes(set in "[a-z.\"= {}\\[\\]0-9]{0,40}", path in "(region|policy|shock|production)(\\.[a-zA-Z1\"]{0,6}){0,3}=.{0,10}") {
        let changes = Changes { set: vec![set, path], ..Changes::default() };
        if let Err(problems) = Scenario::from_text(TINY, "tiny.toml", &changes) {
            prop_assert!(problems.to_string().contains("nothing was run"));
        }
    }
}

#[test]
fn large_files_of_all_kinds_are_read_in_time() {
    let many = |line: &dyn Fn(usize) -> String| (0..100_000).map(line).collect::<String>();
    let texts = [
        many(&|index| format!("a{index} = 1\n")),
        many(&|index| format!("[[region]]\nname = \"r{index}\"\n")),
        many(&|index| format!("[[policy]]\nname = \"p{index}\"\nextends = \"p{}\"\n", index + 1)),
        many(&|index| format!("[[policy]]\nname = \"p{index}\"\nextends = \"q{index}\"\n")),
        many(&|index| format!("[[organisation]]\nregion = \"r{index}\"\n")),
        format!("[[region]]\nname = \"a\"\naffinity = {{ {} }}\n", many(&|index| format!("b{index} = 1, "))),
        format!("policies = [{}]", many(&|index| format!("\"p{index}\", "))),
        format!("name = \"{}\"", "x".repeat(3 << 20)),
        "[".repeat(4 << 20),
        "a.".repeat(2 << 20),
        "\n".repeat(4 << 20),
    ];
    for text in texts {
        // Not a clock, but the test runner's patience: anything quadratic would take minutes.
        let problems = read(&text).expect_err("none of these is a scenario");
        assert!(problems.0.len() <= 1001 && problems.to_string().len() < 1 << 20);
    }
}
