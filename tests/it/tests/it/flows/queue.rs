//! A queue that keeps what it is given until a test takes it off.

use async_trait::async_trait;
use bellhop_domain::ids::SessionKey;
use bellhop_domain::queue::{Notice, Queue, QueueError, Task};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Default)]
pub struct FakeQueue {
    tasks: Mutex<Vec<Task>>,
    down: AtomicBool,
}

impl FakeQueue {
    /// Everything on the queue, oldest first.
    pub fn take(&self) -> Vec<Task> {
        std::mem::take(&mut self.tasks.lock().unwrap())
    }

    pub fn break_down(&self) {
        self.down.store(true, Ordering::Relaxed);
    }

    fn put(&self, tasks: impl Iterator<Item = Task>) -> Result<(), QueueError> {
        if self.down.load(Ordering::Relaxed) {
            return Err(QueueError("down".into()));
        }
        self.tasks.lock().unwrap().extend(tasks);
        Ok(())
    }
}

#[async_trait]
impl Queue for FakeQueue {
    async fn notify(&self, notices: &[Notice<'_>]) -> Result<(), QueueError> {
        assert!(!notices.is_empty(), "an empty batch is a call for nothing");
        self.put(notices.iter().map(|notice| Task::Notified {
            account: notice.account.clone(),
            merchant: notice.merchant,
            payment: notice.notification.get().payment.clone(),
            session: notice.notification.get().session,
        }))
    }

    async fn look(&self, due: &[SessionKey]) -> Result<(), QueueError> {
        assert!(!due.is_empty(), "an empty batch is a call for nothing");
        self.put(due.iter().copied().map(Task::Look))
    }
}
