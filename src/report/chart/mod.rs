//! Charts: what they show as plain data, drawn once, printed as SVG and PNG.

pub mod axis;
pub mod fan;
pub mod forest;
pub mod heading;
pub mod labels;
mod panels;
pub mod print;
pub mod results;
pub mod sheet;

pub use fan::{Fan, Series};
pub use forest::{Block, Forest};
pub use results::charts;
