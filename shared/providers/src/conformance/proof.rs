//! Which messages are believed.

use super::calls::Ability;
use super::message::{Covers, Message, Notify, Signer};
use super::subject::Subject;
use bellhop_domain::notification::VerifyError;
use bellhop_domain::provider::Provider;
use std::sync::Arc;

cases!(
    a_message_without_any_proof_is_not_believed,
    a_good_proof_is_believed,
    one_changed_bit_breaks_the_proof,
    one_changed_bit_of_the_proof_breaks_it,
    an_old_proof_does_not_prove_an_empty_message,
    a_missing_proof_is_refused,
    a_doubled_proof_is_refused,
    a_proof_in_another_case_is_refused,
    a_proof_with_something_around_it_is_refused,
    the_name_of_a_header_may_come_in_any_case,
    the_proof_of_a_stranger_is_refused,
    the_proof_of_an_empty_secret_is_refused,
    an_empty_webhook_secret_is_refused_at_once,
    the_previous_secret_proves_during_a_rotation,
    an_account_without_a_webhook_secret_believes_nothing,
);

/// A provider, what is known of its notifications, and a good message.
struct Desk<'s> {
    provider: Arc<dyn Provider>,
    notify: &'s Notify,
    good: Message,
}

/// `None` for a provider without notifications, whose own case holds it to that.
fn desk(subject: &Subject) -> Option<Desk<'_>> {
    let provider = subject.at("https://api.provider.example");
    let notify = subject.notify.has()?;
    let good = notify.message(subject, Signer::Current);
    Some(Desk { provider, notify, good })
}

impl Desk<'_> {
    fn refuses(&self, message: &Message) {
        let found = message.read(&*self.provider);
        assert_eq!(found, Err(VerifyError::BadProof), "{message:?}");
    }

    /// Refuses every message whose proof is changed in this way.
    fn refuses_with(&self, change: impl Fn(&str) -> Vec<String>) {
        for place in &self.notify.proofs {
            let values = self.good.values(*place);
            assert_eq!(values.len(), 1, "{place:?}");
            let changed = change(&values[0]);
            let changed: Vec<&str> = changed.iter().map(String::as_str).collect();
            self.refuses(&self.good.with(*place, &changed));
        }
    }
}

/// An account without any way to prove a message says so, whatever comes.
async fn a_message_without_any_proof_is_not_believed(subject: &Subject) {
    let provider = subject.at("https://api.provider.example");
    let found = Message::bare().read(&*provider);
    match subject.notify {
        Ability::Has(_) => assert_eq!(found, Err(VerifyError::BadProof)),
        Ability::Lacks(why) => assert_eq!(found, Err(VerifyError::NoSecret), "{why}"),
    }
}

async fn a_good_proof_is_believed(subject: &Subject) {
    let Some(desk) = desk(subject) else { return };
    let found = desk.good.read(&*desk.provider).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].payment.as_str(), subject.told());
}

async fn one_changed_bit_breaks_the_proof(subject: &Subject) {
    let Some(desk) = desk(subject) else { return };
    let others = desk.good.flipped(desk.notify.covers);
    if let Covers::Nothing(why) = desk.notify.covers {
        // Then the same proof serves another message.
        let other = desk.good.clone().filled("[]");
        assert_ne!(other.read(&*desk.provider), Err(VerifyError::BadProof), "{why}");
        return;
    }
    assert!(!others.is_empty());
    others.iter().for_each(|other| desk.refuses(other));
    // A body grows and shrinks too.
    if desk.notify.covers == Covers::Body {
        let mut longer = desk.good.clone();
        longer.body.push(b' ');
        desk.refuses(&longer);
    }
}

async fn one_changed_bit_of_the_proof_breaks_it(subject: &Subject) {
    let Some(desk) = desk(subject) else { return };
    for place in &desk.notify.proofs {
        let value = desk.good.values(*place).remove(0);
        for at in 0..value.len() {
            let mut bytes = value.clone().into_bytes();
            bytes[at] ^= 1;
            let other = String::from_utf8(bytes).unwrap();
            desk.refuses(&desk.good.with(*place, &[&other]));
        }
    }
}

async fn an_old_proof_does_not_prove_an_empty_message(subject: &Subject) {
    let Some(desk) = desk(subject) else { return };
    let mut empty = desk.good.clone();
    match desk.notify.covers {
        Covers::Body => empty.body.clear(),
        Covers::Query | Covers::Nothing(_) => {
            empty = Message::bare();
        }
    }
    desk.refuses(&empty);
}

