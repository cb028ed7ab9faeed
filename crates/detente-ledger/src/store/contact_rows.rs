//! Clusters and contacts as rows, and rows as clusters and contacts.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use detente_model::{Actor, ActorCode, Cluster, Contact, ContactStep, Days};
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::AnyConnection;

use super::article_rows::json;
use super::report_rows::{AT_ONCE, read_place};
use super::sql::{Again, Cells, Kind, Outcome, Sql, Table, Trouble, Value, parse, rows_of};

pub(super) const CLUSTERS: Table = Table {
    name: "clusters",
    columns: &[
        ("no", Kind::Int),
        ("id", Kind::Text),
        ("block", Kind::Int),
        ("type", Kind::Text),
        ("actors", Kind::Text),
        ("recipients", Kind::Text),
        ("date_from", Kind::Text),
        ("date_to", Kind::Text),
        ("reports", Kind::Int),
        ("sources", Kind::Int),
        ("told_best", Kind::Int),
    ],
    key: 1,
    again: Again::Fails,
};

pub(super) const CLUSTER_REPORTS: Table = Table {
    name: "cluster_reports",
    columns: &[("cluster", Kind::Int), ("n", Kind::Int), ("report", Kind::Int)],
    key: 2,
    again: Again::Fails,
};

pub(super) const CONTACTS: Table = Table {
    name: "contacts",
    columns: &[
        ("id", Kind::Text),
        ("block", Kind::Int),
        ("kind", Kind::Text),
        ("level", Kind::Text),
        ("parties", Kind::Text),
        ("persons", Kind::Text),
        ("occasion", Kind::Text),
        ("day", Kind::Text),
        ("known", Kind::Text),
        ("date_from", Kind::Text),
        ("date_to", Kind::Text),
        ("place", Kind::Text),
        ("geonameid", Kind::Int),
        ("latitude", Kind::Real),
        ("longitude", Kind::Real),
        ("country", Kind::Text),
        ("state", Kind::Text),
    ],
    key: 1,
    again: Again::Fails,
};

pub(super) const CONTACT_STEPS: Table = Table {
    name: "contact_steps",
    columns: &[
        ("contact", Kind::Text),
        ("n", Kind::Int),
        ("reported_on", Kind::Text),
        ("state", Kind::Text),
        ("date_from", Kind::Text),
        ("date_to", Kind::Text),
        ("report", Kind::Int),
        ("report_key", Kind::Text),
    ],
    key: 2,
    again: Again::Fails,
};

pub(super) const CONTACT_DYADS: Table = Table {
    name: "contact_dyads",
    columns: &[
        ("a", Kind::Text),
        ("b", Kind::Text),
        ("day", Kind::Text),
        ("contact", Kind::Text),
        ("known", Kind::Text),
        ("state", Kind::Text),
    ],
    key: 4,
    again: Again::Fails,
};

/// A derived row.
pub(super) type Row = Vec<Value<'static>>;

/// The numbers of reports by their keys.
pub(super) type Numbers = HashMap<String, i64>;

/// The row of a cluster.
pub(super) fn cluster_row(cluster: &Cluster, block: i64, numbers: &Numbers) -> Outcome<Row> {
    Ok(vec![
        number(numbers, cluster.reports.first())?.into(),
        cluster.id.clone().into(),
        block.into(),
        cluster.kind.as_str().into(),
        codes(&cluster.actors).into(),
        codes(&cluster.recipients).into(),
        cluster.days.map(|days| days.from).into(),
        cluster.days.map(|days| days.to).into(),
        cluster.reports.len().into(),
        cluster.sources.into(),
        number(numbers, Some(&cluster.told_best))?.into(),
    ])
}

/// The rows of a cluster's reports.
pub(super) fn cluster_report_rows(cluster: &Cluster, numbers: &Numbers) -> Outcome<Vec<Row>> {
    let first = number(numbers, cluster.reports.first())?;
    let row =
        |(n, key): (usize, &String)| Ok(vec![first.into(), n.into(), number(numbers, Some(key))?.into()]);
    cluster.reports.iter().enumerate().map(row).collect()
}

