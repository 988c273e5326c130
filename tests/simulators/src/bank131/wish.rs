//! What a partner asks for. `[doc]` PROVIDERS §5.2; fields that nobody documented are ignored `[inf]`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::errors::ApiError;
use super::method::Method;
use super::money::Money;

/// The body of a call, as far as any call reads it.
#[derive(Deserialize)]
pub struct Request {
    pub session_id: Option<String>,
    pub payment_details: Option<Value>,
    pub acquiring_widget: Option<WidgetWish>,
    #[serde(flatten)]
    pub wish: Wish,
}

/// What belongs to the session; `session/start/payment` may add to what `session/create` said.
#[derive(Clone, Default, Deserialize, Serialize)]
pub struct Wish {
    pub customer: Option<Customer>,
    pub amount_details: Option<Money>,
    pub payment_options: Option<PaymentOptions>,
    pub participant_details: Option<Value>,
    pub metadata: Option<Value>,
}

/// SDK `DTO/Customer.php`.
#[derive(Clone, Deserialize, Serialize)]
pub struct Customer {
    pub reference: String,
    #[serde(default)]
    pub contacts: Vec<Value>,
}

/// SDK `DTO/PaymentOptions.php`.
#[derive(Clone, Deserialize, Serialize)]
pub struct PaymentOptions {
    pub return_url: Option<String>,
}

/// `acquiring_widget`. SDK `DTO/Widget/AcquiringWidget.php`; the other keys are `[SG]`.
#[derive(Clone, Deserialize, Serialize)]
pub struct WidgetWish {
    pub session_id: String,
    pub success_return_url: Option<String>,
    pub failure_return_url: Option<String>,
    #[serde(default)]
    pub show_recurrent_checkbox: bool,
    /// `en` or `ru`.
    pub locale: Option<String>,
    /// Where redirects go, unless the page's own script says otherwise.
    pub redirect_target: Option<String>,
}

impl Request {
    /// Reads a body. SDK `NullRequest`: an empty request is `{}`.
    pub fn read(body: &[u8]) -> Result<Self, ApiError> {
        let request: Self =
            serde_json::from_slice(body).map_err(|error| ApiError::invalid(&error.to_string()))?;
        request.wish.check()?;
        Ok(request)
    }

    /// The session that the call is about.
    pub fn session_id(&self) -> Result<&str, ApiError> {
        self.session_id.as_deref().ok_or_else(|| ApiError::invalid("session_id: is missing"))
    }

    /// What to pay with.
    pub fn method(&self, project: &super::config::Project) -> Result<Method, ApiError> {
        let given = self.payment_details.as_ref();
        Method::read(given.ok_or_else(|| ApiError::invalid("payment_details: is missing"))?, project)
    }
}

impl Wish {
    fn check(&self) -> Result<(), ApiError> {
        if let Some(money) = &self.amount_details {
            money.check()?;
        }
        let return_url = self.payment_options.as_ref().and_then(|options| options.return_url.as_deref());
        check_url("payment_options.return_url", return_url)?;
        match &self.metadata {
            // [doc] PROVIDERS §5.2: a string, an integer or an object; SDK `validateScalarOrArray`: a list too.
            Some(Value::Bool(_)) => {
                Err(ApiError::invalid("metadata: must be a string, an integer or an object"))
            }
            _ => Ok(()),
        }
    }

    /// `[doc]` a payment needs an amount and a customer.
    pub fn check_payable(&self) -> Result<(), ApiError> {
        match (&self.amount_details, &self.customer) {
            (None, _) => Err(ApiError::invalid("amount_details: is missing")),
            (_, None) => Err(ApiError::invalid("customer: is missing")),
            _ => Ok(()),
        }
    }

    /// What `later` says comes on top.
    pub fn merge(&mut self, later: Self) {
        self.customer = later.customer.or(self.customer.take());
        self.amount_details = later.amount_details.or(self.amount_details.take());
        self.payment_options = later.payment_options.or(self.payment_options.take());
        self.participant_details = later.participant_details.or(self.participant_details.take());
        self.metadata = later.metadata.or(self.metadata.take());
    }

    /// Where a payer comes back to, without a widget.
    pub fn return_url(&self) -> Option<&str> {
        self.payment_options.as_ref()?.return_url.as_deref()
    }
}

impl WidgetWish {
    /// SDK `AcquiringWidget.php`: addresses must be addresses.
    pub fn check(&self) -> Result<(), ApiError> {
        check_url("success_return_url", self.success_return_url.as_deref())?;
        check_url("failure_return_url", self.failure_return_url.as_deref())
    }
}

fn check_url(name: &str, url: Option<&str>) -> Result<(), ApiError> {
    let good = |url: &str| {
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        host.is_some_and(|host| !host.is_empty()) && !url.contains(char::is_whitespace)
    };
    match url {
        Some(url) if !good(url) => Err(ApiError::invalid(&format!("{name}: must be an absolute address"))),
        _ => Ok(()),
    }
}
