//! A fan of many policies: a small panel for each, all on the same axes, with the first policy's median in every one.
//!
//! Small multiples (Tufte 1983): thirty fans on one ground hide each other, thirty side by side are compared at a
//! glance, each with what it is measured against.

use super::fan::{Fan, Plot};
use super::heading;
use super::print::{fit, width};
use super::sheet::{AXIS, Anchor, Face, GRID, INK, QUIET, Sheet, colour};

const WIDE: f64 = 800.0;
const ACROSS: usize = 4;
const GAP: f64 = 18.0;
const HIGH: f64 = 92.0;
const NAME: f64 = 11.0;
const LINE: f64 = 14.0;
const LINES_AT_MOST: usize = 3;

/// The chart.
pub(super) fn sheet(fan: &Fan) -> Sheet {
    let first = fan.series.first().map_or("", |series| &series.name);
    let subtitle = format!("{}; the grey line is {first}’s", fan.subtitle());
    let values = fan.values(4);
    let face = Face::plain(NAME, QUIET);
    let ticks = values.ticks.iter().map(|&tick| width(&values.label(tick, fan.percent()), face));
    let left = heading::EDGE + ticks.fold(0.0, f64::max).ceil() + 6.0;
    let wide = (WIDE - heading::EDGE - left + GAP) / ACROSS as f64 - GAP;
    let names: Vec<Vec<String>> = (0..fan.series.len()).map(|position| name(fan, position, wide)).collect();
    let mut rows = Vec::new();
    let mut bottom = heading::height(&fan.title, &subtitle, WIDE) + 2.0;
    for names in names.chunks(ACROSS) {
        let lines = names.iter().map(Vec::len).max().unwrap_or(1);
        bottom += 12.0 + LINE * lines as f64 + 4.0 + HIGH;
        rows.push(bottom);
    }
    let mut sheet = Sheet::new(WIDE, (bottom + 40.0).ceil(), &fan.title, &fan.about());
    heading::write(&mut sheet, &fan.title, &subtitle);
    for (position, names) in names.iter().enumerate() {
        let (row, column) = (position / ACROSS, position % ACROSS);
        let at = left + (wide + GAP) * column as f64;
        let (right, bottom) = (at + wide, rows[row]);
        let plot = Plot { left: at, right, top: bottom - HIGH, bottom, years: fan.years(4), values: values.clone() };
        frame(&mut sheet, fan, &plot, (column == 0, position + ACROSS >= fan.series.len()));
        panel(&mut sheet, fan, position, &plot);
        for (line, text) in names.iter().rev().enumerate() {
            sheet.text((at, plot.top - 6.0 - LINE * line as f64), text, Face::plain(NAME, INK));
        }
        sheet.text((right, plot.top - 6.0), &fan.ends(position), face.held(Anchor::End));
    }
    sheet
}

/// The axes: values are written beside the first panel of a row (`written.0`), years below the last one of a column
/// (`written.1`).
fn frame(sheet: &mut Sheet, fan: &Fan, plot: &Plot, written: (bool, bool)) {
    let face = Face::plain(NAME, QUIET);
    for &tick in &plot.values.ticks {
        let y = plot.y(tick);
        sheet.line(vec![(plot.left, y), (plot.right, y)], GRID, 1.0);
        if written.0 {
            let text = plot.values.label(tick, fan.percent());
            sheet.text((plot.left - 6.0, y + 4.0), &text, face.held(Anchor::End));
        }
    }
    sheet.line(vec![(plot.left, plot.bottom), (plot.right, plot.bottom)], AXIS, 1.0);
    for &tick in &plot.years.ticks {
        let x = plot.x(tick);
        sheet.line(vec![(x, plot.bottom), (x, plot.bottom + 3.0)], AXIS, 1.0);
        if written.1 {
            sheet.text((x, plot.bottom + 15.0), &format!("{tick}"), face.held(Anchor::Middle));
        }
    }
    if written.1 {
        let middle = (plot.left + plot.right) / 2.0;
        sheet.text((middle, plot.bottom + 30.0), "Year", face.held(Anchor::Middle));
    }
}

/// The policy's bands and median, over the first policy's median.
fn panel(sheet: &mut Sheet, fan: &Fan, position: usize, plot: &Plot) {
    let series = &fan.series[position];
    let colour = colour(position.min(1));
    series.band(sheet, plot, (0, 4), colour, 0.14);
    series.band(sheet, plot, (1, 3), colour, 0.26);
    if position > 0 {
        for points in fan.series[0].median(plot) {
            sheet.line(points, AXIS, 1.4);
        }
    }
    for points in series.median(plot) {
        sheet.line(points, colour, 1.8);
    }
}

/// A policy's name in lines that leave room for its last median; a name breaks at spaces and after hyphens.
fn name(fan: &Fan, position: usize, wide: f64) -> Vec<String> {
    let face = Face::plain(NAME, INK);
    let most = wide - width(&fan.ends(position), Face::plain(NAME, QUIET)) - 8.0;
    let mut lines: Vec<String> = vec![String::new()];
    for piece in fan.series[position].name.split_inclusive([' ', '-']) {
        let line = lines.last_mut().map(std::mem::take).unwrap_or_default();
        let longer = format!("{line}{piece}");
        lines.pop();
        if line.is_empty() || width(longer.trim_end(), face) <= most || lines.len() + 1 == LINES_AT_MOST {
            lines.push(longer);
        } else {
            lines.extend([line, piece.to_owned()]);
        }
    }
    lines.iter().map(|line| fit(line.trim_end(), face, most)).collect()
}
