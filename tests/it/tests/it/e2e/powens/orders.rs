//! What booking sites may ask for, and what Powens is then asked.

use super::{AtPowens, booking, company};
use serde_json::{Value, json};

/// The body of the create call, as Powens kept it.
async fn sent(at: &AtPowens, session: &Value) -> Value {
    let history = at.payment(session).await["history"].clone();
    let order = history.as_array().expect("a history").iter().find(|entry| entry["what"] == "order");
    order.expect("the order")["body"].clone()
}

/// A booking of this kind, paid by `payer`.
fn order(reference: &str, (kind, date): (&str, Option<&str>), payer: &Value) -> Value {
    let mut booking = booking(reference);
    let options = &mut booking["options"]["powens"];
    options["execution_date_type"] = kind.into();
    options["payer_identity"] = payer.clone();
    if let Some(date) = date {
        options["execution_date"] = date.into();
    }
    booking
}

#[tokio::test]
async fn the_three_kinds_and_both_payers_reach_powens_as_they_were_asked_for() {
    let at = AtPowens::start().await;
    let person = booking("")["options"]["powens"]["payer_identity"].clone();
    let mut firm = company("Traveling Ltd");
    firm["org_hq_address"] = json!("84 Rue Beaubourg\n75003 Paris");
    for (number, kind) in [("first_open_day", None), ("instant", None), ("deferred", Some("2026-12-24"))]
        .into_iter()
        .enumerate()
    {
        for payer in [&person, &firm] {
            let reference = format!("RES-{number}-{}", payer["kind"].as_str().unwrap());
            let session = at.open(&order(&reference, kind, payer)).await;
            let (body, payment) = (sent(&at, &session).await, at.payment(&session).await);
            let line = &body["instructions"][0];
            assert_eq!(
                (&payment["execution_date_type"], &payment["execution_date"]),
                (&json!(kind.0), &json!(kind.1)),
                "{reference}"
            );
            assert_eq!((&payment["amount"], &payment["amounts_sent"]), (&json!(14_500), &json!(["145.00"])));
            assert_eq!(&body["payer_identity"], payer);
            assert_eq!(line["beneficiary"]["identification"], "FR1420041010050500013M02606");
            assert_eq!(line["beneficiary_identity"], company("Harbour Hotel"));
            assert_eq!(line["execution_date"].as_str(), kind.1);
        }
    }
    at.stop().await;
}

#[tokio::test]
async fn a_deferred_transfer_is_processing_until_its_day_and_then_paid() {
    let at = AtPowens::start().await;
    let person = booking("")["options"]["powens"]["payer_identity"].clone();
    let session = at.open(&order("RES-1", ("deferred", Some("2026-11-25")), &person)).await;
    at.pay(&session, None).await;
    at.rest().await;
    for day in 21..25 {
        at.pass(24 * 60).await;
        assert_eq!(at.status(&session).await, "processing", "November {day}");
    }
    at.pass(24 * 60).await;
    assert_eq!(at.status(&session).await, "succeeded");
    at.stop().await;
}

#[tokio::test]
async fn what_powens_would_not_take_is_refused_with_its_place_before_any_call() {
    let at = AtPowens::start().await;
    for (pointer, value) in [
        ("/options/powens/beneficiary/identification", json!("FR14 2004 1010 0505 0001 3M02 607")),
        ("/options/powens/beneficiary/identification", json!("XX00")),
        ("/options/powens/beneficiary/label", Value::Null),
        ("/options/powens/beneficiary_identity/identification", json!("12345")),
        ("/options/powens/payer_identity/last_name", Value::Null),
        ("/options/powens/payer_identity/kind", json!("robot")),
        ("/options/powens/payer_identity/birth_date", json!("1963-02-30")),
        ("/options/powens/execution_date_type", json!("periodic")),
        ("/options/powens/execution_date", json!("2026-12-24")),
        ("/options/powens/payer_identity", Value::Null),
        ("/amount/currency", json!("USD")),
        ("/capture", json!("manual")),
    ] {
        let mut body = booking("RES-1");
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        let parent = body.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
        parent.insert(name.to_owned(), value.clone());
        if value.is_null() {
            parent.remove(name);
        }
        let answer = at.create(&body).await;
        assert_eq!(answer.status(), 422, "{pointer} {value}");
        let problem: Value = answer.json().await.expect("a problem");
        assert!(problem["errors"].as_array().unwrap().iter().any(|e| e["pointer"] == pointer), "{problem}");
    }
    assert_eq!(at.powens.ledger().await["call_log"], json!([]), "not even a token was asked for");
    at.stop().await;
}
