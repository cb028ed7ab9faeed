//! Draws from newswire what a judge of relations may be taught with: `pairs DOCS.json`, DOCS being a list of documents with `id` and `text`.
//!
//! Prints a line a pair of parties of a sentence: document, offset of the sentence in code points, the sentence with the pair marked, how
//! the rules see it (`sure`, `torn`, `unsure`), and the type that speaks most for itself.

#![allow(clippy::print_stdout, reason = "what is drawn is printed")]

use std::io::Write;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use detente_acts::Acts;
use detente_code::act::{self, Candidate, SentenceCoder, Words};
use detente_code::{MentionKind, Resolved, resolve};
use detente_english::{Annotated, Dep, English, EntityType, Token};
use detente_lexicon::Lexicon;
use detente_model::Span;
use serde_json::Value;

fn main() {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: pairs DOCS.json");
        std::process::exit(2);
    };
    let docs =
        std::fs::read_to_string(&path).ok().and_then(|text| serde_json::from_str::<Vec<Value>>(&text).ok());
    let docs = docs.unwrap_or_else(|| {
        eprintln!("{path}: not a list of documents");
        std::process::exit(1);
    });
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(doc) = docs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    print_pairs(doc);
                }
            });
        }
    });
}

fn print_pairs(doc: &Value) {
    let (id, text) = (doc["id"].as_str().unwrap_or(""), doc["text"].as_str().unwrap_or(""));
    let english = English::load();
    let mut lines = String::new();
    for sentence in english.annotate(text).sentences() {
        let words = sentence.tokens().filter(|t| t.text().starts_with(char::is_alphanumeric)).count();
        if !(8..=60).contains(&words) || !act::is_prose(sentence) {
            continue;
        }
        let offset = text[..sentence.span().start].chars().count();
        let bare = sentence.text().replace(['\n', '\t', '\r'], " ");
        for pair in pairs(&bare) {
            lines += &format!("{id}\t{offset}\t{}\n", pair);
        }
    }
    let mut out = std::io::stdout().lock();
    out.write_all(lines.as_bytes()).unwrap_or_default();
}

fn pairs(sentence: &str) -> Vec<String> {
    let text = English::load().annotate(sentence);
    let resolved = resolve(&[&text], Lexicon::builtin(), None).pop().unwrap_or_default();
    let words = Words::new(&text, Acts::builtin());
    let coder = SentenceCoder::new(&text, &words, &resolved, Acts::builtin());
    let parties = parties(&text, &resolved);
    let mut lines = Vec::new();
    for source in &parties {
        for target in parties.iter().filter(|t| !t.overlaps(*source)) {
            let found = act::candidates(&text, &coder, &[*source], &[*target]);
            let linked = [*source, *target].iter().all(|party| is_actor(&text, &resolved, *party))
                && is_linked(&text, *source, *target);
            if let Some(view) = view(&found, linked) {
                let kind = found.first().map_or("NONE", |best| best.kind.as_str());
                lines.push(format!("{}\t{view}\t{kind}", marked(sentence, *source, *target)));
            }
        }
    }
    lines
}

/// How the rules see a pair; `None` where nothing binds the two.
fn view(found: &[Candidate], linked: bool) -> Option<&'static str> {
    let fits = |c: &Candidate| c.fit.source_acts && c.fit.target_receives;
    let Some(best) = found.first() else { return linked.then_some("unsure") };
    let rival = found.iter().find(|c| c.kind != best.kind && best.weight - c.weight < 1.0);
    match (fits(best), rival) {
        (true, None) => Some("sure"),
        (true, Some(_)) => Some("torn"),
        (false, _) if linked && !best.fit.reversed => Some("unsure"),
        _ => None,
    }
}

