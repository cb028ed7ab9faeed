//! Two tables as one gazetteer: ours, and GeoNames'.

use std::sync::LazyLock;

use detente_model::ActorCode;

use crate::fold::fold;
use crate::kind::{Form, Kind};
use crate::place::{Place, PlaceId};
use crate::table::{Table, Walk};

/// The embedded places.
pub struct Gazetteer {
    ours: Table,
    geonames: Table,
    countries: Vec<([u8; 2], PlaceId)>,
}

/// A place that a name may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// The place.
    pub place: PlaceId,
    /// How the name calls it.
    pub form: Form,
}

static OURS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/ours.gaz"));
static GEONAMES: &[u8] = include_bytes!("../data/geonames.gaz");
static ALPHA3: &[([u8; 2], [u8; 3])] = include!(concat!(env!("OUT_DIR"), "/alpha3.rs"));

static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(|| {
    let open = |bytes| Table::open(bytes).expect("the build embeds whole tables");
    Gazetteer::new(open(OURS), open(GEONAMES))
});

impl Gazetteer {
    /// The gazetteer of this build.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn new(ours: Table, geonames: Table) -> Self {
        let countries = (0..ours.len()).filter_map(|number| {
            let record = ours.record(number)?;
            (record.kind == Kind::Country).then_some((record.country, PlaceId(number)))
        });
        let mut countries: Vec<_> = countries.collect();
        countries.sort_unstable();
        Self { ours, geonames, countries }
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        (self.ours.len() + self.geonames.len()) as usize
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every place.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        (0..self.len() as u32).filter_map(|number| self.get(PlaceId(number)))
    }

    /// What is known of a place of this gazetteer.
    ///
    /// # Panics
    /// If the number is of another gazetteer, as indexing does.
    pub fn place(&self, id: PlaceId) -> Place {
        self.get(id).expect("a number of this gazetteer")
    }

    fn get(&self, id: PlaceId) -> Option<Place> {
        let (table, base) =
            if id.0 < self.ours.len() { (&self.ours, 0) } else { (&self.geonames, self.ours.len()) };
        let record = table.record(id.0 - base)?;
        let country = (record.country != *b"  ").then_some(record.country);
        Some(Place {
            id,
            geonameid: (record.id != 0).then_some(record.id),
            name: record.name,
            kind: record.kind,
            at: record.at,
            population: record.population,
            country,
            alpha3: country.and_then(alpha3),
            parent: record.parent.map(|parent| PlaceId(parent + base)),
        })
    }

    /// The place with a GeoNames id.
    pub fn find(&self, geonameid: u32) -> Option<PlaceId> {
        let ours = self.ours.find(geonameid).map(PlaceId);
        ours.or_else(|| self.geonames.find(geonameid).map(|number| PlaceId(number + self.ours.len())))
    }

    /// The country with an ISO 3166-1 alpha-2 code.
    pub fn country(&self, alpha2: [u8; 2]) -> Option<PlaceId> {
        let at = self.countries.binary_search_by_key(&alpha2, |(code, _)| *code).ok()?;
        Some(self.countries[at].1)
    }

    /// The division of a kind that a place lies in, or is.
    pub fn division(&self, id: PlaceId, kind: Kind) -> Option<PlaceId> {
        let mut at = Some(self.place(id));
        for _ in 0..4 {
            let place = at?;
            if place.kind == kind {
                return Some(place.id);
            }
            at = place.parent.map(|parent| self.place(parent));
        }
        None
    }

    /// The places called so, the most populous of each table first.
    pub fn lookup(&self, name: &str) -> impl Iterator<Item = Named> {
        let mut walker = self.walk();
        walker.push(&fold(name));
        walker.named()
    }

    /// Begins to look up a name word by word.
    pub fn walk(&self) -> Walker<'_> {
        let (ours, geonames) = (Walk::begin(&self.ours), Walk::begin(&self.geonames));
        Walker { gazetteer: self, ours: Some(ours), geonames: Some(geonames), begun: false }
    }

    /// A name for people: "City, Country", or the name alone for a country and for what lies in none.
    pub fn display(&self, id: PlaceId) -> String {
        let place = self.place(id);
        match place.country.and_then(|code| self.country(code)) {
            Some(country) if country != id => format!("{}, {}", place.name, self.place(country).name),
            _ => place.name.to_owned(),
        }
    }
}

/// A look-up under way: the longest name at a point of a text is found in one walk.
#[derive(Clone, Copy)]
pub struct Walker<'g> {
    gazetteer: &'g Gazetteer,
    ours: Option<Walk>,
    geonames: Option<Walk>,
    begun: bool,
}

impl Walker<'_> {
    /// Adds folded words, as [`fold`] gives them; false when no name goes on so.
    pub fn push(&mut self, folded: &str) -> bool {
        let space = (self.begun && !folded.is_empty()).then_some(b' ');
        let bytes = || space.into_iter().chain(folded.bytes());
        self.ours = self.ours.and_then(|walk| walk.follow(&self.gazetteer.ours, bytes()));
        self.geonames = self.geonames.and_then(|walk| walk.follow(&self.gazetteer.geonames, bytes()));
        self.begun |= !folded.is_empty();
        self.ours.is_some() || self.geonames.is_some()
    }

    /// Whether the words so far are a name.
    pub fn is_name(&self) -> bool {
        self.values().iter().any(Option::is_some)
    }

    /// The places called by the words so far.
    pub fn named(&self) -> impl Iterator<Item = Named> + use<> {
        let [ours, geonames] = self.values();
        let base = self.gazetteer.ours.len();
        let ours = ours.into_iter().flat_map(|value| self.gazetteer.ours.references(value));
        let geonames = geonames.into_iter().flat_map(|value| self.gazetteer.geonames.references(value));
        let ours = ours.map(|(number, form)| Named { place: PlaceId(number), form });
        let geonames = geonames.map(move |(number, form)| Named { place: PlaceId(number + base), form });
        ours.chain(geonames).collect::<Vec<_>>().into_iter()
    }

    fn values(&self) -> [Option<u64>; 2] {
        if !self.begun {
            return [None, None];
        }
        let ours = self.ours.and_then(|walk| walk.value(&self.gazetteer.ours));
        let geonames = self.geonames.and_then(|walk| walk.value(&self.gazetteer.geonames));
        [ours, geonames]
    }
}

fn alpha3(alpha2: [u8; 2]) -> Option<ActorCode> {
    let at = ALPHA3.binary_search_by_key(&alpha2, |(two, _)| *two).ok()?;
    ActorCode::new(ALPHA3[at].1)
}
