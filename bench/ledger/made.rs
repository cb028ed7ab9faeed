//! News that never was, alike in its shape: who, what, how often, how long. The same seed makes the same articles.

use std::sync::LazyLock;

use detente_ledger::store::Entry;
use detente_model::{
    Actor, ActorCode, Article, Context, Event, EventType, Evidence, Mode, Part, Party, Place, PlainAct,
    Sector, Signature, Span, Speaker, Status, When, WhenBasis,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The first day of publication.
pub const FIRST: Date = date(2005, 1, 1);
/// Reports in an article.
pub const REPORTS: usize = 10;

/// The busiest parties, the busiest first; the rest of the 200 follow with codes of no meaning.
const BUSIEST: [&str; 24] = [
    "USA", "RUS", "CHN", "ISR", "GBR", "FRA", "IRN", "PSE", "DEU", "UKR", "TUR", "JPN", "IND", "PAK", "SYR",
    "KOR", "PRK", "EUR", "UNO", "IRQ", "AFG", "SAU", "EGY", "NAT",
];
const PARTIES: usize = 200;

/// Types with their share in a hundred, what they are of themselves, and how they are mostly told.
const TYPES: [(EventType, u64, Option<Mode>, &str); 16] = [
    (EventType::Consult, 26, Some(Mode::Visit), "held talks"),
    (EventType::Agree, 16, None, "agreed to meet"),
    (EventType::Request, 11, Some(Mode::Change), "called on"),
    (EventType::Accuse, 11, Some(Mode::Disapprove), "condemned"),
    (EventType::Assault, 9, Some(Mode::Aerial), "bombed"),
    (EventType::Support, 5, None, "praised"),
    (EventType::Reject, 5, Some(Mode::Change), "refused"),
    (EventType::Threaten, 3, Some(Mode::Restrict), "warned"),
    (EventType::Coerce, 3, Some(Mode::Arrest), "arrested"),
    (EventType::Aid, 3, None, "sent relief to"),
    (EventType::Cooperate, 2, None, "traded with"),
    (EventType::Mobilize, 2, Some(Mode::Troops), "moved troops"),
    (EventType::Sanction, 1, Some(Mode::Expel), "expelled"),
    (EventType::Protest, 1, Some(Mode::Demo), "marched against"),
    (EventType::Concede, 1, None, "eased"),
    (EventType::Retreat, 1, Some(Mode::Withdraw), "withdrew from"),
];

/// Articles, one after the other, in the order of their days.
pub struct News {
    chance: Chance,
    codes: &'static [ActorCode],
    words: &'static [String],
    articles: usize,
    next: usize,
    days: usize,
}

impl News {
    /// So many articles over so many years.
    pub fn new(articles: usize, years: usize) -> Self {
        Self { codes: codes(), words: words(), chance: Chance(1), articles, next: 0, days: years * 365 }
    }

    fn article(&mut self) -> Entry {
        let n = self.next;
        self.next += 1;
        let day = FIRST.saturating_add(((n * self.days / self.articles) as i64).days());
        let publisher = self.chance.often_low(300);
        let id = format!("https://paper{publisher}.example/{}/report-{n:07}", day.strftime("%Y/%m/%d"));
        let pair = self.pair();
        let (mut text, mut events) = (String::new(), Vec::with_capacity(REPORTS));
        for number in 1..=REPORTS {
            // Half of the reports go on with the pair of the article.
            let (a, b) = if self.chance.below(2) == 0 { pair } else { self.pair() };
            events.push(self.report(&id, number, (a, b), day, &mut text));
        }
        let title = format!("{} and {}: {}", pair.0, pair.1, self.words(6));
        let mut article = Article::of_text(id.clone(), title, text).published_on(day);
        article.url = Some(id);
        article.site = Some(format!("Paper {publisher}"));
        article.language = Some("en".to_owned());
        let words = u32::try_from(article.text.split_whitespace().count()).unwrap_or(u32::MAX);
        let signature = Signature { exact: self.chance.next(), near: self.chance.next(), words };
        Entry { article, signature, events }
    }

    fn report(
        &mut self,
        doc: &str,
        number: usize,
        (a, b): (ActorCode, ActorCode),
        day: Date,
        text: &mut String,
    ) -> Event {
        let (kind, mode, trigger) = self.kind();
        let before = self.words(5);
        let start = text.len();
        text.push_str(&format!("The {before} {a} minister "));
        let at = text.len();
        text.push_str(&format!("{trigger} {b} over {}.\n\n", self.words(10)));
        let sentence = Span::new(start, text.len() - 2);
        let evidence = Evidence { part: Part::Text, sentence, trigger: Span::new(at, at + trigger.len()) };
        let (status, on) = self.told(kind, day);
        let party = |code: ActorCode, at: usize| Party {
            text: format!("{code} minister"),
            span: Some(Span::new(at, at + 3)),
            actor: Actor { code: Some(code), sector: Some(Sector::Gov) },
            name: None,
            elsewhere: false,
        };
        let plain = if kind == EventType::Agree { EventType::Consult } else { kind };
        let when = on.map(|on| When { start: Some(on), end: Some(on), basis: WhenBasis::Clause });
        Event {
            id: format!("{doc}#{number}"),
            doc: doc.to_owned(),
            evidence,
            kind,
            mode: mode.filter(|_| kind != EventType::Agree),
            plain: PlainAct { kind: plain, mode },
            occasion: None,
            contexts: vec![Context::Diplomatic],
            actors: vec![party(a, start)],
            recipients: vec![party(b, at)],
            status,
            when,
            place: (self.chance.below(10) < 6).then(|| self.place()),
            speaker: (self.chance.below(10) < 4).then(|| Speaker {
                text: "the spokesman".to_owned(),
                actor: Actor { code: Some(self.code()), sector: Some(Sector::Gov) },
            }),
            cameo: "040".to_owned(),
            rule: format!("{}/{trigger}", kind.as_str().to_lowercase()),
            confidence: 0.5 + self.chance.below(50) as f32 / 100.0,
        }
    }

    /// Most things were done that day or the day before; one agreement in two lies ahead.
    fn told(&mut self, kind: EventType, day: Date) -> (Status, Option<Date>) {
        let ahead = kind == EventType::Agree && self.chance.below(2) == 0;
        let days = self.chance.often_low(30) as i64;
        match (ahead, self.chance.below(10)) {
            (true, 0) => (Status::Cancelled, Some(day.saturating_add(days.days()))),
            (true, 1..4) => (Status::Proposed, None),
            (true, _) => (Status::Scheduled, Some(day.saturating_add(days.days()))),
            (false, 0) => (Status::Ongoing, None),
            (false, 1..8) => (Status::Occurred, Some(day)),
            (false, _) => (Status::Occurred, Some(day.saturating_sub(days.days()))),
        }
    }

    fn kind(&mut self) -> (EventType, Option<Mode>, &'static str) {
        let mut left = self.chance.next() % TYPES.iter().map(|(_, share, ..)| share).sum::<u64>();
        for (kind, share, mode, trigger) in TYPES {
            match left.checked_sub(share) {
                Some(less) => left = less,
                None => return (kind, mode, trigger),
            }
        }
        (EventType::Consult, None, "met")
    }

    fn pair(&mut self) -> (ActorCode, ActorCode) {
        let a = self.code();
        let b = self.code();
        if a == b { (self.codes[0], self.codes[1]) } else { (a, b) }
    }

    fn code(&mut self) -> ActorCode {
        let at = self.chance.often_low(self.codes.len());
        self.codes[at]
    }

    fn place(&mut self) -> Place {
        let (country, city) = (self.code(), self.chance.often_low(8));
        let number = u32::try_from(city).unwrap_or(0);
        Place {
            name: format!("City {city}, Land of {country}"),
            geonameid: Some(1_000_000 + number),
            coordinates: Some((10.0 + city as f32, 20.0 + city as f32)),
            country: Some(country),
        }
    }

    fn words(&mut self, number: usize) -> String {
        let mut words = Vec::with_capacity(number);
        for _ in 0..number {
            let at = self.chance.often_low(self.words.len());
            words.push(self.words[at].as_str());
        }
        words.join(" ")
    }
}

impl Iterator for News {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        (self.next < self.articles).then(|| self.article())
    }
}

