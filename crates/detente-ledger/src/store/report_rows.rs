//! Reports as rows, and rows as reports.

use std::collections::{BTreeSet, HashMap};

use detente_model::{
    Actor, ActorCode, Event, Evidence, Party, Place, PlainAct, QuadClass, Report, Source, Span, Speaker, When,
};
use sqlx::AnyConnection;

use super::digest::{self, Digest};
use super::sql::{Again, Cells, Kind, Outcome, Row, Sql, Table, Value};
use crate::derive::{cluster_block, contact_block};

/// How many of the report table's columns say where a row belongs or follow from the others; the rest is what was reported.
const REFERENCES: usize = 12;

pub(super) const REPORTS: Table = Table {
    name: "reports",
    columns: &[
        ("id", Kind::Int),
        ("article", Kind::Int),
        ("source", Kind::Int),
        ("sentence", Kind::Int),
        ("cluster_block", Kind::Int),
        ("contact_block", Kind::Int),
        ("day", Kind::Text),
        ("quad", Kind::Text),
        ("score", Kind::Real),
        ("digest", Kind::Int),
        ("superseded_by", Kind::Int),
        ("superseded_on", Kind::Text),
        ("key", Kind::Text),
        ("type", Kind::Text),
        ("mode", Kind::Text),
        ("plain_type", Kind::Text),
        ("plain_mode", Kind::Text),
        ("status", Kind::Text),
        ("date_start", Kind::Text),
        ("date_end", Kind::Text),
        ("date_basis", Kind::Text),
        ("published", Kind::Text),
        ("place", Kind::Text),
        ("geonameid", Kind::Int),
        ("latitude", Kind::Real),
        ("longitude", Kind::Real),
        ("country", Kind::Text),
        ("speaker", Kind::Text),
        ("speaker_code", Kind::Text),
        ("speaker_sector", Kind::Text),
        ("occasion", Kind::Text),
        ("contexts", Kind::Text),
        ("trigger_text", Kind::Text),
        ("trigger_start", Kind::Int),
        ("trigger_end", Kind::Int),
        ("cameo", Kind::Text),
        ("rule", Kind::Text),
        ("confidence", Kind::Real),
    ],
    key: 1,
    again: Again::Fails,
};

pub(super) const PARTIES: Table = Table {
    name: "parties",
    columns: &[
        ("report", Kind::Int),
        ("n", Kind::Int),
        ("side", Kind::Text),
        ("text", Kind::Text),
        ("span_start", Kind::Int),
        ("span_end", Kind::Int),
        ("code", Kind::Text),
        ("sector", Kind::Text),
        ("name", Kind::Text),
        ("elsewhere", Kind::Int),
    ],
    key: 2,
    again: Again::Fails,
};

pub(super) const SENTENCES: Table = Table {
    name: "sentences",
    columns: &[
        ("id", Kind::Int),
        ("article", Kind::Int),
        ("part", Kind::Text),
        ("span_start", Kind::Int),
        ("span_end", Kind::Int),
        ("text", Kind::Text),
    ],
    key: 1,
    again: Again::Fails,
};

pub(super) const INVOLVED: Table = Table {
    name: "involved",
    columns: &[
        ("code", Kind::Text),
        ("day", Kind::Text),
        ("report", Kind::Int),
        ("type", Kind::Text),
        ("status", Kind::Text),
    ],
    key: 3,
    again: Again::Fails,
};

pub(super) const DYADS: Table = Table {
    name: "dyads",
    columns: &[
        ("actor", Kind::Text),
        ("recipient", Kind::Text),
        ("day", Kind::Text),
        ("report", Kind::Int),
        ("type", Kind::Text),
        ("status", Kind::Text),
    ],
    key: 4,
    again: Again::Fails,
};

pub(super) const DIRTY: Table = Table {
    name: "dirty",
    columns: &[("derived", Kind::Text), ("block", Kind::Int)],
    key: 2,
    again: Again::Stays,
};

/// Where a report's row belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat {
    pub id: i64,
    pub article: i64,
    pub source: Option<i64>,
    pub sentence: i64,
}

/// The row of a report, its digest included.
pub(super) fn row<'r>(report: &'r Report, seat: Seat, digest: i64, blocks: Blocks) -> Vec<Value<'r>> {
    let mut row = vec![
        seat.id.into(),
        seat.article.into(),
        seat.source.into(),
        seat.sentence.into(),
        blocks.cluster.into(),
        blocks.contact.into(),
        day(report).into(),
        report.event.quad().as_str().into(),
        report.event.score().into(),
        digest.into(),
        Value::Null,
        Value::Null,
    ];
    row.extend(content(report));
    row
}

