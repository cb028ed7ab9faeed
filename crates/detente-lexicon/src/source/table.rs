//! Tab-separated tables: which there are, their columns, and their rows as they become subjects, roles and forms.

use std::str::FromStr;

use detente_model::{ActorCode, Sector, named_enum};

use super::fault::Faults;
use crate::normal::Case;
use crate::record::{Form, Kind, OfficeRecord, Role, SubjectId, Word};
use crate::{Lexicon, Office, Period, names, plural};

named_enum! {
    /// The tables of the lexicon, each a file or a folder of that name.
    Table, "table", {
        /// The vocabulary of offices.
        Offices = "offices",
        /// States and territories.
        States = "states",
        /// Regions, cities, breakaway lands.
        Regions = "regions",
        /// Houses and places that stand for who sits there.
        Metonyms = "metonyms",
        /// Organisations, companies, single institutions.
        Organisations = "organisations",
        /// Armed and political groups, parties.
        Groups = "groups",
        /// Ethnic and religious peoples.
        Peoples = "peoples",
        /// Titles, offices, agents.
        Titles = "titles",
        /// Persons and the offices they held.
        Persons = "persons",
        /// Parts of the world, and circles of states.
        Areas = "areas",
    }
}

impl Table {
    /// The table that a file belongs to, by its folder's name or else its own: `titles.tsv`, `titles-navy.tsv`, `persons/asia.tsv`.
    pub fn of_path(path: &str) -> Option<Table> {
        let path = path.strip_suffix(".tsv")?;
        let (folder, file) = path.rsplit_once(['/', '\\']).unwrap_or(("", path));
        let of = |part: &str| Table::from_str(part.split('-').next().unwrap_or(part)).ok();
        folder.rsplit(['/', '\\']).next().and_then(of).or_else(|| of(file))
    }

    /// The columns, in order; empty cells at the end of a row may be left out.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Table::Offices => &["key", "sector", "what"],
            Table::States => &[
                "code",
                "name",
                "names",
                "adjectives",
                "people",
                "capitals",
                "from",
                "to",
                "successor",
                "source",
            ],
            Table::Regions => &["name", "code", "names", "adjectives", "people", "source"],
            Table::Metonyms => &["name", "code", "sector", "from", "to", "source"],
            Table::Organisations => &["name", "code", "sector", "aliases", "from", "to", "source"],
            Table::Groups => &["name", "code", "sector", "from", "to", "aliases", "source"],
            Table::Peoples => &["singular", "plural", "codes", "sector", "source"],
            Table::Titles => &["title", "class", "sector", "office", "only", "plural"],
            Table::Persons => &["name", "code", "office", "from", "to", "aliases", "source", "group"],
            Table::Areas => &["name", "codes", "adjectives", "together", "source"],
        }
    }
}

/// Reads one table into a lexicon. Offices come before whatever names them.
pub(crate) fn read(lexicon: &mut Lexicon, table: Table, text: &str, faults: &mut Faults<'_>) {
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_end_matches(['\r', '\u{feff}']);
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let columns = table.columns();
        if cells.len() > columns.len() {
            let message = format!("{} cells, but {table} has {} columns", cells.len(), columns.len());
            faults.error(number + 1, "lexicon/columns", message);
            continue;
        }
        let row = Row { cells: &cells, columns, line: number + 1 };
        lexicon.at_line(row.line);
        let written = Writer { lexicon, faults }.row(table, &row);
        if let Err(Wrong(code, message)) = written {
            faults.error(row.line, code, message);
        }
    }
}

/// Why a row is left out.
struct Wrong(&'static str, String);

struct Row<'r> {
    cells: &'r [&'r str],
    columns: &'static [&'static str],
    line: usize,
}

impl<'r> Row<'r> {
    fn get(&self, column: &str) -> &'r str {
        self.columns.iter().position(|c| *c == column).and_then(|i| self.cells.get(i)).copied().unwrap_or("")
    }

    fn need(&self, column: &'static str) -> Result<&'r str, Wrong> {
        match self.get(column) {
            "" => Err(Wrong("lexicon/empty", format!("the {column} is empty"))),
            text => Ok(text),
        }
    }

    fn period(&self) -> Result<Period, Wrong> {
        Period::parse(self.get("from"), self.get("to")).map_err(|e| Wrong("lexicon/bad-date", e.to_string()))
    }

    fn codes(&self, column: &'static str) -> Result<Vec<ActorCode>, Wrong> {
        self.get(column).split('/').map(str::trim).filter(|c| !c.is_empty()).map(code).collect()
    }

    fn sector(&self) -> Result<Option<Sector>, Wrong> {
        sector(self.get("sector"))
    }
}

