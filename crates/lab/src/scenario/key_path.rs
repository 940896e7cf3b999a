//! Paths of keys as text: `region.North.online`. Parts are separated by points; a "quoted" part may contain any character.

use crate::scenario::catalogue::quoted;

/// A part of a key path, with its bytes in the text.
pub(super) struct PathPart {
    pub name: String,
    pub start: usize,
    pub end: usize,
}

/// The parts of a text up to an `=`, if there is one, and the position of the `=`.
pub(super) fn split(text: &str) -> (Vec<PathPart>, Option<usize>) {
    let mut parts = Vec::new();
    let mut part = PathPart { name: String::new(), start: 0, end: 0 };
    let mut quoted = false;
    let mut letters = text.char_indices();
    let mut equals = None;
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' if quoted => part.name.extend(letters.next().map(|(_, letter)| letter)),
            '"' => quoted = !quoted,
            '=' if !quoted => {
                equals = Some(at);
                break;
            }
            '.' if !quoted => {
                let next = PathPart { name: String::new(), start: at + 1, end: at + 1 };
                let full = std::mem::replace(&mut part, next);
                parts.push(PathPart { name: full.name.trim().to_owned(), end: at, ..full });
            }
            letter => part.name.push(letter),
        }
    }
    parts.push(PathPart { name: part.name.trim().to_owned(), end: equals.unwrap_or(text.len()), ..part });
    (parts, equals)
}

/// A name as part of a key path: quoted if it would not be one part.
pub(in crate::scenario) fn segment(name: &str) -> String {
    if name.is_empty() || name.contains(['.', '"', '=', '\\']) { quoted(name) } else { name.to_owned() }
}

/// The names of the parts of a path.
pub(super) fn names(path: &str) -> Vec<String> {
    split(path).0.into_iter().map(|part| part.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_split_at_points_outside_quotes() {
        assert_eq!(names("a.b"), ["a", "b"]);
        assert_eq!(names("region.\"N.W\\\"E\".online"), ["region", "N.W\"E", "online"]);
        assert_eq!(names("region.North West.online "), ["region", "North West", "online"]);
        let (parts, equals) = split("a.b=1.5");
        assert_eq!((parts.len(), parts[1].start, parts[1].end, equals), (2, 2, 3, Some(3)));
        assert_eq!(split("no equals").1, None);
        assert_eq!(names(".=1"), ["", ""]);
    }
}
