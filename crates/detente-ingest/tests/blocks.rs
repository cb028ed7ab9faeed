//! What holds for every article, whatever it was read from: blocks are ordered, apart, on character boundaries, and
//! cover every byte that is not white space exactly once.

use detente_ingest::{LanguageGate, Options, article_from_html, article_from_markdown, article_from_text};
use detente_model::Article;
use proptest::prelude::*;

fn check(article: &Article) -> Result<(), TestCaseError> {
    let text = &article.text;
    let mut end = 0;
    for block in &article.blocks {
        prop_assert!(
            block.span.start >= end && block.span.start < block.span.end && block.span.end <= text.len()
        );
        prop_assert!(text.is_char_boundary(block.span.start) && text.is_char_boundary(block.span.end));
        prop_assert!(
            text[end..block.span.start].trim().is_empty(),
            "bytes in no block: {:?}",
            &text[end..block.span.start]
        );
        let shown = &text[block.span.range()];
        prop_assert_eq!(shown, shown.trim());
        end = block.span.end;
    }
    prop_assert!(text[end..].trim().is_empty());
    if let Some(dateline) = &article.dateline {
        prop_assert!(text.get(dateline.span.range()).is_some());
    }
    Ok(())
}

fn options() -> Options {
    Options { gate: LanguageGate::Pass, ..Options::default() }
}

/// Pieces that texts and pages are made of, so that chance meets the rules.
fn pieces() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "READ MORE: ",
        "Share",
        "\n",
        "\n\n",
        "GENEVA, April 8 (AFP) - ",
        "Envoys met in Oslo on Monday to speak of grain. ",
        "0 Comments",
        "By Ann Lee",
        "<p>",
        "</p>",
        "<div class=share>",
        "<nav>",
        "</nav>",
        "<h1>",
        "<script>",
        "&amp;",
        "<!--",
        "-->",
        "May 2, 2017",
        "\u{a0}",
        "\r\n",
        "---\n",
        "# ",
        "é",
        "“",
        "<br>",
        "\u{feff}",
        "© 2017",
        "in ,",
        "İ",
        "ß",
    ]);
    prop::collection::vec(prop_oneof![3 => known.prop_map(str::to_owned), 1 => "\\PC{0,12}"], 0..40)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn plain_text(text in pieces()) {
        let article = article_from_text("a", &text, &options());
        prop_assert_eq!(&article.text, &text);
        check(&article)?;
    }

    #[test]
    fn any_text(text in any::<String>()) {
        check(&article_from_text("a", &text, &options()))?;
    }

    #[test]
    fn markdown(text in pieces()) {
        let article = article_from_markdown("a", &text, &options());
        prop_assert_eq!(&article.text, &text);
        check(&article)?;
    }

    #[test]
    fn pages(html in pieces()) {
        check(&article_from_html("a", &html, &options()))?;
    }
}
