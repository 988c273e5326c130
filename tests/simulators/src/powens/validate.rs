//! The rules of `POST /2.0/payments`; the first that is broken is answered. `[doc]` PROVIDERS §4.2 and guide.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::amount::Amount;
use super::config::Domain;
use super::errors::ApiError;
use super::instruction::{self, Instruction};
use super::reader::{ANY, Reader};
use super::{identity, raw};

/// `[doc]` PROVIDERS §4.2.
const LONGEST_STATE: usize = 2000;

/// A create request that passed.
#[derive(Deserialize, Serialize)]
pub struct Wish {
    pub redirect_uri: String,
    pub state: Option<String>,
    /// At least one; more than one is a bulk payment.
    pub instructions: Vec<Instruction>,
}

impl Wish {
    /// The sum of all transfers.
    pub fn total(&self) -> Amount {
        let nothing = Amount::of_minor(0, 0);
        self.instructions.iter().fold(nothing, |sum, entry| sum.plus(entry.amount))
    }
}

/// A body that is JSON.
pub fn parse(body: &[u8]) -> Result<Value, ApiError> {
    serde_json::from_slice(body).map_err(|_| ApiError::invalid("body", "is not JSON"))
}

/// Reads and checks a body.
pub fn wish(body: &[u8], domain: &Domain, now: i64) -> Result<Wish, ApiError> {
    let value = parse(body)?;
    let fields = Reader::new(&value, "")?;
    let redirect_uri = fields.required("client_redirect_uri", ANY)?;
    domain.check_redirect(redirect_uri)?;
    let state = fields.text("client_state", LONGEST_STATE)?;
    identity::check(&fields.object("payer_identity")?)?;
    let text = std::str::from_utf8(body).unwrap_or_default();
    Ok(Wish {
        redirect_uri: redirect_uri.to_owned(),
        state: state.map(str::to_owned),
        instructions: instructions(&fields, text, now)?,
    })
}

fn instructions(fields: &Reader<'_>, body: &str, now: i64) -> Result<Vec<Instruction>, ApiError> {
    const NAME: &str = "instructions";
    let list = fields.required_value(NAME)?.as_array();
    let list = list.ok_or_else(|| fields.invalid(NAME, "must be a list"))?;
    if list.is_empty() {
        return Err(ApiError::missing(NAME));
    }
    // The amounts are read from the text: a parsed number may have lost what was written.
    let texts = raw::field(body, NAME).and_then(raw::items).unwrap_or_default();
    let read = |(number, entry): (usize, &Value)| {
        let entry = Reader::new(entry, &format!("{NAME}[{number}]"))?;
        let amount = texts.get(number).and_then(|text| raw::field(text, "amount"));
        instruction::read(&entry, amount, now)
    };
    list.iter().enumerate().map(read).collect()
}

/// `client_redirect_uri` and `client_state` of a cancel, both optional `[unk]`.
pub fn way_back(fields: &Reader<'_>, domain: &Domain) -> Result<(Option<String>, Option<String>), ApiError> {
    let uri = fields.text("client_redirect_uri", ANY)?;
    uri.map_or(Ok(()), |uri| domain.check_redirect(uri))?;
    let state = fields.text("client_state", LONGEST_STATE)?;
    Ok((uri.map(str::to_owned), state.map(str::to_owned)))
}
