//! The progress bar: trials done, trials a second, time left; and the sink that advances it.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::interrupt;
use super::output::Messages;
use hubsim_lab::experiment::{ArmId, Outcome, Sink, SinkError, Trial};

/// A progress bar on standard error, if that is a terminal.
pub(super) struct Progress {
    bar: ProgressBar,
    pace: Arc<Pace>,
}

/// The speed of the simulation. Trials that were stored before take no time and are not counted.
struct Pace {
    since: Instant,
    simulated: AtomicU64,
}

impl Pace {
    fn elapsed(&self) -> Duration {
        self.since.elapsed()
    }

    /// Trials a second; 0 before the first.
    fn speed(&self) -> f64 {
        let seconds = self.elapsed().as_secs_f64();
        if seconds > 0.0 { self.simulated.load(Ordering::Relaxed) as f64 / seconds } else { 0.0 }
    }
}

impl Progress {
    /// The progress of a number of trials.
    pub(super) fn new(trials: u64, messages: Messages) -> Progress {
        let target = if messages.with_progress() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        #[allow(clippy::disallowed_methods, reason = "the speed of a run is no part of its results")]
        let pace = Arc::new(Pace { since: Instant::now(), simulated: AtomicU64::new(0) });
        let bar = ProgressBar::with_draw_target(Some(trials), target).with_style(style(&pace));
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress { bar, pace }
    }

    /// Trials simulated now, and the seconds since the start.
    pub(super) fn simulated(&self) -> (u64, f64) {
        (self.pace.simulated.load(Ordering::Relaxed), self.pace.elapsed().as_secs_f64())
    }

    pub(super) fn done(&self) {
        self.bar.finish_and_clear();
    }
}

fn style(pace: &Arc<Pace>) -> ProgressStyle {
    let (speed, left) = (Arc::clone(pace), Arc::clone(pace));
    ProgressStyle::with_template("{wide_bar} {pos}/{len} trials, {speed}, {left}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .with_key("speed", move |_: &ProgressState, text: &mut dyn Write| {
            let _ = write!(text, "{}", in_words(speed.speed()));
        })
        .with_key("left", move |state: &ProgressState, text: &mut dyn Write| {
            let waiting = state.len().unwrap_or(0).saturating_sub(state.pos());
            let _ = write!(text, "{}", time_left(waiting, left.speed()));
        })
}

/// A speed in words.
pub(super) fn in_words(per_second: f64) -> String {
    match per_second {
        speed if speed <= 0.0 => "– trials/s".to_owned(),
        speed if speed >= 100.0 => format!("{speed:.0} trials/s"),
        speed if speed >= 1.0 => format!("{speed:.1} trials/s"),
        speed => format!("{:.1} s/trial", 1.0 / speed),
    }
}

fn time_left(trials: u64, per_second: f64) -> String {
    if per_second <= 0.0 {
        return "time left unknown".to_owned();
    }
    let seconds = (trials as f64 / per_second).round() as u64;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s left"),
        (0, minutes, seconds) => format!("{minutes} min {seconds:02} s left"),
        (hours, minutes, _) => format!("{hours} h {minutes:02} min left"),
    }
}

/// A sink that advances a progress bar, stops after Ctrl-C, and stores trials in another sink.
pub(super) struct Watched<'a> {
    pub(super) sink: &'a dyn Sink,
    pub(super) progress: &'a Progress,
}

impl Sink for Watched<'_> {
    fn load(&self, arm: ArmId, replicate: u32) -> Option<Outcome> {
        let stored = self.sink.load(arm, replicate)?;
        self.progress.bar.inc(1);
        Some(stored)
    }

    fn store(&self, trial: &Trial, outcome: &Outcome) -> Result<(), SinkError> {
        self.sink.store(trial, outcome)?;
        self.progress.pace.simulated.fetch_add(1, Ordering::Relaxed);
        self.progress.bar.inc(1);
        Ok(())
    }

    fn stop(&self) -> bool {
        interrupt::asked() || self.sink.stop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_and_times_have_readable_units() {
        assert_eq!(in_words(0.0), "– trials/s");
        assert_eq!(in_words(0.25), "4.0 s/trial");
        assert_eq!(in_words(12.34), "12.3 trials/s");
        assert_eq!(in_words(1234.0), "1234 trials/s");
        assert_eq!(time_left(10, 0.0), "time left unknown");
        assert_eq!(time_left(10, 2.0), "5 s left");
        assert_eq!(time_left(125, 1.0), "2 min 05 s left");
        assert_eq!(time_left(7260, 1.0), "2 h 01 min left");
    }
}
