//! How a target tells what really happened in it: counts kept by the program itself, printed as one JSON line.
#![allow(dead_code)]

use std::io::Read;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};

/// The calls of one traced function.
pub struct Ledger {
    calls: AtomicI64,
    returned: AtomicI64,
    unwound: AtomicI64,
}

impl Ledger {
    pub const fn new() -> Self {
        Ledger { calls: AtomicI64::new(0), returned: AtomicI64::new(0), unwound: AtomicI64::new(0) }
    }

    /// What a traced function does first. Not inlined: the kernel refuses a probe on a lock prefix, and an atomic
    /// increment must not become the first instruction of the function.
    #[inline(never)]
    pub fn enter(&self) {
        self.calls.fetch_add(1, SeqCst);
    }

    /// What the caller does after a call came back.
    pub fn came_back(&self) {
        self.returned.fetch_add(1, SeqCst);
    }

    /// Calls that a panic ended.
    pub fn unwind(&self, calls: i64) {
        self.unwound.fetch_add(calls, SeqCst);
    }

    fn fields(&self) -> String {
        let (calls, returned, unwound) = (self.calls.load(SeqCst), self.returned.load(SeqCst), self.unwound.load(SeqCst));
        if calls != returned + unwound {
            eprintln!("the counts do not balance: {calls} calls, {returned} returned, {unwound} unwound");
            std::process::exit(3);
        }
        format!("\"calls\":{calls},\"returned\":{returned},\"unwound\":{unwound},\"open\":0")
    }
}

/// The first symbol's counts at the top, every symbol's under "symbols" when there are several.
pub fn print(ledgers: &[(&str, &Ledger)], more: &str) {
    let mut line = ledgers[0].1.fields();
    if ledgers.len() > 1 {
        let each: Vec<String> = ledgers.iter().map(|(name, l)| format!("\"{name}\":{{{}}}", l.fields())).collect();
        line += &format!(",\"symbols\":{{{}}}", each.join(","));
    }
    println!("{{{line}{more}}}");
}

/// Stops at "start" or "end" until a line (or the end) of standard input if TARGET_GATE names that point.
pub fn gate(point: &str) {
    let gates = std::env::var("TARGET_GATE").unwrap_or_default();
    if !gates.split(',').any(|name| name == point) {
        return;
    }
    if point == "start" {
        println!("{{\"ready\":true,\"pid\":{}}}", std::process::id());
    }
    let mut byte = [0u8];
    while matches!(std::io::stdin().read(&mut byte), Ok(1)) && byte[0] != b'\n' {}
}

/// The i-th argument (1 is the first) as a number.
pub fn argument(i: usize, fallback: i64) -> i64 {
    std::env::args().nth(i).map_or(fallback, |text| text.parse().expect("a count"))
}

/// The value, in a way the optimiser cannot see through (std::hint::black_box needs Rust 1.66; Debian 12 has 1.63).
pub fn opaque<T>(value: T) -> T {
    let value = std::mem::ManuallyDrop::new(value);
    unsafe { std::ptr::read_volatile(&*value) }
}
