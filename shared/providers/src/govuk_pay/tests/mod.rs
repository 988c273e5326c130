//! GOV.UK Pay's adapter against its documentation.

use crate::http::HttpClient;
use crate::test_server::Server;
use bellhop_domain::Timestamp;
use bellhop_domain::account::{Account, AccountRef, Mode};
use bellhop_domain::ids::{AttemptId, MerchantId, SessionId};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::{CommonLanding, CreatePayment, ProviderName, ProviderPaymentId};
use bellhop_domain::text::{AccountName, Description, Reference, ReturnUrl};
use bellhop_domain::wish::{Capture, Options, Payer, Wish};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use url::Url;

mod body;
mod calls;
mod cardholder;
mod check;
mod codes;
mod conformance;
mod facets;
mod lies;
mod messages;
mod near_misses;
mod notify;
mod opening;
mod reading;
mod statuses;

/// The text of a golden answer.
macro_rules! golden {
    ($name:literal) => {
        include_str!(concat!("../fixtures/", $name, ".json"))
    };
}
use golden;

const ID: &str = "hu20sqlact5260q2nanm0q8u93";
const KEY: &str = "api_test_9kq2mv1e0ueq3t7b5s8d";
const CURRENT: &str = "webhook_test_current";
const PREVIOUS: &str = "webhook_test_previous";

/// The ids that the golden answers echo.
fn session() -> SessionId {
    SessionId::from_bytes([1; 16])
}

fn attempt() -> AttemptId {
    AttemptId::from_bytes([2; 16])
}

fn payment_id() -> ProviderPaymentId {
    ProviderPaymentId::parse(ID).unwrap()
}

fn pounds(pence: u64) -> Money {
    Money::new(pence, Currency::GBP).unwrap()
}

fn account(mode: Mode, settings: &Value) -> Account {
    Account {
        at: AccountRef { provider: ProviderName::GovukPay, name: AccountName::parse("harbour").unwrap() },
        merchant: MerchantId::from_bytes([3; 16]),
        mode,
        settings: settings.as_object().unwrap().clone(),
        secret_name: "bellhop/harbour".to_owned(),
    }
}

fn secret() -> Value {
    json!({"api_key": KEY, "webhook_secrets": [CURRENT, PREVIOUS]})
}

fn wish() -> Wish {
    Wish {
        account: account(Mode::Test, &json!({})).at,
        amount: pounds(14500),
        reference: Reference::parse("RES-12345").unwrap(),
        description: Description::parse("Two nights, double room").unwrap(),
        return_url: ReturnUrl::parse("https://booking.example/stay", false).unwrap(),
        locale: "en-GB".to_owned(),
        capture: Capture::Automatic,
        payer: Payer::default(),
        metadata: BTreeMap::from([("channel".to_owned(), "web".to_owned())]),
        options: Options::default(),
    }
}

fn order(wish: &Wish) -> CreatePayment<'_> {
    CreatePayment {
        session: session(),
        attempt: attempt(),
        wish,
        landing: Url::parse("https://pay.booking.example/return/token").unwrap(),
        common: CommonLanding {
            url: Url::parse("https://pay.booking.example/return").unwrap(),
            state: "token".into(),
        },
        notify: Url::parse("https://pay.booking.example/webhooks/govuk_pay/harbour").unwrap(),
        expires_at: Timestamp::UNIX_EPOCH,
    }
}

/// An adapter, whole, with these settings.
fn adapter(settings: &Value) -> super::GovukPay {
    let account = account(Mode::Test, settings);
    let secret = secret().to_string().into();
    super::GovukPay::new(HttpClient::new().unwrap(), &account, &secret).unwrap()
}

/// An adapter that speaks to `server`.
fn adapter_of(server: &Server) -> super::GovukPay {
    adapter(&json!({"base_url": format!("http://{}", server.address)}))
}
