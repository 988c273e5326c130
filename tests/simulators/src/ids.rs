//! Random names: of payments, tokens, messages and sessions.

use data_encoding::{BASE32_DNSSEC, HEXLOWER};
use ring::rand::{SecureRandom, SystemRandom};

fn random_bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    // The operating system's generator fails only when it does not exist; a fixed id then shows at once.
    let _ = SystemRandom::new().fill(&mut bytes);
    bytes
}

/// 26 characters of `[0-9a-v]`, like `hu20sqlact5260q2nanm0q8u93`.
pub fn short() -> String {
    BASE32_DNSSEC.encode(&random_bytes())
}

/// Grouped like a UUID, as `ef1b6ff1-db34-4c62-b854-3ed4ba3c4049`.
pub fn dashed() -> String {
    let hex = HEXLOWER.encode(&random_bytes());
    let groups = [0..8, 8..12, 12..16, 16..20, 20..32];
    groups.map(|range| hex.get(range).unwrap_or_default().to_owned()).join("-")
}
