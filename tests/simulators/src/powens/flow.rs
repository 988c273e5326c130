//! What the bank asks of the payer: the use cases of the test connector. `[doc]` PROVIDERS §4.7, the names; what each
//! does in detail is `[inf]` from its name.

use serde::{Deserialize, Serialize};

/// `use_case_pay`.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UseCase {
    Legacy,
    Redirect,
    Decoupled,
    DecoupledCancelled,
    DecoupledExpired,
    OtpSms,
    OtpPlusDecoupled,
    AccountChoice,
    RedirectNoConfirmation,
}

/// Names, in the order in which the payer sees them.
pub const USE_CASES: [(&str, UseCase); 9] = [
    ("redirect", UseCase::Redirect),
    ("decoupled", UseCase::Decoupled),
    ("decoupled_cancelled", UseCase::DecoupledCancelled),
    ("decoupled_expired", UseCase::DecoupledExpired),
    ("otp_sms", UseCase::OtpSms),
    ("otp_plus_decoupled", UseCase::OtpPlusDecoupled),
    ("account_choice", UseCase::AccountChoice),
    ("redirect_no_confirmation", UseCase::RedirectNoConfirmation),
    ("legacy", UseCase::Legacy),
];

/// Where the payer stands; each has its page.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Choosing a bank.
    Choose,
    /// Confirming in the webview.
    Sign,
    /// At the bank's own site.
    Bank,
    /// Confirming on another device.
    App,
    /// Typing a code.
    Code,
    /// Choosing an account.
    Account,
    /// The payer is done; the client or the bank has to speak.
    Waiting,
    /// Agreeing to a cancel that the client asked for.
    Cancellation,
    /// Nothing to do here any more.
    Over,
}

impl UseCase {
    /// The use case with this name.
    pub fn named(name: &str) -> Option<Self> {
        let found = USE_CASES.iter().find(|(known, _)| *known == name);
        found.map(|(_, case)| *case)
    }

    /// The first thing it asks.
    pub fn first_stage(self) -> Stage {
        match self {
            Self::Legacy => Stage::Sign,
            Self::Redirect | Self::RedirectNoConfirmation => Stage::Bank,
            Self::Decoupled | Self::DecoupledCancelled | Self::DecoupledExpired => Stage::App,
            Self::OtpSms | Self::OtpPlusDecoupled => Stage::Code,
            Self::AccountChoice => Stage::Account,
        }
    }
}

impl Stage {
    /// The `action` of the payment meanwhile. `[doc]` PROVIDERS §4.3, PaymentAction.
    pub fn action(self) -> Option<&'static str> {
        match self {
            Self::Sign => Some("psuValidation"),
            Self::Bank | Self::Cancellation => Some("redirect"),
            Self::App => Some("decoupled"),
            Self::Code | Self::Account => Some("additionalInformationNeeded"),
            Self::Choose | Self::Waiting | Self::Over => None,
        }
    }
}
