//! The suite against both stores.

use crate::emulator::Emulator;
use bellhop_store::MemoryStore;
use bellhop_store::conformance::{self, Candidate};
use std::sync::Arc;

/// What the suite must have at least.
const CASES: usize = 50;

async fn conforms(name: &str, store: Arc<dyn Candidate>) {
    let outcomes = conformance::run(&store).await;
    let failed: Vec<String> = outcomes
        .iter()
        .filter_map(|(case, outcome)| Some(format!("{case}: {}", outcome.as_ref().err()?)))
        .collect();
    println!("{name}: {} cases, {} failed", outcomes.len(), failed.len());
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(outcomes.len() >= CASES, "only {} cases", outcomes.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_store_in_memory_conforms() {
    conforms("memory", Arc::new(MemoryStore::new())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_dynamodb_store_conforms_and_i12_every_key_is_under_its_merchant_or_account() {
    let emulator = Emulator::start().await;
    conforms("dynamodb", Arc::new(emulator.store())).await;
    let rows = emulator.rows();
    println!("dynamodb: {} rows looked at", rows.len());
    assert!(rows.len() > 500, "only {} rows", rows.len());
    for (pk, sk) in rows {
        assert!(is_walled(&pk, &sk), "{pk} {sk}");
    }
}

/// Whether the key begins with a merchant's id, or with a provider and an account, and is of a kind
/// that belongs there.
fn is_walled(pk: &str, sk: &str) -> bool {
    let parts: Vec<&str> = pk.split('#').collect();
    let merchant = |id: &str| id.starts_with("mer_") && id.len() == 30;
    match parts.as_slice() {
        ["M", id] => merchant(id) && (sk == "MERCHANT" || sk.starts_with("KEY#key_")),
        ["M", id, "S", session] => {
            let kind = sk == "SESSION" || sk.starts_with("EVENT#");
            merchant(id) && session.starts_with("ses_") && kind
        }
        ["M", id, "I", hash] => merchant(id) && hash.len() == 64 && sk == "CLAIM",
        ["M", id, "R", ..] => merchant(id) && sk == "HOLD",
        ["A", "govuk_pay", account] => account.starts_with("mer-") && sk == "ACCOUNT",
        ["A", "govuk_pay", account, "P", _] => account.starts_with("mer-") && sk == "PAYMENT",
        _ => false,
    }
}
