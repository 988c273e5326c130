//! The bookings of this run with their present state, and the way to an older one.

use crate::pages::{self, BookingRow, BookingsPage};
use crate::reference::Reference;
use crate::site::Site;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use serde::Deserialize;
use std::sync::Arc;
use tokio::task::JoinSet;

/// Bookings on one page, each of which costs a call.
const MOST: usize = 20;

/// An older booking that is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Search {
    /// Its reference, as the payer typed it.
    #[serde(default)]
    reference: String,
}

/// The list, or the way to the booking that was looked for.
pub async fn show(State(site): State<Arc<Site>>, search: Result<Query<Search>, QueryRejection>) -> Response {
    let typed = search.map_or_else(|_| String::new(), |Query(search)| search.reference);
    if let Some(reference) = Reference::parse(&typed) {
        return Redirect::to(&format!("/stay/{reference}")).into_response();
    }
    let page = BookingsPage { rows: rows(&site).await, typed: typed.trim() };
    pages::html(StatusCode::OK, &page)
}

/// All asked about at once; the order is the book's.
async fn rows(site: &Arc<Site>) -> Vec<BookingRow> {
    let mut asked = JoinSet::new();
    for (place, booking) in site.book.newest(MOST).into_iter().enumerate() {
        let site = Arc::clone(site);
        asked.spawn(async move {
            let session = site.api.session(&booking.session).await;
            (place, BookingRow::new(booking, session.ok().flatten()))
        });
    }
    let mut rows: Vec<_> = asked.join_all().await;
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter().map(|(_, row)| row).collect()
}
