//! The fan chart: one measure over the years under each policy, with the distribution over trials.

use crate::report::number::{decimal, exact, significant, typographic};
use hubsim_model::measures::Direction;

use super::axis::{Axis, TickUnit};
use super::drawing::{AXIS, Anchor, Colour, Drawing, FOREGROUND, GRID, MUTED, Point, TextFormat, colour};
use super::heading;
use super::labels::{required_length, spread_labels};
use super::panels;
use super::render::{shortened, text_width};

/// The content of a fan chart.
#[derive(Clone, Debug, PartialEq)]
pub struct FanChart {
    /// The key of the measure.
    pub key: String,
    /// The title of the measure.
    pub title: String,
    /// Its unit; `-` for none. Units that begin with `share` are shown in percent.
    pub unit: String,
    /// Which direction is better.
    pub direction: Direction,
    /// Smallest and largest possible value.
    pub range: (f64, f64),
    /// Number of trials of each policy.
    pub trials: usize,
    /// Whether the mean over trials and its 95 % interval are shown instead of quantiles, because each trial has the value 0
    /// or 1.
    pub means: bool,
    /// One series for each policy, in order; others are compared with the first.
    pub series: Vec<Series>,
}

/// One policy of a fan chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The policy.
    pub name: String,
    /// The [quantiles](hubsim_lab::analysis::summary::QUANTILES) over trials in years 0, 1, …; NaN for missing values.
    pub quantiles: Vec<[f64; 5]>,
}

/// With more policies, bands overlap too much, and ranges are drawn beside the plot.
const MAX_POLICIES_WITH_BANDS: usize = 4;
/// With more policies, lines overlap too much, and each policy has its own [panel](super::panels).
const MAX_POLICIES_IN_ONE_PLOT: usize = 6;
const WIDTH: f64 = 800.0;
const TEXT_SIZE: f64 = 12.0;
const LABEL_DISTANCE: f64 = 17.0;
const MAX_NAME_WIDTH: f64 = 190.0;

/// The position of the plot in the drawing, and its axes.
pub(super) struct Plot {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    pub years: Axis,
    pub values: Axis,
}

impl Plot {
    pub fn at(&self, year: usize, value: f64) -> Point {
        (self.x(year as f64), self.y(value))
    }
    pub fn x(&self, year: f64) -> f64 {
        self.left + (self.right - self.left) * self.years.fraction(year)
    }
    pub fn y(&self, value: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * self.values.fraction(value)
    }
}

impl Series {
    /// Contiguous ranges of years with values, as (first, one past the last).
    fn ranges_with_values(&self) -> Vec<(usize, usize)> {
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        for (year, quantiles) in self.quantiles.iter().enumerate() {
            if quantiles.iter().all(|value| value.is_finite()) {
                match ranges.last_mut() {
                    Some((_, end)) if *end == year => *end += 1,
                    _ => ranges.push((year, year + 1)),
                }
            }
        }
        ranges
    }

    /// The last year with values.
    fn last(&self) -> Option<usize> {
        self.ranges_with_values().last().map(|&(_, end)| end - 1)
    }

    /// Draws the band between two of the quantiles.
    pub(super) fn band(
        &self,
        drawing: &mut Drawing,
        plot: &Plot,
        (low, high): (usize, usize),
        colour: Colour,
        opacity: f64,
    ) {
        for (first, end) in self.ranges_with_values() {
            let years = first..end;
            if years.clone().all(|year| self.quantiles[year][low] == self.quantiles[year][high]) {
                continue;
            }
            // A single year gets a band of some width, to be visible.
            let room = if end - first == 1 { 3.0 } else { 0.0 };
            let edge = |year: usize, of: usize, by: f64| {
                let at = plot.at(year, self.quantiles[year][of]);
                ((at.0 + by).clamp(plot.left, plot.right), at.1)
            };
            let mut points = vec![edge(first, high, -room)];
            points.extend(years.clone().map(|year| edge(year, high, room)));
            points.extend(years.rev().map(|year| edge(year, low, room)));
            points.push(edge(first, low, -room));
            drawing.area(points, colour, opacity);
        }
    }

    /// The median: one line for each contiguous range of years.
    pub(super) fn median(&self, plot: &Plot) -> impl Iterator<Item = Vec<Point>> {
        let line = |(first, end)| (first..end).map(|year| plot.at(year, self.quantiles[year][2])).collect();
        self.ranges_with_values().into_iter().map(line)
    }
}

