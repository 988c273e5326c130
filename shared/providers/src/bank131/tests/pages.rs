//! The page for one visit: the widget, or what a payment that is started then asks for.

use super::{
    LANDING, SCRIPT, adapter, adapter_of, golden, good, payment_id, refusal, settings, visit, wish,
    with_options,
};
use crate::test_server::{Act, Server, answer};
use bellhop_domain::provider::{Operation, Page, Provider, ProviderErrorKind as Kind};
use bellhop_domain::wish::Wish;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

const TOKEN: &str = "0eb43bd1b6f5c7ed83903d7acd774179621018a2";

async fn page(wish: &Wish, act: Act) -> (Result<Page, Kind>, Server) {
    let server = Server::with([act, Act::Close]).await;
    let provider = adapter_of(&server);
    let page = provider.pages().unwrap().page(&visit(&payment_id(), wish)).await;
    let page = page.map_err(|error| {
        assert_eq!(error.operation, Operation::Page);
        error.kind
    });
    (page, server)
}

#[tokio::test]
async fn each_visit_of_the_widget_has_a_token_of_its_own_and_leads_back_to_our_landing() {
    let (page, mut server) = page(&wish(), good(golden!("public_token"))).await;
    let Ok(Page::Widget(widget)) = page else { panic!("{page:?}") };
    assert_eq!((widget.script.as_str(), widget.style), (SCRIPT, None));
    assert_eq!((widget.form.as_str(), widget.token.expose_secret()), ("SmglPaymentForm", TOKEN));
    let asked = server.request().await;
    assert!(asked.starts_with("POST /api/v1/token HTTP/1.1\r\n"), "{asked}");
    assert!(!asked.contains("x-partner-idempotency-key"), "{asked}");
    let body: Value = serde_json::from_str(asked.split_once("\r\n\r\n").unwrap().1).unwrap();
    let wanted = json!({"acquiring_widget": {
        "session_id": "ps_3230", "success_return_url": LANDING, "failure_return_url": LANDING
    }});
    assert_eq!(body, wanted);
}

#[tokio::test]
async fn the_form_and_its_style_are_settings() {
    let server = Server::with([good(golden!("public_token"))]).await;
    let mut all = settings(&format!("http://{}", server.address));
    all["widget_form"] = json!("PaymentForm2");
    all["widget_style"] = json!("https://widget.bank.example/payment-form.css");
    let provider = adapter(&all);
    let (payment, wish) = (payment_id(), wish());
    let page = provider.pages().unwrap().page(&visit(&payment, &wish)).await.unwrap();
    let Page::Widget(widget) = page else { panic!("{page:?}") };
    assert_eq!(widget.form, "PaymentForm2");
    assert_eq!(widget.style.unwrap().as_str(), "https://widget.bank.example/payment-form.css");
}

/// I11: whoever has the token pays; nothing that is printed holds it.
#[tokio::test]
async fn i11_a_token_is_never_printed() {
    let (page, _) = page(&wish(), good(golden!("public_token"))).await;
    assert!(!format!("{page:?} {page:#?}").contains(TOKEN));
}

#[tokio::test]
async fn a_payment_is_started_when_its_payer_comes_once_in_effect() {
    let wish = with_options(json!({"flow": "start", "card_id": "card_7"}));
    let (page, mut server) = page(&wish, good(golden!("action_required"))).await;
    assert!(matches!(page, Ok(Page::Post(_))), "{page:?}");
    let asked = server.request().await;
    assert!(asked.starts_with("POST /api/v2/session/start/payment HTTP/1.1\r\n"), "{asked}");
    let key = "x-partner-idempotency-key: att_081040g2081040g2081040g208-start\r\n";
    assert!(asked.contains(key), "{asked}");
    let body: Value = serde_json::from_str(asked.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(body["session_id"], "ps_3230");
    assert_eq!(body["payment_options"]["return_url"], LANDING);
    assert_eq!(body["payment_details"]["card"]["card_id"], "card_7");
    assert_eq!(body["metadata"]["bellhop_attempt"], "att_081040g2081040g2081040g208");
}

/// Then the next look shows its page.
#[tokio::test]
async fn a_payment_that_has_no_page_yet_is_waited_for() {
    let wish = with_options(json!({"flow": "start", "card_id": "card_7"}));
    let later = Err(Kind::Unavailable { after: None });
    assert_eq!(page(&wish, good(golden!("in_progress"))).await.0, later);
    let used = answer("400 Bad Request", "", &refusal("idempotency_key_already_exists"));
    assert_eq!(page(&wish, used).await.0, later);
    let other = golden!("action_required").replace("ps_3230", "ps_3231");
    assert_eq!(page(&wish, good(&other)).await.0, Err(Kind::Unreadable));
}

#[tokio::test]
async fn a_payment_that_began_with_its_create_is_asked_for_nothing() {
    let wish = with_options(json!({"flow": "init", "card_id": "card_7"}));
    let (page, mut server) = page(&wish, Act::Close).await;
    assert_eq!(page, Err(Kind::Unavailable { after: None }));
    assert!(server.is_quiet());
}

#[tokio::test]
async fn no_token_makes_no_page_and_may_be_asked_for_again() {
    for odd in ["", "{}", "<html>", r#"{"status": "ok"}"#, r#"{"status": "ok", "public_token": 7}"#] {
        assert_eq!(page(&wish(), good(odd)).await.0, Err(Kind::Unreadable), "{odd}");
    }
    let later = Err(Kind::Unavailable { after: None });
    assert_eq!(page(&wish(), answer("503 Down", "", "")).await.0, later);
    assert_eq!(page(&wish(), Act::Close).await.0, later);
}
