//! A request for help of this quarter.

/// Somebody who looks for help this quarter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request {
    /// Place among the volunteers.
    pub(super) place: u32,
    /// When it is their turn: a draw. Of two who drew the same, who stands first comes first.
    pub(super) turn: u32,
    /// The organisation at home; as many as there are for those who have none, or asked there before.
    pub(super) home: u16,
    /// The door outside, as [`Helpdesks`](super::helpdesks::Helpdesks) counts them.
    pub(super) outside: u16,
    /// What they ask about, and where: region × themes + theme.
    pub(super) cell: u16,
    /// What would happen at these, and what did: see [`state`].
    pub(super) state: u16,
}

/// Bits of a caller's state.
pub(super) mod state {
    /// It is a new request.
    pub const NEW: u16 = 1;
    /// The door at home would solve it if there is work left.
    pub const HOME_ABLE: u16 = 2;
    /// The door outside is for such requests.
    pub const OUTSIDE_OPEN: u16 = 4;
    /// The door outside would solve it if there is work left.
    pub const OUTSIDE_ABLE: u16 = 8;
    /// Who cannot help would send on to the right door.
    pub const SENT: u16 = 16;
    /// The door outside would pass on to the theme's hub.
    pub const TO_THEME: u16 = 32;
    /// Or to the region's.
    pub const TO_REGION: u16 = 64;
    /// Was looked after at home, and was helped there.
    pub const AT_HOME: u16 = 128;
    pub const HELPED_AT_HOME: u16 = 256;
    /// Went to the door outside, was looked after there, and was helped.
    pub const WENT: u16 = 512;
    pub const OUTSIDE: u16 = 1024;
    pub const HELPED_OUTSIDE: u16 = 2048;
}
