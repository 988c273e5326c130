//! Opening an account: settings, secret, schedule.

use super::messages::with_secrets;
use super::{BASE, CLIENT_SECRET, account, adapter, secret, wish};
use crate::http::HttpClient;
use crate::{ProviderSet, SettingsError};
use bellhop_domain::SignedDuration;
use bellhop_domain::account::Mode;
use bellhop_domain::provider::{Provider, ProviderName};
use serde_json::{Value, json};
use std::sync::Arc;

fn open(settings: &Value, secret: &Value) -> Result<Arc<dyn Provider>, SettingsError> {
    let set = ProviderSet::new(HttpClient::new().unwrap());
    set.open(&account(Mode::Live, settings), &secret.to_string().into())
}

#[test]
fn an_account_needs_its_domain_and_no_more() {
    let provider = open(&json!({"base_url": BASE}), &secret()).unwrap();
    assert_eq!(provider.name(), ProviderName::Powens);
    assert!(provider.lookup(&wish()).is_some() && provider.pages().is_some() && provider.cancels().is_some());
    assert!(provider.captures().is_none() && provider.refunds().is_none());
}

#[test]
fn a_wrong_setting_is_named() {
    let rows = [
        ("base_url", json!({})),
        ("base_url", json!({"base_url": "http://harbour.biapi.pro/2.0"})),
        ("webview_url", json!({"base_url": BASE, "webview_url": "http://webview.powens.com/en"})),
        ("webview_url", json!({"base_url": BASE, "webview_url": "https://webview.powens.com/en?x=1"})),
        ("webview_url", json!({"base_url": BASE, "webview_url": null})),
        ("accepted", json!({"base_url": BASE, "accepted": "fail"})),
        ("accepted", json!({"base_url": BASE, "accepted": true})),
        ("webhook_path", json!({"base_url": BASE, "webhook_path": "webhooks"})),
        ("webhook_path", json!({"base_url": BASE, "webhook_path": "/webhooks?x=1"})),
        ("webhook_path", json!({"base_url": BASE, "webhook_path": "/web hooks"})),
        ("webhook_path", json!({"base_url": BASE, "webhook_path": 7})),
        ("settings", json!({"base_url": BASE, "client_id": "12345678"})),
    ];
    for (setting, settings) in rows {
        assert_eq!(open(&settings, &secret()).unwrap_err().setting, setting, "{settings}");
    }
}

#[test]
fn i11_a_wrong_secret_is_named_and_not_shown() {
    let with = |part: &str, value: &str| {
        let mut secret = secret();
        secret[part] = json!(value);
        secret
    };
    let many: Value = json!(["a", "b", "c", "d", "e"]);
    let rows = [
        ("secret.client_id", with("client_id", "1 2")),
        ("secret.client_secret", with("client_secret", "hunter2\r\nx: y")),
        ("secret.webhook_secrets", with_secrets(many)),
        ("secret", with("webhook_secrets", "hunter2")),
    ];
    for (setting, secret) in rows {
        let error = open(&json!({"base_url": BASE}), &secret).unwrap_err();
        assert_eq!(error.setting, setting);
        let told = format!("{error} {error:?}");
        assert!(!told.contains("hunter2") && !told.contains(CLIENT_SECRET), "{told}");
    }
}

/// I9: a sandbox takes 30 calls a minute, of which looks may have two thirds; one may be two calls.
#[test]
fn i9_looks_stay_below_their_limit() {
    let schedule = adapter(&json!({"base_url": BASE})).schedule();
    assert!(schedule.looks_a_minute.is_some_and(|looks| looks * 2 <= 20));
    assert!(schedule.open_looks.first() >= Some(&SignedDuration::from_mins(1)));
    assert!(schedule.final_looks.len() + schedule.open_looks.len() <= 14);
}

#[test]
fn i4_only_an_accepted_that_waits_is_ever_in_doubt() {
    let of = |accepted| adapter(&json!({"base_url": BASE, "accepted": accepted})).schedule();
    let (wait, succeed) = (of("wait"), of("succeed"));
    assert!(wait.doubt_life.is_some_and(|life| life > SignedDuration::from_hours(5 * 24)));
    assert_eq!(succeed.doubt_life, None);
    assert_eq!((wait.open_looks, wait.final_looks), (succeed.open_looks, succeed.final_looks));
    assert_eq!(adapter(&json!({"base_url": BASE})).schedule(), wait);
}
