//! The names of a text by a linear model over chains of words: a conditional random field.
//!
//! It sees what the model of the language, the rules and the article say of each word (`cues`) and finds the best chain of
//! tags. `data/name/weights.tsv` holds a line a cue; `data/name/MODEL.md` says from what they were learned and how well they do.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::cues::{Cues, DISTANCES, EDGE, HERE};
use super::{Draft, Name, NameKind};

/// Weights of cues.
#[derive(Debug, Default)]
pub struct Learned {
    tags: Vec<Tag>,
    cues: FxHashMap<Box<str>, Rows>,
    /// The rows of all cues: tags and what each is worth.
    weights: Vec<(u8, f32)>,
    /// What it adds that one tag follows another, by both; never where it was not met.
    steps: Vec<f32>,
}

/// Where the rows of a cue lie that counts for a word at each distance from its own.
type Rows = [(u32, u32); DISTANCES.len()];

/// The rows of every cue of a text.
type Looked<'l> = Vec<&'l Rows>;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Tag {
    /// Whether a name begins here.
    begins: bool,
    /// Whether it is part of one; of which kind, `None` for a building, an event, a product.
    name: Option<Option<NameKind>>,
}

const FILE: &str = include_str!("../../data/name/weights.tsv");
/// In front of the tag before, in the lines of steps.
const STEP: &str = ">";

impl Learned {
    /// The weights that come with detente.
    pub fn builtin() -> &'static Learned {
        static LEARNED: LazyLock<Learned> = LazyLock::new(|| Learned::read(FILE));
        &LEARNED
    }

    /// Reads `#` comments, a line of tags, and lines of a cue, a tag and a weight in hundredths, and so on.
    pub fn read(file: &str) -> Learned {
        let mut lines = file.lines().filter(|line| !line.starts_with('#'));
        let tags: Vec<&str> = lines.next().into_iter().flat_map(str::split_whitespace).collect();
        let mut learned = Learned {
            steps: vec![f32::NEG_INFINITY; tags.len() * tags.len()],
            tags: tags.iter().map(|tag| Tag::read(tag)).collect(),
            cues: FxHashMap::default(),
            weights: Vec::new(),
        };
        for (cue, row) in lines.filter_map(|line| line.split_once('\t')) {
            let row = hundredths(row, tags.len());
            match cue.strip_prefix(STEP).and_then(|tag| tags.iter().position(|t| *t == tag)) {
                Some(from) => {
                    row.iter().for_each(|(to, weight)| {
                        learned.steps[from * tags.len() + usize::from(*to)] = *weight
                    });
                }
                None => learned.add(cue, row),
            }
        }
        learned
    }

    fn add(&mut self, cue: &str, row: Vec<(u8, f32)>) {
        let near = DISTANCES.iter().position(|(mark, _)| !mark.is_empty() && cue.starts_with(mark));
        let distance = near.unwrap_or(HERE);
        let start = self.weights.len() as u32;
        self.weights.extend(row);
        let rows = self.cues.entry(cue[DISTANCES[distance].0.len()..].into()).or_default();
        rows[distance] = (start, self.weights.len() as u32);
    }

    /// The names in some stretches of a text.
    pub fn names(&self, cues: &Cues, stretches: &[Stretch]) -> Vec<Name> {
        let looked: Looked<'_> = cues.texts().map(|cue| self.rows(cue)).collect();
        let name = |stretch| self.read_off(stretch, &self.path(cues, &looked, stretch));
        stretches.iter().flat_map(name).collect()
    }

    fn rows(&self, cue: &str) -> &Rows {
        const NONE: Rows = [(0, 0); DISTANCES.len()];
        self.cues.get(cue).unwrap_or(&NONE)
    }

    /// The best tags for a stretch (Viterbi).
    fn path(&self, cues: &Cues, looked: &Looked<'_>, stretch: &Stretch) -> Vec<usize> {
        let count = self.tags.len();
        let opening = |tag: &Tag| if tag.begins || tag.name.is_none() { 0.0 } else { f32::NEG_INFINITY };
        let mut scores: Vec<f32> = self.tags.iter().map(opening).collect();
        let mut back: Vec<usize> = Vec::with_capacity(stretch.tokens.len() * count);
        for at in stretch.tokens.clone() {
            if at > stretch.tokens.start {
                scores = self.step(&scores, &mut back);
            }
            self.weigh(cues, looked, (at, &stretch.sentence), &mut scores);
        }
        let mut path: Vec<usize> =
            (0..count).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).into_iter().collect();
        for from in back.chunks_exact(count.max(1)).rev() {
            path.push(from[path[path.len() - 1]]);
        }
        path.reverse();
        path
    }

    /// The best scores of a next word's tags before its own cues; adds to `back` from which tag each comes.
    fn step(&self, scores: &[f32], back: &mut Vec<usize>) -> Vec<f32> {
        let count = self.tags.len();
        let best = |to: usize| {
            let through = |from: usize| (scores[from] + self.steps[from * count + to], from);
            (0..count).map(through).max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default()
        };
        let take = |(score, from)| {
            back.push(from);
            score
        };
        (0..count).map(best).map(take).collect()
    }

    /// Adds what the cues of a word and its neighbours are worth.
    fn weigh(
        &self,
        cues: &Cues,
        looked: &Looked<'_>,
        (at, sentence): (usize, &Range<usize>),
        scores: &mut [f32],
    ) {
        for (number, (_, distance)) in DISTANCES.iter().enumerate() {
            let from = at.checked_add_signed(*distance).filter(|from| sentence.contains(from));
            let edge = [self.rows(EDGE)];
            for rows in from.map_or(&edge[..], |from| &looked[cues.range(from)]) {
                let (start, end) = rows[number];
                for (tag, weight) in &self.weights[start as usize..end as usize] {
                    scores[usize::from(*tag)] += weight;
                }
            }
        }
    }

    fn read_off(&self, stretch: &Stretch, path: &[usize]) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        for (at, tag) in stretch.tokens.clone().zip(path).map(|(at, tag)| (at, self.tags[*tag])) {
            let Some(kind) = tag.name.flatten() else { continue };
            match names.last_mut().filter(|name| !tag.begins && name.tokens.end == at) {
                Some(name) => name.tokens.end = at + 1,
                None => names.push(Name { tokens: at..at + 1, kind }),
            }
        }
        names
    }
}

