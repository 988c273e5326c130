//! The filters of the list. `[doc]` PROVIDERS §4.2 and §4.1; there is none on `client_state`.

use std::collections::HashMap;

use super::dates;
use super::errors::ApiError;
use super::payment::Payment;

/// `[doc]` §4.1: the longest list.
const MOST: usize = 1000;
/// How long a list is that asks for no length `[unk]`.
const USUAL: usize = MOST;

/// Which date counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Registered,
    Validated,
}

/// A question to the list.
pub struct Filter<'a> {
    query: &'a HashMap<String, String>,
    by: By,
    order: By,
    from: Option<i64>,
    to: Option<i64>,
    limit: usize,
    offset: usize,
}

impl<'a> Filter<'a> {
    /// Reads and checks a query; unknown parameters are ignored.
    pub fn read(query: &'a HashMap<String, String>) -> Result<Self, ApiError> {
        let number = |name: &str, otherwise: usize| match query.get(name) {
            None => Ok(otherwise),
            Some(text) => text.parse().map_err(|_| ApiError::invalid(name, "must be a number")),
        };
        let limit = number("limit", USUAL)?;
        if limit > MOST {
            return Err(ApiError::invalid("limit", "must be at most 1000"));
        }
        Ok(Self {
            query,
            by: by(query, "filter")?,
            order: by(query, "order_by")?,
            from: moment(query, "min_date")?,
            to: moment(query, "max_date")?,
            limit,
            offset: number("offset", 0)?,
        })
    }

    /// The payments that fit, the newest first `[unk]`.
    pub fn among<'p>(&self, payments: &'p [Payment]) -> Vec<&'p Payment> {
        let mut found: Vec<&Payment> = payments.iter().filter(|payment| self.fits(payment)).collect();
        found.sort_by_key(|payment| (date(payment, self.order), payment.id));
        found.into_iter().rev().skip(self.offset).take(self.limit).collect()
    }

    fn fits(&self, payment: &Payment) -> bool {
        let is = |name: &str, value: Option<&str>| {
            let wanted = self.query.get(name);
            wanted.is_none_or(|wanted| value.is_some_and(|value| value.eq_ignore_ascii_case(wanted)))
        };
        let references = payment.wish.instructions.iter().map(|entry| entry.reference.as_str());
        is("state", Some(payment.state.word()))
            && is("error_code", payment.error_code.as_deref())
            && is("bank_payment_id", payment.bank_payment_id.as_deref())
            && references.into_iter().any(|reference| is("reference_id", Some(reference)))
            && self.is_in_window(payment)
    }

    fn is_in_window(&self, payment: &Payment) -> bool {
        let date = date(payment, self.by);
        let late_enough = self.from.is_none_or(|from| date.is_some_and(|date| date >= from));
        let early_enough = self.to.is_none_or(|to| date.is_some_and(|date| date <= to));
        late_enough && early_enough
    }
}

/// A payment's date, to the second as it is shown.
fn date(payment: &Payment, by: By) -> Option<i64> {
    let at = match by {
        By::Registered => Some(payment.created),
        By::Validated => payment.validated,
    };
    at.map(|at| at - at.rem_euclid(1000))
}

fn by(query: &HashMap<String, String>, name: &str) -> Result<By, ApiError> {
    match query.get(name).map(String::as_str) {
        None | Some("register_date") => Ok(By::Registered),
        Some("validate_date") => Ok(By::Validated),
        Some(_) => Err(ApiError::invalid(name, "must be register_date or validate_date")),
    }
}

fn moment(query: &HashMap<String, String>, name: &str) -> Result<Option<i64>, ApiError> {
    let read = |text: &String| dates::moment(text).ok_or_else(|| ApiError::invalid(name, "must be a date"));
    query.get(name).map(read).transpose()
}
