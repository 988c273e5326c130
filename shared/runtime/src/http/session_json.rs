//! A session as the API shows it. Times are RFC 3339 in UTC with milliseconds, amounts minor units.

use crate::http::history_json::{AttemptJson, EventJson};
use bellhop_domain::Timestamp;
use bellhop_domain::event::Event;
use bellhop_domain::money::Money;
use bellhop_domain::session::Session;
use serde::Serialize;
use std::collections::BTreeMap;
use url::Url;

/// A time: `2026-11-20T18:12:03.512Z`.
pub fn rfc3339(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// What the links of a session are made from.
#[derive(Debug, Clone, Copy)]
pub struct Links<'a> {
    /// Where payers and callers reach the API.
    pub public_url: &'a Url,
    /// The text of the payer's token, or `TOKEN_MARK` where the answer is stored.
    pub token: Option<&'a str>,
}

impl Links<'_> {
    /// `/v1/sessions/{id}` under the public address.
    pub fn session(&self, id: &str) -> String {
        format!("{}/v1/sessions/{id}", self.base())
    }

    /// The payer's link. The token is URL-safe as it is, and so is the mark until it is replaced.
    fn pay(&self) -> Option<String> {
        let token = self.token?;
        Some(format!("{}/pay/{token}", self.base()))
    }

    fn base(&self) -> &str {
        self.public_url.as_str().trim_end_matches('/')
    }
}

/// An amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = Amount))]
pub struct AmountJson {
    /// Minor units by ISO 4217: 14500 GBP is 145.00 pounds.
    #[cfg_attr(feature = "openapi", schema(maximum = 999_999_999_999_u64))]
    pub value: u64,
    /// ISO 4217 code, upper case.
    #[cfg_attr(feature = "openapi", schema(example = "GBP", pattern = "^[A-Z]{3}$"))]
    pub currency: String,
}

impl From<Money> for AmountJson {
    fn from(money: Money) -> Self {
        Self { value: money.minor(), currency: money.currency().code().to_owned() }
    }
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = Link))]
pub struct LinkJson {
    /// Where to.
    #[cfg_attr(feature = "openapi", schema(format = "uri"))]
    pub href: String,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = Session))]
pub struct SessionJson {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(pattern = "^ses_[0-9a-v]{26}$"))]
    pub id: String,
    /// Where it stands. New words may be added: who does not know one relies on `finished`.
    #[cfg_attr(feature = "openapi", schema(example = "pending"))]
    pub status: &'static str,
    /// Nothing more will happen, but for money that arrives late or is taken back.
    pub finished: bool,
    /// The provider.
    #[cfg_attr(feature = "openapi", schema(example = "govuk_pay"))]
    pub provider: &'static str,
    /// What is to be paid.
    pub amount: AmountJson,
    /// Minor units that are held.
    pub authorized: u64,
    /// Minor units that were taken.
    pub captured: u64,
    /// Minor units that were given back.
    pub refunded: u64,
    /// The booking.
    pub reference: String,
    /// What the payer is told.
    pub description: String,
    /// Where the payer goes at the end.
    #[cfg_attr(feature = "openapi", schema(format = "uri"))]
    pub return_url: String,
    /// The booking site's own notes.
    pub metadata: BTreeMap<String, String>,
    /// Send the payer here.
    #[cfg_attr(feature = "openapi", schema(format = "uri", required = true))]
    pub pay_url: Option<String>,
    /// Until when the payer may pay.
    #[cfg_attr(feature = "openapi", schema(format = "date-time"))]
    pub expires_at: String,
    /// When it was opened.
    #[cfg_attr(feature = "openapi", schema(format = "date-time"))]
    pub created_at: String,
    /// When its last event was written.
    #[cfg_attr(feature = "openapi", schema(format = "date-time"))]
    pub updated_at: String,
    /// The newest attempt.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub attempt: Option<AttemptJson>,
    /// Money arrived after the end.
    pub paid_late: bool,
    /// Why a person has to look.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub review: Option<&'static str>,
    /// Every attempt, oldest first; only with `expand=attempts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempts: Option<Vec<AttemptJson>>,
    /// The first hundred events, oldest first; only with `expand=events`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<EventJson>>,
    /// Where to go from here: `self`.
    #[serde(rename = "_links")]
    pub links: BTreeMap<String, LinkJson>,
}

impl SessionJson {
    /// A session without its expansions.
    pub fn new(session: &Session, links: Links<'_>) -> Self {
        let (wish, moved, status) = (&session.wish, session.moved(), session.status());
        let id = session.key.session.to_string();
        let href = links.session(&id);
        Self {
            id,
            status: status.as_str(),
            finished: status.is_finished(),
            provider: wish.account.provider.as_str(),
            amount: wish.amount.into(),
            authorized: moved.authorized,
            captured: moved.captured,
            refunded: moved.refunded,
            reference: wish.reference.to_string(),
            description: wish.description.to_string(),
            return_url: wish.return_url.url().to_string(),
            metadata: wish.metadata.clone(),
            pay_url: links.pay(),
            expires_at: rfc3339(session.expires_at),
            created_at: rfc3339(session.created_at),
            updated_at: rfc3339(session.updated_at),
            attempt: session.current().map(AttemptJson::from),
            paid_late: session.paid_late,
            review: session.review.map(|reason| reason.as_str()),
            attempts: None,
            events: None,
            links: BTreeMap::from([("self".to_owned(), LinkJson { href })]),
        }
    }

    /// With every attempt.
    #[must_use]
    pub fn with_attempts(mut self, session: &Session) -> Self {
        self.attempts = Some(session.attempts.iter().map(AttemptJson::from).collect());
        self
    }

    /// With events.
    #[must_use]
    pub fn with_events(mut self, events: &[Event]) -> Self {
        self.events = Some(events.iter().map(EventJson::from).collect());
        self
    }
}

/// A part of a list of sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = SessionList))]
pub struct SessionListJson {
    /// Oldest first.
    pub data: Vec<SessionJson>,
    /// There are more behind `cursor`.
    pub has_more: bool,
    /// Send it back as `cursor` for the next part; opaque.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub cursor: Option<String>,
}
