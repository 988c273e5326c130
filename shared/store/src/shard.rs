//! Which part of the due index a session stands in.

use bellhop_domain::ids::SessionId;
use bellhop_domain::store::DUE_SHARDS;

/// The session's shard, from 0 to [`DUE_SHARDS`] - 1: the last byte of its id is random.
pub(crate) fn of(session: SessionId) -> u8 {
    let [.., last] = session.to_bytes();
    last % DUE_SHARDS
}
