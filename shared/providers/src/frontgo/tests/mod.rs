//! Front Payment's adapter against its documentation.

use crate::http::HttpClient;
use crate::test_server::Server;
use bellhop_domain::Timestamp;
use bellhop_domain::account::{Account, AccountRef, Mode};
use bellhop_domain::ids::{AttemptId, MerchantId, SessionId};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::{CommonLanding, CreatePayment, ProviderName, ProviderPaymentId};
use bellhop_domain::text::{AccountName, Description, Reference, ReturnUrl};
use bellhop_domain::wish::{Address, Capture, Options, Payer, Phone, Wish};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use url::Url;

mod body;
mod calls;
mod check;
mod codes;
mod conformance;
mod facets;
mod messages;
mod notify;
mod reading;
mod search;

/// The text of a golden answer.
macro_rules! golden {
    ($name:literal) => {
        include_str!(concat!("../fixtures/", $name, ".json"))
    };
}
use golden;

const ID: &str = "RES4161996022";
const KEY: &str = "front_test_9kq2mv1e0ueq3t7b5s8d";
const CURRENT: &str = "callback_test_current";
const PREVIOUS: &str = "callback_test_previous";

/// An attempt of 2026-11-20T12:00:00Z.
fn attempt() -> AttemptId {
    AttemptId::first_at("2026-11-20T12:00:00.750Z".parse::<Timestamp>().unwrap())
}

fn payment_id() -> ProviderPaymentId {
    ProviderPaymentId::parse(ID).unwrap()
}

fn kroner(ore: u64) -> Money {
    Money::new(ore, Currency::NOK).unwrap()
}

fn secret() -> Value {
    json!({"api_key": KEY, "webhook_secrets": [CURRENT, PREVIOUS]})
}

fn account(mode: Mode, settings: &Value) -> Account {
    Account {
        at: AccountRef { provider: ProviderName::Frontgo, name: AccountName::parse("fjord").unwrap() },
        merchant: MerchantId::from_bytes([3; 16]),
        mode,
        settings: settings.as_object().unwrap().clone(),
        secret_name: "bellhop/fjord".to_owned(),
    }
}

fn payer() -> Payer {
    let text = |text: &str| Some(text.to_owned());
    Payer {
        name: text("Ada Payer"),
        email: text("ada@payer.example"),
        phone: Some(Phone { country_code: "+47".to_owned(), number: "46567468".to_owned() }),
        address: Some(Address {
            line1: text("Strandgata 1"),
            line2: None,
            postcode: text("5003"),
            city: text("Bergen"),
            country: text("NO"),
        }),
    }
}

fn wish() -> Wish {
    Wish {
        account: account(Mode::Test, &json!({})).at,
        amount: kroner(14500),
        reference: Reference::parse("RES-12345").unwrap(),
        description: Description::parse("Two nights, double room").unwrap(),
        return_url: ReturnUrl::parse("https://booking.example/stay", false).unwrap(),
        locale: "nb-NO".to_owned(),
        capture: Capture::Manual,
        payer: payer(),
        metadata: BTreeMap::new(),
        options: Options::default(),
    }
}

fn options(wish: &mut Wish, options: &Value) {
    wish.options = Options(options.as_object().unwrap().clone());
}

fn order(wish: &Wish) -> CreatePayment<'_> {
    CreatePayment {
        session: SessionId::from_bytes([1; 16]),
        attempt: attempt(),
        wish,
        landing: Url::parse("https://pay.booking.example/return/token").unwrap(),
        common: CommonLanding {
            url: Url::parse("https://pay.booking.example/return").unwrap(),
            state: "token".into(),
        },
        notify: Url::parse("https://pay.booking.example/webhooks/frontgo/fjord").unwrap(),
        expires_at: "2026-11-20T12:30:00.001Z".parse().unwrap(),
    }
}

/// An adapter, whole, with these settings.
fn adapter(settings: &Value) -> super::Frontgo {
    let account = account(Mode::Test, settings);
    super::Frontgo::new(HttpClient::new().unwrap(), &account, &secret().to_string().into()).unwrap()
}

/// An adapter that speaks to `server`.
fn adapter_of(server: &Server) -> super::Frontgo {
    adapter(&json!({"base_url": format!("http://{}", server.address)}))
}
