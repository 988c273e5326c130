//! RSA keys in PEM, as the one kept library wants them. It reads and uses keys and cannot make any.

use data_encoding::BASE64;
use ring::rand::SystemRandom;
use ring::signature::{KeyPair, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey};

/// What stands before an RSAPublicKey in a SubjectPublicKeyInfo: rsaEncryption without parameters (RFC 8017 §A.1).
const RSA_ENCRYPTION: &[u8] =
    &[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
const SEQUENCE: u8 = 0x30;
const BIT_STRING: u8 = 0x03;

/// A key that checks signatures: RSA PKCS#1 v1.5 with SHA-256, 2048 bits or more.
#[derive(Clone)]
pub struct PublicKey {
    pkcs1: Vec<u8>,
}

impl PublicKey {
    /// Reads `PUBLIC KEY` or `RSA PUBLIC KEY`; `None` when it is neither.
    pub fn from_pem(text: &str) -> Option<Self> {
        if let Some(pkcs1) = block(text, "RSA PUBLIC KEY") {
            return Some(Self { pkcs1 });
        }
        let whole = block(text, "PUBLIC KEY")?;
        let (_, inside, _) = element(&whole).filter(|(tag, _, _)| *tag == SEQUENCE)?;
        let bits = inside.strip_prefix(RSA_ENCRYPTION)?;
        let (_, bits, _) = element(bits).filter(|(tag, _, _)| *tag == BIT_STRING)?;
        Some(Self { pkcs1: bits.strip_prefix(&[0])?.to_vec() })
    }

    /// Whether `signature`, standard base64, is of exactly these bytes.
    pub fn verifies(&self, signed: &[u8], signature: &str) -> bool {
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.pkcs1);
        let signature = BASE64.decode(signature.as_bytes());
        signature.is_ok_and(|signature| key.verify(signed, &signature).is_ok())
    }
}

/// A key that signs.
pub struct PrivateKey {
    pair: RsaKeyPair,
}

impl PrivateKey {
    /// Reads `PRIVATE KEY` or `RSA PRIVATE KEY`; `None` when it is neither, or too short.
    pub fn from_pem(text: &str) -> Option<Self> {
        let pkcs8 = || RsaKeyPair::from_pkcs8(&block(text, "PRIVATE KEY")?).ok();
        let pkcs1 = || RsaKeyPair::from_der(&block(text, "RSA PRIVATE KEY")?).ok();
        pkcs8().or_else(pkcs1).map(|pair| Self { pair })
    }

    /// Standard base64 of the signature of these bytes.
    pub fn sign(&self, bytes: &[u8]) -> String {
        let mut signature = vec![0; self.pair.public().modulus_len()];
        // Fails only without a source of random bytes; an empty signature then shows at once.
        match self.pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), bytes, &mut signature) {
            Ok(()) => BASE64.encode(&signature),
            Err(_) => String::new(),
        }
    }

    /// The public half, as `PUBLIC KEY`.
    pub fn public_pem(&self) -> String {
        let bits = [&[0], self.pair.public_key().as_ref()].concat();
        let inside = [RSA_ENCRYPTION, &wrapped(BIT_STRING, &bits)].concat();
        let lines: Vec<String> = BASE64
            .encode(&wrapped(SEQUENCE, &inside))
            .as_bytes()
            .chunks(64)
            .map(|line| String::from_utf8_lossy(line).into_owned())
            .collect();
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", lines.join("\n"))
    }
}

/// The bytes between the two lines of this label.
fn block(text: &str, label: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once(&format!("-----BEGIN {label}-----"))?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
    let body: String = body.split_whitespace().collect();
    BASE64.decode(body.as_bytes()).ok()
}

/// The first DER element: its tag, its content, and what follows it.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(*first), rest),
        _ => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            let digit = |sum: usize, digit: &u8| sum.checked_mul(256)?.checked_add(usize::from(*digit));
            (digits.iter().try_fold(0, digit)?, rest)
        }
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}

/// A DER element.
fn wrapped(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let digits: Vec<u8> = length.into_iter().skip_while(|digit| *digit == 0).collect();
    let head = match u8::try_from(content.len()) {
        Ok(short @ 0..=0x7f) => vec![short],
        _ => [vec![0x80 | u8::try_from(digits.len()).unwrap_or_default()], digits].concat(),
    };
    [vec![tag], head, content.to_vec()].concat()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    const BANK_PRIVATE: &str = include_str!("../keys/test-only-bank-private.pem");
    const BANK_PUBLIC: &str = include_str!("../keys/test-only-bank-public.pem");
    const PARTNER_PUBLIC: &str = include_str!("../keys/test-only-partner-public.pem");

    #[test]
    fn the_public_half_is_the_text_that_openssl_writes() {
        assert_eq!(PrivateKey::from_pem(BANK_PRIVATE).unwrap().public_pem(), BANK_PUBLIC);
    }

    #[test]
    fn a_signature_counts_for_its_bytes_and_its_key_alone() {
        let signature = PrivateKey::from_pem(BANK_PRIVATE).unwrap().sign(b"{}");
        let bank = PublicKey::from_pem(BANK_PUBLIC).unwrap();
        assert!(bank.verifies(b"{}", &signature));
        assert!(!bank.verifies(b"{ }", &signature));
        assert!(!bank.verifies(b"{}", ""));
        assert!(!PublicKey::from_pem(PARTNER_PUBLIC).unwrap().verifies(b"{}", &signature));
    }

    #[test]
    fn what_is_no_key_is_none() {
        for text in ["", "PUBLIC KEY", &BANK_PUBLIC[..200], BANK_PRIVATE] {
            assert!(PublicKey::from_pem(text).is_none(), "{text}");
        }
        assert!(PrivateKey::from_pem(BANK_PUBLIC).is_none());
    }
}
