//! A text with its tokens, sentences, parse and entities, and the ways to walk them.

use std::ops::Range;

use detente_model::{Span, named_enum};

use crate::labels::{Dep, EntityType, Pos, Tag};

/// A text and everything the pipeline found in it. Borrows the text; owns the rest in a few flat vectors.
///
/// Token numbers run through the whole text, from 0. Spans are bytes of the text.
#[derive(Debug, Clone)]
pub struct Annotated<'t> {
    text: &'t str,
    tokens: Vec<Node>,
    words: String,
    sentences: Vec<Range<u32>>,
    entities: Vec<Entity>,
}

/// What a producer of annotations knows of one token; [`Annotated::new`] links them up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRecord<'a> {
    /// Where it stands in the text.
    pub span: Span,
    /// Its base form.
    pub lemma: &'a str,
    /// Fine tag.
    pub tag: Tag,
    /// Part of speech.
    pub pos: Pos,
    /// Relation to its head.
    pub dep: Dep,
    /// Token number of its head; its own number for a root.
    pub head: usize,
    /// Whether a sentence begins here.
    pub sent_start: bool,
}

/// A named entity: a run of tokens and its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entity {
    /// Token number of the first token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// What it names.
    pub kind: EntityType,
}

impl Entity {
    /// The same entity where `by` tokens stand before.
    pub(crate) fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by, ..self }
    }
}

named_enum! {
    /// Where a token stands in a named entity.
    Iob, "place in an entity", {
        /// It is the first of one.
        Begin = "B",
        /// It is a further one.
        Inside = "I",
        /// It is in none.
        Outside = "O",
    }
}

#[derive(Debug, Clone, Copy)]
struct Node {
    span: (u32, u32),
    lemma: (u32, u32),
    lower: (u32, u32),
    morph: &'static str,
    head: u32,
    first_child: u32,
    next_sibling: u32,
    left_edge: u32,
    right_edge: u32,
    sentence: u32,
    entity: u32,
    tag: Tag,
    pos: Pos,
    dep: Dep,
}

const NONE: u32 = u32::MAX;

