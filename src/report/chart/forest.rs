//! The forest plot: how far each policy moves each headline measure, in the same worlds, from the first policy.

use crate::report::number::{Interval, exact, interval, printed};
use crate::report::reading::Verdict;
use hubsim_model::measures::Direction;

use super::axis::Axis;
use super::heading;
use super::print::{fit, width};
use super::sheet::{AXIS, Anchor, Colour, Face, GRID, INK, QUIET, Sheet, colour};

/// What a forest plot shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Forest {
    /// The policy that others are compared with.
    pub against: String,
    /// The other policies, in order.
    pub policies: Vec<String>,
    /// The year compared.
    pub year: u32,
    /// One block a measure.
    pub blocks: Vec<Block>,
}

/// One measure of a forest.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Name of the measure in files.
    pub key: String,
    /// The measure in plain words.
    pub title: String,
    /// Its unit; `-` where there is none. What begins with `share` is shown in percentage points.
    pub unit: String,
    /// Which way is better.
    pub direction: Direction,
    /// For each of the other policies the mean of the paired differences, with its 95 % interval.
    pub differences: Vec<Interval>,
}

const WIDE: f64 = 800.0;
const ROW: f64 = 22.0;
const TEXT: f64 = 12.0;
const NAME_AT_MOST: f64 = 330.0;
/// More policies than these have no colours of their own, as in [fans](super::fan); rows are then lower, and every
/// fifth has a line above it to lead the eye.
const COLOURED_AT_MOST: usize = 5;
const LOW_ROW: f64 = 17.0;
const BETTER: Colour = (0x00, 0x72, 0xb2);
const WORSE: Colour = (0xd5, 0x5e, 0x00);

impl Block {
    /// The same in percentage points where the measure is a share.
    fn shown(&self, of: Interval) -> Interval {
        let factor = if self.percent() { 100.0 } else { 1.0 };
        Interval { mean: of.mean * factor, low: of.low * factor, high: of.high * factor }
    }

    fn percent(&self) -> bool {
        self.unit.starts_with("share")
    }

    fn heading(&self) -> String {
        let unit = match self.unit.as_str() {
            "-" | "" => String::new(),
            _ if self.percent() => " (percentage points)".to_owned(),
            unit => format!(" ({unit})"),
        };
        format!("{}{unit}", self.title)
    }

    /// An axis with 0 in its middle.
    fn axis(&self) -> Axis {
        let ends = self.differences.iter().flat_map(|&of| {
            let shown = self.shown(of);
            [shown.mean, shown.low, shown.high]
        });
        let most = ends.filter(|value| value.is_finite()).fold(0.0, |most: f64, value| most.max(value.abs()));
        Axis::around([-most, most], (f64::NEG_INFINITY, f64::INFINITY), 4)
    }

    fn crowded(&self) -> bool {
        self.differences.len() > COLOURED_AT_MOST
    }

    fn row(&self) -> f64 {
        if self.crowded() { LOW_ROW } else { ROW }
    }

    /// The policy's own colour; of many policies what the difference amounts to.
    fn colour(&self, position: usize) -> Colour {
        if !self.crowded() {
            return colour(position + 1);
        }
        match Verdict::of(self.differences[position], self.direction) {
            Verdict::Better => BETTER,
            Verdict::Worse => WORSE,
            Verdict::Higher | Verdict::Lower => INK,
            Verdict::Unclear | Verdict::Same | Verdict::Unknown => AXIS,
        }
    }

    fn height(&self) -> f64 {
        34.0 + self.row() * self.differences.len() as f64 + 28.0
    }
}

/// Where the columns are.
struct Columns {
    left: f64,
    right: f64,
}

impl Columns {
    fn x(&self, axis: &Axis, value: f64) -> f64 {
        self.left + (self.right - self.left) * axis.share(value)
    }
}

impl Forest {
    /// The chart.
    pub fn sheet(&self) -> Sheet {
        let title = format!("Differences from {} in year {}", self.against, self.year);
        let mut subtitle =
            "Mean differences between the same worlds under both policies, with 95 % intervals; a ring: \
                            the interval holds zero."
                .to_owned();
        if self.policies.len() > COLOURED_AT_MOST {
            subtitle += " Blue: better than the first, orange: worse.";
        }
        let subtitle = &subtitle;
        let face = Face::plain(TEXT, INK);
        let names = self.policies.iter().map(|name| width(&fit(name, face, NAME_AT_MOST), face));
        let numbers = self
            .blocks
            .iter()
            .flat_map(|block| block.differences.iter().map(|&of| width(&signed(block.shown(of)), face)));
        let columns = Columns {
            left: heading::EDGE + names.fold(0.0, f64::max).ceil() + 28.0,
            right: WIDE - heading::EDGE - numbers.fold(0.0, f64::max).ceil() - 22.0,
        };
        let top = heading::height(&title, subtitle, WIDE) + 8.0;
        let height = top + self.blocks.iter().map(Block::height).sum::<f64>() + 8.0;
        let about = format!(
            "For each of {} measures the paired differences of {} policies from {}, with 95 % intervals.",
            self.blocks.len(),
            self.policies.len(),
            self.against
        );
        let mut sheet = Sheet::new(WIDE, height.ceil(), &title, &about);
        heading::write(&mut sheet, &title, subtitle);
        let mut y = top;
        for block in &self.blocks {
            self.block(&mut sheet, &columns, block, y);
            y += block.height();
        }
        sheet
    }

