//! The fan chart: how one measure moves over the years under each policy, and how far trials spread.

use crate::report::number::{decimal, exact, printed, significant};
use hubsim_model::measures::Direction;

use super::axis::Axis;
use super::heading;
use super::labels::{room, spread};
use super::panels;
use super::print::{fit, width};
use super::sheet::{AXIS, Anchor, Colour, Face, GRID, INK, Point, QUIET, Sheet, colour};

/// What a fan chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    /// Name of the measure in files.
    pub key: String,
    /// The measure in plain words.
    pub title: String,
    /// Its unit; `-` where there is none. What begins with `share` is shown as percent.
    pub unit: String,
    /// Which way is better.
    pub direction: Direction,
    /// Least and greatest possible value.
    pub range: (f64, f64),
    /// Trials per policy.
    pub trials: usize,
    /// Whether what is shown is the mean over trials and its 95 % interval, because a trial is a yes or a no: of that,
    /// quantiles say nothing.
    pub means: bool,
    /// One series a policy, in order; the first is what others are compared with.
    pub series: Vec<Series>,
}

/// One policy of a fan.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The policy.
    pub name: String,
    /// The [quantiles](hubsim_lab::analysis::summary::QUANTILES) over trials in years 0, 1, …; NaN where there is no value.
    pub quantiles: Vec<[f64; 5]>,
}

/// Bands overlap too much to read with more policies: then ranges stand beside the chart.
const BANDS_AT_MOST: usize = 4;
/// Lines overlap too much to read with more policies: then each gets a [panel](super::panels) of its own.
const LINES_AT_MOST: usize = 6;
const WIDE: f64 = 800.0;
const LABEL: f64 = 12.0;
const APART: f64 = 17.0;
const NAME_AT_MOST: f64 = 190.0;

/// Where things are.
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
        self.left + (self.right - self.left) * self.years.share(year)
    }
    pub fn y(&self, value: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * self.values.share(value)
    }
}

impl Series {
    /// Stretches of years that have values: (first, one past the last).
    fn stretches(&self) -> Vec<(usize, usize)> {
        let mut stretches: Vec<(usize, usize)> = Vec::new();
        for (year, quantiles) in self.quantiles.iter().enumerate() {
            if quantiles.iter().all(|value| value.is_finite()) {
                match stretches.last_mut() {
                    Some((_, end)) if *end == year => *end += 1,
                    _ => stretches.push((year, year + 1)),
                }
            }
        }
        stretches
    }

    /// The last year that has values.
    fn last(&self) -> Option<usize> {
        self.stretches().last().map(|&(_, end)| end - 1)
    }

    /// The band between two of the quantiles.
    pub(super) fn band(
        &self,
        sheet: &mut Sheet,
        plot: &Plot,
        (low, high): (usize, usize),
        colour: Colour,
        opacity: f64,
    ) {
        for (first, end) in self.stretches() {
            let years = first..end;
            if years.clone().all(|year| self.quantiles[year][low] == self.quantiles[year][high]) {
                continue;
            }
            // A year alone gets a band of some width.
            let room = if end - first == 1 { 3.0 } else { 0.0 };
            let edge = |year: usize, of: usize, by: f64| {
                let at = plot.at(year, self.quantiles[year][of]);
                ((at.0 + by).clamp(plot.left, plot.right), at.1)
            };
            let mut points = vec![edge(first, high, -room)];
            points.extend(years.clone().map(|year| edge(year, high, room)));
            points.extend(years.rev().map(|year| edge(year, low, room)));
            points.push(edge(first, low, -room));
            sheet.area(points, colour, opacity);
        }
    }

    /// The median: a line through each stretch of years that have one.
    pub(super) fn median(&self, plot: &Plot) -> impl Iterator<Item = Vec<Point>> {
        let line = |(first, end)| (first..end).map(|year| plot.at(year, self.quantiles[year][2])).collect();
        self.stretches().into_iter().map(line)
    }
}

impl Fan {
    /// The chart.
    pub fn sheet(&self) -> Sheet {
        if self.series.len() > LINES_AT_MOST {
            return panels::sheet(self);
        }
        let subtitle = self.subtitle();
        let beside = self.crowded();
        let values = self.values(5);
        let face = Face::plain(LABEL, INK);
        let ticks = values.ticks.iter().map(|&tick| width(&values.label(tick, self.percent()), face));
        let labels = self.series.iter().enumerate().map(|(position, _)| {
            let (name, value) = self.label(position);
            width(&name, face) + width(&value, face)
        });
        let top = heading::height(&self.title, &subtitle, WIDE) + 16.0;
        let ranges = if beside { 12.0 + 9.0 * self.series.len() as f64 } else { 0.0 };
        let plot = Plot {
            left: heading::EDGE + ticks.fold(0.0, f64::max).ceil() + 8.0,
            right: WIDE - 16.0 - labels.fold(0.0, f64::max).ceil() - 54.0 - ranges,
            top,
            bottom: top + f64::max(300.0, room(self.series.len(), APART) + APART),
            years: self.years(10),
            values,
        };
        let mut sheet = Sheet::new(WIDE, (plot.bottom + 44.0).ceil(), &self.title, &self.about());
        heading::write(&mut sheet, &self.title, &subtitle);
        self.frame(&mut sheet, &plot);
        self.bands(&mut sheet, &plot);
        self.medians(&mut sheet, &plot);
        if beside {
            self.ranges(&mut sheet, &plot);
        }
        self.legend(&mut sheet, &plot, ranges);
        sheet
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
        Axis::around(all, self.range, ticks)
    }

    /// The axis of years.
    pub(super) fn years(&self, ticks: usize) -> Axis {
        let last = self.series.iter().map(|series| series.quantiles.len()).max().unwrap_or(1).saturating_sub(1);
        Axis::years(0, last as u32, ticks)
    }