/// The words of the texts, the most frequent first.
pub fn words() -> &'static [String] {
    static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut chance = Chance(2);
        let mut word = || {
            let syllables = 1 + chance.below(4);
            (0..syllables).map(|_| SYLLABLES[chance.below(SYLLABLES.len())]).collect()
        };
        (0..20_000).map(|_| word()).collect()
    });
    &WORDS
}

/// The parties, the busiest first.
pub fn codes() -> &'static [ActorCode] {
    static CODES: LazyLock<Vec<ActorCode>> = LazyLock::new(|| {
        let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
        let rest = (0..PARTIES).map(|n| format!("{}{}X", letter(n / 26), letter(n)));
        let all = BUSIEST.iter().map(|&code| code.to_owned()).chain(rest);
        all.filter_map(|code| code.parse().ok()).take(PARTIES).collect()
    });
    &CODES
}

const SYLLABLES: [&str; 40] = [
    "ba", "den", "tor", "mi", "lan", "ser", "pol", "ri", "ka", "ven", "dis", "mar", "to", "nel", "gra",
    "shi", "por", "tan", "le", "con", "fer", "ma", "ni", "bur", "sta", "del", "qui", "ran", "os", "tri",
    "al", "ges", "wen", "ho", "pri", "ze", "cu", "lor", "ment", "ing",
];

/// Numbers that look random and are the same each time (splitmix64).
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }

    /// Below `end`, each rank about as often as the inverse of it (log-uniform).
    pub fn often_low(&mut self, end: usize) -> usize {
        let share = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        let rank = ((end as f64 + 1.0).powf(share) - 1.0).floor();
        (rank as usize).min(end - 1)
    }
}
