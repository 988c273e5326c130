//! Reads sessions. No provider is called: what is stored is what is told.

use bellhop_domain::Timestamp;
use bellhop_domain::ids::{SessionId, SessionKey};
use bellhop_domain::link::PayerToken;
use bellhop_domain::session::Session;
use bellhop_domain::status::SessionStatus;
use bellhop_domain::store::SessionFilter;
use bellhop_domain::text::Reference;
use bellhop_domain::wish::FieldError;
use bellhop_runtime::StatusCode;
use bellhop_runtime::app::App;
use bellhop_runtime::auth::Caller;
use bellhop_runtime::http::problem::{Code, Problem};
use bellhop_runtime::http::request::Call;
use bellhop_runtime::http::respond::{self, Reply};
use bellhop_runtime::http::session_json::{Links, SessionJson, SessionListJson};
use secrecy::ExposeSecret;
use std::sync::Arc;

/// Events that one answer may hold: more than any session can have.
const MAX_EVENTS: usize = 100;

/// Reads one session or the list.
pub async fn handle(app: Arc<App>, call: Call) -> Result<Reply, Problem> {
    let caller = app.caller(&call).await?;
    match call.path_parameter("id") {
        Some(id) => one(&app, &caller, &call, id).await,
        None => list(&app, &caller, &call).await,
    }
}

async fn one(app: &App, caller: &Caller, call: &Call, id: &str) -> Result<Reply, Problem> {
    let expand = expand(call)?;
    let session = SessionId::parse(id).map_err(|_| Problem::new(Code::NotFound))?;
    let key = SessionKey { merchant: caller.merchant.id, session };
    let session = app.store.session(key).await?;
    let session = session.filter(|s| s.mode == caller.mode).ok_or_else(|| Problem::new(Code::NotFound))?;
    let mut json = render(app, &session).await?;
    if expand.attempts {
        json = json.with_attempts(&session);
    }
    if expand.events {
        json = json.with_events(&app.store.events(key, 0, MAX_EVENTS).await?.items);
    }
    Ok(respond::json(StatusCode::OK, &json))
}

async fn list(app: &App, caller: &Caller, call: &Call) -> Result<Reply, Problem> {
    let filter = filter(caller, call)?;
    let page = app.store.sessions(caller.merchant.id, &filter).await?;
    let mut data = Vec::new();
    for session in &page.items {
        data.push(render(app, session).await?);
    }
    let cursor = page.next.map(|next| next.to_string());
    Ok(respond::json(StatusCode::OK, &SessionListJson { has_more: cursor.is_some(), data, cursor }))
}

async fn render(app: &App, session: &Session) -> Result<SessionJson, Problem> {
    let keys = app.service.get().await?;
    let token = PayerToken::reissue(session.key, &session.link, &keys);
    let token = token.as_ref().map(|token| token.secret().expose_secret());
    Ok(SessionJson::new(session, Links { public_url: &app.config.public_url, token }))
}

/// What `expand` asks for.
#[derive(Default)]
struct Expand {
    attempts: bool,
    events: bool,
}

fn expand(call: &Call) -> Result<Expand, Problem> {
    let mut expand = Expand::default();
    only(call, &["expand"])?;
    for word in query(call, "expand")?.unwrap_or_default().split(',').filter(|word| !word.is_empty()) {
        match word {
            "attempts" => expand.attempts = true,
            "events" => expand.events = true,
            _ => return Err(wrong("expand", "knows attempts and events")),
        }
    }
    Ok(expand)
}

fn filter(caller: &Caller, call: &Call) -> Result<SessionFilter, Problem> {
    only(call, &["reference", "status", "created_after", "limit", "cursor"])?;
    let reference = query(call, "reference")?.ok_or_else(|| wrong("reference", "is required"))?;
    Ok(SessionFilter {
        mode: caller.mode,
        reference: Reference::parse(&reference).map_err(|why| wrong("reference", why.0))?,
        status: read(call, "status", "is not a session status", SessionStatus::parse)?,
        created_after: read(call, "created_after", "is not an RFC 3339 time", |text| {
            text.parse::<Timestamp>().ok()
        })?,
        after: read(call, "cursor", "is not a cursor of this list", |text| SessionId::parse(text).ok())?,
        limit: read(call, "limit", "must be 1 to 100", |text| {
            text.parse().ok().filter(|limit| (1..=100).contains(limit))
        })?
        .unwrap_or(25),
    })
}

fn read<T>(
    call: &Call,
    name: &str,
    why: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Problem> {
    let Some(text) = query(call, name)? else {
        return Ok(None);
    };
    parse(&text).map(Some).ok_or_else(|| wrong(name, why))
}

/// The only value of a parameter.
fn query(call: &Call, name: &str) -> Result<Option<String>, Problem> {
    let mut values = call.query().into_iter().filter(|(n, _)| n == name);
    let value = values.next().map(|(_, value)| value);
    if values.next().is_some() { Err(wrong(name, "is given twice")) } else { Ok(value) }
}

/// Refuses parameters that nobody reads: a misspelt filter must not look like an empty one.
fn only(call: &Call, known: &[&str]) -> Result<(), Problem> {
    let unknown = call.query().into_iter().find(|(name, _)| !known.contains(&name.as_str()));
    unknown.map_or(Ok(()), |(name, _)| Err(wrong(&name, "is not a parameter of this call")))
}

fn wrong(name: &str, why: &str) -> Problem {
    Problem::new(Code::InvalidQuery).with_errors(vec![FieldError::new(format!("?{name}"), why)])
}