/// What says whether a report is still what was written: its columns, its sentence, its parties.
pub(super) fn digest(report: &Report) -> i64 {
    let mut digest = Digest::default()
        .row(&REPORTS.columns[REFERENCES..], &content(report))
        .text("part", report.event.evidence.part.as_str())
        .row(&SENTENCES.columns[3..5], &span(Some(report.event.evidence.sentence)))
        .text("sentence", &report.sentence);
    for party in parties(report, 0) {
        digest = digest.row(&PARTIES.columns[1..], &party[1..]);
    }
    digest.finish()
}

/// The rows of a report's parties: actors first.
pub(super) fn parties(report: &Report, id: i64) -> Vec<Vec<Value<'_>>> {
    let actors = report.event.actors.iter().map(|party| ("actor", party));
    let recipients = report.event.recipients.iter().map(|party| ("recipient", party));
    let numbered = actors.chain(recipients).enumerate();
    numbered.map(|(n, (side, party))| party_row(id, n, side, party)).collect()
}

fn party_row<'r>(id: i64, n: usize, side: &'static str, party: &'r Party) -> Vec<Value<'r>> {
    let [start, end] = span(party.span);
    vec![
        id.into(),
        n.into(),
        side.into(),
        party.text.as_str().into(),
        start,
        end,
        code(party.actor.code),
        party.actor.sector.map(|sector| sector.as_str()).into(),
        party.name.as_deref().into(),
        Value::Int(party.elsewhere.into()),
    ]
}

/// Everybody who takes part, once.
pub(super) fn involved(report: &Report, id: i64) -> Vec<Vec<Value<'_>>> {
    let parties = report.event.actors.iter().chain(&report.event.recipients);
    let codes: BTreeSet<ActorCode> = parties.filter_map(|party| party.actor.code).collect();
    codes.into_iter().map(|c| [vec![code(Some(c))], place_in_time(report, id)].concat()).collect()
}

/// Who does it to whom: every actor to every recipient; where there are only actors, each to each other.
pub(super) fn dyads(report: &Report, id: i64) -> Vec<Vec<Value<'_>>> {
    let row = |(a, b)| [vec![code(Some(a)), code(Some(b))], place_in_time(report, id)].concat();
    pairs(report).into_iter().map(row).collect()
}

/// The actor and the recipient of each of its dyads.
pub(super) fn pairs(report: &Report) -> Vec<(ActorCode, ActorCode)> {
    let actors = codes(&report.event.actors);
    let recipients =
        if report.event.recipients.is_empty() { actors.clone() } else { codes(&report.event.recipients) };
    let pairs = actors.iter().flat_map(|a| recipients.iter().map(move |b| (*a, *b)));
    pairs.filter(|(a, b)| a != b).collect()
}

fn place_in_time(report: &Report, id: i64) -> Vec<Value<'_>> {
    let event = &report.event;
    vec![day(report).into(), id.into(), event.kind.as_str().into(), event.status.as_str().into()]
}

/// The blocks in which a report is compared with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Blocks {
    pub cluster: Option<i64>,
    pub contact: Option<i64>,
}

impl Blocks {
    pub fn of(report: &Report) -> Self {
        Self {
            cluster: cluster_block(report).map(|name| digest::block(&day(report), &name)),
            contact: contact_block(report).map(|name| digest::block("", &name)),
        }
    }

    /// The marks that say: derive these again.
    pub fn marks(self) -> impl Iterator<Item = (&'static str, i64)> {
        let cluster = self.cluster.map(|block| ("cluster", block));
        cluster.into_iter().chain(self.contact.map(|block| ("contact", block)))
    }
}

/// The columns that follow from the rest of a report, and are kept so that they can be asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    day: String,
    quad: QuadClass,
    score: f32,
    pub blocks: Blocks,
}

impl Shown {
    pub fn of(report: &Report) -> Self {
        let (event, blocks) = (&report.event, Blocks::of(report));
        Self { day: day(report), quad: event.quad(), score: event.score(), blocks }
    }

    /// Writes them anew: a later version may count otherwise, and the report stays as it was told.
    pub async fn put(&self, connection: &mut AnyConnection, id: i64) -> Outcome<()> {
        let mut sql = Sql::new("UPDATE reports SET ");
        let (day, quad) = (self.day.as_str().into(), self.quad.as_str().into());
        sql.push("day = ?, quad = ?, score = ?, cluster_block = ", [day, quad, self.score.into()]);
        for (block, then) in
            [(self.blocks.cluster, ", contact_block = "), (self.blocks.contact, " WHERE id = ")]
        {
            match block {
                Some(block) => sql.push(&format!("?{then}"), [block.into()]),
                None => sql.push(&format!("NULL{then}"), []),
            };
        }
        sql.push("?", [id.into()]).run(connection).await?;
        Ok(())
    }
}

