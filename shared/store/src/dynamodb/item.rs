//! What stands in the rows. Attributes are named here, in its folder, and in the expressions of single
//! writes.
//!
//! Names are short where a session has them, because a session under 1,024 bytes costs one write
//! unit. Every row has `v`, the number of its format. Unknown attributes are ignored, a missing
//! optional one is `None`, `false` or 0, so rows of other releases are read (I14).

pub(super) mod attempt;
pub(super) mod claim;
pub(super) mod directory;
pub(super) mod event;
mod payer;
pub(super) mod payment;
pub(super) mod session;
mod wish;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use bellhop_domain::Timestamp;
use bellhop_domain::store::StoreError;
use std::collections::HashMap;
use std::fmt::Display;
use std::str::FromStr;

/// A row, or a map within one.
pub(super) type Item = HashMap<String, AttributeValue>;

/// The number of the row's format.
pub(super) const FORMAT: &str = "v";
/// When DynamoDB may delete the row, in seconds since 1970.
pub(super) const TTL: &str = "ttl";
/// The session that a hold, a claim or a payment leads to.
pub(super) const SESSION: &str = "session";
/// The merchant of the session that a payment leads to.
pub(super) const MERCHANT: &str = "merchant";

const CURRENT_FORMAT: u64 = 1;

/// The format that this release writes.
pub(super) fn format() -> AttributeValue {
    number(CURRENT_FORMAT)
}

pub(super) fn text(value: impl Display) -> AttributeValue {
    AttributeValue::S(value.to_string())
}

pub(super) fn number(value: impl Display) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

pub(super) fn time(value: Timestamp) -> AttributeValue {
    number(value.as_millisecond())
}

pub(super) fn bytes(value: &[u8]) -> AttributeValue {
    AttributeValue::B(Blob::new(value))
}

/// A row that cannot be read; names the attribute, never its value (I11).
pub(super) fn corrupt(attribute: &str) -> StoreError {
    StoreError::Corrupt(format!("attribute {attribute}"))
}

/// A row of the current format at `key`.
pub(super) fn row(key: super::keys::Key) -> Writer {
    let mut writer = Writer(key.attributes());
    writer.put(FORMAT, format());
    writer
}

/// Writes attributes. What is absent, `false`, zero or empty is left out.
#[derive(Default)]
pub(super) struct Writer(pub(super) Item);

impl Writer {
    pub(super) fn put(&mut self, name: &str, value: AttributeValue) -> &mut Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    pub(super) fn text(&mut self, name: &str, value: impl Display) -> &mut Self {
        self.put(name, text(value))
    }

    pub(super) fn number(&mut self, name: &str, value: u64) -> &mut Self {
        self.put(name, number(value))
    }

    pub(super) fn time(&mut self, name: &str, value: Timestamp) -> &mut Self {
        self.put(name, time(value))
    }

    pub(super) fn bytes(&mut self, name: &str, value: &[u8]) -> &mut Self {
        self.put(name, bytes(value))
    }

    pub(super) fn optional(&mut self, name: &str, value: Option<AttributeValue>) -> &mut Self {
        value.into_iter().for_each(|value| {
            self.put(name, value);
        });
        self
    }

    pub(super) fn flag(&mut self, name: &str, value: bool) -> &mut Self {
        self.optional(name, value.then_some(AttributeValue::Bool(true)))
    }

    pub(super) fn count(&mut self, name: &str, value: u64) -> &mut Self {
        self.optional(name, (value > 0).then(|| number(value)))
    }
}

/// Reads attributes. Every error names the attribute, with the path to it.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    item: &'a Item,
    path: &'static str,
}

impl<'a> Reader<'a> {
    /// Reads a row.
    pub(super) const fn new(item: &'a Item) -> Self {
        Self { item, path: "" }
    }

    /// Says where a map stands within its row, for errors.
    const fn within(item: &'a Item, path: &'static str) -> Self {
        Self { item, path }
    }

