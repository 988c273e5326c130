//! What each page may load, send and be put into (Content Security Policy, level 3).

use url::Url;

const STYLE: &str = "'sha256-qWFyL2ogu7b1Aad5K96weq+zYZRY4Bd6vrRKsYeR/tI='";
const START: &str = "'sha256-m8iSu2ZWNcP+57Ob62RW2LzeAyLYSw+6CwfY0hbs6Qg='";
const SUBMIT: &str = "'sha256-O5A8CCDd3wY+kouL2SC1CNFKY0KptUWRKNOpyb/87S0='";

/// The page with a form of the provider's: the only one with a script from elsewhere, and from that
/// one place alone.
pub fn widget(script: &Url, sheet: Option<&Url>) -> String {
    let origin = origin(script);
    let sheets = match sheet.map(self::origin) {
        Some(other) if other != origin => format!("{STYLE} {origin} {other}"),
        _ => format!("{STYLE} {origin}"),
    };
    let rest = format!("style-src {sheets}; frame-src {origin}; connect-src {origin}");
    rules(&format!("script-src {START} {origin}; {rest}"), &to(script))
}

/// The page whose form goes to the payer's bank.
pub fn post(action: &Url) -> String {
    rules(&format!("script-src {SUBMIT}; style-src {STYLE}"), &to(action))
}

/// The page with a code: no script at all.
pub fn scan() -> String {
    rules(&format!("style-src {STYLE}"), "'none'")
}

fn rules(loads: &str, sends: &str) -> String {
    format!("default-src 'none'; {loads}; form-action {sends}; base-uri 'none'; frame-ancestors 'none'")
}

/// A bank passes the payer on to others, and browsers hold the redirects of a form to this rule too: so
/// any place of the web, and the local one that developers work with.
fn to(first: &Url) -> String {
    if first.scheme() == "https" { "https:".to_owned() } else { format!("https: {}", origin(first)) }
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
