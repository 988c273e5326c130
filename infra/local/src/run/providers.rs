//! The payment providers of a run. Another provider is another entry.

use bellhop_local::StackError;
use serde_json::{Value, json};

use super::home::Home;
use super::parts::{Addresses, url};

/// The demo merchant's account at every provider: it stands in the webhooks' addresses.
const ACCOUNT: &str = "harbour";

/// What the demo merchant signs its calls to Bank 131 with, and what the bank's messages are proved with: keys for
/// tests, which everyone knows.
const SIGNS: &str = include_str!("../../../../tests/simulators/keys/test-only-partner-private.pem");
const PROVES: &str = include_str!("../../../../tests/simulators/keys/test-only-bank-public.pem");

/// A provider: its simulator, and the demo merchant's account there.
pub(super) struct Provider {
    /// Its name in the API.
    pub(super) name: &'static str,
    /// Its name for people.
    pub(super) title: &'static str,
    /// The name of the account's secret.
    pub(super) secret_name: &'static str,
    /// The account's secret, which the simulator's flags say too.
    pub(super) secret: fn() -> Value,
    /// What else the account needs; `{url}` is the simulator's address.
    settings: &'static [&'static str],
    /// Name and value of the simulator's flags; `{port}` is its port, `{webhook}` where its messages go.
    flags: &'static [(&'static str, &'static str)],
    /// The flag that names its simulator's configuration, and the configuration.
    config: Option<(&'static str, &'static str)>,
}

/// All of them; the first is who is paid where a session names none.
pub(super) const PROVIDERS: [Provider; 5] = [
    Provider {
        name: "govuk_pay",
        title: "GOV.UK Pay",
        secret_name: "govuk-pay",
        secret: || json!({"api_key": "api_test_harbour", "webhook_secrets": ["webhook_test_harbour"]}),
        settings: &["base_url={url}"],
        flags: &[
            ("--govuk-port", "{port}"),
            ("--api-key", "api_test_harbour"),
            ("--webhook-url", "{webhook}"),
            ("--webhook-secret", "webhook_test_harbour"),
        ],
        config: None,
    },
    Provider {
        name: "frontgo",
        title: "Front Payment",
        secret_name: "frontgo",
        secret: || json!({"api_key": "front_test_harbour", "webhook_secrets": ["callback_test_harbour"]}),
        settings: &["base_url={url}"],
        // Every reservation says itself where its callbacks go.
        flags: &[
            ("--frontgo-port", "{port}"),
            ("--frontgo-token", "front_test_harbour"),
            ("--frontgo-callback-secret", "callback_test_harbour"),
        ],
        config: None,
    },
    Provider {
        name: "powens",
        title: "Powens Pay",
        secret_name: "powens",
        secret: || {
            json!({"client_id": "harbour", "client_secret": "client_test_harbour",
                "webhook_secrets": ["events_test_harbour"]})
        },
        settings: &["base_url={url}/2.0", "accepted=wait"],
        flags: &[
            ("--powens-port", "{port}"),
            ("--powens-client-id", "harbour"),
            ("--powens-client-secret", "client_test_harbour"),
            ("--powens-webhook-url", "{webhook}"),
            ("--powens-webhook-secret", "events_test_harbour"),
        ],
        config: None,
    },
    Provider {
        name: "mews",
        title: "Mews",
        secret_name: "mews",
        secret: || {
            json!({"connector": {"client_token": "mews-simulator-client-token",
                "access_token": "mews-simulator-access-token"}, "webhook_secrets": ["general_webhook_test_harbour"]})
        },
        settings: &[
            "base_url={url}",
            "apps_url={url}",
            "client=My Client 1.0.0",
            "hotel_id=3edbe1b4-6739-40b7-81b3-d369d9469c48",
            "configuration_id=93e27b6f-cba7-4e0b-a24a-819e1b7b388a",
        ],
        flags: &[
            ("--mews-port", "{port}"),
            ("--mews-webhook-url", "{webhook}/general_webhook_test_harbour"),
            ("--mews-webhook-token", "general_webhook_test_harbour"),
        ],
        // The booking site's rooms at the booking site's prices, which Mews reckons by the night.
        config: Some(("--mews-config", include_str!("providers/mews.json"))),
    },
    Provider {
        name: "bank131",
        title: "Bank 131",
        secret_name: "bank131",
        secret: || json!({"private_key": SIGNS, "bank_public_keys": [PROVES]}),
        settings: &[
            "base_url={url}",
            "project=test_project",
            "widget_script={url}/widget/payment-form.js",
            "widget_style={url}/widget/payment-form.css",
            "holds=true",
        ],
        flags: &[("--bank131-port", "{port}"), ("--bank131-webhook-url", "{webhook}")],
        config: Some(("--bank131-config", include_str!("providers/bank131.json"))),
    },
];

impl Provider {
    /// The demo merchant's account: `govuk_pay/harbour`.
    pub(super) fn account(&self) -> String {
        format!("{}/{ACCOUNT}", self.name)
    }

    /// The account's settings, for a simulator at that address.
    pub(super) fn settings(&self, base: &str) -> Vec<String> {
        self.settings.iter().map(|setting| setting.replace("{url}", base)).collect()
    }
}

/// Every provider with the port of its simulator.
pub(super) fn at(addresses: &Addresses) -> impl Iterator<Item = (&'static Provider, u16)> {
    PROVIDERS.iter().zip(addresses.simulators)
}

/// The simulators' command line, after what it names has been written.
pub(super) fn flags(home: &Home, addresses: &Addresses) -> Result<Vec<String>, StackError> {
    let mut all = Vec::new();
    for (provider, port) in at(addresses) {
        let webhook = format!("{}/webhooks/{}", url(addresses.api), provider.account());
        for (name, value) in provider.flags {
            let value = value.replace("{port}", &port.to_string()).replace("{webhook}", &webhook);
            all.extend([(*name).to_owned(), value]);
        }
        if let Some((name, text)) = provider.config {
            all.extend([name.to_owned(), home.keep_simulator_config(provider.name, text)?]);
        }
    }
    Ok(all)
}
