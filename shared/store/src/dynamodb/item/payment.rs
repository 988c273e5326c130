//! The row of a payment: written by single updates only, because two parties know of it.
//!
//! | Attribute | Meaning |
//! |---|---|
//! | `merchant`, `session` | the session that it leads to, once that is known |
//! | `parked_at` | when somebody asked for it while nobody knew it, in milliseconds |
//! | `ttl` | only while it is parked |

use super::{Item, MERCHANT, Reader, SESSION, claim};
use bellhop_domain::ids::{MerchantId, SessionKey};
use bellhop_domain::store::StoreError;

/// Whether the payment leads to a session.
pub(in super::super) fn is_known(item: &Item) -> bool {
    item.contains_key(SESSION)
}

/// The session that a known payment leads to.
pub(in super::super) fn read(item: &Item) -> Result<SessionKey, StoreError> {
    let merchant = Reader::new(item).parsed(MERCHANT, |id| MerchantId::parse(id).ok())?;
    let session = claim::read_session(item)?;
    Ok(SessionKey { merchant, session })
}
