//! From arcs to a tree: lifted arcs go back to their true heads, and the trees' left edges are the sentence starts.

use std::collections::VecDeque;

use super::arcs::Arc;
use crate::labels::Dep;

/// The heads and relations of a text's tokens and where its sentences begin.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tree {
    /// Token number of the head; a root is its own.
    pub(crate) heads: Vec<usize>,
    /// Relation to the head.
    pub(crate) deps: Vec<Dep>,
    /// Whether a sentence begins at the token.
    pub(crate) sentence_start: Vec<bool>,
}

impl Tree {
    /// Finishes a parse, as spaCy does after its last move.
    pub(crate) fn new(arcs: &[Arc], is_space: &[bool]) -> Self {
        let heads: Vec<usize> =
            arcs.iter().enumerate().map(|(i, arc)| arc.map_or(i, |(head, _)| head)).collect();
        let deps = arcs.iter().map(|arc| arc.map_or(Dep::Root, |(_, label)| label.dep)).collect();
        let mut edges = Edges::new(&heads);
        let mut tree = Self { heads, deps, sentence_start: Vec::new() };
        if tree.lower(arcs, is_space, &edges) {
            edges = Edges::new(&tree.heads);
        }
        tree.sentence_start = edges.sentence_starts(&tree.heads);
        tree
    }

    /// Moves lifted arcs down to the first descendant of their head that has the wanted relation, breadth first.
    fn lower(&mut self, arcs: &[Arc], is_space: &[bool], edges: &Edges) -> bool {
        let mut decorated: Vec<Option<Dep>> =
            arcs.iter().map(|arc| arc.and_then(|(_, l)| l.lifted)).collect();
        let mut moved = false;
        for i in 0..arcs.len() {
            let Some(wanted) = decorated[i].take() else { continue };
            moved = true;
            // A relation still decorated is none of the plain ones.
            let plain = |child: usize| decorated[child].is_none().then(|| self.deps[child]);
            let is_it = |child: usize| plain(child) == Some(wanted);
            if let Some(head) = find_below(self.heads[i], i, &self.heads, is_space, edges, is_it) {
                self.heads[i] = head;
            }
        }
        moved
    }
}

fn find_below(
    top: usize,
    but: usize,
    heads: &[usize],
    is_space: &[bool],
    edges: &Edges,
    is_it: impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut queue = VecDeque::from([top]);
    while let Some(head) = queue.pop_front() {
        let (left, right) = edges.0[head];
        for child in left..=right {
            if heads[child] != head || child == head || child == but || is_space[child] {
                continue;
            }
            if is_it(child) {
                return Some(child);
            }
            queue.push_back(child);
        }
    }
    None
}

/// First and last token under each token.
struct Edges(Vec<(usize, usize)>);

/// How often edges are widened at most: trees with crossing arcs may need several rounds.
const ROUNDS: usize = 12;

impl Edges {
    fn new(heads: &[usize]) -> Self {
        let mut edges = Self((0..heads.len()).map(|i| (i, i)).collect());
        for _ in 0..ROUNDS {
            (0..heads.len()).for_each(|i| edges.widen(heads[i], i));
            (0..heads.len()).rev().for_each(|i| edges.widen(heads[i], i));
            if edges.sentences_hold(heads) {
                break;
            }
        }
        edges
    }

    fn widen(&mut self, head: usize, child: usize) {
        let (left, right) = self.0[child];
        let edge = &mut self.0[head];
        *edge = (edge.0.min(left), edge.1.max(right));
    }

    fn sentence_starts(&self, heads: &[usize]) -> Vec<bool> {
        let mut starts = vec![false; heads.len()];
        for (i, head) in heads.iter().enumerate() {
            if *head == i {
                starts[self.0[i].0] = true;
            }
        }
        starts
    }

    /// Whether every head is in its child's sentence; the last token is not looked at, nor is it by spaCy.
    fn sentences_hold(&self, heads: &[usize]) -> bool {
        let starts = self.sentence_starts(heads);
        let mut begin = 0;
        for i in 0..heads.len() {
            if (i > 0 && starts[i]) || i + 1 == heads.len() {
                if heads[begin..i].iter().any(|head| *head < begin || *head > i) {
                    return false;
                }
                begin = i;
            }
        }
        true
    }
}
