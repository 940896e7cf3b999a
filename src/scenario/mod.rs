//! From text to truth: scenario files, `extends`, every problem found at once.

/// A checked scenario, every default filled in.
#[derive(Clone, Debug)]
pub struct Scenario {}
