//! Prints the behaviour part of `scenarios/base.toml` from the catalogue, for when a parameter has changed.

fn main() {
    print!("{}", hubsim_lab::scenario::catalogue::base_parameters());
}
