//! `returnUrl`: where the payer goes afterwards. `[doc]` BE/use-cases/on-session-payments.md: Base64 of an absolute URL,
//! as JavaScript's `btoa` makes it.

use std::collections::HashMap;

use axum::http::Uri;
use data_encoding::BASE64;

/// Why a return address cannot be used, for the person who looks at the page.
pub type Unreadable = &'static str;

/// The return address of a query whose values are percent-decoded; none when there is none, which is allowed.
///
/// # Errors
/// What is wrong with it. A `+` that was not percent-encoded arrives as a space and is one such thing.
pub fn way_back(query: &HashMap<String, String>) -> Result<Option<String>, Unreadable> {
    let Some(encoded) = query.get("returnUrl") else {
        return Ok(None);
    };
    if encoded.contains(' ') {
        return Err("returnUrl has a space: a plus sign of Base64 must be percent-encoded");
    }
    let bytes =
        BASE64.decode(encoded.as_bytes()).map_err(|_| "returnUrl is not standard Base64 with padding")?;
    let url = String::from_utf8(bytes).map_err(|_| "returnUrl does not hold a text")?;
    let uri: Uri = url.parse().map_err(|_| "returnUrl does not hold an address")?;
    match (uri.scheme_str(), uri.host()) {
        (Some("http" | "https"), Some(_)) => Ok(Some(url)),
        _ => Err("returnUrl does not hold an absolute http address"),
    }
}

/// The address with what the property puts behind it. `[unk]` Whether it does.
pub fn with_query(url: &str, more: Option<&str>) -> String {
    match more {
        None => url.to_owned(),
        Some(more) if url.contains('?') => format!("{url}&{more}"),
        Some(more) => format!("{url}?{more}"),
    }
}
