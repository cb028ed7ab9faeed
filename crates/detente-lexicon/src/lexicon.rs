//! The lexicon and its look-ups.

use std::borrow::Cow;

use detente_model::ActorCode;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::normal::{case_of, key_of, push_key};
use crate::record::{Form, Kind, Office, OfficeRecord, Role, SubjectId, Word};
use crate::{distance, names};

/// Subjects, their dated roles, and an index from phrases to the forms that name them.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    pub(crate) offices: Vec<OfficeRecord>,
    pub(crate) subjects: Vec<SubjectRow>,
    pub(crate) forms: FxHashMap<Key, SmallVec<[Form; 1]>>,
    /// For the first word of a phrase, how many words the longest phrase has that begins with it.
    longest: FxHashMap<Key, u8>,
    by_name: FxHashMap<(Kind, Key), SubjectId>,
    by_given: FxHashMap<Key, Vec<SubjectId>>,
    states: FxHashMap<ActorCode, SubjectId>,
    holders: FxHashMap<(Office, ActorCode), Vec<SubjectId>>,
    /// While a user's folder is read: what was added, in order. Its forms come before the older ones.
    pub(crate) added: Option<Added>,
}

/// The offices of heads of state and government that not every state has.
const HEADS: &[&str] = &["president", "monarch", "emperor", "emir", "sultan", "prime-minister"];

/// A phrase in its normal form; that of a built-in record lies in the program itself.
type Key = Cow<'static, str>;

/// The forms that a file adds, each with its line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Added {
    pub forms: Vec<(String, Form, usize)>,
    line: usize,
}

#[derive(Debug, Clone)]
pub(crate) struct SubjectRow {
    pub kind: Kind,
    pub name: Cow<'static, str>,
    pub roles: SmallVec<[Role; 1]>,
}

/// A phrase found in a text: how many tokens it takes, and whom it may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// How many tokens from the start it covers, at least 1.
    pub len: usize,
    /// The forms that read so, in the order they were recorded; at least one.
    pub forms: SmallVec<[Form; 2]>,
}

/// A subject of a lexicon, for reading.
#[derive(Clone, Copy)]
pub struct Subject<'l> {
    id: SubjectId,
    row: &'l SubjectRow,
}

/// Whether a role is held on the day asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// On that day.
    Held,
    /// Over before it.
    Former,
    /// It comes after it.
    Future,
}

/// A person and what that person is on a day.
#[derive(Debug, Clone, Copy)]
pub struct Holding<'l> {
    /// Who.
    pub person: Subject<'l>,
    /// The role.
    pub role: &'l Role,
    /// Whether it is held on that day.
    pub standing: Standing,
}

impl Lexicon {
    /// The longest phrase that begins at token `at`, with the tokens as they are written.
    ///
    /// A form that is a name asks for its capital letters: `us` is nobody, `US` is a state.
    pub fn lookup(&self, words: &[&str], at: usize) -> Option<Match> {
        let mut matches = self.lookups(words, at);
        matches.drain(..).next()
    }

    /// Every phrase that begins at token `at`, the longest first.
    pub fn lookups(&self, words: &[&str], at: usize) -> SmallVec<[Match; 2]> {
        let mut found = SmallVec::new();
        let mut key = String::with_capacity(64);
        let Some(longest) = words.get(at).and_then(|word| self.reach(&mut key, word)) else { return found };
        // Where the key of each run of tokens ends; a token without letters ends none.
        let mut ends: SmallVec<[(usize, usize); 12]> = smallvec::smallvec![(1, key.trim_end().len())];
        for (i, word) in words.iter().enumerate().skip(at + 1) {
            if key.split_whitespace().count() >= usize::from(longest) {
                break;
            }
            push_key(&mut key, word);
            let end = key.trim_end().len();
            if ends.last().is_some_and(|last| last.1 < end) {
                ends.push((i + 1 - at, end));
            }
        }
        for &(len, end) in ends.iter().rev() {
            found.extend(self.match_of(&key[..end], &words[at..at + len]));
        }
        found
    }

