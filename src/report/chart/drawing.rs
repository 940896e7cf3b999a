//! A drawing: a list of shapes, independent of the file format.
//!
//! Every chart is drawn once, as shapes in pixels. The SVG and the PNG are rendered from the same drawing, and tests can
//! examine its shapes.

/// A colour: red, green, blue.
pub type Colour = (u8, u8, u8);

/// Text and symbols.
pub const FOREGROUND: Colour = (0x22, 0x22, 0x22);
/// Secondary text.
pub const MUTED: Colour = (0x59, 0x59, 0x59);
/// Axes.
pub const AXIS: Colour = (0x80, 0x80, 0x80);
/// Grid lines.
pub const GRID: Colour = (0xe3, 0xe3, 0xe3);
/// The background.
pub const BACKGROUND: Colour = (0xff, 0xff, 0xff);

/// Eight colours that people with any type of colour vision can distinguish (Okabe & Ito 2008, "Color Universal Design").
/// Black, the first, is for the policy that others are compared with.
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

/// The colour of a policy, by its position; the eight colours repeat.
pub fn colour(position: usize) -> Colour {
    OKABE_ITO[position % OKABE_ITO.len()]
}

/// The point of a text that is placed at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// The format of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextFormat {
    /// Font size (em), pixels.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
    /// Its colour.
    pub colour: Colour,
    /// Its anchor.
    pub anchor: Anchor,
}

impl TextFormat {
    /// Regular text, anchored at its beginning.
    pub fn plain(size: f64, colour: Colour) -> TextFormat {
        TextFormat { size, bold: false, colour, anchor: Anchor::Start }
    }
    /// The same format in bold.
    pub fn bold(self) -> TextFormat {
        TextFormat { bold: true, ..self }
    }
    /// The same format with another anchor.
    pub fn anchored(self, anchor: Anchor) -> TextFormat {
        TextFormat { anchor, ..self }
    }
}

/// A point of a drawing: (x, y) from its upper left corner, pixels.
pub type Point = (f64, f64);

/// A shape of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled polygon.
    Area {
        /// Its corners.
        points: Vec<Point>,
        /// Its colour.
        colour: Colour,
        /// From 0, transparent, to 1, opaque.
        opacity: f64,
    },
    /// A line through points.
    Line {
        /// Its points.
        points: Vec<Point>,
        /// Its colour.
        colour: Colour,
        /// Its width, pixels.
        width: f64,
    },
    /// A filled circle.
    Dot {
        /// Its centre.
        at: Point,
        /// Its radius, pixels.
        radius: f64,
        /// Its colour.
        colour: Colour,
    },
    /// A line of text.
    Text {
        /// The position of its anchor, on the base line.
        at: Point,
        /// The text.
        text: String,
        /// Its format.
        format: TextFormat,
    },
}

/// A drawing: shapes, of which later ones cover earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Width, pixels.
    pub width: f64,
    /// Height, pixels.
    pub height: f64,
    /// The shapes.
    pub shapes: Vec<Shape>,
    /// Its title, also read by screen readers.
    pub title: String,
    /// A description of one or two sentences for screen readers.
    pub about: String,
}

impl Drawing {
    /// An empty drawing.
    pub fn new(width: f64, height: f64, title: &str, about: &str) -> Drawing {
        Drawing { width, height, shapes: Vec::new(), title: clean(title), about: clean(about) }
    }

    /// Adds a polygon.
    pub fn area(&mut self, points: Vec<Point>, colour: Colour, opacity: f64) {
        self.shapes.push(Shape::Area { points, colour, opacity });
    }

    /// Adds a line through points; a single point becomes a dot.
    pub fn line(&mut self, points: Vec<Point>, colour: Colour, width: f64) {
        match points[..] {
            [] => {}
            [at] => self.dot(at, width, colour),
            _ => self.shapes.push(Shape::Line { points, colour, width }),
        }
    }

    /// Adds a filled circle.
    pub fn dot(&mut self, at: Point, radius: f64, colour: Colour) {
        self.shapes.push(Shape::Dot { at, radius, colour });
    }

    /// Adds a ring.
    pub fn ring(&mut self, at: Point, radius: f64, colour: Colour) {
        self.dot(at, radius, colour);
        self.dot(at, radius - 1.6, BACKGROUND);
    }

    /// Adds a text.
    pub fn text(&mut self, at: Point, text: &str, format: TextFormat) {
        self.shapes.push(Shape::Text { at, text: clean(text), format });
    }
}

/// A text without control characters, which an XML file must not contain.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_policies_have_different_colours() {
        let colours: std::collections::BTreeSet<_> = (0..8).map(colour).collect();
        assert_eq!(colours.len(), 8);
    }

    #[test]
    fn no_control_character_reaches_a_file() {
        let mut drawing = Drawing::new(1.0, 1.0, "a\u{0}b", "");
        drawing.text((0.0, 0.0), "c\u{1b}[0m\n", TextFormat::plain(10.0, FOREGROUND));
        assert_eq!(drawing.title, "a b");
        assert!(matches!(&drawing.shapes[0], Shape::Text { text, .. } if text == "c [0m "));
    }
}
