//! A merchant's accounts at providers, their secrets, and the adapters that both open.

use super::world::{World, directory};
use bellhop_domain::account::{Account, AccountRef, Mode};
use bellhop_domain::ids::MerchantId;
use bellhop_domain::provider::Provider;
use bellhop_domain::store::Directory;
use bellhop_providers::ProviderSet;
use bellhop_providers::http::HttpClient;
use serde_json::{Value, json};
use std::sync::Arc;

impl World {
    /// Another account of the merchant's.
    pub async fn add_account(&self, at: &str, base_url: &str, secret_name: &str) {
        self.add_account_with(at, json!({"base_url": base_url}), secret_name).await;
    }

    /// Likewise, with these settings.
    pub async fn add_account_with(&self, at: &str, settings: Value, secret_name: &str) {
        let account = account(self.merchant, at, settings, secret_name);
        assert!(directory(&self.stack).add_account(&account).await.expect("the table answers"));
    }

    /// Lays a secret beside those that are there already.
    pub fn add_secret(&self, name: &str, secret: Value) {
        let file = self.clock_file().with_file_name("secrets.json");
        let all = std::fs::read(&file).expect("the secrets");
        let mut all: Value = serde_json::from_slice(&all).expect("JSON");
        all[format!("bellhop/test/{name}")] = secret;
        std::fs::write(file, all.to_string()).expect("the secrets can be written");
    }
}

/// The adapter itself: what the merchant can do with it.
pub fn adapter(at: &str, settings: Value, secret: &Value) -> Arc<dyn Provider> {
    let account = account(MerchantId::from_bytes([1; 16]), at, settings, "any");
    let set = ProviderSet::new(HttpClient::new().expect("a client"));
    set.open(&account, &secret.to_string().into()).expect("an adapter")
}

fn account(merchant: MerchantId, at: &str, settings: Value, secret_name: &str) -> Account {
    let Value::Object(settings) = settings else { unreachable!("an object") };
    let at = AccountRef::parse(at).expect("an account");
    Account { at, merchant, mode: Mode::Test, settings, secret_name: secret_name.to_owned() }
}
