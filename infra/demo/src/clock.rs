//! The time: whether a signed outcome is still good, and which days lie ahead.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

/// Seconds since 1970.
#[expect(clippy::disallowed_methods, reason = "the one place of the site that reads the time")]
pub fn now() -> i64 {
    Timestamp::now().as_second()
}

/// The day in UTC of a number of seconds since 1970.
pub fn day(now: i64) -> Date {
    let time = Timestamp::from_second(now).unwrap_or(Timestamp::UNIX_EPOCH);
    Offset::UTC.to_datetime(time).date()
}
