//! The whole pipeline: text in, [`Annotated`] out.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use detente_model::Span;

use crate::analysis::{Analyser, Analysis, Features, Room};
use crate::annotated::{Annotated, Builder, TokenRecord, WordId};
use crate::characters::Characters;
use crate::labels::{Dep, Tag};
use crate::lemmatizer::Lemmatizer;
use crate::lexeme::{Form, FormId, Forms, Lexemes};
use crate::network::weights::ModelError;
use crate::pieces;
use crate::ruler::{Attributes, Ruler, Tagged};
use crate::table::TableError;
use crate::tokenizer::{RawToken, Tokenizer};

/// The English pipeline: one model, shared by all threads.
///
/// It computes what spaCy 3.8 computes with `en_core_web_sm` 3.8.0: the same tokens, and the same tags, trees, lemmas
/// and entities but where two scores differ by less than the rounding of a sum.
///
/// ```
/// use detente_english::{Dep, English, EntityType};
///
/// let doc = English::load().annotate("Finland's president met the envoys in Oslo. They spoke for an hour.");
/// assert_eq!(doc.sentences().count(), 2);
///
/// let met = doc.tokens().find(|token| token.lemma() == "meet").expect("a verb");
/// assert_eq!(met.child(Dep::Nsubj).map(|subject| subject.text()), Some("president"));
///
/// let places: Vec<&str> =
///     doc.entities().iter().filter(|e| e.kind == EntityType::Gpe).map(|e| doc.text_of(e.start..e.end)).collect();
/// assert_eq!(places, ["Finland", "Oslo"]);
/// ```
pub struct English {
    tokenizer: Tokenizer,
    lexemes: Lexemes,
    analyser: Analyser,
    ruler: Ruler,
    lemmatizer: Lemmatizer,
    rooms: Mutex<Vec<Room>>,
}

