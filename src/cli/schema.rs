//! `hubsim schema`: JSON Schema of the scenario file.

use super::failure::Failure;
use super::output;
use hubsim_lab::scenario::schema::json_schema;

/// Print the JSON Schema of the scenario file, for editors
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hubsim schema > scenario.json\n\nThen begin a scenario with the line\n  #:schema ./scenario.json\nand an editor with TOML support completes and checks its keys."
)]
pub(super) struct SchemaCommand {}

impl SchemaCommand {
    pub(super) fn run(&self) -> Result<(), Failure> {
        output::result(&json_schema())
    }
}