    /// The numbers behind the chart, as CSV.
    pub fn csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory does not fail.
        let _ = writer.write_record(["measure", "year", "policy", "against", "difference", "low", "high"]);
        for block in &self.blocks {
            for (policy, of) in self.policies.iter().zip(&block.differences) {
                let _ = writer.write_record([
                    block.key.clone(),
                    self.year.to_string(),
                    policy.clone(),
                    self.against.clone(),
                    exact(of.mean),
                    exact(of.low),
                    exact(of.high),
                ]);
            }
        }
        writer.into_inner().unwrap_or_default()
    }

    fn block(&self, sheet: &mut Sheet, columns: &Columns, block: &Block, top: f64) {
        let axis = block.axis();
        let face = Face::plain(TEXT, QUIET);
        let (first, last) = (top + 34.0, top + 34.0 + block.row() * block.differences.len() as f64);
        title(sheet, block, top);
        for &tick in &axis.ticks {
            let x = columns.x(&axis, tick);
            let (shade, wide) = if tick == 0.0 { (AXIS, 1.4) } else { (GRID, 1.0) };
            sheet.line(vec![(x, first - 2.0), (x, last)], shade, wide);
            let label = axis.label(tick, false);
            let label = if tick > 0.0 { format!("+{label}") } else { label };
            sheet.text((x, last + 15.0), &label, Face { size: 11.0, ..face }.held(Anchor::Middle));
        }
        for (position, (policy, &of)) in self.policies.iter().zip(&block.differences).enumerate() {
            let y = first + block.row() * (position as f64 + 0.5);
            let shown = block.shown(of);
            let colour = block.colour(position);
            if block.crowded() && position > 0 && position % 5 == 0 {
                let above = y - block.row() / 2.0;
                sheet.line(vec![(heading::EDGE, above), (WIDE - heading::EDGE, above)], GRID, 1.0);
            }
            let name = fit(policy, Face::plain(TEXT, INK), NAME_AT_MOST);
            sheet.text((heading::EDGE, y + 4.0), &name, Face::plain(TEXT, INK));
            let numbers = signed(shown);
            sheet.text((WIDE - heading::EDGE, y + 4.0), &numbers, Face::plain(TEXT, INK).held(Anchor::End));
            if !shown.mean.is_finite() {
                continue;
            }
            if shown.low.is_finite() && shown.high.is_finite() {
                let (low, high) = (columns.x(&axis, shown.low), columns.x(&axis, shown.high));
                sheet.line(vec![(low, y), (high.max(low + 0.5), y)], colour, 2.0);
            }
            let at = (columns.x(&axis, shown.mean), y);
            if shown.low > 0.0 || shown.high < 0.0 { sheet.dot(at, 4.5, colour) } else { sheet.ring(at, 4.5, colour) }
        }
    }
}

/// A measure's title, and towards which side things get better.
fn title(sheet: &mut Sheet, block: &Block, top: f64) {
    let bold = Face::plain(12.5, INK).bold();
    let room = WIDE - 2.0 * heading::EDGE - 150.0;
    sheet.line(vec![(heading::EDGE, top + 4.0), (WIDE - heading::EDGE, top + 4.0)], GRID, 1.0);
    sheet.text((heading::EDGE, top + 23.0), &fit(&block.heading(), bold, room), bold);
    let better = match block.direction {
        Direction::Lower => "◄ lower is better",
        Direction::Higher => "higher is better ►",
        Direction::Neutral => return,
    };
    sheet.text((WIDE - heading::EDGE, top + 23.0), better, Face::plain(11.5, QUIET).held(Anchor::End));
}

/// A difference as text, with its sign.
fn signed(of: Interval) -> String {
    if (of.mean, of.low, of.high) == (0.0, 0.0, 0.0) {
        return "no difference".to_owned();
    }
    let text = printed(&interval(of));
    if of.mean > 0.0 { format!("+{text}") } else { text }
}
