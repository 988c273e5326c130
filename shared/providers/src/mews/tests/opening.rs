//! Settings and the secret of an account.

use super::{CLIENT_TOKEN, CURRENT, HOTEL, bare_secret, open, secret, settings};
use bellhop_domain::account::Mode;
use serde_json::{Value, json};

fn error(settings: &Value, secret: &Value) -> &'static str {
    open(Mode::Test, settings, secret).err().map(|error| error.setting).unwrap_or_default()
}

#[test]
fn a_test_account_is_at_the_demo_and_a_live_one_is_not() {
    let least = json!({"client": "Bellhop 1.0.0", "hotel_id": HOTEL});
    let bases = |mode| {
        let read = open(mode, &least, &secret()).unwrap().settings;
        [read.base, read.connector, read.apps].map(|url| url.to_string())
    };
    let demo = ["https://api.mews-demo.com/", "https://api.mews-demo.com/", "https://app.mews-demo.com/"];
    assert_eq!(bases(Mode::Test), demo);
    assert_eq!(bases(Mode::Live), demo.map(|url| url.replace("-demo", "")));
}

#[test]
fn a_connector_of_its_own_has_its_own_address_and_name() {
    let mut all = settings("https://api.mews.example");
    all["connector_url"] = json!("https://connector.mews.example");
    all["connector_client"] = json!("Bellhop Connector 2.0.0");
    let connector = open(Mode::Live, &all, &secret()).unwrap().connector.unwrap();
    assert_eq!(connector.base.as_str(), "https://connector.mews.example/");
    assert_eq!(connector.client, "Bellhop Connector 2.0.0");
}

#[test]
fn every_odd_setting_is_named() {
    for (name, odd) in [
        ("client", json!("")),
        ("client", json!(7)),
        ("connector_client", json!(["x"])),
        ("hotel_id", json!("3edbe1b4")),
        ("configuration_id", json!("")),
        ("apps_url", json!("http://app.mews.example")),
        ("connector_url", json!("ftp://app.mews.example")),
    ] {
        let mut all = settings("https://api.mews.example");
        all[name] = odd;
        assert_eq!(error(&all, &secret()), name);
    }
    for needed in ["client", "hotel_id"] {
        let mut all = settings("https://api.mews.example");
        all.as_object_mut().unwrap().remove(needed);
        assert_eq!(error(&all, &secret()), needed);
    }
}

#[test]
fn every_odd_part_of_the_secret_is_named() {
    let usual = settings("https://api.mews.example");
    let with = |connector: Value, webhook_secrets: Value| {
        error(&usual, &json!({"connector": connector, "webhook_secrets": webhook_secrets}))
    };
    let tokens = json!({"client_token": CLIENT_TOKEN, "access_token": "a"});
    assert_eq!(with(tokens.clone(), json!([CURRENT])), "");
    assert_eq!(with(Value::Null, json!([])), "");
    assert_eq!(with(json!({"client_token": CLIENT_TOKEN}), json!([])), "secret");
    assert_eq!(with(json!({"client_token": "", "access_token": "a"}), json!([])), "secret.connector");
    assert_eq!(with(json!({"client_token": "a", "access_token": "a\nb"}), json!([])), "secret.connector");
    let (short, long) = ("x".repeat(19), "x".repeat(129));
    for odd in [&short, &long, "webhook/secret/0123456789", "webhook%20secret%200123456789"] {
        assert_eq!(with(tokens.clone(), json!([CURRENT, odd])), "secret.webhook_secrets", "{odd}");
    }
    assert_eq!(with(tokens, json!(vec![CURRENT; 5])), "secret.webhook_secrets");
    assert_eq!(error(&usual, &bare_secret()), "");
}
