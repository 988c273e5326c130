//! What every payment provider must do, and what some can do besides.

use crate::attempt::{Failure, Moved};
use crate::ids::{AttemptId, SessionId};
use crate::money::Money;
use crate::notification::{Notification, RawNotification, VerifyError};
use crate::schedule::Schedule;
use crate::status::Reading;
use crate::wish::{FieldError, Wish};
use crate::words::words;
use crate::{SignedDuration, Timestamp};
use async_trait::async_trait;
use secrecy::SecretString;
use std::fmt;
use url::Url;

mod error;
mod facets;
mod page;

pub use error::{Operation, ProviderError, ProviderErrorKind, Refusal, RefusalCode, SafeText};
pub use facets::{
    Cancels, Captures, Confirms, Lookup, Pages, Refund, RefundOrder, RefundStatus, Refunds, Resolves, Visit,
};
pub use page::{Page, PostForm, Widget};

words!(
    /// A provider whose hosted page Bellhop can send a payer to.
    ProviderName {
        /// GOV.UK Pay.
        GovukPay = "govuk_pay",
        /// Front Payment (FrontGo).
        Frontgo = "frontgo",
        /// Powens Pay.
        Powens = "powens",
        /// Mews.
        Mews = "mews",
        /// Bank 131.
        Bank131 = "bank131",
    }
);

/// A payment's id at its provider: 1 to 128 visible ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProviderPaymentId(String);

impl ProviderPaymentId {
    /// Reads an id; `None` when it could not stand in a key or a URL.
    pub fn parse(text: &str) -> Option<Self> {
        let visible = text.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'/' | b'#' | b'?' | b'%'));
        (visible && (1..=128).contains(&text.len())).then(|| Self(text.to_owned()))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a provider needs to open a payment.
#[derive(Debug, Clone)]
pub struct CreatePayment<'a> {
    /// The session, to be written where the provider echoes it.
    pub session: SessionId,
    /// The attempt, likewise.
    pub attempt: AttemptId,
    /// What the booking site wished for.
    pub wish: &'a Wish,
    /// Our landing: where the provider sends the payer back to. Holds the payer's token.
    pub landing: Url,
    /// For a provider that takes one return address for all: the common landing and its `state`.
    pub common: CommonLanding,
    /// Where the provider sends what it has to tell about this account.
    pub notify: Url,
    /// Until when the payer may pay.
    pub expires_at: Timestamp,
}

/// One return address for every payer, told apart by what the provider gives back as `state`.
#[derive(Debug, Clone)]
pub struct CommonLanding {
    /// `/return`, without a query.
    pub url: Url,
    /// The payer's token.
    pub state: SecretString,
}

/// A payment that the provider has opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// The provider's id.
    pub payment: ProviderPaymentId,
    /// The page, where one serves every visit; `None` where each visit needs a fresh one.
    pub page: Option<Url>,
    /// What was asked for is done and nothing is to be paid for it.
    pub nothing_to_pay: bool,
}

impl Created {
    /// A payment that waits for its payer.
    pub const fn payable(payment: ProviderPaymentId, page: Option<Url>) -> Self {
        Self { payment, page, nothing_to_pay: false }
    }
}

/// What the provider's API answered about a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The provider's id.
    pub payment: ProviderPaymentId,
    /// The amount and currency it names; `None` while it names none, and then it is never paid (I3).
    pub amount: Option<Money>,
    /// What it echoes of ours.
    pub echo: Echo,
    /// Its status in our words.
    pub reading: Reading,
    /// What moved.
    pub moved: Moved,
    /// Why it ended without money.
    pub failure: Option<Failure>,
    /// A page for the payer now, while it can be paid.
    pub page: Option<Page>,
    /// It waits for our word that the payment is the one we meant.
    pub awaits_confirmation: bool,
    /// What the payer's account was charged, where that is another currency than the payment's.
    pub charged_as: Option<Money>,
    /// The payer chose a later day: the money does not move before it.
    pub not_before: Option<Timestamp>,
    /// Nothing can change any more: the money is out of the provider's hands.
    pub settled: bool,
}

/// What a provider echoes of ours. What it echoes must equal ours; at least one is there, but where
/// the booking site itself named the payment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Echo {
    /// The booking reference, as far as the provider keeps it.
    pub reference: Option<String>,
    /// The attempt.
    pub attempt: Option<AttemptId>,
    /// The payment carries nothing of ours because it was there before us: its id, which the booking
    /// site gave, is the proof.
    pub ours_by_id: bool,
}

/// What a payer's return seems to tell. Anyone can write it, so it changes the tone of a page and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnHint {
    /// The payer stopped.
    Stopped,
    /// It did not work there.
    Failed,
}

/// A payment provider with one merchant account's credentials.
#[async_trait]
pub trait Provider: fmt::Debug + Send + Sync + 'static {
    /// Which provider this is.
    fn name(&self) -> ProviderName;

    /// Every field of the wish that this provider would not take, before anything is stored or sent.
    fn check(&self, wish: &Wish) -> Vec<FieldError>;

    /// Opens a payment and says where to send the payer.
    async fn create(&self, payment: &CreatePayment<'_>) -> Result<Created, ProviderError>;

    /// Reads where a payment stands now. Safe to repeat.
    async fn fetch(&self, payment: &ProviderPaymentId) -> Result<Observation, ProviderError>;

    /// Proves a message and names the payments it is about; none is a fine answer. No I/O, no clock.
    ///
    /// Call it through [`crate::notification::verify`], which makes the proof a type.
    fn read_notifications(
        &self,
        raw: &RawNotification<'_>,
        now: Timestamp,
    ) -> Result<Vec<Notification>, VerifyError>;

    /// How often to look, how long it can take, what is final.
    fn schedule(&self) -> &'static Schedule;

    /// How long a payment that nobody has tried to pay yet can still be paid once it is shown to nobody
    /// any more; `None` where only the provider's own word ends one.
    fn lingers(&self, _seen: &Observation) -> Option<SignedDuration> {
        None
    }

    /// What the query of a payer's return seems to tell, where the provider writes something there.
    fn return_hint(&self, _query: &[(String, String)]) -> Option<ReturnHint> {
        None
    }

    /// Finds a payment by our reference; `None` where a payment for this wish cannot be found so.
    fn lookup(&self, _wish: &Wish) -> Option<&dyn Lookup> {
        None
    }

    /// Tells which payment a notification means, where it names something else.
    fn resolves(&self) -> Option<&dyn Resolves> {
        None
    }

    /// Makes a page for one visit, where a fetch brings none.
    fn pages(&self) -> Option<&dyn Pages> {
        None
    }

    /// Lets a payment go on that waits for our word.
    fn confirms(&self) -> Option<&dyn Confirms> {
        None
    }

    /// Stops a payment.
    fn cancels(&self) -> Option<&dyn Cancels> {
        None
    }

    /// Takes money that is held.
    fn captures(&self) -> Option<&dyn Captures> {
        None
    }

    /// Gives money back.
    fn refunds(&self) -> Option<&dyn Refunds> {
        None
    }
}
