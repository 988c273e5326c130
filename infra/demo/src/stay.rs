//! One booking: what the payer brought back, and what the payment service says.

use crate::alert::Alert;
use crate::api::ApiError;
use crate::book::Booking;
use crate::outcome::{Claim, check};
use crate::pages;
use crate::reference::Reference;
use crate::site::Site;
use crate::stay_page::StayPage;
use crate::wire::Session;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use http::StatusCode;
use std::sync::Arc;

/// The page a payer comes back to.
pub async fn show(
    State(site): State<Arc<Site>>,
    Path(reference): Path<String>,
    claim: Result<Query<Claim>, QueryRejection>,
) -> Response {
    let Some(reference) = Reference::parse(&reference) else {
        return unknown();
    };
    let claim = claim.map_or_else(|_| Claim::default(), |Query(claim)| claim);
    let carried = check(&claim, &site.signing_secret, (site.now)());
    match find(&site, &reference, None).await {
        Ok(Some(session)) => {
            let page = StayPage::new(&session).carrying(&claim, carried);
            pages::html(StatusCode::OK, &page)
        }
        Ok(None) => unknown(),
        Err(error) => unreadable(&error),
    }
}

/// The page of a booking whose second payment was refused, because it has one already.
pub async fn standing(site: &Site, reference: &Reference, session: Option<&str>) -> Response {
    match find(site, reference, session).await {
        Ok(Some(session)) => {
            let page = StayPage::new(&session).standing();
            pages::html(StatusCode::CONFLICT, &page)
        }
        Ok(None) => unknown(),
        Err(error) => unreadable(&error),
    }
}

/// The session of a booking: the one that is named, or that we remember, or that the service knows.
async fn find(site: &Site, reference: &Reference, named: Option<&str>) -> Result<Option<Session>, ApiError> {
    let remembered = site.book.session(reference);
    if let Some(id) = named.or(remembered.as_deref())
        && let Some(session) = site.api.session(id).await?
    {
        remember(site, reference, &session);
        return Ok(Some(session));
    }
    let Some(id) = site.api.session_of(reference).await? else {
        return Ok(None);
    };
    let session = site.api.session(&id).await?;
    if let Some(session) = &session {
        remember(site, reference, session);
    }
    Ok(session)
}

fn remember(site: &Site, reference: &Reference, session: &Session) {
    site.book.put(Booking {
        reference: reference.clone(),
        session: session.id.clone(),
        stay: session.description.clone(),
    });
}

fn unknown() -> Response {
    pages::not_found("We know no booking of that reference.")
}

fn unreadable(error: &ApiError) -> Response {
    let alert = Alert::of(error, None);
    pages::message(alert.status(), &alert.title, &alert.detail, None)
}
