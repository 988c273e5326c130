//! What the booking site wishes for: everything a session is made from.

use crate::account::AccountRef;
use crate::money::Money;
use crate::text::{Description, Reference, ReturnUrl};
use crate::words::words;
use std::collections::BTreeMap;
use std::fmt;

words!(
    /// When the money is taken.
    Capture {
        /// As soon as the payer has paid.
        Automatic = "automatic",
        /// Held until the merchant captures it.
        Manual = "manual",
    }
);

/// A booking site's wish to be paid once for one booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The merchant's account at the provider.
    pub account: AccountRef,
    /// What is to be paid.
    pub amount: Money,
    /// The booking.
    pub reference: Reference,
    /// What the payer is told.
    pub description: Description,
    /// Where the payer goes at the end.
    pub return_url: ReturnUrl,
    /// BCP 47 language of the payer, such as `en`.
    pub locale: String,
    /// When the money is taken.
    pub capture: Capture,
    /// Who pays, as far as the booking site says.
    pub payer: Payer,
    /// The booking site's own notes, given back unread.
    pub metadata: BTreeMap<String, String>,
    /// What only this provider needs, already checked by its adapter.
    pub options: Options,
}

/// Who pays. Personal: never in `Debug` output.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Payer {
    /// Full name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<Phone>,
    /// Postal address.
    pub address: Option<Address>,
}

/// A telephone number.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone {
    /// The country's calling code with its plus, such as `+47`.
    pub country_code: String,
    /// The number within the country.
    pub number: String,
}

/// A postal address.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Street and house.
    pub line1: Option<String>,
    /// Second line.
    pub line2: Option<String>,
    /// Postal code.
    pub postcode: Option<String>,
    /// City.
    pub city: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
}

macro_rules! private_debug {
    ($($name:ident),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )+};
}

private_debug!(Payer, Phone, Address, Options);

/// `options.{provider}` of the request: JSON that only the provider's adapter reads.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Options(pub serde_json::Map<String, serde_json::Value>);

/// One wrong field of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// JSON pointer (RFC 6901) into the request body, such as `/amount/value`.
    pub pointer: String,
    /// What is wrong, for the sender to read.
    pub detail: String,
}

impl FieldError {
    /// A complaint about the field at `pointer`.
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), detail: detail.into() }
    }
}
