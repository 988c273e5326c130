//! Amounts: whole minor units and a currency.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::errors::ApiError;

/// `[doc]` PROVIDERS §5.2: lower case.
const CURRENCIES: [&str; 3] = ["rub", "usd", "eur"];

/// `{"amount", "currency"}`, in minor units.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Money {
    pub amount: i64,
    pub currency: String,
}

impl Money {
    /// SDK `DTO/Amount.php`: greater than 0; `[doc]` an integer and a currency in lower case.
    pub fn check(&self) -> Result<(), ApiError> {
        if self.amount <= 0 {
            return Err(ApiError::invalid("amount_details.amount: must be greater than 0"));
        }
        if !CURRENCIES.contains(&self.currency.as_str()) {
            return Err(ApiError::invalid("amount_details.currency: must be rub, usd or eur"));
        }
        Ok(())
    }

    /// This many minor units of the same currency.
    pub fn with(&self, amount: i64) -> Self {
        Self { amount, currency: self.currency.clone() }
    }

    /// As it stands inside `amounts`: `[doc]` PROVIDERS §5.8, the currency in upper case.
    pub fn loud(&self, amount: i64) -> Value {
        json!({"amount": amount, "currency": self.currency.to_uppercase()})
    }

    /// For a reader, as `100.00 RUB`.
    pub fn written(&self) -> String {
        format!("{}.{:02} {}", self.amount / 100, self.amount % 100, self.currency.to_uppercase())
    }
}
