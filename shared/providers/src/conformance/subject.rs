//! What a provider says of itself to the suite.

use super::calls::{Ability, Call, Facts, Wrong};
use super::habits::Habits;
use super::message::Notify;
use bellhop_domain::attempt::{Failure, Moved};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::{ProviderName, Refund, RefundOrder};
use bellhop_domain::status::AttemptStatus;
use bellhop_domain::wish::Wish;
use serde_json::Value;
use std::time::Duration;

/// Where a complaint points, and what is done to a good wish to earn it.
pub(crate) type Fault = (&'static str, fn(&mut Wish));

/// What is known of a create call.
pub(crate) struct Create {
    pub call: fn(&Facts) -> Call,
    /// Whether our session's id is sent.
    pub sends_session: Ability,
    /// Whether our attempt's id is sent.
    pub sends_attempt: Ability,
    /// Whether our landing is sent.
    pub sends_landing: Ability,
    /// Whether the answer names the amount; if so, another is no success.
    pub tells_amount: Ability,
    /// Likewise the booking's reference.
    pub tells_reference: Ability,
    /// Likewise our attempt.
    pub tells_attempt: Ability,
    /// Whether one page serves every visit.
    pub keeps_page: Ability,
    /// JSON pointers to what the answer must hold.
    pub required: &'static [&'static str],
}

/// What is known of a fetch.
pub(crate) struct Fetch {
    /// Of a payment that names its amount.
    pub call: fn(&Facts) -> Call,
    /// Every documented status.
    pub statuses: Vec<Status>,
    /// Those in which it names neither amount nor reference yet.
    pub unnamed: Ability<Vec<Status>>,
    /// Whether a payment that was begun shows a page, besides those that are made for visits.
    pub begun: Ability,
    /// The body with this for its status word.
    pub with_word: fn(&str) -> String,
    /// Another currency that an answer can name.
    pub tells_currency: Ability<Currency>,
    /// Whether it echoes the booking's reference.
    pub echoes_reference: Ability,
    /// Whether it echoes our attempt.
    pub echoes_attempt: Ability,
    /// JSON pointers to what the answer must hold.
    pub required: &'static [&'static str],
    /// Bodies that are nearly right.
    pub near_misses: Vec<String>,
}

/// One documented status.
pub(crate) struct Status {
    pub name: &'static str,
    pub body: String,
    pub reading: AttemptStatus,
    pub moved: Moved,
    pub failure: Option<Failure>,
    /// Nothing can change any more.
    pub settled: bool,
}

/// What is known of a capture.
pub(crate) struct Captured {
    pub call: Call,
    /// A part that can be captured, and how the request writes it.
    pub part: Ability<(Money, &'static str)>,
}

/// What is known of refunds.
pub(crate) struct Refunded {
    pub call: Call,
    pub order: RefundOrder,
    pub made: Refund,
    pub list: Call,
    pub listed: Vec<Refund>,
}

/// A provider that is put to the test.
pub(crate) struct Subject {
    pub name: ProviderName,
    /// The settings of an account whose API stands at this base.
    pub settings: fn(&str) -> Value,
    /// The secret: a JSON object with every part, a webhook secret and the one before it.
    pub secret: Value,
    /// Parts of the secret that may be left out.
    pub optional: &'static [&'static str],
    /// What nothing printed may hold: keys, secrets, tokens.
    pub hidden: Vec<String>,
    /// The id of the payment of all answers.
    pub payment: &'static str,
    /// A wish that passes, in the words of all answers.
    pub wish: Wish,
    /// A currency that it does not take.
    pub foreign: Currency,
    /// For each exponent the least amount, one major unit and the most, and how a create writes it.
    pub amounts: Vec<(Money, &'static str)>,
    /// What spoils the wish, and where the complaint points.
    pub faults: Vec<Fault>,
    pub create: Create,
    pub fetch: Fetch,
    pub notify: Ability<Notify>,
    /// A search that shows these payments.
    pub lookup: Ability<fn(&[Facts]) -> Call>,
    /// Whether a lost create moved nothing and is shown to nobody: then the search finds nothing, unasked.
    pub harmless: Ability,
    pub confirms: Ability<Call>,
    pub cancels: Ability<Call>,
    pub captures: Ability<Captured>,
    pub refunds: Ability<Refunded>,
    /// Every kind of refusal, for every verb.
    pub wrongs: Vec<Wrong>,
    /// The answer to too many requests, and how long to wait when it does not say.
    pub too_many: (String, Option<Duration>),
    /// Whether there is something that only a look finds.
    pub never_pushes: Ability,
    /// JSON pointers to objects whose names are data, such as currencies.
    pub keyed: &'static [&'static str],
    /// What it does otherwise than most.
    pub habits: Habits,
}

impl Subject {
    /// Whether a lost create is looked for.
    pub const fn looks_up(&self) -> bool {
        self.lookup.has().is_some() || self.harmless.has().is_some()
    }

    /// What it declares to lack, and why.
    pub fn lacks(&self) -> Vec<(&'static str, &'static str)> {
        let part = self.captures.has().and_then(|one| one.part.lack());
        let all = [
            ("notifications", self.notify.lack()),
            ("lookup", self.lookup.lack()),
            ("a create that may be lost without harm", self.harmless.lack()),
            ("confirms", self.confirms.lack()),
            ("cancels", self.cancels.lack()),
            ("captures", self.captures.lack()),
            ("captures of a part", part),
            ("refunds", self.refunds.lack()),
            ("news that only a look finds", self.never_pushes.lack()),
        ];
        let told = self.create.lacks().into_iter().chain(self.fetch.lacks());
        let told = told.chain(self.notify.has().into_iter().flat_map(Notify::lacks));
        let told = told.chain(self.habits.lacks());
        let said = |(what, why): (_, Option<_>)| Some((what, why?));
        all.into_iter().chain(told).filter_map(said).collect()
    }
}

impl Create {
    const fn lacks(&self) -> [(&'static str, Option<&'static str>); 7] {
        [
            ("our session in a create", self.sends_session.lack()),
            ("our attempt in a create", self.sends_attempt.lack()),
            ("our landing in a create", self.sends_landing.lack()),
            ("the amount in a create's answer", self.tells_amount.lack()),
            ("the reference in a create's answer", self.tells_reference.lack()),
            ("the attempt in a create's answer", self.tells_attempt.lack()),
            ("a page for every visit", self.keeps_page.lack()),
        ]
    }
}

impl Fetch {
    const fn lacks(&self) -> [(&'static str, Option<&'static str>); 5] {
        [
            ("payments without an amount", self.unnamed.lack()),
            ("a page of what was begun", self.begun.lack()),
            ("a currency in a payment", self.tells_currency.lack()),
            ("the reference in a payment", self.echoes_reference.lack()),
            ("the attempt in a payment", self.echoes_attempt.lack()),
        ]
    }
}