fn code(text: &str) -> Result<ActorCode, Wrong> {
    text.parse().map_err(|e: detente_model::InvalidCode| Wrong("lexicon/bad-code", e.to_string()))
}

fn sector(text: &str) -> Result<Option<Sector>, Wrong> {
    match text {
        "" | "IGO" => Ok(None),
        name => {
            name.parse().map(Some).map_err(|_| Wrong("lexicon/bad-sector", format!("`{name}` is no sector")))
        }
    }
}

/// The texts of a list cell, with the days on which each holds: `Almaty@..1997-12-10; Astana@1997-12-10..`.
fn dated(cell: &str) -> impl Iterator<Item = Result<(&str, Period), Wrong>> {
    list(cell).map(|item| {
        let Some((text, days)) = item.split_once('@') else { return Ok((item, Period::ALWAYS)) };
        let (from, to) = days.split_once("..").unwrap_or((days, days));
        let period = Period::parse(from, to).map_err(|e| Wrong("lexicon/bad-date", e.to_string()))?;
        Ok((text.trim(), period))
    })
}

type LandForms<'r> = Vec<(Word, Vec<(&'r str, Period)>)>;

/// The forms that name a land, by column.
fn land_forms<'r>(row: &Row<'r>) -> Result<LandForms<'r>, Wrong> {
    [
        ("names", Word::Name),
        ("adjectives", Word::Adjective),
        ("people", Word::Plural),
        ("capitals", Word::Capital),
    ]
    .into_iter()
    .map(|(column, word)| Ok((word, dated(row.get(column)).collect::<Result<_, _>>()?)))
    .collect()
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|item| !item.is_empty())
}

struct Writer<'w, 'f> {
    lexicon: &'w mut Lexicon,
    faults: &'w mut Faults<'f>,
}

impl Writer<'_, '_> {
    fn row(&mut self, table: Table, row: &Row<'_>) -> Result<(), Wrong> {
        match table {
            Table::Offices => self.office(row),
            Table::States => self.state(row),
            Table::Regions => self.region(row),
            Table::Metonyms => self.named(row, Kind::Metonym, ""),
            Table::Organisations => self.named(row, Kind::Organisation, "aliases"),
            Table::Groups => self.named(row, Kind::Group, "aliases"),
            Table::Peoples => self.people(row),
            Table::Titles => self.title(row),
            Table::Persons => self.person(row),
            Table::Areas => self.area(row),
        }
    }

    fn office(&mut self, row: &Row<'_>) -> Result<(), Wrong> {
        let key = row.need("key")?.to_owned();
        if self.lexicon.offices.len() > usize::from(u8::MAX) {
            return Err(Wrong("lexicon/too-many", "there are more than 256 offices".into()));
        }
        if self.lexicon.office(&key).is_some() {
            return Err(Wrong("lexicon/twice", format!("the office {key} stands here twice")));
        }
        self.lexicon.offices.push(OfficeRecord {
            key,
            sector: row.sector()?,
            what: row.get("what").to_owned(),
        });
        Ok(())
    }

    fn state(&mut self, row: &Row<'_>) -> Result<(), Wrong> {
        let (own, name) = (code(row.need("code")?)?, row.need("name")?);
        let period = row.period()?;
        let successor = Some(row.get("successor")).filter(|c| !c.is_empty()).map(code).transpose()?;
        let forms = land_forms(row)?;
        let id = self.lexicon.intern(Kind::State, name);
        self.state_roles(id, own, period, successor);
        self.land(row, id, name, forms);
        Ok(())
    }

    fn region(&mut self, row: &Row<'_>) -> Result<(), Wrong> {
        let (name, code) = (row.need("name")?, code(row.need("code")?)?);
        let forms = land_forms(row)?;
        let id = self.lexicon.intern(Kind::Region, name);
        self.lexicon.add_role(
            id,
            Role { code: Some(code), sector: None, office: None, period: Period::ALWAYS, of: None },
        );
        self.land(row, id, name, forms);
        Ok(())
    }

