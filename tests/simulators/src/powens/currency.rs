//! Currencies: a code on the way in, an object on the way out. `[doc]` PROVIDERS §4.2.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

use crate::keep::word;

/// A currency that a bank takes; kept as its code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Currency {
    pub id: &'static str,
    pub symbol: &'static str,
    /// Whether the symbol stands before the number.
    pub prefix: bool,
    /// Places behind the point.
    pub precision: u32,
    pub name: &'static str,
}

/// `[doc]` MATRIX: EUR and GBP. The euro's object is the documented one; the pound's is `[inf]`.
const KNOWN: [Currency; 2] = [
    Currency { id: "EUR", symbol: "€", prefix: false, precision: 2, name: "Euro" },
    Currency { id: "GBP", symbol: "£", prefix: true, precision: 2, name: "British Pound Sterling" },
];

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.id)
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        word(from, Self::named)
    }
}

impl Currency {
    /// The currency with this code.
    pub fn named(code: &str) -> Option<Self> {
        KNOWN.into_iter().find(|known| known.id == code)
    }

    /// `[doc]` §4.2: the object of an answer.
    pub fn shown(self) -> Value {
        json!({
            "id": self.id,
            "symbol": self.symbol,
            "prefix": self.prefix,
            "crypto": false,
            "precision": self.precision,
            "marketcap": null,
            "datetime": null,
            "name": self.name,
        })
    }

    /// `[doc]` §4.2: the longest `reference_id`, 18 characters in the UK and 31 elsewhere.
    pub fn longest_reference(self) -> usize {
        if self.id == "GBP" { 18 } else { 31 }
    }
}