    pub(super) fn percent(&self) -> bool {
        self.unit.starts_with("share")
    }

    fn crowded(&self) -> bool {
        (BANDS_AT_MOST + 1..=LINES_AT_MOST).contains(&self.series.len()) && self.trials > 1
    }

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
        parts.push(match (self.trials, self.crowded()) {
            (0 | 1, _) => "one trial per policy".to_owned(),
            (trials, _) if self.means => {
                format!("of {} trials, the band holds 95 %", decimal(trials as f64, 0))
            }
            (trials, false) => {
                let trials = decimal(trials as f64, 0);
                format!("median of {trials} trials, bands hold the middle 50 % and 90 %")
            }
            (trials, true) => {
                let trials = decimal(trials as f64, 0);
                format!("median of {trials} trials, bands hold the middle 50 %; beside, 50 % and 90 % of the last year")
            }
        });
        let text = parts.join(" · ");
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    pub(super) fn about(&self) -> String {
        format!(
            "A chart of years against values: for each of {} policies the {} over trials, with bands. {}.",
            self.series.len(),
            if self.means { "mean" } else { "median" },
            self.subtitle()
        )
    }

    /// Name and last median of a policy, as its label says them.
    fn label(&self, position: usize) -> (String, String) {
        (fit(&self.series[position].name, Face::plain(LABEL, INK), NAME_AT_MOST), self.ends(position))
    }

    /// The last median of a policy.
    pub(super) fn ends(&self, position: usize) -> String {
        let series = &self.series[position];
        match series.last().map(|year| series.quantiles[year][2]) {
            None => "no value".to_owned(),
            Some(value) if self.percent() => printed(&significant(value * 100.0, 3)) + " %",
            Some(value) => printed(&significant(value, 3)),
        }
    }

    fn frame(&self, sheet: &mut Sheet, plot: &Plot) {
        let face = Face::plain(LABEL, QUIET);
        for &tick in &plot.values.ticks {
            let y = plot.y(tick);
            sheet.line(vec![(plot.left, y), (plot.right, y)], GRID, 1.0);
            let text = plot.values.label(tick, self.percent());
            sheet.text((plot.left - 8.0, y + 4.0), &text, face.held(Anchor::End));
        }
        sheet.line(vec![(plot.left, plot.bottom), (plot.right, plot.bottom)], AXIS, 1.0);
        for &tick in &plot.years.ticks {
            let x = plot.x(tick);
            sheet.line(vec![(x, plot.bottom), (x, plot.bottom + 5.0)], AXIS, 1.0);
            sheet.text((x, plot.bottom + 19.0), &format!("{tick}"), face.held(Anchor::Middle));
        }
        let middle = (plot.left + plot.right) / 2.0;
        sheet.text((middle, plot.bottom + 36.0), "Year", face.held(Anchor::Middle));
    }

    fn bands(&self, sheet: &mut Sheet, plot: &Plot) {
        let bands: &[(usize, usize, f64)] =
            if self.crowded() { &[(1, 3, 0.12)] } else { &[(0, 4, 0.10), (1, 3, 0.20)] };
        for &(low, high, opacity) in bands {
            for (position, series) in self.series.iter().enumerate() {
                series.band(sheet, plot, (low, high), colour(position), opacity);
            }
        }
    }

    /// Later policies first, so that the one compared with lies on top.
    fn medians(&self, sheet: &mut Sheet, plot: &Plot) {
        for (position, series) in self.series.iter().enumerate().rev() {
            for points in series.median(plot) {
                sheet.line(points, colour(position), 2.2);
            }
        }
    }

    /// Beside the chart, one bar a policy: where its trials end.
    fn ranges(&self, sheet: &mut Sheet, plot: &Plot) {
        for (position, series) in self.series.iter().enumerate() {
            let Some(year) = series.last() else { continue };
            let x = plot.right + 14.0 + 9.0 * position as f64;
            let y = |quantile: usize| plot.y(series.quantiles[year][quantile]);
            let colour = colour(position);
            sheet.line(vec![(x, y(4) - 0.5), (x, y(0) + 0.5)], colour, 1.2);
            sheet.line(vec![(x, y(3) - 0.5), (x, y(1) + 0.5)], colour, 4.5);
            sheet.line(vec![(x - 4.0, y(2)), (x + 4.0, y(2))], colour, 1.8);
        }
    }

    /// Labels at the ends of the lines: a key of the line, the policy, its last median.
    fn legend(&self, sheet: &mut Sheet, plot: &Plot, ranges: f64) {
        let wanted: Vec<f64> = self
            .series
            .iter()
            .map(|series| series.last().map_or(plot.bottom, |year| plot.y(series.quantiles[year][2])))
            .collect();
        let places = spread(&wanted, APART, plot.top, plot.bottom);
        for (position, series) in self.series.iter().enumerate() {
            let (y, colour) = (places[position], colour(position));
            let start = plot.right + ranges;
            if let Some(year) = series.last() {
                let end = plot.at(year, series.quantiles[year][2]);
                let from = if ranges > 0.0 { start } else { end.0.max(start) };
                sheet.line(vec![(from + 3.0, end.1), (start + 20.0, y)], colour, 0.8);
            }
            let key = [(start + 20.0, y), (start + 36.0, y)];
            sheet.line(key.to_vec(), colour, 3.0);
            let (name, value) = self.label(position);
            let face = Face::plain(LABEL, INK);
            sheet.text((start + 42.0, y + 4.0), &name, face);
            sheet.text((start + 42.0 + width(&name, face) + 6.0, y + 4.0), &value, Face::plain(LABEL, QUIET));
        }
    }
}
