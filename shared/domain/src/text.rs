//! Texts from outside, parsed once into types that cannot hold a wrong value.

use std::fmt;
use thiserror::Error;
use url::Url;

/// What is wrong with a field, in words that its sender may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct Invalid(pub &'static str);

/// Free text within `max` characters that holds no control character and no card number.
///
/// # Errors
/// Says what is wrong with it.
pub fn free_text(text: &str, max: usize) -> Result<&str, Invalid> {
    match () {
        () if text.trim().is_empty() => Err(Invalid("must not be empty")),
        () if text.chars().count() > max => Err(Invalid("is too long")),
        () if text.chars().any(char::is_control) => Err(Invalid("must not hold control characters")),
        () if holds_card_number(text) => Err(Invalid("must not hold a card number")),
        () => Ok(text),
    }
}

/// Whether the text holds 13 to 19 digits that pass the Luhn check (ISO/IEC 7812-1, annex B).
///
/// Spaces and hyphens between groups of digits are looked through, as people write card numbers. A
/// number begins and ends with a group: parts of a longer number are none, or every second booking
/// reference of 16 digits would be refused.
pub fn holds_card_number(text: &str) -> bool {
    let runs = digit_runs(text);
    let mut tails = runs.iter().flat_map(|groups| (0..groups.len()).map(|from| &groups[from..]));
    tails.any(begins_with_card_number)
}

fn begins_with_card_number(groups: &[Vec<u32>]) -> bool {
    let mut digits: Vec<u32> = Vec::new();
    groups.iter().any(|group| {
        digits.extend(group);
        (13..=19).contains(&digits.len()) && passes_luhn(&digits)
    })
}

/// Groups of digits; those of one run have nothing but spaces and hyphens between them.
fn digit_runs(text: &str) -> Vec<Vec<Vec<u32>>> {
    let mut runs = vec![vec![Vec::new()]];
    for letter in text.chars() {
        match (letter.to_digit(10), letter, runs.last_mut()) {
            (Some(digit), _, Some(run)) => run.iter_mut().last().into_iter().for_each(|g| g.push(digit)),
            (None, ' ' | '-', Some(run)) => run.push(Vec::new()),
            _ => runs.push(vec![Vec::new()]),
        }
    }
    runs
}

fn passes_luhn(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(i, d)| if i % 2 == 1 { doubled(*d) } else { *d }).sum();
    sum.is_multiple_of(10) && digits.iter().any(|digit| *digit != 0)
}

macro_rules! text {
    ($(#[$meta:meta])* $name:ident, $max:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Reads it.
            ///
            /// # Errors
            /// Says what is wrong with it.
            pub fn parse(text: &str) -> Result<Self, Invalid> {
                free_text(text, $max).map(|text| Self(text.to_owned()))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text!(
    /// The merchant's booking reference: 1 to 255 characters.
    Reference, 255
);
text!(
    /// What the payer is told the payment is for: 1 to 255 characters.
    Description, 255
);

/// Where the payer goes at the very end: https, no userinfo, no fragment, 2,000 characters at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnUrl(Url);

impl ReturnUrl {
    /// Reads a return URL; `http` is taken only with a test key.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn parse(text: &str, test: bool) -> Result<Self, Invalid> {
        let url = Url::parse(text).map_err(|_| Invalid("is not an absolute URL"))?;
        match () {
            () if url.as_str().len() > 2000 => Err(Invalid("is longer than 2000 characters")),
            () if url.scheme() != "https" && !(test && url.scheme() == "http") => {
                Err(Invalid("must be https"))
            }
            () if !url.has_host() => Err(Invalid("has no host")),
            () if !url.username().is_empty() || url.password().is_some() => {
                Err(Invalid("must not hold userinfo"))
            }
            () if url.fragment().is_some() => Err(Invalid("must not hold a fragment")),
            () => Ok(Self(url)),
        }
    }

    /// The origin, as merchants register it: scheme, host and port.
    pub fn origin(&self) -> Origin {
        Origin(self.0.origin().ascii_serialization())
    }

    /// The URL.
    pub const fn url(&self) -> &Url {
        &self.0
    }
}

/// A web origin that a merchant's payers may return to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin(String);

impl Origin {
    /// Reads an origin such as `https://booking.example`: http or https, no path.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let url = Url::parse(text).map_err(|_| Invalid("is not an origin"))?;
        let serial = url.origin().ascii_serialization();
        let web = matches!(url.scheme(), "http" | "https");
        if web && serial == text.trim_end_matches('/') {
            Ok(Self(serial))
        } else {
            Err(Invalid("is not an origin"))
        }
    }

    /// The origin's text, without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name of a merchant's account at a provider, unique per provider: it stands in webhook URLs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountName(String);

impl AccountName {
    /// Reads 1 to 40 lower-case letters, digits and hyphens.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let fine = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if (1..=40).contains(&text.len()) && text.bytes().all(fine) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Invalid("must be 1 to 40 lower-case letters, digits or hyphens"))
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
