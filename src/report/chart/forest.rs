//! The forest plot: paired differences of each policy from the first one in each headline measure.

use crate::report::number::{Interval, exact, interval, typographic};
use crate::report::reading::DirectionVerdict;
use hubsim_model::measures::Direction;

use super::axis::{Axis, TickUnit};
use super::drawing::{AXIS, Anchor, Colour, Drawing, FOREGROUND, GRID, MUTED, TextFormat, colour};
use super::heading;
use super::plot::{BETTER, MAX_NAME_WIDTH, PlotEdges, TEXT_SIZE, WIDTH, WORSE};
use super::render::{shortened, text_width};

/// The content of a forest plot.
#[derive(Clone, Debug, PartialEq)]
pub struct ForestPlot {
    /// The policy that all others are compared with; none if there are several such.
    pub against: Option<String>,
    /// What each difference is called: the other policies, or pairs of policies, in order.
    pub policies: Vec<String>,
    /// The labels of the two policies of each difference, the one that is compared with last.
    pub labels: Vec<[String; 2]>,
    /// The year compared.
    pub year: u32,
    /// One block for each measure.
    pub blocks: Vec<MeasureBlock>,
}

/// One measure of a forest plot.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureBlock {
    /// The key of the measure.
    pub key: String,
    /// The title of the measure.
    pub title: String,
    /// Its unit; `-` for none. Units that begin with `share` are shown in percentage points.
    pub unit: String,
    /// Which direction is better.
    pub direction: Direction,
    /// For each of the other policies, the mean paired difference with its 95 % interval.
    pub differences: Vec<Interval>,
    /// The verdicts on them.
    pub verdicts: Vec<DirectionVerdict>,
}

const ROW_HEIGHT: f64 = 22.0;
/// With more policies, colours show verdicts instead of policies; rows are then lower, and every fifth has a line above it
/// as a guide.
const MAX_COLOURED_POLICIES: usize = 5;
const LOW_ROW_HEIGHT: f64 = 17.0;

impl MeasureBlock {
    /// The interval as shown: in percentage points if the measure is a share.
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

    /// The axis, with 0 in its middle.
    fn axis(&self) -> Axis {
        let ends = self.differences.iter().flat_map(|&of| {
            let shown = self.shown(of);
            [shown.mean, shown.low, shown.high]
        });
        let most = ends.filter(|value| value.is_finite()).fold(0.0, |most: f64, value| most.max(value.abs()));
        Axis::covering([-most, most], (f64::NEG_INFINITY, f64::INFINITY), 4)
    }

    fn is_crowded(&self) -> bool {
        self.differences.len() > MAX_COLOURED_POLICIES
    }

    fn row(&self) -> f64 {
        if self.is_crowded() { LOW_ROW_HEIGHT } else { ROW_HEIGHT }
    }

    /// The policy's colour or, with many policies, that of the verdict.
    fn colour(&self, position: usize) -> Colour {
        if !self.is_crowded() {
            return colour(position + 1);
        }
        match self.verdicts[position] {
            DirectionVerdict::Better | DirectionVerdict::BetterOrSmall => BETTER,
            DirectionVerdict::Worse | DirectionVerdict::WorseOrSmall => WORSE,
            DirectionVerdict::Higher | DirectionVerdict::Lower | DirectionVerdict::LessToCount => FOREGROUND,
            DirectionVerdict::TooSmall
            | DirectionVerdict::Unclear
            | DirectionVerdict::Same
            | DirectionVerdict::Unknown => AXIS,
        }
    }

    fn height(&self) -> f64 {
        34.0 + self.row() * self.differences.len() as f64 + 28.0
    }
}

impl ForestPlot {
    /// Draws the chart.
    pub fn drawing(&self) -> Drawing {
        let from = self.against.as_ref().map_or_else(String::new, |against| format!(" from {against}"));
        let title = format!("Differences{from} in year {}", self.year);
        let mut subtitle =
            "Mean differences between the same worlds under both policies, with 95 % intervals; a ring: \
                            the interval contains zero."
                .to_owned();
        if self.policies.len() > MAX_COLOURED_POLICIES {
            subtitle +=
                " Blue: better, orange: worse, grey: no difference that matters or not decided, black: less to count.";
        }
        let subtitle = &subtitle;
        let format = TextFormat::plain(TEXT_SIZE, FOREGROUND);
        // The plots lie between the widest name and the widest number.
        let names = self.policies.iter().map(|name| text_width(&shortened(name, format, MAX_NAME_WIDTH), format));
        let numbers = self
            .blocks
            .iter()
            .flat_map(|block| block.differences.iter().map(|&of| text_width(&signed(block.shown(of)), format)));
        let edges = PlotEdges {
            left: heading::EDGE + names.fold(0.0, f64::max).ceil() + 28.0,
            right: WIDTH - heading::EDGE - numbers.fold(0.0, f64::max).ceil() - 22.0,
        };
        let top = heading::height(&title, subtitle, WIDTH) + 8.0;
        let height = top + self.blocks.iter().map(MeasureBlock::height).sum::<f64>() + 8.0;
        let about = format!(
            "For each of {} measures {} paired differences{from}, with 95 % intervals.",
            self.blocks.len(),
            self.policies.len(),
        );
        let mut drawing = Drawing::new(WIDTH, height.ceil(), &title, &about);
        heading::write(&mut drawing, &title, subtitle);
        let mut y = top;
        for block in &self.blocks {
            self.block(&mut drawing, &edges, block, y);
            y += block.height();
        }
        drawing
    }

