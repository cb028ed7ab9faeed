//! Any bytes are read without a panic; any text is written into its cell.

use detente_ledger::exchange::calendar::{self, Entry, Proof};
use detente_ledger::exchange::{Format, Reader};
use proptest::prelude::*;

use crate::sample::{contacts, reports, written};

fn drain(bytes: Vec<u8>) -> usize {
    Reader::new(std::io::Cursor::new(bytes), "any").map_or(0, |reader| reader.take(10_000).count())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        drain(bytes);
    }

    #[test]
    fn a_file_with_any_bytes_in_it(
        format in proptest::sample::select(vec![Format::Gdelt1, Format::Gdelt2, Format::Polecat, Format::PloverJsonl]),
        at in any::<proptest::sample::Index>(),
        bytes in proptest::collection::vec(any::<u8>(), 0..12),
    ) {
        let mut file = written(format, &reports()).0.into_bytes();
        let at = at.index(file.len());
        file.splice(at..at, bytes);
        drain(file);
    }

    #[test]
    fn any_cells(cells in proptest::collection::vec("[0-9A-Za-zé; ,.\\-\"]{0,9}", 61)) {
        drain(cells.join("\t").into_bytes());
    }

    #[test]
    fn any_words_stay_in_their_cell(words in "\\PC{0,8}[\t\r\n\u{85}\u{2028}\"]{0,3}\\PC{0,8}") {
        let mut report = reports().remove(0);
        report.event.actors[0].text.clone_from(&words);
        report.event.actors[0].name = Some(words.clone());
        report.source.publisher = Some(words);
        for format in [Format::Gdelt1, Format::Gdelt2, Format::Icews, Format::Phoenix, Format::Polecat] {
            let text = written(format, std::slice::from_ref(&report)).0;
            prop_assert_eq!(text.lines().count(), 1 + usize::from(format.has_header()));
            for line in text.lines() {
                prop_assert_eq!(line.split('\t').count(), format.columns().len());
            }
        }
    }

    #[test]
    fn any_sentence_folds(sentence in "\\PC{0,200}[\r\n\\\\;,]{0,4}\\PC{0,90}") {
        let contacts = contacts();
        let proofs = [Proof { on: None, publisher: None, sentence }];
        let entries = [Entry { contact: &contacts[0], proofs: &proofs }];
        let mut out = Vec::new();
        calendar::write(entries, "2017-05-09T08:30:00Z".parse().unwrap(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
        prop_assert!(text.ends_with("END:VCALENDAR\r\n"));
    }
}
