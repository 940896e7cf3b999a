//! Ctrl-C: the first one stops after the running trials and stores them, the second one stops at once.

use std::sync::atomic::{AtomicBool, Ordering};

use super::output;

static ASKED: AtomicBool = AtomicBool::new(false);

/// Makes Ctrl-C request a stop instead of ending the process.
pub(super) fn watch() {
    // Without a handler Ctrl-C kills the process, which loses the trials in flight and nothing else.
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        output::message("stopping after the trials that are running; Ctrl-C again stops at once");
    });
}

/// Whether a stop was requested.
pub(super) fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}