    /// The forms of a phrase, whatever its letters' case.
    pub fn forms(&self, phrase: &str) -> &[Form] {
        self.forms.get(key_of(phrase).as_str()).map_or(&[], |forms| forms)
    }

    /// The subject with this number.
    pub fn subject(&self, id: SubjectId) -> Subject<'_> {
        Subject { id, row: &self.subjects[id.0 as usize] }
    }

    /// All subjects, in the order they were recorded.
    pub fn subjects(&self) -> impl ExactSizeIterator<Item = Subject<'_>> {
        (0..self.subjects.len() as u32).map(|i| self.subject(SubjectId(i)))
    }

    /// How many phrases it knows.
    pub fn phrases(&self) -> usize {
        self.forms.len()
    }

    /// The state or territory with this code.
    pub fn state(&self, code: ActorCode) -> Option<Subject<'_>> {
        self.states.get(&code).map(|&id| self.subject(id))
    }

    /// The office with this key, such as `foreign-minister`.
    pub fn office(&self, key: &str) -> Option<Office> {
        self.offices.iter().position(|o| o.key == key).map(|i| Office(i as u8))
    }

    /// What is recorded of an office.
    pub fn office_record(&self, office: Office) -> &OfficeRecord {
        &self.offices[usize::from(office.0)]
    }

    /// All offices, the highest first.
    pub fn offices(&self) -> impl Iterator<Item = (Office, &OfficeRecord)> {
        self.offices.iter().enumerate().map(|(i, record)| (Office(i as u8), record))
    }

    /// The persons of that name, full or alone, and what each is on that day; who holds an office then comes first,
    /// and among those the higher office.
    pub fn person(&self, name: &str, on: Option<Date>) -> Vec<Holding<'_>> {
        let mut found: Vec<Holding<'_>> = Vec::new();
        for form in self.forms(name) {
            let person = self.subject(form.subject);
            if person.kind() == Kind::Person && !found.iter().any(|h| h.person.id == form.subject) {
                found.extend(person.holding(on));
            }
        }
        found.sort_by_key(Holding::rank);
        found
    }

    /// Every role of every person of that name, in order of time.
    pub fn career(&self, name: &str) -> Vec<Holding<'_>> {
        let mut people: Vec<Subject<'_>> = self.person(name, None).iter().map(|h| h.person).collect();
        people.dedup_by_key(|p| p.id);
        people
            .into_iter()
            .flat_map(|person| {
                let mut roles: Vec<&Role> = person.roles().iter().collect();
                roles.sort_by_key(|role| role.period.from);
                roles.into_iter().map(move |role| Holding { person, role, standing: Standing::Held })
            })
            .collect()
    }

    /// Who holds the office in that state or organisation on that day, who took it last first; on an unknown day, who
    /// holds it until further notice.
    pub fn holders(&self, office: Office, code: ActorCode, on: Option<Date>) -> Vec<Subject<'_>> {
        let ids = self.holders.get(&(office, code)).map_or(&[][..], |ids| ids);
        let held = |role: &&Role| match on {
            Some(_) => role.period.holds(on),
            None => role.period.to.is_none(),
        };
        let since = |person: Subject<'_>| {
            let roles = person.row.roles.iter().filter(|r| r.office == Some(office) && r.code == Some(code));
            roles.filter(held).map(|role| role.period.from).max()
        };
        let mut found: Vec<_> =
            ids.iter().map(|&id| self.subject(id)).filter_map(|p| Some((since(p)?, p))).collect();
        found.sort_by_key(|(since, _)| std::cmp::Reverse(*since));
        found.into_iter().map(|(_, person)| person).collect()
    }

    /// Whether a state has no such head: its heads are known, and none of them ever held this office. Japan has no president.
    pub fn lacks(&self, office: Office, code: ActorCode) -> bool {
        let held = |office: Office| self.holders.contains_key(&(office, code));
        let is_head = |office: &Office| HEADS.contains(&self.office_record(*office).key.as_str());
        let mut heads = self.offices().map(|(office, _)| office).filter(is_head);
        is_head(&office) && !held(office) && heads.any(held)
    }

    /// Whether at least two persons of the records have this given name.
    pub fn is_given_name(&self, word: &str) -> bool {
        self.by_given.get(key_of(word).as_str()).is_some_and(|ids| ids.len() > 1)
    }

    /// Persons whose given name is the first word of `name` and whose family name is nearly the rest: Rex Tillson,
    /// Rex Tillerson. The nearest first; nothing if the name itself is known.
    pub fn near(&self, name: &str, on: Option<Date>) -> Vec<Holding<'_>> {
        let key = key_of(name);
        let Some((given, family)) = key.split_once(' ') else { return Vec::new() };
        let mut near: Vec<(usize, Holding<'_>)> = self
            .by_given
            .get(given)
            .map_or(&[][..], |ids| ids)
            .iter()
            .filter_map(|&id| {
                let person = self.subject(id);
                let own = key_of(person.name());
                let steps = distance::within(family, own.split_once(' ')?.1, distance::bound(family))?;
                Some((steps, person.holding(on)?))
            })
            .collect();
        near.sort_by_key(|(steps, holding)| (*steps, holding.rank()));
        near.into_iter().map(|(_, holding)| holding).collect()
    }

    fn reach(&self, key: &mut String, word: &str) -> Option<u8> {
        push_key(key, word);
        self.longest.get(key.trim_end().split(' ').next()?).copied()
    }

    fn match_of(&self, key: &str, words: &[&str]) -> Option<Match> {
        let forms = self.forms.get(key)?;
        let case = case_of(words.iter().copied());
        let forms: SmallVec<[Form; 2]> = forms.iter().copied().filter(|f| case.satisfies(f.case)).collect();
        (!forms.is_empty()).then_some(Match { len: words.len(), forms })
    }
}

