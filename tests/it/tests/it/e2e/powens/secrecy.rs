//! What may pay a payment is kept nowhere.

use super::{AtPowens, HOOK_SECRET, booking_done_at_once};
use crate::e2e::insides::{logs, table};
use serde_json::json;

#[tokio::test]
async fn i11_no_token_and_no_secret_is_in_the_table_or_in_the_logs() {
    let at = AtPowens::start().await;
    let session = at.open(&booking_done_at_once("RES-1")).await;
    at.visit(&session).await;
    at.powens.fault(json!({"operation": "scoped_token", "kind": "garbage"})).await;
    at.world.http.get(session["pay_url"].as_str().unwrap()).send().await.expect("an answer");
    at.pay(&session, None).await;
    let back = at.way_back(&session, "&payment_state=done").await;
    assert!(at.see(&back).await.contains("Payment received"));
    at.rest().await;
    let payment = at.payment(&session).await;
    let tokens = payment["tokens"].as_array().expect("tokens");
    assert_eq!(tokens.len(), 3, "each visit gets its own");
    let mut secrets: Vec<&str> = tokens.iter().map(|token| token["token"].as_str().unwrap()).collect();
    secrets.extend([payment["client_state"].as_str().unwrap(), "simulator-secret", HOOK_SECRET]);
    secrets.extend(["Germaine", "Michu"]);
    let (table, logs) = (table(&at.world).await, logs(&at.world));
    assert!(table.contains(super::id(&session)), "{table}");
    assert!(logs.contains(session["id"].as_str().unwrap()), "{logs}");
    for secret in &secrets {
        assert!(!logs.contains(secret), "{secret} was printed");
    }
    for secret in secrets.iter().take(tokens.len() + 3) {
        assert!(!table.contains(secret), "{secret} is stored");
    }
    at.stop().await;
}
