//! The address that a payer is sent to.

use super::{GROUP, Mews, REQUEST, adapter, attempt, common, given, open, payment_id, secret, wish_with};
use bellhop_domain::account::Mode;
use bellhop_domain::provider::{
    Page, Pages, ProviderErrorKind as Kind, ProviderPaymentId, RefusalCode, Visit,
};
use data_encoding::BASE64;
use serde_json::json;
use url::Url;

/// The page for a visit that lands at `landing`.
pub(super) async fn page(mews: &Mews, payment: &ProviderPaymentId, landing: &Url) -> Result<Url, Kind> {
    let wish = wish_with(&given());
    let (attempt, landing) = (attempt(), landing.clone());
    let visit = Visit { payment, attempt, wish: &wish, landing, common: common() };
    match mews.page(&visit).await {
        Ok(Page::To(url)) => Ok(url),
        Ok(other) => panic!("{other:?}"),
        Err(error) => Err(error.kind),
    }
}

async fn usual(landing: &str) -> Url {
    page(&adapter(), &payment_id(), &Url::parse(landing).unwrap()).await.unwrap()
}

/// Worked out with `printf %s https://pay.booking.example/return/payer_token | base64`.
#[tokio::test]
async fn the_page_is_where_the_documentation_says() {
    let wanted = format!(
        "https://app.mews-demo.com/navigator/payment-requests/detail/{REQUEST}\
         ?returnUrl=aHR0cHM6Ly9wYXkuYm9va2luZy5leGFtcGxlL3JldHVybi9wYXllcl90b2tlbg%3D%3D"
    );
    assert_eq!(usual("https://pay.booking.example/return/payer_token").await.as_str(), wanted);
}

/// The standard alphabet holds `+`, which a query would turn into a space.
#[tokio::test]
async fn every_landing_comes_back_as_it_was() {
    for text in ["https://a.example/return/~~~", "https://a.example/return/???>>>", "https://ä.example/ü"] {
        let landing = Url::parse(text).unwrap();
        let url = usual(text).await;
        let query = url.query().unwrap();
        assert!(!query.contains(['+', '/']), "{query}");
        let (_, back) = url.query_pairs().next().unwrap();
        let decoded = String::from_utf8(BASE64.decode(back.as_bytes()).unwrap()).unwrap();
        assert_eq!(decoded, landing.as_str());
        assert!(decoded.is_ascii());
    }
    assert!(usual("https://a.example/return/~~~").await.query().unwrap().contains("%2B"));
}

#[tokio::test]
async fn the_page_stands_where_the_settings_say() {
    let mut all = super::settings("https://api.mews.example");
    all["apps_url"] = json!("http://127.0.0.1:4000/apps/");
    let mews = open(Mode::Test, &all, &secret()).unwrap();
    let url = page(&mews, &payment_id(), &super::landing()).await.unwrap();
    let wanted = format!("http://127.0.0.1:4000/apps/navigator/payment-requests/detail/{REQUEST}?returnUrl=");
    assert!(url.as_str().starts_with(&wanted), "{url}");
}

#[tokio::test]
async fn where_nothing_is_to_be_paid_there_is_no_page() {
    for odd in [GROUP, "x.y", "7"] {
        let payment = ProviderPaymentId::parse(odd).unwrap();
        let Err(Kind::Refused(refusal)) = page(&adapter(), &payment, &super::landing()).await else {
            panic!("{odd}")
        };
        assert_eq!(refusal.code, RefusalCode::WrongState);
    }
}
