//! All the networks in the order in which they run: from hashed features to tags, trees and entities.

use std::ops::Range;
use std::str::FromStr;

use crate::annotated::Entity;
use crate::labels::Tag;
use crate::network::WIDTH;
use crate::network::encoder::{Encoder, Scratch};
use crate::network::kernel::{Dense, Rows};
use crate::network::weights::{ModelError, Weights};
use crate::transition::entities::Surroundings;
use crate::transition::tree::Tree;
use crate::transition::{Places, Scorer, arcs, entities};

pub(crate) static WEIGHTS: &[u8] = include_bytes!("../model/weights.safetensors");

/// Hashed features of a token: NORM, PREFIX, SUFFIX, SHAPE, SPACY, IS_SPACE.
pub(crate) type Features = [u64; 6];

/// The trained parts of the pipeline. Immutable; one serves all threads.
pub(crate) struct Analyser {
    encoder: Encoder<6>,
    tagger: Dense<3>,
    tags: Vec<Tag>,
    parser: Scorer<8>,
    parser_moves: Vec<arcs::Move>,
    ner_encoder: Encoder<4>,
    ner: Scorer<3>,
    ner_moves: Vec<entities::Move>,
}

/// What an [`Analyser`] needs room for and keeps from text to text, the word forms it has met above all.
pub(crate) struct Room {
    context: Scratch<6>,
    ner_context: Scratch<4>,
    places: Places,
    tag_scores: Vec<f32>,
    is_space: Vec<bool>,
}

/// What the networks find in one text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Analysis {
    /// Fine tag of each token.
    pub(crate) tags: Vec<Tag>,
    /// Heads, relations, sentence starts.
    pub(crate) tree: Tree,
    /// Named entities.
    pub(crate) entities: Vec<Entity>,
}

impl Analyser {
    /// Reads the embedded model and lays its weights out for this machine.
    pub(crate) fn embedded() -> Result<Self, ModelError> {
        let weights = Weights::parse(WEIGHTS)?;
        let tags: Vec<Tag> = lines(include_str!("../model/tags.txt"), ModelError::Label)?;
        let parser_moves: Vec<arcs::Move> = moves(include_str!("../model/parser-moves.txt"))?;
        let ner_moves: Vec<entities::Move> = moves(include_str!("../model/ner-moves.txt"))?;
        let lexical = [("norm", 5000), ("prefix", 1000), ("suffix", 2500), ("shape", 2500)];
        let [norm, prefix, suffix, shape] = lexical;
        let all = [norm, prefix, suffix, shape, ("spacy", 50), ("is_space", 50)];
        let tagger = weights.array("tagger.weight", tags.len() * WIDTH)?;
        let tagger_bias = weights.array("tagger.bias", tags.len())?;
        Ok(Self {
            encoder: Encoder::read(&weights, "tok2vec", all)?,
            tagger: Dense::new(WIDTH, tagger_bias, |tag, input| tagger[tag * WIDTH + input]),
            tags,
            parser: Scorer::read(&weights, "parser", parser_moves.len())?,
            parser_moves,
            ner_encoder: Encoder::read(&weights, "ner", lexical)?,
            ner: Scorer::read(&weights, "ner", ner_moves.len())?,
            ner_moves,
        })
    }

    /// Empty room.
    pub(crate) fn room(&self) -> Room {
        Room {
            context: self.encoder.scratch(),
            ner_context: self.ner_encoder.scratch(),
            places: Places::default(),
            tag_scores: Vec::new(),
            is_space: Vec::new(),
        }
    }

    /// Analyses texts, each a range of `tokens`, every one as if it stood alone. Token numbers in a result count
    /// from the start of its text.
    pub(crate) fn analyse(
        &self,
        tokens: &[Features],
        texts: &[Range<usize>],
        room: &mut Room,
    ) -> Vec<Analysis> {
        let of = |text: &Range<usize>| tokens[text.clone()].iter();
        self.encoder.encode(texts.iter().map(|text| of(text).copied()), &mut room.context);
        let lexical = |&[norm, prefix, suffix, shape, ..]: &Features| [norm, prefix, suffix, shape];
        self.ner_encoder.encode(texts.iter().map(|text| of(text).map(lexical)), &mut room.ner_context);
        texts
            .iter()
            .enumerate()
            .map(|(number, text)| self.analyse_text(number, &tokens[text.clone()], room))
            .collect()
    }

    fn analyse_text(&self, number: usize, tokens: &[Features], room: &mut Room) -> Analysis {
        let context = room.context.text(number, tokens.len());
        let tags = self.tag(context, &mut room.tag_scores);
        self.parser.place(context, &mut room.places);
        let arcs = arcs::parse(&self.parser, &self.parser_moves, &room.places, tokens.len());
        room.is_space.clear();
        room.is_space.extend(tokens.iter().map(|features| features[5] != 0));
        let tree = Tree::new(&arcs, &room.is_space);
        self.ner.place(room.ner_context.text(number, tokens.len()), &mut room.places);
        let around = Surroundings { is_space: &room.is_space, sentence_start: &tree.sentence_start };
        let entities = entities::find(&self.ner, &self.ner_moves, &room.places, around);
        Analysis { tags, tree, entities }
    }

    fn tag(&self, context: Rows<'_>, scores: &mut Vec<f32>) -> Vec<Tag> {
        scores.resize(context.len() * self.tagger.padded(), 0.0);
        self.tagger.apply(context, scores);
        let best = |row: &[f32]| {
            let row = &row[..self.tags.len()];
            (1..row.len()).fold(0, |best, i| if row[i] > row[best] { i } else { best })
        };
        scores.chunks_exact(self.tagger.padded()).map(|row| self.tags[best(row)]).collect()
    }
}

fn moves<M: FromStr<Err = ModelError>>(list: &str) -> Result<Vec<M>, ModelError> {
    list.lines().map(str::parse).collect()
}

fn lines<L: FromStr>(list: &str, unknown: fn(String) -> ModelError) -> Result<Vec<L>, ModelError> {
    list.lines().map(|line| line.parse().map_err(|_| unknown(line.to_owned()))).collect()
}

#[cfg(test)]
pub(crate) struct Layers {
    pub(crate) mixed: Vec<Vec<f32>>,
    pub(crate) vectors: Vec<Vec<f32>>,
    pub(crate) tag_scores: Vec<Vec<f32>>,
    pub(crate) ner_vectors: Vec<Vec<f32>>,
    pub(crate) first_ner_scores: Vec<f32>,
}

#[cfg(test)]
impl Analyser {
    /// The values between the layers, after `tokens` were analysed as one text in `room`.
    pub(crate) fn layers(&self, tokens: &[Features], room: &Room) -> Layers {
        let rows = |rows: Rows<'_>| rows.data.chunks(WIDTH).map(<[f32]>::to_vec).collect::<Vec<_>>();
        let mut scores = self.ner.scores();
        self.ner.score(&room.places, [Some(0), None, None], &mut scores);
        scores.truncate(self.ner_moves.len());
        let padded = self.tagger.padded();
        Layers {
            mixed: room.context.mixed(),
            vectors: rows(room.context.text(0, tokens.len())),
            tag_scores: room.tag_scores.chunks(padded).map(|row| row[..self.tags.len()].to_vec()).collect(),
            ner_vectors: rows(room.ner_context.text(0, tokens.len())),
            first_ner_scores: scores,
        }
    }
}
