//! The page of one booking, from the session that pays for it.

use crate::front::pay_link;
use crate::money::shown;
use crate::outcome::{Carried, Claim};
use crate::provider::provider;
use crate::wire::{Attempt, Event, Session};
use crate::words::{StatusWords, Tone, of_cause, of_event, of_failure, of_status};
use askama::Template;
use jiff::Timestamp;

/// A booking and its payment.
#[derive(Template)]
#[template(path = "stay.html")]
pub struct StayPage<'a> {
    session: &'a Session,
    words: StatusWords,
    price: String,
    provider: &'static str,
    pay_url: Option<&'a str>,
    /// Whether the payer can still pay.
    pays: bool,
    expires: Moment<'a>,
    moved: Vec<(&'static str, &'static str, String)>,
    attempts: Vec<AttemptRow<'a>>,
    events: Vec<EventRow<'a>>,
    carried: Option<Brought>,
    standing: bool,
}

struct AttemptRow<'a> {
    number: usize,
    status: &'a str,
    payment: &'a str,
    why: &'static str,
}

struct EventRow<'a> {
    event: &'a Event,
    words: &'static str,
    cause: &'static str,
    at: Moment<'a>,
}

/// A moment for machines and for people.
struct Moment<'a> {
    machine: &'a str,
    shown: String,
}

/// What to say about the words in the page's address.
struct Brought {
    tone: &'static str,
    text: String,
}

impl<'a> StayPage<'a> {
    /// The page as the session is.
    pub fn new(session: &'a Session) -> Self {
        let words = of_status(&session.status, session.finished);
        let pays = matches!(session.status.as_str(), "pending" | "created");
        let attempts = session.attempts.iter().enumerate();
        Self {
            session,
            words,
            provider: provider(&session.provider).map_or("", |provider| provider.title),
            price: shown(session.amount.value, &session.amount.currency),
            pay_url: pay_link(session).filter(|_| pays),
            pays,
            expires: Moment::read(&session.expires_at),
            moved: moved(session),
            attempts: attempts.map(AttemptRow::new).collect(),
            events: session.events.iter().map(EventRow::new).collect(),
            carried: None,
            standing: false,
        }
    }

    /// With a word about what the payer brought back.
    pub fn carrying(mut self, claim: &Claim, carried: Carried) -> Self {
        self.carried = brought(self.session, claim, carried);
        self
    }

    /// With a note that the booking was there before.
    pub const fn standing(mut self) -> Self {
        self.standing = true;
        self
    }

    /// Whether the payer needs a new booking to get a room.
    fn is_over(&self) -> bool {
        self.session.finished && self.words.tone == Tone::Over
    }
}

/// What moved, each with the name that the page gives the figure.
fn moved(session: &Session) -> Vec<(&'static str, &'static str, String)> {
    let show = |minor| shown(minor, &session.amount.currency);
    vec![
        ("authorized", "Held", show(session.authorized)),
        ("captured", "Paid", show(session.captured)),
        ("refunded", "Given back", show(session.refunded)),
    ]
}

/// The claim is compared with what the payment service says now, and never believed over it.
fn brought(session: &Session, claim: &Claim, carried: Carried) -> Option<Brought> {
    let ours = claim.session_id == session.id;
    let (tone, text) = match carried {
        Carried::Nothing => return None,
        Carried::Forged => (
            "over",
            "The result in this page's address is not signed by the payment service. \
             We ignored it and asked the service itself."
                .to_owned(),
        ),
        _ if !ours => (
            "over",
            "The result in this page's address belongs to another payment. \
             We ignored it and asked the payment service itself."
                .to_owned(),
        ),
        Carried::Expired => (
            "waiting",
            format!(
                "You came back with the signed result “{}”, which is no longer fresh. \
                 What you see is what the payment service says now.",
                claim.status
            ),
        ),
        Carried::Good => (
            "good",
            format!(
                "You came back with the signed result “{}”; its signature is right. \
                 What you see is what the payment service says now.",
                claim.status
            ),
        ),
    };
    Some(Brought { tone, text })
}

impl<'a> AttemptRow<'a> {
    fn new((place, attempt): (usize, &'a Attempt)) -> Self {
        let failure = attempt.failure.as_ref();
        Self {
            number: place + 1,
            status: &attempt.status,
            payment: attempt.provider_payment_id.as_deref().unwrap_or("none yet"),
            why: failure.map_or("", |failure| of_failure(&failure.code)),
        }
    }
}

impl<'a> EventRow<'a> {
    fn new(event: &'a Event) -> Self {
        Self {
            event,
            words: of_event(&event.kind),
            cause: of_cause(&event.cause),
            at: Moment::read(&event.at),
        }
    }
}

impl<'a> Moment<'a> {
    /// A time that is none is shown as it came.
    fn read(text: &'a str) -> Self {
        let read = text.parse::<Timestamp>().ok();
        let shown = read.map(|time| time.strftime("%-d %b %Y, %H:%M:%S UTC").to_string());
        Self { machine: text, shown: shown.unwrap_or_else(|| text.to_owned()) }
    }
}
