//! The time. Nothing else in Bellhop reads it.

use crate::config::Config;
use bellhop_domain::{SignedDuration, Timestamp};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Tells the time: the machine's, or on the local stack one that tests can move.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    file: Option<Arc<Path>>,
}

/// What a clock file says instead of the machine's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    Offset(i64),
    Frozen(i64),
}

impl Clock {
    /// The machine's clock.
    pub const fn real() -> Self {
        Self { file: None }
    }

    /// A clock that follows a file, read at every look: one line, `offset <milliseconds>` or
    /// `frozen <epoch milliseconds>`. Without the file, or with anything else in it, the time is real.
    pub fn following(file: &Path) -> Self {
        Self { file: Some(file.into()) }
    }

    /// The clock that the configuration asks for.
    pub fn from_config(config: &Config) -> Self {
        config.clock_file.as_deref().map_or_else(Self::real, Self::following)
    }

    /// Now, to the millisecond: what is stored is what was meant.
    pub fn now(&self) -> Timestamp {
        let real = real_now();
        let setting = self.file.as_deref().and_then(read);
        let moved = setting.and_then(|setting| match setting {
            Setting::Offset(by) => real.checked_add(SignedDuration::from_millis(by)).ok(),
            Setting::Frozen(at) => Timestamp::from_millisecond(at).ok(),
        });
        let now = moved.unwrap_or(real);
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    /// How long until `deadline_ms` (epoch milliseconds), in real time whatever the file says:
    /// Lambda's deadline is real.
    pub fn remaining(&self, deadline_ms: u64) -> Duration {
        Duration::from_millis(deadline_ms.saturating_sub(self.real_ms()))
    }

    /// The machine's time in epoch milliseconds, whatever the file says.
    fn real_ms(&self) -> u64 {
        u64::try_from(real_now().as_millisecond()).unwrap_or_default()
    }
}

/// 2001-09-09, in epoch milliseconds.
const CENTURY_MS: u64 = 1_000_000_000_000;

#[expect(clippy::disallowed_methods, reason = "the one place that reads the time")]
fn real_now() -> Timestamp {
    Timestamp::now()
}

fn read(file: &Path) -> Option<Setting> {
    let text = std::fs::read_to_string(file).ok()?;
    let (word, number) = text.trim().split_once(' ')?;
    let number = number.trim().parse().ok()?;
    match word {
        "offset" => Some(Setting::Offset(number)),
        "frozen" => Some(Setting::Frozen(number)),
        _ => None,
    }
}

/// When Lambda stops the function.
#[derive(Debug, Clone)]
pub struct Deadline {
    clock: Clock,
    at_ms: u64,
}

impl Deadline {
    /// A deadline at `at_ms`, epoch milliseconds, as Lambda gives it with each event.
    ///
    /// cargo-lambda gives no moment but how long there is, ten minutes: what cannot be a moment of
    /// this century is taken as that.
    pub fn new(clock: Clock, at_ms: u64) -> Self {
        let is_wait = at_ms < CENTURY_MS;
        let from = if is_wait { clock.real_ms() } else { 0 };
        Self { clock, at_ms: from.saturating_add(at_ms) }
    }

    /// How long until then.
    pub fn remaining(&self) -> Duration {
        self.clock.remaining(self.at_ms)
    }

    /// Works on `task` for as long as the deadline leaves, less `reserve`; `None` when it did not
    /// finish by then and was dropped. This is how a call to AWS is bound to one invocation: a
    /// client's own time-outs are fixed when it is made, and the shorter of the two ends the call.
    pub async fn spare<T>(&self, reserve: Duration, task: impl Future<Output = T>) -> Option<T> {
        let time = self.remaining().saturating_sub(reserve);
        tokio::time::timeout(time, task).await.ok()
    }
}