#[derive(Debug, thiserror::Error)]
enum LoadError {
    #[error(transparent)]
    Model(#[from] ModelError),
    #[error(transparent)]
    Table(#[from] TableError),
}

impl English {
    /// The pipeline with the model that the program carries. The first call reads it, in some milliseconds; further
    /// calls give the same one.
    pub fn load() -> &'static English {
        static ENGLISH: OnceLock<English> = OnceLock::new();
        // The model is part of the program, and a test reads it: only a damaged program file gets here.
        ENGLISH.get_or_init(|| Self::read().unwrap_or_else(|error| panic!("{error}")))
    }

    /// A number that tells one model from another.
    pub fn fingerprint() -> u64 {
        detente_model::fingerprint([crate::analysis::WEIGHTS])
    }

    /// Whether a word in small letters is a form of a verb, or an adjective or adverb, that the word lists know.
    pub fn is_verb_or_adjective(&self, word: &str) -> bool {
        self.lemmatizer.is_verb_or_adjective(word)
    }

    /// Annotates a text.
    ///
    /// Any text has a result, and the time is linear in its length. Texts of more than 128 KiB, or more than 16,384
    /// tokens, are read in pieces that are cut at the end of a line or at white space where there is any; no sentence
    /// crosses from one to the next.
    pub fn annotate<'t>(&self, text: &'t str) -> Annotated<'t> {
        self.annotate_blocks(text, &[Span::new(0, text.len())])
    }

    /// Annotates the blocks of a text, each as if it were a text of its own: no sentence crosses from one to the next,
    /// and what lies between them has no tokens. Offsets count in the whole text.
    ///
    /// Blocks are in order and do not overlap. What of a block overlaps an earlier one, lies outside of the text or
    /// breaks a character is left out.
    ///
    /// ```
    /// use detente_english::English;
    /// use detente_model::Span;
    ///
    /// let page = "Talks resume | MENU | Envoys met in Riga.";
    /// let doc = English::load().annotate_blocks(page, &[Span::new(0, 12), Span::new(22, page.len())]);
    /// let sentences: Vec<&str> = doc.sentences().map(|sentence| sentence.text()).collect();
    /// assert_eq!(sentences, ["Talks resume", "Envoys met in Riga."]);
    /// ```
    pub fn annotate_blocks<'t>(&self, text: &'t str, blocks: &[Span]) -> Annotated<'t> {
        self.annotate_while(text, blocks, &|| true).unwrap_or_else(|| Builder::new(text).finish())
    }

    /// The same as long as the caller wants it to go on, asked after every batch of tokens; `None` where it was stopped.
    pub fn annotate_while<'t>(
        &self,
        text: &'t str,
        blocks: &[Span],
        go_on: &dyn Fn() -> bool,
    ) -> Option<Annotated<'t>> {
        let mut doc = Builder::new(text);
        let mut room = self.take_room();
        let mut batch = Batch::default();
        let mut pieces = pieces::of_blocks(text, blocks);
        let finished = pieces.all(|piece| {
            self.tokenize(text, piece, &mut batch);
            if batch.tokens.len() >= BATCH {
                self.annotate_batch(text, &mut batch, &mut room, &mut doc);
            }
            go_on()
        });
        self.annotate_batch(text, &mut batch, &mut room, &mut doc);
        self.return_room(room);
        finished.then(|| doc.finish())
    }

    fn read() -> Result<Self, LoadError> {
        let characters = Arc::new(Characters::load()?);
        Ok(Self {
            tokenizer: Tokenizer::load(Arc::clone(&characters))?,
            lexemes: Lexemes::load(Arc::clone(&characters))?,
            analyser: Analyser::embedded()?,
            ruler: Ruler::load()?,
            lemmatizer: Lemmatizer::load(characters)?,
            rooms: Mutex::new(Vec::new()),
        })
    }

    fn tokenize(&self, text: &str, piece: Range<usize>, batch: &mut Batch) {
        let from = batch.tokens.len();
        self.tokenizer.tokenize(&text[piece.clone()], &mut batch.tokens);
        for token in &mut batch.tokens[from..] {
            token.span = token.span.shifted(piece.start);
        }
        batch.texts.extend(pieces::of_tokens(from..batch.tokens.len()));
    }

    /// Runs the networks over the tokens of a batch, adds what they find to `doc`, and empties the batch.
    fn annotate_batch(&self, text: &str, batch: &mut Batch, room: &mut Room, doc: &mut Builder<'_>) {
        let forms = self.lexemes.forms(text, &batch.tokens);
        let features: Vec<Features> = batch
            .tokens
            .iter()
            .zip(&forms.of_token)
            .map(|(token, id)| features(&forms.forms[*id as usize], token.spacy))
            .collect();
        let lowers: Vec<WordId> = forms.forms.iter().map(|form| doc.add_word(&form.lower)).collect();
        let words = Words { tokens: &batch.tokens, forms: &forms, lowers: &lowers };
        let mut texts = &batch.texts[..];
        while !texts.is_empty() {
            let (now, later) = texts.split_at(texts_at_once(texts));
            let analyses = self.analyser.analyse(&features, now, room);
            analyses.into_iter().zip(now).for_each(|(found, text)| self.add(words.text(text), found, doc));
            texts = later;
        }
        batch.tokens.clear();
        batch.texts.clear();
    }

    /// Adds the tokens of one text with all that is known of them.
    fn add(&self, words: Vec<Word<'_>>, found: Analysis, doc: &mut Builder<'_>) {
        let tagged: Vec<Tagged<'_>> = words
            .iter()
            .zip(found.tags.iter().zip(&found.tree.deps))
            .map(|(word, (tag, dep))| word.tagged(*tag, *dep))
            .collect();
        let first = doc.len();
        for (i, word) in words.iter().enumerate() {
            let made = self.ruler.attributes(&tagged, i);
            let record = TokenRecord {
                span: word.span,
                lemma: &self.lemma(word.form, &made),
                tag: made.tag,
                pos: made.pos,
                dep: made.dep,
                head: first + found.tree.heads[i],
                sent_start: i == 0 || found.tree.sentence_start[i],
            };
            doc.push(&record, word.lower, made.morph.as_str());
        }
        doc.entities(found.entities.into_iter().map(|entity| entity.shifted(first)));
    }

    fn lemma<'a>(&self, form: &'a Form<'_>, made: &Attributes) -> Cow<'a, str> {
        match made.lemma {
            Some(lemma) => Cow::Borrowed(lemma),
            None => self.lemmatizer.lemma(form.text, &form.lower, made.pos, made.morph),
        }
    }

    fn take_room(&self) -> Room {
        let kept = self.rooms.lock().unwrap_or_else(PoisonError::into_inner).pop();
        kept.unwrap_or_else(|| self.analyser.room())
    }

    fn return_room(&self, room: Room) {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner).push(room);
    }
}

/// Tokens that wait for the networks, and which of them are a text of their own.
#[derive(Default)]
struct Batch {
    tokens: Vec<RawToken>,
    texts: Vec<Range<usize>>,
}

/// Tokens at which a batch of texts is full.
const BATCH: usize = 4096;

/// How many texts to analyse together: short ones up to [`BATCH`] tokens, at least one.
fn texts_at_once(texts: &[Range<usize>]) -> usize {
    let start = texts[0].start;
    texts.iter().take_while(|text| text.end - start <= BATCH).count().max(1)
}

/// The words of a batch.
struct Words<'a> {
    tokens: &'a [RawToken],
    forms: &'a Forms<'a>,
    lowers: &'a [WordId],
}

/// One of them.
struct Word<'a> {
    span: Span,
    form: &'a Form<'a>,
    lower: WordId,
}

impl<'a> Words<'a> {
    fn text(&self, text: &Range<usize>) -> Vec<Word<'a>> {
        let numbers = &self.forms.of_token[text.clone()];
        let word = |(token, id): (&RawToken, &FormId)| {
            let id = *id as usize;
            Word { span: token.span, form: &self.forms.forms[id], lower: self.lowers[id] }
        };
        self.tokens[text.clone()].iter().zip(numbers).map(word).collect()
    }
}

impl<'a> Word<'a> {
    fn tagged(&self, tag: Tag, dep: Dep) -> Tagged<'a> {
        Tagged { lower: &self.form.lower, is_space: self.form.is_space, tag, dep }
    }
}

fn features(form: &Form<'_>, spacy: bool) -> Features {
    let lexical = &form.features;
    [lexical.norm, lexical.prefix, lexical.suffix, lexical.shape, spacy.into(), form.is_space.into()]
}
