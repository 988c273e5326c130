//! What a believed message says: where to look, and no more than that.

use super::bench::Bench;
use super::calls::Ability;
use super::doubts::{NONSENSE, cut, extended};
use super::message::{Covers, Message, Notify, Signer};
use super::subject::Subject;
use bellhop_domain::Timestamp;
use bellhop_domain::ids::SessionId;
use bellhop_domain::notification::{Notification, VerifyError};

cases!(
    a_session_in_a_message_is_a_hint,
    i12_a_foreign_session_in_a_message_is_no_more_than_a_hint,
    a_session_that_is_no_id_is_no_hint,
    a_proven_message_that_makes_no_sense_is_unreadable,
    a_proven_message_about_an_odd_payment_is_unreadable,
    a_message_about_something_else_names_nothing,
    fields_of_tomorrow_are_let_through_in_a_message,
    a_message_sent_again_says_the_same_at_any_time,
    nothing_is_asked_while_a_message_is_read,
);

/// What is known of the notifications; a provider without any is held to that by the cases of proof.
fn known(subject: &Subject) -> Option<&Notify> {
    subject.notify.has()
}

fn read(subject: &Subject, message: &Message) -> Result<Vec<Notification>, VerifyError> {
    message.read(&*subject.at("https://api.provider.example"))
}

/// What a proven message about these ids says.
fn about(
    subject: &Subject,
    notify: &Notify,
    (payment, session): (&str, &str),
) -> Result<Vec<Notification>, VerifyError> {
    let message = (notify.sign)((notify.about)(payment, session), Signer::Current);
    read(subject, &message)
}

/// The only notification of a message about our payment and this session.
fn with_session(subject: &Subject, notify: &Notify, session: &str) -> Notification {
    let mut found = about(subject, notify, (subject.told(), session)).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].payment.as_str(), subject.told());
    found.remove(0)
}

async fn a_session_in_a_message_is_a_hint(subject: &Subject) {
    let Some(notify) = known(subject) else { return };
    let ours = subject.facts().session;
    let found = with_session(subject, notify, &ours.to_string());
    assert_eq!(found.session, notify.hints.has().map(|()| ours));
}

async fn i12_a_foreign_session_in_a_message_is_no_more_than_a_hint(subject: &Subject) {
    let Some(notify) = known(subject) else { return };
    let other = SessionId::from_bytes([9; 16]);
    let found = with_session(subject, notify, &other.to_string());
    assert_eq!(found.session, notify.hints.has().map(|()| other));
}

async fn a_session_that_is_no_id_is_no_hint(subject: &Subject) {
    let Some(notify) = known(subject) else { return };
    for odd in ["", "ses_nonsense", "att_081040g2081040g2081040g208", "../x"] {
        assert_eq!(with_session(subject, notify, odd).session, None, "{odd}");
    }
}

/// The message with another content in what its proof covers.
fn filled(notify: &Notify, message: &Message, text: &str) -> Message {
    let mut other = message.clone();
    match notify.covers {
        Covers::Query => text.clone_into(&mut other.query),
        Covers::Body | Covers::Nothing(_) => other = other.filled(text),
    }
    other
}

async fn a_proven_message_that_makes_no_sense_is_unreadable(subject: &Subject) {
    let Some(notify) = known(subject) else { return };
    let plain = (notify.about)(subject.told(), &subject.facts().session.to_string());
    let half = cut(&String::from_utf8(plain.body.clone()).unwrap());
    let bodies = NONSENSE.into_iter().chain(["null", "[]", "{}", &half]);
    let queries = ["", "a=1", "a=1&b=2", "%zz", "&&&", "="];
    let texts: Vec<&str> = match notify.covers {
        Covers::Query => queries.to_vec(),
        Covers::Body | Covers::Nothing(_) => bodies.collect(),
    };
    for text in texts {
        let message = (notify.sign)(filled(notify, &plain, text), Signer::Current);
        let found = read(subject, &message);
        let unreadable = matches!(found, Err(VerifyError::Unreadable(_)));
        assert!(unreadable, "{text}: {found:?}");
    }
}

/// The id goes into the address of the look that follows, and into keys of the table.
async fn a_proven_message_about_an_odd_payment_is_unreadable(subject: &Subject) {
    let Some(notify) = known(subject) else { return };
    let session = subject.facts().session.to_string();
    let long = "1".repeat(129);
    for odd in ["", "../x", "a/b", "a b", &long] {
        let found = about(subject, notify, (odd, &session));
        let unreadable = matches!(found, Err(VerifyError::Unreadable(_)));
        assert!(unreadable, "{odd}: {found:?}");
    }
}

async fn a_message_about_something_else_names_nothing(subject: &Subject) {
    let Some(notify) = known(subject) else { return };
    match &notify.elsewhere {
        Ability::Has(messages) => {
            assert!(!messages.is_empty());
            for message in messages {
                let signed = (notify.sign)(message.clone(), Signer::Current);
                assert_eq!(read(subject, &signed), Ok(Vec::new()), "{message:?}");
            }
        }
        // Then whatever is proven names a payment.
        Ability::Lacks(why) => {
            let found = read(subject, &notify.message(subject, Signer::Current));
            assert_eq!(found.unwrap().len(), 1, "{why}");
        }
    }
}

async fn fields_of_tomorrow_are_let_through_in_a_message(subject: &Subject) {
    let Some(notify) = known(subject) else { return };
    let plain = (notify.about)(subject.told(), &subject.facts().session.to_string());
    let text = match notify.covers {
        Covers::Query => format!("{}&of_tomorrow=1", plain.query),
        Covers::Body | Covers::Nothing(_) => {
            extended(std::str::from_utf8(&plain.body).unwrap(), subject.keyed)
        }
    };
    let message = (notify.sign)(filled(notify, &plain, &text), Signer::Current);
    let today = read(subject, &notify.message(subject, Signer::Current));
    assert_eq!(read(subject, &message), today);
    assert!(today.is_ok());
}

/// Harmless: it only causes a look. Providers send again for days, and some date it as at first.
async fn a_message_sent_again_says_the_same_at_any_time(subject: &Subject) {
    let Some(notify) = known(subject) else { return };
    let provider = subject.at("https://api.provider.example");
    let message = notify.message(subject, Signer::Current);
    let first = message.read(&*provider).unwrap();
    let later: Timestamp = "2036-01-01T00:00:00Z".parse().unwrap();
    for now in [Timestamp::UNIX_EPOCH, later, later] {
        assert_eq!(message.read_at(&*provider, now), Ok(first.clone()));
    }
}

async fn nothing_is_asked_while_a_message_is_read(subject: &Subject) {
    let Some(notify) = known(subject) else { return };
    let bench = Bench::idle(subject).await;
    let good = notify.message(subject, Signer::Current);
    assert!(good.read(&*bench.provider).is_ok());
    let forged = notify.message(subject, Signer::Stranger);
    assert_eq!(forged.read(&*bench.provider), Err(VerifyError::BadProof));
    assert!(bench.wire.all().is_empty());
}
