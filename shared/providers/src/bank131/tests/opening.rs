//! Opening an account: settings, and what is never shown.

use super::{account, key, payment_id, secret, settings, wish};
use crate::http::HttpClient;
use crate::{ProviderSet, SettingsError};
use bellhop_domain::account::Mode;
use bellhop_domain::provider::{Provider, ProviderName};
use serde_json::{Value, json};
use std::sync::Arc;

fn open(mode: Mode, settings: &Value) -> Result<Arc<dyn Provider>, SettingsError> {
    let set = ProviderSet::new(HttpClient::new().unwrap());
    set.open(&account(mode, settings), &secret().to_string().into())
}

#[test]
fn an_account_needs_its_project_and_can_do_everything() {
    let provider = open(Mode::Live, &json!({"project": "harbour_project"})).unwrap();
    assert_eq!(provider.name(), ProviderName::Bank131);
    assert!(provider.lookup(&wish()).is_some() && provider.pages().is_some());
    assert!(provider.confirms().is_some() && provider.cancels().is_some());
    assert!(provider.captures().is_some() && provider.refunds().is_some());
}

#[test]
fn a_test_account_speaks_to_the_demo_unless_told_otherwise() {
    let project = json!({"project": "harbour_project"});
    let base = |mode, settings: &Value| format!("{:?}", open(mode, settings).unwrap());
    assert!(base(Mode::Test, &project).contains("https://demo.bank131.ru/"));
    assert!(base(Mode::Live, &project).contains("https://proxy.bank131.ru/"));
    let other = json!({"project": "harbour_project", "base_url": "https://bank.example/131"});
    assert!(base(Mode::Live, &other).contains("https://bank.example/131"));
}

#[test]
fn a_wrong_setting_is_named() {
    let rows = [
        ("settings", json!({"projekt": "x"})),
        ("project", json!({"project": null})),
        ("project", json!({"project": ""})),
        ("project", json!({"project": "two words"})),
        ("project", json!({"project": "line\r\nx-other: y"})),
        ("project", json!({"project": "x".repeat(129)})),
        ("submerchant", json!({"submerchant": "\u{e9}"})),
        ("base_url", json!({"base_url": "http://bank.example"})),
        ("version", json!({"version": "v3"})),
        ("version", json!({"version": 2})),
        ("widget_script", json!({"widget_script": "http://widget.bank.example/x.js"})),
        ("widget_script", json!({"widget_script": "javascript:alert(1)"})),
        ("widget_style", json!({"widget_style": "https://user@widget.bank.example/x.css"})),
        ("widget_form", json!({"widget_form": "alert(1)"})),
        ("widget_form", json!({"widget_form": ""})),
        ("widget_form", json!({"widget_form": "constructor.x"})),
        ("holds", json!({"holds": "yes"})),
        ("auto_confirm", json!({"auto_confirm": 1})),
    ];
    for (setting, patch) in rows {
        let mut all = settings("https://demo.bank131.ru");
        all.as_object_mut().unwrap().extend(patch.as_object().unwrap().clone());
        let error = open(Mode::Test, &all).unwrap_err();
        assert_eq!(error.setting, setting, "{patch}");
    }
    let missing = open(Mode::Test, &json!({})).unwrap_err();
    assert_eq!((missing.setting, missing.problem), ("project", "is required"));
}

/// I11: nothing that is printed holds a key.
#[test]
fn i11_debug_shows_the_address_alone() {
    let provider = open(Mode::Test, &settings("https://demo.bank131.ru")).unwrap();
    let told = format!("{provider:?} {provider:#?}");
    assert!(told.contains("Bank131") && !told.contains("harbour_project"), "{told}");
    let lines = key!("partner").lines().chain(key!("bank.pub").lines());
    lines.filter(|line| line.len() == 64).for_each(|line| assert!(!told.contains(line)));
    assert_eq!(payment_id().as_str(), super::ID);
}
