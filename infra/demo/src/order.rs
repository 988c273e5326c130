//! A booking as the payer wants it, and the call that it becomes.

use crate::form::Form;
use crate::provider::{PROVIDERS, Provider, provider};
use crate::reference::Reference;
use crate::rooms::{Room, room};
use crate::wire::{Amount, NewSession};

/// What the form holds, once it is known to make sense.
pub struct Order<'a> {
    /// What the booking is called.
    pub reference: Reference,
    /// What is booked.
    pub room: &'static Room,
    /// How it is paid.
    pub provider: &'static Provider,
    /// All that the payer said.
    pub form: &'a Form,
}

impl<'a> Order<'a> {
    /// What only a form that is not ours gets wrong is refused here; the rest is for the API to say.
    pub fn read(form: &'a Form) -> Option<Self> {
        let provider = match form.get("provider") {
            "" => PROVIDERS[0],
            named => provider(named)?,
        };
        let reference = Reference::parse(form.get("booking"))?;
        Some(Self { reference, room: room(form.get("room"))?, provider, form })
    }

    /// The call; `None` when the room is not sold for the currency.
    pub fn wish(&self, public_url: &str) -> Option<NewSession<'_>> {
        let currency = self.provider.currency(self.form);
        Some(NewSession {
            provider: self.provider.id,
            amount: Amount { value: self.room.price(currency)?, currency: currency.to_owned() },
            reference: self.reference.as_str(),
            description: self.room.stay,
            return_url: format!("{public_url}/stay/{}", self.reference),
            metadata: [("room", self.room.id)].into(),
            rest: self.provider.wish(self.form, self.room),
        })
    }
}
