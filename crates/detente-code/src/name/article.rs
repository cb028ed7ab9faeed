//! What an article as a whole shows of the words that it writes with a capital.

use rustc_hash::FxHashMap;

use detente_english::Dep;

use super::heads::Heads;
use super::{Draft, NameKind};

/// How the words of an article are used throughout.
#[derive(Debug, Default)]
pub struct Article<'d> {
    uses: FxHashMap<&'d str, Uses>,
}

/// How often a word is used how.
#[derive(Debug, Default, Clone, Copy)]
struct Uses {
    all: u16,
    /// As a name of each kind, and as none.
    kinds: [u16; 5],
    titled: u16,
    speaks: u16,
    inside: u16,
    article: u16,
    owner: u16,
    first: u16,
    last: u16,
}

impl<'d> Article<'d> {
    /// Looks through all texts of an article, after the rules.
    pub(super) fn of(drafts: &[Draft<'d>]) -> Self {
        let mut article = Article::default();
        for draft in drafts {
            for at in 0..draft.words.len() {
                article.count(draft, at);
            }
            for found in &draft.found {
                article.found(draft, found);
            }
        }
        article
    }

    /// Tells `see` what is known of a word, with how far it reaches.
    pub fn each(&self, word: &str, lower: &str, mut see: impl FnMut(usize, &str)) {
        if word != lower && self.uses.get(lower).is_some_and(|uses| uses.all > 0) {
            see(1, "small");
        }
        let Some(uses) = self.uses.get(word) else { return };
        let cues = [
            (uses.titled, "titled"),
            (uses.speaks, "speaks"),
            (uses.inside, "inside"),
            (uses.owner, "owner"),
            (uses.first, "first"),
            (uses.last, "last"),
        ];
        cues.iter().filter(|(count, _)| *count > 0).for_each(|(_, cue)| see(0, cue));
        see(
            0,
            match (uses.article * 2 > uses.all, uses.article) {
                (true, _) => "the+",
                (_, 0) => "the0",
                _ => "the",
            },
        );
        see(1, uses.kind());
        see(
            0,
            match uses.all {
                0..=1 => "once",
                2..=3 => "some",
                _ => "often",
            },
        );
    }

    fn count(&mut self, draft: &Draft<'d>, at: usize) {
        let token = draft.text.token(at);
        let uses = self.uses.entry(draft.words[at]).or_default();
        uses.all = uses.all.saturating_add(1);
        if !draft.is_capital(at) {
            return;
        }
        let heads = Heads::get();
        let before = token.previous().filter(|t| t.sentence().number() == token.sentence().number());
        let add = |count: &mut u16, seen: bool| *count = count.saturating_add(u16::from(seen));
        add(&mut uses.titled, before.is_some_and(|t| heads.presents(t.lower())));
        add(&mut uses.speaks, token.dep() == Dep::Nsubj && heads.speaks(token.head().lemma()));
        add(&mut uses.inside, before.is_some_and(|t| matches!(t.lower(), "in" | "at" | "near" | "from")));
        add(&mut uses.article, before.is_some_and(|t| t.lower() == "the"));
        add(&mut uses.owner, token.next().is_some_and(|t| matches!(t.lower(), "'s" | "’s")));
    }

    fn found(&mut self, draft: &Draft<'d>, found: &super::Found) {
        let kind = found.kind.map_or(4, |kind| kind as usize);
        for at in found.tokens.clone() {
            if let Some(uses) = self.uses.get_mut(draft.words[at]) {
                uses.kinds[kind] = uses.kinds[kind].saturating_add(1);
            }
        }
        if kind == NameKind::Person as usize && found.tokens.len() > 1 {
            let mut add = |at: usize, pick: fn(&mut Uses) -> &mut u16| {
                if let Some(uses) = self.uses.get_mut(draft.words[at]) {
                    *pick(uses) = pick(uses).saturating_add(1);
                }
            };
            add(found.tokens.start, |uses| &mut uses.first);
            add(found.tokens.end - 1, |uses| &mut uses.last);
        }
    }
}

impl Uses {
    /// What the word is mostly part of.
    fn kind(&self) -> &'static str {
        const NAMES: [[&str; 2]; 5] = [
            ["person", "person?"],
            ["organisation", "organisation?"],
            ["location", "location?"],
            ["people", "people?"],
            ["none", "none?"],
        ];
        let all: u16 = self.kinds.iter().sum();
        let best = (0..5).max_by_key(|kind| self.kinds[*kind]).unwrap_or(4);
        if all == 0 { "no" } else { NAMES[best][usize::from(self.kinds[best] < self.all)] }
    }
}
