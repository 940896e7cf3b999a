//! Charts: described as plain data, drawn once, and rendered as SVG and PNG.

pub mod axis;
pub mod fan;
pub mod forest;
pub mod heading;
pub mod ladder;
pub mod labels;
mod panels;
mod plot;
pub mod render;
pub mod results;
pub mod drawing;

pub use fan::{FanChart, Series};
pub use forest::{ForestPlot, MeasureBlock};
pub use results::{charts, ladder_charts};
