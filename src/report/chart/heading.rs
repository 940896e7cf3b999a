//! What stands above a chart: its title and what is shown, in lines that fit.

use super::print::width;
use super::sheet::{Face, INK, QUIET, Sheet};

/// Left edge of titles, pixels.
pub const EDGE: f64 = 16.0;

const TITLE: f64 = 16.0;
const SUBTITLE: f64 = 12.0;

/// A text in lines that fit a width; a word that is longer stays whole.
pub fn lines(text: &str, face: Face, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), face) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// How high a heading is in a sheet of this width, pixels.
pub fn height(title: &str, subtitle: &str, wide: f64) -> f64 {
    let [title, subtitle] = both(title, subtitle, wide);
    8.0 + 21.0 * title.len() as f64 + 17.0 * subtitle.len() as f64
}

/// Writes the heading.
pub fn write(sheet: &mut Sheet, title: &str, subtitle: &str) {
    let [first, second] = both(title, subtitle, sheet.width);
    let mut y = 8.0;
    for line in first {
        y += 21.0;
        sheet.text((EDGE, y - 3.0), &line, Face::plain(TITLE, INK).bold());
    }
    for line in second {
        y += 17.0;
        sheet.text((EDGE, y - 2.0), &line, Face::plain(SUBTITLE, QUIET));
    }
}

fn both(title: &str, subtitle: &str, wide: f64) -> [Vec<String>; 2] {
    let most = wide - 2.0 * EDGE;
    [lines(title, Face::plain(TITLE, INK).bold(), most), lines(subtitle, Face::plain(SUBTITLE, QUIET), most)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_lose_no_word() {
        let face = Face::plain(12.0, INK);
        let text = "The share of production work that went into what somebody else had already made";
        let lines = lines(text, face, 150.0);
        assert!(lines.len() > 2 && lines.iter().all(|line| width(line, face) <= 150.0));
        assert_eq!(lines.join(" "), text);
    }
}
