//! The codes of problems: the one table that `docs/errors.md` follows.

use http::StatusCode;

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $word:literal, $status:ident, $title:literal, $detail:literal;)+) => {
        /// What is wrong, in one word. `docs/errors.md` has a page for each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[$doc])* $code,)+ }

        impl Code {
            /// Every code, by status.
            pub const ALL: &'static [Self] = &[$(Self::$code,)+];

            /// The word.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$code => $word,)+ }
            }

            /// The HTTP status.
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$code => StatusCode::$status,)+ }
            }

            /// A short name, the same every time.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$code => $title,)+ }
            }

            /// What is said where nothing more exact is known.
            pub const fn detail(self) -> &'static str {
                match self { $(Self::$code => $detail,)+ }
            }
        }
    };
}

codes! {
    /// The body is not JSON, too deep, or names a key twice.
    MalformedJson = "malformed_json", BAD_REQUEST,
        "The body is not JSON", "The body cannot be read as JSON.";
    /// A query parameter is wrong.
    InvalidQuery = "invalid_query", BAD_REQUEST,
        "The query is wrong", "A query parameter is missing, unknown or wrong.";
    /// A POST without `Idempotency-Key`.
    IdempotencyKeyMissing = "idempotency_key_missing", BAD_REQUEST,
        "No idempotency key", "Every POST needs an Idempotency-Key header.";
    /// An `Idempotency-Key` that is none.
    IdempotencyKeyInvalid = "idempotency_key_invalid", BAD_REQUEST,
        "Not an idempotency key", "Idempotency-Key must be 1 to 255 visible ASCII characters.";
    /// A provider's message that was proven and cannot be read.
    UnreadableNotification = "unreadable_notification", BAD_REQUEST,
        "The message cannot be read", "The message was proven, but cannot be read.";
    /// No key.
    KeyMissing = "key_missing", UNAUTHORIZED,
        "No API key", "Send an API key: Authorization: Bearer bh_...";
    /// A key that is not good.
    KeyRefused = "key_refused", UNAUTHORIZED,
        "The API key is not good", "The API key is unknown or revoked.";
    /// A provider's message whose proof does not hold.
    ProofRefused = "proof_refused", UNAUTHORIZED,
        "The proof does not hold", "The message is not proven to come from the provider.";
    /// Nothing there, or nothing of the caller's.
    NotFound = "not_found", NOT_FOUND,
        "Not found", "There is nothing here.";
    /// The first request with this key is still at work.
    RequestInFlight = "request_in_flight", CONFLICT,
        "Still at work", "The first request with this idempotency key is still at work.";
    /// The booking has a live or paid session.
    ReferenceTaken = "reference_taken", CONFLICT,
        "The booking has a session", "The booking reference has a live session.";
    /// The booking is paid.
    ReferencePaid = "reference_paid", CONFLICT,
        "The booking is paid", "The booking reference has a paid session.";
    /// Over 256 kB.
    BodyTooLarge = "body_too_large", PAYLOAD_TOO_LARGE,
        "The body is too large", "A body may hold 262144 bytes.";
    /// Not `application/json`.
    UnsupportedMediaType = "unsupported_media_type", UNSUPPORTED_MEDIA_TYPE,
        "Not JSON", "Send the body as application/json.";
    /// Fields are wrong.
    InvalidRequest = "invalid_request", UNPROCESSABLE_ENTITY,
        "Fields are wrong", "Fields of the request are missing, unknown or wrong.";
    /// The key was used for another request.
    IdempotencyKeyReused = "idempotency_key_reused", UNPROCESSABLE_ENTITY,
        "The idempotency key was used", "This idempotency key was used for another request.";
    /// The provider would not.
    ProviderRefused = "provider_refused", UNPROCESSABLE_ENTITY,
        "The provider refused", "The provider would not take this payment.";
    /// The merchant's account at the provider is missing or wrong.
    AccountUnusable = "account_unusable", UNPROCESSABLE_ENTITY,
        "The account cannot be used", "The merchant's account at the provider cannot be used.";
    /// We are at fault.
    Internal = "internal", INTERNAL_SERVER_ERROR,
        "Something is wrong on our side", "Try again; if it stays, report the request id.";
    /// The provider would not take our credentials.
    ProviderUnauthorized = "provider_unauthorized", BAD_GATEWAY,
        "The provider knows us not", "The provider did not take the account's credentials.";
    /// The provider's answer cannot be read.
    ProviderUnreadable = "provider_unreadable", BAD_GATEWAY,
        "The provider's answer cannot be read", "The provider gave an answer that cannot be read.";
    /// The provider cannot be asked now.
    ProviderUnavailable = "provider_unavailable", SERVICE_UNAVAILABLE,
        "The provider is unavailable", "The provider cannot be asked now; nothing was done.";
    /// The provider was asked, and did not answer.
    ProviderSilent = "provider_silent", SERVICE_UNAVAILABLE,
        "The provider did not answer", "The provider did not answer; the outcome is not known yet.";
    /// Table, queue or secrets cannot be asked now.
    Unavailable = "unavailable", SERVICE_UNAVAILABLE,
        "We are unavailable", "Try again in a moment, with the same idempotency key.";
    /// Time ran out.
    Deadline = "deadline", GATEWAY_TIMEOUT,
        "Time ran out", "It took too long; try again with the same idempotency key.";
}
