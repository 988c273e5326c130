//! What the booking site is told, and told again when it asks with the same key.

use bellhop_domain::flows::Answers;
use bellhop_domain::idempotency::StoredAnswer;
use bellhop_domain::provider::{Refusal, RefusalCode};
use bellhop_domain::session::Session;
use bellhop_runtime::http::problem::{self, Code, Problem};
use bellhop_runtime::http::request::RequestId;
use bellhop_runtime::http::session_json::{Links, SessionJson};

/// Renders answers; the payer's token is left out of what is stored.
pub struct SessionAnswers<'a> {
    /// Where links lead, with a mark for the payer's token.
    pub links: Links<'a>,
    /// The call that is answered.
    pub request: &'a RequestId,
}

impl SessionAnswers<'_> {
    fn session(&self, status: u16, session: &Session) -> StoredAnswer {
        StoredAnswer {
            status,
            headers: vec![
                ("location".into(), self.links.session(&session.key.session.to_string())),
                ("content-type".into(), "application/json".into()),
            ],
            body: body(&SessionJson::new(session, self.links)),
        }
    }
}

impl Answers for SessionAnswers<'_> {
    fn opened(&self, session: &Session) -> StoredAnswer {
        self.session(201, session)
    }

    fn unknown(&self, session: &Session) -> StoredAnswer {
        self.session(202, session)
    }

    fn refused(&self, session: &Session, refusal: &Refusal) -> StoredAnswer {
        let problem = match refusal.code {
            RefusalCode::AccountNotAllowed => Problem::new(Code::AccountUnusable),
            _ => Problem::from(refusal),
        };
        let problem = problem.leading_to("session", self.links.session(&session.key.session.to_string()));
        StoredAnswer {
            status: problem.code.status().as_u16(),
            headers: vec![("content-type".into(), problem::CONTENT_TYPE.into())],
            body: problem.body(self.request),
        }
    }
}

/// The answer's text; what is made of texts and numbers alone can always be written.
fn body(json: &SessionJson) -> String {
    serde_json::to_string(json).unwrap_or_default()
}
