//! Mews' adapter against its documentation.

use super::Mews;
use crate::http::HttpClient;
use crate::test_server::{Act, Server, answer};
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
mod check;
mod codes;
mod conformance;
mod given;
mod messages;
mod notify;
mod opening;
mod pages;
mod reading;
mod refunds;
mod resolving;
mod schedule;
mod searching;
mod statuses;
mod wrongs;

/// The text of a golden answer.
macro_rules! golden {
    ($name:literal) => {
        include_str!(concat!("../fixtures/", $name, ".json"))
    };
}
use golden;

const REQUEST: &str = "ace78dac-a0f3-420e-8a42-acfb00b9e1e5";
const GROUP: &str = "f6fa7e62-eb22-4176-bc49-e521d0524dee";
const ID: &str = "ace78dac-a0f3-420e-8a42-acfb00b9e1e5.f6fa7e62-eb22-4176-bc49-e521d0524dee";
/// Their own id of the payment.
const PAYMENT: &str = "21639c17-edad-47f9-8348-acfb00b9f569";
const HOTEL: &str = "3edbe1b4-6739-40b7-81b3-d369d9469c48";
const CONFIGURATION: &str = "93e27b6f-cba7-4e0b-a24a-819e1b7b388a";
/// The attempt as it stands in the golden answers.
const ECHO: &str = "att_081040g2081040g2081040g208";
const CLIENT_TOKEN: &str = "E0D439EE522F44368DC78E1BFB03710C-Client";
const ACCESS_TOKEN: &str = "C66EF7B239D24632943D115EDE9CB810-Access";
const CURRENT: &str = "webhook-current-0123456789";
const PREVIOUS: &str = "webhook-previous-0123456789";

fn attempt() -> AttemptId {
    AttemptId::from_bytes([2; 16])
}

fn payment_id() -> ProviderPaymentId {
    ProviderPaymentId::parse(ID).unwrap()
}

fn money(minor: u64, currency: Currency) -> Money {
    Money::new(minor, currency).unwrap()
}

fn euros(cents: u64) -> Money {
    money(cents, Currency::EUR)
}

fn settings(base: &str) -> Value {
    json!({
        "base_url": base, "client": "Bellhop 1.0.0", "hotel_id": HOTEL, "configuration_id": CONFIGURATION,
    })
}

fn account(mode: Mode, settings: &Value) -> Account {
    Account {
        at: AccountRef { provider: ProviderName::Mews, name: AccountName::parse("harbour").unwrap() },
        merchant: MerchantId::from_bytes([3; 16]),
        mode,
        settings: settings.as_object().unwrap().clone(),
        secret_name: "bellhop/harbour".to_owned(),
    }
}

fn secret() -> Value {
    json!({
        "connector": {"client_token": CLIENT_TOKEN, "access_token": ACCESS_TOKEN},
        "webhook_secrets": [CURRENT, PREVIOUS],
    })
}

/// Of an account without the Connector API.
fn bare_secret() -> Value {
    json!({"webhook_secrets": [CURRENT]})
}

/// The booking of the documentation's sample.
fn booking() -> Value {
    json!({
        "customer": {
            "email": "hiro@snow.com", "first_name": "Hiro", "last_name": "Protagonist",
            "send_marketing_emails": false
        },
        "booker": {
            "email": "john.doe@snow.com", "first_name": "John", "last_name": "Doe",
            "telephone": "654257001458", "nationality_code": "US", "send_marketing_emails": true
        },
        "reservations": [{
            "room_category_id": "4037c0ec-a59d-43f1-9d97-d6c984764e8c",
            "start_utc": "2026-12-01T14:00:00Z", "end_utc": "2026-12-03T10:00:00Z",
            "voucher_code": "Discount2042", "rate_id": "c1d48c54-9382-4ceb-a820-772bf370573d",
            "adult_count": 2, "child_count": 0,
            "product_ids": ["d0e88da5-ae64-411c-b773-60ed68954f64"], "notes": "Quiet room please."
        }],
        "availability_block_id": "5mgbe1b4-6739-40b7-81b3-d369d9469c48"
    })
}

fn given() -> Value {
    json!({"payment_request_id": REQUEST, "reservation_group_id": GROUP})
}

fn wish_with(options: &Value) -> Wish {
    Wish {
        account: account(Mode::Test, &json!({})).at,
        amount: euros(14500),
        reference: Reference::parse("RES-12345").unwrap(),
        description: Description::parse("Two nights, double room").unwrap(),
        return_url: ReturnUrl::parse("https://booking.example/stay", false).unwrap(),
        locale: "en".to_owned(),
        capture: Capture::Automatic,
        payer: Payer::default(),
        metadata: BTreeMap::new(),
        options: Options(options.as_object().unwrap().clone()),
    }
}

fn wish() -> Wish {
    wish_with(&booking())
}

fn landing() -> Url {
    Url::parse("https://pay.booking.example/return/payer_token").unwrap()
}

fn common() -> CommonLanding {
    CommonLanding {
        url: Url::parse("https://pay.booking.example/return").unwrap(),
        state: "payer_token".into(),
    }
}

fn order(wish: &Wish) -> CreatePayment<'_> {
    CreatePayment {
        session: SessionId::from_bytes([1; 16]),
        attempt: attempt(),
        wish,
        landing: landing(),
        common: common(),
        notify: Url::parse("https://pay.booking.example/webhooks/mews/harbour").unwrap(),
        expires_at: Timestamp::UNIX_EPOCH,
    }
}

fn open(mode: Mode, settings: &Value, secret: &Value) -> Result<Mews, crate::SettingsError> {
    Mews::new(HttpClient::new().unwrap(), &account(mode, settings), &secret.to_string().into())
}

/// An adapter with the Connector API, or without.
fn adapter_at(base: &str, secret: &Value) -> Mews {
    open(Mode::Test, &settings(base), secret).unwrap()
}

/// An adapter that asks nobody.
fn adapter() -> Mews {
    adapter_at("https://api.mews.example", &secret())
}

/// An adapter that speaks to `server`.
fn adapter_of(server: &Server) -> Mews {
    adapter_at(&format!("http://{}", server.address), &secret())
}

fn good(body: &str) -> Act {
    answer("200 OK", "content-type: application/json\r\n", body)
}

/// What a request says.
fn body_of(asked: &str) -> Value {
    serde_json::from_str(asked.split_once("\r\n\r\n").unwrap().1).unwrap()
}