/// Building.
impl Lexicon {
    /// What is added next stands in this line of its file.
    pub(crate) fn at_line(&mut self, line: usize) {
        if let Some(added) = &mut self.added {
            added.line = line;
        }
    }

    /// The subject of that kind and name, new or as it stands.
    pub(crate) fn intern(&mut self, kind: Kind, name: &str) -> SubjectId {
        let key = (kind, Key::Owned(key_of(name)));
        if let Some(&id) = self.by_name.get(&key) {
            return id;
        }
        self.add_subject(key.1, SubjectRow { kind, name: name.to_owned().into(), roles: SmallVec::new() })
    }

    /// Adds a subject that is not there yet, under the key of its name.
    pub(crate) fn add_subject(&mut self, key: Key, row: SubjectRow) -> SubjectId {
        let id = SubjectId(self.subjects.len() as u32);
        if row.kind == Kind::Person {
            self.index_given(id, &key);
        }
        self.by_name.insert((row.kind, key), id);
        for (n, role) in row.roles.iter().enumerate() {
            self.index_role(id, row.kind, role, &row.roles[..n]);
        }
        self.subjects.push(row);
        id
    }

    pub(crate) fn add_role(&mut self, id: SubjectId, role: Role) {
        let row = &mut self.subjects[id.0 as usize];
        if row.roles.contains(&role) {
            return;
        }
        let (kind, earlier) = (row.kind, row.roles.clone());
        row.roles.push(role);
        self.index_role(id, kind, &role, &earlier);
    }

    fn index_role(&mut self, id: SubjectId, kind: Kind, role: &Role, earlier: &[Role]) {
        if let (Kind::Person, Some(office), Some(code)) = (kind, role.office, role.code) {
            let again = earlier.iter().any(|other| other.office == role.office && other.code == role.code);
            if !again {
                self.holders.entry((office, code)).or_default().push(id);
            }
        }
        if let (Kind::State, Some(code)) = (kind, role.code) {
            self.states.entry(code).or_insert(id);
        }
    }