    fn land(&mut self, row: &Row<'_>, id: SubjectId, name: &str, forms: LandForms<'_>) {
        self.form(row, id, name, Word::Name, Period::ALWAYS);
        for (word, items) in forms {
            for (text, period) in items {
                self.land_form(row, id, text, word, period);
            }
        }
    }

    /// A state that is gone is its successor from the day after.
    fn state_roles(&mut self, id: SubjectId, own: ActorCode, period: Period, successor: Option<ActorCode>) {
        let role = |code, period| Role { code: Some(code), sector: None, office: None, period, of: None };
        self.lexicon.add_role(id, role(own, period));
        if let (Some(next), Some(to)) = (successor, period.to) {
            self.lexicon.add_role(id, role(next, Period { from: to.tomorrow().ok(), to: None }));
        }
    }

    /// People stand as `Frenchman/Frenchmen`, or in the plural alone.
    fn land_form(&mut self, row: &Row<'_>, id: SubjectId, text: &str, word: Word, period: Period) {
        match text.split_once('/').filter(|_| word == Word::Plural) {
            Some((one, many)) => {
                self.form(row, id, one, Word::Singular, period);
                self.form(row, id, many, Word::Plural, period);
            }
            None => self.form(row, id, text, word, period),
        }
    }

    fn named(&mut self, row: &Row<'_>, kind: Kind, aliases: &str) -> Result<(), Wrong> {
        let name = row.need("name")?;
        let (codes, sector, period) = (row.codes("code")?, row.sector()?, row.period()?);
        let aliases = dated(row.get(aliases)).collect::<Result<Vec<_>, _>>()?;
        let id = self.lexicon.intern(kind, name);
        for code in codes.into_iter().map(Some) {
            self.lexicon.add_role(id, Role { code, sector, office: None, period, of: None });
        }
        self.form(row, id, name, Word::Name, Period::ALWAYS);
        for (alias, period) in aliases {
            self.form(row, id, alias, Word::Name, period);
        }
        Ok(())
    }

    fn people(&mut self, row: &Row<'_>) -> Result<(), Wrong> {
        let singular = row.need("singular")?;
        let (codes, sector) = (row.codes("codes")?, row.sector()?);
        let first = list(singular).next().unwrap_or(singular);
        let id = self.lexicon.intern(Kind::People, first);
        for code in codes.into_iter().map(Some) {
            self.lexicon.add_role(id, Role { code, sector, office: None, period: Period::ALWAYS, of: None });
        }
        if self.lexicon.subject(id).roles().is_empty() {
            self.lexicon
                .add_role(id, Role { code: None, sector, office: None, period: Period::ALWAYS, of: None });
        }
        for form in list(singular) {
            self.form(row, id, form, Word::Adjective, Period::ALWAYS);
        }
        for form in list(row.get("plural")) {
            self.form(row, id, form, Word::Plural, Period::ALWAYS);
        }
        Ok(())
    }

    fn area(&mut self, row: &Row<'_>) -> Result<(), Wrong> {
        let (name, codes) = (row.need("name")?, row.codes("codes")?);
        let adjectives = dated(row.get("adjectives")).collect::<Result<Vec<_>, _>>()?;
        let together = dated(row.get("together")).collect::<Result<Vec<_>, _>>()?;
        let id = self.lexicon.intern(Kind::Area, name);
        for code in codes.into_iter().map(Some) {
            let role = Role { code, sector: None, office: None, period: Period::ALWAYS, of: None };
            self.lexicon.add_role(id, role);
        }
        if !together.iter().any(|(text, _)| *text == name) {
            self.form(row, id, name, Word::Adjective, Period::ALWAYS);
        }
        for (text, period) in adjectives {
            self.form(row, id, text, Word::Adjective, period);
        }
        for (text, period) in together {
            self.form(row, id, text, Word::Plural, period);
        }
        Ok(())
    }

