//! What a simulator is started with, as JSON or as a value.

use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::message::EVENTS;
use super::words::{Version, Way};
use crate::pem::{PrivateKey, PublicKey};

const PARTNER_PUBLIC_KEY: &str = include_str!("../../keys/test-only-partner-public.pem");
const BANK_PRIVATE_KEY: &str = include_str!("../../keys/test-only-bank-private.pem");

/// The key a partner signs with when the configuration keeps its default; known to everyone, for tests alone.
pub const TEST_ONLY_PARTNER_PRIVATE_KEY: &str = include_str!("../../keys/test-only-partner-private.pem");

/// Settings of one simulator.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The clock file; without it the time is real.
    pub clock_file: Option<PathBuf>,
    /// The folder where sessions and messages outlive a restart, in `bank131.json`; without it they do not.
    pub data: Option<PathBuf>,
    /// The project that answers.
    pub project: Project,
}

/// A partner's project. Everything but the keys can be changed while it runs (`PUT /_config/project`).
#[derive(Clone, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Project {
    /// `X-PARTNER-PROJECT`.
    pub name: String,
    /// What requests are verified with, as PEM.
    pub partner_public_key: String,
    /// What webhooks are signed with, as PEM.
    pub bank_private_key: String,
    /// Where webhooks go.
    pub webhook: Option<Webhook>,
    /// Whether a payment goes on without `session/confirm`. `[SG]` PROVIDERS §5.5.
    pub auto_confirm: bool,
    /// Whether payments are held first. `[doc]` payment-hold: all of a project's payments, or none.
    pub hold: bool,
    /// Milliseconds that money is held. `[doc]` payment-hold: 5 days.
    pub hold_ms: i64,
    /// Whether the end of the hold debits instead of releasing. `[doc]` payment-hold.
    pub auto_capture: bool,
    /// Whether a refund may be of a part. `[SG]` PROVIDERS §5.2.
    pub partial_refunds: bool,
    /// Milliseconds until a refund is accepted; none for only when a test says so. `[unk]`
    pub refund_ms: Option<i64>,
    /// Milliseconds until a session in `error` turns out `accepted`; none for only when a test says so. `[unk]`
    pub error_ms: Option<i64>,
    /// 3-D Secure for every card instead of the card's own way.
    pub three_d_secure: Option<Way>,
    /// Milliseconds to confirm. `[SG]` PROVIDERS §5.3: 240 minutes.
    pub confirm_ms: i64,
    /// Milliseconds that the payer has for 3-D Secure or a QR code. `[SG]` PROVIDERS §5.3: 60 minutes.
    pub payer_ms: i64,
    /// The version whose field names webhooks use; none for that of the session's first call. `[unk]`
    pub webhook_version: Option<Version>,
    /// Real milliseconds that the receiver of a webhook has. `[unk]`
    pub webhook_timeout_ms: u64,
    /// Whether a `card_id` can be paid with. `[doc]` payment-intro: "A card identifier can not be used for making
    /// payments", so it is refused unless a test wants otherwise.
    pub card_id_pays: bool,
    /// Whether a part that was captured replaces `amount_details`; it always stands in `amounts.gross`. `[unk]`
    pub capture_shrinks_amount: bool,
    /// The merchant's fee in minor units, or none. `[doc]` the documented examples: 10.
    pub merchant_fee: Option<i64>,
}

impl Default for Project {
    fn default() -> Self {
        Self {
            name: "test_project".to_owned(),
            partner_public_key: PARTNER_PUBLIC_KEY.to_owned(),
            bank_private_key: BANK_PRIVATE_KEY.to_owned(),
            webhook: None,
            auto_confirm: false,
            hold: false,
            hold_ms: 5 * 86_400_000,
            auto_capture: false,
            partial_refunds: true,
            refund_ms: Some(1000),
            error_ms: Some(1_800_000),
            three_d_secure: None,
            confirm_ms: 240 * 60_000,
            payer_ms: 60 * 60_000,
            webhook_version: None,
            webhook_timeout_ms: 5000,
            card_id_pays: false,
            capture_shrinks_amount: false,
            merchant_fee: Some(10),
        }
    }
}

impl Project {
    /// The bank's public key as PEM: what a partner verifies webhooks with.
    ///
    /// # Errors
    /// When `bank_private_key` is not an RSA key of 2048 bits or more.
    pub fn bank_public_key(&self) -> io::Result<String> {
        Ok(self.bank_key()?.public_pem())
    }

    pub(super) fn bank_key(&self) -> io::Result<PrivateKey> {
        PrivateKey::from_pem(&self.bank_private_key).ok_or_else(|| wrong("bank_private_key"))
    }

    pub(super) fn partner_key(&self) -> io::Result<PublicKey> {
        PublicKey::from_pem(&self.partner_public_key).ok_or_else(|| wrong("partner_public_key"))
    }
}

/// Names the setting and not the key.
fn wrong(setting: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, format!("project.{setting} is not an RSA key in PEM"))
}

/// Where events are sent.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// The address, plain http on this machine.
    pub url: String,
    /// The types that the bank's manager has switched on; all of them unless told otherwise. `[doc]` PROVIDERS §5.5.
    #[serde(default = "every_event")]
    pub events: Vec<String>,
}

impl Webhook {
    /// All types to this address.
    #[must_use]
    pub fn to(url: &str) -> Self {
        Self { url: url.to_owned(), events: every_event() }
    }
}

fn every_event() -> Vec<String> {
    EVENTS.map(str::to_owned).to_vec()
}
