use bellhop_domain::account::AccountRef;
use bellhop_domain::ids::{MerchantId, SessionId, SessionKey};
use bellhop_domain::provider::ProviderPaymentId;
use bellhop_domain::queue::Task;
use bellhop_runtime::sqs::{UnreadableTask, decode, encode_look};

const MERCHANT: &str = "mer_0s3ge1o70s3ge1o70s3ge1o70s";
const SESSION: &str = "ses_1040g2081040g2081040g20810";

/// What the first release wrote: these texts are never changed (I14).
pub const LOOK_V1: &str = r#"{"v":1,"type":"look","merchant":"mer_0s3ge1o70s3ge1o70s3ge1o70s","session":"ses_1040g2081040g2081040g20810"}"#;
pub const NOTIFIED_V1: &str = r#"{"v":1,"type":"notified","provider":"govuk_pay","account":"harbour","merchant":"mer_0s3ge1o70s3ge1o70s3ge1o70s","payment":"hu20sqlact5260q2nanm0q8u93","session":"ses_1040g2081040g2081040g20810"}"#;

pub fn key() -> SessionKey {
    SessionKey { merchant: MerchantId::from_bytes([7; 16]), session: SessionId::from_bytes([8; 16]) }
}

fn notified(session: Option<SessionId>) -> Task {
    Task::Notified {
        account: AccountRef::parse("govuk_pay/harbour").unwrap(),
        merchant: key().merchant,
        payment: ProviderPaymentId::parse("hu20sqlact5260q2nanm0q8u93").unwrap(),
        session,
    }
}

#[test]
fn i14_messages_of_the_first_release_are_read() {
    assert_eq!(decode(LOOK_V1), Ok(Task::Look(key())));
    assert_eq!(decode(NOTIFIED_V1), Ok(notified(Some(key().session))));
    let silent = NOTIFIED_V1.replace(&format!(r#","session":"{SESSION}""#), "");
    assert_eq!(decode(&silent), Ok(notified(None)));
}

#[test]
fn i14_fields_that_a_newer_release_adds_are_passed_over() {
    let newer = LOOK_V1.replace(r#""v":1"#, r#""v":1,"why":{"due":[1,2]}"#);
    assert_eq!(decode(&newer), Ok(Task::Look(key())));
}

#[test]
fn i14_what_this_release_does_not_know_is_named() {
    let version = LOOK_V1.replace(r#""v":1"#, r#""v":2"#);
    assert_eq!(decode(&version), Err(UnreadableTask::UnknownVersion(2)));
    let kind = LOOK_V1.replace("look", "deliver");
    assert_eq!(decode(&kind), Err(UnreadableTask::UnknownType("deliver".to_owned())));
}

#[test]
fn a_wrong_field_is_named_and_never_shown() {
    let cases = [
        (LOOK_V1.replace(SESSION, "hunter2"), "session"),
        (LOOK_V1.replace(MERCHANT, "hunter2"), "merchant"),
        (NOTIFIED_V1.replace("govuk_pay", "hunter2"), "provider"),
        (NOTIFIED_V1.replace("harbour", "Hunter2"), "account"),
        (NOTIFIED_V1.replace("hu20sqlact5260q2nanm0q8u93", "hunter2/"), "payment"),
        (NOTIFIED_V1.replace(SESSION, "hunter2"), "session"),
        (NOTIFIED_V1.replace(r#""account":"harbour","#, ""), "account"),
        (LOOK_V1.replace(&format!(r#","session":"{SESSION}""#), ""), "session"),
    ];
    for (body, field) in cases {
        let error = decode(&body).unwrap_err();
        assert_eq!(error, UnreadableTask::BadField(field), "{body}");
        assert!(!error.to_string().to_lowercase().contains("hunter2"));
    }
}

#[test]
fn what_is_no_task_is_said_to_be_none() {
    for body in ["", "{", "[]", "null", "{}", r#"{"v":"1","type":"look"}"#, r#"{"v":1}"#] {
        assert_eq!(decode(body), Err(UnreadableTask::NotATask), "{body}");
    }
}

#[test]
fn what_is_written_is_what_the_first_release_wrote() {
    assert_eq!(encode_look(key()), LOOK_V1);
}
