//! Suggestions for misspelt words.

/// The most candidates that are compared.
const MOST: usize = 1000;

/// The candidate most similar to a word, if one is similar enough.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A very long word is no misspelling, and the comparison takes quadratic time.
    if word.is_empty() || word.len() > 100 {
        return None;
    }
    let plain = |text: &str| text.to_lowercase().replace(['-', ' ', '.'], "_");
    let word = plain(word);
    let allowed = (word.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.into_iter().take(MOST) {
        let other = plain(candidate);
        let mut distance = strsim::damerau_levenshtein(&word, &other);
        // A prefix is similar, too.
        if distance > allowed && word.len() >= 4 && (other.starts_with(&word) || word.starts_with(&other)) {
            distance = allowed;
        }
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// A list of words for a sentence: `a, b and c`.
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a str>, last: &str) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [start @ .., end] => format!("{} {last} {end}", start.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_understood_and_nonsense_is_not() {
        let words = ["reuse_threshold", "find", "find_packaged", "taste"];
        assert_eq!(nearest("reuse_treshold", words), Some("reuse_threshold"));
        assert_eq!(nearest("Reuse-Threshold", words), Some("reuse_threshold"));
        assert_eq!(nearest("fnid", words), Some("find"));
        assert_eq!(nearest("reuse", words), Some("reuse_threshold"));
        assert_eq!(nearest("zebra", words), None);
        assert_eq!(nearest("", words), None);
    }

    #[test]
    fn words_are_listed_as_in_a_sentence() {
        assert_eq!(listed(["a"], "or"), "`a`");
        assert_eq!(listed(["a", "b", "c"], "or"), "`a`, `b` or `c`");
    }
}
