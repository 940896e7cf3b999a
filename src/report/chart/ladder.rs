//! The chart of a ladder: how each headline measure climbs from one policy to another, step by step.

use hubsim_lab::analysis::ladder::{LadderEffects, StepEffect};
use hubsim_lab::experiment::Subject;
use hubsim_model::measures::{Direction, MEASURES, Measure};

use crate::report::contrasts::ladder::{interval, words};
use crate::report::number::{Interval, exact, plus_minus, significant, typographic};

use super::axis::{Axis, TickUnit};
use super::drawing::{AXIS, Anchor, Colour, Drawing, FOREGROUND, GRID, MUTED, TextFormat};
use super::heading;
use super::plot::{BETTER, MAX_NAME_WIDTH, PlotEdges, TEXT_SIZE, WIDTH, WORSE};
use super::render::{shortened, text_width};

/// The chart of one ladder.
pub struct LadderChart<'a> {
    ladder: &'a LadderEffects,
    blocks: Vec<Block<'a>>,
}

/// One measure: its steps in order.
struct Block<'a> {
    measure: &'static Measure,
    steps: Vec<&'a StepEffect>,
}

const ROW: f64 = 19.0;
const BAR: f64 = 9.0;

/// The chart of a ladder; nothing if no step has a value in a headline measure.
pub fn ladder_chart(ladder: &LadderEffects) -> Option<LadderChart<'_>> {
    let block = |(position, &measure): (usize, &&'static Measure)| {
        let is_step = |of: &&StepEffect| of.measure == position && matches!(of.subject, Subject::Step(_));
        let steps: Vec<&StepEffect> = ladder.effects.iter().filter(is_step).collect();
        let some = steps.iter().any(|of| of.with_mean.is_finite() && of.without_mean.is_finite());
        (measure.headline && some).then_some(Block { measure, steps })
    };
    let blocks: Vec<Block> = MEASURES.iter().enumerate().filter_map(block).collect();
    (!blocks.is_empty()).then_some(LadderChart { ladder, blocks })
}

impl Block<'_> {
    fn factor(&self) -> f64 {
        if self.measure.unit.starts_with("share") { 100.0 } else { 1.0 }
    }

    fn heading(&self) -> String {
        let unit = match self.measure.unit {
            "-" | "" => String::new(),
            unit if unit.starts_with("share") => " (%)".to_owned(),
            unit => format!(" ({unit})"),
        };
        format!("{}{unit}", self.measure.title)
    }

    /// The levels at the two ends of a step and the ends of its interval, as shown.
    fn levels(&self, of: &StepEffect) -> [f64; 4] {
        let factor = self.factor();
        let levels = [of.without_mean, of.with_mean, of.without_mean + of.low, of.without_mean + of.high];
        levels.map(|level| level * factor)
    }

    fn axis(&self) -> Axis {
        let levels = self.steps.iter().flat_map(|of| self.levels(of));
        let (low, high) = self.measure.range;
        Axis::covering(levels, (low * self.factor(), high * self.factor()), 4)
    }

    /// Blue for better, orange for worse; grey where the interval contains zero.
    fn colour(&self, of: &StepEffect) -> Colour {
        match self.measure.direction {
            _ if !of.is_resolved() => AXIS,
            Direction::Neutral => FOREGROUND,
            Direction::Higher => {
                if of.difference > 0.0 {
                    BETTER
                } else {
                    WORSE
                }
            }
            Direction::Lower => {
                if of.difference < 0.0 {
                    BETTER
                } else {
                    WORSE
                }
            }
        }
    }

    /// The difference in words.
    fn numbers(&self, of: &StepEffect) -> String {
        let Interval { mean, low, high } = interval(of);
        if (mean, low, high) == (0.0, 0.0, 0.0) {
            return "no difference".to_owned();
        }
        if !of.is_resolved() {
            return "not resolved".to_owned();
        }
        let factor = self.factor();
        typographic(&plus_minus(Interval { mean: mean * factor, low: low * factor, high: high * factor }))
    }

    fn height(&self) -> f64 {
        34.0 + ROW * (self.steps.len() + 2) as f64 + 28.0
    }
}

