//! Calls as they go over the wire.

use super::{ID, KEY, account, adapter, adapter_of, golden, order, payment_id, secret, wish};
use crate::conformance::patched;
use crate::frontgo::Frontgo;
use crate::http::HttpClient;
use crate::test_server::{Server, answer};
use bellhop_domain::account::Mode;
use bellhop_domain::provider::{Created, Provider, ProviderError, ProviderErrorKind as Kind};
use serde_json::json;
use url::Url;

async fn create(body: &str) -> (Result<Created, ProviderError>, String) {
    let mut server = Server::with([answer("201 Created", "", body)]).await;
    let wish = wish();
    let made = adapter_of(&server).create(&order(&wish)).await;
    (made, server.request().await)
}

#[tokio::test]
async fn a_create_carries_the_token_and_keeps_the_page() {
    let (made, request) = create(golden!("created")).await;
    let made = made.unwrap();
    assert_eq!(made.payment, payment_id());
    let page = "https://v1.checkout.bambora.com/aa7ec3f47b0d45b286bcc595ab0d9613";
    assert_eq!(made.page.unwrap().as_str(), page);
    assert!(request.starts_with("POST /api/v1/connect/reservations/create HTTP/1.1"), "{request}");
    assert!(request.contains(&format!("authorization: Bearer {KEY}\r\n")), "{request}");
    assert!(request.contains("content-type: application/json\r\n"), "{request}");
}

#[tokio::test]
async fn a_page_that_is_no_page_is_no_success() {
    for page in ["", "javascript:alert(1)", "ftp://a.example", "/relative", "data:text/html,x"] {
        let body = patched(golden!("created"), &json!({"data": {"paymentUrl": page}}));
        assert_eq!(create(&body).await.0.unwrap_err().kind, Kind::Unreadable, "{page}");
    }
}

#[tokio::test]
async fn an_error_in_a_good_answer_is_no_success() {
    for patch in
        [json!({"is_error": true}), json!({"status_code": 417}), json!({"is_data": false, "data": null})]
    {
        let body = patched(golden!("created"), &patch);
        assert_eq!(create(&body).await.0.unwrap_err().kind, Kind::Unreadable, "{patch}");
    }
}

/// Whether they would hash a query of ours is not known, so there is none.
#[tokio::test]
async fn an_address_of_ours_with_a_query_is_refused_and_not_sent() {
    let wish = wish();
    let provider = adapter(&json!({"base_url": "http://127.0.0.1:9"}));
    for spoil in [
        |order: &mut bellhop_domain::provider::CreatePayment<'_>| order.notify.set_query(Some("a=b")),
        |order: &mut bellhop_domain::provider::CreatePayment<'_>| order.landing.set_query(Some("")),
        |order: &mut bellhop_domain::provider::CreatePayment<'_>| {
            order.landing = Url::parse("ftp://pay.booking.example/return").unwrap();
        },
    ] {
        let mut order = order(&wish);
        spoil(&mut order);
        let refused = provider.create(&order).await.unwrap_err().kind;
        assert!(matches!(refused, Kind::Refused(_)), "{refused}");
    }
}

#[test]
fn the_mode_chooses_the_address() {
    let base = |mode| {
        let account = account(mode, &json!({}));
        let secret = secret().to_string().into();
        Frontgo::new(HttpClient::new().unwrap(), &account, &secret).unwrap().settings.base.to_string()
    };
    assert_eq!(base(Mode::Test), "https://demo-api.frontpayment.no/");
    assert_eq!(base(Mode::Live), "https://apigo.frontpayment.no/");
}

#[tokio::test]
async fn a_cancel_is_a_post_or_by_setting_a_get_and_has_its_note_either_way() {
    for (flag, method) in [(false, "POST"), (true, "GET")] {
        let mut server = Server::with([answer("202 Accepted", "", golden!("cancel_accepted"))]).await;
        let base = format!("http://{}", server.address);
        let provider = adapter(&json!({"base_url": base, "cancel_with_get": flag}));
        provider.cancels().unwrap().cancel(&payment_id()).await.unwrap();
        let request = server.request().await;
        let wanted = format!("{method} /api/v1/connect/reservations/cancel/{ID} HTTP/1.1");
        assert!(request.starts_with(&wanted), "{request}");
        assert!(request.ends_with(r#"{"note":"Canceled by the booking site"}"#), "{request}");
    }
}
