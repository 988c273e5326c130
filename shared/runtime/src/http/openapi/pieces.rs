//! What operations of the document are made from.

use crate::http::openapi::problems::text_header;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{ContentBuilder, Ref, Required, Response, ResponseBuilder};

/// An answer that names its request.
pub fn answer(description: &str) -> ResponseBuilder {
    ResponseBuilder::new().description(description).header("X-Request-Id", text_header("The request's id."))
}

/// An answer that is a session.
pub fn session(description: &str) -> ResponseBuilder {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Session")));
    answer(description).content("application/json", content.build())
}

/// An answer that is a page.
pub fn page(description: &str) -> Response {
    let text = ObjectBuilder::new().schema_type(Type::String);
    let content = ContentBuilder::new().schema(Some(text));
    answer(description).content("text/html", content.build()).build()
}

/// A JSON body that must be there.
pub fn body(schema: &str) -> RequestBody {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(schema)));
    RequestBodyBuilder::new()
        .content("application/json", content.build())
        .required(Some(Required::True))
        .build()
}

fn parameter(name: &str, place: ParameterIn, about: &str) -> ParameterBuilder {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .description(Some(about))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
}

/// A request header.
pub fn header(name: &str, required: Required, about: &str) -> Parameter {
    let parameter = parameter(name, ParameterIn::Header, about);
    parameter.required(required).build()
}

/// A query parameter.
pub fn query(name: &str, required: Required, about: &str) -> Parameter {
    let parameter = parameter(name, ParameterIn::Query, about);
    parameter.required(required).build()
}

/// A part of the path.
pub fn path(name: &str, about: &str) -> Parameter {
    let parameter = parameter(name, ParameterIn::Path, about);
    parameter.required(Required::True).build()
}