/// The row of a contact.
pub(super) fn contact_row(contact: &Contact, block: i64) -> Row {
    let place = contact.place.as_ref();
    vec![
        contact.id.clone().into(),
        block.into(),
        contact.kind.as_str().into(),
        contact.level.as_str().into(),
        parties(&contact.parties).into(),
        json(&contact.persons).into(),
        contact.occasion.clone().into(),
        day(contact).into(),
        known(contact).into(),
        contact.days.map(|days| days.from).into(),
        contact.days.map(|days| days.to).into(),
        place.map(|place| place.name.clone()).into(),
        place.and_then(|place| place.geonameid).map(i64::from).into(),
        place.and_then(|place| place.coordinates).map(|at| at.0).into(),
        place.and_then(|place| place.coordinates).map(|at| at.1).into(),
        place.and_then(|place| place.country).map(|code| code.to_string()).into(),
        contact.state.as_str().into(),
    ]
}

/// The rows of a contact's steps.
pub(super) fn step_rows(contact: &Contact, numbers: &Numbers) -> Outcome<Vec<Row>> {
    let row = |(n, step): (usize, &ContactStep)| {
        let report = step.report.as_ref().map(|key| number(numbers, Some(key))).transpose()?;
        Ok(vec![
            contact.id.clone().into(),
            n.into(),
            step.on.into(),
            step.state.as_str().into(),
            step.days.map(|days| days.from).into(),
            step.days.map(|days| days.to).into(),
            report.into(),
            step.report.clone().into(),
        ])
    };
    contact.steps.iter().enumerate().map(row).collect()
}

/// Every pair that takes part, in the order of the codes, and everybody with himself.
pub(super) fn dyad_rows(contact: &Contact) -> Vec<Row> {
    let codes: BTreeSet<ActorCode> = contact.parties.iter().filter_map(|party| party.code).collect();
    let pairs = codes.iter().flat_map(|a| codes.range(a..).map(move |b| (*a, *b)));
    let row = |(a, b): (ActorCode, ActorCode)| {
        vec![
            a.to_string().into(),
            b.to_string().into(),
            day(contact).into(),
            contact.id.clone().into(),
            known(contact).into(),
            contact.state.as_str().into(),
        ]
    };
    pairs.map(row).collect()
}

/// The day a contact is sorted by; empty when none is known.
fn day(contact: &Contact) -> String {
    contact.days.map_or_else(String::new, |days| days.from.to_string())
}

/// The day it was first told of; empty when none is known.
fn known(contact: &Contact) -> String {
    let first = contact.steps.iter().map(|step| step.on).min().flatten();
    first.map_or_else(String::new, |day| day.to_string())
}

pub(super) fn number(numbers: &Numbers, key: Option<&String>) -> Outcome<i64> {
    let found = key.and_then(|key| numbers.get(key)).copied();
    found.ok_or_else(|| Trouble::Row(format!("{key:?} is derived from, but no report of its block")))
}

fn codes(codes: &[ActorCode]) -> String {
    codes.iter().map(ActorCode::to_string).collect::<Vec<_>>().join(" ")
}

/// "RUS GOV + USA"; `?` for an unknown code.
fn parties(parties: &[Actor]) -> String {
    let name = |actor: &Actor| {
        let code = actor.code.map_or_else(|| "?".to_owned(), |code| code.to_string());
        actor.sector.map_or(code.clone(), |sector| format!("{code} {sector}"))
    };
    parties.iter().map(name).collect::<Vec<_>>().join(" + ")
}

fn read_parties(text: &str) -> Outcome<Vec<Actor>> {
    text.split(" + ").filter(|party| !party.is_empty()).map(read_party).collect()
}

fn read_party(text: &str) -> Outcome<Actor> {
    let fault = || Trouble::Row(format!("`{text}` is no party"));
    let (code, sector) = text.split_once(' ').map_or((text, None), |(code, sector)| (code, Some(sector)));
    let code = (code != "?").then(|| code.parse().map_err(|_| fault())).transpose()?;
    Ok(Actor { code, sector: sector.map(|sector| sector.parse().map_err(|_| fault())).transpose()? })
}

fn read_days(cells: &mut Cells<'_>) -> Outcome<Option<Days>> {
    let (from, to): (Option<Date>, Option<Date>) = (cells.maybe_named()?, cells.maybe_named()?);
    Ok(from.zip(to).map(|(from, to)| Days { from, to }))
}

/// The contacts whose numbers a selection finds for any of these names in a column, in order of ids.
pub(super) async fn told(
    connection: &mut AnyConnection,
    selection: &str,
    column: &str,
    names: &[&str],
) -> Outcome<Vec<Contact>> {
    let mut ids = Vec::new();
    for names in names.chunks(AT_ONCE) {
        let mut sql = Sql::new(selection);
        sql.push_in(column, names.iter().map(|name| Value::from(*name)));
        let rows = sql.all(connection).await?;
        ids.extend(rows.iter().map(|row| Cells::of(row).string()).collect::<Outcome<Vec<_>>>()?);
    }
    ids.sort();
    ids.dedup();
    contacts(connection, &ids).await
}

