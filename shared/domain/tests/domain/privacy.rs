//! I11: what is printed for debugging tells no secret and nothing personal.

use crate::given::{keys, session};
use bellhop_domain::link::PayerToken;
use bellhop_domain::notification::RawNotification;
use bellhop_domain::service_key::ServiceKeys;
use bellhop_domain::session::Session;
use bellhop_domain::wish::{Address, Options, Payer, Phone};
use secrecy::ExposeSecret;

const PERSONAL: [&str; 8] = [
    "Ola Nordmann",
    "ola@example.org",
    "99887766",
    "Storgata 1",
    "Etasje 2",
    "0155",
    "Hammerfest",
    "hunter2",
];

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn personal_session() -> Session {
    let mut session = session();
    session.wish.payer = Payer {
        name: some(PERSONAL[0]),
        email: some(PERSONAL[1]),
        phone: Some(Phone { country_code: "+47".to_owned(), number: PERSONAL[2].to_owned() }),
        address: Some(Address {
            line1: some(PERSONAL[3]),
            line2: some(PERSONAL[4]),
            postcode: some(PERSONAL[5]),
            city: some(PERSONAL[6]),
            country: some("NO"),
        }),
    };
    let options = serde_json::json!({ "code": PERSONAL[7] });
    session.wish.options = Options(options.as_object().unwrap().clone());
    session
}

fn leaks(shown: &str) -> Vec<&'static str> {
    PERSONAL.into_iter().filter(|word| shown.contains(word)).collect()
}

#[test]
fn i11_a_whole_session_shows_nobody() {
    let session = personal_session();
    let shown = format!("{session:?} {session:#?}");
    assert!(shown.contains("Payer(..)") && shown.contains("Options(..)"));
    assert_eq!(leaks(&shown), Vec::<&str>::new());
}

#[test]
fn i11_the_parts_show_nobody_either() {
    let payer = personal_session().wish.payer;
    let parts = format!("{payer:?} {:?} {:?}", payer.phone, payer.address);
    assert_eq!(leaks(&parts), Vec::<&str>::new());
}

#[test]
fn i11_a_link_and_the_service_keys_show_no_secret() {
    let token = PayerToken::issue(session().key, &keys());
    let shown = format!("{token:?} {token:#?}");
    let secret = token.secret().expose_secret();
    for at in 0..secret.len() - 6 {
        assert!(!shown.contains(&secret[at..at + 6]));
    }
    let keys = ServiceKeys::new(&[0xAB; 32], Some(&[0xCD; 32]));
    assert_eq!(format!("{keys:?}"), "ServiceKeys(..)");
}

#[test]
fn i11_a_notification_shows_neither_its_path_nor_its_proof_nor_its_body() {
    let headers = [("pay-signature".to_owned(), "hunter2".to_owned())];
    let raw = RawNotification {
        method: "POST",
        path: "/webhooks/mews/a/hunter2",
        query: "hunter2",
        headers: &headers,
        body: b"hunter2",
    };
    let shown = format!("{raw:?}");
    assert!(shown.contains("POST") && !shown.contains("hunter2") && !shown.contains("104"));
}

#[test]
fn a_header_sent_twice_counts_as_none() {
    let twice = ["Pay-Signature", "pay-signature", "other"].map(|n| (n.to_owned(), n.to_owned()));
    let raw = RawNotification { method: "POST", path: "", query: "", headers: &twice, body: b"" };
    assert_eq!(raw.header("PAY-SIGNATURE"), None);
    assert_eq!(raw.header("Other"), Some("other"));
    assert_eq!(raw.header("missing"), None);
}
