//! The fan chart of many policies: one small panel for each, all with the same axes and with the first policy's median.
//!
//! These are small multiples (Tufte 1983): thirty fans in one plot hide each other; thirty panels can be compared, each with
//! the reference policy.

use super::drawing::{AXIS, Anchor, Drawing, FOREGROUND, GRID, MUTED, TextFormat, colour};
use super::fan::{FanChart, Plot};
use super::heading;
use super::render::{shortened, text_width};

const WIDTH: f64 = 800.0;
const PANELS_PER_ROW: usize = 4;
const GAP: f64 = 18.0;
const PANEL_HEIGHT: f64 = 92.0;
const TEXT_SIZE: f64 = 11.0;
const LINE_HEIGHT: f64 = 14.0;
const MAX_NAME_LINES: usize = 3;

/// Draws the chart.
pub(super) fn drawing(fan: &FanChart) -> Drawing {
    let first = fan.series.first().map_or("", |series| &series.name);
    let subtitle = format!("{}; the grey line is {first}’s", fan.subtitle());
    let values = fan.values(4);
    let format = TextFormat::plain(TEXT_SIZE, MUTED);
    let ticks = values.ticks.iter().map(|&tick| text_width(&values.label(tick, fan.tick_unit()), format));
    let left = heading::EDGE + ticks.fold(0.0, f64::max).ceil() + 6.0;
    let wide = (WIDTH - heading::EDGE - left + GAP) / PANELS_PER_ROW as f64 - GAP;
    let names: Vec<Vec<String>> = (0..fan.series.len()).map(|position| name_lines(fan, position, wide)).collect();
    // `rows` are the lower edges of the plots: a row is as high as its longest name needs.
    let mut rows = Vec::new();
    let mut bottom = heading::height(&fan.title, &subtitle, WIDTH) + 2.0;
    for names in names.chunks(PANELS_PER_ROW) {
        let lines = names.iter().map(Vec::len).max().unwrap_or(1);
        bottom += 12.0 + LINE_HEIGHT * lines as f64 + 4.0 + PANEL_HEIGHT;
        rows.push(bottom);
    }
    let mut drawing = Drawing::new(WIDTH, (bottom + 40.0).ceil(), &fan.title, &fan.about());
    heading::write(&mut drawing, &fan.title, &subtitle);
    for (position, names) in names.iter().enumerate() {
        let (row, column) = (position / PANELS_PER_ROW, position % PANELS_PER_ROW);
        let at = left + (wide + GAP) * column as f64;
        let (right, bottom) = (at + wide, rows[row]);
        let plot =
            Plot { left: at, right, top: bottom - PANEL_HEIGHT, bottom, years: fan.years(4), values: values.clone() };
        let labels = AxisLabels { values: column == 0, years: position + PANELS_PER_ROW >= fan.series.len() };
        frame(&mut drawing, fan, &plot, labels);
        panel(&mut drawing, fan, position, &plot);
        for (line, text) in names.iter().rev().enumerate() {
            drawing.text(
                (at, plot.top - 6.0 - LINE_HEIGHT * line as f64),
                text,
                TextFormat::plain(TEXT_SIZE, FOREGROUND),
            );
        }
        drawing.text((right, plot.top - 6.0), &fan.ends(position), format.anchored(Anchor::End));
    }
    drawing
}

/// Which axes of a panel have labels.
struct AxisLabels {
    /// For the first panel of a row.
    values: bool,
    /// For the last panel of a column.
    years: bool,
}

/// Draws the axes.
fn frame(drawing: &mut Drawing, fan: &FanChart, plot: &Plot, labels: AxisLabels) {
    let format = TextFormat::plain(TEXT_SIZE, MUTED);
    for &tick in &plot.values.ticks {
        let y = plot.y(tick);
        drawing.line(vec![(plot.left, y), (plot.right, y)], GRID, 1.0);
        if labels.values {
            let text = plot.values.label(tick, fan.tick_unit());
            drawing.text((plot.left - 6.0, y + 4.0), &text, format.anchored(Anchor::End));
        }
    }
    drawing.line(vec![(plot.left, plot.bottom), (plot.right, plot.bottom)], AXIS, 1.0);
    for &tick in &plot.years.ticks {
        let x = plot.x(tick);
        drawing.line(vec![(x, plot.bottom), (x, plot.bottom + 3.0)], AXIS, 1.0);
        if labels.years {
            drawing.text((x, plot.bottom + 15.0), &format!("{tick}"), format.anchored(Anchor::Middle));
        }
    }
    if labels.years {
        let middle = (plot.left + plot.right) / 2.0;
        drawing.text((middle, plot.bottom + 30.0), "Year", format.anchored(Anchor::Middle));
    }
}

/// Draws the policy's bands and median, and the first policy's median.
fn panel(drawing: &mut Drawing, fan: &FanChart, position: usize, plot: &Plot) {
    let series = &fan.series[position];
    let colour = colour(position.min(1));
    series.band(drawing, plot, (0, 4), colour, 0.14);
    series.band(drawing, plot, (1, 3), colour, 0.26);
    if position > 0 {
        for points in fan.series[0].median(plot) {
            drawing.line(points, AXIS, 1.4);
        }
    }
    for points in series.median(plot) {
        drawing.line(points, colour, 1.8);
    }
}

/// A policy's name in lines that leave space for its last median; lines break at spaces and after hyphens.
fn name_lines(fan: &FanChart, position: usize, wide: f64) -> Vec<String> {
    let format = TextFormat::plain(TEXT_SIZE, FOREGROUND);
    let most = wide - text_width(&fan.ends(position), TextFormat::plain(TEXT_SIZE, MUTED)) - 8.0;
    let mut lines: Vec<String> = vec![String::new()];
    for piece in fan.series[position].name.split_inclusive([' ', '-']) {
        // The last permitted line takes the rest of the name and is shortened below.
        let line = lines.last_mut().map(std::mem::take).unwrap_or_default();
        let longer = format!("{line}{piece}");
        lines.pop();
        if line.is_empty() || text_width(longer.trim_end(), format) <= most || lines.len() + 1 == MAX_NAME_LINES {
            lines.push(longer);
        } else {
            lines.extend([line, piece.to_owned()]);
        }
    }
    lines.iter().map(|line| shortened(line.trim_end(), format, most)).collect()
}
