//! Opening an account: settings, secret, and what is never shown.

use super::{CURRENT, ID, KEY, account, adapter, payment_id, secret, wish};
use crate::http::HttpClient;
use crate::{ProviderSet, SettingsError};
use bellhop_domain::SignedDuration;
use bellhop_domain::account::Mode;
use bellhop_domain::provider::{Provider, ProviderName};
use bellhop_domain::schedule::MAX_LOOKS;
use serde_json::{Value, json};
use std::sync::Arc;

fn open(mode: Mode, settings: &Value, secret: &str) -> Result<Arc<dyn Provider>, SettingsError> {
    let set = ProviderSet::new(HttpClient::new().unwrap());
    set.open(&account(mode, settings), &secret.into())
}

fn wrong(settings: &Value) -> &'static str {
    let secret = secret().to_string();
    open(Mode::Test, settings, &secret).unwrap_err().setting
}

#[test]
fn an_account_needs_no_setting_and_can_do_everything() {
    let provider = open(Mode::Test, &json!({}), &secret().to_string()).unwrap();
    assert_eq!(provider.name(), ProviderName::GovukPay);
    assert!(provider.lookup(&wish()).is_some() && provider.cancels().is_some());
    assert!(provider.captures().is_some() && provider.refunds().is_some());
}

#[test]
fn a_wrong_setting_is_named() {
    let rows = [
        ("settings", json!({"base_ulr": "https://pay.example"})),
        ("base_url", json!({"base_url": "http://pay.example"})),
        ("base_url", json!({"base_url": "http://127.0.0.1.pay.example"})),
        ("base_url", json!({"base_url": "http://localhost.pay.example"})),
        ("base_url", json!({"base_url": "ftp://127.0.0.1"})),
        ("base_url", json!({"base_url": "https://user@pay.example"})),
        ("base_url", json!({"base_url": "https://pay.example/?x=1"})),
        ("base_url", json!({"base_url": "https://pay.example/#x"})),
        ("base_url", json!({"base_url": "pay.example"})),
        ("base_url", json!({"base_url": 7})),
        ("minimum", json!({"minimum": 0})),
        ("minimum", json!({"minimum": "30"})),
        ("minimum", json!({"minimum": 3.5})),
        ("minimum", json!({"minimum": 500, "maximum": 499})),
        ("maximum", json!({"maximum": 10_000_001})),
        ("maximum", json!({"maximum": -1})),
        ("zero_amount", json!({"zero_amount": "yes"})),
    ];
    for (setting, settings) in rows {
        assert_eq!(wrong(&settings), setting, "{settings}");
    }
}

#[test]
fn this_machine_may_speak_http() {
    for base in
        ["http://127.0.0.1:8090", "http://[::1]:8090", "http://localhost:8090/", "https://pay.example/base"]
    {
        assert!(open(Mode::Test, &json!({"base_url": base}), &secret().to_string()).is_ok(), "{base}");
    }
}

fn secret_of(key: &str, secrets: &[&str]) -> String {
    json!({"api_key": key, "webhook_secrets": secrets}).to_string()
}

fn refused(setting: &str, mode: Mode, secret: &str) {
    let error = open(mode, &json!({}), secret).unwrap_err();
    assert_eq!(error.setting, setting, "{secret}");
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[test]
fn a_secret_that_is_no_secret_text_is_refused_without_being_shown() {
    let rows = [
        json!("hunter2"),
        json!({"api_key": "hunter2"}),
        json!({"webhook_secrets": ["hunter2"]}),
        json!({"api_key": "hunter2", "webhook_secrets": "hunter2"}),
        json!({"api_key": ["hunter2"], "webhook_secrets": []}),
    ];
    for secret in rows {
        refused("secret", Mode::Test, &secret.to_string());
    }
    refused("secret", Mode::Test, "hunter2");
}

#[test]
fn a_wrong_api_key_is_refused_without_being_shown() {
    let rows = [
        (Mode::Test, ""),
        (Mode::Test, "hunter2 two"),
        (Mode::Test, "hunter2\r\nx: y"),
        (Mode::Test, "hunter2\u{e9}"),
        (Mode::Test, "api_live_hunter2"),
        (Mode::Live, "api_test_hunter2"),
    ];
    for (mode, key) in rows {
        refused("secret.api_key", mode, &secret_of(key, &["hunter2"]));
    }
}

#[test]
fn a_wrong_webhook_secret_is_refused_without_being_shown() {
    let rows: [&[&str]; 3] = [&["hunter2", ""], &[" "], &["hunter2", "b", "c", "d", "e"]];
    for secrets in rows {
        refused("secret.webhook_secrets", Mode::Test, &secret_of("hunter2", secrets));
    }
}

#[test]
fn an_address_below_a_path_is_kept() {
    for base in ["https://pay.example/base", "https://pay.example/base/"] {
        let provider = adapter(&json!({"base_url": base}));
        let url = provider.client.url(Some(&payment_id()), &["cancel"]);
        let wanted = format!("https://pay.example/base/v1/payments/{ID}/cancel");
        assert_eq!(url.as_str(), wanted);
    }
}

/// I11: what is printed of an adapter holds no secret.
#[test]
fn i11_debug_shows_no_secret() {
    let provider = adapter(&json!({}));
    let told = format!("{provider:?} {:?} {:?}", provider.client.authorization, provider.webhook_keys);
    assert!(told.contains("publicapi.payments.service.gov.uk"), "{told}");
    let hex = data_encoding::HEXLOWER.encode(CURRENT.as_bytes());
    for hidden in [KEY, CURRENT, &hex] {
        assert!(!told.contains(hidden), "{told}");
    }
}

/// I9: the plan leaves half of the cap for notifications and for payers who come back.
#[test]
fn i9_the_planned_looks_leave_room() {
    let schedule = adapter(&json!({})).schedule();
    let limit_looks = 1;
    let at_once = schedule.open_looks.len() + limit_looks + schedule.final_looks.len();
    let held = at_once + schedule.held_looks.len() + limit_looks;
    assert!(at_once <= 14, "{at_once}");
    assert!(u32::try_from(held).unwrap() <= MAX_LOOKS - 6, "{held}");
}

#[test]
fn the_schedule_is_in_order_and_ends_behind_what_it_waits_for() {
    let schedule = adapter(&json!({})).schedule();
    for looks in [schedule.open_looks, schedule.held_looks, schedule.final_looks] {
        assert!(looks.is_sorted_by(|a, b| a < b), "{looks:?}");
    }
    assert_eq!(schedule.page_life, SignedDuration::from_mins(90));
    assert_eq!(schedule.hold_life, SignedDuration::from_hours(120));
    assert!(schedule.open_looks.last() > Some(&schedule.page_life));
    assert!(schedule.held_looks.last() < Some(&schedule.hold_life));
    assert!(schedule.never_pushed.contains(&"capturable"));
}
