//! Opening the webview, in both forms of its address. `[doc]` PROVIDERS §4.4 and guide.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

use super::page_views::problem;
use super::tokens::VALIDATE;
use super::visit::Visit;
use super::world::{App, World};

type Parameters = HashMap<String, String>;

/// `GET /2.0/auth/webview/payment`, with a language before `payment` or without.
pub async fn open(Shared(app): Shared<Arc<App>>, Query(parameters): Query<Parameters>) -> Response {
    app.step(|world, now| visited(world.visit(&parameters, now)))
}

/// `GET /{lang}/payment`: the address of `webview.powens.com`, which needs `domain`.
pub async fn open_with_domain(
    Shared(app): Shared<Arc<App>>,
    Path(language): Path<String>,
    Query(parameters): Query<Parameters>,
) -> Response {
    app.step(|world, now| {
        let known = world.is_own_domain(parameters.get("domain").map(String::as_str));
        if !known || language.len() != 2 {
            return problem("This domain is not known.");
        }
        visited(world.visit(&parameters, now))
    })
}

fn visited(visit: Result<String, &str>) -> Response {
    match visit {
        Ok(name) => Redirect::to(&format!("/webview/{name}")).into_response(),
        Err(why) => problem(why),
    }
}

impl World {
    /// `{name}.biapi.pro` `[doc]`; the bare name and our own host are taken too `[inf]`.
    fn is_own_domain(&self, given: Option<&str>) -> bool {
        let name = &self.config.domain.name;
        let host = self.base_url.trim_start_matches("http://");
        given.is_some_and(|given| {
            given == name || given == host || given.strip_suffix(".biapi.pro") == Some(name)
        })
    }

    /// A visit for good parameters; the token may be used again and again.
    fn visit(&mut self, parameters: &Parameters, now: i64) -> Result<String, &'static str> {
        let given = |name: &str| parameters.get(name).map_or("", String::as_str);
        let code = given("code");
        let at = self.find(given("payment_id")).ok_or("This payment is not known.")?;
        let good = self
            .good_token(code, now)
            .is_some_and(|token| token.payment == Some(at) && has_validate(&token.scopes));
        let outcome = if good { "opened" } else { "refused" };
        self.note_opening(at, code, outcome, now);
        if !good {
            return Err("This payment link is not valid any more.");
        }
        if given("client_id") != self.config.domain.client_id {
            return Err("This client is not known.");
        }
        let redirect_uri = given("redirect_uri");
        if redirect_uri.is_empty() || !self.config.domain.is_registered(redirect_uri) {
            return Err("The return address is not registered.");
        }
        Ok(self.remember(Visit {
            payment: at,
            redirect_uri: redirect_uri.to_owned(),
            state: parameters.get("state").cloned(),
        }))
    }

    fn note_opening(&mut self, at: usize, code: &str, outcome: &'static str, now: i64) {
        let Some(payment) = self.payments.get_mut(at) else {
            return;
        };
        if let Some(token) = payment.tokens.iter_mut().find(|token| token.value == code) {
            token.opened.push((now, outcome.into()));
        }
        payment.note(now, "page", json!({"outcome": outcome}));
    }
}

fn has_validate(scopes: &[String]) -> bool {
    scopes.iter().any(|scope| scope == VALIDATE)
}
