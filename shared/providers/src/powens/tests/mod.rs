//! Powens' adapter against its documentation.

use super::Powens;
use crate::http::HttpClient;
use crate::test_server::{Act, Server, answer};
use crate::token::Now;
use bellhop_domain::Timestamp;
use bellhop_domain::account::{Account, AccountRef, Mode};
use bellhop_domain::ids::{AttemptId, MerchantId, SessionId};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::{CommonLanding, CreatePayment, ProviderName, ProviderPaymentId, Visit};
use bellhop_domain::text::{AccountName, Description, Reference, ReturnUrl};
use bellhop_domain::wish::{Capture, Options, Payer, Wish};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use url::Url;

mod body;
mod calls;
mod check;
mod codes;
mod conformance;
mod hints;
mod messages;
mod notify;
mod opening;
mod pages;
mod reading;
mod statuses;
mod tokens;

/// The text of a golden answer.
macro_rules! golden {
    ($name:literal) => {
        include_str!(concat!("../fixtures/", $name, ".json"))
    };
}
use golden;

const ID: &str = "1975";
/// The attempt as it stands in the golden answers.
const ECHO: &str = "081040g2081040g2081040g208";
const CLIENT_SECRET: &str = "client_secret_of_harbour";
const CURRENT: &str = "webhook_test_current";
const PREVIOUS: &str = "webhook_test_previous";
const BASE: &str = "https://harbour.biapi.pro/2.0";

fn attempt() -> AttemptId {
    AttemptId::from_bytes([2; 16])
}

fn payment_id() -> ProviderPaymentId {
    ProviderPaymentId::parse(ID).unwrap()
}

fn euros(cents: u64) -> Money {
    Money::new(cents, Currency::EUR).unwrap()
}

fn pounds(pence: u64) -> Money {
    Money::new(pence, Currency::GBP).unwrap()
}

fn account(mode: Mode, settings: &Value) -> Account {
    Account {
        at: AccountRef { provider: ProviderName::Powens, name: AccountName::parse("harbour").unwrap() },
        merchant: MerchantId::from_bytes([3; 16]),
        mode,
        settings: settings.as_object().unwrap().clone(),
        secret_name: "bellhop/harbour".to_owned(),
    }
}

fn secret() -> Value {
    json!({"client_id": "12345678", "client_secret": CLIENT_SECRET, "webhook_secrets": [CURRENT, PREVIOUS]})
}

/// The options of the guide, for a payment on the first open day.
fn options() -> Value {
    json!({
        "execution_date_type": "first_open_day",
        "beneficiary": {
            "scheme_name": "iban", "identification": "FR14 2004 1010 0505 0001 3M02 606", "label": "Harbour Hotel"
        },
        "beneficiary_identity": {
            "kind": "corporate", "org_name": "Harbour Hotel", "org_legal_status": "SARL",
            "scheme_name": "siren", "identification": "012345678"
        },
        "payer_identity": {
            "kind": "individual", "first_name": "Germaine", "last_name": "Michu", "birth_date": "1963-01-01",
            "birth_city": "Paris", "birth_country": "FR", "nationality": "French"
        }
    })
}

fn wish() -> Wish {
    Wish {
        account: account(Mode::Test, &json!({})).at,
        amount: euros(14500),
        reference: Reference::parse("RES-12345").unwrap(),
        description: Description::parse("Two nights, double room").unwrap(),
        return_url: ReturnUrl::parse("https://booking.example/stay", false).unwrap(),
        locale: "fr-FR".to_owned(),
        capture: Capture::Automatic,
        payer: Payer::default(),
        metadata: BTreeMap::from([("channel".to_owned(), "web".to_owned())]),
        options: Options(options().as_object().unwrap().clone()),
    }
}

fn landing(url: &str) -> CommonLanding {
    CommonLanding { url: Url::parse(url).unwrap(), state: "payer_token".into() }
}

fn visit<'a>(payment: &'a ProviderPaymentId, wish: &'a Wish, back: &str) -> Visit<'a> {
    Visit {
        payment,
        attempt: attempt(),
        wish,
        landing: Url::parse("https://pay.booking.example/return/payer_token").unwrap(),
        common: landing(back),
    }
}

fn order(wish: &Wish) -> CreatePayment<'_> {
    CreatePayment {
        session: SessionId::from_bytes([1; 16]),
        attempt: attempt(),
        wish,
        landing: Url::parse("https://pay.booking.example/return/payer_token").unwrap(),
        common: landing("https://pay.booking.example/return"),
        notify: Url::parse("https://pay.booking.example/webhooks/powens/harbour").unwrap(),
        expires_at: Timestamp::UNIX_EPOCH,
    }
}

/// An adapter with these settings and a clock.
fn adapter_at(settings: &Value, now: Option<Now>) -> Powens {
    let account = account(Mode::Test, settings);
    Powens::new(HttpClient::new().unwrap(), now, &account, &secret().to_string().into()).unwrap()
}

/// An adapter with these settings.
fn adapter(settings: &Value) -> Powens {
    adapter_at(settings, None)
}

/// An adapter that speaks to `server`.
fn adapter_of(server: &Server) -> Powens {
    adapter(&json!({"base_url": format!("http://{}/2.0", server.address)}))
}

fn with_json(status: &str, body: &str) -> Act {
    answer(status, "content-type: application/json\r\n", body)
}

fn token(text: &str) -> Act {
    with_json("200 OK", &json!({"token": text, "scope": "payments:admin"}).to_string())
}

fn good(body: &str) -> Act {
    with_json("200 OK", body)
}
