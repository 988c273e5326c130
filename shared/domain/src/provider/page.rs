//! What a payer is shown to pay on.

use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use url::Url;

/// What a payer is shown to pay on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// The provider's own page.
    To(Url),
    /// The provider's own page, reached by sending it a form.
    Post(PostForm),
    /// The provider's form inside a page of ours.
    Widget(Widget),
    /// A code to scan or a link to follow with the payer's banking app.
    Scan(Url),
}

/// A form that the payer's browser sends to the provider or to the payer's bank.
#[derive(Clone, PartialEq, Eq)]
pub struct PostForm {
    /// Where to.
    pub action: Url,
    /// Names and values, in order. They name the payment, so they are not for logs.
    pub fields: Vec<(String, String)>,
}

impl fmt::Debug for PostForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostForm").field("action", &self.action.origin()).finish_non_exhaustive()
    }
}

/// A provider's script that draws its form into a page of ours.
#[derive(Debug, Clone)]
pub struct Widget {
    /// The script.
    pub script: Url,
    /// Its style sheet.
    pub style: Option<Url>,
    /// The name under which the script offers its form.
    pub form: String,
    /// What the script shows the provider: good for one payment, and for nobody's eyes but the payer's.
    pub token: SecretString,
}

impl PartialEq for Widget {
    fn eq(&self, other: &Self) -> bool {
        let own = (&self.script, &self.style, &self.form, self.token.expose_secret());
        own == (&other.script, &other.style, &other.form, other.token.expose_secret())
    }
}

impl Eq for Widget {}
