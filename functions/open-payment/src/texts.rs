//! Every text that a payer reads on these pages, in one catalog.

/// A page's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Say {
    /// Heading and title.
    pub title: &'static str,
    /// What the payer is to do.
    pub lead: &'static str,
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
    pub go_on: &'static str,
    /// Button.
    pub open_app: &'static str,
    /// Link.
    pub have_paid: &'static str,
    /// What the code is, for those who do not see it.
    pub code: &'static str,
    /// In the form's place where it did not come.
    pub form_trouble: &'static str,
    /// In the form's place where there is no script.
    pub needs_script: &'static str,
    /// The provider's form.
    pub widget: Say,
    /// On the way to the payer's bank.
    pub post: Say,
    /// A code to scan.
    pub scan: Say,
}

/// English.
pub static ENGLISH: Texts = Texts {
    lang: "en",
    amount: "Amount",
    purpose: "For",
    reference: "Reference",
    go_on: "Continue to your bank",
    open_app: "Open your banking app",
    have_paid: "I have paid: show me the result",
    code: "Payment code to scan with your banking app",
    form_trouble: "The card form could not be shown, and nothing was charged. Please load this page again in a moment.",
    needs_script: "The card form needs JavaScript, which is turned off in this browser. Nothing was charged. Please turn it on for this page, or open the link in another browser.",
    widget: Say {
        title: "Pay by card",
        lead: "Your card details go straight to the bank that takes the payment. They do not pass through this site.",
    },
    post: Say {
        title: "Your bank wants to check that it is you",
        lead: "You are being taken to your bank. If nothing happens, please continue yourself.",
    },
    scan: Say {
        title: "Pay with your banking app",
        lead: "Scan the code with your phone, or open your banking app if you are on your phone already.",
    },
};

/// The texts for a payer's language; English where there is none.
pub fn of(_locale: &str) -> &'static Texts {
    &ENGLISH
}
