//! A record that panics, to see on the release binary that the others of its batch are done.

use bellhop_domain::queue::Task;

/// Panics for a look at the session whose id is all zeros, which nothing can have.
#[expect(clippy::panic, reason = "this is the fault to inject")]
pub fn strike(task: &Task) {
    if let Task::Look(key) = task
        && key.session.to_bytes() == [0; 16]
    {
        panic!("injected");
    }
}
