//! The identity of this build, compiled in by `build.rs`.

/// blake3 over the sources that can change a simulated number or a measure, and over the locked versions of the
/// crates these depend on; 64 hexadecimal digits.
pub const FINGERPRINT: &str = env!("HUBSIM_FINGERPRINT");
/// The compiler, as printed by `rustc --version`.
pub const RUSTC: &str = env!("HUBSIM_RUSTC");
/// The target triple.
pub const TARGET: &str = env!("HUBSIM_TARGET");
/// `debug` or `release`.
pub const PROFILE: &str = env!("HUBSIM_PROFILE");
/// The commit, with a `+` where the working tree differed; `unknown` outside git.
pub const GIT: &str = env!("HUBSIM_GIT");
/// The version of the crate.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The first 16 digits of the fingerprint, for display.
pub fn short() -> &'static str {
    &FINGERPRINT[..16]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_has_its_identity_compiled_in() {
        assert!(FINGERPRINT.len() == 64 && FINGERPRINT.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert!(FINGERPRINT.starts_with(short()) && short().len() == 16);
        assert!(RUSTC.starts_with("rustc "), "{RUSTC}");
        assert!(["debug", "release"].contains(&PROFILE), "{PROFILE}");
    }
}
