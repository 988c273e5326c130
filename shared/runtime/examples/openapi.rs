//! Prints the OpenAPI document: `cargo run -p bellhop-runtime --example openapi --features openapi`.

use std::io::Write;

fn main() -> Result<(), bellhop_runtime::Error> {
    let text = bellhop_runtime::http::openapi::document_text()?;
    Ok(std::io::stdout().write_all(text.as_bytes())?)
}