impl<'t> Annotated<'t> {
    /// Links token records into a walkable text.
    ///
    /// Records are in order of the text; entities are in order and do not overlap. A head outside the token's own
    /// sentence is taken for the token itself.
    pub fn new<'a>(
        text: &'t str,
        records: impl IntoIterator<Item = TokenRecord<'a>>,
        entities: Vec<Entity>,
    ) -> Self {
        let mut builder = Builder::new(text);
        for record in records {
            let lower = builder.add_lowercase(&text[record.span.range()]);
            builder.push(&record, lower, "");
        }
        builder.entities(entities);
        builder.finish()
    }

    /// The text that the spans index.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The token with number `i`.
    ///
    /// # Panics
    /// If there is no such token, as slices do.
    pub fn token(&self, i: usize) -> Token<'_> {
        assert!(i < self.tokens.len(), "token {i} of {}", self.tokens.len());
        Token { doc: self, i }
    }

    /// All tokens in order.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator {
        (0..self.tokens.len()).map(|i| Token { doc: self, i })
    }

    /// The sentences in order; together they hold every token.
    pub fn sentences(&self) -> impl DoubleEndedIterator<Item = Sentence<'_>> + ExactSizeIterator {
        self.sentences.iter().enumerate().map(|(number, range)| Sentence::new(self, number, range))
    }

    /// The sentence with this number.
    ///
    /// # Panics
    /// If there is no such sentence.
    pub fn sentence(&self, number: usize) -> Sentence<'_> {
        Sentence::new(self, number, &self.sentences[number])
    }

    /// The named entities in order.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The bytes from the first to the last token of a range of token numbers.
    pub fn span_of(&self, tokens: Range<usize>) -> Span {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|i| self.tokens.get(i))) {
            (Some(a), Some(b)) => Span::new(a.span.0 as usize, b.span.1 as usize),
            _ => Span::default(),
        }
    }

    /// The number of the token that the last byte of a span lies in: the head of most phrases.
    pub fn token_ending(&self, span: Span) -> Option<usize> {
        let next = self.tokens.partition_point(|token| (token.span.0 as usize) < span.end);
        next.checked_sub(1).filter(|&i| self.tokens[i].span.1 as usize > span.start)
    }

    /// The words from the first to the last token of a range, as written.
    pub fn text_of(&self, tokens: Range<usize>) -> &'t str {
        &self.text[self.span_of(tokens).range()]
    }

    fn close_sentences(&mut self) {
        let end = self.tokens.len() as u32;
        let starts: Vec<u32> = self.sentences.iter().map(|s| s.start).skip(1).chain([end]).collect();
        for (sentence, next) in self.sentences.iter_mut().zip(starts) {
            sentence.end = next;
        }
    }

    fn link(&mut self) {
        for i in 0..self.tokens.len() {
            let sentence = &self.sentences[self.tokens[i].sentence as usize];
            if !sentence.contains(&self.tokens[i].head) {
                self.tokens[i].head = i as u32;
            }
        }
        for i in (0..self.tokens.len()).rev() {
            let head = self.tokens[i].head as usize;
            if head != i {
                self.tokens[i].next_sibling = self.tokens[head].first_child;
                self.tokens[head].first_child = i as u32;
            }
        }
        self.widen_edges();
    }

    /// Widens every head by its children once these have all of theirs: each token is looked at once.
    fn widen_edges(&mut self) {
        let mut waiting = vec![0u32; self.tokens.len()];
        for (i, token) in self.tokens.iter().enumerate() {
            waiting[token.head as usize] += u32::from(token.head as usize != i);
        }
        let mut ready: Vec<usize> = (0..waiting.len()).filter(|i| waiting[*i] == 0).collect();
        while let Some(i) = ready.pop() {
            let Node { head, left_edge, right_edge, .. } = self.tokens[i];
            if head as usize == i {
                continue;
            }
            let node = &mut self.tokens[head as usize];
            node.left_edge = node.left_edge.min(left_edge);
            node.right_edge = node.right_edge.max(right_edge);
            waiting[head as usize] -= 1;
            if waiting[head as usize] == 0 {
                ready.push(head as usize);
            }
        }
    }

    fn mark_entities(&mut self) {
        for (number, entity) in self.entities.iter().enumerate() {
            for token in &mut self.tokens[entity.start..entity.end] {
                token.entity = number as u32;
            }
        }
    }

    fn word(&self, range: (u32, u32)) -> &str {
        &self.words[range.0 as usize..range.1 as usize]
    }
}

/// Puts an [`Annotated`] together token by token.
pub(crate) struct Builder<'t> {
    doc: Annotated<'t>,
}

/// A place in the store of words.
pub(crate) type WordId = (u32, u32);

impl<'t> Builder<'t> {
    /// Nothing yet of `text`.
    pub(crate) fn new(text: &'t str) -> Self {
        let (tokens, words) = (Vec::new(), String::new());
        Self { doc: Annotated { text, tokens, words, sentences: Vec::new(), entities: Vec::new() } }
    }

    /// How many tokens there are so far.
    pub(crate) fn len(&self) -> usize {
        self.doc.tokens.len()
    }

    /// Stores a word for as many tokens as have it.
    pub(crate) fn add_word(&mut self, word: &str) -> WordId {
        let start = self.doc.words.len() as u32;
        self.doc.words.push_str(word);
        (start, self.doc.words.len() as u32)
    }

    /// Adds a token; `lower` is its text in small letters, `morph` its features. Its head counts in the whole text.
    pub(crate) fn push(&mut self, record: &TokenRecord<'_>, lower: WordId, morph: &'static str) {
        let i = self.doc.tokens.len() as u32;
        if record.sent_start || i == 0 {
            self.doc.sentences.push(i..i);
        }
        let lemma = self.add_lemma(record, lower);
        self.doc.tokens.push(Node {
            span: (record.span.start as u32, record.span.end as u32),
            lemma,
            lower,
            morph,
            head: record.head as u32,
            first_child: NONE,
            next_sibling: NONE,
            left_edge: i,
            right_edge: i,
            sentence: self.doc.sentences.len() as u32 - 1,
            entity: NONE,
            tag: record.tag,
            pos: record.pos,
            dep: record.dep,
        });
    }

