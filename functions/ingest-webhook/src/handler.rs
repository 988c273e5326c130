//! A provider's message: proven, put on the queue, acknowledged. Nothing else before the reply.

use bellhop_domain::account::AccountRef;
use bellhop_domain::flows::{IngestError, ingest};
use bellhop_domain::notification::RawNotification;
use bellhop_domain::provider::ProviderName;
use bellhop_domain::text::AccountName;
use bellhop_runtime::StatusCode;
use bellhop_runtime::app::App;
use bellhop_runtime::http::problem::{Code, Problem};
use bellhop_runtime::http::request::Call;
use bellhop_runtime::http::respond::{self, Reply};
use std::sync::Arc;

/// Takes in one message. A 2xx means that it is safely on the queue (I7).
pub async fn handle(app: Arc<App>, call: Call) -> Result<Reply, Problem> {
    let at = account(&call).ok_or_else(|| Problem::new(Code::ProofRefused))?;
    let headers = call.headers();
    let raw = RawNotification {
        method: call.method(),
        path: call.path(),
        query: call.raw_query(),
        headers: &headers,
        body: call.body(),
    };
    let taken = ingest(&*app.accounts, &*app.queue, (&at, &raw), app.clock.now()).await;
    taken.map(|_| respond::empty(StatusCode::OK)).map_err(problem)
}

fn account(call: &Call) -> Option<AccountRef> {
    let provider = ProviderName::parse(call.path_parameter("provider")?)?;
    let name = AccountName::parse(call.path_parameter("account")?).ok()?;
    Some(AccountRef { provider, name })
}

/// An account that nobody has is told as a wrong proof is: names are not for guessing.
fn problem(error: IngestError) -> Problem {
    match error {
        IngestError::UnknownAccount | IngestError::BadProof => Problem::new(Code::ProofRefused),
        IngestError::Unreadable(why) => Problem::new(Code::UnreadableNotification).because(why),
        IngestError::Account(error) => Problem::new(Code::Internal).because(error),
        IngestError::Queue(error) => Problem::new(Code::Internal).because(error),
    }
}
