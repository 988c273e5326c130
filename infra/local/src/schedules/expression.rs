//! `rate(...)` and `cron(...)`.
//!
//! Source: Amazon EventBridge User Guide, "Cron-based and rate-based
//! schedules": a rate's unit is singular exactly for 1; a cron has six fields
//! (minutes, hours, day of month, month, day of week with 1 = SUN, year), one
//! of the two days is `?`, and times are UTC.

use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};
use jiff::Timestamp;
use jiff::tz::TimeZone;

const MINUTE_MS: i64 = 60_000;

/// When a schedule is due.
#[derive(Debug, Clone)]
pub enum Expression {
    /// Every so many milliseconds.
    Rate {
        /// The distance between two runs, milliseconds.
        every_ms: i64,
    },
    /// At times of the calendar, UTC.
    Cron(Box<Cron>),
}

impl Expression {
    /// Reads an expression as EventBridge does.
    ///
    /// # Errors
    /// Says what AWS would refuse.
    pub fn parse(text: &str) -> Result<Self, String> {
        let inside = |name: &str| text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
        match (inside("rate"), inside("cron")) {
            (Some(rate), _) => parse_rate(rate),
            (_, Some(cron)) => parse_cron(cron),
            _ => Err(format!("{text} is neither rate(...) nor cron(...)")),
        }
    }

    /// The first time after `after_ms`, epoch milliseconds; `None` when a cron
    /// has no time left.
    #[must_use]
    pub fn next_after(&self, after_ms: i64) -> Option<i64> {
        match self {
            Self::Rate { every_ms } => after_ms.checked_add(*every_ms),
            Self::Cron(cron) => {
                let after = Timestamp::from_millisecond(after_ms).ok()?;
                let next = cron.find_next_occurrence(&after.to_zoned(TimeZone::UTC), false).ok()?;
                Some(next.timestamp().as_millisecond())
            }
        }
    }
}

fn parse_rate(text: &str) -> Result<Expression, String> {
    let wrong = || format!("rate({text}) is not a whole number and minute(s), hour(s) or day(s)");
    let (count, unit) = text.trim().split_once(' ').ok_or_else(wrong)?;
    let count: i64 = count.parse().ok().filter(|count| *count > 0).ok_or_else(wrong)?;
    let singular = unit.strip_suffix('s').unwrap_or(unit);
    if (count == 1) != (singular == unit) {
        return Err(format!("rate({text}): the unit is singular for 1 and plural otherwise"));
    }
    let minutes = match singular {
        "minute" => 1,
        "hour" => 60,
        "day" => 24 * 60,
        _ => return Err(wrong()),
    };
    let every_ms = count.checked_mul(minutes * MINUTE_MS).ok_or_else(wrong)?;
    Ok(Expression::Rate { every_ms })
}

fn parse_cron(text: &str) -> Result<Expression, String> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    let [_, _, day, _, weekday, _] = fields.as_slice() else {
        return Err(format!("cron({text}) has {} fields, not six", fields.len()));
    };
    if (*day == "?") == (*weekday == "?") {
        return Err(format!("cron({text}): one of day of month and day of week is ?"));
    }
    let parser = CronParser::builder()
        .seconds(Seconds::Required)
        .year(Year::Required)
        .alternative_weekdays(true)
        .sloppy_ranges(true)
        .build();
    let cron = parser.parse(&format!("0 {}", fields.join(" ")));
    cron.map(|cron| Expression::Cron(Box::new(cron))).map_err(|error| format!("cron({text}): {error}"))
}
