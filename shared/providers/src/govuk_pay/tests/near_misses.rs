//! Answers that are nearly right.

use super::super::status::observe;
use super::super::wire::Payment;
use super::golden;
use super::reading::seen;
use crate::conformance::patched;
use bellhop_domain::provider::Page;
use serde_json::json;
use url::Url;

#[test]
fn near_misses_are_unreadable() {
    let whole = golden!("captured");
    let patches = [
        json!({"amount": "14500"}),
        json!({"amount": 14500.0}),
        json!({"amount": -1}),
        json!({"amount": 1_000_000_000_000_u64}),
        json!({"total_amount": 1_000_000_000_000_u64}),
        json!({"amount": null}),
        json!({"payment_id": ""}),
        json!({"payment_id": "a/b"}),
        json!({"payment_id": 7}),
        json!({"reference": null}),
        json!({"state": null}),
        json!({"state": {"status": 1}}),
        json!({"refund_summary": {"amount_submitted": 14501}}),
    ];
    for patch in patches {
        assert_eq!(seen(&patched(whole, &patch)), None, "{patch}");
    }
    for text in ["", "null", "[]", "{}", "<html>maintenance</html>", &whole[..whole.len() / 2]] {
        assert_eq!(seen(text), None, "{text}");
    }
}

#[test]
fn an_echo_that_is_not_an_id_of_ours_is_no_echo() {
    for odd in [json!("att_nonsense"), json!(7), json!(null)] {
        let text = patched(golden!("success"), &json!({"metadata": {"bellhop_attempt": odd}}));
        assert_eq!(seen(&text).unwrap().echo.attempt, None);
    }
}

#[test]
fn a_page_that_is_not_https_is_no_page() {
    for href in ["http://www.payments.service.gov.uk/secure/x", "javascript:alert(1)", "/secure/x", ""] {
        let patch = json!({"_links": {"next_url": {"href": href}}});
        assert_eq!(seen(&patched(golden!("started"), &patch)).unwrap().page, None, "{href}");
    }
}

#[test]
fn a_payment_that_cannot_be_paid_any_more_has_no_page() {
    let link = json!({"_links": {"next_url": {"href": "https://www.payments.service.gov.uk/secure/x"}}});
    for text in [golden!("capturable"), golden!("success"), golden!("error")] {
        assert_eq!(seen(&patched(text, &link)).unwrap().page, None);
    }
}

#[test]
fn a_plain_page_is_fine_from_a_plain_local_api() {
    let patch = json!({"_links": {"next_url": {"href": "http://127.0.0.1:9/secure/x"}}});
    let payment: Payment = serde_json::from_str(&patched(golden!("started"), &patch)).unwrap();
    let seen = observe(&payment, &Url::parse("http://127.0.0.1:9").unwrap()).unwrap();
    assert_eq!(seen.page, Some(Page::To("http://127.0.0.1:9/secure/x".parse().unwrap())));
}
