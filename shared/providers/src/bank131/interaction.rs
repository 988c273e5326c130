//! What a payer has to do before a payment goes on: 3-D Secure, or a code to scan.

use bellhop_domain::provider::{Page, PostForm};
use serde_json::Value;
use url::Url;

/// The page of a payment's `customer_interaction`, read from an API at `base`; `None` when there is
/// none, or none that a payer can be sent to.
pub(super) fn page(interaction: &Value, base: &Url) -> Option<Page> {
    match interaction.get("type")?.as_str()? {
        "redirect" => redirect(interaction.get("redirect")?, base),
        "inform" => scan(interaction.get("inform")?.get("qr")?, base),
        _ => None,
    }
}

/// A GET of `url`, or a POST of `params` to `base_url` with the query `qs` (their SDK, `Redirect.php`).
fn redirect(redirect: &Value, base: &Url) -> Option<Page> {
    let posts =
        redirect.get("method").and_then(Value::as_str).is_some_and(|m| m.eq_ignore_ascii_case("post"));
    if !posts {
        return url(redirect.get("url")?, base).map(Page::To);
    }
    let bare = redirect.get("base_url").and_then(|bare| url(bare, base));
    let action = match bare {
        Some(mut action) => {
            let query = pairs(redirect.get("qs"));
            if !query.is_empty() {
                action.query_pairs_mut().extend_pairs(query);
            }
            action
        }
        None => url(redirect.get("url")?, base)?,
    };
    Some(Page::Post(PostForm { action, fields: pairs(redirect.get("params")) }))
}

/// The link that the code says: what a banking app opens (docs, "Payments via FPS").
fn scan(qr: &Value, base: &Url) -> Option<Page> {
    url(qr.get("content")?, base).map(Page::Scan)
}

/// Names and values; an empty object may be written as a list.
fn pairs(object: Option<&Value>) -> Vec<(String, String)> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    };
    let fields = object.and_then(Value::as_object).into_iter().flatten();
    fields.filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect()
}

/// https; plain only from an API that is itself a plain, local one.
fn url(value: &Value, base: &Url) -> Option<Url> {
    let url = Url::parse(value.as_str()?).ok()?;
    let fine = url.scheme() == "https" || (url.scheme() == "http" && base.scheme() == "http");
    (fine && url.has_host()).then_some(url)
}
