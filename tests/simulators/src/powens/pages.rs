//! What the payer does on the pages. `[doc]` PROVIDERS §4.4 and §4.7; the pages themselves are ours.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Form, Path, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};

use super::callback::{Leaving, address};
use super::flow::{Stage, UseCase};
use super::future::{CANCELLED_BY_CLIENT, CANCELLED_BY_USER, DECOUPLED_EXPIRED, REFUSED_BY_BANK};
use super::lifecycle::{Cause, Change};
use super::page_views::{problem, view};
use super::state::State;
use super::visit::Visit;
use super::world::{App, World};

/// `[doc]` PROVIDERS §4.7: the code that the sandbox takes.
const CODE: &str = "1234";

type Fields = HashMap<String, String>;

/// What an act leads to.
enum Next {
    /// The page that fits the state now.
    Page,
    /// The same page with a mistake on it.
    Mistake(&'static str),
    /// Back to the client.
    Leave(Leaving),
}

/// `GET /webview/{visit}` and `GET /bank/{visit}`: the page that fits the state.
pub async fn show(Shared(app): Shared<Arc<App>>, Path(name): Path<String>) -> Response {
    app.step(|world, _| world.page(&name, None))
}

/// `POST` to the same addresses.
pub async fn act(
    Shared(app): Shared<Arc<App>>,
    Path(name): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    app.step(|world, now| {
        let Some(visit) = world.visits.get(&name).cloned() else {
            return unknown();
        };
        match world.answered(&name, &fields, now) {
            Next::Page => Redirect::to(&world.place(&name)).into_response(),
            Next::Mistake(why) => world.page(&name, Some(why)),
            Next::Leave(leaving) => world.leave(&visit, leaving),
        }
    })
}

fn unknown() -> Response {
    problem("This page is not known.")
}

impl World {
    fn page(&self, name: &str, mistake: Option<&str>) -> Response {
        let visit = self.visits.get(name);
        let payment = visit.and_then(|visit| self.payments.get(visit.payment));
        let (Some(visit), Some(payment)) = (visit, payment) else {
            return unknown();
        };
        let back = address(payment, visit, Leaving::Webview, &self.config.domain);
        view(payment, &self.config.domain.banks, (&back, mistake))
    }

    /// `[inf]` The bank has a site of its own.
    fn place(&self, name: &str) -> String {
        let site = match self.stage_of(name) {
            Some(Stage::Bank) => "bank",
            _ => "webview",
        };
        format!("/{site}/{name}")
    }

    fn leave(&self, visit: &Visit, leaving: Leaving) -> Response {
        let payment = self.payments.get(visit.payment);
        payment.map_or_else(unknown, |payment| {
            let back = address(payment, visit, leaving, &self.config.domain);
            Redirect::to(&back).into_response()
        })
    }

    fn stage_of(&self, name: &str) -> Option<Stage> {
        let visit = self.visits.get(name)?;
        Some(self.payments.get(visit.payment)?.stage)
    }

    fn answered(&mut self, name: &str, fields: &Fields, now: i64) -> Next {
        let Some(at) = self.visits.get(name).map(|visit| visit.payment) else {
            return Next::Page;
        };
        let given = |field: &str| fields.get(field).map_or("", |value| value.trim());
        let answer = given("answer");
        match (self.stage_of(name), answer) {
            (Some(Stage::Over | Stage::Waiting) | None, _) => Next::Page,
            (Some(Stage::Cancellation), _) => self.agree_to_cancel(at, answer, now),
            (Some(Stage::Bank), _) => self.speak_to_bank(at, answer, now),
            (_, "cancel") => self.cancel_in_webview(at, now),
            (Some(Stage::Choose), _) => self.choose(name, (given("connector"), given("use_case_pay")), now),
            (Some(Stage::Sign), _) => self.agreed(at, Leaving::Webview, now),
            (Some(Stage::App), _) => self.speak_through_app(at, answer, now),
            (Some(Stage::Code), _) => self.type_code(at, given("code"), now),
            (Some(Stage::Account), _) if given("account").is_empty() => Next::Mistake("Choose an account"),
            (Some(Stage::Account), _) => self.agreed(at, Leaving::Webview, now),
        }
    }