impl FanChart {
    /// Draws the chart.
    pub fn drawing(&self) -> Drawing {
        if self.series.len() > MAX_POLICIES_IN_ONE_PLOT {
            return panels::drawing(self);
        }
        let subtitle = self.subtitle();
        let beside = self.is_crowded();
        let values = self.values(5);
        let format = TextFormat::plain(TEXT_SIZE, FOREGROUND);
        let ticks = values.ticks.iter().map(|&tick| text_width(&values.label(tick, self.tick_unit()), format));
        // The margins follow from the widest labels at both sides.
        let labels = self.series.iter().enumerate().map(|(position, _)| {
            let (name, value) = self.label(position);
            text_width(&name, format) + text_width(&value, format)
        });
        let top = heading::height(&self.title, &subtitle, WIDTH) + 16.0;
        // Space for one bar of 9 pixels for each policy.
        let ranges = if beside { 12.0 + 9.0 * self.series.len() as f64 } else { 0.0 };
        let plot = Plot {
            left: heading::EDGE + ticks.fold(0.0, f64::max).ceil() + 8.0,
            right: WIDTH - 16.0 - labels.fold(0.0, f64::max).ceil() - 54.0 - ranges,
            top,
            bottom: top + f64::max(300.0, required_length(self.series.len(), LABEL_DISTANCE) + LABEL_DISTANCE),
            years: self.years(10),
            values,
        };
        let mut drawing = Drawing::new(WIDTH, (plot.bottom + 44.0).ceil(), &self.title, &self.about());
        heading::write(&mut drawing, &self.title, &subtitle);
        self.frame(&mut drawing, &plot);
        self.bands(&mut drawing, &plot);
        self.medians(&mut drawing, &plot);
        if beside {
            self.ranges(&mut drawing, &plot);
        }
        self.legend(&mut drawing, &plot, ranges);
        drawing
    }