    pub(super) fn corrupt(&self, name: &str) -> StoreError {
        corrupt(&format!("{}{name}", self.path))
    }

    fn maybe<T>(
        &self,
        name: &str,
        read: impl FnOnce(&'a AttributeValue) -> Option<T>,
    ) -> Result<Option<T>, StoreError> {
        let Some(value) = self.item.get(name) else {
            return Ok(None);
        };
        read(value).map(Some).ok_or_else(|| self.corrupt(name))
    }

    fn must<T>(&self, name: &str, value: Option<T>) -> Result<T, StoreError> {
        value.ok_or_else(|| self.corrupt(name))
    }

    /// A text that `parse` understands: a word, an id, a checked text.
    pub(super) fn parsed<T>(
        &self,
        name: &str,
        parse: impl FnOnce(&'a str) -> Option<T>,
    ) -> Result<T, StoreError> {
        let value = self.maybe_parsed(name, parse)?;
        self.must(name, value)
    }

    pub(super) fn maybe_parsed<T>(
        &self,
        name: &str,
        parse: impl FnOnce(&'a str) -> Option<T>,
    ) -> Result<Option<T>, StoreError> {
        self.maybe(name, |value| parse(value.as_s().ok()?))
    }

    pub(super) fn text(&self, name: &str) -> Result<String, StoreError> {
        self.parsed(name, |text| Some(text.to_owned()))
    }

    pub(super) fn maybe_text(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.maybe_parsed(name, |text| Some(text.to_owned()))
    }

    pub(super) fn number<T: FromStr>(&self, name: &str) -> Result<T, StoreError> {
        let value = self.maybe(name, |value| value.as_n().ok()?.parse().ok())?;
        self.must(name, value)
    }

    pub(super) fn count<T: FromStr + Default>(&self, name: &str) -> Result<T, StoreError> {
        let value = self.maybe(name, |value| value.as_n().ok()?.parse().ok())?;
        Ok(value.unwrap_or_default())
    }

    pub(super) fn time(&self, name: &str) -> Result<Timestamp, StoreError> {
        let value = self.maybe_time(name)?;
        self.must(name, value)
    }

    pub(super) fn maybe_time(&self, name: &str) -> Result<Option<Timestamp>, StoreError> {
        self.maybe(name, |value| Timestamp::from_millisecond(value.as_n().ok()?.parse().ok()?).ok())
    }

    pub(super) fn bytes<const N: usize>(&self, name: &str) -> Result<[u8; N], StoreError> {
        let value = self.maybe(name, |value| value.as_b().ok()?.as_ref().try_into().ok())?;
        self.must(name, value)
    }

    pub(super) fn flag(&self, name: &str) -> Result<bool, StoreError> {
        let value = self.maybe(name, |value| value.as_bool().ok().copied())?;
        Ok(value.unwrap_or_default())
    }

    pub(super) fn map(&self, name: &str, path: &'static str) -> Result<Option<Self>, StoreError> {
        let value = self.maybe(name, |value| value.as_m().ok())?;
        Ok(value.map(|item| Self::within(item, path)))
    }

    /// The maps of a list; none when it is missing.
    pub(super) fn maps(&self, name: &str, path: &'static str) -> Result<Vec<Self>, StoreError> {
        let list = self.maybe(name, |value| value.as_l().ok())?;
        let maps = list.into_iter().flatten().map(|value| {
            let map = value.as_m().map_err(|_| self.corrupt(name))?;
            Ok(Self::within(map, path))
        });
        maps.collect()
    }

    /// The texts of a list; none when it is missing.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<&'a str>, StoreError> {
        let list = self.maybe(name, |value| value.as_l().ok())?;
        let texts = list.into_iter().flatten().map(|value| value.as_s().map(String::as_str));
        texts.collect::<Result<_, _>>().map_err(|_| self.corrupt(name))
    }
}

#[cfg(test)]
mod tests;
