//! The arc-eager transition system with sentence breaks, as spaCy's parser has it.
//!
//! A state is a stack of words, the words yet to read, and the arcs made. The system is not monotonic: a word without
//! a head may be put back in front of the words to read, once; and an arc may be replaced by a better one.

use std::str::FromStr;

use super::{Places, Scorer, best_move};
use crate::labels::Dep;
use crate::network::weights::ModelError;

/// One move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Move {
    /// Push the next word.
    Shift,
    /// Pop the top of the stack, or put it back to be read if it has no head and is not the last.
    Reduce,
    /// The next word is the head of the top of the stack, which is popped.
    Left(Label),
    /// The top of the stack is the head of the next word, which is pushed.
    Right(Label),
    /// A sentence begins after the next word.
    Break,
}

/// The relation of an arc; with `lifted`, the arc was drawn to an ancestor of its true head, which has that relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) dep: Dep,
    pub(crate) lifted: Option<Dep>,
}

impl FromStr for Label {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        let dep = |name: &str| name.parse().map_err(|_| ModelError::Label(text.to_owned()));
        match text.split_once("||") {
            Some((label, head)) => Ok(Self { dep: dep(label)?, lifted: Some(dep(head)?) }),
            None => Ok(Self { dep: dep(text)?, lifted: None }),
        }
    }
}

impl FromStr for Move {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        match text.split_once('-') {
            None if text == "S" => Ok(Self::Shift),
            None if text == "D" => Ok(Self::Reduce),
            Some(("L", label)) => label.parse().map(Self::Left),
            Some(("R", label)) => label.parse().map(Self::Right),
            Some(("B", _)) => Ok(Self::Break),
            _ => Err(ModelError::Label(text.to_owned())),
        }
    }
}

/// The head of a word and its relation; `None` for the root of a tree.
pub(crate) type Arc = Option<(usize, Label)>;

/// Parses the `tokens` words whose vectors `places` holds: an arc for each.
pub(crate) fn parse(scorer: &Scorer<8>, moves: &[Move], places: &Places, tokens: usize) -> Vec<Arc> {
    let mut state = State::new(tokens);
    let mut scores = scorer.scores();
    while !state.is_final() {
        scorer.score(places, state.context(), &mut scores);
        let allowed = state.allowed();
        match best_move(moves, &scores, |candidate| allowed.has(candidate)) {
            Some(chosen) => state.apply(chosen),
            None => break,
        }
    }
    state.arcs
}

/// Which kinds of moves a state allows.
struct Allowed {
    shift: bool,
    reduce: bool,
    arcs: bool,
    sentence: bool,
}

impl Allowed {
    fn has(&self, candidate: Move) -> bool {
        match candidate {
            Move::Shift => self.shift,
            Move::Reduce => self.reduce,
            Move::Left(_) | Move::Right(_) => self.arcs,
            Move::Break => self.sentence,
        }
    }
}

/// Words by number; `kids` link each word's children on either side from the latest arc to the earliest.
struct State {
    stack: Vec<usize>,
    put_back: Vec<usize>,
    next: usize,
    arcs: Vec<Arc>,
    kids: [Vec<Option<usize>>; 2],
    earlier: Vec<Option<usize>>,
    was_put_back: Vec<bool>,
    sentence_start: Vec<bool>,
}

const LEFT: usize = 0;
const RIGHT: usize = 1;

impl State {
    fn new(tokens: usize) -> Self {
        let mut sentence_start = vec![false; tokens];
        if let Some(first) = sentence_start.first_mut() {
            *first = true;
        }
        Self {
            stack: Vec::new(),
            put_back: Vec::new(),
            next: 0,
            arcs: vec![None; tokens],
            kids: [vec![None; tokens], vec![None; tokens]],
            earlier: vec![None; tokens],
            was_put_back: vec![false; tokens],
            sentence_start,
        }
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.left_to_read() == 0
    }

    fn left_to_read(&self) -> usize {
        self.arcs.len() - self.next + self.put_back.len()
    }

    /// The word `depth` below the top of the stack.
    fn stacked(&self, depth: usize) -> Option<usize> {
        self.stack.iter().rev().nth(depth).copied()
    }

    /// The word `ahead` places after the next to read.
    fn coming(&self, ahead: usize) -> Option<usize> {
        match self.put_back.iter().rev().nth(ahead) {
            Some(word) => Some(*word),
            None => Some(self.next + ahead - self.put_back.len()).filter(|i| *i < self.arcs.len()),
        }
    }

    fn kid(&self, head: Option<usize>, side: usize) -> Option<usize> {
        head.and_then(|head| self.kids[side][head])
    }

    /// The eight words that the network sees.
    fn context(&self) -> [Option<usize>; 8] {
        let (next, top) = (self.coming(0), self.stacked(0));
        [
            next,
            self.coming(1),
            top,
            self.stacked(1),
            self.stacked(2),
            self.kid(next, LEFT),
            self.kid(top, LEFT),
            self.kid(top, RIGHT),
        ]
    }

    fn allowed(&self) -> Allowed {
        let next = self.coming(0);
        let starts = next.is_some_and(|word| self.sentence_start[word]);
        let empty = self.stack.is_empty();
        let put_back = next.is_some_and(|word| self.was_put_back[word]);
        Allowed {
            shift: empty || (self.left_to_read() >= 2 && !starts && !put_back),
            reduce: !empty,
            arcs: !empty && next.is_some() && !starts,
            sentence: self.may_break(),
        }
    }

    fn may_break(&self) -> bool {
        match (self.coming(0), self.coming(1)) {
            (Some(next), Some(after)) => after == next + 1 && !self.sentence_start[after],
            _ => false,
        }
    }

    fn apply(&mut self, chosen: Move) {
        let (next, top) = (self.coming(0), self.stacked(0));
        match (chosen, next, top) {
            (Move::Shift, Some(_), _) => self.push(),
            (Move::Reduce, _, Some(top)) => self.reduce(top),
            (Move::Left(label), Some(next), Some(top)) => {
                self.attach(next, top, label);
                self.was_put_back[next] = false;
                self.stack.pop();
            }
            (Move::Right(label), Some(next), Some(top)) => {
                self.attach(top, next, label);
                self.push();
            }
            (Move::Break, Some(next), _) => self.sentence_start[next + 1] = true,
            _ => debug_assert!(false, "{chosen:?} is not allowed here"),
        }
    }

    fn push(&mut self) {
        let word = self.put_back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(word);
    }

    fn reduce(&mut self, top: usize) {
        self.stack.pop();
        if self.arcs[top].is_none() && !self.stack.is_empty() {
            self.was_put_back[top] = true;
            self.put_back.push(top);
        }
    }

    fn attach(&mut self, head: usize, child: usize, label: Label) {
        if let Some((old, _)) = self.arcs[child] {
            // The old head is the word below in the stack, so its latest arc is the one to this child.
            self.kids[side(old, child)][old] = self.earlier[child];
        }
        let kids = &mut self.kids[side(head, child)][head];
        self.earlier[child] = kids.replace(child);
        self.arcs[child] = Some((head, label));
    }
}

fn side(head: usize, child: usize) -> usize {
    if head > child { LEFT } else { RIGHT }
}
