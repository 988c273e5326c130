//! Webhooks that wait to be sent, with the faults that a test asked for.

use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::rfc3339;
use crate::faults::Kind;

/// Where a letter stands.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Waits for its next attempt.
    Pending,
    /// Answered as the provider wants it.
    Delivered,
    /// Every attempt failed.
    GivenUp,
    /// A fault: never sent.
    Lost,
    /// A fault: kept until the faults are cleared.
    Held,
    /// A fault: waits for the next letter about the same payment.
    #[serde(rename = "waiting_for_next")]
    Overtaken,
    /// There is no address to send to.
    NotConfigured,
}

/// A webhook and its attempts.
#[derive(Clone, Deserialize, Serialize)]
pub struct Letter {
    /// Where the payment stands in its list.
    pub about: usize,
    pub event: String,
    pub created: i64,
    /// The bytes that are signed and sent.
    pub body: String,
    pub standing: Standing,
    pub due: i64,
    /// Letters leave in this order.
    pub order: usize,
    pub attempts: Vec<Value>,
    pub fault: Option<Kind>,
    /// As last sent.
    pub signature: String,
}

impl Letter {
    /// A letter that is due at once.
    pub fn new(about: usize, event: &str, body: String, now: i64) -> Self {
        Self {
            about,
            event: event.to_owned(),
            created: now,
            body,
            standing: Standing::Pending,
            due: now,
            order: 0,
            attempts: Vec::new(),
            fault: None,
            signature: String::new(),
        }
    }

    /// In the ledger.
    pub fn shown(&self) -> Value {
        let waits = self.standing == Standing::Pending;
        json!({
            "event_type": self.event,
            "created_at": rfc3339(self.created),
            "standing": self.standing,
            "next_attempt_at": waits.then(|| rfc3339(self.due)),
            "fault": self.fault,
            "signature": self.signature,
            "body": self.body,
            "attempts": self.attempts,
        })
    }
}

/// All letters of a simulator, oldest first.
#[derive(Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Outbox(Vec<Letter>);

impl Deref for Outbox {
    type Target = Vec<Letter>;

    fn deref(&self) -> &Vec<Letter> {
        &self.0
    }
}

impl DerefMut for Outbox {
    fn deref_mut(&mut self) -> &mut Vec<Letter> {
        &mut self.0
    }
}

impl Outbox {
    /// Adds a letter, as its fault wants it, and lets go of those that waited for it.
    pub fn post(&mut self, mut letter: Letter, now: i64) {
        letter.standing = match (letter.standing, letter.fault) {
            (Standing::Pending, Some(Kind::Lost)) => Standing::Lost,
            (Standing::Pending, Some(Kind::Held)) => Standing::Held,
            (Standing::Pending, Some(Kind::Reordered)) => Standing::Overtaken,
            (standing, _) => standing,
        };
        let (about, overtakes) = (letter.about, letter.standing == Standing::Pending);
        let twin = (letter.fault == Some(Kind::Doubled)).then(|| letter.clone());
        for letter in [Some(letter), twin].into_iter().flatten() {
            let order = self.len();
            self.push(Letter { order, ..letter });
        }
        if overtakes {
            self.release(now, |letter| letter.about == about && letter.standing == Standing::Overtaken);
        }
    }

    /// Lets go of the letters that faults keep.
    pub fn release_kept(&mut self, now: i64) {
        self.release(now, |letter| matches!(letter.standing, Standing::Held | Standing::Overtaken));
    }

    fn release(&mut self, now: i64, which: impl Fn(&Letter) -> bool) {
        let last = self.len();
        let kept = self.iter_mut().filter(|letter| which(letter));
        for (place, letter) in kept.enumerate() {
            letter.standing = Standing::Pending;
            letter.due = now;
            letter.order = last + place;
        }
    }

    /// The letter that must leave first of those that are due.
    pub fn next_due(&self, now: i64) -> Option<usize> {
        let due = |letter: &Letter| letter.standing == Standing::Pending && letter.due <= now;
        let all = self.iter().enumerate().filter(|(_, letter)| due(letter));
        all.min_by_key(|(number, letter)| (letter.order, *number)).map(|(number, _)| number)
    }

    /// Notes an attempt: `delivered` or not, with the pauses in milliseconds after each failure.
    pub fn note(
        &mut self,
        number: usize,
        (result, delivered): (&Result<u16, String>, bool),
        pauses: &[i64],
        now: i64,
    ) {
        let Some(letter) = self.get_mut(number) else {
            return;
        };
        letter.attempts.push(match result {
            Ok(status) => json!({"at": rfc3339(now), "status": status}),
            Err(error) => json!({"at": rfc3339(now), "error": error}),
        });
        let pause = pauses.get(letter.attempts.len() - 1);
        letter.standing = match pause {
            _ if delivered => Standing::Delivered,
            Some(_) => Standing::Pending,
            None => Standing::GivenUp,
        };
        letter.due = now.saturating_add(pause.copied().unwrap_or_default());
    }
}
