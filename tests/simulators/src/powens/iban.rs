//! The check of an account number: ISO 13616, with the remainder of ISO 7064.

/// Lengths in the SEPA area; elsewhere only the general bounds hold.
const LENGTHS: &str = "AD24 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 \
                       IE22 IS26 IT27 LI21 LT20 LU20 LV21 MC27 MT31 NL18 NO15 PL28 PT25 RO24 SE24 SI19 SK24 SM27 VA22";

/// Whether this is an account number, written without blanks in capitals `[inf]`.
pub fn is_valid(iban: &str) -> bool {
    let shaped = iban.bytes().enumerate().all(|(place, sign)| match place {
        0 | 1 => sign.is_ascii_uppercase(),
        2 | 3 => sign.is_ascii_digit(),
        _ => sign.is_ascii_uppercase() || sign.is_ascii_digit(),
    });
    shaped && (15..=34).contains(&iban.len()) && has_length_of_country(iban) && remainder(iban) == 1
}

fn has_length_of_country(iban: &str) -> bool {
    let (country, _) = iban.split_at(2);
    let known = LENGTHS.split(' ').find_map(|entry| entry.strip_prefix(country));
    known.is_none_or(|length| length.parse() == Ok(iban.len()))
}

/// The four first signs go to the end, letters become 10 to 35, and the whole number is divided by 97.
fn remainder(iban: &str) -> u32 {
    let (head, tail) = iban.split_at(4);
    let values = tail.chars().chain(head.chars());
    values.filter_map(|sign| sign.to_digit(36)).fold(0, |rest, value| {
        let shift = if value > 9 { 100 } else { 10 };
        (rest * shift + value) % 97
    })
}
