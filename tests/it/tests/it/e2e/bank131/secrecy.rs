//! What may pay a payment, and what signs for us, is kept nowhere and printed nowhere.

use super::stage::{AtBank, booking, booking_by, id, is_paid_once};
use crate::e2e::insides::{logs, table};
use bellhop_simulators::bank131::{Project, TEST_ONLY_PARTNER_PRIVATE_KEY};
use serde_json::{Value, json};

/// A line of a key, which stands nowhere else.
fn line_of(pem: &str) -> &str {
    pem.lines().nth(2).expect("a line of the key")
}

fn texts(all: &Value, names: &[&str]) -> Vec<String> {
    let all = all.as_array().expect("a list").iter();
    all.flat_map(|one| names.iter().filter_map(|name| one[*name].as_str())).map(str::to_owned).collect()
}

#[tokio::test]
async fn i11_no_token_no_key_and_no_payer_is_in_the_table_or_in_the_logs() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    let first = at.visit(&session).await;
    at.bank.fault(json!({"operation": "token", "kind": "garbage"})).await;
    at.world.http.get(session["pay_url"].as_str().unwrap()).send().await.expect("an answer");
    at.pay(&session).await;
    is_paid_once(&at, &session).await;
    let by_card = booking_by("RES-2", json!({"flow": "init", "recurrent_token": "card_3ds_post"}));
    let second = at.open(&by_card).await;
    at.rest().await;
    at.visit(&second).await;
    let payment = at.payment(&session).await;
    let tokens = texts(&payment["tokens"], &["token"]);
    assert_eq!(tokens.len(), 3, "each visit gets its own");
    assert!(first.contains(&tokens[0]), "it stands on the payer's page alone");
    let (table, logs) = (table(&at.world).await, logs(&at.world));
    assert!(table.contains(id(&session)), "{table}");
    assert!(logs.contains(session["id"].as_str().unwrap()), "{logs}");
    let project = Project::default();
    let keys = [TEST_ONLY_PARTNER_PRIVATE_KEY, &*project.bank_private_key].map(line_of).map(str::to_owned);
    let signatures = texts(&at.bank.ledger().await["webhooks"], &["signature"]);
    for secret in tokens.iter().chain(&keys).chain(&signatures) {
        assert!(!table.contains(secret), "{secret} is stored");
        assert!(!logs.contains(secret), "{secret} was printed");
    }
    for detail in ["ada@booking.example", "card_3ds_post", "424242"] {
        assert!(!logs.contains(detail), "{detail} was printed");
    }
    at.stop().await;
}

/// Each visit gets a token of its own, and the page may load nothing but the bank's form.
#[tokio::test]
async fn the_page_with_the_form_loads_from_the_bank_alone_and_is_kept_by_nobody() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    let answer = at.world.http.get(session["pay_url"].as_str().unwrap()).send().await.unwrap();
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    let policy = header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
    assert!(policy.contains(&format!("frame-src {}", at.bank.base_url())), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert!(policy.ends_with("frame-ancestors 'none'"), "{policy}");
    assert!(header("cache-control").contains("no-store"), "{:?}", answer.headers());
    assert_eq!(header("referrer-policy"), "no-referrer");
    let head = at.world.http.head(session["pay_url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(head.status(), 204);
    assert_eq!(at.bank.calls("token").await, 1, "a preview spends none");
    at.stop().await;
}
