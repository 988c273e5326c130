//! The address of a callback: an HTTP GET whose query says what happened. `[doc]` PROVIDERS §2.5.

use axum::extract::Query;
use axum::http::Uri;
use data_encoding::HEXLOWER;
use ring::digest::{SHA256, digest};

use super::amount::Amount;
use super::config::{Callback, Formula, Order};

/// What a callback tells. Times are seconds since the epoch.
pub struct Facts<'a> {
    /// The merchant's address, with or without parameters of its own.
    pub url: &'a str,
    pub uuid: &'a str,
    pub status: &'a str,
    pub method: &'a str,
    pub amount: Amount,
    /// `[inf]` When the status was reached.
    pub created: i64,
    /// When the callback is sent.
    pub timestamp: i64,
}

/// A callback ready to be sent.
pub struct Address {
    pub url: String,
    pub checksum: String,
}

type Pair = (String, String);

/// The address with its query and the checksum of it.
pub fn address(facts: &Facts<'_>, settings: &Callback, secret: &str) -> Address {
    let pairs = pairs(facts, settings);
    let checksum = checksum(&hashed(facts, settings, &pairs), secret);
    let mut sent = pairs;
    if settings.order == Order::Scrambled {
        sent.reverse();
    }
    sent.push(("checksum".to_owned(), checksum.clone()));
    let query: Vec<String> = sent
        .iter()
        .map(|(name, value)| {
            let space = if settings.plus_for_space { "+" } else { "%20" };
            format!("{}={}", encoded(name, space), encoded(value, space))
        })
        .collect();
    let joint = if facts.url.contains('?') { '&' } else { '?' };
    let url = format!("{}{joint}{}", facts.url, query.join("&"));
    Address { url, checksum }
}

/// Lower-case hex of SHA-256 over the values and then the secret. Not an HMAC.
pub fn checksum(values: &[String], secret: &str) -> String {
    let text = [values.concat(), secret.to_owned()].concat();
    HEXLOWER.encode(digest(&SHA256, text.as_bytes()).as_ref())
}

fn pairs(facts: &Facts<'_>, settings: &Callback) -> Vec<Pair> {
    let status = match facts.status {
        "RESERVED" if settings.misspelled => "RESEVRED",
        status => status,
    };
    let amount = facts.amount.digits(settings.amounts);
    let (created, timestamp) = (facts.created.to_string(), facts.timestamp.to_string());
    let first = [("orderUuid", facts.uuid), ("status", status)];
    let rest = match settings.order {
        Order::Table => {
            [("createdAt", created.as_str()), ("paymentMethod", facts.method), ("amount", &amount)]
        }
        Order::Example | Order::Scrambled => {
            [("paymentMethod", facts.method), ("amount", &amount), ("createdAt", created.as_str())]
        }
    };
    let all = first.into_iter().chain(rest).chain([("timestamp", timestamp.as_str())]);
    let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    all.map(own).chain(settings.extra.clone()).collect()
}

fn hashed(facts: &Facts<'_>, settings: &Callback, pairs: &[Pair]) -> Vec<String> {
    let named = |names: &[&str]| {
        let value = |name: &&str| pairs.iter().find(|(own, _)| own == name);
        names.iter().filter_map(value).map(|(_, value)| value.clone()).collect()
    };
    match settings.formula {
        Formula::Three => named(&["orderUuid", "status", "createdAt"]),
        Formula::Five => named(&["orderUuid", "status", "createdAt", "amount", "timestamp"]),
        Formula::AllValues => {
            let own = if settings.own_query_hashed { query_of(facts.url) } else { Vec::new() };
            let all = own.iter().chain(pairs);
            all.map(|(_, value)| value.clone()).collect()
        }
    }
}

/// The decoded parameters of an address.
pub fn query_of(url: &str) -> Vec<Pair> {
    let parsed = url.parse::<Uri>().ok();
    let pairs = parsed.and_then(|uri| Query::<Vec<Pair>>::try_from_uri(&uri).ok());
    pairs.map(|Query(pairs)| pairs).unwrap_or_default()
}

/// Percent-encoded, all but the unreserved characters.
pub fn encoded(text: &str, space: &str) -> String {
    let encode = |byte: u8| match byte {
        b' ' => space.to_owned(),
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

#[cfg(test)]
#[path = "callback_vectors.rs"]
mod vectors;
