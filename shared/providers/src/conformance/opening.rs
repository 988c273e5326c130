//! Opening an account: settings, secret, schedule, and what is never shown.

use super::bench::Bench;
use super::calls::Verb;
use super::subject::Subject;
use crate::ProviderSet;
use bellhop_domain::SignedDuration;
use bellhop_domain::schedule::MAX_LOOKS;
use serde_json::{Value, json};

cases!(
    an_account_with_good_settings_opens_under_its_name,
    an_unknown_setting_is_refused,
    an_address_that_is_not_https_is_refused,
    i11_a_missing_part_of_the_secret_is_named_and_nothing_is_shown,
    i11_an_empty_part_of_the_secret_is_refused,
    i11_a_part_of_the_secret_of_another_kind_is_refused,
    i11_a_secret_that_is_no_json_is_refused,
    i11_debug_of_a_provider_at_work_shows_no_secret,
    the_looks_of_the_schedule_are_in_order,
    i9_the_planned_looks_leave_room_under_the_cap,
    i9_the_pace_is_known_by_the_name_alone,
    the_schedule_says_what_is_never_pushed,
    the_schedule_covers_what_the_provider_can_do,
);

const BASE: &str = "https://api.provider.example";
const SECRET: &str = "hunter2";

async fn an_account_with_good_settings_opens_under_its_name(subject: &Subject) {
    let provider = subject.at(BASE);
    assert_eq!(provider.name(), subject.name);
    assert_eq!(subject.wish.account.provider, subject.name);
    assert_eq!(provider.lookup(&subject.wish).is_some(), subject.looks_up());
    assert_eq!(provider.confirms().is_some(), subject.confirms.has().is_some());
    assert_eq!(provider.cancels().is_some(), subject.cancels.has().is_some());
    assert_eq!(provider.captures().is_some(), subject.captures.has().is_some());
    assert_eq!(provider.refunds().is_some(), subject.refunds.has().is_some());
}

async fn an_unknown_setting_is_refused(subject: &Subject) {
    let mut settings = (subject.settings)(BASE);
    settings["bsae_url"] = json!(SECRET);
    let told = subject.open(&settings, &subject.secret).unwrap_err();
    assert!(!format!("{told} {told:?}").contains(SECRET), "{told}");
}

/// The credentials go with every call.
async fn an_address_that_is_not_https_is_refused(subject: &Subject) {
    for base in ["http://api.provider.example", "ftp://127.0.0.1", "nonsense", ""] {
        let settings = (subject.settings)(base);
        assert!(subject.open(&settings, &subject.secret).is_err(), "{base}");
    }
}

/// Opens with a secret that must not do, and checks what the error says.
fn refused(subject: &Subject, secret: &Value) {
    let error = subject.open(&(subject.settings)(BASE), secret).err();
    let error = error.unwrap_or_else(|| panic!("opened with {secret}"));
    assert!(error.setting.starts_with("secret"), "{error}");
    hides(subject, &format!("{error} {error:?}"));
}

fn hides(subject: &Subject, told: &str) {
    assert!(!told.contains(SECRET), "{told}");
    for hidden in &subject.hidden {
        assert!(!told.contains(hidden.as_str()), "{told}");
    }
}

fn parts(subject: &Subject) -> Vec<String> {
    subject.secret.as_object().unwrap().keys().cloned().collect()
}

async fn i11_a_missing_part_of_the_secret_is_named_and_nothing_is_shown(subject: &Subject) {
    for part in parts(subject) {
        let mut secret = subject.secret.clone();
        secret.as_object_mut().unwrap().remove(&part);
        if subject.optional.contains(&part.as_str()) {
            assert!(subject.open(&(subject.settings)(BASE), &secret).is_ok(), "{part}");
        } else {
            refused(subject, &secret);
        }
    }
}

async fn i11_an_empty_part_of_the_secret_is_refused(subject: &Subject) {
    for part in parts(subject) {
        let mut secret = subject.secret.clone();
        secret[&part] = if secret[&part].is_array() { json!([SECRET, ""]) } else { json!("") };
        refused(subject, &secret);
    }
}

async fn i11_a_part_of_the_secret_of_another_kind_is_refused(subject: &Subject) {
    for part in parts(subject) {
        for odd in [json!(7), json!({"a": SECRET}), json!([[SECRET]]), json!(false)] {
            let mut secret = subject.secret.clone();
            secret[&part] = odd;
            refused(subject, &secret);
        }
    }
}

async fn i11_a_secret_that_is_no_json_is_refused(subject: &Subject) {
    for odd in [json!(SECRET), json!([SECRET]), json!({}), json!(null), json!({"key": SECRET})] {
        refused(subject, &odd);
    }
}

async fn i11_debug_of_a_provider_at_work_shows_no_secret(subject: &Subject) {
    assert!(!subject.hidden.is_empty());
    for verb in [Verb::Create, Verb::Fetch] {
        let bench = Bench::good(subject, &subject.call(verb).unwrap()).await;
        bench.ask(subject, verb).await.unwrap();
        let told = format!("{:?} {:#?}", bench.provider, bench.provider);
        hides(subject, &told);
    }
}

async fn the_looks_of_the_schedule_are_in_order(subject: &Subject) {
    let provider = subject.at(BASE);
    let plan = provider.schedule();
    for looks in [plan.open_looks, plan.held_looks, plan.final_looks] {
        assert!(looks.is_sorted_by(|a, b| a < b), "{looks:?}");
        assert!(looks.iter().all(SignedDuration::is_positive), "{looks:?}");
    }
    assert!(!plan.open_looks.is_empty());
}

/// A quarter of the cap is left for notifications and for payers who come back.
async fn i9_the_planned_looks_leave_room_under_the_cap(subject: &Subject) {
    let provider = subject.at(BASE);
    let plan = provider.schedule();
    let ends_of_life = 2;
    let looks = [plan.open_looks, plan.held_looks, plan.final_looks];
    let planned = looks.iter().map(|one| one.len()).sum::<usize>() + ends_of_life;
    let room = usize::try_from(MAX_LOOKS).unwrap() * 3 / 4;
    assert!(planned <= room, "{planned} of {room}");
}

/// The schedule's run opens no account.
async fn i9_the_pace_is_known_by_the_name_alone(subject: &Subject) {
    let provider = subject.at(BASE);
    let pace = ProviderSet::looks_a_minute(provider.name());
    assert_eq!(pace, provider.schedule().looks_a_minute);
    assert_ne!(pace, Some(0), "nothing would ever be looked at");
}

async fn the_schedule_says_what_is_never_pushed(subject: &Subject) {
    let provider = subject.at(BASE);
    let plan = provider.schedule();
    let says = !plan.never_pushed.is_empty();
    assert_eq!(says, subject.never_pushes.has().is_some());
    // What can turn after the end without a word is looked for after the end.
    assert!(!says || !plan.final_looks.is_empty());
}

async fn the_schedule_covers_what_the_provider_can_do(subject: &Subject) {
    let provider = subject.at(BASE);
    let plan = provider.schedule();
    assert!(plan.page_life.is_positive());
    if subject.captures.has().is_some() {
        assert!(plan.hold_life.is_positive() && !plan.held_looks.is_empty());
        assert!(plan.held_looks.first() < Some(&plan.hold_life), "money is lost unseen");
    }
    if subject.lookup.has().is_some() {
        assert!(!plan.lookup_lag.is_negative());
    }
}