async fn a_missing_proof_is_refused(subject: &Subject) {
    let Some(desk) = desk(subject) else { return };
    assert!(!desk.notify.proofs.is_empty());
    desk.refuses_with(|_| Vec::new());
    desk.refuses_with(|_| vec![String::new()]);
}

async fn a_doubled_proof_is_refused(subject: &Subject) {
    let Some(desk) = desk(subject) else { return };
    desk.refuses_with(|value| vec![value.to_owned(), value.to_owned()]);
    desk.refuses_with(|value| vec![value.to_owned(), "00".to_owned()]);
    desk.refuses_with(|value| vec!["00".to_owned(), value.to_owned()]);
}

async fn a_proof_in_another_case_is_refused(subject: &Subject) {
    let Some(desk) = desk(subject) else { return };
    desk.refuses_with(|value| {
        let swap = |c: char| match c.is_ascii_lowercase() {
            true => c.to_ascii_uppercase(),
            false => c.to_ascii_lowercase(),
        };
        let other: String = value.chars().map(swap).collect();
        assert_ne!(other, value);
        vec![other]
    });
}

async fn a_proof_with_something_around_it_is_refused(subject: &Subject) {
    let Some(desk) = desk(subject) else { return };
    desk.refuses_with(|value| vec![format!("{value}00")]);
    desk.refuses_with(|value| vec![format!("sha256={value}")]);
    desk.refuses_with(|value| vec![format!("{value},{value}")]);
    desk.refuses_with(|value| vec![value[..value.len() - 1].to_owned()]);
    desk.refuses_with(|value| vec![value[..value.len() - 2].to_owned()]);
    desk.refuses_with(|value| vec![format!(" {value}")]);
    desk.refuses_with(|value| vec!["z".repeat(value.len())]);
    desk.refuses_with(|value| vec![format!("{value}\u{e9}")]);
    desk.refuses_with(|_| vec!["z".repeat(10_000)]);
}

/// RFC 9110, section 5.1.
async fn the_name_of_a_header_may_come_in_any_case(subject: &Subject) {
    let Some(desk) = desk(subject) else { return };
    let spellings: [fn(&str) -> String; 2] = [str::to_ascii_lowercase, str::to_ascii_uppercase];
    for spell in spellings {
        let mut message = desk.good.clone();
        for (name, _) in &mut message.headers {
            *name = spell(name);
        }
        let found = message.read(&*desk.provider);
        assert_eq!(found, desk.good.read(&*desk.provider));
        assert!(found.is_ok(), "{message:?}");
    }
}

async fn the_proof_of_a_stranger_is_refused(subject: &Subject) {
    let Some(desk) = desk(subject) else { return };
    desk.refuses(&desk.notify.message(subject, Signer::Stranger));
}

async fn the_proof_of_an_empty_secret_is_refused(subject: &Subject) {
    let Some(desk) = desk(subject) else { return };
    desk.refuses(&desk.notify.message(subject, Signer::Nobody));
}

async fn an_empty_webhook_secret_is_refused_at_once(subject: &Subject) {
    let Some(desk) = desk(subject) else { return };
    assert!(!desk.notify.blank.is_empty());
    for secret in &desk.notify.blank {
        let settings = (subject.settings)("https://api.provider.example");
        let error = subject.open(&settings, secret).unwrap_err();
        assert!(error.setting.starts_with("secret"), "{error}");
    }
}

async fn the_previous_secret_proves_during_a_rotation(subject: &Subject) {
    let Some(desk) = desk(subject) else { return };
    let old = desk.notify.message(subject, Signer::Previous);
    match desk.notify.previous {
        Ability::Has(()) => {
            assert_eq!(old.read(&*desk.provider).unwrap(), desk.good.read(&*desk.provider).unwrap())
        }
        Ability::Lacks(_) => desk.refuses(&old),
    }
}

async fn an_account_without_a_webhook_secret_believes_nothing(subject: &Subject) {
    let Some(desk) = desk(subject) else { return };
    let settings = (subject.settings)("https://api.provider.example");
    let secret = match &desk.notify.unset {
        Ability::Has(secret) => secret,
        // Then no part may be left out, which the cases of opening hold it to.
        Ability::Lacks(why) => return assert!(subject.optional.is_empty(), "{why}"),
    };
    let provider = subject.open(&settings, secret).unwrap();
    for signer in [Signer::Current, Signer::Stranger, Signer::Nobody] {
        let found = desk.notify.message(subject, signer).read(&*provider);
        assert_eq!(found, Err(VerifyError::NoSecret), "{signer:?}");
    }
    assert_eq!(Message::bare().read(&*provider), Err(VerifyError::NoSecret));
}
