//! Any text, anchored or not: no panic, spans in order on character boundaries.

#![no_main]

use detente_time::{Anchor, infer, read, recognise};
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for published in [None, Some(date(2017, 5, 2)), Some(date(-9999, 1, 1)), Some(date(9999, 12, 31))] {
        let times = read(text, &Anchor { published, ..Anchor::default() });
        let mut end = 0;
        for timex in &times.timexes {
            assert!(end <= timex.span.start && timex.span.start < timex.span.end);
            assert!(text.get(timex.span.range()).is_some());
            let _ = timex.value.to_string();
            end = timex.span.end;
        }
    }
    let _ = infer::report_day(text, &recognise(text));
});