/// What stands in those columns.
pub(super) async fn shown(connection: &mut AnyConnection, kept: &[Kept]) -> Outcome<HashMap<i64, Shown>> {
    let mut found = HashMap::new();
    for kept in kept.chunks(AT_ONCE) {
        let mut sql =
            Sql::new("SELECT id, day, quad, score, cluster_block, contact_block FROM reports WHERE ");
        sql.push_in("id", kept.iter().map(|kept| Value::from(kept.id)));
        for row in sql.all(connection).await? {
            let mut cells = Cells::of(&row);
            let (id, day, quad, score) = (cells.int()?, cells.string()?, cells.named()?, cells.real()?);
            let blocks = Blocks { cluster: cells.maybe_int()?, contact: cells.maybe_int()? };
            found.insert(id, Shown { day, quad, score, blocks });
        }
    }
    Ok(found)
}

fn codes(parties: &[Party]) -> BTreeSet<ActorCode> {
    parties.iter().filter_map(|party| party.actor.code).collect()
}

fn code(code: Option<ActorCode>) -> Value<'static> {
    code.map(|code| code.to_string()).into()
}

fn span(span: Option<Span>) -> [Value<'static>; 2] {
    [span.map(|span| span.start).into(), span.map(|span| span.end).into()]
}

/// The day a report is sorted by: the first day of the act, else its last, else that of the article; empty when none is known.
pub(super) fn day(report: &Report) -> String {
    let known = report.event.when.and_then(|when| when.start.or(when.end)).or(report.source.published);
    known.map_or_else(String::new, |day| day.to_string())
}

fn content(report: &Report) -> Vec<Value<'_>> {
    let event = &report.event;
    let place = event.place.as_ref();
    let speaker = event.speaker.as_ref();
    let [trigger_start, trigger_end] = span(Some(event.evidence.trigger));
    let contexts: Vec<&str> = event.contexts.iter().map(|context| context.as_str()).collect();
    vec![
        event.id.as_str().into(),
        event.kind.as_str().into(),
        event.mode.map(|mode| mode.as_str()).into(),
        event.plain.kind.as_str().into(),
        event.plain.mode.map(|mode| mode.as_str()).into(),
        event.status.as_str().into(),
        event.when.and_then(|when| when.start).into(),
        event.when.and_then(|when| when.end).into(),
        event.when.map(|when| when.basis.as_str()).into(),
        report.source.published.into(),
        place.map(|place| place.name.as_str()).into(),
        place.and_then(|place| place.geonameid).map(i64::from).into(),
        place.and_then(|place| place.coordinates).map(|at| at.0).into(),
        place.and_then(|place| place.coordinates).map(|at| at.1).into(),
        code(place.and_then(|place| place.country)),
        speaker.map(|speaker| speaker.text.as_str()).into(),
        code(speaker.and_then(|speaker| speaker.actor.code)),
        speaker.and_then(|speaker| speaker.actor.sector).map(|sector| sector.as_str()).into(),
        event.occasion.as_deref().into(),
        contexts.join(" ").into(),
        report.trigger.as_str().into(),
        trigger_start,
        trigger_end,
        event.cameo.as_str().into(),
        event.rule.as_str().into(),
        event.confidence.into(),
    ]
}

/// What a query for whole reports selects; `read` takes it in this order.
pub(super) const SELECTION: &str = "r.id, r.digest, a.id, a.url, a.title, p.name, r.published, a.genre, a.text_family, \
     s.text, s.part, s.span_start, s.span_end, r.trigger_text, r.trigger_start, r.trigger_end, \
     r.key, r.type, r.mode, r.plain_type, r.plain_mode, r.occasion, r.contexts, r.status, \
     r.date_start, r.date_end, r.date_basis, r.place, r.geonameid, r.latitude, r.longitude, r.country, \
     r.speaker, r.speaker_code, r.speaker_sector, r.cameo, r.rule, r.confidence";

/// The tables that whole reports are read from, to be joined to a `reports r`.
pub(super) const JOINS: &str = " JOIN articles a ON a.no = r.article JOIN sentences s ON s.id = r.sentence \
     LEFT JOIN sources p ON p.id = r.source ";

/// A report with the number of its row and the digest that was kept with it.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub id: i64,
    pub digest: i64,
    pub report: Report,
}

