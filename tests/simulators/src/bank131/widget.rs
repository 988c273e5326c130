//! The frame that the widget's script opens. `[SG]` PROVIDERS §5.4; the pages themselves are ours, in English only.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Form, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};

use super::cards::{TestCard, by_number};
use super::method::Method;
use super::payment::Interaction;
use super::session::{PublicToken, Session};
use super::widget_views::{Step, card_form, problem, step, waiting};
use super::words::{Stage, Way};
use super::world::{App, World};
use crate::clock::year_and_month;

type Fields = HashMap<String, String>;

/// `GET /widget/form?token=`: the form, or how far its payment has come.
pub async fn show(Shared(app): Shared<Arc<App>>, Query(fields): Query<Fields>) -> Response {
    app.step(|world, now| {
        world.end_late(now);
        world.frame(&fields, None, now)
    })
}

/// `POST /widget/form`: the card.
pub async fn pay(Shared(app): Shared<Arc<App>>, Form(fields): Form<Fields>) -> Response {
    app.step(|world, now| match read_card(&fields, now) {
        Err(mistake) => world.frame(&fields, Some(mistake), now),
        Ok(card) => {
            let token = given(&fields, "token");
            if let Some(at) = world.session_of(token) {
                world.pay_by_card(at, token, card, now);
            }
            Redirect::to(&format!("/widget/form?token={token}")).into_response()
        }
    })
}

/// SDK `BankCard.php`: the form of each field.
fn read_card(fields: &Fields, now: i64) -> Result<&'static TestCard, &'static str> {
    let digits = |name: &str| -> String { given(fields, name).chars().filter(|sign| *sign != ' ').collect() };
    let card = by_number(&digits("card-number"));
    let card = card.ok_or("Enter a card number that the simulator's first page lists")?;
    let month = digits("expiration-month").parse().unwrap_or(0);
    let year = digits("expiration-year").parse().unwrap_or(0);
    if !(1..=12).contains(&month) || year * 100 + month < year_and_month(now) {
        return Err("Enter an expiry that is not past");
    }
    let code = digits("security-code");
    if !(3..=4).contains(&code.len()) || !code.bytes().all(|sign| sign.is_ascii_digit()) {
        return Err("Enter the security code");
    }
    Ok(card)
}

fn given<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map_or("", String::as_str)
}

impl World {
    fn session_of(&self, token: &str) -> Option<usize> {
        let has = |session: &Session| session.tokens.iter().any(|one| one.value == token);
        self.sessions.iter().position(has)
    }

    /// Uses up a token and starts its payment. False when the token or the session is no longer good.
    pub fn pay_by_card(&mut self, at: usize, token: &str, card: &TestCard, now: i64) -> bool {
        let method = Method::of_card(card, &self.config.project);
        let Some(session) = self.sessions.get_mut(at).filter(|session| session.stage == Stage::Open) else {
            return false;
        };
        let good = |one: &&mut PublicToken| one.value == token && one.is_good(now);
        let Some(token) = session.tokens.iter_mut().find(good) else {
            return false;
        };
        token.used = true;
        session.widget = Some(token.widget.clone());
        self.begin(at, method, now);
        self.proceed(at, now);
        true
    }

    fn frame(&self, fields: &Fields, mistake: Option<&str>, now: i64) -> Response {
        let value = given(fields, "token");
        let session = self.session_of(value).and_then(|at| self.sessions.get(at));
        let token = session.and_then(|session| session.tokens.iter().find(|one| one.value == value));
        let (Some(session), Some(token)) = (session, token) else {
            return problem("This payment form is not known.");
        };
        if session.stage != Stage::Open && token.used {
            return self.progress(session, token);
        }
        // [SG] PROVIDERS §5.2: 24 hours, one operation.
        if session.stage != Stage::Open || !token.is_good(now) {
            return problem("This payment form is no longer valid.");
        }
        let amount = session.wish.amount_details.as_ref().map(super::money::Money::written);
        let masked = fields.contains_key("masked");
        card_form(value, (&amount.unwrap_or_default(), masked), mistake)
    }

    /// How far the payment of this token has come. A hold counts as a success for the payer `[inf]`.
    fn progress(&self, session: &Session, token: &PublicToken) -> Response {
        let target = token.widget.redirect_target.as_deref().unwrap_or("_top");
        let interaction = session.payment.as_ref().and_then(|payment| payment.interaction.as_ref());
        let code = session.error.as_ref().map(|error| error.code.as_str());
        let go = session.way_back();
        match (session.stage, interaction, code) {
            (Stage::Payer, Some(interaction), _) => {
                let url = self.secure_url(session, interaction);
                step("To your bank", &Step { go: Some(&url), fail: None, target })
            }
            (Stage::Working | Stage::Confirm, ..) => waiting(&format!("/widget/form?token={}", token.value)),
            (_, _, Some(fail)) => step("The payment failed", &Step { go, fail: Some(fail), target }),
            _ => step("Thank you", &Step { go, fail: None, target }),
        }
    }

    /// The widget opens addresses only; a form stands on a page of ours that sends it.
    fn secure_url(&self, session: &Session, interaction: &Interaction) -> String {
        let id = session.payment.as_ref().map_or("", |payment| &payment.id);
        let base = format!("{}/3ds/{id}", self.base_url);
        match interaction {
            Interaction::Redirect { way: Way::Post, secret } => format!("{base}/go?secret={secret}"),
            Interaction::Redirect { way: Way::Get, secret } => format!("{base}?creq={secret}"),
            Interaction::Inform { secret } => format!("{}/qr/{id}?code={secret}", self.base_url),
        }
    }
}
