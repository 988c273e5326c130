//! A session's attempts and events as the API shows them.

use crate::http::session_json::{AmountJson, rfc3339};
use bellhop_domain::attempt::Attempt;
use bellhop_domain::event::Event;
use serde::Serialize;

/// Why an attempt ended without money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = Failure))]
pub struct FailureJson {
    /// The reason; new ones may be added.
    #[cfg_attr(feature = "openapi", schema(example = "declined"))]
    pub code: &'static str,
    /// Another attempt cannot charge twice.
    pub retry: bool,
}

/// One payment at the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = Attempt))]
pub struct AttemptJson {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(pattern = "^att_[0-9a-v]{26}$"))]
    pub id: String,
    /// Where it stands; new words may be added.
    #[cfg_attr(feature = "openapi", schema(example = "pending"))]
    pub status: &'static str,
    /// The provider's id, once its answer is known.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub provider_payment_id: Option<String>,
    /// Why it ended without money.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub failure: Option<FailureJson>,
    /// What the payer's account was charged, where that is another currency than the session's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charged_as: Option<AmountJson>,
    /// It is over for the payer, and the provider may still charge for it on its own: the booking has
    /// no other session as long.
    pub watched: bool,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(format = "date-time"))]
    pub created_at: String,
}

impl From<&Attempt> for AttemptJson {
    fn from(attempt: &Attempt) -> Self {
        let payment = attempt.payment.as_ref();
        let failure =
            attempt.failure.map(|failure| FailureJson { code: failure.code.as_str(), retry: failure.retry });
        Self {
            id: attempt.id.to_string(),
            status: attempt.status.as_str(),
            provider_payment_id: payment.map(|payment| payment.as_str().to_owned()),
            failure,
            charged_as: attempt.charged_as.map(AmountJson::from),
            watched: attempt.watched,
            created_at: rfc3339(attempt.created_at),
        }
    }
}

/// One line of a session's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = Event))]
pub struct EventJson {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(pattern = "^evt_[0-9a-v]{26}$"))]
    pub id: String,
    /// 1 for the session's first event, without gaps.
    pub sequence: u64,
    /// What happened; new words may be added.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "openapi", schema(example = "session.succeeded"))]
    pub kind: &'static str,
    /// The session's status after it.
    pub status: &'static str,
    /// The attempt it is about.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub attempt: Option<String>,
    /// What made us look.
    #[cfg_attr(feature = "openapi", schema(example = "notification"))]
    pub cause: &'static str,
    /// When it was written.
    #[cfg_attr(feature = "openapi", schema(format = "date-time"))]
    pub created_at: String,
}

impl From<&Event> for EventJson {
    fn from(event: &Event) -> Self {
        Self {
            id: event.id.to_string(),
            sequence: event.sequence,
            kind: event.kind.as_str(),
            status: event.status.as_str(),
            attempt: event.attempt.map(|id| id.to_string()),
            cause: event.cause.as_str(),
            created_at: rfc3339(event.at),
        }
    }
}