    /// Records a form; says whether its key has any letter at all.
    pub(crate) fn add_form(&mut self, phrase: &str, form: Form) -> bool {
        let key = key_of(phrase);
        if key.is_empty() {
            return false;
        }
        self.reach_to(&key);
        let forms = self.forms.entry(Key::Owned(key.clone())).or_default();
        match &mut self.added {
            Some(added) => {
                forms.retain(|known| *known != form);
                forms.insert(0, form);
                added.forms.push((key, form, added.line));
            }
            None if forms.contains(&form) => {}
            None => forms.push(form),
        }
        true
    }

    /// Adds a phrase that is not there yet, with all its forms.
    pub(crate) fn add_phrase(&mut self, key: &'static str, forms: SmallVec<[Form; 1]>) {
        self.reach_to(key);
        self.forms.insert(Key::Borrowed(key), forms);
    }

    /// Look-ups that begin with the first word of this phrase reach to its end.
    fn reach_to(&mut self, key: &str) {
        let first = key.split(' ').next().unwrap_or(key);
        let words = key.split(' ').count().min(usize::from(u8::MAX)) as u8;
        match self.longest.get_mut(first) {
            Some(longest) => *longest = words.max(*longest),
            None => _ = self.longest.insert(Key::Owned(first.to_owned()), words),
        }
    }

    fn index_given(&mut self, id: SubjectId, key: &str) {
        let Some((given, _)) = key.split_once(' ') else { return };
        match self.by_given.get_mut(given) {
            Some(ids) => ids.push(id),
            None => _ = self.by_given.insert(Key::Owned(given.to_owned()), vec![id]),
        }
    }
}

impl<'l> Subject<'l> {
    /// Its number.
    pub fn id(self) -> SubjectId {
        self.id
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        self.row.kind
    }

    /// Its name as recorded.
    pub fn name(self) -> &'l str {
        &self.row.name
    }

    /// Everything it was, is and will be, in the order of the records.
    pub fn roles(self) -> &'l [Role] {
        &self.row.roles
    }

    /// What it is on that day: the highest office held then, else what it was last before, else what it becomes first.
    /// On an unknown day, what it was last.
    pub fn role_on(self, on: Option<Date>) -> Option<&'l Role> {
        self.holding(on).map(|holding| holding.role)
    }

    /// The same, and whether the role is held then.
    pub fn holding(self, on: Option<Date>) -> Option<Holding<'l>> {
        let make = |standing| move |role| Holding { person: self, role, standing };
        let roles = || self.row.roles.iter();
        let Some(day) = on else {
            let latest =
                roles().min_by_key(|r| (std::cmp::Reverse(r.period.to.unwrap_or(Date::MAX)), r.office));
            return latest.map(make(Standing::Held));
        };
        let held = roles().filter(|r| r.period.holds(on)).min_by_key(|r| r.office);
        let former = || roles().filter(|r| r.period.is_before(day)).max_by_key(|r| r.period.to);
        let future = || roles().min_by_key(|r| r.period.from);
        held.map(make(Standing::Held))
            .or_else(|| former().map(make(Standing::Former)))
            .or_else(|| future().map(make(Standing::Future)))
    }

    /// One name of a person that is used alone: the family name.
    pub fn family_name(self) -> &'l str {
        names::family_name(self.name(), self.roles().first().and_then(|role| role.code))
    }
}

impl std::fmt::Debug for Subject<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.kind(), self.name())
    }
}

impl Holding<'_> {
    /// Whether the role is held, and one of those whose holders are known by one name alone all over the world.
    pub fn is_in_high_office(&self) -> bool {
        self.standing == Standing::Held && self.role.office.is_some_and(Office::is_high)
    }

    /// In office before out of office, a high office before a low one.
    fn rank(&self) -> (Standing, Option<Office>, SubjectId) {
        (self.standing, self.role.office, self.person.id)
    }
}

impl Form {
    /// Whether it is one name of a person, used alone.
    pub fn is_surname(&self) -> bool {
        self.word == Word::Surname
    }
}
