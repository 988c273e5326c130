//! What the payer's own bank asks: 3-D Secure, reached by an address or by a form, and the app behind a QR code.
//! `[doc]` PROVIDERS §5.4; the pages themselves are ours.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Form, Path, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};

use super::payment::{Interaction, Payment};
use super::widget_views::{end, going_on, problem, question};
use super::words::Way;
use super::world::{App, World};

type Fields = HashMap<String, String>;
type Shape = fn(&Interaction) -> bool;

const BY_ADDRESS: Shape = |one| matches!(one, Interaction::Redirect { way: Way::Get, .. });
const BY_FORM: Shape = |one| matches!(one, Interaction::Redirect { way: Way::Post, .. });
const BY_CODE: Shape = |one| matches!(one, Interaction::Inform { .. });

/// `GET /3ds/{payment}?creq=`.
pub async fn open(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
    Query(query): Query<Fields>,
) -> Response {
    app.step(|world, _| world.ask_secure(&id, (BY_ADDRESS, query.get("creq"))))
}

/// `POST /3ds/{payment}` with PaReq and MD.
pub async fn open_by_form(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    if fields.get("MD") != Some(&id) {
        return unknown();
    }
    app.step(|world, _| world.ask_secure(&id, (BY_FORM, fields.get("PaReq"))))
}

/// `GET /3ds/{payment}/go?secret=`: the page that sends the form, for the widget.
pub async fn go(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
    Query(query): Query<Fields>,
) -> Response {
    app.step(|world, _| match world.asked(&id, BY_FORM, query.get("secret")) {
        Some((_, secret)) => going_on(&format!("/3ds/{id}?lang=en"), &[("PaReq", secret), ("MD", &id)]),
        None => unknown(),
    })
}

/// `GET /qr/{payment}?code=`: what the code leads to.
pub async fn scan(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
    Query(query): Query<Fields>,
) -> Response {
    app.step(|world, _| match world.asked(&id, BY_CODE, query.get("code")) {
        Some((payment, secret)) => question("Pay in your bank's app", payment, (&answer_at(&id), secret)),
        None => unknown(),
    })
}

/// `POST /3ds/{payment}/answer`.
pub async fn answer(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    let agrees = fields.get("answer").is_some_and(|answer| answer == "approve");
    app.step(|world, now| {
        world.end_late(now);
        let any: Shape = |_| true;
        if world.asked(&id, any, fields.get("secret")).is_none() {
            return unknown();
        }
        let at = world.find(&id).unwrap_or_default();
        world.payer_answers(at, agrees, now);
        let back = world.sessions.get(at).and_then(|session| session.way_back());
        back.map_or_else(end, |back| Redirect::to(back).into_response())
    })
}

fn answer_at(id: &str) -> String {
    format!("/3ds/{id}/answer")
}

fn unknown() -> Response {
    problem("There is nothing to confirm here.")
}

impl World {
    fn ask_secure(&self, id: &str, (shape, secret): (Shape, Option<&String>)) -> Response {
        match self.asked(id, shape, secret) {
            Some((payment, secret)) => {
                question("Confirm the payment at your bank", payment, (&answer_at(id), secret))
            }
            None => unknown(),
        }
    }

    /// The payment that asks for this, if the payer brought its secret.
    fn asked<'a>(
        &'a self,
        id: &str,
        shape: Shape,
        secret: Option<&String>,
    ) -> Option<(&'a Payment, &'a str)> {
        let payment = self.payment(self.find(id)?).filter(|payment| payment.id == id)?;
        let interaction = payment.interaction.as_ref().filter(|one| shape(one))?;
        (secret.map(String::as_str) == Some(interaction.secret())).then(|| (payment, interaction.secret()))
    }
}
