//! One payment at a provider, made for a session.

use crate::Timestamp;
use crate::ids::AttemptId;
use crate::money::Money;
use crate::provider::ProviderPaymentId;
use crate::schedule::MAX_LOOKS;
use crate::status::AttemptStatus;
use crate::words::words;
use url::Url;

words!(
    /// Why an attempt ended without money.
    FailureCode {
        /// The card or bank said no.
        Declined = "declined",
        /// Nobody paid in time.
        Expired = "expired",
        /// The payer stopped it.
        CanceledByPayer = "canceled_by_payer",
        /// We or the merchant stopped it.
        CanceledByMerchant = "canceled_by_merchant",
        /// The provider broke; the money may still move.
        ProviderError = "provider_error",
        /// The provider would not open the payment.
        Refused = "refused",
        /// The provider could not be asked; nothing was opened.
        ProviderUnavailable = "provider_unavailable",
        /// The provider would not take our credentials; nothing was opened.
        ProviderUnauthorized = "provider_unauthorized",
        /// The answer to the create was lost, and the provider knows of no payment.
        CreateLost = "create_lost",
        /// What was asked for is done, and nothing is to be paid for it.
        NothingToPay = "nothing_to_pay",
    }
);

/// Why an attempt ended, and whether another may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure {
    /// The reason.
    pub code: FailureCode,
    /// Another attempt cannot charge twice.
    pub retry: bool,
}

/// Money that moved, in minor units of the session's currency; never guessed from a status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// Held for the merchant and not yet captured.
    pub authorized: u64,
    /// Taken for the merchant.
    pub captured: u64,
    /// Given back.
    pub refunded: u64,
}

/// One payment at a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its id, written into whatever the provider echoes.
    pub id: AttemptId,
    /// Where it stands.
    pub status: AttemptStatus,
    /// The provider's id, once its answer is known.
    pub payment: Option<ProviderPaymentId>,
    /// The provider's page, where one page serves every visit.
    pub page: Option<Url>,
    /// Why it ended without money.
    pub failure: Option<Failure>,
    /// What moved.
    pub moved: Moved,
    /// What the payer's account was charged, where that is another currency.
    pub charged_as: Option<Money>,
    /// The money does not move before this moment, as the payer or the booking site chose.
    pub not_before: Option<Timestamp>,
    /// It is over for the payer, and the provider may still charge for it on its own.
    pub watched: bool,
    /// How often the provider was asked.
    pub looks: u32,
    /// When the provider was last asked.
    pub looked_at: Option<Timestamp>,
    /// When to ask again.
    pub look_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its status last changed.
    pub changed_at: Timestamp,
}

impl Attempt {
    /// The intent: written before the provider is called.
    pub const fn intent(id: AttemptId, now: Timestamp) -> Self {
        Self {
            id,
            status: AttemptStatus::Created,
            payment: None,
            page: None,
            failure: None,
            moved: Moved { authorized: 0, captured: 0, refunded: 0 },
            charged_as: None,
            not_before: None,
            watched: false,
            looks: 0,
            looked_at: None,
            look_at: None,
            created_at: now,
            changed_at: now,
        }
    }

    /// Takes a new status at `now`.
    pub(crate) const fn move_to(&mut self, to: AttemptStatus, now: Timestamp) {
        self.status = to;
        self.changed_at = now;
    }

    /// Whether the provider can and may be asked about it: there is something to ask for, and looks
    /// are left (I9).
    pub fn is_worth_a_look(&self) -> bool {
        let known = self.payment.is_some() || self.status.is_unanswered();
        known && self.looks < MAX_LOOKS
    }

    /// Whether what was asked for was done without a payment.
    pub fn had_nothing_to_pay(&self) -> bool {
        self.failure.is_some_and(|failure| failure.code == FailureCode::NothingToPay)
    }

    /// Whether another attempt may follow this one.
    pub fn allows_retry(&self) -> bool {
        self.status.is_failed() && self.failure.is_some_and(|failure| failure.retry)
    }
}
