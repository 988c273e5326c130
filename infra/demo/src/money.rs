//! Amounts for people.

/// An amount in minor units as a person writes it: `£145.00`.
///
/// The site sells in pounds. Another currency is shown in its minor units and says so, rather than
/// with a guessed decimal point.
pub fn shown(minor: u64, currency: &str) -> String {
    match currency {
        "GBP" => format!("£{}.{:02}", minor / 100, minor % 100),
        other => format!("{minor} {other} in minor units"),
    }
}
