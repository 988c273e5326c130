//! The operations of both APIs: their exact addresses, and what faults and the ledger call them.

use axum::http::Method;

/// Where the Distributor API answers. `[doc]` BE/guidelines/requests.md.
const DISTRIBUTOR: (&str, &[(&str, &str)]) =
    ("/api/distributor/v1/", &[("reservationGroups/create", "create"), ("reservationGroups/get", "get")]);

/// Where the Connector API answers. `[doc]` CO/guidelines/requests.md.
const CONNECTOR: (&str, &[(&str, &str)]) = (
    "/api/connector/v1/",
    &[
        ("paymentRequests/getAll", "payment_requests"),
        ("paymentRequests/cancel", "cancel"),
        ("payments/getAll", "payments"),
        ("payments/refund", "refund"),
        ("reservationGroups/getAll", "reservation_groups"),
        ("reservations/getAll", "reservations"),
        ("reservations/getAll/2023-06-06", "reservations_2023"),
        ("serviceOrderNotes/getAll", "notes"),
    ],
);

/// Whether an address is the Connector's.
pub fn is_connector(path: &str) -> bool {
    path.starts_with(CONNECTOR.0)
}

/// The operation at an address, which is case-sensitive and exact; none when there is none.
pub fn named(path: &str) -> Option<&'static str> {
    [DISTRIBUTOR, CONNECTOR].into_iter().find_map(|(base, list)| {
        let rest = path.strip_prefix(base)?;
        list.iter().find(|(known, _)| *known == rest).map(|(_, name)| *name)
    })
}

/// `[doc]` Both APIs accept POST alone.
pub fn called(method: &Method, path: &str) -> Option<&'static str> {
    named(path).filter(|_| *method == Method::POST)
}

/// All names.
pub fn names() -> Vec<&'static str> {
    [DISTRIBUTOR, CONNECTOR].into_iter().flat_map(|(_, list)| list).map(|(_, name)| *name).collect()
}
