//! Waiting until the stack is at rest.

use super::Core;
use crate::error::StackError;

impl Core {
    /// At rest: nothing runs, and no queue with a mapping has a visible message.
    ///
    /// A mapping counts as running before it takes messages and until it has
    /// deleted them, so there is no gap between the two conditions.
    pub(crate) async fn settle(&self) -> Result<(), StackError> {
        match tokio::time::timeout(self.config.settle_bound, self.at_rest()).await {
            Ok(()) => Ok(()),
            Err(_) => Err(StackError::NotSettled(self.unrest())),
        }
    }

    async fn at_rest(&self) {
        let mut running = self.activity.watch();
        loop {
            running.borrow_and_update();
            let changed = self.queues.changed();
            if self.waiting().is_empty() && self.activity.running() == 0 {
                return;
            }
            tokio::select! {
                _ = running.changed() => {}
                () = changed => {}
            }
        }
    }

    fn waiting(&self) -> Vec<String> {
        let mapped = self.plan.mappings.iter().filter(|mapping| mapping.enabled);
        let visible = mapped.filter(|mapping| self.queues.counts(&mapping.queue).visible > 0);
        visible.map(|mapping| mapping.queue.clone()).collect()
    }

    fn unrest(&self) -> String {
        format!("{} running, messages waiting in {:?}", self.activity.running(), self.waiting())
    }
}
