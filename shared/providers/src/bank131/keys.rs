//! The RSA keys of both sides: ours signs what we send, the bank's prove what it sends.
//!
//! PKCS#1 v1.5 with SHA-256 over the exact bytes, written in base64 (docs, "Interaction format").

use crate::settings::SettingsError;
use data_encoding::BASE64;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{PrivateKeyDer, SubjectPublicKeyInfoDer};
use secrecy::{ExposeSecret, SecretString};

/// More than one is only needed while the bank changes its key.
const MAX_BANK_KEYS: usize = 4;

/// The sizes that [`ring`] verifies with.
const BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// Our key.
pub(super) struct SigningKey(RsaKeyPair);

/// The bank's keys.
pub(super) struct BankKeys(Vec<Vec<u8>>);

impl SigningKey {
    /// Reads `secret.private_key`: one key in PEM, as PKCS#8 or PKCS#1.
    pub fn read(pem: &SecretString) -> Result<Self, SettingsError> {
        let wrong = SettingsError {
            setting: "secret.private_key",
            problem: "is not one RSA private key in PEM (PKCS#8 or PKCS#1) of 2048 to 4096 bits",
        };
        let pem = pem.expose_secret().as_bytes();
        let pair = match only(PrivateKeyDer::pem_slice_iter(pem)) {
            Some(PrivateKeyDer::Pkcs8(key)) => RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()),
            Some(PrivateKeyDer::Pkcs1(key)) => RsaKeyPair::from_der(key.secret_pkcs1_der()),
            _ => return Err(wrong),
        };
        pair.map(Self).map_err(|_| wrong)
    }

    /// The signature of `message`; `None` when the system gives no random bytes.
    pub fn sign(&self, message: &[u8]) -> Option<String> {
        let mut signature = vec![0; self.0.public().modulus_len()];
        let done = self.0.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature);
        done.ok().map(|()| BASE64.encode(&signature))
    }
}

impl BankKeys {
    /// Reads `secret.bank_public_keys`: one key in PEM each; none where no webhook is set up.
    pub fn read(pems: &[SecretString]) -> Result<Self, SettingsError> {
        let wrong = |problem| SettingsError { setting: "secret.bank_public_keys", problem };
        if pems.len() > MAX_BANK_KEYS {
            return Err(wrong("must be four at most"));
        }
        let read = |pem: &SecretString| {
            let key = only(SubjectPublicKeyInfoDer::pem_slice_iter(pem.expose_secret().as_bytes()))?;
            rsa_key(&key).map(<[u8]>::to_vec)
        };
        let keys: Option<Vec<_>> = pems.iter().map(read).collect();
        let problem = "hold something else than an RSA public key in PEM of 2048 bits or more";
        keys.map(Self).ok_or_else(|| wrong(problem))
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `signature`, in base64, is of `message` by any of them.
    pub fn prove(&self, message: &[u8], signature: &str) -> bool {
        let Ok(signature) = BASE64.decode(signature.as_bytes()) else {
            return false;
        };
        let key = |key| UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key);
        self.0.iter().any(|one| key(one).verify(message, &signature).is_ok())
    }
}

/// The only key of a text; `None` when it holds none, several, or something broken.
fn only<T, E>(mut found: impl Iterator<Item = Result<T, E>>) -> Option<T> {
    let first = found.next()?.ok()?;
    found.next().is_none().then_some(first)
}

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;

/// `rsaEncryption` without parameters (RFC 8017, A.1).
const RSA_ENCRYPTION: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 0x05, 0];

/// The RSA key within a public key's DER (RFC 5280, 4.1.2.7), if it is one of a size to be trusted.
fn rsa_key(spki: &[u8]) -> Option<&[u8]> {
    let (whole, after) = part(SEQUENCE, spki)?;
    let (algorithm, whole) = part(SEQUENCE, whole)?;
    let (bits, rest) = part(BIT_STRING, whole)?;
    let key = bits.strip_prefix(&[0])?;
    let alone = after.is_empty() && rest.is_empty();
    (alone && algorithm == RSA_ENCRYPTION && BITS.contains(&modulus_bits(key)?)).then_some(key)
}

/// The size of an `RSAPublicKey` (RFC 8017, A.1.1).
fn modulus_bits(key: &[u8]) -> Option<usize> {
    let (numbers, after) = part(SEQUENCE, key)?;
    let (modulus, numbers) = part(INTEGER, numbers)?;
    let (_exponent, rest) = part(INTEGER, numbers)?;
    let modulus = modulus.strip_prefix(&[0]).unwrap_or(modulus);
    let unused = usize::try_from(modulus.first()?.leading_zeros()).ok()?;
    (after.is_empty() && rest.is_empty()).then(|| modulus.len() * 8 - unused)
}

/// The content of a DER value with this `tag`, and what follows it (X.690, 8.1).
fn part(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&[found, short], rest) = der.split_first_chunk()?;
    let (length, rest) = match short {
        0..=0x7f => (usize::from(short), rest),
        0x81 => rest.split_first_chunk().map(|(&[long], rest)| (usize::from(long), rest))?,
        0x82 => rest.split_first_chunk().map(|(long, rest)| (u16::from_be_bytes(*long).into(), rest))?,
        _ => return None,
    };
    if found == tag { rest.split_at_checked(length) } else { None }
}