    /// Adds entities, which follow those added before.
    pub(crate) fn entities(&mut self, entities: impl IntoIterator<Item = Entity>) {
        self.doc.entities.extend(entities);
    }

    /// Links everything up.
    pub(crate) fn finish(mut self) -> Annotated<'t> {
        self.doc.close_sentences();
        self.doc.link();
        self.doc.mark_entities();
        self.doc
    }

    fn add_lowercase(&mut self, text: &str) -> WordId {
        let start = self.doc.words.len() as u32;
        self.doc.words.extend(text.chars().flat_map(char::to_lowercase));
        (start, self.doc.words.len() as u32)
    }

    /// Most lemmas are the word in small letters, which is there already.
    fn add_lemma(&mut self, record: &TokenRecord<'_>, lower: WordId) -> WordId {
        match self.doc.word(lower) == record.lemma {
            true => lower,
            false => self.add_word(record.lemma),
        }
    }
}

/// One token, with the text it belongs to.
#[derive(Clone, Copy)]
pub struct Token<'a> {
    doc: &'a Annotated<'a>,
    i: usize,
}

impl<'a> Token<'a> {
    /// Its number in the text.
    pub fn i(self) -> usize {
        self.i
    }

    /// Its bytes in the text.
    pub fn span(self) -> Span {
        let (start, end) = self.node().span;
        Span::new(start as usize, end as usize)
    }

    /// As written.
    pub fn text(self) -> &'a str {
        &self.doc.text[self.span().range()]
    }

    /// In lower case.
    pub fn lower(self) -> &'a str {
        self.doc.word(self.node().lower)
    }

    /// Base form.
    pub fn lemma(self) -> &'a str {
        self.doc.word(self.node().lemma)
    }

    /// Fine tag.
    pub fn tag(self) -> Tag {
        self.node().tag
    }

    /// Part of speech.
    pub fn pos(self) -> Pos {
        self.node().pos
    }

    /// Morphological features in the notation of Universal Dependencies, as `Number=Sing|Person=3`; often none.
    ///
    /// Texts made by [`Annotated::new`] have none.
    pub fn morph(self) -> &'static str {
        self.node().morph
    }

    /// Relation to its head.
    pub fn dep(self) -> Dep {
        self.node().dep
    }

    /// Its head; itself for a root.
    pub fn head(self) -> Token<'a> {
        self.at(self.node().head as usize)
    }

    /// Whether it has no head.
    pub fn is_root(self) -> bool {
        self.node().head as usize == self.i
    }

    /// Its children, in order of the text.
    pub fn children(self) -> impl Iterator<Item = Token<'a>> {
        let first = self.node().first_child;
        std::iter::successors(self.some(first), move |child| child.some(child.node().next_sibling))
    }

    /// Its children with this relation.
    pub fn children_with(self, dep: Dep) -> impl Iterator<Item = Token<'a>> {
        self.children().filter(move |child| child.dep() == dep)
    }

    /// The first child with this relation.
    pub fn child(self, dep: Dep) -> Option<Token<'a>> {
        self.children_with(dep).next()
    }

    /// Its heads, from its own upwards to the root.
    pub fn ancestors(self) -> impl Iterator<Item = Token<'a>> {
        std::iter::successors(Some(self), |token| (!token.is_root()).then(|| token.head())).skip(1)
    }

    /// The token numbers from the leftmost to the rightmost descendant; an English subtree is nearly always whole.
    pub fn subtree(self) -> Range<usize> {
        self.node().left_edge as usize..self.node().right_edge as usize + 1
    }

    /// Whether `other` is this token or hangs below it.
    pub fn dominates(self, other: Token<'_>) -> bool {
        self.i == other.i
            || (self.subtree().contains(&other.i)
                && std::iter::successors(Some(other), |t| (!t.is_root()).then(|| t.head()))
                    .any(|t| t.i == self.i))
    }

    /// The sentence it stands in.
    pub fn sentence(self) -> Sentence<'a> {
        let number = self.node().sentence as usize;
        Sentence::new(self.doc, number, &self.doc.sentences[number])
    }

    /// Whether a sentence begins here.
    pub fn is_sent_start(self) -> bool {
        self.doc.sentences[self.node().sentence as usize].start as usize == self.i
    }

    /// The named entity it is part of.
    pub fn entity(self) -> Option<Entity> {
        self.doc.entities.get(self.node().entity as usize).copied()
    }

    /// The type of the named entity it is part of.
    pub fn entity_type(self) -> Option<EntityType> {
        self.entity().map(|entity| entity.kind)
    }

    /// Where it stands in a named entity.
    pub fn ent_iob(self) -> Iob {
        match self.entity() {
            Some(entity) if entity.start == self.i => Iob::Begin,
            Some(_) => Iob::Inside,
            None => Iob::Outside,
        }
    }

    /// The next token, in this sentence or the next.
    pub fn next(self) -> Option<Token<'a>> {
        (self.i + 1 < self.doc.len()).then(|| self.at(self.i + 1))
    }

    /// The token before.
    pub fn previous(self) -> Option<Token<'a>> {
        self.i.checked_sub(1).map(|i| self.at(i))
    }

    /// Whether white space follows in the text.
    pub fn has_space_after(self) -> bool {
        self.doc.text[self.span().end..].starts_with(' ')
    }

    fn node(self) -> &'a Node {
        &self.doc.tokens[self.i]
    }

    fn at(self, i: usize) -> Token<'a> {
        Token { doc: self.doc, i }
    }

    fn some(self, i: u32) -> Option<Token<'a>> {
        (i != NONE).then(|| self.at(i as usize))
    }
}

