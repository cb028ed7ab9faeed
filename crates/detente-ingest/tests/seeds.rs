//! The seeds and corpora of the fuzz targets of this room, and every input that one of them found: whatever comes out holds together.

#[path = "../../../fuzz/checks/input.rs"]
mod checks;
#[path = "../../../fuzz/checks/inputs.rs"]
mod inputs;

use inputs::inputs;

/// A target that takes bytes alone, and what must hold for them.
type Target = (&'static str, fn(&[u8]));

const TARGETS: [Target; 6] = [
    ("html", checks::html),
    ("warc", checks::warc),
    ("feed", checks::feed),
    ("jsonl", checks::jsonl),
    ("csv", checks::csv),
    ("compressed", checks::compressed),
];

#[test]
fn what_must_hold_holds_for_every_input() {
    for (target, check) in TARGETS {
        inputs(target).iter().for_each(|input| check(input));
    }
    for bytes in inputs("charset") {
        ["", "shift_jis", "utf-16", "windows-1252"]
            .into_iter()
            .for_each(|label| checks::charset(label, &bytes));
    }
}
