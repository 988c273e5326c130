//! The simulators' time: the clock file of the local stack, read again at every use.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

/// Reads the time from a clock file, or the real time where there is none.
///
/// The file has one line: `offset <milliseconds>` or `frozen <epoch milliseconds>`.
pub struct Clock {
    file: Option<PathBuf>,
}

impl Clock {
    /// A clock that follows `file`; without a file it tells real time.
    pub fn new(file: Option<PathBuf>) -> Self {
        Self { file }
    }

    /// Milliseconds since the epoch.
    pub fn now(&self) -> i64 {
        let line = self.file.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
        match line.as_deref().and_then(parse) {
            Some(Setting::Frozen(at)) => at,
            Some(Setting::Offset(by)) => real_time().saturating_add(by),
            None => real_time(),
        }
    }
}

enum Setting {
    Frozen(i64),
    Offset(i64),
}

fn parse(line: &str) -> Option<Setting> {
    let (word, number) = line.trim().split_once(' ')?;
    let number = number.trim().parse().ok()?;
    match word {
        "frozen" => Some(Setting::Frozen(number)),
        "offset" => Some(Setting::Offset(number)),
        _ => None,
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the simulators read real time")]
fn real_time() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
}

/// UTC with milliseconds, as `2021-10-19T10:05:45.454Z`.
pub fn rfc3339(at: i64) -> String {
    let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{at:.3}")
}

/// The UTC day, as `2021-10-19`.
pub fn day(at: i64) -> String {
    rfc3339(at).chars().take(10).collect()
}

/// The two-digit year and month of a time, as the number `yymm`: what a card's expiry is compared with.
pub fn year_and_month(at: i64) -> u32 {
    let digits: String = rfc3339(at).chars().skip(2).take(5).filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_default()
}

/// Milliseconds since the epoch of an ISO 8601 time in UTC; `None` when it is not one.
pub fn from_rfc3339(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}
