//! Who somebody is, asked in words: "Tillerson", "Rex Tillson", "the Russian foreign minister", "president of Croatia".

use detente_model::ActorCode;
use jiff::civil::Date;

use crate::lexicon::{Holding, Lexicon, Standing, Subject};
use crate::record::{Kind, Office, Role, SubjectId, Word};

impl Lexicon {
    /// The persons a name or a title with its state means on that day: by name, else by office, else by a near name.
    pub fn find(&self, phrase: &str, on: Option<Date>) -> Vec<Holding<'_>> {
        let named = self.person(phrase, on);
        if !named.is_empty() {
            return named;
        }
        let by_office = Asked::of(self, phrase, on).answer(self, on);
        if by_office.is_empty() { self.near(phrase, on) } else { by_office }
    }
}

/// What a phrase asks for.
#[derive(Debug, Default)]
struct Asked {
    /// Whose.
    code: Option<ActorCode>,
    /// The organisation or group itself, where it is one.
    owner: Option<SubjectId>,
    /// The roles its title may mean.
    roles: Vec<Role>,
}

impl Asked {
    fn of(lexicon: &Lexicon, phrase: &str, on: Option<Date>) -> Asked {
        let spaced = phrase.replace("'s", " ").replace("’s", " ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let (mut asked, mut at) = (Asked::default(), 0);
        while at < words.len() {
            let found = lexicon.lookups(&words, at).into_iter().find(|m| {
                m.forms
                    .iter()
                    .any(|f| f.word != Word::Surname && lexicon.subject(f.subject).kind() != Kind::Person)
            });
            let Some(found) = found else {
                at += 1;
                continue;
            };
            for subject in
                found.forms.iter().filter(|f| f.period.holds(on)).map(|f| lexicon.subject(f.subject))
            {
                asked.take(subject, on);
            }
            at += found.len;
        }
        asked
    }

    fn take(&mut self, subject: Subject<'_>, on: Option<Date>) {
        match subject.kind() {
            Kind::Title => self.roles.extend(subject.roles()),
            Kind::Person | Kind::People | Kind::Area => {}
            kind => {
                self.code = self.code.or_else(|| subject.role_on(on)?.code);
                if matches!(kind, Kind::Organisation | Kind::Group) {
                    self.owner = self.owner.or(Some(subject.id()));
                }
            }
        }
    }

    fn answer<'l>(&self, lexicon: &'l Lexicon, on: Option<Date>) -> Vec<Holding<'l>> {
        if self.roles.is_empty() {
            return Vec::new();
        }
        let office = self.office();
        if let Some(owner) = self.owner {
            let of = lexicon.leaders_of(owner, office, on);
            if !of.is_empty() {
                return of;
            }
        }
        let Some(code) = self.code.or_else(|| self.roles.iter().find_map(|role| role.code)) else {
            return Vec::new();
        };
        let offices = office.map_or_else(|| lexicon.highest().collect(), |office| vec![office]);
        let people = offices.into_iter().map(|office| (office, lexicon.holders(office, code, on)));
        let (office, people) = people.into_iter().find(|(_, found)| !found.is_empty()).unzip();
        let role = |person: Subject<'l>| {
            let held = |r: &&&Role| r.office == office && r.code == Some(code) && r.period.holds(on);
            person.roles().iter().filter(|r| held(&r)).max_by_key(|r| r.period.from)
        };
        let hold = |person| Some(Holding { person, role: role(person)?, standing: Standing::Held });
        people.unwrap_or_default().into_iter().filter_map(hold).collect()
    }

    /// The office that the title means for this state.
    fn office(&self) -> Option<Office> {
        let of_state = self.roles.iter().find(|r| r.code.is_some() && r.code == self.code);
        let of_all = || self.roles.iter().find(|r| r.code.is_none());
        of_state.or_else(of_all).or(self.roles.first()).and_then(|role| role.office)
    }
}

impl Lexicon {
    /// Who leads an organisation or group on that day; if an office is asked for, who holds it there.
    pub fn leaders_of(&self, owner: SubjectId, office: Option<Office>, on: Option<Date>) -> Vec<Holding<'_>> {
        let held = |role: &&Role| role.of == Some(owner) && role.period.holds(on);
        let mut found: Vec<Holding<'_>> = self
            .subjects()
            .filter_map(|person| {
                let role = person.roles().iter().filter(held).max_by_key(|r| r.period.from)?;
                Some(Holding { person, role, standing: Standing::Held })
            })
            .collect();
        if office.is_some() {
            found.retain(|h| h.role.office == office);
        }
        found.sort_by_key(|h| (h.role.office, std::cmp::Reverse(h.role.period.from)));
        found
    }

    /// The offices of those who lead a state, the highest first.
    fn highest(&self) -> impl Iterator<Item = Office> {
        const LEADERS: &[&str] = &[
            "supreme-leader",
            "junta-leader",
            "president",
            "prime-minister",
            "monarch",
            "emir",
            "sultan",
            "chief-executive",
        ];
        LEADERS.iter().filter_map(|key| self.office(key))
    }
}
