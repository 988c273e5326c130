//! The same request twice.

use crate::given::{minutes, session, start};
use bellhop_domain::SignedDuration;
use bellhop_domain::idempotency::{Claim, StoredAnswer, fingerprint, hash_key};

fn claim() -> Claim {
    Claim {
        key: [1; 32],
        fingerprint: [2; 32],
        session: session().key.session,
        claimed_at: start(),
        answer: None,
    }
}

fn answer() -> StoredAnswer {
    StoredAnswer { status: 201, headers: Vec::new(), body: String::new() }
}

#[test]
fn keys_are_1_to_255_visible_ascii_characters() {
    for key in ["a", "!", "~", "8e03978e-40d5-43e8-bc93-6894a57f9324", &"k".repeat(255)] {
        assert!(hash_key(key).is_ok(), "{key}");
    }
    for key in ["", " ", "a b", "a\t", "a\n", "\u{7f}", "é", "a\u{0}", &"k".repeat(256)] {
        assert!(hash_key(key).is_err(), "{key:?}");
    }
}

#[test]
fn different_keys_have_different_hashes() {
    let hashes: std::collections::BTreeSet<_> =
        ["a", "A", "aa", "a.", ".a"].iter().map(|key| hash_key(key).unwrap()).collect();
    assert_eq!(hashes.len(), 5);
    assert_eq!(hash_key("a"), hash_key("a"));
}

#[test]
fn i5_a_fingerprint_is_of_the_operation_and_every_byte() {
    let prints = [
        fingerprint("create", b"{}"),
        fingerprint("create", b"{} "),
        fingerprint("create", b""),
        fingerprint("retry", b"{}"),
        fingerprint("create{", b"}"),
    ];
    let different: std::collections::BTreeSet<_> = prints.into();
    assert_eq!(different.len(), prints.len());
    assert_eq!(fingerprint("create", b"{}"), fingerprint("create", b"{}"));
}

#[test]
fn i5_a_claim_without_an_answer_is_abandoned_after_a_minute() {
    let claim = claim();
    let almost = start() + SignedDuration::from_millis(59_999);
    assert!(claim.is_running(start()));
    assert!(claim.is_running(almost));
    assert!(!claim.is_running(minutes(1)));
    let mut answered = claim;
    answered.answer = Some(answer());
    assert!(!answered.is_running(start()));
}

#[test]
fn i13_a_claim_from_a_clock_that_runs_ahead_is_running() {
    let claim = claim();
    assert!(claim.is_running(start() - SignedDuration::from_mins(5)));
}

#[test]
fn answers_are_kept_for_thirty_days() {
    assert_eq!(claim().expires_at(), minutes(30 * 24 * 60));
}
