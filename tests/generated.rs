//! Generated files of the repository are what the code generates now.

#[path = "../examples/generate.rs"]
mod generate;

#[test]
fn generated_files_are_fresh() {
    for (path, text) in generate::quick() {
        assert!(generate::stored(path) == text, "{path} is stale: cargo run --release --example generate");
    }
}
