//! What charts of horizontal intervals share: their size, their colours, and where they are plotted.

use super::axis::Axis;
use super::drawing::Colour;

pub(super) const WIDTH: f64 = 800.0;
pub(super) const TEXT_SIZE: f64 = 12.0;
pub(super) const MAX_NAME_WIDTH: f64 = 330.0;
/// The colour of what is better.
pub(super) const BETTER: Colour = (0x00, 0x72, 0xb2);
/// The colour of what is worse.
pub(super) const WORSE: Colour = (0xd5, 0x5e, 0x00);

/// The horizontal position of the plots, between names and numbers.
pub(super) struct PlotEdges {
    pub(super) left: f64,
    pub(super) right: f64,
}

impl PlotEdges {
    /// Where a value lies on the page.
    pub(super) fn x(&self, axis: &Axis, value: f64) -> f64 {
        self.left + (self.right - self.left) * axis.fraction(value)
    }
}