/// The noun phrases that name somebody: people, states, bodies, and those whom acts touch.
fn parties(text: &Annotated<'_>, resolved: &Resolved) -> Vec<Span> {
    let mut found = Vec::new();
    for chunk in text.noun_chunks() {
        let head = text.token(chunk.end - 1);
        if chunk.len() > 12 || !names(text, resolved, chunk.clone()) {
            continue;
        }
        let long = with_phrase(head).filter(|_| head.i() % 2 == 0);
        found.push(text.span_of(chunk.start..long.unwrap_or(chunk.end)));
        let owner = head.children_with(Dep::Poss).map(Token::subtree).next();
        found.extend(
            owner.filter(|o| names(text, resolved, o.clone())).map(|o| text.span_of(without_case(text, o))),
        );
    }
    found
}

fn without_case(text: &Annotated<'_>, phrase: Range<usize>) -> Range<usize> {
    let case = phrase.len() > 1 && text.token(phrase.end - 1).dep() == Dep::Case;
    phrase.start..phrase.end - usize::from(case)
}

/// The end of "the leader of the rebels in the north", where that is short.
fn with_phrase(head: Token<'_>) -> Option<usize> {
    let phrase = head.children_with(Dep::Prep).find(|p| matches!(p.lower(), "of" | "in" | "from"))?;
    let range = phrase.subtree();
    (range.start == head.i() + 1 && range.len() <= 7).then_some(range.end)
}

fn names(text: &Annotated<'_>, resolved: &Resolved, phrase: Range<usize>) -> bool {
    use EntityType::{Gpe, Norp, Org, Person};
    phrase.clone().any(|i| {
        let mention = resolved.mention_at(i).filter(|m| m.head == i && m.kind != MentionKind::Pronoun);
        let named = matches!(text.token(i).entity_type(), Some(Gpe | Norp | Org | Person));
        named || mention.is_some_and(|m| !m.actors.is_empty())
    })
}

/// Whether a party is one whom the lexicon or the text could place.
fn is_actor(text: &Annotated<'_>, resolved: &Resolved, party: Span) -> bool {
    let inside = resolved.mentions().iter().filter(|m| party.overlaps(text.span_of(m.tokens.clone())));
    inside.flat_map(|m| &m.actors).any(|actor| actor.code.is_some())
}

/// Whether one clause holds both, the source as its subject and the target among what hangs on its verb.
fn is_linked(text: &Annotated<'_>, source: Span, target: Span) -> bool {
    let (Some(s), Some(t)) = (text.token_ending(source), text.token_ending(target)) else { return false };
    let (s, t) = (top(text.token(s), source), top(text.token(t), target));
    let subject = s.dep() == Dep::Nsubj || s.dep() == Dep::Pobj && s.head().lower() == "by";
    let verb = if s.dep() == Dep::Pobj { s.head().head() } else { s.head() };
    let way: Vec<Token<'_>> =
        std::iter::once(t).chain(t.ancestors()).take_while(|a| a.i() != verb.i()).collect();
    let tells = !matches!(verb.lemma(), "be" | "say" | "add" | "have" | "become");
    subject && tells && verb.dominates(t) && way.len() <= 5 && !way.iter().any(|step| leaves_clause(*step))
}

fn leaves_clause(step: Token<'_>) -> bool {
    matches!(
        step.dep(),
        Dep::Ccomp | Dep::Advcl | Dep::Relcl | Dep::Parataxis | Dep::Conj | Dep::Appos | Dep::Npadvmod
    )
}

/// The head of the phrase in a span.
fn top(token: Token<'_>, span: Span) -> Token<'_> {
    match token.is_root() || !span.overlaps(token.head().span()) {
        true => token,
        false => top(token.head(), span),
    }
}

fn marked(text: &str, source: Span, target: Span) -> String {
    let mut marks = [
        (source.start, 1, "<s>"),
        (source.end, 0, "</s>"),
        (target.start, 1, "<t>"),
        (target.end, 0, "</t>"),
    ];
    marks.sort();
    let (mut out, mut from) = (String::new(), 0);
    for (at, _, mark) in marks {
        out.push_str(&text[from..at]);
        out.push_str(mark);
        from = at;
    }
    out + &text[from..]
}
