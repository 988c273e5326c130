//! Powens' dates: naive and local. `[3p]` PROVIDERS §4.2: Europe/Paris.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Central European time with its summer time, whatever the machine's time zone files say.
const PARIS: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

fn paris() -> TimeZone {
    TimeZone::posix(PARIS).unwrap_or(TimeZone::UTC)
}

fn in_paris(at: i64) -> DateTime {
    let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned(paris()).datetime()
}

/// As `2022-09-29 08:05:30`.
pub fn local(at: i64) -> String {
    in_paris(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// The local day.
pub fn today(at: i64) -> Date {
    in_paris(at).date()
}

/// When a local day or second begins, in milliseconds since the epoch.
pub fn begins(local: DateTime) -> Option<i64> {
    let zoned = local.to_zoned(paris()).ok()?;
    Some(zoned.timestamp().as_millisecond())
}

/// Reads `2022-09-29 08:05:30`, or a day for its first second.
pub fn moment(text: &str) -> Option<i64> {
    begins(text.parse().ok()?)
}

/// Reads `2024-01-01` and nothing longer.
pub fn day(text: &str) -> Option<Date> {
    text.parse().ok().filter(|_| text.len() == 10)
}

/// UTC with microseconds, as `2022-06-27T11:08:52.577831Z`. `[doc]` PROVIDERS §4.5.
pub fn utc_with_microseconds(at: i64) -> String {
    let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{at:.6}")
}

/// A day in a kept file: as on the wire.
pub mod text {
    use jiff::civil::Date;
    use serde::{Deserializer, Serializer};

    /// As `2024-01-01`.
    pub fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }

    /// The same.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        crate::keep::word(from, super::day)
    }
}
