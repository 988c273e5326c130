//! The body of `POST /v1/sessions`, for the document alone: [`crate::http::reader`] is what reads it.

use crate::http::session_json::AmountJson;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A booking site's wish to be paid once for one booking.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CreateSession)]
#[serde(deny_unknown_fields)]
pub struct CreateSessionJson {
    /// The provider; the merchant's default where it is left out.
    #[schema(example = "govuk_pay")]
    pub provider: Option<String>,
    /// What is to be paid.
    pub amount: AmountJson,
    /// The booking. It can have one live session.
    #[schema(min_length = 1, max_length = 255, example = "RES-12345")]
    pub reference: String,
    /// What the payer is told the payment is for.
    #[schema(min_length = 1, max_length = 255, example = "Two nights, double room")]
    pub description: String,
    /// Where the payer goes at the end: https (http only with a test key), an origin that is
    /// registered for the merchant, no userinfo, no fragment.
    #[schema(format = "uri", max_length = 2000, example = "https://booking.example/stay/RES-12345")]
    pub return_url: String,
    /// The payer's language, BCP 47.
    #[schema(pattern = "^[A-Za-z]{2}[A-Za-z0-9-]{0,33}$", default = "en")]
    pub locale: Option<String>,
    /// When the money is taken: `automatic` as soon as the payer has paid, `manual` held until captured.
    #[schema(pattern = "^(automatic|manual)$", default = "automatic")]
    pub capture: Option<String>,
    /// How many seconds the payer has.
    #[schema(minimum = 300, maximum = 86_400, default = 1800)]
    pub expires_in: Option<u64>,
    /// A live session of the same booking is stopped at its provider first; where that cannot be done, 409.
    #[schema(default = false)]
    pub supersede: Option<bool>,
    /// Who pays.
    pub payer: Option<PayerJson>,
    /// Your own notes, given back unread: 20 at most, names of 40 characters, texts of 500.
    pub metadata: Option<BTreeMap<String, String>>,
    /// What only one provider needs, under the provider's name.
    #[schema(value_type = Option<Object>)]
    pub options: Option<serde_json::Value>,
}

/// Who pays. All of it may be left out.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Payer)]
#[serde(deny_unknown_fields)]
pub struct PayerJson {
    /// Full name.
    #[schema(min_length = 1, max_length = 255)]
    pub name: Option<String>,
    /// E-mail address.
    #[schema(max_length = 254)]
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<PhoneJson>,
    /// Postal address.
    pub address: Option<PostalAddressJson>,
}

/// A telephone number.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Phone)]
#[serde(deny_unknown_fields)]
pub struct PhoneJson {
    /// The country's calling code with its plus.
    #[schema(pattern = r"^\+[0-9]{1,3}$", example = "+47")]
    pub country_code: String,
    /// The number within the country.
    #[schema(pattern = "^[0-9]{4,14}$")]
    pub number: String,
}

/// A postal address.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Address)]
#[serde(deny_unknown_fields)]
pub struct PostalAddressJson {
    /// Street and house.
    #[schema(min_length = 1, max_length = 255)]
    pub line1: Option<String>,
    /// Second line.
    #[schema(min_length = 1, max_length = 255)]
    pub line2: Option<String>,
    /// Postal code.
    #[schema(min_length = 1, max_length = 255)]
    pub postcode: Option<String>,
    /// City.
    #[schema(min_length = 1, max_length = 255)]
    pub city: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    #[schema(pattern = "^[A-Z]{2}$", example = "NO")]
    pub country: Option<String>,
}
