//! Conduct: whether an organisation or a mandate has gone astray, and who knows.

/// How an organisation or a mandate behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conduct {
    /// Quarter in which somebody last looked closely.
    pub checked: u32,
    /// Quarter since which it is astray; `None` if it is not.
    pub astray: Option<u32>,
    /// Quarter in which somebody noticed.
    pub noticed: Option<u32>,
    /// Quarter in which it will be stopped.
    pub stop: Option<u32>,
}

impl Conduct {
    /// Whether somebody has noticed that it is astray.
    pub fn known_astray(&self) -> bool {
        self.astray.is_some() && self.noticed.is_some()
    }
}
