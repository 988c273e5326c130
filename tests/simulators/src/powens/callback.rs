//! The address that a payer goes back to. Nothing in it is signed. `[doc]` guide, PROVIDERS §4.4.

use super::config::Domain;
use super::payment::Payment;
use super::state::State;
use super::visit::Visit;

/// How the payer leaves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Through the webview.
    Webview,
    /// From the bank's own site.
    Bank,
    /// By the webview's cancel button.
    Cancelled,
}

/// The address with the documented parameters.
///
/// `[doc]` §4.4: after a success the payment's own `client_redirect_uri`, after a cancel or an error the webview's
/// `redirect_uri`; a setting makes it the webview's always.
pub fn address(payment: &Payment, visit: &Visit, leaving: Leaving, domain: &Domain) -> String {
    let wish = &payment.wish;
    let failed = leaving == Leaving::Cancelled || payment.state == State::Rejected;
    let (uri, state) = if failed || domain.webview_redirect_wins {
        (&visit.redirect_uri, &visit.state)
    } else {
        (&wish.redirect_uri, &wish.state)
    };
    let id = payment.id.to_string();
    let by_bank = leaving == Leaving::Bank;
    let parameters = [
        ("state", state.as_deref()),
        ("id_payment", Some(id.as_str())),
        ("error", (leaving == Leaving::Cancelled).then_some("cancelled")),
        ("error_code", payment.error_code.as_deref()),
        ("bank_message", payment.bank_message.as_deref()),
        ("payment_state", by_bank.then_some(payment.state.word())),
    ];
    let query: Vec<String> = parameters
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", encoded(value?))))
        .collect();
    let sign = if uri.contains('?') { '&' } else { '?' };
    format!("{uri}{sign}{}", query.join("&"))
}

/// Percent encoding of everything but unreserved characters.
fn encoded(text: &str) -> String {
    let sign = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(sign).collect()
}