    fn title(&mut self, row: &Row<'_>) -> Result<(), Wrong> {
        let titles = row.need("title")?;
        let class =
            Class::from_str(row.need("class")?).map_err(|e| Wrong("lexicon/bad-class", e.to_string()))?;
        let sector = row.sector()?;
        let office = self.office_named(row.get("office"))?;
        let only = row.codes("only")?;
        let first = list(titles).next().unwrap_or(titles);
        let id = self.lexicon.intern(Kind::Title, first);
        let sector = sector.or_else(|| office.and_then(|o| self.lexicon.office_record(o).sector));
        let role = |code| Role { code, sector, office, period: Period::ALWAYS, of: None };
        if only.is_empty() {
            self.lexicon.add_role(id, role(None));
        }
        for code in only {
            self.lexicon.add_role(id, role(Some(code)));
        }
        let mut given = list(row.get("plural"));
        for title in list(titles) {
            self.title_forms(row, id, title, class, given.next());
        }
        Ok(())
    }

    fn title_forms(&mut self, row: &Row<'_>, id: SubjectId, title: &str, class: Class, plural: Option<&str>) {
        let (one, many) = class.words();
        if let Some(word) = one {
            self.form(row, id, title, word, Period::ALWAYS);
        }
        if let Some(word) = many {
            let many = if one.is_none() { title.to_owned() } else { plural::of(title) };
            match plural {
                Some("-") => {}
                Some(plural) => self.form(row, id, plural, word, Period::ALWAYS),
                None => self.form(row, id, &many, word, Period::ALWAYS),
            }
        }
    }

    fn person(&mut self, row: &Row<'_>) -> Result<(), Wrong> {
        let name = row.need("name")?;
        let code = Some(code(row.need("code")?)?);
        let office = self.office_named(row.need("office")?)?;
        let period = row.period()?;
        let aliases = dated(row.get("aliases")).collect::<Result<Vec<_>, _>>()?;
        let id = self.lexicon.intern(Kind::Person, name);
        let sector = office.and_then(|o| self.lexicon.office_record(o).sector);
        let of = self.group_named(row.get("group"))?;
        self.lexicon.add_role(id, Role { code, sector, office, period, of });
        self.person_form(row, id, name, code, Period::ALWAYS);
        for (alias, period) in aliases {
            self.person_form(row, id, alias, code, period);
        }
        Ok(())
    }

    fn person_form(
        &mut self,
        row: &Row<'_>,
        id: SubjectId,
        name: &str,
        code: Option<ActorCode>,
        period: Period,
    ) {
        let word = if name.contains([' ', '-']) { Word::Name } else { Word::Surname };
        self.form(row, id, name, word, period);
        if word == Word::Name {
            for alone in names::used_alone(name, code) {
                self.form(row, id, alone, Word::Surname, period);
            }
        }
    }

    /// The organisation or group of that name.
    fn group_named(&self, name: &str) -> Result<Option<SubjectId>, Wrong> {
        if name.is_empty() {
            return Ok(None);
        }
        let forms = self.lexicon.forms(name).iter().map(|form| form.subject);
        let named = |id: &SubjectId| {
            !matches!(self.lexicon.subject(*id).kind(), Kind::Person | Kind::Title | Kind::People)
        };
        let found = forms.into_iter().find(named);
        found
            .map(Some)
            .ok_or_else(|| Wrong("lexicon/no-group", format!("`{name}` is no organisation, group or state")))
    }

    fn office_named(&self, key: &str) -> Result<Option<Office>, Wrong> {
        match key {
            "" => Ok(None),
            key => {
                self.lexicon.office(key).map(Some).ok_or_else(|| {
                    Wrong("lexicon/bad-office", format!("`{key}` is no office of offices.tsv"))
                })
            }
        }
    }

    fn form(&mut self, row: &Row<'_>, subject: SubjectId, text: &str, word: Word, period: Period) {
        let form = Form { subject, word, case: Case::of_form(text), period };
        if !self.lexicon.add_form(text, form) {
            self.faults.warning(row.line, "lexicon/no-letters", format!("`{text}` holds no letter or digit"));
        }
    }
}

named_enum! {
    /// How a title counts.
    Class, "class of title", {
        /// One person; several in the plural: minister, ministers.
        Person = "person",
        /// Several, or a mass, without a singular: troops, police.
        Group = "group",
        /// A body that acts as one: parliament, army; several in the plural.
        Body = "body",
    }
}

impl Class {
    fn words(self) -> (Option<Word>, Option<Word>) {
        match self {
            Class::Person => (Some(Word::Singular), Some(Word::Plural)),
            Class::Group => (None, Some(Word::Plural)),
            Class::Body => (Some(Word::Body), Some(Word::Plural)),
        }
    }
}
