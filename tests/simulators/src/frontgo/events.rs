//! The merchant's history: events in a window of time, without the reference. `[doc]` PROVIDERS §2.2 and §2.6.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::amount::{Amount, Style};
use super::exact::{Json, object};
use super::reservation::Reservation;
use super::world::World;

/// `[inf]` PROVIDERS §2.8: the times have no zone, presumably Europe/Oslo.
const ZONE: &str = "CET-1CEST,M3.5.0,M10.5.0/3";
/// `[unk]` Who acted, in `actionBy`.
const ACTOR: &str = "Simulated merchant";

/// What an event is called. Only the refund's name is documented; the others are `[inf]`.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Title {
    Created,
    Resent,
    Reserved,
    Captured,
    Charged,
    Cancelled,
    Completed,
    Expired,
    RefundedCapture,
    RefundedCharge,
}

impl Title {
    fn word(self) -> &'static str {
        match self {
            Self::Created => "reservation-sent",
            Self::Resent => "reservation-resent",
            Self::Reserved => "payment-reserved",
            Self::Captured => "payment-captured",
            Self::Charged => "payment-charged",
            Self::Cancelled => "reservation-cancelled",
            Self::Completed => "reservation-completed",
            Self::Expired => "reservation-expired",
            Self::RefundedCapture => "refund-sent-from-captured",
            Self::RefundedCharge => "refund-sent-from-charged",
        }
    }
}

/// One event of one reservation.
#[derive(Deserialize, Serialize)]
pub struct Event {
    at: i64,
    uuid: String,
    title: Title,
    amount: Amount,
    note: Option<String>,
    sent_to: Option<String>,
    method: Option<String>,
}

impl Event {
    fn shown(&self) -> Json {
        let refundable = matches!(self.title, Title::Captured | Title::Charged);
        object! {
            "uuid": &self.uuid,
            "title": self.title.word(),
            "datetime": local(self.at),
            "sentTo": self.sent_to.as_ref(),
            "actionBy": ACTOR,
            "note": self.note.as_ref(),
            "paymentMethod": self.method.as_ref(),
            "isRefundable": refundable,
            "amount": self.amount.digits(Style::Shortest),
        }
    }
}

/// As `21.01.2024 04:00`.
fn local(at: i64) -> String {
    let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    let zone = TimeZone::posix(ZONE).unwrap_or(TimeZone::UTC);
    at.to_zoned(zone).strftime("%d.%m.%Y %H:%M").to_string()
}

impl World {
    /// Notes an event, unless it is a bare create and the account does not list those.
    pub fn record(&mut self, at: usize, (title, amount): (Title, Amount), note: Option<String>, now: i64) {
        if title == Title::Created && !self.config.creates_in_history {
            return;
        }
        let Some(reservation) = self.reservations.get(at) else {
            return;
        };
        let event = Event {
            at: now,
            uuid: reservation.uuid.clone(),
            title,
            amount,
            note,
            sent_to: sent_to(reservation, title),
            method: self.method_name(reservation),
        };
        self.events.push(event);
    }

    /// The events of a window, both ends in it, the oldest first, as far as they are visible by now.
    pub fn events_between(&self, (start, end): (i64, i64), now: i64) -> Json {
        let visible = now.saturating_sub(self.config.history_lag_ms);
        let inside = |event: &&Event| {
            let second = event.at.div_euclid(1000);
            event.at <= visible && (start..=end).contains(&second)
        };
        let events = self.events.iter().filter(inside);
        Json::List(events.map(Event::shown).collect())
    }

    /// The payment method in the words of callbacks and events.
    pub fn method_name(&self, reservation: &Reservation) -> Option<String> {
        let names = &self.config.callback;
        Some(match reservation.method.as_deref()? {
            "mastercard" => names.mastercard.clone(),
            _ => names.visa.clone(),
        })
    }
}

fn sent_to(reservation: &Reservation, title: Title) -> Option<String> {
    let wish = &reservation.wish;
    let field = match title {
        Title::Created | Title::Resent if wish.by_email => "email",
        Title::Created | Title::Resent if wish.by_sms => "msisdn",
        _ => return None,
    };
    let value = wish.customer.at(field)?;
    value.text().map(str::to_owned)
}
