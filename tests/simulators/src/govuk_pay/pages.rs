//! The payer's way: one-time address, card, confirmation, back to the service.
//!
//! `[code]` PROVIDERS §3.4, pay-frontend.

use std::sync::Arc;

use axum::extract::{Form, FromRequestParts, Path, State as Shared};
use axum::http::HeaderMap;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

use super::card::{details, outcome};
use super::card_form::{Fields, digits, field, mistakes, short_year};
use super::page_views::{Mistake, not_allowed, view};
use super::payment::Payment;
use super::state::State;
use super::world::{App, World};

/// `GET /secure/{token}`: works once; then only for the browser that holds the session.
pub async fn open(Shared(app): Shared<Arc<App>>, Path(token): Path<String>, headers: HeaderMap) -> Response {
    app.step(|world, now| world.visit(&token, &headers, now)).unwrap_or_else(not_allowed)
}

/// `POST /secure` with `chargeTokenId`: the same.
pub async fn open_posted(
    Shared(app): Shared<Arc<App>>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let token = fields.get("chargeTokenId").cloned().unwrap_or_default();
    open(Shared(app), Path(token), headers).await
}

/// `GET /card_details/{id}`: the page that fits the state.
pub async fn show(Shared(app): Shared<Arc<App>>, visitor: Visitor) -> Response {
    app.step(|world, _| world.page_of(&visitor, &[]))
}

/// `POST /card_details/{id}`: asks the gateway.
pub async fn enter_card(
    Shared(app): Shared<Arc<App>>,
    visitor: Visitor,
    Form(fields): Form<Fields>,
) -> Response {
    app.step(|world, now| {
        let payment = world.payments.get(visitor.at);
        if payment.is_none_or(|payment| payment.state != State::Started) {
            return back_to(&visitor.id);
        }
        let mistakes = mistakes(&fields, now);
        if !mistakes.is_empty() {
            return world.page_of(&visitor, &mistakes);
        }
        world.take_card(visitor.at, &fields, now);
        back_to(&visitor.id)
    })
}

/// `POST /card_details/{id}/confirm`: the payer's last word, then straight back with nothing added to the address.
pub async fn confirm(Shared(app): Shared<Arc<App>>, visitor: Visitor) -> Response {
    let return_url = app.step(|world, now| {
        world.confirm(visitor.at, now);
        let payment = world.payments.get(visitor.at)?;
        let paid = matches!(payment.state, State::Success | State::Capturable);
        payment.wish.return_url.clone().filter(|_| paid)
    });
    match return_url {
        Some(url) => Redirect::to(&url).into_response(),
        None => back_to(&visitor.id),
    }
}

/// `POST /card_details/{id}/cancel`: the payer gives up, `failed` P0030.
pub async fn cancel(Shared(app): Shared<Arc<App>>, visitor: Visitor) -> Response {
    app.step(|world, now| world.enter(visitor.at, State::CancelledByPayer, now));
    back_to(&visitor.id)
}

/// A browser that holds the session of the payment in the address; others get the "unauthorized" page.
pub struct Visitor {
    id: String,
    at: usize,
}

impl FromRequestParts<Arc<App>> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let path = Path::<String>::from_request_parts(parts, app).await;
        let Ok(Path(id)) = path else {
            return Err(not_allowed());
        };
        let at = app.step(|world, _| world.admitted(&id, &parts.headers));
        at.map(|at| Self { id, at }).ok_or_else(not_allowed)
    }
}

fn back_to(id: &str) -> Response {
    Redirect::to(&format!("/card_details/{id}")).into_response()
}

impl World {
    fn visit(&mut self, token: &str, headers: &HeaderMap, now: i64) -> Option<Response> {
        let at = self.by_token.get(token).copied()?;
        let holds_session = self.payments.get(at).is_some_and(|payment| has_session(payment, headers));
        let outcome = self.change(at, now, |payment| note_visit(payment, token, holds_session, now))??;
        if outcome == "refused" {
            return None;
        }
        // Opened for the first time, the payment is `started`; later visits find no such edge.
        if self.payments.get(at)?.state == State::Created {
            self.enter(at, State::Started, now);
        }
        let payment = self.payments.get(at)?;
        let cookie = format!("pay_{}={}; Path=/; HttpOnly; SameSite=Lax", payment.id, payment.session);
        let mut answer = back_to(&payment.id);
        answer.headers_mut().insert(SET_COOKIE, cookie.parse().ok()?);
        Some(answer)
    }

    /// The payment with this id, if the browser holds its session.
    fn admitted(&self, id: &str, headers: &HeaderMap) -> Option<usize> {
        self.find(id).filter(|at| self.payments.get(*at).is_some_and(|payment| has_session(payment, headers)))
    }

    fn page_of(&self, visitor: &Visitor, mistakes: &[Mistake]) -> Response {
        self.payments.get(visitor.at).map_or_else(not_allowed, |payment| view(payment, mistakes))
    }

    fn take_card(&mut self, at: usize, fields: &Fields, now: i64) {
        let number = digits(fields, "cardNo");
        self.change(at, now, |payment| {
            let expiry =
                format!("{:0>2}/{}", field(fields, "expiryMonth"), short_year(field(fields, "expiryYear")));
            let address = json!({
                "line1": field(fields, "addressLine1"),
                "line2": field(fields, "addressLine2"),
                "postcode": field(fields, "addressPostcode"),
                "city": field(fields, "addressCity"),
                "country": field(fields, "addressCountry"),
            });
            payment.card = Some(details(&number, field(fields, "cardholderName"), &expiry, address));
            if !field(fields, "email").is_empty() {
                payment.wish.email = Some(field(fields, "email").to_owned());
            }
        });
        self.authorize(at, outcome(&number), now);
    }
}

fn note_visit(payment: &mut Payment, token: &str, holds_session: bool, now: i64) -> Option<&'static str> {
    let found = payment.tokens.iter_mut().find(|known| known.value == token)?;
    let outcome = match (found.opened.is_empty(), holds_session) {
        (true, _) => "opened",
        (false, true) => "resumed",
        (false, false) => "refused",
    };
    found.opened.push((now, outcome.to_owned()));
    payment.note(now, "page", json!({"token": token, "outcome": outcome}));
    Some(outcome)
}

fn has_session(payment: &Payment, headers: &HeaderMap) -> bool {
    let wanted = format!("pay_{}={}", payment.id, payment.session);
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).any(|cookie| cookie.trim() == wanted)
}
