//! What goes over the wire when a payment is opened.

use super::messages::signing;
use super::{adapter, adapter_of, golden, good, key, order, payment_id, settings, wish, with_options};
use crate::bank131::keys::BankKeys;
use crate::test_server::{Act, Server};
use bellhop_domain::provider::{Created, Provider, ProviderErrorKind as Kind};
use bellhop_domain::wish::Wish;
use serde_json::{Value, json};

async fn created(wish: &Wish, answer: &str) -> Result<Created, Kind> {
    let server = Server::with([good(answer)]).await;
    let made = adapter_of(&server).create(&order(wish)).await;
    made.map_err(|error| error.kind)
}

/// The value of a header of a request.
fn header<'r>(request: &'r str, name: &str) -> Option<&'r str> {
    let start = format!("{name}: ");
    request.lines().find_map(|line| line.strip_prefix(&start))
}

#[tokio::test]
async fn a_session_is_opened_with_one_signed_request() {
    let mut server = Server::with([good(golden!("created"))]).await;
    let wish = wish();
    let made = adapter_of(&server).create(&order(&wish)).await.unwrap();
    assert_eq!(made, Created::payable(payment_id(), None));
    let asked = server.request().await;
    assert!(asked.starts_with("POST /api/v2/session/create HTTP/1.1\r\n"), "{asked}");
    assert_eq!(header(&asked, "x-partner-project"), Some("harbour_project"));
    assert_eq!(header(&asked, "x-partner-submerchant"), None);
    assert_eq!(header(&asked, "x-partner-idempotency-key"), Some("att_081040g2081040g2081040g208"));
    let (_, body) = asked.split_once("\r\n\r\n").unwrap();
    let keys = BankKeys::read(&[key!("partner.pub").into()]).unwrap();
    assert!(keys.prove(body.as_bytes(), header(&asked, "x-partner-sign").unwrap()));
    assert!(server.is_quiet());
}

/// PKCS#1 v1.5 is deterministic: this is what `openssl dgst -sha256 -sign` makes of these bytes.
#[test]
fn a_signature_is_the_one_that_openssl_makes() {
    let made = signing(key!("partner")).sign(b"{\"session_id\":\"ps_3230\"}").unwrap();
    assert_eq!(made, include_str!("../fixtures/keys/test_signature.txt").trim_end());
}

#[tokio::test]
async fn a_sub_merchant_is_named_and_the_older_version_is_asked() {
    let mut server = Server::with([good(golden!("created"))]).await;
    let mut all = settings(&format!("http://{}/base", server.address));
    all["submerchant"] = json!("harbour_sub");
    all["version"] = json!("v1");
    adapter(&all).create(&order(&wish())).await.unwrap();
    let asked = server.request().await;
    assert!(asked.starts_with("POST /base/api/v1/session/create HTTP/1.1\r\n"), "{asked}");
    assert_eq!(header(&asked, "x-partner-submerchant"), Some("harbour_sub"));
}

/// Nothing is to be paid with before the payer comes.
#[tokio::test]
async fn a_payment_that_is_started_later_is_only_opened() {
    let mut server = Server::with([good(golden!("created"))]).await;
    let wish = with_options(json!({"flow": "start", "qr": {}}));
    adapter_of(&server).create(&order(&wish)).await.unwrap();
    let asked = server.request().await;
    assert!(asked.starts_with("POST /api/v2/session/create HTTP/1.1\r\n"), "{asked}");
    assert!(server.is_quiet());
}

/// I1: what the answer names has to be ours.
#[tokio::test]
async fn i1_an_answer_about_another_payment_is_no_success() {
    let wish = with_options(json!({"flow": "init", "card_id": "card_7"}));
    assert!(created(&wish, golden!("v1_started")).await.is_ok());
    for (from, to) in
        [("14500", "14501"), ("\"rub\"", "\"usd\""), ("RES-12345\",", "RES-1\","), ("att_0", "att_1")]
    {
        let mut other: Value = serde_json::from_str(golden!("v1_started")).unwrap();
        let payment = other["session"]["acquiring_payments"][0].to_string().replace(from, to);
        other["session"]["acquiring_payments"][0] = serde_json::from_str(&payment).unwrap();
        assert_eq!(created(&wish, &other.to_string()).await, Err(Kind::Unreadable), "{from}");
    }
}

#[tokio::test]
async fn nothing_is_sent_with_a_landing_that_is_not_of_the_web() {
    let mut server = Server::with([Act::Close]).await;
    let (provider, wish) = (adapter_of(&server), wish());
    let mut payment = order(&wish);
    payment.landing = "ftp://pay.booking.example/return/token".parse().unwrap();
    let error = provider.create(&payment).await.unwrap_err();
    assert!(matches!(error.kind, Kind::Refused(_)));
    assert!(server.is_quiet());
}
