//! The payment providers of a run. Another provider is another entry.

use serde_json::{Value, json};

use super::parts::{Addresses, url};

/// The demo merchant's account at every provider: it stands in the webhooks' addresses.
const ACCOUNT: &str = "harbour";

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
}

/// All of them; the first is who is paid where a session names none.
pub(super) const PROVIDERS: [Provider; 3] = [
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

/// The simulators' command line.
pub(super) fn flags(addresses: &Addresses) -> Vec<String> {
    let filled = |(provider, port): (&'static Provider, u16)| {
        let webhook = format!("{}/webhooks/{}", url(addresses.api), provider.account());
        let fill = move |text: &str| text.replace("{port}", &port.to_string()).replace("{webhook}", &webhook);
        provider.flags.iter().flat_map(move |(name, value)| [(*name).to_owned(), fill(value)])
    };
    at(addresses).flat_map(filled).collect()
}
