//! What a simulator is started with, as JSON or as a value.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Settings of one simulator.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The clock file; without it the time is real.
    pub clock_file: Option<PathBuf>,
    /// The folder where payments, webhooks and tokens outlive a restart; without it nothing does.
    pub data: Option<PathBuf>,
    /// The domain that answers.
    pub domain: Domain,
}

/// A Powens domain with its one client. Everything here can be changed while it runs (`PUT /_config/domain`).
#[derive(Clone, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Domain {
    /// Its name, without `.biapi.pro`.
    pub name: String,
    /// The client's identifier.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: String,
    /// Addresses registered with the client, each exact, or ending in `*` for all that begin so `[inf]`. An empty list
    /// takes every address as registered.
    pub redirect_uris: Vec<String>,
    /// Where `PAYMENT_STATE_UPDATED` goes.
    pub webhook: Option<Webhook>,
    /// Whether every state change is told; false for a domain from before 2024-09-13, which tells only what happens
    /// without the payer. `[doc]` PROVIDERS §4.5, `payment.state_updated_webhook.systematic`.
    pub systematic: bool,
    /// False when the client confirms each payment itself. `[doc]` §4.2, `payment.auto_confirmation`.
    pub auto_confirmation: bool,
    /// Days without a definitive status until `expired`. `[doc]` §4.3, `payment.manual_expire_time_days`.
    pub expire_days: i64,
    /// Calls a minute before 429; none for no limit. `[doc]` §4.1, the sandbox's figure.
    pub per_minute: Option<u32>,
    /// Calls a day before 429; none for no limit. `[doc]` §4.1, the sandbox's figure.
    pub per_day: Option<u32>,
    /// The banks a payer can choose.
    pub banks: Vec<Bank>,
    /// The future of a label without a prefix. `[unk]`
    pub default_future: String,
    /// Milliseconds until a refused webhook is sent again. `[unk]` §4.5.
    pub flush_every_ms: i64,
    /// Real milliseconds that the receiver of a webhook has. `[unk]` §4.5.
    pub webhook_timeout_ms: u64,
    /// Whether a retry carries a new date and signature. `[unk]` §4.5.
    pub redate_retries: bool,
    /// Whether every return goes to the webview's `redirect_uri` and `state`. `[unk]` §4.4 and §6: which one wins.
    pub webview_redirect_wins: bool,
    /// Whether a cancel in the webview rejects a payment that is still `created`; if not it stays so. `[unk]`
    pub webview_cancel_rejects: bool,
    /// Whether payments show their `client_state`. `[inf]` §4.6 searches by it; the documented example lacks it.
    pub echo_client_state: bool,
}

impl Default for Domain {
    fn default() -> Self {
        Self {
            name: "simulator-sandbox".to_owned(),
            client_id: "simulator".to_owned(),
            client_secret: "simulator-secret".to_owned(),
            redirect_uris: Vec::new(),
            webhook: None,
            systematic: true,
            auto_confirmation: true,
            expire_days: 30,
            per_minute: Some(30),
            per_day: Some(86_400),
            banks: vec![Bank::default(), Bank::without_tracking()],
            default_future: "pdng/done".to_owned(),
            flush_every_ms: 300_000,
            webhook_timeout_ms: 5000,
            redate_retries: false,
            webview_redirect_wins: false,
            webview_cancel_rejects: true,
            echo_client_state: true,
        }
    }
}

/// A connector.
#[derive(Clone, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Bank {
    /// What the payment shows as `id_connector`.
    pub id: u64,
    /// Its uuid.
    pub uuid: String,
    /// What the payer reads.
    pub name: String,
    /// Whether the bank tells nothing after `accepted`. `[doc]` guide: the property of connectors.
    pub partial_status_tracking: bool,
    /// What it does with a cancel of a pending payment.
    pub cancel: CancelWay,
}

impl Default for Bank {
    /// `[doc]` PROVIDERS §4.7: the test connector.
    fn default() -> Self {
        Self {
            id: 59,
            uuid: "338178e6-3d01-564f-9a7b-52ca442459bf".to_owned(),
            name: "Test bank".to_owned(),
            partial_status_tracking: false,
            cancel: CancelWay::Direct,
        }
    }
}

impl Bank {
    /// A bank after which a payment stays `accepted`. Its uuid is our own.
    #[must_use]
    pub fn without_tracking() -> Self {
        Self {
            id: 60,
            uuid: "5f1cf1e2-0d4a-5b6e-8c70-6d1f0a5a9c11".to_owned(),
            name: "Bank without tracking".to_owned(),
            partial_status_tracking: true,
            cancel: CancelWay::Unsupported,
        }
    }
}

/// What follows a cancel of a pending payment. `[doc]` PROVIDERS §4.2.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelWay {
    /// `rejected` at once.
    Direct,
    /// `cancelling` until the payer visits `validate_uri`.
    Redirect,
    /// The error `notSupported`.
    Unsupported,
}

/// Where events are sent and how they are signed.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// The address, plain http on this machine.
    pub url: String,
    /// The `secret_key`, used as UTF-8 bytes.
    pub secret: String,
    /// The public path, where it is not the path of `url`.
    #[serde(default)]
    pub signed_path: Option<String>,
}