impl LadderChart<'_> {
    /// Draws the chart.
    pub fn drawing(&self) -> Drawing {
        let LadderEffects { from, to, year, .. } = self.ladder;
        let title = format!("What each step brings, from {from} to {to}, in year {year}");
        let subtitle = "A bar leads from the mean without a step to the mean with it, in the same worlds; its line is the 95 % \
                        interval of the difference. Blue: better, orange: worse, grey: not resolved, the interval contains zero.";
        let plain = TextFormat::plain(TEXT_SIZE, FOREGROUND);
        let names = self.blocks[0].steps.iter().map(|of| words(of)).chain([from.clone(), to.clone()]);
        let names = names.map(|name| text_width(&shortened(&name, plain, MAX_NAME_WIDTH), plain)).fold(0.0, f64::max);
        let numbers = self.blocks.iter().flat_map(|block| block.steps.iter().map(|of| block.numbers(of)));
        let numbers = numbers.map(|text| text_width(&text, plain)).fold(0.0, f64::max);
        let edges = PlotEdges {
            left: heading::EDGE + names.ceil() + 28.0,
            right: WIDTH - heading::EDGE - numbers.ceil() - 22.0,
        };
        let top = heading::height(&title, subtitle, WIDTH) + 8.0;
        let height = top + self.blocks.iter().map(Block::height).sum::<f64>() + 8.0;
        let about = format!(
            "For each of {} measures the way from {from} to {to} in {} steps, with 95 % intervals.",
            self.blocks.len(),
            self.blocks[0].steps.len(),
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

    fn block(&self, drawing: &mut Drawing, edges: &PlotEdges, block: &Block, top: f64) {
        let axis = block.axis();
        let (first, rows) = (top + 34.0, (block.steps.len() + 2) as f64);
        let last = first + ROW * rows;
        head(drawing, block, top);
        for &tick in &axis.ticks {
            let x = edges.x(&axis, tick);
            drawing.line(vec![(x, first - 2.0), (x, last)], GRID, 1.0);
            let format = TextFormat::plain(11.0, MUTED).anchored(Anchor::Middle);
            drawing.text((x, last + 15.0), &axis.label(tick, TickUnit::Value), format);
        }
        let middle = |row: usize| first + ROW * (row as f64 + 0.5);
        let ends = [(0, &self.ladder.from), (block.steps.len() + 1, &self.ladder.to)];
        let levels = [block.steps.first().map(|of| of.without_mean), block.steps.last().map(|of| of.with_mean)];
        for ((row, name), level) in ends.into_iter().zip(levels) {
            let level = level.unwrap_or(f64::NAN) * block.factor();
            row_of_text(drawing, middle(row), [name, &typographic(&significant(level, 3))]);
            if level.is_finite() {
                drawing.dot((edges.x(&axis, level), middle(row)), 4.5, FOREGROUND);
            }
        }
        for (row, of) in block.steps.iter().enumerate() {
            row_of_text(drawing, middle(row + 1), [&words(of), &block.numbers(of)]);
            bar(drawing, (block, of), middle(row + 1), |level| edges.x(&axis, level));
        }
    }

    /// The numbers behind the chart, as CSV.
    pub fn csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory does not fail.
        let head =
            ["measure", "year", "step", "with", "without", "with_mean", "without_mean", "difference", "low", "high"];
        let _ = writer.write_record(head);
        for block in &self.blocks {
            for of in &block.steps {
                let step = if let Subject::Step(step) = &of.subject { step.as_str() } else { "" };
                let (key, year) = (block.measure.key, self.ladder.year.to_string());
                let numbers = [of.with_mean, of.without_mean, of.difference, of.low, of.high].map(exact);
                let texts = [key, &year, step, &of.with, &of.without].map(str::to_owned);
                let _ = writer.write_record(texts.into_iter().chain(numbers));
            }
        }
        writer.into_inner().unwrap_or_default()
    }
}

/// Draws a measure's title and its better direction.
fn head(drawing: &mut Drawing, block: &Block, top: f64) {
    let bold = TextFormat::plain(12.5, FOREGROUND).bold();
    let room = WIDTH - 2.0 * heading::EDGE - 150.0;
    drawing.line(vec![(heading::EDGE, top + 4.0), (WIDTH - heading::EDGE, top + 4.0)], GRID, 1.0);
    drawing.text((heading::EDGE, top + 23.0), &shortened(&block.heading(), bold, room), bold);
    let better = match block.measure.direction {
        Direction::Lower => "◄ lower is better",
        Direction::Higher => "higher is better ►",
        Direction::Neutral => return,
    };
    drawing.text((WIDTH - heading::EDGE, top + 23.0), better, TextFormat::plain(11.5, MUTED).anchored(Anchor::End));
}

