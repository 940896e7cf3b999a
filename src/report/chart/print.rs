//! Prints of a sheet: SVG and PNG, by the two backends of plotters.
//!
//! Plotters counts in whole pixels. A sheet is therefore drawn four times as large: the SVG says so in its view
//! box, and the PNG is averaged down to twice the size of the sheet, which also smooths its edges.

use std::sync::Once;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, register_font};

use super::sheet::{Anchor, Face, Point, Shape, Sheet};

/// Drawn points a pixel of the sheet.
const FINE: i32 = 4;
/// Pixels of the PNG a pixel of the sheet.
const SHARP: i32 = 2;
/// What an SVG asks for; the bitmap finds DejaVu under this very name. The others are of like width.
const FAMILY: &str = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif";

static PLAIN: &[u8] = include_bytes!("../../../assets/fonts/DejaVuSans-latin.ttf");
static BOLD: &[u8] = include_bytes!("../../../assets/fonts/DejaVuSans-Bold-latin.ttf");

/// Makes the embedded fonts known to plotters.
fn fonts() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        for (style, bytes) in [(FontStyle::Normal, PLAIN), (FontStyle::Bold, BOLD)] {
            // A font that cannot be read would fail every test of this file.
            let _ = register_font(FAMILY, style, bytes);
        }
    });
}

/// The two kinds of prints. They place text differently; see [`Kind::size`] and [`Kind::rise`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Svg,
    Png,
}

impl Kind {
    /// Plotters' font size for an em: the SVG divides by 1.24, the bitmap by the font's height, 1.164 em.
    fn size(self, em: f64) -> f64 {
        match self {
            Kind::Svg => em * 1.24,
            Kind::Png => em * 1.164,
        }
    }

    /// How far below the top the base line lies: 0.76 em, or half the font size in whole pixels.
    fn rise(self, em: f64) -> i32 {
        match self {
            Kind::Svg => (em * 0.76).round() as i32,
            Kind::Png => (self.size(em) / 2.0) as i32,
        }
    }
}

/// The width of a text, pixels of the sheet.
pub fn width(text: &str, face: Face) -> f64 {
    fonts();
    // Measured large, as plotters rounds to whole pixels.
    let style = if face.bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = FontDesc::new(FontFamily::Name(FAMILY), Kind::Png.size(1000.0), style);
    font.box_size(text).map_or(0.0, |(width, _)| f64::from(width)) * face.size / 1000.0
}

