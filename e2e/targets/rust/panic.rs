//! panic [mode=all] [calls=3000]: calls that end by a panic under catch_unwind, on four threads.
//!   caught  every third call panics       deep  20 nested calls ended by one panic
//!   drop    through a frame whose values are dropped, then resumed by resume_unwind       all  one after another

#[path = "truth.rs"]
mod truth;

use std::panic::{catch_unwind, resume_unwind, AssertUnwindSafe};

static LEDGER: truth::Ledger = truth::Ledger::new();

#[inline(never)]
pub fn work(depth: i64, fail: bool) -> i64 {
    LEDGER.enter();
    if depth > 1 {
        let below = work(depth - 1, fail);
        LEDGER.came_back();
        return below + 1;
    }
    if fail {
        panic!("on purpose");
    }
    truth::opaque(depth)
}

fn call(depth: i64, fail: bool) -> i64 {
    let result = work(depth, fail);
    LEDGER.came_back();
    result
}

#[inline(never)]
fn with_drops(depth: i64, fail: bool) -> i64 {
    let owned = vec![String::from("dropped while unwinding"); 3];
    match catch_unwind(AssertUnwindSafe(|| call(depth, fail))) {
        Ok(result) => result + owned.len() as i64,
        Err(payload) => resume_unwind(payload),
    }
}

fn series(calls: i64, depth: i64, how: fn(i64, bool) -> i64) {
    for i in 0..calls {
        if catch_unwind(|| how(depth, i % 3 == 2)).is_err() {
            LEDGER.unwind(depth);
        }
    }
}

fn run(mode: &str, calls: i64) {
    let all = mode == "all";
    if all || mode == "caught" {
        series(calls, 1, call);
    }
    if all || mode == "deep" {
        series(calls / 20, 20, call);
    }
    if all || mode == "drop" {
        series(calls, 2, with_drops);
    }
}

fn main() {
    let mode = std::env::args().nth(1).unwrap_or_else(|| "all".to_owned());
    let calls = truth::argument(2, 3000) / 4;
    std::panic::set_hook(Box::new(|_| {})); // a thousand back traces would only be noise
    truth::gate("start");
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let mode = mode.clone();
            std::thread::spawn(move || run(&mode, calls))
        })
        .collect();
    for thread in threads {
        thread.join().expect("no panic gets out of a thread");
    }
    truth::print(&[("panic::work", &LEDGER)], "");
    truth::gate("end");
}
