//! The signed outcome, recomputed as a booking site would.

use crate::given::{keys, minutes, session_of, start};
use bellhop_domain::Timestamp;
use bellhop_domain::outcome::{signed_return, signing_secret};
use bellhop_domain::session::Session;
use bellhop_domain::status::AttemptStatus as A;
use bellhop_domain::text::ReturnUrl;
use ring::hmac;
use secrecy::ExposeSecret;
use std::collections::BTreeMap;

fn query(session: &Session, now: Timestamp) -> BTreeMap<String, String> {
    let url = signed_return(session, &keys(), now);
    url.query_pairs().into_owned().collect()
}

/// What a booking site computes from the query and its signing secret.
fn expected(session: &Session, query: &BTreeMap<String, String>) -> String {
    let secret = signing_secret(session.key.merchant, &keys());
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret().as_bytes());
    let signed = [&query["session_id"], &query["status"], &query["expires"]].map(String::as_str);
    let tag = hmac::sign(&key, signed.join(".").as_bytes());
    tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_booking_site_can_check_every_outcome() {
    for status in A::ALL {
        let session = session_of(&[*status]);
        let query = query(&session, start());
        assert_eq!(query["session_id"], session.key.session.to_string());
        assert_eq!(query["status"], session.status().as_str());
        assert_eq!(query["signature"], expected(&session, &query));
    }
}

#[test]
fn an_outcome_is_good_for_five_minutes() {
    let session = session_of(&[A::Succeeded]);
    let expires = query(&session, start())["expires"].clone();
    assert_eq!(expires, minutes(5).as_second().to_string());
}

#[test]
fn changing_any_part_breaks_the_signature() {
    let session = session_of(&[A::Failed]);
    let honest = query(&session, start());
    let signature = honest["signature"].clone();
    for (name, value) in
        [("status", "succeeded"), ("expires", "9999999999"), ("session_id", "ses_00000000000000000000000000")]
    {
        let mut edited = honest.clone();
        edited.insert(name.to_owned(), value.to_owned());
        assert_ne!(expected(&session, &edited), signature, "{name}");
    }
}

#[test]
fn what_the_booking_site_put_into_its_url_is_kept() {
    let mut session = session_of(&[A::Succeeded]);
    let own = "https://booking.example/stay?room=12%20b&lang=en";
    session.wish.return_url = ReturnUrl::parse(own, false).unwrap();
    let url = signed_return(&session, &keys(), start());
    assert!(url.as_str().starts_with(&format!("{own}&session_id=ses_")));
    assert_eq!(url.query_pairs().count(), 2 + 4);
}

#[test]
fn i12_each_merchant_has_its_own_signing_secret() {
    let secret = |session: Session| {
        let secret = signing_secret(session.key.merchant, &keys());
        secret.expose_secret().to_owned()
    };
    let (one, two) = (secret(session_of(&[A::Pending])), secret(session_of(&[A::Pending])));
    assert_ne!(one, two);
    assert!(one.starts_with("bhsig_") && one.len() == 6 + 64);
}