    /// The numbers behind the chart, as CSV.
    pub fn csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory does not fail.
        let head: &[&str] = if self.means { &["low", "mean", "high"] } else { &["q05", "q25", "q50", "q75", "q95"] };
        let _ = writer.write_record(["policy", "year"].iter().chain(head));
        for series in &self.series {
            for (year, quantiles) in series.quantiles.iter().enumerate() {
                let shown = if self.means { &quantiles[1..4] } else { &quantiles[..] };
                let numbers = shown.iter().map(|&value| exact(value));
                let _ = writer.write_record([series.name.clone(), year.to_string()].into_iter().chain(numbers));
            }
        }
        writer.into_inner().unwrap_or_default()
    }

    /// An axis that shows every value.
    pub(super) fn values(&self, ticks: usize) -> Axis {
        let all = self.series.iter().flat_map(|series| series.quantiles.iter().flatten().copied());
        Axis::covering(all, self.range, ticks)
    }

    /// The axis of years.
    pub(super) fn years(&self, ticks: usize) -> Axis {
        let last = self.series.iter().map(|series| series.quantiles.len()).max().unwrap_or(1).saturating_sub(1);
        Axis::years(0, last as u32, ticks)
    }

    /// The unit of the labels on the axis of values.
    pub(super) fn tick_unit(&self) -> TickUnit {
        if self.percent() { TickUnit::Percent } else { TickUnit::Value }
    }

    /// Whether values are shown in percent.
    fn percent(&self) -> bool {
        self.unit.starts_with("share")
    }

    /// Whether ranges of the last year are drawn beside the plot.
    fn is_crowded(&self) -> bool {
        (MAX_POLICIES_WITH_BANDS + 1..=MAX_POLICIES_IN_ONE_PLOT).contains(&self.series.len()) && self.trials > 1
    }

    /// The subtitle: unit, better direction, and what lines and bands show.
    pub(super) fn subtitle(&self) -> String {
        let mut parts = Vec::new();
        match (self.percent(), self.unit.as_str()) {
            (true, "share" | "share of trials") | (_, "-" | "") => {}
            (true, unit) => parts.push(format!("% {}", unit.trim_start_matches("share").trim_start())),
            (false, unit) => parts.push(unit.to_owned()),
        }
        parts.push(
            match self.direction {
                Direction::Higher => "higher is better",
                Direction::Lower => "lower is better",
                Direction::Neutral => "neither high nor low is better",
            }
            .to_owned(),
        );
        parts.push(match (self.trials, self.is_crowded()) {
            (0 | 1, _) => "one trial per policy".to_owned(),
            (trials, _) if self.means => {
                format!("of {} trials, the band contains 95 %", decimal(trials as f64, 0))
            }
            (trials, false) => {
                let trials = decimal(trials as f64, 0);
                format!("median of {trials} trials, bands contain the middle 50 % and 90 %")
            }
            (trials, true) => {
                let trials = decimal(trials as f64, 0);
                format!(
                    "median of {trials} trials, bands contain the middle 50 %; beside, 50 % and 90 % of the last year"
                )
            }
        });
        let text = parts.join(" · ");
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// A description for screen readers.
    pub(super) fn about(&self) -> String {
        format!(
            "A chart of years against values: for each of {} policies the {} over trials, with bands. {}.",
            self.series.len(),
            if self.means { "mean" } else { "median" },
            self.subtitle()
        )
    }

    /// Name and last median of a policy, as in its label.
    fn label(&self, position: usize) -> (String, String) {
        (
            shortened(&self.series[position].name, TextFormat::plain(TEXT_SIZE, FOREGROUND), MAX_NAME_WIDTH),
            self.ends(position),
        )
    }

    /// The last median of a policy.
    pub(super) fn ends(&self, position: usize) -> String {
        let series = &self.series[position];
        match series.last().map(|year| series.quantiles[year][2]) {
            None => "no value".to_owned(),
            Some(value) if self.percent() => typographic(&significant(value * 100.0, 3)) + " %",
            Some(value) => typographic(&significant(value, 3)),
        }
    }

    fn frame(&self, drawing: &mut Drawing, plot: &Plot) {
        let format = TextFormat::plain(TEXT_SIZE, MUTED);
        for &tick in &plot.values.ticks {
            let y = plot.y(tick);
            drawing.line(vec![(plot.left, y), (plot.right, y)], GRID, 1.0);
            let text = plot.values.label(tick, self.tick_unit());
            drawing.text((plot.left - 8.0, y + 4.0), &text, format.anchored(Anchor::End));
        }
        drawing.line(vec![(plot.left, plot.bottom), (plot.right, plot.bottom)], AXIS, 1.0);
        for &tick in &plot.years.ticks {
            let x = plot.x(tick);
            drawing.line(vec![(x, plot.bottom), (x, plot.bottom + 5.0)], AXIS, 1.0);
            drawing.text((x, plot.bottom + 19.0), &format!("{tick}"), format.anchored(Anchor::Middle));
        }
        let middle = (plot.left + plot.right) / 2.0;
        drawing.text((middle, plot.bottom + 36.0), "Year", format.anchored(Anchor::Middle));
    }

    fn bands(&self, drawing: &mut Drawing, plot: &Plot) {
        let bands: &[(usize, usize, f64)] =
            if self.is_crowded() { &[(1, 3, 0.12)] } else { &[(0, 4, 0.10), (1, 3, 0.20)] };
        for &(low, high, opacity) in bands {
            for (position, series) in self.series.iter().enumerate() {
                series.band(drawing, plot, (low, high), colour(position), opacity);
            }
        }
    }

    /// Draws the medians, the first policy's last, so that it lies on top.
    fn medians(&self, drawing: &mut Drawing, plot: &Plot) {
        for (position, series) in self.series.iter().enumerate().rev() {
            for points in series.median(plot) {
                drawing.line(points, colour(position), 2.2);
            }
        }
    }

    /// Draws the distribution of the last year beside the plot, one bar for each policy.
    fn ranges(&self, drawing: &mut Drawing, plot: &Plot) {
        for (position, series) in self.series.iter().enumerate() {
            let Some(year) = series.last() else { continue };
            let x = plot.right + 14.0 + 9.0 * position as f64;
            let y = |quantile: usize| plot.y(series.quantiles[year][quantile]);
            let colour = colour(position);
            // Thin for 90 %, thick for 50 %, a tick for the median; half a pixel keeps an empty range visible.
            drawing.line(vec![(x, y(4) - 0.5), (x, y(0) + 0.5)], colour, 1.2);
            drawing.line(vec![(x, y(3) - 0.5), (x, y(1) + 0.5)], colour, 4.5);
            drawing.line(vec![(x - 4.0, y(2)), (x + 4.0, y(2))], colour, 1.8);
        }
    }

    /// Draws the labels at the ends of the lines: a sample of the line, the policy, its last median.
    fn legend(&self, drawing: &mut Drawing, plot: &Plot, ranges: f64) {
        // Each label is at the height of its last median, unless labels would overlap; then lines connect the two.
        let wanted: Vec<f64> = self
            .series
            .iter()
            .map(|series| series.last().map_or(plot.bottom, |year| plot.y(series.quantiles[year][2])))
            .collect();
        let places = spread_labels(&wanted, LABEL_DISTANCE, plot.top, plot.bottom);
        for (position, series) in self.series.iter().enumerate() {
            let (y, colour) = (places[position], colour(position));
            let start = plot.right + ranges;
            if let Some(year) = series.last() {
                let end = plot.at(year, series.quantiles[year][2]);
                let from = if ranges > 0.0 { start } else { end.0.max(start) };
                drawing.line(vec![(from + 3.0, end.1), (start + 20.0, y)], colour, 0.8);
            }
            let key = [(start + 20.0, y), (start + 36.0, y)];
            drawing.line(key.to_vec(), colour, 3.0);
            let (name, value) = self.label(position);
            let format = TextFormat::plain(TEXT_SIZE, FOREGROUND);
            drawing.text((start + 42.0, y + 4.0), &name, format);
            drawing.text(
                (start + 42.0 + text_width(&name, format) + 6.0, y + 4.0),
                &value,
                TextFormat::plain(TEXT_SIZE, MUTED),
            );
        }
    }
}
