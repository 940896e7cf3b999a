//! The heading of a chart: title and subtitle, wrapped to its width.

use super::drawing::{Drawing, FOREGROUND, MUTED, TextFormat};
use super::render::text_width;

/// The margin at both sides of a chart, pixels.
pub const EDGE: f64 = 16.0;

const TITLE: f64 = 16.0;
const SUBTITLE: f64 = 12.0;

/// A text in lines of at most `most` pixels; a longer word is not broken.
pub fn lines(text: &str, format: TextFormat, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), format) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The height of a heading in a drawing of some width, pixels.
pub fn height(title: &str, subtitle: &str, wide: f64) -> f64 {
    let [title, subtitle] = wrapped(title, subtitle, wide);
    8.0 + 21.0 * title.len() as f64 + 17.0 * subtitle.len() as f64
}

/// Draws the heading.
pub fn write(drawing: &mut Drawing, title: &str, subtitle: &str) {
    let [first, second] = wrapped(title, subtitle, drawing.width);
    let mut y = 8.0;
    for line in first {
        y += 21.0;
        drawing.text((EDGE, y - 3.0), &line, TextFormat::plain(TITLE, FOREGROUND).bold());
    }
    for line in second {
        y += 17.0;
        drawing.text((EDGE, y - 2.0), &line, TextFormat::plain(SUBTITLE, MUTED));
    }
}

fn wrapped(title: &str, subtitle: &str, wide: f64) -> [Vec<String>; 2] {
    let most = wide - 2.0 * EDGE;
    [
        lines(title, TextFormat::plain(TITLE, FOREGROUND).bold(), most),
        lines(subtitle, TextFormat::plain(SUBTITLE, MUTED), most),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_keep_all_words() {
        let format = TextFormat::plain(12.0, FOREGROUND);
        let text = "The share of production work that went into what somebody else had already made";
        let lines = lines(text, format, 150.0);
        assert!(lines.len() > 2 && lines.iter().all(|line| text_width(line, format) <= 150.0));
        assert_eq!(lines.join(" "), text);
    }
}