/// The text, or as much of its beginning and end as fits a width, with an ellipsis between.
///
/// The middle goes because names of variants differ at their ends.
pub fn fit(text: &str, face: Face, most: f64) -> String {
    if width(text, face) <= most {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    for kept in (2..letters.len()).rev() {
        let (start, end) = (kept.div_ceil(2), kept / 2);
        let shorter: String = letters[..start].iter().chain(&['…']).chain(&letters[letters.len() - end..]).collect();
        if width(&shorter, face) <= most {
            return shorter;
        }
    }
    "…".to_owned()
}

/// The sheet as an SVG file. With `inline`, as an element of a page: without XML declaration and size.
pub fn svg(sheet: &Sheet, inline: bool) -> String {
    let mut body = String::new();
    let size = (sheet.width as i32 * FINE, sheet.height as i32 * FINE);
    {
        let area = SVGBackend::with_string(&mut body, (size.0 as u32, size.1 as u32)).into_drawing_area();
        // Writing to memory does not fail.
        let _ = draw(&area, sheet, Kind::Svg);
        let _ = area.present();
    }
    let body = body.split_once('\n').map_or("", |(_, rest)| rest).replace(&format!(" font-family=\"{FAMILY}\""), "");
    let (declaration, extent) = if inline {
        ("", String::new())
    } else {
        (
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
            format!(" width=\"{}\" height=\"{}\"", sheet.width, sheet.height),
        )
    };
    let (title, about) = (escaped(&sheet.title), escaped(&sheet.about));
    format!(
        "{declaration}<svg xmlns=\"http://www.w3.org/2000/svg\"{extent} viewBox=\"0 0 {} {}\" font-family=\"{FAMILY}\" \
         role=\"img\" aria-label=\"{title}\">\n<title>{title}</title>\n<desc>{about}</desc>\n{body}",
        size.0, size.1
    )
}

/// The sheet as a PNG file of twice its size, at 192 dots an inch.
pub fn png(sheet: &Sheet) -> Vec<u8> {
    let (width, height) = (sheet.width as usize * FINE as usize, sheet.height as usize * FINE as usize);
    let mut fine = vec![0xff_u8; width * height * 3];
    {
        let area = BitMapBackend::with_buffer(&mut fine, (width as u32, height as u32)).into_drawing_area();
        // Writing to memory does not fail.
        let _ = draw(&area, sheet, Kind::Png);
        let _ = area.present();
    }
    let step = (FINE / SHARP) as usize;
    let (wide, high) = (width / step, height / step);
    let mut pixels = Vec::with_capacity(wide * high * 3);
    for y in 0..high {
        for x in 0..wide {
            for channel in 0..3 {
                let mut sum = 0_usize;
                for dy in 0..step {
                    for dx in 0..step {
                        sum += usize::from(fine[((y * step + dy) * width + x * step + dx) * 3 + channel]);
                    }
                }
                pixels.push(((sum + step * step / 2) / (step * step)) as u8);
            }
        }
    }
    encoded(&pixels, wide as u32, high as u32)
}

/// Pixels as a PNG file.
fn encoded(pixels: &[u8], width: u32, height: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Default);
    encoder.set_adaptive_filter(png::AdaptiveFilterType::NonAdaptive);
    encoder.set_filter(png::FilterType::NoFilter);
    // 192 dots an inch.
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: 7559, yppu: 7559, unit: png::Unit::Meter }));
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(pixels)?;
        writer.finish()
    });
    debug_assert!(written.is_ok(), "a picture in memory is always written");
    file
}

/// Draws the shapes of a sheet.
fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    sheet: &Sheet,
    kind: Kind,
) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
    fonts();
    area.fill(&WHITE)?;
    for shape in &sheet.shapes {
        match shape {
            Shape::Area { points, colour, opacity } => {
                let style = RGBColor(colour.0, colour.1, colour.2).mix(*opacity).filled();
                area.draw(&Polygon::new(fine(points), style))?;
            }
            Shape::Line { points, colour, width } => {
                let style = RGBColor(colour.0, colour.1, colour.2).stroke_width(scaled(*width).max(1) as u32);
                area.draw(&PathElement::new(fine(points), style))?;
            }
            Shape::Dot { at, radius, colour } => {
                let style = RGBColor(colour.0, colour.1, colour.2).filled();
                area.draw(&Circle::new((scaled(at.0), scaled(at.1)), scaled(*radius).max(1), style))?;
            }
            Shape::Text { at, text, face } => write(area, *at, text, *face, kind)?,
        }
    }
    Ok(())
}

/// Writes a text.
fn write<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    at: Point,
    text: &str,
    face: Face,
    kind: Kind,
) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
    let em = face.size * f64::from(FINE);
    let horizontal = match face.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let weight = if face.bold { FontStyle::Bold } else { FontStyle::Normal };
    let ink = RGBColor(face.colour.0, face.colour.1, face.colour.2);
    let style = TextStyle::from(FontDesc::new(FontFamily::Name(FAMILY), kind.size(em), weight))
        .color(&ink)
        .pos(Pos::new(horizontal, VPos::Top));
    area.draw(&Text::new(text.to_owned(), (scaled(at.0), scaled(at.1) - kind.rise(em)), style))
}

fn scaled(pixels: f64) -> i32 {
    (pixels * f64::from(FINE)).round() as i32
}

