//! Rendering of a drawing as SVG and PNG, by the two backends of plotters.
//!
//! Plotters uses integer pixels. A drawing is therefore rendered at four times its size: the SVG corrects that with its view
//! box, and the PNG is averaged down to twice the size of the drawing, which also smooths its edges.

use std::sync::Once;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, register_font};

use super::drawing::{Anchor, Drawing, Point, Shape, TextFormat};

/// Backend pixels per pixel of the drawing.
const SUBPIXELS: i32 = 4;
/// Pixels of the PNG per pixel of the drawing.
const PNG_SCALE: i32 = 2;
/// The font families of an SVG. The bitmap backend finds DejaVu under this whole name; the others have similar widths.
const FAMILY: &str = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif";

static PLAIN: &[u8] = include_bytes!("../../../assets/fonts/DejaVuSans-latin.ttf");
static BOLD: &[u8] = include_bytes!("../../../assets/fonts/DejaVuSans-Bold-latin.ttf");

/// Registers the embedded fonts with plotters.
fn register_fonts() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        for (style, bytes) in [(FontStyle::Normal, PLAIN), (FontStyle::Bold, BOLD)] {
            // An error is impossible for the embedded fonts, which the tests of this file use.
            let _ = register_font(FAMILY, style, bytes);
        }
    });
}

/// The two backends. They place text differently; see [`Backend::size`] and [`Backend::rise`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Backend {
    Svg,
    Png,
}

impl Backend {
    /// Plotters' font size for an em: the SVG divides by 1.24, the bitmap by the font's height, 1.164 em.
    fn size(self, em: f64) -> f64 {
        match self {
            Backend::Svg => em * 1.24,
            Backend::Png => em * 1.164,
        }
    }

    /// The distance of the base line from the top: 0.76 em, or half the font size in whole pixels.
    fn rise(self, em: f64) -> i32 {
        match self {
            Backend::Svg => (em * 0.76).round() as i32,
            Backend::Png => (self.size(em) / 2.0) as i32,
        }
    }
}

/// The width of a text, pixels of the drawing.
pub fn text_width(text: &str, format: TextFormat) -> f64 {
    register_fonts();
    // Measured at a large size, because plotters rounds to whole pixels.
    let style = if format.bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = FontDesc::new(FontFamily::Name(FAMILY), Backend::Png.size(1000.0), style);
    font.box_size(text).map_or(0.0, |(width, _)| f64::from(width)) * format.size / 1000.0
}

/// The text if it fits a width; otherwise as much of its beginning and end as fits, with an ellipsis between.
///
/// The middle is left out because names of variants differ at their ends.
pub fn shortened(text: &str, format: TextFormat, most: f64) -> String {
    if text_width(text, format) <= most {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    for kept in (2..letters.len()).rev() {
        let (start, end) = (kept.div_ceil(2), kept / 2);
        let shorter: String = letters[..start].iter().chain(&['…']).chain(&letters[letters.len() - end..]).collect();
        if text_width(&shorter, format) <= most {
            return shorter;
        }
    }
    "…".to_owned()
}

/// The use of an SVG.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SvgUse {
    /// A file of its own, with XML declaration and size.
    File,
    /// An element of a page.
    Inline,
}

/// The drawing as SVG.
pub fn svg(drawing: &Drawing, used: SvgUse) -> String {
    let mut body = String::new();
    let size = (drawing.width as i32 * SUBPIXELS, drawing.height as i32 * SUBPIXELS);
    {
        let area = SVGBackend::with_string(&mut body, (size.0 as u32, size.1 as u32)).into_drawing_area();
        // Writing to memory does not fail.
        let _ = draw(&area, drawing, Backend::Svg);
        let _ = area.present();
    }
    // The first line of the backend, with its size, is replaced by an element of our own; the font is set once.
    let body = body.split_once('\n').map_or("", |(_, rest)| rest).replace(&format!(" font-family=\"{FAMILY}\""), "");
    let (declaration, extent) = if used == SvgUse::Inline {
        ("", String::new())
    } else {
        (
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
            format!(" width=\"{}\" height=\"{}\"", drawing.width, drawing.height),
        )
    };
    let (title, about) = (escaped(&drawing.title), escaped(&drawing.about));
    format!(
        "{declaration}<svg xmlns=\"http://www.w3.org/2000/svg\"{extent} viewBox=\"0 0 {} {}\" font-family=\"{FAMILY}\" \
         role=\"img\" aria-label=\"{title}\">\n<title>{title}</title>\n<desc>{about}</desc>\n{body}",
        size.0, size.1
    )
}

/// The drawing as a PNG file of twice its size, at 192 dots per inch.
pub fn png(drawing: &Drawing) -> Vec<u8> {
    let (width, height) = (drawing.width as usize * SUBPIXELS as usize, drawing.height as usize * SUBPIXELS as usize);
    let mut fine = vec![0xff_u8; width * height * 3];
    {
        let area = BitMapBackend::with_buffer(&mut fine, (width as u32, height as u32)).into_drawing_area();
        // Writing to memory does not fail.
        let _ = draw(&area, drawing, Backend::Png);
        let _ = area.present();
    }
    // Each pixel of the file is the mean of step × step rendered ones, rounded.
    let step = (SUBPIXELS / PNG_SCALE) as usize;
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
    // 192 dots per inch.
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: 7559, yppu: 7559, unit: png::Unit::Meter }));
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(pixels)?;
        writer.finish()
    });
    debug_assert!(written.is_ok(), "a picture in memory is always written");
    file
}

