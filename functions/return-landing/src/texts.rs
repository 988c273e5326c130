//! Every text that a payer reads on our pages, in one catalog.

/// A page's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Say {
    /// Heading and title.
    pub title: &'static str,
    /// What it means for the payer.
    pub lead: &'static str,
    /// Its color: `good`, `bad` or `wait`.
    pub mark: &'static str,
    /// Its sign, beside the words that say the same.
    pub sign: &'static str,
}

/// One language.
#[derive(Debug)]
pub struct Texts {
    /// BCP 47 tag.
    pub lang: &'static str,
    /// Label.
    pub amount: &'static str,
    /// Label.
    pub purpose: &'static str,
    /// Label.
    pub reference: &'static str,
    /// Button.
    pub try_again: &'static str,
    /// Button.
    pub to_payment: &'static str,
    /// Button.
    pub check_again: &'static str,
    /// Link; the site's host follows.
    pub back_to: &'static str,
    /// Label; the request's id follows.
    pub request: &'static str,
    /// The money is the merchant's.
    pub paid: Say,
    /// The money is held.
    pub held: Say,
    /// Failed for good.
    pub failed: Say,
    /// Failed, and may be tried again.
    pub failed_retry: Say,
    /// Stopped unpaid.
    pub canceled: Say,
    /// Over unpaid.
    pub expired: Say,
    /// Over for the payer, and the provider may still charge.
    pub watched: Say,
    /// Booked, and nothing to pay.
    pub nothing_to_pay: Say,
    /// Nobody knows yet.
    pub checking: Say,
    /// The payer can pay, and may have paid.
    pub unfinished: Say,
    /// Likewise, and it seems that the payer stopped.
    pub seems_stopped: Say,
    /// Likewise, and it seems that it did not work.
    pub seems_failed: Say,
    /// The provider has not opened the payment yet.
    pub preparing: Say,
    /// On the way to the next attempt.
    pub opening: Say,
    /// The link leads nowhere.
    pub no_link: Say,
    /// We failed.
    pub trouble: Say,
}

/// English.
pub static ENGLISH: Texts = Texts {
    lang: "en",
    amount: "Amount",
    purpose: "For",
    reference: "Reference",
    try_again: "Try again",
    to_payment: "Continue to payment",
    check_again: "Check again",
    back_to: "Return to",
    request: "If you ask us about this, give this number:",
    paid: Say {
        title: "Payment received",
        lead: "Your payment went through. There is nothing more to do.",
        mark: "good",
        sign: "✓",
    },
    held: Say {
        title: "Payment confirmed",
        lead: "Your bank is holding the amount. It is taken when your booking is confirmed.",
        mark: "good",
        sign: "✓",
    },
    failed: Say {
        title: "Payment failed",
        lead: "The payment did not go through, and you were not charged.",
        mark: "bad",
        sign: "✕",
    },
    failed_retry: Say {
        title: "Payment failed",
        lead: "The payment did not go through, and you were not charged. You can try again, in another way if you like.",
        mark: "bad",
        sign: "✕",
    },
    canceled: Say {
        title: "Payment canceled",
        lead: "The payment was canceled, and you were not charged.",
        mark: "bad",
        sign: "✕",
    },
    expired: Say {
        title: "Time ran out",
        lead: "The payment was not made in time, and no money has reached the booking site.",
        mark: "bad",
        sign: "✕",
    },
    watched: Say {
        title: "Time ran out",
        lead: "The payment was not finished here, but the amount may still be taken from you for this booking. Please do not pay another way before you have asked the booking site.",
        mark: "wait",
        sign: "…",
    },
    nothing_to_pay: Say {
        title: "Nothing to pay now",
        lead: "Your booking is made, and nothing is to be paid for it here.",
        mark: "good",
        sign: "✓",
    },
    checking: Say {
        title: "We are still checking",
        lead: "We do not know yet whether your payment went through. Please do not pay again: we keep checking, and the booking site hears the result even if you close this page.",
        mark: "wait",
        sign: "…",
    },
    unfinished: Say {
        title: "We have not seen your payment yet",
        lead: "If you have paid, please do not pay again: we are still checking, and the booking site hears the result even if you close this page. If you have not paid, you can continue.",
        mark: "wait",
        sign: "…",
    },
    seems_stopped: Say {
        title: "It seems that you stopped the payment",
        lead: "You can continue whenever you like. If you have paid all the same, please do not pay again: we are still checking, and the booking site hears the result even if you close this page.",
        mark: "wait",
        sign: "…",
    },
    seems_failed: Say {
        title: "It seems that the payment did not work",
        lead: "If you have paid all the same, please do not pay again: we are still checking, and the booking site hears the result even if you close this page. If you have not paid, you can continue.",
        mark: "wait",
        sign: "…",
    },
    preparing: Say {
        title: "Your payment is being prepared",
        lead: "The payment page is not ready yet. Please do not pay another way meanwhile: this page looks again by itself.",
        mark: "wait",
        sign: "…",
    },
    opening: Say {
        title: "Opening the payment page",
        lead: "You are being taken to the payment page.",
        mark: "wait",
        sign: "→",
    },
    no_link: Say {
        title: "This link leads nowhere",
        lead: "It may be incomplete or too old. Please go back to the booking site.",
        mark: "bad",
        sign: "?",
    },
    trouble: Say {
        title: "Something went wrong on our side",
        lead: "If you have paid, please do not pay again: the booking site hears the result all the same. This page can be loaded again in a moment.",
        mark: "wait",
        sign: "!",
    },
};

/// The texts for a payer's language; English where there is none.
pub fn of(_locale: &str) -> &'static Texts {
    &ENGLISH
}