/// Points as plotters wants them, without those in the midst of a straight stretch: it rounds such corners of a
/// wide line to either side.
fn fine(points: &[Point]) -> Vec<(i32, i32)> {
    let mut fine: Vec<(i32, i32)> = Vec::with_capacity(points.len());
    for next in points.iter().map(|point| (scaled(point.0), scaled(point.1))) {
        if let [.., from, by] = fine[..] {
            let (before, after) = ((by.0 - from.0, by.1 - from.1), (next.0 - by.0, next.1 - by.1));
            let turn = i64::from(before.0) * i64::from(after.1) - i64::from(before.1) * i64::from(after.0);
            let onward = i64::from(before.0) * i64::from(after.0) + i64::from(before.1) * i64::from(after.1);
            if turn == 0 && onward >= 0 {
                fine.pop();
            }
        }
        fine.push(next);
    }
    fine
}

/// A text as content or attribute of XML and HTML.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other if other.is_control() && other != '\n' => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::super::sheet::INK;
    use super::*;

    fn sheet() -> Sheet {
        let mut sheet = Sheet::new(120.0, 40.0, "A & B", "<about>");
        sheet.text((60.0, 30.0), "x < \"y\"", Face::plain(14.0, INK).held(Anchor::Middle));
        sheet.line(vec![(0.0, 20.0), (120.0, 20.0)], INK, 2.0);
        sheet
    }

    #[test]
    fn texts_are_escaped() {
        let svg = svg(&sheet(), false);
        assert!(svg.contains("x &lt; &quot;y&quot;"), "{svg}");
        assert!(svg.contains("<title>A &amp; B</title>") && svg.contains("&lt;about&gt;"));
        assert!(svg.starts_with("<?xml") && svg.trim_end().ends_with("</svg>"));
    }

    #[test]
    fn prints_are_the_same_bytes_every_time() {
        assert_eq!(svg(&sheet(), true), svg(&sheet(), true));
        assert_eq!(png(&sheet()), png(&sheet()));
    }

    #[test]
    fn a_png_is_twice_as_large_and_has_ink() {
        let file = png(&sheet());
        let mut reader = png::Decoder::new(&file[..]).read_info().expect("a PNG file");
        assert_eq!(reader.info().size(), (240, 80));
        let mut pixels = vec![0; reader.output_buffer_size()];
        reader.next_frame(&mut pixels).expect("pixels");
        assert!(pixels.iter().any(|&value| value < 0x60), "nothing was drawn");
        // The text as well: some dark pixel above the line.
        assert!(
            pixels[..240 * 3 * 36].iter().any(|&value| value < 0xff)
                || pixels[240 * 3 * 44..].iter().any(|&value| value < 0x60)
        );
    }

    #[test]
    fn straight_stretches_have_no_corners_within() {
        assert_eq!(fine(&[(0.0, 1.0), (1.0, 1.0), (2.0, 1.0), (2.0, 3.0)]), [(0, 4), (8, 4), (8, 12)]);
        // Back on itself is a corner.
        assert_eq!(fine(&[(0.0, 0.0), (2.0, 0.0), (1.0, 0.0)]).len(), 3);
    }

    #[test]
    fn widths_grow_with_text_size_and_weight() {
        let face = Face::plain(12.0, INK);
        assert!(width("mm", face) > width("m", face));
        assert!(width("mm", face.bold()) > width("mm", face));
        assert!((width("mm", Face::plain(24.0, INK)) - 2.0 * width("mm", face)).abs() < 0.1);
        // The letter m of DejaVu Sans is 0.974 em wide.
        assert!((width("m", face) - 0.974 * 12.0).abs() < 0.05, "{}", width("m", face));
    }

    #[test]
    fn long_names_lose_their_middle() {
        let face = Face::plain(12.0, INK);
        let short = fit("thematic-hubs without relocation and pilots", face, 120.0);
        assert!(width(&short, face) <= 120.0);
        assert!(short.starts_with("thematic") && short.ends_with("pilots") && short.contains('…'), "{short}");
        assert_eq!(fit("short", face, 120.0), "short");
        assert_eq!(fit("mm", face, 0.0), "…");
    }
}