impl std::fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}/{}/{}", self.i, self.text(), self.tag(), self.dep())
    }
}

impl PartialEq for Token<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.i == other.i && std::ptr::eq(self.doc.tokens.as_ptr(), other.doc.tokens.as_ptr())
    }
}

impl Eq for Token<'_> {}

/// One sentence: a run of tokens.
#[derive(Clone, Copy)]
pub struct Sentence<'a> {
    doc: &'a Annotated<'a>,
    number: usize,
    start: usize,
    end: usize,
}

impl<'a> Sentence<'a> {
    fn new(doc: &'a Annotated<'a>, number: usize, range: &Range<u32>) -> Self {
        Self { doc, number, start: range.start as usize, end: range.end as usize }
    }

    /// Its number in the text.
    pub fn number(self) -> usize {
        self.number
    }

    /// Its token numbers.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Its tokens.
    pub fn tokens(self) -> impl DoubleEndedIterator<Item = Token<'a>> + ExactSizeIterator {
        let doc = self.doc;
        self.range().map(move |i| Token { doc, i })
    }

    /// The first token that has no head.
    pub fn root(self) -> Option<Token<'a>> {
        self.tokens().find(|token| token.is_root() && token.pos() != Pos::Space)
    }

    /// Its bytes, without white space at the ends.
    pub fn span(self) -> Span {
        let whole = self.doc.span_of(self.range());
        let text = &self.doc.text[whole.range()];
        let start = whole.start + (text.len() - text.trim_start().len());
        Span::new(start, start.max(whole.start + text.trim_end().len()))
    }

    /// As written, without white space at the ends.
    pub fn text(self) -> &'a str {
        &self.doc.text[self.span().range()]
    }

    /// The named entities that begin in it.
    pub fn entities(self) -> impl Iterator<Item = Entity> + 'a {
        self.doc.entities.iter().copied().filter(move |e| self.range().contains(&e.start))
    }
}

impl std::fmt::Debug for Sentence<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {:?}", self.number, self.text())
    }
}
