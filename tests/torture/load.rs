//! A busy machine: threads that spin and take all the time they get.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

/// Busy threads, which end when this is dropped.
pub struct Load {
    goes_on: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Load {
    pub fn of(threads: usize) -> Self {
        let goes_on = Arc::new(AtomicBool::new(true));
        let spin = |_| {
            let goes_on = goes_on.clone();
            thread::spawn(move || {
                while goes_on.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            })
        };
        Self {
            threads: (0..threads).map(spin).collect(),
            goes_on,
        }
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.goes_on.store(false, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            thread.join().ok();
        }
    }
}
