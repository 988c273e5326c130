//! Pages of ours with the provider's form, or the way to it, in them: server-rendered, no cookie.

use crate::code::Code;
use crate::policy;
use crate::texts::{self, Say, Texts};
use askama::Template;
use bellhop_domain::provider::{Page, PostForm, Widget};
use bellhop_domain::wish::Wish;
use bellhop_runtime::StatusCode;
use bellhop_runtime::http::respond::{self, Reply};
use secrecy::ExposeSecret;
use url::Url;

const STYLE: &str = include_str!("page.css");
const START: &str = include_str!("start.js");
const SUBMIT: &str = include_str!("submit.js");

/// What all of them say: what is paid, for what.
struct Frame<'a> {
    texts: &'static Texts,
    say: &'static Say,
    style: &'static str,
    amount: String,
    description: &'a str,
    reference: &'a str,
}

#[derive(Template)]
#[template(path = "widget.html")]
struct WidgetPage<'a> {
    frame: Frame<'a>,
    script: &'a str,
    sheet: Option<&'a str>,
    form: &'a str,
    token: &'a str,
    landing: &'a str,
    start: &'static str,
}

#[derive(Template)]
#[template(path = "post.html")]
struct PostPage<'a> {
    frame: Frame<'a>,
    action: &'a str,
    fields: &'a [(String, String)],
    submit: &'static str,
}

#[derive(Template)]
#[template(path = "scan.html")]
struct ScanPage<'a> {
    frame: Frame<'a>,
    code: Option<Code>,
    link: &'a str,
    landing: &'a str,
}

/// Sends the payer to the provider's own page, or shows what stands in its place.
pub fn show(page: &Page, wish: &Wish, landing: &Url) -> Reply {
    match page {
        Page::To(url) => respond::see_other(url),
        Page::Widget(form) => widget(form, wish, landing),
        Page::Post(form) => post(form, wish),
        Page::Scan(link) => scan(link, wish, landing),
    }
}

fn widget(form: &Widget, wish: &Wish, landing: &Url) -> Reply {
    let page = WidgetPage {
        frame: Frame::of(wish, |texts| &texts.widget),
        script: form.script.as_str(),
        sheet: form.style.as_ref().map(Url::as_str),
        form: &form.form,
        token: form.token.expose_secret(),
        landing: landing.as_str(),
        start: START,
    };
    reply(&page, &policy::widget(&form.script, form.style.as_ref()))
}

fn post(form: &PostForm, wish: &Wish) -> Reply {
    let page = PostPage {
        frame: Frame::of(wish, |texts| &texts.post),
        action: form.action.as_str(),
        fields: &form.fields,
        submit: SUBMIT,
    };
    reply(&page, &policy::post(&form.action))
}

fn scan(link: &Url, wish: &Wish, landing: &Url) -> Reply {
    let page = ScanPage {
        frame: Frame::of(wish, |texts| &texts.scan),
        code: Code::of(link.as_str()),
        link: link.as_str(),
        landing: landing.as_str(),
    };
    reply(&page, &policy::scan())
}

impl<'a> Frame<'a> {
    fn of(wish: &'a Wish, say: fn(&'static Texts) -> &'static Say) -> Self {
        let texts = texts::of(&wish.locale);
        Self {
            texts,
            say: say(texts),
            style: STYLE,
            amount: wish.amount.to_string(),
            description: wish.description.as_str(),
            reference: wish.reference.as_str(),
        }
    }
}

fn reply(page: &impl Template, policy: &str) -> Reply {
    match page.render() {
        Ok(html) => respond::with(respond::html(StatusCode::OK, html), "content-security-policy", policy),
        Err(_) => respond::empty(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