/// Whole contacts by their ids, in the order given.
pub(super) async fn contacts(connection: &mut AnyConnection, ids: &[String]) -> Outcome<Vec<Contact>> {
    let mut found: HashMap<String, Contact> = HashMap::new();
    for ids in ids.chunks(AT_ONCE) {
        let mut sql = Sql::new(
            "SELECT id, kind, level, parties, persons, occasion, date_from, date_to, \
             place, geonameid, latitude, longitude, country, state FROM contacts WHERE ",
        );
        sql.push_in("id", ids.iter().map(|id| Value::from(id.as_str())));
        for row in sql.all(connection).await? {
            let contact = read_contact(&row)?;
            found.insert(contact.id.clone(), contact);
        }
        add_steps(connection, ids, &mut found).await?;
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

fn read_contact(row: &super::sql::Row) -> Outcome<Contact> {
    let mut cells = Cells::of(row);
    Ok(Contact {
        id: cells.string()?,
        kind: cells.named()?,
        level: cells.named()?,
        parties: read_parties(cells.text()?)?,
        persons: cells.maybe_json()?.unwrap_or_default(),
        occasion: cells.maybe_string()?,
        days: read_days(&mut cells)?,
        place: read_place(&mut cells)?,
        state: cells.named()?,
        steps: Vec::new(),
    })
}

async fn add_steps(
    connection: &mut AnyConnection,
    ids: &[String],
    found: &mut HashMap<String, Contact>,
) -> Outcome<()> {
    let mut sql = Sql::new(
        "SELECT t.contact, t.reported_on, t.state, t.date_from, t.date_to, t.report_key FROM contact_steps t WHERE ",
    );
    sql.push_in("t.contact", ids.iter().map(|id| Value::from(id.as_str())));
    sql.push(" ORDER BY t.contact, t.n", []);
    let json = sql.json(connection).await?;
    for ToldStep(contact, on, state, from, to, report) in rows_of(&json)? {
        let Some(contact) = found.get_mut(contact.as_ref()) else { continue };
        let day = |day: Option<&str>| day.map(parse).transpose();
        let (from, to): (Option<Date>, Option<Date>) = (day(from)?, day(to)?);
        let days = from.zip(to).map(|(from, to)| Days { from, to });
        contact.steps.push(ContactStep { on: day(on)?, state: parse(state)?, days, report });
    }
    Ok(())
}

/// A step as it came, with its contact: two that meet often have thousands a year, so nothing is copied but the key of the report.
#[derive(Deserialize)]
struct ToldStep<'t>(
    #[serde(borrow)] Cow<'t, str>,
    #[serde(borrow)] Option<&'t str>,
    &'t str,
    #[serde(borrow)] Option<&'t str>,
    #[serde(borrow)] Option<&'t str>,
    Option<String>,
);

/// Whole clusters that a condition finds, in the order of their first reports.
pub(super) async fn clusters(connection: &mut AnyConnection, condition: Sql<'_>) -> Outcome<Vec<Cluster>> {
    let mut sql = Sql::new(
        "SELECT c.no, c.id, c.type, c.actors, c.recipients, c.date_from, c.date_to, c.sources, b.key, r.key \
         FROM clusters c JOIN reports b ON b.id = c.told_best JOIN cluster_reports m ON m.cluster = c.no \
         JOIN reports r ON r.id = m.report WHERE ",
    );
    sql.append(condition).push(" ORDER BY c.no, m.n", []);
    let mut found: BTreeMap<i64, Cluster> = BTreeMap::new();
    for row in sql.all(connection).await? {
        let mut cells = Cells::of(&row);
        let no = cells.int()?;
        let (cluster, report) = read_cluster(&mut cells)?;
        found.entry(no).or_insert(cluster).reports.push(report);
    }
    Ok(found.into_values().collect())
}

fn read_cluster(cells: &mut Cells<'_>) -> Outcome<(Cluster, String)> {
    let cluster = Cluster {
        id: cells.string()?,
        kind: cells.named()?,
        actors: cells.list()?,
        recipients: cells.list()?,
        days: read_days(cells)?,
        sources: cells.count()?,
        told_best: cells.string()?,
        reports: Vec::new(),
    };
    Ok((cluster, cells.string()?))
}
