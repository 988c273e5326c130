//! What only some providers do, or do otherwise than most.

use super::calls::{Ability, Call, Verb};
use super::subject::Subject;

/// What a provider does otherwise than most. The default is what most do; it is held to that too.
pub(crate) struct Habits {
    /// Whether a create says the amount. If not, it is the same for every amount.
    pub sends_amount: Ability,
    /// Whether a payment names its amount before it is paid.
    pub names_amount_unpaid: Ability,
    /// A payment that carries nothing of ours, because it was there before us.
    pub ours_by_id: Ability<String>,
    /// How requests name the payment, where it is not by its id.
    pub named: Option<fn(Verb) -> &'static str>,
    /// How what a message names leads to the payment.
    pub resolves: Ability<Resolved>,
}

/// What is known of messages that name something else than the payment.
pub(crate) struct Resolved {
    /// What they name.
    pub named: &'static str,
    /// The call that leads from there to the payment.
    pub call: Call,
    /// Answers of that call that lead to none of ours.
    pub elsewhere: Vec<String>,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            sends_amount: Ability::Has(()),
            names_amount_unpaid: Ability::Has(()),
            ours_by_id: Ability::Lacks("every payment echoes something of ours"),
            named: None,
            resolves: Ability::Lacks("a message names the payment itself"),
        }
    }
}

impl Habits {
    /// What it declares to lack, and why.
    pub const fn lacks(&self) -> [(&'static str, Option<&'static str>); 4] {
        [
            ("the amount in a create", self.sends_amount.lack()),
            ("the amount in an unpaid payment", self.names_amount_unpaid.lack()),
            ("payments that carry nothing of ours", self.ours_by_id.lack()),
            ("messages that name something else", self.resolves.lack()),
        ]
    }
}

impl Subject {
    /// How a request of `verb` names the payment.
    pub fn named(&self, verb: Verb) -> &str {
        self.habits.named.map_or(self.payment, |named| named(verb))
    }

    /// How a message names the payment.
    pub fn told(&self) -> &'static str {
        self.habits.resolves.has().map_or(self.payment, |resolved| resolved.named)
    }
}
