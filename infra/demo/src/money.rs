//! Amounts for people.

/// The currencies that the site sells in, and what stands before an amount. All of them have two decimals.
const SIGNS: [(&str, &str); 4] = [("GBP", "£"), ("EUR", "€"), ("NOK", "NOK\u{a0}"), ("RUB", "RUB\u{a0}")];

/// An amount in minor units as a person writes it: `£145.00`, `NOK 1,910.00`.
///
/// A currency that the site does not sell in is shown in its minor units and says so, rather than with a guessed
/// decimal point.
pub fn shown(minor: u64, currency: &str) -> String {
    let sign = SIGNS.iter().find(|(known, _)| *known == currency);
    sign.map_or_else(
        || format!("{minor} {currency} in minor units"),
        |(_, sign)| format!("{sign}{}.{:02}", grouped(minor / 100), minor % 100),
    )
}

/// A whole number with a comma between thousands.
fn grouped(whole: u64) -> String {
    let digits = whole.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn amounts_are_written_as_people_write_them() {
        assert_eq!(shown(14_500, "GBP"), "£145.00");
        assert_eq!(shown(5, "EUR"), "€0.05");
        assert_eq!(shown(191_000, "NOK"), "NOK\u{a0}1,910.00");
        assert_eq!(shown(12_345_678_900, "EUR"), "€123,456,789.00");
        assert_eq!(shown(1000, "JPY"), "1000 JPY in minor units");
    }
}
