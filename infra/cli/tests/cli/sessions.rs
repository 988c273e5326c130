//! `session show` and `session list`.

use crate::merchants::{added, id};
use crate::place::Place;
use bellhop_domain::account::{AccountRef, Mode};
use bellhop_domain::attempt::Attempt;
use bellhop_domain::event::{Cause, Event, EventKind};
use bellhop_domain::idempotency::Claim;
use bellhop_domain::ids::{AttemptId, EventId, MerchantId, SessionId, SessionKey};
use bellhop_domain::money::Money;
use bellhop_domain::session::Session;
use bellhop_domain::store::{Opened, Store};
use bellhop_domain::text::{Description, Reference, ReturnUrl};
use bellhop_domain::wish::{Capture, Options, Payer, Wish};
use bellhop_domain::{SignedDuration, Timestamp};
use serde_json::json;

const MADE: &str = "2026-11-20T12:00:00Z";

fn wish(reference: &str) -> Wish {
    Wish {
        account: AccountRef::parse("govuk_pay/harbour").unwrap(),
        amount: Money::new(14_500, Money::currency_of("GBP").unwrap()).unwrap(),
        reference: Reference::parse(reference).unwrap(),
        description: Description::parse("Harbour room").unwrap(),
        return_url: ReturnUrl::parse("https://booking.example/stay", false).unwrap(),
        locale: "en".into(),
        capture: Capture::Automatic,
        payer: Payer::default(),
        metadata: [("channel".to_owned(), "web".to_owned())].into(),
        options: Options::default(),
    }
}

fn session(merchant: &str, number: u8, reference: &str) -> Session {
    let now: Timestamp = MADE.parse().unwrap();
    let key = SessionKey {
        merchant: MerchantId::parse(merchant).unwrap(),
        session: SessionId::from_bytes([number; 16]),
    };
    Session {
        key,
        wish: wish(reference),
        mode: Mode::Test,
        attempts: vec![Attempt::intent(AttemptId::from_bytes([number; 16]), now)],
        closed: false,
        review: None,
        paid_late: false,
        paid_elsewhere: false,
        link: [number; 32],
        expires_at: now + SignedDuration::from_mins(30),
        created_at: now,
        updated_at: now,
        version: 1,
        sequence: 1,
    }
}

async fn opened(place: &Place, session: &Session) -> String {
    let number = session.key.session.to_bytes()[0];
    let event = Event {
        id: EventId::from_bytes([number; 16]),
        sequence: 1,
        kind: EventKind::Created,
        status: session.status(),
        attempt: session.current().map(|attempt| attempt.id),
        cause: Cause::Create,
        at: session.created_at,
    };
    let claim = Claim {
        key: [number; 32],
        fingerprint: [0; 32],
        session: session.key.session,
        claimed_at: session.created_at,
        answer: None,
    };
    let opened = place.store().open(session, &event, &claim).await.unwrap();
    assert_eq!(opened, Opened::Done);
    session.key.session.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_shown_as_the_api_has_it_without_the_payers_link() {
    let place = Place::new().await;
    let merchant = added(&place, 1);
    let id = opened(&place, &session(&merchant, 5, "RES-1")).await;
    let shown = place.run(&["session", "show", &merchant, &id, "--json"]).ends(0).json();
    let attempt = AttemptId::from_bytes([5; 16]).to_string();
    let wanted = json!({
        "id": id, "status": "created", "finished": false, "provider": "govuk_pay",
        "account": "govuk_pay/harbour", "mode": "test",
        "amount": { "value": 14500, "currency": "GBP" }, "authorized": 0, "captured": 0, "refunded": 0,
        "reference": "RES-1", "description": "Harbour room", "return_url": "https://booking.example/stay",
        "metadata": { "channel": "web" },
        "expires_at": "2026-11-20T12:30:00.000Z", "created_at": "2026-11-20T12:00:00.000Z",
        "updated_at": "2026-11-20T12:00:00.000Z", "due_at": "2026-11-20T12:30:00.000Z",
        "paid_late": false, "review": null, "version": 1,
        "attempts": [{
            "id": attempt, "status": "created", "provider_payment_id": null, "failure": null, "watched": false,
            "created_at": "2026-11-20T12:00:00.000Z",
        }],
    });
    assert_eq!(shown, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_is_shown_on_request() {
    let place = Place::new().await;
    let merchant = added(&place, 1);
    let id = opened(&place, &session(&merchant, 5, "RES-1")).await;
    let show = ["session", "show", &merchant, &id, "--events"];
    let shown = place.run(&[&show[..], &["--json"]].concat()).ends(0).json();
    let event = json!({
        "id": EventId::from_bytes([5; 16]).to_string(), "sequence": 1, "type": "session.created", "status": "created",
        "attempt": AttemptId::from_bytes([5; 16]).to_string(), "cause": "create",
        "created_at": "2026-11-20T12:00:00.000Z",
    });
    assert_eq!(shown["events"], json!([event]));
    let text = place.run(&show).ends(0).out;
    assert!(text.starts_with(&format!("id                {id}\n")), "{text}");
    assert!(text.contains("\nevents\n") && text.contains("session.created"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sessions_of_a_booking_are_listed() {
    let place = Place::new().await;
    let merchant = added(&place, 1);
    let one = opened(&place, &session(&merchant, 5, "RES-1")).await;
    opened(&place, &session(&merchant, 6, "RES-2")).await;
    let list = |more: &[&str]| {
        let start = ["session", "list", &merchant, "--mode", "test", "--reference", "RES-1"];
        place.run(&[&start[..], more].concat()).ends(0)
    };
    let all = list(&["--json"]).json();
    assert_eq!(all["has_more"], false);
    assert_eq!(all["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(all["sessions"][0]["id"], one);
    assert_eq!(list(&["--json", "--status", "created"]).json(), all);
    let none = list(&["--json", "--status", "succeeded", "--limit", "5"]).json();
    assert_eq!(none, json!({ "sessions": [], "has_more": false }));
    assert!(list(&[]).out.contains("14500"));
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_of_others_and_unknown_ids_are_not_found() {
    let place = Place::new().await;
    let (merchant, neighbor) = (added(&place, 1), added(&place, 2));
    let session = opened(&place, &session(&merchant, 5, "RES-1")).await;
    place.run(&["session", "show", &neighbor, &session]).ends(1).complains(&["has no session"]);
    place.run(&["session", "list", &id(9), "--mode", "test", "--reference", "RES-1"]).ends(1);
    let theirs = place
        .run(&["session", "list", &neighbor, "--mode", "test", "--reference", "RES-1", "--json"])
        .ends(0);
    assert_eq!(theirs.json()["sessions"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_names_every_problem() {
    let place = Place::new().await;
    let run = place.run(&["session", "show", "a", "b"]).ends(2);
    run.complains(&["MERCHANT is not a mer_ id", "SESSION is not a ses_ id"]);
    let run = place.run(&["session", "list", "a", "--reference", " ", "--status", "paid", "--limit", "0"]);
    run.ends(2).complains(&[
        "MERCHANT is not a mer_ id",
        "--reference must not be empty",
        "--status must be one of created, pending",
        "--limit must be 1 to 100",
    ]);
}
