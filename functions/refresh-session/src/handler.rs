//! One record of the queue.

use bellhop_domain::flows::{Attended, FlowError, attend};
use bellhop_domain::provider::ProviderErrorKind;
use bellhop_domain::queue::Task;
use bellhop_domain::session::Session;
use bellhop_runtime::Error;
use bellhop_runtime::app::App;
use std::sync::Arc;

/// Does what the record asks for; an error brings it back.
pub async fn handle(app: Arc<App>, task: Task) -> Result<(), Error> {
    let desk = app.desk().await?;
    match attend(&desk, &task, app.clock.now()).await {
        Ok(attended) => {
            tell(&attended);
            Ok(())
        }
        Err(error) => {
            alarm(&error);
            Err(error.into())
        }
    }
}

fn tell(attended: &Attended) {
    match attended {
        Attended::Looked(session) => looked(session),
        Attended::Parked => tracing::info!("a payment that nobody knows yet is parked"),
        Attended::Nothing => tracing::warn!("a message leads to nothing"),
    }
}

fn looked(session: &Session) {
    let (id, status) = (session.key.session, session.status());
    match session.review {
        Some(reason) => {
            tracing::error!(session = %id, %reason, alarm = "review", "a person must look")
        }
        None => tracing::info!(session = %id, %status, "looked"),
    }
}

/// What a person must mend: our keys at a provider, or a provider that speaks otherwise than we know.
fn alarm(error: &FlowError) {
    if let FlowError::Provider(error) = error
        && matches!(error.kind, ProviderErrorKind::Unauthorized | ProviderErrorKind::Unreadable)
    {
        tracing::error!(provider = %error.provider, operation = %error.operation, alarm = "provider", "{}", error.kind);
    }
}
