//! Headers, cookies and query strings, several values of one name as one.

use std::collections::BTreeMap;

use http::HeaderMap;

use super::percent::decode_query;

/// Lower-case names, values of one name joined by commas; cookies stand apart.
pub(super) fn merged(headers: &HeaderMap) -> BTreeMap<String, String> {
    let mut merged: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in headers.iter().filter(|(name, _)| *name != http::header::COOKIE) {
        let value = String::from_utf8_lossy(value.as_bytes());
        merged
            .entry(name.as_str().to_owned())
            .and_modify(|before| *before = format!("{before},{value}"))
            .or_insert_with(|| value.into_owned());
    }
    merged
}

/// Every cookie of every cookie header.
pub(super) fn cookies(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(http::header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(';')).map(|cookie| cookie.trim().to_owned()).collect()
}

/// Decoded, values of one name joined by commas.
pub(super) fn query_parameters(query: &str) -> BTreeMap<String, String> {
    let mut parameters: BTreeMap<String, String> = BTreeMap::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = decode_query(value);
        parameters
            .entry(decode_query(name))
            .and_modify(|before| *before = format!("{before},{value}"))
            .or_insert(value);
    }
    parameters
}
