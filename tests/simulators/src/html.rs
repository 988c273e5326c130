//! The shell of every page: plain HTML without scripts.

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use axum::response::{Html, IntoResponse, Response};

const STYLE: &str = "body{margin:0;font:18px/1.4 Arial,sans-serif;color:#111}\
header{background:#111;color:#fff;padding:14px 24px;font-weight:bold}\
main{max-width:640px;margin:24px auto;padding:0 24px}\
label{display:block;margin-top:16px;font-weight:bold}\
input,select{font:inherit;padding:6px;border:2px solid #111;width:100%;box-sizing:border-box;background:#fff}\
input:focus,select:focus,a:focus,button:focus{outline:3px solid #fd0;outline-offset:2px}\
button{font:inherit;margin:24px 16px 0 0;padding:10px 18px;border:0;background:#00703c;color:#fff;cursor:pointer}\
button.plain{background:#f3f2f1;color:#111}\
.error{border:4px solid #d4351c;padding:12px 18px}dt{font-weight:bold}dd{margin:0 0 12px}\
code{background:#f3f2f1}";

/// Text made safe for an element or a quoted attribute.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// What a page is made of.
pub struct Page<'a> {
    /// The HTTP status.
    pub status: StatusCode,
    /// The language of the text, as `en`.
    pub language: &'a str,
    /// The heading; not yet escaped.
    pub title: &'a str,
    /// The name above the page.
    pub brand: &'a str,
    /// HTML below the heading.
    pub body: String,
}

impl IntoResponse for Page<'_> {
    fn into_response(self) -> Response {
        let title = escape(self.title);
        let text = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>{title} - {brand}</title><style>{STYLE}</style></head>\n\
             <body><header role=\"banner\">{brand}</header>\n<main id=\"main\">\n<h1>{title}</h1>\n{}\n</main></body></html>\n",
            escape(self.language),
            self.body,
            brand = escape(self.brand),
        );
        let headers = [
            (CACHE_CONTROL, "no-store"),
            (REFERRER_POLICY, "no-referrer"),
            // No form-action: a browser would apply it to the redirect that leads back to the booking site.
            (
                CONTENT_SECURITY_POLICY,
                "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
            ),
        ];
        (self.status, headers, Html(text)).into_response()
    }
}
