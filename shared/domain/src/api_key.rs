//! Keys to our API: `bh_test_...`, checked by arithmetic before any look-up.

use crate::account::Mode;
use crate::ids::{MerchantId, NoRandomness, from_base32, random_bytes, to_base32};
use crate::service_key::{Purpose, ServiceKeys};
use ring::digest::{SHA256, digest};
use secrecy::{ExposeSecret, SecretString};

const RANDOM: usize = 24;
const CHECKSUM: usize = 4;

/// A key whose checksum fits. Whether it is one of ours only the table can say.
#[derive(Debug, Clone)]
pub struct ApiKey {
    text: SecretString,
    merchant: MerchantId,
    mode: Mode,
}

impl ApiKey {
    /// A new key: the merchant's id, 192 random bits and a checksum.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn generate(merchant: MerchantId, mode: Mode) -> Result<Self, NoRandomness> {
        let random: [u8; RANDOM] = random_bytes()?;
        let mut bytes = [&merchant.to_bytes()[..], &random].concat();
        bytes.extend_from_slice(&checksum(mode, &bytes));
        let text = SecretString::from(format!("{}{}", prefix(mode), to_base32(&bytes)));
        Ok(Self { text, merchant, mode })
    }

    /// Reads a key; `None` for garbage, told by its checksum alone.
    pub fn parse(text: &str) -> Option<Self> {
        let mode = Mode::ALL.iter().copied().find(|mode| text.starts_with(prefix(*mode)))?;
        let bytes = from_base32(&text[prefix(mode).len()..])?;
        let (body, sum) = bytes.split_last_chunk::<CHECKSUM>()?;
        let (merchant, random) = body.split_first_chunk::<16>()?;
        let sound = random.len() == RANDOM && *sum == checksum(mode, body);
        sound.then(|| Self { text: text.into(), merchant: MerchantId::from_bytes(*merchant), mode })
    }

    /// The merchant that the key speaks for.
    pub const fn merchant(&self) -> MerchantId {
        self.merchant
    }

    /// Whether real money moves.
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// The key's text, for the one time that it is shown.
    pub const fn secret(&self) -> &SecretString {
        &self.text
    }

    /// What is kept of the key: its tag under the current service key.
    pub fn hash(&self, keys: &ServiceKeys) -> [u8; 32] {
        keys.tag(Purpose::ApiKey, self.text.expose_secret().as_bytes())
    }

    /// What may be kept of the key, under the current and the previous service key.
    pub fn hashes(&self, keys: &ServiceKeys) -> Vec<[u8; 32]> {
        keys.tags(Purpose::ApiKey, self.text.expose_secret().as_bytes())
    }
}

const fn prefix(mode: Mode) -> &'static str {
    match mode {
        Mode::Test => "bh_test_",
        Mode::Live => "bh_live_",
    }
}

fn checksum(mode: Mode, body: &[u8]) -> [u8; CHECKSUM] {
    let hash = digest(&SHA256, &[prefix(mode).as_bytes(), body].concat());
    let mut sum = [0; CHECKSUM];
    sum.copy_from_slice(&hash.as_ref()[..CHECKSUM]);
    sum
}
