//! Addresses that a payer may be sent back to.

use super::config::Domain;
use super::errors::ApiError;

impl Domain {
    /// `[doc]` PROVIDERS §4.2: no query parameter, and registered with the client. A fragment is refused too `[inf]`.
    pub fn check_redirect(&self, uri: &str) -> Result<(), ApiError> {
        const NAME: &str = "client_redirect_uri";
        let (scheme, rest) = uri.split_once("://").unwrap_or_default();
        let host = rest.split('/').next().unwrap_or_default();
        if !matches!(scheme, "http" | "https") || host.is_empty() || uri.contains(char::is_whitespace) {
            return Err(ApiError::invalid(NAME, "must be an absolute address"));
        }
        if uri.contains(['?', '#']) {
            return Err(ApiError::invalid(NAME, "must contain no query parameter"));
        }
        if self.is_registered(uri) {
            Ok(())
        } else {
            Err(ApiError::invalid(NAME, "is not registered with the client"))
        }
    }

    /// Whether the address is registered with the client.
    pub fn is_registered(&self, uri: &str) -> bool {
        let fits = |entry: &String| match entry.strip_suffix('*') {
            Some(beginning) => uri.starts_with(beginning),
            None => entry == uri,
        };
        self.redirect_uris.is_empty() || self.redirect_uris.iter().any(fits)
    }
}
