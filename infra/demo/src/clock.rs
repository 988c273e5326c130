//! The time, for one question alone: is a signed outcome still good?

/// Seconds since 1970.
#[expect(clippy::disallowed_methods, reason = "the one place of the site that reads the time")]
pub fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}