/// Whole reports by the numbers of their rows, in the order given; superseded ones too.
pub(super) async fn by_id(connection: &mut AnyConnection, ids: &[i64]) -> Outcome<Vec<Kept>> {
    let mut found = HashMap::new();
    for ids in ids.chunks(AT_ONCE) {
        let mut sql = Sql::new("SELECT ");
        sql.push(SELECTION, []).push(" FROM reports r", []).push(JOINS, []).push("WHERE ", []);
        sql.push_in("r.id", ids.iter().map(|id| Value::from(*id)));
        let mut kept = sql.all(connection).await?.iter().map(read).collect::<Outcome<Vec<_>>>()?;
        add_parties(connection, &mut kept).await?;
        found.extend(kept.into_iter().map(|kept| (kept.id, kept)));
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// Rows that one `IN` names.
pub(super) const AT_ONCE: usize = 500;

/// Reads what `SELECTION` selects; the parties are still missing.
fn read(row: &Row) -> Outcome<Kept> {
    let mut cells = Cells::of(row);
    let (id, digest) = (cells.int()?, cells.int()?);
    let source = read_source(&mut cells)?;
    let sentence = cells.string()?;
    let part = cells.named()?;
    let sentence_span = Span::new(cells.count()?, cells.count()?);
    let trigger = cells.string()?;
    let trigger_span = Span::new(cells.count()?, cells.count()?);
    let evidence = Evidence { part, sentence: sentence_span, trigger: trigger_span };
    let event = read_event(&mut cells, source.article.clone(), evidence)?;
    Ok(Kept { id, digest, report: Report { source, sentence, trigger, event } })
}

fn read_source(cells: &mut Cells<'_>) -> Outcome<Source> {
    Ok(Source {
        article: cells.string()?,
        url: cells.maybe_string()?,
        title: cells.string()?,
        publisher: cells.maybe_string()?,
        published: cells.maybe_named()?,
        genre: cells.named()?,
        text_family: cells.maybe_int()?.map(i64::cast_unsigned),
    })
}

fn read_event(cells: &mut Cells<'_>, doc: String, evidence: Evidence) -> Outcome<Event> {
    Ok(Event {
        id: cells.string()?,
        doc,
        evidence,
        kind: cells.named()?,
        mode: cells.maybe_named()?,
        plain: PlainAct { kind: cells.named()?, mode: cells.maybe_named()? },
        occasion: cells.maybe_string()?,
        contexts: cells.list()?,
        actors: Vec::new(),
        recipients: Vec::new(),
        status: cells.named()?,
        when: read_when(cells)?,
        place: read_place(cells)?,
        speaker: read_speaker(cells)?,
        cameo: cells.string()?,
        rule: cells.string()?,
        confidence: cells.real()?,
    })
}

fn read_when(cells: &mut Cells<'_>) -> Outcome<Option<When>> {
    let (start, end) = (cells.maybe_named()?, cells.maybe_named()?);
    Ok(cells.maybe_named()?.map(|basis| When { start, end, basis }))
}

pub(super) fn read_place(cells: &mut Cells<'_>) -> Outcome<Option<Place>> {
    let name = cells.maybe_string()?;
    let geonameid = cells.maybe_int()?.and_then(|id| u32::try_from(id).ok());
    let coordinates = cells.maybe_real()?.zip(cells.maybe_real()?);
    let country = cells.maybe_named()?;
    Ok(name.map(|name| Place { name, geonameid, coordinates, country }))
}

fn read_speaker(cells: &mut Cells<'_>) -> Outcome<Option<Speaker>> {
    let text = cells.maybe_string()?;
    let actor = Actor { code: cells.maybe_named()?, sector: cells.maybe_named()? };
    Ok(text.map(|text| Speaker { text, actor }))
}

async fn add_parties(connection: &mut AnyConnection, kept: &mut [Kept]) -> Outcome<()> {
    let mut sql = Sql::new(
        "SELECT report, side, text, span_start, span_end, code, sector, name, elsewhere FROM parties WHERE ",
    );
    sql.push_in("report", kept.iter().map(|kept| Value::from(kept.id))).push(" ORDER BY report, n", []);
    let seats: HashMap<i64, usize> = kept.iter().enumerate().map(|(i, kept)| (kept.id, i)).collect();
    for row in sql.all(connection).await? {
        let mut cells = Cells::of(&row);
        let Some(seat) = seats.get(&cells.int()?) else { continue };
        let event = &mut kept[*seat].report.event;
        let side = match cells.text()? {
            "actor" => &mut event.actors,
            _ => &mut event.recipients,
        };
        side.push(read_party(&mut cells)?);
    }
    Ok(())
}

fn read_party(cells: &mut Cells<'_>) -> Outcome<Party> {
    Ok(Party {
        text: cells.string()?,
        span: cells.maybe_count()?.zip(cells.maybe_count()?).map(|(start, end)| Span::new(start, end)),
        actor: Actor { code: cells.maybe_named()?, sector: cells.maybe_named()? },
        name: cells.maybe_string()?,
        elsewhere: cells.int()? != 0,
    })
}
