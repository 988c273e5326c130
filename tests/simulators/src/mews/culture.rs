//! `LanguageCode` and `CultureCode`. `[doc]` BE/guidelines/requests.md and supported-language-codes.md.

use super::errors::ApiError;
use super::reader::Fields;

/// The documented language codes; the culture code of each is what stands behind its dash.
const LANGUAGES: &str = "ca-ES cs-CZ da-DK de-CH de-DE el-GR en-GB en-US es-ES et-EE eu-ES fi-FI fr-FR is-IS it-IT \
                         ja-JP ka-GE ko-KR ms-MY nb-NO nl-NL pl-PL pt-BR pt-PT ru-RU sk-SK sv-SE ta-IN tr-TR uk-UA \
                         zh-CN";

/// Both or neither. `[inf]` An unknown code is a 400, and so is one alone if the property refuses that.
pub fn check_culture(fields: &Fields<'_>, refuse_half: bool) -> Result<(), ApiError> {
    let language = fields.text("LanguageCode")?;
    let culture = fields.text("CultureCode")?;
    let known = |language: &str| LANGUAGES.split_whitespace().any(|known| known == language);
    let known_culture = |culture: &str| {
        let mut cultures = LANGUAGES.split_whitespace().filter_map(|known| known.split_once('-'));
        cultures.any(|(_, known)| known == culture)
    };
    match (language, culture) {
        (Some(language), _) if !known(language) => Err(fields.invalid("LanguageCode")),
        (_, Some(culture)) if !known_culture(culture) => Err(fields.invalid("CultureCode")),
        (Some(_), None) if refuse_half => Err(fields.invalid("CultureCode")),
        (None, Some(_)) if refuse_half => Err(fields.invalid("LanguageCode")),
        _ => Ok(()),
    }
}
