//! The Connector's lists: pages, intervals, payments, groups, reservations, notes.

use serde_json::{Value, json};

use crate::stage::{MINUTE, SECOND, Stage, each, text};
use crate::wishes::{NOTES, laid_over};

const ALWAYS: [&str; 2] = ["2026-11-20T00:00:00Z", "2026-12-20T00:00:00Z"];

fn always() -> Value {
    json!({"StartUtc": ALWAYS[0], "EndUtc": ALWAYS[1]})
}

async fn payments(stage: &Stage, more: Value) -> Value {
    let answer =
        stage.connector("payments/getAll", laid_over(json!({"Limitation": {"Count": 100}}), more)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

#[tokio::test]
async fn a_list_comes_in_pages_from_the_newest_to_the_oldest() {
    let stage = Stage::new().await;
    let mut made = Vec::new();
    for _ in 0..5 {
        made.push(stage.requested().await);
        stage.pass(SECOND);
    }
    made.reverse();
    let mut seen = Vec::new();
    let mut cursor = Value::Null;
    loop {
        let mut limitation = json!({"Count": 2});
        limitation["Cursor"] = cursor;
        let page = stage.connector("paymentRequests/getAll", json!({"Limitation": limitation})).await.json();
        seen.extend(each(&page["PaymentRequests"], "Id"));
        cursor = page["Cursor"].clone();
        if cursor.is_null() {
            break;
        }
        assert_eq!(text(&cursor), *seen.last().unwrap());
    }
    assert_eq!(seen, made);
    for limitation in [
        json!({}),
        json!({"Limitation": {}}),
        json!({"Limitation": {"Count": 0}}),
        json!({"Limitation": {"Count": 1001}}),
    ] {
        assert_eq!(
            stage.connector("paymentRequests/getAll", limitation.clone()).await.status,
            400,
            "{limitation}"
        );
    }
}

#[tokio::test]
async fn intervals_hold_their_start_and_not_their_end() {
    let stage = Stage::new().await;
    stage.paid().await;
    let found = async |start: &str, end: &str| {
        let list = payments(&stage, json!({"UpdatedUtc": {"StartUtc": start, "EndUtc": end}})).await;
        list["Payments"].as_array().unwrap().len()
    };
    assert_eq!(found("2026-11-20T10:00:00Z", "2026-11-20T10:00:01Z").await, 1);
    assert_eq!(found("2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z").await, 0);
    assert_eq!(found("2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z").await, 1, "equal ends are that moment");
    for (start, end) in
        [("2026-11-21T00:00:00Z", "2026-11-20T00:00:00Z"), ("2026-01-01T00:00:00Z", "2026-11-20T00:00:00Z")]
    {
        let body = json!({"Limitation": {"Count": 1}, "UpdatedUtc": {"StartUtc": start, "EndUtc": end}});
        assert_eq!(stage.connector("payments/getAll", body).await.status, 400, "{start} {end}");
    }
}

#[tokio::test]
async fn payments_are_negative_on_the_guests_account() {
    let stage = Stage::new().await;
    let id = stage.requested().await;
    stage.order(&id, "pay", json!({"outcome": "declined"})).await;
    stage.pass(MINUTE);
    stage.order(&id, "pay", json!({})).await;
    let body = json!({"Limitation": {"Count": 10}, "UpdatedUtc": always()});
    let answer = stage.connector("payments/getAll", body).await;
    assert!(answer.body.contains(r#""GrossValue":-929.70"#), "{}", answer.body);
    let list = answer.json()["Payments"].clone();
    assert_eq!(each(&list, "State"), ["Charged", "Failed"]);
    assert_eq!(each(&list, "Kind"), ["Payment", "Payment"]);
    assert_eq!(each(&list, "PaymentRequestId"), [id.clone(), id]);
    assert_eq!(list[0]["ChargedUtc"], "2026-11-20T10:01:00Z");
    assert_eq!((&list[1]["ChargedUtc"], &list[0]["Type"]), (&Value::Null, &json!("CreditCardPayment")));
    let paid = json!([list[0]["Id"]]);
    assert_eq!(payments(&stage, json!({"PaymentIds": paid})).await["Payments"].as_array().unwrap().len(), 1);
    let failed = payments(&stage, json!({"CreatedUtc": always(), "States": ["Failed"]})).await;
    assert_eq!(each(&failed["Payments"], "Id"), [text(&list[1]["Id"])]);
    let charged = payments(&stage, json!({"ChargedUtc": always()})).await;
    assert_eq!(each(&charged["Payments"], "State"), ["Charged"]);
}

#[tokio::test]
async fn payments_need_a_documented_filter() {
    let stage = Stage::new().await;
    let id = stage.paid().await;
    for filter in [json!({}), json!({"States": ["Charged"]}), json!({"PaymentRequestIds": [id]})] {
        let answer = stage
            .connector("payments/getAll", laid_over(json!({"Limitation": {"Count": 1}}), filter.clone()))
            .await;
        assert_eq!(answer.status, 400, "{filter}: {}", answer.body);
    }
}

#[tokio::test]
async fn groups_are_found_by_when_they_changed_and_notes_by_their_reservations() {
    let stage = Stage::new().await;
    let booked = stage.booked().await;
    let room = booked["Reservations"][0]["Id"].clone();
    let list = json!({"Limitation": {"Count": 10}});
    let bare = stage.connector("reservationGroups/getAll", list.clone()).await;
    assert_eq!(bare.status, 400, "one filter is needed");
    let groups = stage
        .connector("reservationGroups/getAll", laid_over(list.clone(), json!({"UpdatedUtc": always()})))
        .await;
    let group = groups.json()["ReservationGroups"][0].clone();
    assert_eq!((&group["Id"], group.get("Notes")), (&booked["Id"], None));

    let by_group = laid_over(list.clone(), json!({"ReservationGroupIds": [booked["Id"]]}));
    let rooms =
        stage.connector("reservations/getAll/2023-06-06", by_group).await.json()["Reservations"].clone();
    assert_eq!((&rooms[0]["Id"], &rooms[0]["GroupId"], rooms[0].get("Notes")), (&room, &booked["Id"], None));

    assert_eq!(stage.connector("serviceOrderNotes/getAll", list.clone()).await.status, 400);
    let notes = laid_over(list, json!({"ServiceOrderIds": [room]}));
    let notes = stage.connector("serviceOrderNotes/getAll", notes).await.json()["ServiceOrderNotes"].clone();
    assert_eq!((&notes[0]["OrderId"], &notes[0]["Text"]), (&room, &json!(NOTES)));
}

#[tokio::test]
async fn the_deprecated_list_brings_notes_along_and_hides_optional_rooms_unless_asked() {
    let stage = Stage::with(|property| property.optional_reservations = true).await;
    let booked = stage.booked().await;
    let ask = async |more: Value| {
        let body = json!({
            "ServiceIds": ["bd26d8db-86da-4f96-9efc-e5a4654a4a94"],
            "TimeFilter": "Updated",
            "StartUtc": ALWAYS[0],
            "EndUtc": ALWAYS[1],
            "Extent": {"Reservations": true, "Notes": true},
            "Limitation": {"Count": 10},
        });
        stage.connector("reservations/getAll", laid_over(body, more)).await
    };
    assert_eq!(ask(json!({})).await.json()["Reservations"], json!([]));
    let found = ask(json!({"States": ["Optional", "Confirmed"]})).await.json();
    assert_eq!(found["Reservations"][0]["GroupId"], booked["Id"]);
    assert_eq!(found["Notes"][0]["Text"], NOTES);
    let without = ask(json!({"States": ["Optional"], "Extent": {"Reservations": true}})).await.json();
    assert_eq!(without["Notes"], Value::Null);
    for missing in ["ServiceIds", "Extent", "Limitation", "EndUtc"] {
        assert_eq!(ask(json!({missing: null})).await.status, 400, "{missing}");
    }
    let released = async || {
        let list =
            stage.connector("reservations/getAll/2023-06-06", json!({"Limitation": {"Count": 1}})).await;
        list.json()["Reservations"][0]["ReleasedUtc"].clone()
    };
    assert_eq!(released().await, "2026-11-21T10:00:00Z");
    stage.order(&text(&booked["PaymentRequestId"]), "pay", json!({})).await;
    assert_eq!(ask(json!({})).await.json()["Reservations"].as_array().unwrap().len(), 1);
    assert_eq!(released().await, Value::Null);
}
