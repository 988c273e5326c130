//! What the lists of the Connector share: time intervals and cursor pagination.

use super::errors::ApiError;
use super::reader::Fields;
use crate::clock::from_rfc3339;
use crate::exact::Json;

/// `[doc]` CO/operations: intervals have a "max length 3 months". `[inf]` In days.
const LONGEST_MS: i64 = 93 * 86_400_000;
/// `[doc]` CO/guidelines/pagination.md: `Count` is 1 to 1000.
const MOST: usize = 1000;

/// `[doc]` CO/operations/_objects.md#time-interval.
#[derive(Clone, Copy)]
pub struct Interval {
    start: i64,
    end: i64,
}

impl Interval {
    /// An optional interval.
    pub fn read(fields: &Fields<'_>, name: &str) -> Result<Option<Self>, ApiError> {
        let Some(given) = fields.object(name)? else {
            return Ok(None);
        };
        Self::between(given.time("StartUtc")?, given.time("EndUtc")?)
            .map(Some)
            .ok_or_else(|| fields.invalid(name))
    }

    /// An interval; none when it is turned round or too long.
    pub fn between(start: i64, end: i64) -> Option<Self> {
        (start <= end && end - start <= LONGEST_MS).then_some(Self { start, end })
    }

    /// `[doc]` same place: start inclusive, end exclusive; equal ends mean that very moment. What is compared is what
    /// the API shows: whole seconds `[inf]`.
    pub fn has(self, at: i64) -> bool {
        let shown = super::answers::utc(at);
        let at = from_rfc3339(&shown).unwrap_or(at);
        if self.start == self.end { at == self.start } else { (self.start..self.end).contains(&at) }
    }
}

/// Whether an optional filter lets something through.
pub fn in_interval(filter: Option<Interval>, at: i64) -> bool {
    filter.is_none_or(|interval| interval.has(at))
}

/// Whether an optional list has this id.
pub fn is_listed(list: Option<&Vec<&str>>, id: &str) -> bool {
    list.is_none_or(|list| list.contains(&id))
}

/// `Limitation`: how many, and after which.
pub struct Limitation<'a> {
    count: usize,
    cursor: Option<&'a str>,
}

impl<'a> Limitation<'a> {
    /// `[doc]` CO/guidelines/pagination.md: required, and so is its `Count`.
    pub fn read(fields: &Fields<'a>) -> Result<Self, ApiError> {
        let given = fields.required_object("Limitation")?;
        let count = given.count("Count")?;
        if !(1..=MOST).contains(&count) {
            return Err(given.invalid("Count"));
        }
        Ok(Self { count, cursor: given.text("Cursor")? })
    }

    /// One page of what passed the filters, given oldest first, as id and JSON: the newest first, and `Cursor` the id
    /// of the last on the page, null when there is none.
    pub fn page(&self, found: Vec<(String, Json)>) -> Result<(Vec<Json>, Json), ApiError> {
        let newest_first = found.into_iter().rev();
        let rest: Vec<(String, Json)> = match self.cursor {
            None => newest_first.collect(),
            Some(cursor) => newest_first.skip_while(|(id, _)| id != cursor).skip(1).collect(),
        };
        let page: Vec<(String, Json)> = rest.into_iter().take(self.count).collect();
        let cursor = page.last().map_or(Json::Null, |(id, _)| Json::from(id));
        Ok((page.into_iter().map(|(_, shown)| shown).collect(), cursor))
    }
}