/// Draws the shapes of a drawing.
fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    drawing: &Drawing,
    backend: Backend,
) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
    register_fonts();
    area.fill(&WHITE)?;
    for shape in &drawing.shapes {
        match shape {
            Shape::Area { points, colour, opacity } => {
                let style = RGBColor(colour.0, colour.1, colour.2).mix(*opacity).filled();
                area.draw(&Polygon::new(to_backend(points), style))?;
            }
            Shape::Line { points, colour, width } => {
                let style = RGBColor(colour.0, colour.1, colour.2).stroke_width(subpixels(*width).max(1) as u32);
                area.draw(&PathElement::new(to_backend(points), style))?;
            }
            Shape::Dot { at, radius, colour } => {
                let style = RGBColor(colour.0, colour.1, colour.2).filled();
                area.draw(&Circle::new((subpixels(at.0), subpixels(at.1)), subpixels(*radius).max(1), style))?;
            }
            Shape::Text { at, text, format } => write(area, *at, text, *format, backend)?,
        }
    }
    Ok(())
}

/// Draws a text.
fn write<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    at: Point,
    text: &str,
    format: TextFormat,
    backend: Backend,
) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
    let em = format.size * f64::from(SUBPIXELS);
    let horizontal = match format.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let weight = if format.bold { FontStyle::Bold } else { FontStyle::Normal };
    let ink = RGBColor(format.colour.0, format.colour.1, format.colour.2);
    let style = TextStyle::from(FontDesc::new(FontFamily::Name(FAMILY), backend.size(em), weight))
        .color(&ink)
        .pos(Pos::new(horizontal, VPos::Top));
    area.draw(&Text::new(text.to_owned(), (subpixels(at.0), subpixels(at.1) - backend.rise(em)), style))
}

/// A length in backend pixels.
fn subpixels(pixels: f64) -> i32 {
    (pixels * f64::from(SUBPIXELS)).round() as i32
}

/// Points in backend pixels, without those within a straight section: plotters would draw a corner there, and round a wide
/// line at it.
fn to_backend(points: &[Point]) -> Vec<(i32, i32)> {
    let mut fine: Vec<(i32, i32)> = Vec::with_capacity(points.len());
    for next in points.iter().map(|point| (subpixels(point.0), subpixels(point.1))) {
        if let [.., from, by] = fine[..] {
            let (before, after) = ((by.0 - from.0, by.1 - from.1), (next.0 - by.0, next.1 - by.1));
            // No corner: the cross product of the two directions is 0, and the line does not turn back.
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
    use super::super::drawing::FOREGROUND;
    use super::*;

    fn drawing() -> Drawing {
        let mut drawing = Drawing::new(120.0, 40.0, "A & B", "<about>");
        drawing.text((60.0, 30.0), "x < \"y\"", TextFormat::plain(14.0, FOREGROUND).anchored(Anchor::Middle));
        drawing.line(vec![(0.0, 20.0), (120.0, 20.0)], FOREGROUND, 2.0);
        drawing
    }

    #[test]
    fn texts_are_escaped() {
        let svg = svg(&drawing(), SvgUse::File);
        assert!(svg.contains("x &lt; &quot;y&quot;"), "{svg}");
        assert!(svg.contains("<title>A &amp; B</title>") && svg.contains("&lt;about&gt;"));
        assert!(svg.starts_with("<?xml") && svg.trim_end().ends_with("</svg>"));
    }

    #[test]
    fn rendering_twice_gives_the_same_bytes() {
        assert_eq!(svg(&drawing(), SvgUse::Inline), svg(&drawing(), SvgUse::Inline));
        assert_eq!(png(&drawing()), png(&drawing()));
    }

    #[test]
    fn a_png_has_twice_the_size_and_is_not_empty() {
        let file = png(&drawing());
        let mut reader = png::Decoder::new(&file[..]).read_info().expect("a PNG file");
        assert_eq!(reader.info().size(), (240, 80));
        let mut pixels = vec![0; reader.output_buffer_size()];
        reader.next_frame(&mut pixels).expect("pixels");
        assert!(pixels.iter().any(|&value| value < 0x60), "nothing was drawn");
        // The text, too, was drawn: there is a dark pixel outside the line.
        assert!(
            pixels[..240 * 3 * 36].iter().any(|&value| value < 0xff)
                || pixels[240 * 3 * 44..].iter().any(|&value| value < 0x60)
        );
    }

    #[test]
    fn points_within_straight_sections_are_removed() {
        assert_eq!(to_backend(&[(0.0, 1.0), (1.0, 1.0), (2.0, 1.0), (2.0, 3.0)]), [(0, 4), (8, 4), (8, 12)]);
        // A line that turns back has a corner.
        assert_eq!(to_backend(&[(0.0, 0.0), (2.0, 0.0), (1.0, 0.0)]).len(), 3);
    }

    #[test]
    fn the_width_grows_with_text_size_and_weight() {
        let format = TextFormat::plain(12.0, FOREGROUND);
        assert!(text_width("mm", format) > text_width("m", format));
        assert!(text_width("mm", format.bold()) > text_width("mm", format));
        assert!((text_width("mm", TextFormat::plain(24.0, FOREGROUND)) - 2.0 * text_width("mm", format)).abs() < 0.1);
        // The letter m of DejaVu Sans is 0.974 em wide.
        assert!((text_width("m", format) - 0.974 * 12.0).abs() < 0.05, "{}", text_width("m", format));
    }

    #[test]
    fn long_names_are_shortened_in_the_middle() {
        let format = TextFormat::plain(12.0, FOREGROUND);
        let short = shortened("thematic-hubs without relocation and pilots", format, 120.0);
        assert!(text_width(&short, format) <= 120.0);
        assert!(short.starts_with("thematic") && short.ends_with("pilots") && short.contains('…'), "{short}");
        assert_eq!(shortened("short", format, 120.0), "short");
        assert_eq!(shortened("mm", format, 0.0), "…");
    }
}
