//! The site's pages against a small API of the tests' own.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bank131;
mod booking;
mod bookings;
mod fake;
mod headers;
mod mews;
mod outcome;
mod providers;
mod refusals;
mod stay;
mod visit;
