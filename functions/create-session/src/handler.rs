//! JSON in, JSON out: the flow does the rest.

use crate::answers::SessionAnswers;
use crate::request;
use bellhop_domain::flows::{CreateResult, create_session};
use bellhop_domain::idempotency::{StoredAnswer, TOKEN_MARK};
use bellhop_domain::link::PayerToken;
use bellhop_runtime::app::App;
use bellhop_runtime::http::problem::{Code, Problem};
use bellhop_runtime::http::request::Call;
use bellhop_runtime::http::respond::{self, Reply};
use bellhop_runtime::http::session_json::Links;
use secrecy::ExposeSecret;
use std::sync::Arc;
use std::time::Duration;

/// How long a caller should wait for the first call with the same key.
const IN_FLIGHT_PAUSE: Duration = Duration::from_secs(2);

/// Opens a session.
pub async fn handle(app: Arc<App>, call: Call) -> Result<Reply, Problem> {
    let caller = app.caller(&call).await?;
    let order = request::read(&caller, &call)?;
    let desk = app.desk().await?;
    let links = Links { public_url: &app.config.public_url, token: Some(TOKEN_MARK) };
    let answers = SessionAnswers { links, request: call.id() };
    match create_session(&desk, &order, &answers, app.clock.now()).await? {
        CreateResult::Answered { answer, token, replayed } => Ok(reply(&answer, token.as_ref(), replayed)),
        CreateResult::Invalid(errors) => Err(Problem::new(Code::InvalidRequest).with_errors(errors)),
        CreateResult::InFlight => Err(Problem::new(Code::RequestInFlight).after(IN_FLIGHT_PAUSE)),
        CreateResult::KeyReused => Err(Problem::new(Code::IdempotencyKeyReused)),
        CreateResult::ReferenceTaken { session, paid } => {
            let code = if paid { Code::ReferencePaid } else { Code::ReferenceTaken };
            Err(Problem::new(code).leading_to("session", links.session(&session.to_string())))
        }
    }
}

/// The stored answer with the payer's token put back.
fn reply(answer: &StoredAnswer, token: Option<&PayerToken>, replayed: bool) -> Reply {
    let body = match token {
        Some(token) => answer.body.replace(TOKEN_MARK, token.secret().expose_secret()),
        None => answer.body.clone(),
    };
    let reply = respond::stored(answer, body);
    if replayed { respond::with(reply, "idempotency-replayed", "true") } else { reply }
}