/// The name and the numbers of a row.
fn row_of_text(drawing: &mut Drawing, y: f64, [name, numbers]: [&str; 2]) {
    let plain = TextFormat::plain(TEXT_SIZE, FOREGROUND);
    drawing.text((heading::EDGE, y + 4.0), &shortened(name, plain, MAX_NAME_WIDTH), plain);
    drawing.text((WIDTH - heading::EDGE, y + 4.0), numbers, plain.anchored(Anchor::End));
}

/// A step: the bar between its levels, the interval of the difference, and a line down to where the next step begins.
fn bar(drawing: &mut Drawing, (block, of): (&Block, &StepEffect), y: f64, x: impl Fn(f64) -> f64) {
    let [without, with, low, high] = block.levels(of);
    if !(without.is_finite() && with.is_finite()) {
        return;
    }
    let (colour, left, right) = (block.colour(of), x(without.min(with)), x(without.max(with)));
    // A step that changes little is still seen.
    let right = right.max(left + 1.0);
    let half = BAR / 2.0;
    let corners = vec![(left, y - half), (right, y - half), (right, y + half), (left, y + half)];
    drawing.area(corners, colour, if of.is_resolved() { 0.45 } else { 0.3 });
    if low.is_finite() && high.is_finite() {
        drawing.line(vec![(x(low), y), (x(high).max(x(low) + 0.5), y)], colour, 1.6);
    }
    drawing.line(vec![(x(with), y + half), (x(with), y + ROW - half)], AXIS, 0.8);
    if of.is_resolved() { drawing.dot((x(with), y), 3.5, colour) } else { drawing.ring((x(with), y), 3.5, colour) }
}

#[cfg(test)]
mod tests {
    use super::super::drawing::Shape;
    use super::*;
    use crate::report::contrasts::ladder::tests::ladder;

    #[test]
    fn the_steps_lead_from_one_level_to_the_other() {
        let ladder = ladder(40);
        let chart = ladder_chart(&ladder).expect("headline measures");
        let drawing = chart.drawing();
        let texts: Vec<&str> = drawing
            .shapes
            .iter()
            .filter_map(|shape| if let Shape::Text { text, .. } = shape { Some(text.as_str()) } else { None })
            .collect();
        for text in ["from <a>", "b, \"c\"", "d + e → to & fro", "to & fro", "not resolved"] {
            assert!(texts.contains(&text), "{text}");
        }
        let headlines = MEASURES.iter().filter(|measure| measure.headline).count();
        assert_eq!(texts.iter().filter(|text| **text == "not resolved").count(), headlines);
        // A resolved step is a dot, any other a ring; the ends are dots.
        let areas: Vec<f64> = drawing
            .shapes
            .iter()
            .filter_map(
                |shape| if let Shape::Area { points, .. } = shape { Some(points[1].0 - points[0].0) } else { None },
            )
            .collect();
        assert_eq!(areas.len(), 2 * headlines);
        assert!(areas.chunks(2).all(|steps| steps[0] > steps[1]), "{areas:?}");
        let text = String::from_utf8(chart.csv()).expect("text");
        assert!(
            text.contains("need_met,20,\"b, \"\"c\"\"\",\"from <a> + b, \"\"c\"\"\",from <a>,0.5,0.25,0.25,"),
            "{text}"
        );
        assert_eq!(text.lines().count(), 1 + 2 * headlines);
    }

    #[test]
    fn no_values_make_no_chart_and_missing_ones_no_panic() {
        let mut none = ladder(0);
        for of in &mut none.effects {
            (of.with_mean, of.without_mean, of.difference, of.low, of.high) =
                (f64::NAN, f64::NAN, f64::NAN, f64::NAN, f64::NAN);
        }
        assert!(ladder_chart(&none).is_none());
        let mut some = ladder(3);
        for of in some.effects.iter_mut().filter(|of| of.subject == Subject::Step("d + e".to_owned())) {
            (of.with_mean, of.low, of.high) = (f64::NAN, f64::NAN, f64::INFINITY);
        }
        assert!(ladder_chart(&some).expect("the first step has values").drawing().height > 100.0);
    }
}
