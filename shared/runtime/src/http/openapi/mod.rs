//! The OpenAPI 3.1 document, made from the code. `openapi.json` at the root is its committed copy.

mod create_json;
mod pieces;
mod problems;
mod routes;

pub use create_json::{CreateSessionJson, PayerJson, PhoneJson, PostalAddressJson};

use crate::http::session_json::SessionListJson;
use problems::ProblemJson;
use utoipa::ToSchema;
use utoipa::openapi::schema::Schema;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{
    Components, ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, RefOr,
};

/// What callers' keys are called in the document.
const BEARER: &str = "api_key";

/// The document.
pub fn document() -> OpenApi {
    let license = LicenseBuilder::new().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0"));
    let info = InfoBuilder::new()
        .title("Bellhop")
        .version("1")
        .description(Some(ABOUT))
        .license(Some(license.build()));
    OpenApiBuilder::new().info(info).paths(routes::paths()).components(Some(components())).build()
}

/// The document as it is committed: pretty, with a newline at the end.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn document_text() -> Result<String, serde_json::Error> {
    document().to_pretty_json().map(|text| text + "\n")
}

const ABOUT: &str = "Takes a payer from a booking site to a payment provider and back, and makes sure \
that the booking site learns the truth about the money. Changes are additive: ignore fields you do \
not know, and rely on `finished` where you do not know a `status`.";

fn components() -> Components {
    let bearer = Http::builder()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("bh_test_... or bh_live_...")
        .description(Some("A merchant's key. A revoked key is dead within 60 seconds."));
    let schemas =
        [with_parts::<CreateSessionJson>(), with_parts::<SessionListJson>(), with_parts::<ProblemJson>()];
    ComponentsBuilder::new()
        .schemas_from_iter(schemas.concat())
        .security_scheme(BEARER, SecurityScheme::Http(bearer.build()))
        .build()
}

/// A schema with every schema that it refers to.
fn with_parts<T: ToSchema>() -> Vec<(String, RefOr<Schema>)> {
    let mut schemas = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut schemas);
    schemas
}