    fn choose(&mut self, name: &str, (bank, case): (&str, &str), now: i64) -> Next {
        let banks = &self.config.domain.banks;
        let bank = banks.iter().find(|known| known.uuid == bank).cloned();
        let (Some(bank), Some(case)) = (bank, UseCase::named(case)) else {
            return Next::Mistake("Choose a bank");
        };
        let at = self.visits.get(name).map(|visit| visit.payment);
        let Some(payment) = at.and_then(|at| self.payments.get_mut(at)) else {
            return Next::Page;
        };
        payment.bank = Some(bank);
        payment.use_case = Some(case);
        payment.stage = case.first_stage();
        payment.action = payment.stage.action().map(Cow::Borrowed);
        payment.validate_uri =
            (payment.stage == Stage::Bank).then(|| format!("{}/bank/{name}", self.base_url));
        let change = Change::to(State::Validating, Cause::Interactive);
        self.enter(at.unwrap_or_default(), change, now);
        Next::Page
    }

    fn agreed(&mut self, at: usize, leaving: Leaving, now: i64) -> Next {
        self.payer_agreed(at, now);
        Next::Leave(leaving)
    }

    fn refused(&mut self, at: usize, change: Change, leaving: Leaving, now: i64) -> Next {
        self.enter(at, change, now);
        Next::Leave(leaving)
    }

    fn speak_to_bank(&mut self, at: usize, answer: &str, now: i64) -> Next {
        const CAUSE: Cause = Cause::Interactive;
        let case = self.payments.get(at).and_then(|payment| payment.use_case);
        match answer {
            "approve" if case == Some(UseCase::RedirectNoConfirmation) => {
                self.initiate_silently(at, now);
                Next::Leave(Leaving::Bank)
            }
            "approve" => self.agreed(at, Leaving::Bank, now),
            "refuse" => {
                let change = Change::rejected(REFUSED_BY_BANK, CAUSE);
                let change = change.saying(Some("The bank refused this transfer"));
                self.refused(at, change, Leaving::Bank, now)
            }
            "cancel" => {
                let change = Change::rejected(CANCELLED_BY_USER, CAUSE);
                self.refused(at, change, Leaving::Bank, now)
            }
            _ => Next::Page,
        }
    }

    fn speak_through_app(&mut self, at: usize, answer: &str, now: i64) -> Next {
        let case = self.payments.get(at).and_then(|payment| payment.use_case);
        let code = match (case, answer) {
            (_, "refuse") | (Some(UseCase::DecoupledCancelled), _) => CANCELLED_BY_USER,
            (Some(UseCase::DecoupledExpired), _) => DECOUPLED_EXPIRED,
            _ => return self.agreed(at, Leaving::Webview, now),
        };
        let change = Change::rejected(code, Cause::Interactive);
        self.refused(at, change, Leaving::Webview, now)
    }

    fn type_code(&mut self, at: usize, code: &str, now: i64) -> Next {
        if code != CODE {
            return Next::Mistake("This code is wrong");
        }
        let Some(payment) = self.payments.get_mut(at) else {
            return Next::Page;
        };
        if payment.use_case != Some(UseCase::OtpPlusDecoupled) {
            return self.agreed(at, Leaving::Webview, now);
        }
        payment.stage = Stage::App;
        payment.action = Stage::App.action().map(Cow::Borrowed);
        Next::Page
    }

    /// `[doc]` guide: `error=cancelled`. Whether the payment changes while it is `created` is a setting.
    fn cancel_in_webview(&mut self, at: usize, now: i64) -> Next {
        let begun = self.payments.get(at).is_some_and(|payment| payment.state != State::Created);
        if begun || self.config.domain.webview_cancel_rejects {
            self.enter(at, Change::rejected(CANCELLED_BY_USER, Cause::Interactive), now);
        }
        Next::Leave(Leaving::Cancelled)
    }

    /// `[doc]` PROVIDERS §4.2: the payer's visit to `validate_uri` ends a payment that is `cancelling`.
    fn agree_to_cancel(&mut self, at: usize, answer: &str, now: i64) -> Next {
        if answer == "confirm" {
            let change = Change::rejected(CANCELLED_BY_CLIENT, Cause::Interactive);
            return self.refused(at, change, Leaving::Bank, now);
        }
        if let Some(payment) = self.payments.get_mut(at) {
            payment.stage = Stage::Waiting;
            payment.state_detail = None;
            payment.action = None;
            payment.validate_uri = None;
        }
        Next::Leave(Leaving::Bank)
    }
}
