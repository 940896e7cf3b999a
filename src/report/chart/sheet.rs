//! A sheet of shapes: what a chart is before it becomes a file.
//!
//! Every chart is drawn once, as shapes in pixels; the SVG and the PNG are two prints of the same sheet, and
//! tests can look at the shapes.

/// A colour: red, green, blue.
pub type Colour = (u8, u8, u8);

/// Text and marks.
pub const INK: Colour = (0x22, 0x22, 0x22);
/// Text that explains.
pub const QUIET: Colour = (0x59, 0x59, 0x59);
/// Axes.
pub const AXIS: Colour = (0x80, 0x80, 0x80);
/// Lines of the grid.
pub const GRID: Colour = (0xe3, 0xe3, 0xe3);
/// The ground.
pub const PAPER: Colour = (0xff, 0xff, 0xff);

/// The colours of Okabe and Ito, which people with any kind of colour vision tell apart; black for the policy that
/// others are compared with. Source: Okabe & Ito 2008, "Color Universal Design".
const OKABE_ITO: [Colour; 8] = [
    (0x00, 0x00, 0x00),
    (0x00, 0x72, 0xb2),
    (0xd5, 0x5e, 0x00),
    (0x00, 0x9e, 0x73),
    (0xcc, 0x79, 0xa7),
    (0xe6, 0x9f, 0x00),
    (0x56, 0xb4, 0xe9),
    (0xf0, 0xe4, 0x42),
];

/// The colour of the n-th policy; after eight they come again.
pub fn colour(position: usize) -> Colour {
    OKABE_ITO[position % OKABE_ITO.len()]
}

/// Where a text is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At its beginning.
    Start,
    /// In its middle.
    Middle,
    /// At its end.
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Face {
    /// Size of an em, pixels.
    pub size: f64,
    /// Whether bold.
    pub bold: bool,
    /// Its colour.
    pub colour: Colour,
    /// Where it is held.
    pub anchor: Anchor,
}

impl Face {
    /// Plain text held at its beginning.
    pub fn plain(size: f64, colour: Colour) -> Face {
        Face { size, bold: false, colour, anchor: Anchor::Start }
    }
    /// The same in bold.
    pub fn bold(self) -> Face {
        Face { bold: true, ..self }
    }
    /// The same, held elsewhere.
    pub fn held(self, anchor: Anchor) -> Face {
        Face { anchor, ..self }
    }
}

/// A point of the sheet: right and down from its upper left corner, pixels.
pub type Point = (f64, f64);

/// One thing drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled polygon.
    Area {
        /// Its corners.
        points: Vec<Point>,
        /// Its colour.
        colour: Colour,
        /// 0 unseen, 1 covers.
        opacity: f64,
    },
    /// A line through points.
    Line {
        /// Where it runs.
        points: Vec<Point>,
        /// Its colour.
        colour: Colour,
        /// Its width, pixels.
        width: f64,
    },
    /// A filled disc.
    Dot {
        /// Its middle.
        at: Point,
        /// Its radius, pixels.
        radius: f64,
        /// Its colour.
        colour: Colour,
    },
    /// A line of text.
    Text {
        /// Where its base line is held.
        at: Point,
        /// What it says.
        text: String,
        /// How it looks.
        face: Face,
    },
}

/// A sheet of shapes, later ones over earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Width, pixels.
    pub width: f64,
    /// Height, pixels.
    pub height: f64,
    /// What is on it.
    pub shapes: Vec<Shape>,
    /// What it is, for people who do not see it.
    pub title: String,
    /// What it shows, in a sentence or two.
    pub about: String,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(width: f64, height: f64, title: &str, about: &str) -> Sheet {
        Sheet { width, height, shapes: Vec::new(), title: clean(title), about: clean(about) }
    }

    /// Draws a polygon.
    pub fn area(&mut self, points: Vec<Point>, colour: Colour, opacity: f64) {
        self.shapes.push(Shape::Area { points, colour, opacity });
    }

    /// Draws a line through points; a single point becomes a dot.
    pub fn line(&mut self, points: Vec<Point>, colour: Colour, width: f64) {
        match points[..] {
            [] => {}
            [at] => self.dot(at, width, colour),
            _ => self.shapes.push(Shape::Line { points, colour, width }),
        }
    }

    /// Draws a disc.
    pub fn dot(&mut self, at: Point, radius: f64, colour: Colour) {
        self.shapes.push(Shape::Dot { at, radius, colour });
    }

    /// Draws a ring: a disc with a hole.
    pub fn ring(&mut self, at: Point, radius: f64, colour: Colour) {
        self.dot(at, radius, colour);
        self.dot(at, radius - 1.6, PAPER);
    }

    /// Writes a text.
    pub fn text(&mut self, at: Point, text: &str, face: Face) {
        self.shapes.push(Shape::Text { at, text: clean(text), face });
    }
}

/// A text without the control characters that no XML file may hold.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_policies_have_eight_colours() {
        let colours: std::collections::BTreeSet<_> = (0..8).map(colour).collect();
        assert_eq!(colours.len(), 8);
    }

    #[test]
    fn no_control_character_reaches_a_file() {
        let mut sheet = Sheet::new(1.0, 1.0, "a\u{0}b", "");
        sheet.text((0.0, 0.0), "c\u{1b}[0m\n", Face::plain(10.0, INK));
        assert_eq!(sheet.title, "a b");
        assert!(matches!(&sheet.shapes[0], Shape::Text { text, .. } if text == "c [0m "));
    }
}
