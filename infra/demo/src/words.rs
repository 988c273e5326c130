//! The API's words in sentences for payers.

/// How a state feels: it chooses the color, and the words say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Paid or held.
    Good,
    /// Not over yet.
    Waiting,
    /// Over without money.
    Over,
}

impl Tone {
    /// The name in the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Waiting => "waiting",
            Self::Over => "over",
        }
    }
}

/// A status for a payer.
#[derive(Debug, Clone, Copy)]
pub struct StatusWords {
    /// In a few words.
    pub headline: &'static str,
    /// What it means and what to do.
    pub advice: &'static str,
    /// How it feels.
    pub tone: Tone,
}

/// The statuses that this site knows.
const STATUSES: [(&str, StatusWords); 10] = [
    (
        "created",
        StatusWords {
            headline: "Your payment is being prepared",
            advice: "The payment provider has not answered yet. Refresh this page in a moment.",
            tone: Tone::Waiting,
        },
    ),
    (
        "pending",
        StatusWords {
            headline: "Waiting for your payment",
            advice: "The room is held for you until the time below.",
            tone: Tone::Waiting,
        },
    ),
    (
        "processing",
        StatusWords {
            headline: "Your payment is on its way",
            advice: "We are waiting for the provider's word. Please do not pay again.",
            tone: Tone::Waiting,
        },
    ),
    (
        "authorized",
        StatusWords {
            headline: "Your money is set aside",
            advice: "It is held for us and will be taken later. The room is yours.",
            tone: Tone::Good,
        },
    ),
    (
        "succeeded",
        StatusWords {
            headline: "Paid: the room is yours",
            advice: "We look forward to your stay.",
            tone: Tone::Good,
        },
    ),
    (
        "failed",
        StatusWords {
            headline: "The payment did not work",
            advice: "The booking is not paid. You can book again.",
            tone: Tone::Over,
        },
    ),
    (
        "canceled",
        StatusWords {
            headline: "The payment was canceled",
            advice: "The booking is not paid. You can book again.",
            tone: Tone::Over,
        },
    ),
    (
        "expiring",
        StatusWords {
            headline: "Time is up, and we are checking",
            advice: "We are asking the provider whether you paid. Please do not pay again.",
            tone: Tone::Waiting,
        },
    ),
    (
        "expired",
        StatusWords {
            headline: "Time ran out",
            advice: "Nobody paid in time, so the room is free again. You can book again.",
            tone: Tone::Over,
        },
    ),
    (
        "review",
        StatusWords {
            headline: "We are looking into your payment",
            advice: "Something does not add up, and a person is checking it. Please do not pay again.",
            tone: Tone::Waiting,
        },
    ),
];

/// A status of a later release, of a session that is over.
const OVER: StatusWords = StatusWords {
    headline: "The payment is over",
    advice: "Please ask us what became of it.",
    tone: Tone::Over,
};

/// A status of a later release, of a session that is not.
const UNDER_WAY: StatusWords = StatusWords {
    headline: "The payment is under way",
    advice: "Refresh this page in a moment. Please do not pay again.",
    tone: Tone::Waiting,
};

/// What to tell a payer about a session; `finished` speaks for a status this site does not know.
pub fn of_status(status: &str, finished: bool) -> StatusWords {
    let known = STATUSES.iter().find(|(word, _)| *word == status);
    let unknown = if finished { OVER } else { UNDER_WAY };
    known.map_or(unknown, |(_, words)| *words)
}

/// What an event tells, in a sentence.
pub fn of_event(kind: &str) -> &'static str {
    match kind {
        "session.created" => "We asked for the payment",
        "session.pending" => "The payment page is open",
        "session.processing" => "You paid; the money is on its way",
        "session.authorized" => "The money is set aside",
        "session.succeeded" => "The money arrived",
        "session.failed" => "The payment did not work",
        "session.canceled" => "The payment was canceled",
        "session.expiring" => "Time is up; the provider is being asked",
        "session.expired" => "Nobody paid in time",
        "session.paid_late" => "The money arrived after the end",
        "session.paid_twice" => "Paid twice; one payment goes back",
        "session.reversed" => "The money was taken back",
        "session.review" => "A person is checking",
        "attempt.failed" => "A try did not work",
        "attempt.started" => "You tried again",
        _ => "Something changed",
    }
}

/// What made the payment service look.
pub fn of_cause(cause: &str) -> &'static str {
    match cause {
        "create" => "our booking",
        "notification" => "a message from the provider",
        "return" => "your return",
        "retry" => "your next try",
        "schedule" => "a regular check",
        _ => "another reason",
    }
}

/// Why an attempt did not work.
pub fn of_failure(code: &str) -> &'static str {
    match code {
        "declined" => "the card was declined",
        "expired" => "nobody paid in time",
        "canceled_by_payer" => "you canceled it",
        "canceled_by_merchant" => "we canceled it",
        "provider_error" => "the provider had a fault",
        "refused" => "the provider did not accept it",
        "provider_unavailable" => "the provider could not be reached",
        "provider_unauthorized" => "the provider did not accept our credentials",
        "create_lost" => "it never reached the provider",
        _ => "the provider gave another reason",
    }
}

/// A field of our call that is the same for every provider, in the words of our form.
pub fn of_pointer(pointer: &str) -> (&'static str, Option<&'static str>) {
    match pointer {
        "/amount" | "/amount/value" | "/amount/currency" => ("The price", Some("room")),
        "/description" => ("The room", Some("room")),
        "/reference" => ("The booking reference", None),
        "/return_url" => ("The way back to this site", None),
        "/provider" => ("The way to pay", Some("provider")),
        _ => ("Another field", None),
    }
}
