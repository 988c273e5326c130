use super::*;
use data_encoding::BASE64;
use ring::digest::{SHA256, digest};

#[test]
fn the_policy_names_the_very_style_that_is_served() {
    let hash = BASE64.encode(digest(&SHA256, STYLE.as_bytes()).as_ref());
    assert!(POLICY.contains(&format!("'sha256-{hash}'")), "put sha256-{hash} into POLICY");
}

#[test]
fn i10_only_what_is_stored_paid_says_paid() {
    let texts = &ENGLISH;
    for state in STATES {
        let says_paid = state.say(texts).title == texts.paid.title;
        assert_eq!(says_paid, state == State::Paid, "{state:?}");
        let not_sure = !matches!(
            state,
            State::Paid
                | State::Held
                | State::NothingToPay
                | State::FailedRetry
                | State::Failed
                | State::Canceled
                | State::Expired
        );
        assert_eq!(state.say(texts).lead.contains("do not pay"), not_sure, "{state:?}");
        assert_eq!(
            state.say(texts).lead.contains("not charged"),
            matches!(state, State::Failed | State::FailedRetry | State::Canceled),
            "{state:?}"
        );
    }
}

/// A return that anyone can write is heard only while nothing is known.
#[test]
fn i10_what_a_return_seems_to_tell_changes_no_known_state() {
    for hint in [Some(ReturnHint::Stopped), Some(ReturnHint::Failed), None] {
        for state in STATES.into_iter().filter(|state| *state != State::Unfinished) {
            assert_eq!(state.hinted(hint), state);
        }
    }
    assert_eq!(State::Unfinished.hinted(Some(ReturnHint::Stopped)), State::SeemsStopped);
    assert_eq!(State::Unfinished.hinted(Some(ReturnHint::Failed)), State::SeemsFailed);
    assert_eq!(State::Unfinished.hinted(None), State::Unfinished);
}

#[test]
fn a_link_that_leads_nowhere_is_404_and_names_no_session() {
    let reply = no_link();
    assert_eq!(reply.status(), StatusCode::NOT_FOUND);
    assert_eq!(reply.headers()["content-security-policy"], POLICY);
}

#[test]
fn the_way_to_the_next_attempt_is_a_page_and_no_redirect_out_of_a_form() {
    let reply = opening("https://pay.example/pay/x\"><script>".to_owned());
    let html = String::from_utf8(reply.body().to_vec()).expect("text");
    assert_eq!(reply.status(), StatusCode::OK);
    assert!(html.contains("http-equiv=\"refresh\"") && !html.contains("<script"), "{html}");
}

const STATES: [State; 13] = [
    State::SeemsStopped,
    State::SeemsFailed,
    State::Watched,
    State::NothingToPay,
    State::Paid,
    State::Held,
    State::FailedRetry,
    State::Failed,
    State::Canceled,
    State::Expired,
    State::Unfinished,
    State::Preparing,
    State::Checking,
];
