//! Cancel and complete.

use serde_json::json;

use crate::http::{Call, send};
use crate::operations::{capture_of, conflict};
use crate::stage::{BASE, HOUR, Stage, good_headers};

#[tokio::test]
async fn cancel_works_by_post_and_by_get_with_a_body() {
    let stage = Stage::new().await;
    for method in ["POST", "GET"] {
        for uuid in [stage.create().await, stage.paid(&[]).await] {
            let path = format!("cancel/{uuid}");
            let empty = stage.refused(method, &path, json!({"note": ""})).await;
            assert_eq!(empty, (417, "payloadValidationErrors".to_owned()));
            let answer = stage.api(method, &path, json!({"note": "Changed plans"})).await;
            assert_eq!(
                (answer.status, &answer.json()["message"]),
                (202, &json!("cancelledOrderSuccessfully"))
            );
            assert_eq!(stage.status(&uuid).await, "CANCELLED");
            assert_eq!(stage.entry(&uuid).await["authorized"], 0);
            let again = stage.refused(method, &path, json!({"note": "x"})).await;
            assert_eq!(again, conflict("reservationStatusAlreadyCompleted"));
        }
    }
}

#[tokio::test]
async fn a_cancel_whose_body_was_dropped_on_the_way_is_refused() {
    let stage = Stage::new().await;
    let uuid = stage.create().await;
    let url = format!("{}{BASE}/cancel/{uuid}", stage.base);
    let call = Call { method: "GET", url: &url, headers: good_headers(), body: String::new() };
    assert_eq!(send(call).await.unwrap().status, 417);
    assert_eq!(stage.status(&uuid).await, "SENT");
}

#[tokio::test]
async fn what_is_captured_charged_or_expired_cannot_be_cancelled() {
    let stage = Stage::new().await;
    let note = json!({"note": "x"});
    for status in ["CAPTURED", "CHARGED", "EXPIRED"] {
        let uuid = stage.create().await;
        stage.order(&uuid, "force", json!({"status": status})).await;
        let refused = stage.refused("POST", &format!("cancel/{uuid}"), note.clone()).await;
        assert_eq!(refused, conflict("prerequisiteFailedToCancelReservation"), "{status}");
    }
    let strict = json!({"cancel_while_reserved": false});
    stage.control("PUT", "/_config/account", strict).await;
    let uuid = stage.paid(&[]).await;
    assert_eq!(stage.refused("POST", &format!("cancel/{uuid}"), note).await.0, 400);
}

#[tokio::test]
async fn complete_closes_what_was_taken() {
    let stage = Stage::new().await;
    let note = json!({"note": "Guest left"});
    for (status, answer) in [
        ("SENT", "prerequisiteFailedToCompleteReservation"),
        ("RESERVED NOT PAID", "prerequisiteFailedToCompleteReservation"),
        ("EXPIRED", "prerequisiteFailedToCompleteReservation"),
        ("CANCELLED", "reservationStatusAlreadyCompleted"),
        ("COMPLETED", "reservationStatusAlreadyCompleted"),
    ] {
        let uuid = stage.create().await;
        stage.order(&uuid, "force", json!({"status": status})).await;
        let path = format!("complete/{uuid}");
        assert_eq!(stage.refused("POST", &path, note.clone()).await, conflict(answer), "{status}");
    }
}

#[tokio::test]
async fn a_completed_reservation_holds_nothing_and_stays_completed() {
    let stage = Stage::new().await;
    let uuid = stage.paid(&[]).await;
    stage.accepted(&format!("capture/{uuid}"), capture_of(json!(10))).await;
    assert_eq!(stage.refused("POST", &format!("complete/{uuid}"), json!({})).await.0, 417);
    stage.accepted(&format!("complete/{uuid}"), json!({"note": "Guest left"})).await;
    let entry = stage.last().await;
    assert_eq!(
        (&entry["status"], &entry["authorized"], &entry["captured"]),
        (&json!("COMPLETED"), &json!(0), &json!(1_000))
    );
    stage.pass_and_tick(HOUR).await;
    assert_eq!(stage.status(&uuid).await, "COMPLETED");
}
