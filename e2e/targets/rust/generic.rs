//! generic [calls=3000]: one generic function, three symbols: the compiler makes a copy for each type. A trait method
//! called through a vtable is a fourth.

#[path = "truth.rs"]
mod truth;

use truth::{opaque, Ledger};

static OF_U64: Ledger = Ledger::new();
static OF_F64: Ledger = Ledger::new();
static OF_STRING: Ledger = Ledger::new();
static AREA: Ledger = Ledger::new();

pub trait Counted {
    fn ledger(&self) -> &'static Ledger;
    fn weight(&self) -> usize;
}

impl Counted for u64 {
    fn ledger(&self) -> &'static Ledger {
        &OF_U64
    }
    fn weight(&self) -> usize {
        *self as usize
    }
}

impl Counted for f64 {
    fn ledger(&self) -> &'static Ledger {
        &OF_F64
    }
    fn weight(&self) -> usize {
        *self as usize
    }
}

impl Counted for String {
    fn ledger(&self) -> &'static Ledger {
        &OF_STRING
    }
    fn weight(&self) -> usize {
        self.len()
    }
}

#[inline(never)]
pub fn weigh<T: Counted>(value: &T) -> usize {
    value.ledger().enter();
    opaque(value.weight())
}

pub trait Shape {
    fn area(&self) -> f64;
}

pub struct Square(f64);

impl Shape for Square {
    #[inline(never)]
    fn area(&self) -> f64 {
        AREA.enter();
        opaque(self.0 * self.0)
    }
}

fn main() {
    let calls = truth::argument(1, 3000) as u64;
    let word = String::from("word");
    let shape: Box<dyn Shape> = opaque(Box::new(Square(2.0)));
    truth::gate("start");
    for i in 0..calls {
        weigh(&i);
        OF_U64.came_back();
        if i % 2 == 0 {
            weigh(&(i as f64));
            OF_F64.came_back();
        }
        if i % 3 == 0 {
            weigh(&word);
            OF_STRING.came_back();
        }
        if i % 5 == 0 {
            shape.area();
            AREA.came_back();
        }
    }
    truth::print(
        &[
            ("generic::weigh<u64>", &OF_U64),
            ("generic::weigh<f64>", &OF_F64),
            ("generic::weigh<alloc::string::String>", &OF_STRING),
            ("<generic::Square as generic::Shape>::area", &AREA),
        ],
        "",
    );
    truth::gate("end");
}
