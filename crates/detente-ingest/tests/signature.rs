//! Reprints and corrections are known again; another report of the same day and matter is not.

use detente_ingest::{Options, article_from_text};
use detente_model::Signature;

const WIRE: &str = "PORT LARSEN, May 2 (Northern Wire) - The foreign ministers of Arland and Besk agreed on Tuesday to reopen the strait between their \
countries to grain ships, ending a closure that has lasted since the autumn.

The two ministers shook hands in the customs house of Port Larsen after nine hours of talks and signed a paper of two pages. \
Under it, Arland will sweep the eastern channel for mines and Besk will let pilots board at the outer light.

\"This is a small door, but it is open,\" the minister of Arland, Ines Varga, told reporters on the steps of the building.

Her colleague from Besk, Tomas Reuel, said that the first convoy could sail within ten days if the insurers agreed. He thanked \
the government of Corvia, which had lent its good offices and two of its minesweepers.

Eleven ships with 300,000 tons of wheat have been waiting in the roads since March. Bread prices in Besk have risen by a third \
since the closure, according to the statistics office.

The opposition in Arland called the paper a surrender. Its leader, Pavel Oster, said that parliament would have to vote on it \
and that his party would vote against.

A second round of talks, about the fishing grounds to the north, is to be held in Corvia in June.";

const OTHER: &str = "PORT LARSEN, May 2 (Coast Press) - After nine hours at the table, the envoys of Arland and Besk have found a way to bring grain \
through the strait again, though hard questions were put off until the summer.

A paper signed on Tuesday evening obliges Arland to clear mines from the eastern channel. In return, pilots from Besk will go \
on board at the outer light, a point on which earlier talks had failed in February.

Shipowners were careful. \"We will believe it when the first captain has come through,\" said Greta Holm, who speaks for the \
owners of four of the eleven vessels that lie in the roads.

The price of wheat fell by six percent in early trading on the exchange at Lund, its steepest fall in a year.

In the capital of Arland several hundred people marched to the ministry, some with banners against the agreement. Police said \
that the march was peaceful. Pavel Oster, who leads the opposition, did not attend.

Corvia, whose two minesweepers will help with the work, said that it expected no thanks, only that both sides keep their word. \
Its foreign minister will invite both colleagues in June to speak about the fishing grounds.";

fn signature(text: &str) -> Signature {
    detente_ingest::signature(&article_from_text("a", text, &Options::default()))
}

/// The wire's text as a paper prints it: another headline, a byline for the dateline, prompts around it.
fn reprint() -> String {
    let (_, body) = WIRE.split_once(" - ").expect("a dateline");
    format!(
        "Grain to Flow Again as Neighbours Open Strait\n\nBy Ann Lee and Bo Dahl\n\nPublished: May 3, 2017\n\n{body}\n\nREAD MORE: Mines in the eastern channel\n\n0 Comments\n\nShare this"
    )
}

fn corrected() -> String {
    let text = WIRE.replace("300,000 tons", "30,000 tons").replace("Tomas Reuel", "Thomas Reuel");
    let text = text.replace("nine hours", "seven hours").replace("risen by a third", "risen by a quarter");
    format!("{text}\n\nCorrection: an earlier version of this report gave a wrong amount of wheat.")
}

#[test]
fn a_reprint_under_another_headline_and_byline_is_near() {
    let (wire, reprint) = (signature(WIRE), signature(&reprint()));
    assert!(!wire.is_same(&reprint), "the dateline is gone");
    assert!(wire.is_near(&reprint), "{} bits", (wire.near ^ reprint.near).count_ones());
}

#[test]
fn a_corrected_report_is_near_but_not_the_same() {
    let (first, corrected) = (signature(WIRE), signature(&corrected()));
    assert!(!first.is_same(&corrected));
    assert!(first.is_near(&corrected), "{} bits", (first.near ^ corrected.near).count_ones());
}

#[test]
fn a_reprint_cut_at_the_end_is_near() {
    let (whole, _) = WIRE.rsplit_once("\n\n").expect("paragraphs");
    let (first, cut) = (signature(WIRE), signature(whole));
    assert!(first.is_near(&cut), "{} bits", (first.near ^ cut.near).count_ones());
}

#[test]
fn another_report_on_the_same_matter_is_far() {
    let (one, other) = (signature(WIRE), signature(OTHER));
    assert!(!one.is_near(&other), "{} bits", (one.near ^ other.near).count_ones());
    let with_shared_quote = format!("{OTHER}\n\n{}", WIRE.split("\n\n").nth(2).expect("a quotation"));
    assert!(!one.is_near(&signature(&with_shared_quote)));
}
