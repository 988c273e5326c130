//! What goes over the wire, request by request, and what a provider declares of itself.

use super::wire::Route;
use crate::test_server::{Act, answer};
use bellhop_domain::ids::{AttemptId, SessionId};
use bellhop_domain::money::Money;
use bellhop_domain::provider::{Operation, ProviderErrorKind};

/// What a provider can do, or cannot and why: the suite holds it to either.
#[derive(Debug, Clone)]
pub(crate) enum Ability<T = ()> {
    Has(T),
    Lacks(&'static str),
}

impl<T> Ability<T> {
    pub const fn has(&self) -> Option<&T> {
        match self {
            Self::Has(what) => Some(what),
            Self::Lacks(_) => None,
        }
    }

    /// Why it is not there.
    pub const fn lack(&self) -> Option<&'static str> {
        match self {
            Self::Has(_) => None,
            Self::Lacks(why) => Some(why),
        }
    }
}

/// What an answer is to say of a payment.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub payment: String,
    pub amount: Money,
    pub reference: String,
    pub session: SessionId,
    pub attempt: AttemptId,
}

/// One request, by method and target, and its good answer. A target without a query stands for any;
/// what is behind a `#` has to stand in the request, where one address serves for everything.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub method: &'static str,
    pub target: String,
    /// Such as `201 Created`.
    pub status: &'static str,
    pub body: String,
}

impl Step {
    /// Its good answer.
    pub fn good(&self) -> Route {
        self.answered(answer(self.status, "content-type: application/json\r\n", &self.body))
    }

    /// Another answer.
    pub fn answered(&self, act: Act) -> Route {
        Route { method: self.method, target: self.target.clone(), act }
    }

    /// Its good status with another body.
    pub fn with(&self, body: &str) -> Act {
        answer(self.status, "content-type: application/json\r\n", body)
    }
}

/// What one verb costs on the wire.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// Requests that come first and do nothing to a payment, such as one for a token.
    pub before: Vec<Step>,
    /// The request that does it, or whose answer says it: the one that the suite spoils.
    pub main: Step,
    /// Requests that may follow.
    pub after: Vec<Step>,
}

impl Call {
    /// A call of one request.
    pub const fn of(main: Step) -> Self {
        Self { before: Vec::new(), main, after: Vec::new() }
    }
}

/// Whom the suite asks for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Create,
    Fetch,
    Find,
    Confirm,
    Cancel,
    Capture,
    Refund,
    List,
}

impl Verb {
    pub const ALL: [Self; 8] = [
        Self::Create,
        Self::Fetch,
        Self::Find,
        Self::Confirm,
        Self::Cancel,
        Self::Capture,
        Self::Refund,
        Self::List,
    ];

    /// Whether it may do something to a payment. Said here again: the suite trusts no adapter's table.
    pub const fn acts(self) -> bool {
        matches!(self, Self::Create | Self::Confirm | Self::Cancel | Self::Capture | Self::Refund)
    }

    /// What it comes to when no answer is had.
    pub const fn unanswered(self) -> ProviderErrorKind {
        match self.acts() {
            true => ProviderErrorKind::OutcomeUnknown,
            false => ProviderErrorKind::Unavailable { after: None },
        }
    }

    pub const fn operation(self) -> Operation {
        match self {
            Self::Create => Operation::Create,
            Self::Fetch => Operation::Fetch,
            Self::Find => Operation::Lookup,
            Self::Confirm => Operation::Confirm,
            Self::Cancel => Operation::Cancel,
            Self::Capture => Operation::Capture,
            Self::Refund => Operation::Refund,
            Self::List => Operation::Refunds,
        }
    }
}

/// An answer that is no success, and what it means.
#[derive(Debug, Clone)]
pub(crate) struct Wrong {
    pub verb: Verb,
    /// Such as `422 Unprocessable Entity`.
    pub status: &'static str,
    pub body: String,
    pub kind: ProviderErrorKind,
}
