//! `LanguageCode` and `CultureCode`.

use serde_json::json;

use crate::stage::Stage;
use crate::wishes::wish;

#[tokio::test]
async fn language_and_culture_come_together_or_not_at_all() {
    let stage = Stage::new().await;
    for (language, culture, status) in [
        (json!("de-DE"), json!("DE"), 200),
        (json!(null), json!(null), 200),
        (json!("de-DE"), json!(null), 400),
        (json!(null), json!("DE"), 400),
        (json!("xx-XX"), json!("DE"), 400),
        (json!("de-DE"), json!("XX"), 400),
    ] {
        let mut body = wish(json!({}));
        body["LanguageCode"] = language.clone();
        body["CultureCode"] = culture.clone();
        assert_eq!(stage.create(body).await.status, status, "{language} {culture}");
    }
}

#[tokio::test]
async fn one_alone_can_mean_the_propertys_own_instead() {
    let stage = Stage::with(|property| property.refuse_half_culture = false).await;
    assert_eq!(stage.create(wish(json!({"LanguageCode": "de-DE"}))).await.status, 200);
}
