//! The landing's pages: server-rendered, no script, no cookie.

use crate::texts::{self, ENGLISH, Say, Texts};
use askama::Template;
use bellhop_domain::flows::Landing;
use bellhop_domain::provider::ReturnHint;
use bellhop_domain::session::Session;
use bellhop_domain::status::SessionStatus;
use bellhop_runtime::StatusCode;
use bellhop_runtime::http::problem::Problem;
use bellhop_runtime::http::request::RequestId;
use bellhop_runtime::http::respond::{self, Reply};

const STYLE: &str = include_str!("page.css");

/// No script, no picture, no frame; only our own style, named by its hash.
const POLICY: &str = "default-src 'none'; style-src 'sha256-a5fYnIR0LkS3m3+oekUO5ttbFT/uoPBUy7aLtk4nxHY='; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Seconds until a page that waits looks again by itself.
const LOOK_AGAIN: u32 = 10;

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    texts: &'static Texts,
    say: &'static Say,
    style: &'static str,
    bill: Option<Bill<'a>>,
    next: Option<Next>,
    retry: Option<String>,
    pay: Option<String>,
    again: Option<String>,
    back: Option<Back>,
    request: Option<&'a str>,
}

/// What was to be paid.
struct Bill<'a> {
    amount: String,
    description: &'a str,
    reference: &'a str,
}

/// Where the page goes by itself.
struct Next {
    after: u32,
    to: String,
}

/// The way back to the booking site.
struct Back {
    to: String,
    host: String,
    main: bool,
}

/// The payer's own ways from the landing.
pub struct Ways {
    /// This landing.
    pub landing: String,
    /// The payer's link.
    pub pay: String,
    /// Where a next attempt is asked for.
    pub retry: String,
}

/// The landing of a session.
pub fn landing(landing: &Landing, ways: Ways, hint: Option<ReturnHint>) -> Reply {
    let session = &landing.session;
    let texts = texts::of(&session.wish.locale);
    let state = State::of(session).hinted(hint);
    let waits = matches!(state, State::Checking | State::Preparing);
    let can_pay = matches!(state, State::Unfinished | State::SeemsStopped | State::SeemsFailed);
    let retry = matches!(state, State::FailedRetry).then_some(ways.retry);
    let page = Page {
        texts,
        say: state.say(texts),
        bill: Some(bill(session)),
        next: waits.then(|| Next { after: LOOK_AGAIN, to: ways.landing.clone() }),
        back: Some(Back {
            to: landing.back.to_string(),
            host: landing.back.host_str().unwrap_or_default().to_owned(),
            main: retry.is_none() && !can_pay && !waits,
        }),
        retry,
        pay: can_pay.then_some(ways.pay),
        again: (waits || can_pay).then_some(ways.landing),
        ..Page::bare(texts, state.say(texts))
    };
    page.reply(StatusCode::OK)
}

/// On to the next attempt: a page, since a redirect out of a form would be held back by the policy.
pub fn opening(to: String) -> Reply {
    let next = Some(Next { after: 0, to: to.clone() });
    Page { next, pay: Some(to), ..Page::bare(&ENGLISH, &ENGLISH.opening) }.reply(StatusCode::OK)
}

/// A link that is none of ours.
pub fn no_link() -> Reply {
    Page::bare(&ENGLISH, &ENGLISH.no_link).reply(StatusCode::NOT_FOUND)
}

/// The page for when we fail.
pub fn trouble(problem: &Problem, request: &RequestId) -> Reply {
    let page = Page { request: Some(request.as_str()), ..Page::bare(&ENGLISH, &ENGLISH.trouble) };
    page.reply(problem.code.status())
}

/// What a payer is told (I10): paid only if stored paid, failed only if final, else that we check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The money is the merchant's.
    Paid,
    /// The money is held.
    Held,
    /// Failed, and may be tried again.
    FailedRetry,
    /// Failed for good.
    Failed,
    /// Stopped unpaid.
    Canceled,
    /// Over unpaid.
    Expired,
    /// Over for the payer, and the provider may still charge.
    Watched,
    /// Booked, and nothing to pay.
    NothingToPay,
    /// The payer can pay, and may have paid.
    Unfinished,
    /// Likewise, and the return says that the payer stopped.
    SeemsStopped,
    /// Likewise, and the return says that it did not work.
    SeemsFailed,
    /// The provider has not opened the payment yet.
    Preparing,
    /// Nobody knows yet.
    Checking,
}

impl State {
    /// What is stored decides, nothing else.
    pub fn of(session: &Session) -> Self {
        match session.status() {
            SessionStatus::Succeeded => Self::Paid,
            SessionStatus::Authorized => Self::Held,
            SessionStatus::Canceled if session.had_nothing_to_pay() => Self::NothingToPay,
            status if status.is_finished() && session.may_be_charged_late() => Self::Watched,
            SessionStatus::Failed => Self::Failed,
            SessionStatus::Canceled => Self::Canceled,
            SessionStatus::Expired => Self::Expired,
            SessionStatus::Pending if session.allows_retry() => Self::FailedRetry,
            SessionStatus::Pending => Self::Unfinished,
            SessionStatus::Created => Self::Preparing,
            SessionStatus::Processing | SessionStatus::Expiring | SessionStatus::Review => Self::Checking,
        }
    }

    /// What the return seems to tell is heard only where nothing is known yet, and allows nothing more.
    const fn hinted(self, hint: Option<ReturnHint>) -> Self {
        match (self, hint) {
            (Self::Unfinished, Some(ReturnHint::Stopped)) => Self::SeemsStopped,
            (Self::Unfinished, Some(ReturnHint::Failed)) => Self::SeemsFailed,
            (known, _) => known,
        }
    }

    const fn say(self, texts: &'static Texts) -> &'static Say {
        match self {
            Self::Paid => &texts.paid,
            Self::Held => &texts.held,
            Self::FailedRetry => &texts.failed_retry,
            Self::Failed => &texts.failed,
            Self::Canceled => &texts.canceled,
            Self::Expired => &texts.expired,
            Self::Unfinished => &texts.unfinished,
            Self::SeemsStopped => &texts.seems_stopped,
            Self::SeemsFailed => &texts.seems_failed,
            Self::Preparing => &texts.preparing,
            Self::Watched => &texts.watched,
            Self::NothingToPay => &texts.nothing_to_pay,
            Self::Checking => &texts.checking,
        }
    }
}

fn bill(session: &Session) -> Bill<'_> {
    Bill {
        amount: session.wish.amount.to_string(),
        description: session.wish.description.as_str(),
        reference: session.wish.reference.as_str(),
    }
}

impl<'a> Page<'a> {
    const fn bare(texts: &'static Texts, say: &'static Say) -> Self {
        Page {
            texts,
            say,
            style: STYLE,
            bill: None,
            next: None,
            retry: None,
            pay: None,
            again: None,
            back: None,
            request: None,
        }
    }

    fn reply(&self, status: StatusCode) -> Reply {
        let Ok(html) = self.render() else {
            return respond::empty(StatusCode::INTERNAL_SERVER_ERROR);
        };
        respond::with(respond::html(status, html), "content-security-policy", POLICY)
    }
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
