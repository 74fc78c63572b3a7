//! threads [long-lived=8] [calls each=1500] [short-lived=300]: more threads than cores, and threads that come and go
//! (ten calls each).

#[path = "truth.rs"]
mod truth;

use std::time::Duration;

static LEDGER: truth::Ledger = truth::Ledger::new();

#[inline(never)]
pub fn work(i: i64) -> i64 {
    LEDGER.enter();
    if i % 4 == 0 {
        std::thread::sleep(Duration::from_micros(500));
    }
    truth::opaque(i + 1)
}

fn run(calls: i64) {
    for i in 0..calls {
        work(i);
        LEDGER.came_back();
    }
}

fn main() {
    let (threads, calls, brief) = (truth::argument(1, 8), truth::argument(2, 1500), truth::argument(3, 300));
    truth::gate("start");
    let long_lived: Vec<_> = (0..threads).map(|_| std::thread::spawn(move || run(calls))).collect();
    for _ in 0..brief {
        std::thread::spawn(|| run(10)).join().expect("no panic");
    }
    for thread in long_lived {
        thread.join().expect("no panic");
    }
    truth::print(&[("threads::work", &LEDGER)], "");
    truth::gate("end");
}
