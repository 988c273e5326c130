//! The page for one visit, in both forms.

use super::{BASE, CLIENT_SECRET, ID, adapter, adapter_of, golden, good, payment_id, token, visit, wish};
use crate::test_server::{Act, Server, answer};
use bellhop_domain::provider::{Operation, Page, Provider, ProviderErrorKind as Kind};
use serde_json::json;
use url::Url;

const BACK: &str = "https://pay.booking.example/return";

async fn page_of(server: &Server) -> Result<Url, Kind> {
    let provider = adapter_of(server);
    let page = provider.pages().unwrap().page(&visit(&payment_id(), &wish(), BACK)).await;
    page.map(address).map_err(|error| {
        assert_eq!(error.operation, Operation::Page);
        error.kind
    })
}

fn address(page: Page) -> Url {
    match page {
        Page::To(url) => url,
        other => panic!("{other:?}"),
    }
}

async fn page(act: Act) -> Result<Url, Kind> {
    let server = Server::with([token("t1"), act]).await;
    page_of(&server).await
}

#[tokio::test]
async fn the_page_stands_below_the_domain_and_says_what_the_create_said() {
    let mut server = Server::with([token("t1"), good(golden!("scoped_token"))]).await;
    let page = page_of(&server).await.unwrap();
    let wanted = format!(
        "http://{}/2.0/auth/webview/payment?client_id=12345678&\
         redirect_uri=https%3A%2F%2Fpay.booking.example%2Freturn&state=payer_token&\
         code=scoped_token_of_payer&payment_id={ID}",
        server.address
    );
    assert_eq!(page.as_str(), wanted);
    server.request().await;
    let asked = server.request().await;
    assert!(asked.starts_with("POST /2.0/payments/1975/scopedtoken HTTP/1.1\r\n"), "{asked}");
    assert!(asked.contains("authorization: Bearer t1\r\n"), "{asked}");
    assert!(asked.ends_with("\r\n\r\n{\"scope\":[\"payments:validate\"]}"), "{asked}");
}

#[test]
fn the_newer_page_names_the_domain() {
    let newer = json!({"base_url": BASE, "webview_url": "https://webview.powens.com/fr"});
    let page = adapter(&newer).webview();
    assert_eq!(page.as_str(), "https://webview.powens.com/fr/payment?domain=harbour.biapi.pro");
    let local = json!({"base_url": "http://127.0.0.1:4000/2.0", "webview_url": "http://127.0.0.1:4000/en"});
    let page = adapter(&local).webview();
    assert_eq!(page.as_str(), "http://127.0.0.1:4000/en/payment?domain=127.0.0.1%3A4000");
    let older = adapter(&json!({"base_url": BASE})).webview();
    assert_eq!(older.as_str(), "https://harbour.biapi.pro/2.0/auth/webview/payment");
}

#[tokio::test]
async fn each_visit_has_a_token_of_its_own() {
    let second = golden!("scoped_token").replace("scoped_token_of_payer", "another");
    let server = Server::with([token("t1"), good(golden!("scoped_token")), good(&second)]).await;
    let provider = adapter_of(&server);
    let pages = provider.pages().unwrap();
    let first = pages.page(&visit(&payment_id(), &wish(), BACK)).await.unwrap();
    let second = pages.page(&visit(&payment_id(), &wish(), BACK)).await.unwrap();
    assert!(address(first).as_str().contains("code=scoped_token_of_payer&"));
    assert!(address(second).as_str().contains("code=another&"));
}

/// It would let the payer pay for somebody else.
#[tokio::test]
async fn i12_a_token_for_another_payment_makes_no_page() {
    let other = golden!("scoped_token").replace("1975", "1976");
    assert_eq!(page(good(&other)).await, Err(Kind::Unreadable));
    for odd in ["", "{}", "<html>", r#"{"token": 7, "id_payment": 1975}"#, r#"{"token": "t"}"#] {
        assert_eq!(page(good(odd)).await, Err(Kind::Unreadable), "{odd}");
    }
}

#[tokio::test]
async fn no_page_does_nothing_and_may_be_asked_for_again() {
    let later = Err(Kind::Unavailable { after: None });
    assert_eq!(page(answer("503 Down", "", "")).await, later);
    assert_eq!(page(Act::Close).await, later);
}

/// I11: nothing that is printed holds the payer's token, theirs or ours.
#[tokio::test]
async fn i11_debug_after_a_page_shows_no_token() {
    let server = Server::with([token("t1_service"), good(golden!("scoped_token"))]).await;
    let provider = adapter_of(&server);
    provider.pages().unwrap().page(&visit(&payment_id(), &wish(), BACK)).await.unwrap();
    let told = format!("{provider:?} {provider:#?}");
    for hidden in ["t1_service", "scoped_token_of_payer", "payer_token", CLIENT_SECRET] {
        assert!(!told.contains(hidden), "{told}");
    }
}
