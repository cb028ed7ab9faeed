//! The seeds and corpora of the fuzz targets of the rooms behind the coder, and every input that one of them found.

#![cfg(feature = "store")]

#[path = "../../../fuzz/checks/mod.rs"]
mod checks;
#[path = "../../../fuzz/checks/inputs.rs"]
mod inputs;

use inputs::{inputs, texts};

fn bytes(target: &str, check: fn(&[u8])) {
    inputs(target).iter().for_each(|input| check(input));
}

fn text(target: &str, check: fn(&str)) {
    texts(target).iter().for_each(|input| check(input));
}

#[test]
fn what_must_hold_holds_for_every_input() {
    bytes("annotate", checks::annotate);
    text("time", checks::time);
    text("coder", checks::coder);
    text("question", checks::question);
    bytes("dictionary", checks::dictionary);
    bytes("exchange", checks::exchange);
    text("query", checks::query);
    bytes("ledger_file", checks::ledger_file);
}
