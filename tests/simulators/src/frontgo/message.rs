//! Callbacks: which are made, and what faults make of them. `[doc]` PROVIDERS §2.5.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::amount::Amount;
use super::callback::{Address, Facts, address, encoded, query_of};
use super::world::World;
use crate::faults::Kind;

/// What forgers guess the secret to be.
const WRONG_SECRET: &str = "not-the-secret";

/// Where a callback stands; the word is the ledger's.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Pending,
    Delivered,
    GivenUp,
    Lost,
    Held,
    Overtaken,
    NotConfigured,
}

impl Standing {
    /// The word of the ledger.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Delivered => "delivered",
            Self::GivenUp => "given_up",
            Self::Lost => "lost",
            Self::Held => "held",
            Self::Overtaken => "waiting_for_next",
            Self::NotConfigured => "not_configured",
        }
    }
}

/// A callback and its attempts.
#[derive(Clone, Deserialize, Serialize)]
pub struct Message {
    pub reservation: usize,
    /// The status that it tells, well spelt.
    pub status: String,
    pub amount: Amount,
    pub created: i64,
    /// Added to the time of sending: a second copy with another timestamp.
    pub later: i64,
    /// The address as it is called; made at the first attempt.
    pub url: Option<String>,
    pub checksum: String,
    pub standing: Standing,
    pub due: i64,
    /// Callbacks about one reservation leave in this order.
    pub order: usize,
    pub attempts: Vec<Value>,
    pub fault: Option<Kind>,
}

impl World {
    /// Makes the callback of a status, or what a fault makes of it.
    pub fn emit(&mut self, at: usize, what: (&str, Amount), now: i64) {
        let fault = self.faults.take("webhook", |kind| kind != Kind::Early);
        let fault = fault.map(|fault| fault.kind);
        if fault == Some(Kind::Forged) {
            self.forge(at, what, now);
        }
        let mut message = self.message(at, what, now);
        message.fault = fault.filter(|kind| *kind != Kind::Forged);
        message.standing = match (message.standing, fault) {
            (Standing::Pending, Some(Kind::Lost)) => Standing::Lost,
            (Standing::Pending, Some(Kind::Held)) => Standing::Held,
            (Standing::Pending, Some(Kind::Reordered)) => Standing::Overtaken,
            (standing, _) => standing,
        };
        if message.standing == Standing::Held {
            self.write(&mut message, now);
        }
        let twin = match fault {
            Some(Kind::Doubled) => Some(message.clone()),
            Some(Kind::DoubledNewId) => Some(Message { later: 1, ..message.clone() }),
            _ => None,
        };
        let overtakes = message.standing == Standing::Pending;
        self.post(message);
        twin.into_iter().for_each(|twin| self.post(twin));
        if overtakes {
            self.release_from(now, |message| {
                message.reservation == at && message.standing == Standing::Overtaken
            });
        }
    }

    /// Sends a lie whose checksum was made with another secret.
    pub fn forge(&mut self, at: usize, what: (&str, Amount), now: i64) {
        let mut message = self.message(at, what, now);
        message.fault = Some(Kind::Forged);
        self.post(message);
    }

    /// Sends the last genuine callback of a reservation again, byte for byte. False when there was none.
    pub fn replay(&mut self, at: usize, now: i64) -> bool {
        self.again(at, now, |url| Some(url.to_owned()))
    }

    /// Sends the last genuine callback with the border between two values moved: the first digit of the value behind
    /// the amount becomes the amount's last. The checksum still fits: PROVIDERS §2.5, "concatenation is ambiguous".
    pub fn shift(&mut self, at: usize, now: i64) -> bool {
        self.again(at, now, shifted)
    }

    fn again(&mut self, at: usize, now: i64, change: impl Fn(&str) -> Option<String>) -> bool {
        let genuine = |message: &&Message| {
            message.reservation == at && message.url.is_some() && message.fault != Some(Kind::Forged)
        };
        let Some(last) = self.messages.iter().rfind(genuine) else {
            return false;
        };
        let url = last.url.as_deref().and_then(change);
        let copy =
            Message { url, standing: Standing::Pending, due: now, attempts: Vec::new(), ..last.clone() };
        let made = copy.url.is_some();
        if made {
            self.post(copy);
        }
        made
    }

    fn post(&mut self, message: Message) {
        let order = self.messages.len();
        self.messages.push(Message { order, ..message });
    }

    /// Lets go of the callbacks that faults keep.
    pub fn release_kept(&mut self, now: i64) {
        self.release_from(now, |message| matches!(message.standing, Standing::Held | Standing::Overtaken));
    }

    fn release_from(&mut self, now: i64, which: impl Fn(&Message) -> bool) {
        let first = self.messages.len();
        let kept = self.messages.iter_mut().filter(|message| which(message));
        for (order, message) in (first..).zip(kept) {
            (message.standing, message.due, message.order) = (Standing::Pending, now, order);
        }
    }

    fn message(&self, at: usize, (status, amount): (&str, Amount), now: i64) -> Message {
        let reservation = self.reservations.get(at);
        let url = reservation.and_then(|reservation| reservation.wish.callback_url.as_ref());
        let standing = match url {
            Some(_) => Standing::Pending,
            None => Standing::NotConfigured,
        };
        Message {
            reservation: at,
            status: status.to_owned(),
            amount,
            created: now,
            later: 0,
            url: None,
            checksum: String::new(),
            standing,
            due: now,
            order: 0,
            attempts: Vec::new(),
            fault: None,
        }
    }

    /// Makes the address of a callback, with the timestamp of now.
    pub fn write(&self, message: &mut Message, now: i64) -> Option<()> {
        let reservation = self.reservations.get(message.reservation)?;
        let facts = Facts {
            url: reservation.wish.callback_url.as_deref()?,
            uuid: &reservation.uuid,
            status: &message.status,
            method: &self.method_name(reservation).unwrap_or_default(),
            amount: message.amount,
            created: message.created.div_euclid(1000),
            timestamp: now.div_euclid(1000) + message.later,
        };
        let secret = match message.fault {
            Some(Kind::Forged) => WRONG_SECRET,
            _ => &self.config.callback_secret,
        };
        let Address { url, checksum } = address(&facts, &self.config.callback, secret);
        (message.url, message.checksum) = (Some(url), checksum);
        Some(())
    }
}

fn shifted(url: &str) -> Option<String> {
    let (start, _) = url.split_once('?')?;
    let mut pairs = query_of(url);
    let amount = pairs.iter().position(|(name, _)| name == "amount")?;
    let (_, behind) = pairs.get_mut(amount + 1)?;
    let digit = (!behind.is_empty()).then(|| behind.remove(0))?;
    pairs.get_mut(amount)?.1.push(digit);
    let pair =
        |(name, value): &(String, String)| format!("{}={}", encoded(name, "%20"), encoded(value, "%20"));
    let query: Vec<String> = pairs.iter().map(pair).collect();
    Some(format!("{start}?{}", query.join("&")))
}
