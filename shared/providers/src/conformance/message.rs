//! What a provider says of its notifications to the suite, and what can be done to one.

use super::calls::Ability;
use super::subject::Subject;
use bellhop_domain::Timestamp;
use bellhop_domain::notification::{Notification, RawNotification, VerifyError, verify};
use bellhop_domain::provider::Provider;
use serde_json::Value;
use std::fmt;

/// What is known of a provider's notifications.
pub(crate) struct Notify {
    /// A message about this payment of this session, without its proof.
    pub about: fn(&str, &str) -> Message,
    /// The message with its proof.
    pub sign: fn(Message, Signer) -> Message,
    /// Everything that the proof consists of.
    pub proofs: Vec<Place>,
    /// What the proof covers.
    pub covers: Covers,
    /// Whether a message names our session.
    pub hints: Ability,
    /// Whether the secret before the current one still proves.
    pub previous: Ability,
    /// Messages about something that is no payment.
    pub elsewhere: Ability<Vec<Message>>,
    /// A whole secret but for the webhook's.
    pub unset: Ability<Value>,
    /// Whole secrets with an empty one for the webhook.
    pub blank: Vec<Value>,
}

impl Notify {
    /// What it declares to lack, and why.
    pub fn lacks(&self) -> [(&'static str, Option<&'static str>); 5] {
        let bare = match self.covers {
            Covers::Nothing(why) => Some(why),
            Covers::Body | Covers::Query => None,
        };
        [
            ("a proof that covers the message", bare),
            ("our session in a message", self.hints.lack()),
            ("a previous webhook secret", self.previous.lack()),
            ("messages about something else", self.elsewhere.lack()),
            ("an account without a webhook secret", self.unset.lack()),
        ]
    }

    /// A documented message about `payment`, proved by `signer`.
    pub fn message(&self, subject: &Subject, signer: Signer) -> Message {
        let facts = subject.facts();
        (self.sign)((self.about)(subject.told(), &facts.session.to_string()), signer)
    }
}

/// Who makes the proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signer {
    Current,
    Previous,
    /// Somebody with a secret of their own.
    Stranger,
    /// Somebody with an empty secret, or none.
    Nobody,
}

/// Where a part of the proof stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Header(&'static str),
    /// A parameter of the query.
    Query(&'static str),
    /// The last step of the path.
    Path,
}

/// What a proof covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Covers {
    Body,
    /// The values of the query.
    Query,
    /// Nothing: whoever knows the secret is believed.
    Nothing(&'static str),
}

/// A message on its way to us.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Message {
    pub method: &'static str,
    pub path: String,
    pub query: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = String::from_utf8_lossy(&self.body);
        let Self { query, headers, .. } = self;
        write!(f, "{} ?{query} {headers:?} {body}", self.method)
    }
}

impl Message {
    /// A message of nobody, about nothing.
    pub fn bare() -> Self {
        Self {
            method: "POST",
            path: "/webhooks/provider/account".to_owned(),
            query: String::new(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// What `provider` makes of it.
    pub fn read(&self, provider: &dyn Provider) -> Result<Vec<Notification>, VerifyError> {
        self.read_at(provider, Timestamp::UNIX_EPOCH)
    }

    /// Likewise, at `now`.
    pub fn read_at(&self, provider: &dyn Provider, now: Timestamp) -> Result<Vec<Notification>, VerifyError> {
        let raw = RawNotification {
            method: self.method,
            path: &self.path,
            query: &self.query,
            headers: &self.headers,
            body: &self.body,
        };
        let verified = verify(provider, &raw, now)?;
        Ok(verified.iter().map(|one| one.get().clone()).collect())
    }

    /// The message with another body.
    pub fn filled(self, body: &str) -> Self {
        Self { body: body.as_bytes().to_vec(), ..self }
    }

    /// The values at `place`.
    pub fn values(&self, place: Place) -> Vec<String> {
        match place {
            Place::Header(name) => {
                let named = self.headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name));
                named.map(|(_, value)| value.clone()).collect()
            }
            Place::Query(name) => {
                let pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
                let named = pairs.filter(|(n, _)| *n == name);
                named.map(|(_, value)| value.to_owned()).collect()
            }
            Place::Path => self.path.rsplit('/').next().map(str::to_owned).into_iter().collect(),
        }
    }

    /// The message with these values at `place`, in the stead of all that stood there.
    pub fn with(&self, place: Place, values: &[&str]) -> Self {
        let mut other = self.clone();
        match place {
            Place::Header(name) => {
                other.headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
                let added = values.iter().map(|v| (name.to_owned(), (*v).to_owned()));
                other.headers.extend(added);
            }
            Place::Query(name) => {
                let prefix = format!("{name}=");
                let kept = self.query.split('&').filter(|pair| !pair.starts_with(&prefix));
                let added: Vec<String> = values.iter().map(|v| format!("{prefix}{v}")).collect();
                let all: Vec<&str> = kept.chain(added.iter().map(String::as_str)).collect();
                other.query = all.join("&");
            }
            Place::Path => {
                let above = self.path.rsplit_once('/').map_or("", |(above, _)| above);
                let all: Vec<&str> = [above].into_iter().chain(values.iter().copied()).collect();
                other.path = all.join("/");
            }
        }
        other
    }

    /// Every message that differs in one bit of what `covers` names.
    pub fn flipped(&self, covers: Covers) -> Vec<Self> {
        match covers {
            Covers::Body => (0..self.body.len()).map(|at| self.bit_of_body(at)).collect(),
            Covers::Query => self.values_at().map(|at| self.bit_of_query(at)).collect(),
            Covers::Nothing(_) => Vec::new(),
        }
    }

    /// Where the values of the query stand.
    fn values_at(&self) -> impl Iterator<Item = usize> {
        let mut inside = false;
        let bytes = self.query.bytes().enumerate();
        bytes.filter_map(move |(at, byte)| {
            let is_value = inside && byte != b'&';
            inside = byte != b'&' && (inside || byte == b'=');
            is_value.then_some(at)
        })
    }

    fn bit_of_body(&self, at: usize) -> Self {
        let mut other = self.clone();
        other.body[at] ^= 1;
        other
    }

    fn bit_of_query(&self, at: usize) -> Self {
        let mut bytes = self.query.clone().into_bytes();
        bytes[at] ^= 1;
        Self { query: String::from_utf8(bytes).unwrap(), ..self.clone() }
    }
}