    /// The numbers behind the chart, as CSV.
    pub fn csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory does not fail.
        let _ = writer.write_record(["measure", "year", "policy", "against", "difference", "low", "high"]);
        for block in &self.blocks {
            for ([policy, against], of) in self.labels.iter().zip(&block.differences) {
                let _ = writer.write_record([
                    block.key.clone(),
                    self.year.to_string(),
                    policy.clone(),
                    against.clone(),
                    exact(of.mean),
                    exact(of.low),
                    exact(of.high),
                ]);
            }
        }
        writer.into_inner().unwrap_or_default()
    }

    fn block(&self, drawing: &mut Drawing, edges: &PlotEdges, block: &MeasureBlock, top: f64) {
        let axis = block.axis();
        let format = TextFormat::plain(TEXT_SIZE, MUTED);
        let (first, last) = (top + 34.0, top + 34.0 + block.row() * block.differences.len() as f64);
        title(drawing, block, top);
        for &tick in &axis.ticks {
            let x = edges.x(&axis, tick);
            // The line of no difference is emphasised.
            let (shade, wide) = if tick == 0.0 { (AXIS, 1.4) } else { (GRID, 1.0) };
            drawing.line(vec![(x, first - 2.0), (x, last)], shade, wide);
            let label = axis.label(tick, TickUnit::Value);
            let label = if tick > 0.0 { format!("+{label}") } else { label };
            drawing.text((x, last + 15.0), &label, TextFormat { size: 11.0, ..format }.anchored(Anchor::Middle));
        }
        for (position, (policy, &of)) in self.policies.iter().zip(&block.differences).enumerate() {
            let y = first + block.row() * (position as f64 + 0.5);
            let shown = block.shown(of);
            let colour = block.colour(position);
            if block.is_crowded() && position > 0 && position % 5 == 0 {
                let above = y - block.row() / 2.0;
                drawing.line(vec![(heading::EDGE, above), (WIDTH - heading::EDGE, above)], GRID, 1.0);
            }
            let name = shortened(policy, TextFormat::plain(TEXT_SIZE, FOREGROUND), MAX_NAME_WIDTH);
            drawing.text((heading::EDGE, y + 4.0), &name, TextFormat::plain(TEXT_SIZE, FOREGROUND));
            let numbers = signed(shown);
            drawing.text(
                (WIDTH - heading::EDGE, y + 4.0),
                &numbers,
                TextFormat::plain(TEXT_SIZE, FOREGROUND).anchored(Anchor::End),
            );
            // Without a value, the row has only its name and a dash.
            if !shown.mean.is_finite() {
                continue;
            }
            if shown.low.is_finite() && shown.high.is_finite() {
                let (low, high) = (edges.x(&axis, shown.low), edges.x(&axis, shown.high));
                drawing.line(vec![(low, y), (high.max(low + 0.5), y)], colour, 2.0);
            }
            let at = (edges.x(&axis, shown.mean), y);
            if shown.low > 0.0 || shown.high < 0.0 {
                drawing.dot(at, 4.5, colour)
            } else {
                drawing.ring(at, 4.5, colour)
            }
        }
    }
}

/// Draws a measure's title and its better direction.
fn title(drawing: &mut Drawing, block: &MeasureBlock, top: f64) {
    let bold = TextFormat::plain(12.5, FOREGROUND).bold();
    let room = WIDTH - 2.0 * heading::EDGE - 150.0;
    drawing.line(vec![(heading::EDGE, top + 4.0), (WIDTH - heading::EDGE, top + 4.0)], GRID, 1.0);
    drawing.text((heading::EDGE, top + 23.0), &shortened(&block.heading(), bold, room), bold);
    let better = match block.direction {
        Direction::Lower => "◄ lower is better",
        Direction::Higher => "higher is better ►",
        Direction::Neutral => return,
    };
    drawing.text((WIDTH - heading::EDGE, top + 23.0), better, TextFormat::plain(11.5, MUTED).anchored(Anchor::End));
}

/// A difference as text with its sign.
fn signed(of: Interval) -> String {
    if (of.mean, of.low, of.high) == (0.0, 0.0, 0.0) {
        return "no difference".to_owned();
    }
    let text = typographic(&interval(of));
    if of.mean > 0.0 { format!("+{text}") } else { text }
}
