//! Many sessions at a provider that takes few calls: its own count of calls is the witness.

use super::world::{SITE, World};
use bellhop_simulators::Running;
use bellhop_simulators::powens::{Config, Simulator};
use serde_json::{Value, json};

/// Sessions that are open at once: a hundred minutes of ends at the pace of ten a minute.
const SESSIONS: usize = 1_000;

/// A world whose merchant has an account at Powens too.
async fn world() -> (World, Running) {
    let world = World::start().await;
    let config = Config { clock_file: Some(world.clock_file()), ..Config::default() };
    let bank = Simulator::start(config).await.expect("the simulator starts");
    world.add_account("powens/harbour", &format!("{}/2.0", bank.base_url), "bank").await;
    (world, bank)
}

fn booking(reference: &str) -> Value {
    json!({
        "provider": "powens",
        "amount": {"value": 14_500, "currency": "EUR"},
        "reference": reference,
        "description": "Two nights, double room",
        "return_url": format!("{SITE}/stay/{reference}"),
        "options": {"powens": {
            "execution_date_type": "instant",
            "beneficiary": {
                "scheme_name": "iban", "identification": "FR1420041010050500013M02606",
                "label": "Harbour Hotel",
            },
            "beneficiary_identity": {
                "kind": "corporate", "org_name": "Harbour Hotel", "org_legal_status": "SARL",
                "scheme_name": "siren", "identification": "012345678",
            },
            "payer_identity": {
                "kind": "individual", "first_name": "Germaine", "last_name": "Michu",
                "birth_date": "1963-01-01", "birth_city": "Paris", "birth_country": "FR",
                "nationality": "French",
            },
        }},
    })
}

async fn open(world: &World, reference: &str) -> Value {
    let answer = world.create(reference, &booking(reference)).await;
    let status = answer.status();
    let session: Value = answer.json().await.expect("JSON");
    assert_eq!(status, 201, "{session}");
    session
}

/// How many calls a minute the provider takes from now on; `null` for any number.
async fn limit(world: &World, bank: &Running, calls: Value) {
    let call = world.http.put(format!("{}/_config/domain", bank.base_url));
    let answer = call.json(&json!({"per_minute": calls})).send().await;
    assert!(answer.expect("the simulator answers").status().is_success());
}

async fn ledger(world: &World, bank: &Running) -> Value {
    let answer = world.http.get(format!("{}/_ledger", bank.base_url)).send().await;
    answer.expect("the simulator answers").json().await.expect("a ledger")
}

/// Calls of each minute after the one in which everything was opened.
fn minutes(ledger: &Value) -> Vec<u64> {
    let counts = ledger["calls_per_minute"].as_object().expect("counts by minute");
    let later = counts.iter().filter(|(minute, _)| minute.as_str() > "2026-11-20T12:00Z");
    later.map(|(_, count)| count.as_u64().expect("a count")).collect()
}

#[tokio::test]
async fn i9_many_open_sessions_at_powens_stay_below_its_30_calls_a_minute_and_all_end() {
    let (world, bank) = world().await;
    limit(&world, &bank, Value::Null).await;
    let mut sessions = Vec::new();
    for n in 0..SESSIONS {
        sessions.push(open(&world, &format!("RES-{n}")).await);
    }
    limit(&world, &bank, json!(30)).await;
    for minute in 1..=140 {
        world.pass(1).await;
        if minute == 75 {
            // Ten sessions of this minute were just stopped, each by two calls: there is room for a payer.
            let late = open(&world, "RES-LATE").await;
            let page = world.http.get(late["pay_url"].as_str().expect("a link")).send().await;
            assert_eq!(page.expect("the API answers").status(), 303);
        }
    }
    let ledger = ledger(&world, &bank).await;
    let minutes = minutes(&ledger);
    println!("calls a minute: {minutes:?}");
    assert_eq!(ledger["refused_by_rate"], 0, "{minutes:?}");
    assert!(minutes.iter().all(|calls| *calls <= 30), "{minutes:?}");
    assert!(ledger["calls"]["cancel"].as_u64() >= u64::try_from(SESSIONS).ok(), "{}", ledger["calls"]);
    for session in sessions {
        assert_eq!(world.session(&session).await["status"], "expired");
    }
    world.stop().await;
}
