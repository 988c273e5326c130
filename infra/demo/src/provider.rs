//! The ways to pay that the site offers. Another one is another entry, in a file of its own.

mod bank131;
mod frontgo;
mod govuk_pay;
mod mews;
mod powens;

use crate::field::{Choices, Field, Group, is_within, put};
use crate::form::Form;
use crate::rooms::Room;
use serde_json::{Map, Value};

/// A way to pay.
pub struct Provider {
    /// Its name in the API.
    pub id: &'static str,
    /// Its name for payers.
    pub title: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// What it can be paid in; where there are several, the form asks for the `currency`.
    pub currencies: &'static [&'static str],
    /// What the payer has to say for it.
    pub groups: &'static [Group],
    /// What we say for it ourselves: fields of the call, for a form and its room.
    pub fixed: fn(&Form, &Room) -> Value,
    /// What to enter on its page to try it out, and what comes of it.
    pub tries: Choices,
    /// A word on trying it out.
    pub note: &'static str,
}

/// All of them; the first one is chosen until the payer chooses another.
pub const PROVIDERS: [&Provider; 5] =
    [&govuk_pay::PROVIDER, &frontgo::PROVIDER, &powens::PROVIDER, &mews::PROVIDER, &bank131::PROVIDER];

/// The way to pay of that name.
pub fn provider(id: &str) -> Option<&'static Provider> {
    PROVIDERS.into_iter().find(|provider| provider.id == id)
}

impl Provider {
    /// Everything that can be asked for it.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.groups.iter().flat_map(|group| group.fields)
    }

    /// What it is paid in: what the payer chose, or else the first.
    pub fn currency(&self, form: &Form) -> &'static str {
        let known = |currency: &&&str| **currency == form.get("currency");
        let chosen = self.currencies.iter().find(known).or(self.currencies.first());
        chosen.copied().unwrap_or_default()
    }

    /// The part of our call that differs from provider to provider.
    pub fn wish(&self, form: &Form, room: &Room) -> Map<String, Value> {
        let mut wish = match (self.fixed)(form, room) {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        let groups = self.groups.iter().filter(|group| group.applies(form, self.fields()));
        for field in groups.flat_map(|group| group.fields).filter(|field| !field.is_apart) {
            if let Some(text) = field.said(form) {
                put(&mut wish, field.pointer, text);
            }
        }
        wish
    }

    /// The field that the payment service means: the closest that holds what it names, or else the first in that.
    pub fn field_at(&self, pointer: &str) -> Option<&'static Field> {
        let holding = self.fields().filter(|field| is_within(pointer, field.pointer));
        let closest = holding.max_by_key(|field| field.pointer.len());
        closest.or_else(|| self.fields().find(|field| is_within(field.pointer, pointer)))
    }
}
