//! Ladders: what `run` prints and stores of them, and what can be made of that again.

use std::fs;

use crate::bench::Bench;

const SCENARIO: &str = r#"name = "laddered"
extends = "small"
years = 3
replicates = 3
policies = ["thematic-hubs", "longer & wiser"]

[[policy]]
name = "longer & wiser"
extends = "thematic-hubs"
grants = { years = 3 }
hubs = { spread = 0 }

[[ladder]]
from = "thematic-hubs"
to = "longer & wiser"
replicates = 2
steps = [
    { name = "longer, <b>", levers = ["grants.years"] },
    { name = "wiser", levers = ["hubs.spread"] },
]
"#;

fn bench() -> Bench {
    let bench = Bench::new();
    bench.write("laddered.toml", SCENARIO);
    bench
}

#[test]
fn a_run_prints_what_each_step_brings_and_stores_it() {
    let bench = bench();
    let first = bench.says("run laddered.toml");
    assert_eq!(first.status, 0, "{}", first.err);
    assert!(first.err.contains("6 trials of 3 years, and 2 of rungs"), "{}", first.err);
    for words in
        ["What each step brings, from thematic-hubs to longer & wiser", "longer, <b>", "wiser →", "all of them"]
    {
        assert!(first.out.contains(words), "{words}\n{}", first.out);
    }
    assert!(!first.out.contains("left out of"), "only where it is asked for\n{}", first.out);
    let folder = bench.run_folder("output", "laddered");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let csv = read("ladder.csv");
    assert!(csv.contains("1,thematic-hubs,longer & wiser,step,\"longer, <b>\","), "{csv}");
    let kinds = |kind: &str| csv.lines().skip(1).filter(|line| line.contains(&format!(",{kind},"))).count();
    assert_eq!(kinds("step"), 2 * kinds("whole"));
    assert!(
        read("charts/ladder.svg").contains("longer, &lt;b&gt;") && read("charts/ladder.csv").contains("need_met,3,")
    );
    assert!(read("report.html").contains("What each step brings"));
    assert!(read("dictionary.csv").contains("ladder.csv,without_mean,"));
    // From the folder alone it is printed and drawn again.
    let again = bench.says("run laddered.toml");
    assert_eq!((again.out, again.err.contains("already finished")), (first.out, true));
    let (svg, page) = (read("charts/ladder.svg"), read("report.html"));
    fs::remove_dir_all(folder.join("charts")).expect("charts");
    bench.prints("report laddered");
    assert_eq!((read("charts/ladder.svg"), read("report.html")), (svg, page));
}

#[test]
fn rungs_are_verified_too() {
    let bench = bench();
    bench.prints("run laddered.toml");
    assert!(bench.prints("verify laddered").contains("8 of 8"));
    assert!(bench.prints("verify laddered --sample 3").contains("3 of 3"));
    let manifest = bench.run_folder("output", "laddered").join("manifest.json");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let at = text.find("\"rungs\"").expect("rungs");
    let digest = at + text[at..].find("\"digests\"").expect("digests");
    let digest = digest + text[digest..].find("      \"").expect("the first") + 7;
    let (start, rest) = text.split_at(digest);
    fs::write(&manifest, format!("{start}{}{}", "0".repeat(64), &rest[64..])).expect("it can be written");
    let said = bench.says("verify laddered");
    assert_eq!(said.status, 1, "{}{}", said.out, said.err);
    assert!(
        said.err.contains("1 of 8 trials") && said.err.contains("thematic-hubs + longer, <b> replicate 0"),
        "{}",
        said.err
    );
    let said = bench.says("run laddered.toml --again");
    assert_eq!(said.status, 1, "{}", said.err);
}

#[test]
fn more_or_nothing_of_a_ladder_is_run_on_request() {
    let bench = bench();
    let full = bench.prints("run laddered.toml --ladder full");
    assert!(full.contains("Each step alone on thematic-hubs, and left out of longer"), "{full}");
    let none = bench.says("run laddered.toml --ladder none");
    assert!(!none.out.contains("each step") && !none.err.contains("rungs"), "{}{}", none.out, none.err);
    assert_eq!(bench.says("run laddered.toml --ladder some").status, 2);
    assert!(bench.prints("run laddered.toml --format csv").starts_with("measure,"));
}

#[test]
fn a_ladder_is_explained() {
    let bench = bench();
    let said = bench.prints("explain ladder");
    for words in ["[[ladder]]", "between two of its waypoints", "compared with the step before"] {
        assert!(said.to_lowercase().contains(&words.to_lowercase()) || words == "[[ladder]]", "{words}\n{said}");
    }
    assert!(bench.prints("explain ladder.steps.needs").contains("without which it has no effect"));
    assert!(bench.prints("explain HS133").contains("in a step of that leg"));
    assert!(bench.prints("schema").contains("\"governance.desk_share\""));
}
