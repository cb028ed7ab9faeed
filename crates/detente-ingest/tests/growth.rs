//! No page, archive or table can keep a reader busy for long, whatever its shape.

use detente_ingest::{LanguageGate, Options, Reader, Source};

#[path = "../../../tests/growth/mod.rs"]
mod growth;
use growth::{Shape, assert_linear};

const SENTENCE: &str =
    "The envoys of the two countries met in the old customs house on Monday to speak of grain. ";

/// The name of a shape tells its format.
const SHAPES: &[Shape] = &[
    ("elements inside one another.html", 3_000, |n| inside("<div><b><i>", 100, SENTENCE).repeat(n / 100)),
    ("elements without end.html", 4_000, |n| "<div><p>a".repeat(n)),
    ("links inside links.html", 3_000, |n| format!("<p>{SENTENCE}</p>{}", "<a href=/by/x>b ".repeat(n))),
    ("tables inside tables.html", 1_500, |n| "<table><tr><td>a".repeat(n)),
    ("comments without end.html", 25_000, |n| "<!-- a ".repeat(n)),
    ("scripts without end.html", 25_000, |n| "<script ".repeat(n)),
    ("drawings without end.html", 10_000, |n| "<svg><p>a</p>".repeat(n)),
    ("hidden text inside hidden text.html", 10_000, |n| {
        format!("{}{}", "<noscript><b>".repeat(n), SENTENCE.repeat(9))
    }),
    ("many attributes.html", 50_000, |n| format!("<p {}>{SENTENCE}", "class=x y=z ".repeat(n))),
    ("a long attribute.html", 150_000, |n| {
        format!("<div class=\"{}\">{SENTENCE}", "comment share ".repeat(n / 10))
    }),
    ("signs.html", 25_000, |n| "<".repeat(n)),
    ("references.html", 10_000, |n| "&amp;&lt".repeat(n)),
    ("many meta elements.html", 5_000, |n| "<meta name=author content='Ann Lee'>".repeat(n)),
    ("many headings and times.html", 1_500, |n| "<h1>Ships leave port</h1><time>2 May 2017</time>".repeat(n)),
    ("many bylines.html", 4_000, |n| "<p class=byline>By Ann Lee and Bo Dahl</p>".repeat(n)),
    ("one word again and again.html", 50_000, |n| {
        format!("<article><p>{}</p></article>", "grain ".repeat(n))
    }),
    ("many paragraphs.html", 1_500, |n| {
        format!("<article>{}</article>", format!("<p>{SENTENCE}{SENTENCE}</p>").repeat(n))
    }),
    ("prose deep inside.html", 250, |n| {
        format!(
            "{}{}",
            "<div class=x>".repeat(60),
            format!("<p>{SENTENCE}<a href=/x>{SENTENCE}</a></p>").repeat(n)
        )
    }),
    ("lists inside one another.html", 3_000, |n| "<ul><li>a".repeat(n)),
    ("linked data inside linked data.html", 200_000, |n| {
        format!("<script type='application/ld+json'>{}{}</script><p>{SENTENCE}", "[".repeat(n), "]".repeat(n))
    }),
    ("one long line.txt", 1_500, |n| SENTENCE.repeat(n)),
    ("many short lines.txt", 20_000, |n| "Grain ships\n".repeat(n)),
    ("many empty lines.txt", 200_000, |n| format!("{SENTENCE}{}{SENTENCE}", "\n".repeat(n))),
    ("many days.txt", 1_000, |n| {
        format!("{SENTENCE}\n{}", "On May 10-11 and next week they meet. ".repeat(n))
    }),
    ("many bylines.txt", 10_000, |n| "By Ann Lee\n(AFP) -\n".repeat(n)),
    ("dashes.txt", 400_000, |n| "- ".repeat(n)),
    ("headings.md", 10_000, |n| "# Ships\n\n".repeat(n)),
    ("emphasis.md", 25_000, |n| "*_[".repeat(n)),
    ("lists.json", 400_000, |n| format!("{{\"text\":{}", "[".repeat(n))),
    ("records.jsonl", 2_500, |n| "{\"text\":\"Grain ships leave.\"}\n".repeat(n)),
    ("quotation marks.csv", 25_000, |n| format!("id,text\n1,{}", "\"\"".repeat(n))),
    ("entries.rss", 1_000, |n| {
        format!(
            "<rss><channel>{}",
            "<item><title>A</title><link>b</link><description>c</description></item>".repeat(n)
        )
    }),
    ("one entry again and again.rss", 2_000, |n| {
        format!("<rss><channel>{}", "<item><guid>a</guid><link>http://a.example/</link></item>".repeat(n))
    }),
    ("elements inside one another.rss", 10_000, |n| format!("<rss><channel><item>{}", "<a>".repeat(n))),
    ("heads.warc", 10_000, |n| {
        format!(
            "WARC/1.0\r\nContent-Length: 0\r\n\r\n{}",
            "\r\n\r\nWARC/1.0\r\nContent-Length: 0\r\n\r\n".repeat(n)
        )
    }),
];

fn inside(open: &str, depth: usize, text: &str) -> String {
    format!("{}{text}{}", open.repeat(depth), "</div>".repeat(depth))
}

#[test]
fn four_times_the_input_takes_about_four_times_the_work() {
    assert_linear(SHAPES, |name, input| {
        let reader = Reader::new(Options { gate: LanguageGate::Pass, ..Options::default() });
        let source = Source::Bytes(name.to_owned(), input.as_bytes().to_vec());
        std::hint::black_box(reader.read(source).count());
    });
}
