//! `bellhop session`: payment sessions, as the API shows them but for the payer's link.

use crate::backend::Backend;
use crate::failure::Failure;
use crate::print::{Report, laid_out};
use crate::problems::Problems;
use bellhop_domain::account::Mode;
use bellhop_domain::ids::{MerchantId, SessionId, SessionKey};
use bellhop_domain::session::Session;
use bellhop_domain::status::SessionStatus;
use bellhop_domain::store::SessionFilter;
use bellhop_domain::text::Reference;
use bellhop_runtime::http::history_json::EventJson;
use bellhop_runtime::http::session_json::{Links, SessionJson, rfc3339};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use url::Url;

/// Events of a session that are shown: more than any can have.
const MOST_EVENTS: usize = 500;

/// What can be done with sessions.
#[derive(Debug, Subcommand)]
pub enum SessionCommand {
    /// Shows a session and its attempts
    #[command(after_help = SHOW_EXAMPLES)]
    Show(ShowArgs),
    /// Lists a merchant's sessions of one booking, the oldest first
    #[command(after_help = LIST_EXAMPLES)]
    List(ListArgs),
}

const SHOW_EXAMPLES: &str = "Examples:
  bellhop session show mer_... ses_...
  bellhop session show mer_... ses_... --events --json

The payer's link is never shown: whoever has it can act as the payer. Exit codes are listed by bellhop --help.";

const LIST_EXAMPLES: &str = "Examples:
  bellhop session list mer_... --reference RES-12345
  bellhop session list mer_... --reference RES-12345 --mode test --status succeeded --limit 10

A session may be missing here for moments after it was made. Exit codes are listed by bellhop --help.";

/// `session show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The merchant's id
    merchant: String,
    /// The session's id
    session: String,
    /// Shows its history, too
    #[arg(long)]
    events: bool,
}

/// `session list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// The merchant's id
    merchant: String,
    /// The booking reference
    #[arg(long)]
    reference: String,
    /// Whose sessions: live or test
    #[arg(long, default_value = "live")]
    mode: String,
    /// Only sessions in this status
    #[arg(long)]
    status: Option<String>,
    /// At most so many, 1 to 100
    #[arg(long, default_value = "25")]
    limit: String,
}

/// Runs a command of sessions.
pub async fn run(
    command: &SessionCommand,
    open: impl FnOnce() -> Result<Backend, Failure>,
) -> Result<Report, Failure> {
    match command {
        SessionCommand::Show(args) => {
            let problems = Problems::default();
            let merchant = problems.read("MERCHANT", MerchantId::parse(&args.merchant));
            let session = problems.read("SESSION", SessionId::parse(&args.session));
            let (merchant, session) = problems.both(merchant, session)?;
            let key = SessionKey { merchant, session };
            show(&open()?, key, args.events).await
        }
        SessionCommand::List(args) => {
            let (merchant, filter) = args.read()?;
            list(&open()?, merchant, &filter).await
        }
    }
}

impl ListArgs {
    fn read(&self) -> Result<(MerchantId, SessionFilter), Failure> {
        let problems = Problems::default();
        let merchant = problems.read("MERCHANT", MerchantId::parse(&self.merchant));
        let reference = problems.read("--reference", Reference::parse(&self.reference));
        let modes: Vec<&str> = Mode::ALL.iter().map(|mode| mode.as_str()).collect();
        let mode = problems.word("--mode", &modes, Mode::parse(&self.mode));
        let known: Vec<&str> = SessionStatus::ALL.iter().map(|s| s.as_str()).collect();
        let status = self.status.as_deref();
        let status = status.and_then(|word| problems.word("--status", &known, SessionStatus::parse(word)));
        let limit = self.limit.parse().ok().filter(|n| (1..=100).contains(n));
        let limit = problems.read("--limit", limit.ok_or("must be 1 to 100"));
        let (merchant, reference) = problems.both(merchant, reference)?;
        let filter = SessionFilter {
            mode: mode.unwrap_or(Mode::Live),
            reference,
            status,
            created_after: None,
            after: None,
            limit: limit.unwrap_or_default(),
        };
        Ok((merchant, filter))
    }
}

async fn show(backend: &Backend, key: SessionKey, events: bool) -> Result<Report, Failure> {
    let Some(session) = backend.store.session(key).await? else {
        let text = format!("merchant {} has no session {}", key.merchant, key.session);
        return Err(Failure::NotFound(text));
    };
    let mut json = shown(&session)?;
    if events {
        let page = backend.store.events(key, 0, MOST_EVENTS).await?;
        let events: Vec<_> = page.items.iter().map(EventJson::from).collect();
        json["events"] = value(&events)?;
    }
    Ok(Report::of(json))
}

async fn list(backend: &Backend, merchant: MerchantId, filter: &SessionFilter) -> Result<Report, Failure> {
    backend.tenant(merchant).await?;
    let page = backend.store.sessions(merchant, filter).await?;
    let rows: Result<Vec<_>, _> = page.items.iter().map(shown).collect();
    let has_more = page.next.is_some();
    let mut report = Report::of(json!({ "sessions": rows?, "has_more": has_more }));
    let brief: Vec<_> = page.items.iter().map(in_brief).collect();
    report.text = Some(laid_out(&json!({ "sessions": brief, "has_more": has_more })));
    Ok(report)
}

/// What fits on a line.
fn in_brief(session: &Session) -> Value {
    let amount = session.wish.amount;
    json!({
        "id": session.key.session.to_string(),
        "status": session.status().as_str(),
        "minor_units": amount.minor(),
        "currency": amount.currency().code(),
        "mode": session.mode.as_str(),
        "created_at": rfc3339(session.created_at),
    })
}

/// The API's own JSON without its links, and with what only an operator wants to know.
fn shown(session: &Session) -> Result<Value, Failure> {
    let nowhere = Url::parse("https://nowhere.invalid").map_err(|e| Failure::unavailable(&e))?;
    let links = Links { public_url: &nowhere, token: None };
    let mut json = value(&SessionJson::new(session, links).with_attempts(session))?;
    if let Some(fields) = json.as_object_mut() {
        for link in ["_links", "pay_url", "attempt"] {
            fields.remove(link);
        }
    }
    json["mode"] = session.mode.as_str().into();
    json["account"] = session.wish.account.to_string().into();
    json["due_at"] = session.due_at().map(rfc3339).into();
    json["version"] = session.version.into();
    Ok(json)
}

fn value(shown: &impl serde::Serialize) -> Result<Value, Failure> {
    serde_json::to_value(shown).map_err(|error| Failure::unavailable(&error))
}
