//! Signatures of known messages, computed apart from this code with Python's `hmac`, `hashlib` and `base64`.

use super::message::{path_of, sign};

/// Secret, path, date, body, signature; the first is the documented example. `[doc]` PROVIDERS §4.5.
const KNOWN: [[&str; 5]; 2] = [
    [
        "a-hook-secret",
        "/v1/webhook-listener",
        "2022-06-27T11:08:52.577831Z",
        r#"{"id": 1, "state": "done"}"#,
        "SPNg1PiUTfxDJxBiWR0uc06OHWkHNOSGKZVDII1jjVA=",
    ],
    [
        "clé secrète",
        "/",
        "2026-11-20T10:00:00.000000Z",
        r#"{"label":"Hôtel €"}"#,
        "TOsoH8XnPJDijN45+l1vhlry1umBdkTFhi9bwODPDmo=",
    ],
];

#[test]
fn known_messages_have_known_signatures() {
    for [secret, path, date, body, signature] in KNOWN {
        assert_eq!(sign(secret, path, date, body), signature, "{body}");
    }
}

#[test]
fn the_signed_path_has_no_host_and_no_query() {
    for (url, path) in [
        ("https://booking.example/v1/webhook-listener", "/v1/webhook-listener"),
        ("http://127.0.0.1:4000/stage/hook?a=/b", "/stage/hook"),
        ("https://booking.example", "/"),
    ] {
        assert_eq!(path_of(url), path);
    }
}