impl Tag {
    /// From "O", and a kind with "B-" for the first, "I-" for a further, "L-" for the last word of a name, "U-" for its only one.
    fn read(text: &str) -> Tag {
        match text.split_once('-') {
            Some((place, kind)) => Tag { begins: matches!(place, "B" | "U"), name: Some(kind.parse().ok()) },
            None => Tag::default(),
        }
    }
}

fn hundredths(row: &str, tags: usize) -> Vec<(u8, f32)> {
    let mut fields = row.split('\t');
    let mut found = Vec::new();
    while let (Some(tag), Some(weight)) = (fields.next(), fields.next()) {
        if let (Ok(tag), Ok(weight)) = (tag.parse::<u8>(), weight.parse::<f32>())
            && usize::from(tag) < tags
        {
            found.push((tag, weight / 100.0));
        }
    }
    found
}

/// A run of words that may hold names, and the sentence it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Its words.
    pub tokens: Range<usize>,
    /// Those of its sentence.
    pub sentence: Range<usize>,
}

/// Where names may be: words with a capital and what was found already, with two words before, one behind and what lies
/// between two that are near one another.
pub fn stretches(draft: &Draft<'_>) -> Vec<Stretch> {
    const NEAR: usize = 2;
    let mut found: Vec<Stretch> = Vec::new();
    let mut named = vec![false; draft.words.len()];
    draft.found.iter().for_each(|f| named[f.tokens.clone()].fill(true));
    for sentence in draft.text.sentences().map(|s| s.range()) {
        for at in sentence.clone().filter(|at| named[*at] || draft.has_capital(*at)) {
            let (start, end) = (at.saturating_sub(2).max(sentence.start), (at + 2).min(sentence.end));
            match found.last_mut() {
                Some(last) if last.sentence == sentence && start < last.tokens.end + NEAR => {
                    last.tokens.end = end
                }
                _ => found.push(Stretch { tokens: start..end, sentence: sentence.clone() }),
            }
        }
    }
    found
}
