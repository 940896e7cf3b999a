use super::*;

/// Every measure has a worked example in words, and a doc test above it that computes it.
#[test]
fn every_measure_has_an_example_that_is_tested() {
    let text = sources(concat!(env!("CARGO_MANIFEST_DIR"), "/src/measures").as_ref());
    for measure in MEASURES {
        assert!(!measure.example.is_empty(), "{}", measure.key);
        let at = text.find(&format!("\"{}\"", measure.key)).expect("the key of a measure is in the source");
        let ends = ["\n}", "\n)"].iter().filter_map(|end| text[..at].rfind(end));
        let item = &text[ends.max().unwrap_or(0)..at];
        let tested = item.lines().any(|line| line.trim_start().starts_with("/// assert"));
        assert!(tested, "{}: no doc test is above it", measure.key);
    }
}

/// The text of all source files of a folder.
fn sources(folder: &std::path::Path) -> String {
    let paths = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let text = |path: std::path::PathBuf| match path.is_dir() {
        true => sources(&path),
        false => std::fs::read_to_string(path).expect("text"),
    };
    paths.map(text).collect()
}

#[test]
fn keys_are_unique_and_the_main_groups_have_one_headline() {
    let mut keys: Vec<&str> = MEASURES.iter().map(|m| m.key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), MEASURES.len());
    for group in [Group::Entrenchment, Group::Inequity, Group::Duplication] {
        assert_eq!(MEASURES.iter().filter(|m| m.group == group && m.headline).count(), 1, "{group:?}");
    }
}
