//! What a payment is made with. SDK `DTO/PaymentDetails.php` and `DTO/PaymentMethod/*`.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::cards::{Outcome, TestCard, by_number, by_token};
use super::config::Project;
use super::errors::ApiError;
use super::words::Way;

/// A card as it is kept, which is without its number, or a code to be scanned.
#[derive(Clone, Deserialize, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Method {
    Card { brand: String, last4: String, bin: String, card_id: String, way: Option<Way>, outcome: Outcome },
    FasterPaymentSystem,
}

impl Method {
    /// A test card; the project can want 3-D Secure for all.
    pub fn of_card(card: &TestCard, project: &Project) -> Self {
        let digits = |range: std::ops::Range<usize>| card.number.get(range).unwrap_or_default().to_owned();
        Self::Card {
            brand: card.brand.to_owned(),
            last4: digits(card.number.len() - 4..card.number.len()),
            bin: digits(0..6),
            card_id: card.token.to_owned(),
            way: project.three_d_secure.or(card.way),
            outcome: card.outcome,
        }
    }

    /// `payment_details` of a request.
    pub fn read(given: &Value, project: &Project) -> Result<Self, ApiError> {
        let card = match text(given, "/type") {
            "faster_payment_system" => return Ok(Self::FasterPaymentSystem),
            "card" => card(given, project)?,
            // SDK RecurrentPaymentMethod.php.
            "recurrent" => token(text(given, "/recurrent/token"))?,
            _ => return Err(ApiError::invalid("payment_details.type: not supported by this simulator")),
        };
        Ok(Self::of_card(card, project))
    }

    /// In an answer. `[doc]` `/en/reference/webhooks`, the documented example.
    pub fn shown(&self) -> Value {
        match self {
            Self::Card { brand, last4, bin, card_id, .. } => json!({
                "type": "card",
                "card": {"brand": brand, "last4": last4, "bin": bin, "card_id": card_id},
            }),
            Self::FasterPaymentSystem => json!({"type": "faster_payment_system"}),
        }
    }
}

/// SDK CardPaymentMethod.php: a card has a type and an object of that name.
fn card(given: &Value, project: &Project) -> Result<&'static TestCard, ApiError> {
    if !text(given, "/card/card_id").is_empty() {
        return match project.card_id_pays {
            true => token(text(given, "/card/card_id")),
            // [doc] payment-intro, "Card identifier".
            false => {
                Err(ApiError::invalid("card.card_id: a card identifier can not be used for making payments"))
            }
        };
    }
    match text(given, "/card/type") {
        "tokenized_card" => token(text(given, "/card/tokenized_card/token")),
        "encrypted_card" => token(text(given, "/card/encrypted_card/number_hash")),
        "bank_card" => {
            let card = by_number(text(given, "/card/bank_card/number"));
            card.ok_or_else(|| ApiError::invalid("bank_card.number: not a card of this simulator"))
        }
        _ => Err(ApiError::invalid("card.type: must be bank_card, tokenized_card or encrypted_card")),
    }
}

fn token(token: &str) -> Result<&'static TestCard, ApiError> {
    by_token(token).ok_or_else(|| ApiError::invalid("payment_details: this card is not stored here"))
}

fn text<'a>(given: &'a Value, place: &str) -> &'a str {
    given.pointer(place).and_then(Value::as_str).unwrap_or_default()
}
