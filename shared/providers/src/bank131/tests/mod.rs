//! Bank 131's adapter against its documentation and its SDK's tests.

use super::Bank131;
use crate::http::HttpClient;
use crate::test_server::{Act, Server, answer};
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
mod card_data;
mod check;
mod codes;
mod conformance;
mod conformance_init;
mod facets;
mod forged;
mod interaction;
mod keys;
mod messages;
mod opening;
mod pages;
mod reading;
mod statuses;

/// The text of a golden answer.
macro_rules! golden {
    ($name:literal) => {
        include_str!(concat!("../fixtures/", $name, ".json"))
    };
}
use golden;

/// The text of a key that was made for these tests.
macro_rules! key {
    ($name:literal) => {
        include_str!(concat!("../fixtures/keys/test_", $name, ".pem"))
    };
}
use key;

const ID: &str = "ps_3230";
const SCRIPT: &str = "https://widget.bank.example/payment-form.js";
const LANDING: &str = "https://pay.booking.example/return/token";

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

fn roubles(kopecks: u64) -> Money {
    Money::new(kopecks, Currency::RUB).unwrap()
}

fn account(mode: Mode, settings: &Value) -> Account {
    Account {
        at: AccountRef { provider: ProviderName::Bank131, name: AccountName::parse("harbour").unwrap() },
        merchant: MerchantId::from_bytes([3; 16]),
        mode,
        settings: settings.as_object().unwrap().clone(),
        secret_name: "bellhop/harbour".to_owned(),
    }
}

fn secret() -> Value {
    json!({"private_key": key!("partner"), "bank_public_keys": [key!("bank.pub"), key!("bank_before.pub")]})
}

/// The settings of a project that can do everything, whose API stands at `base`.
fn settings(base: &str) -> Value {
    json!({"base_url": base, "project": "harbour_project", "widget_script": SCRIPT, "holds": true})
}

fn wish() -> Wish {
    Wish {
        account: account(Mode::Test, &json!({})).at,
        amount: roubles(14500),
        reference: Reference::parse("RES-12345").unwrap(),
        description: Description::parse("Two nights, double room").unwrap(),
        return_url: ReturnUrl::parse("https://booking.example/stay", false).unwrap(),
        locale: "en".to_owned(),
        capture: Capture::Automatic,
        payer: Payer::default(),
        metadata: BTreeMap::from([("channel".to_owned(), "web".to_owned())]),
        options: Options::default(),
    }
}

/// The wish with these options.
fn with_options(options: Value) -> Wish {
    Wish { options: Options(options.as_object().unwrap().clone()), ..wish() }
}

fn landing() -> Url {
    Url::parse(LANDING).unwrap()
}

fn common() -> CommonLanding {
    CommonLanding { url: Url::parse("https://pay.booking.example/return").unwrap(), state: "token".into() }
}

fn visit<'a>(payment: &'a ProviderPaymentId, wish: &'a Wish) -> Visit<'a> {
    Visit { payment, attempt: attempt(), wish, landing: landing(), common: common() }
}

fn order(wish: &Wish) -> CreatePayment<'_> {
    CreatePayment {
        session: session(),
        attempt: attempt(),
        wish,
        landing: landing(),
        common: common(),
        notify: Url::parse("https://pay.booking.example/webhooks/bank131/harbour").unwrap(),
        expires_at: Timestamp::UNIX_EPOCH,
    }
}

/// An adapter, whole, with these settings.
fn adapter(settings: &Value) -> Bank131 {
    let account = account(Mode::Test, settings);
    Bank131::new(HttpClient::new().unwrap(), &account, &secret().to_string().into()).unwrap()
}

/// An adapter that speaks to `server`.
fn adapter_of(server: &Server) -> Bank131 {
    adapter(&settings(&format!("http://{}", server.address)))
}

fn good(body: &str) -> Act {
    answer("200 OK", "content-type: application/json\r\n", body)
}

/// A refusal as they write it.
fn refusal(code: &str) -> String {
    json!({"status": "error", "error": {"code": code, "description": "words"}}).to_string()
}
