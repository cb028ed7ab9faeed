//! Contacts and clusters, found again.

use detente_model::{ActorCode, Cluster, Contact, ContactState};
use jiff::civil::Date;
use sqlx::AnyConnection;

use super::contact_rows;
use super::sql::{Cells, Outcome, Sql, Value};
use super::{Ledger, LedgerError};
use crate::derive::as_of;

/// Which contacts are asked for; what is left empty does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Agenda {
    /// Somebody who takes part.
    pub a: Option<ActorCode>,
    /// Somebody else who takes part.
    pub b: Option<ActorCode>,
    /// The contact does not end before this day.
    pub from: Option<Date>,
    /// The contact does not begin after this day.
    pub to: Option<Date>,
    /// How it stands.
    pub states: Vec<ContactState>,
    /// Only contacts of which no day is known, in the order in which they were first told of.
    pub undated: bool,
    /// It was not told of before this day, as far as that is known.
    pub since: Option<Date>,
    /// Whether, of more than are wanted, the last ones are found rather than the first.
    pub last: bool,
    /// The day that counts as today: what lay ahead, passed and was never reported on has lapsed by then.
    pub on: Option<Date>,
}

/// The longest contact that is found by its last day.
const LONGEST: i32 = 366;
/// Contacts looked at in one go, at least and at most.
const AT_ONCE: [usize; 2] = [200, 5_000];

impl Ledger {
    /// Contacts in the order of their days, those without a day first; at most `limit`.
    pub async fn agenda(&self, agenda: &Agenda, limit: usize) -> Result<Vec<Contact>, LedgerError> {
        let mut connection = self.connection().await?;
        self.told(found(&mut connection, agenda, limit).await)
    }

    /// The cluster of this id, or the one that holds the report of this key.
    pub async fn cluster(&self, id: &str) -> Result<Option<Cluster>, LedgerError> {
        let mut connection = self.connection().await?;
        let mut condition = Sql::default();
        condition.push(CLUSTER, [id.into(), id.into()]);
        let found = contact_rows::clusters(&mut connection, condition).await;
        Ok(self.told(found)?.pop())
    }

    /// The contact of this id.
    pub async fn contact(&self, id: &str) -> Result<Option<Contact>, LedgerError> {
        let mut connection = self.connection().await?;
        Ok(self.told(contact_rows::contacts(&mut connection, &[id.to_owned()]).await)?.pop())
    }
}

const CLUSTER: &str = "c.no IN (SELECT no FROM clusters WHERE id = ? UNION SELECT x.cluster FROM cluster_reports x \
     JOIN reports y ON y.id = x.report WHERE y.key = ? AND y.superseded_by IS NULL)";

async fn found(connection: &mut AnyConnection, agenda: &Agenda, limit: usize) -> Outcome<Vec<Contact>> {
    let at_once = limit.clamp(AT_ONCE[0], AT_ONCE[1]);
    let mut found = Vec::new();
    let mut seen = 0;
    while found.len() < limit {
        let rows = agenda.query(seen, at_once).all(connection).await?;
        let ids = rows.iter().map(|row| Cells::of(row).string()).collect::<Outcome<Vec<_>>>()?;
        let contacts = contact_rows::contacts(connection, &ids).await?;
        found.extend(
            contacts.into_iter().filter_map(|c| agenda.as_of(c)).filter(|c| agenda.has_state(c.state)),
        );
        seen += ids.len();
        if ids.len() < at_once {
            break;
        }
    }
    found.truncate(limit);
    if agenda.last {
        found.reverse();
    }
    Ok(found)
}

impl Agenda {
    /// The contact as it stood on the day that counts as today; `None` where it was not known yet.
    fn as_of(&self, contact: Contact) -> Option<Contact> {
        match self.on {
            Some(on) => as_of(&contact, on),
            None => Some(contact),
        }
    }

    fn has_state(&self, state: ContactState) -> bool {
        self.states.is_empty() || self.states.contains(&state)
    }

    fn query(&self, seen: usize, at_once: usize) -> Sql<'static> {
        let mut codes: Vec<ActorCode> = [self.a, self.b].into_iter().flatten().collect();
        codes.sort();
        let mut sql = match (codes.first(), codes.last()) {
            (Some(a), Some(b)) => {
                let mut sql = Sql::new("SELECT t.contact FROM contact_dyads t WHERE ");
                sql.push("t.a = ? AND t.b = ?", [a.to_string().into(), b.to_string().into()]);
                sql
            }
            _ => Sql::new("SELECT t.id FROM contacts t WHERE 1 = 1"),
        };
        let id = if codes.is_empty() { "t.id" } else { "t.contact" };
        self.days(&mut sql, id);
        if self.undated {
            sql.push(" AND t.day = ''", []);
        }
        self.stored_states(&mut sql);
        if let Some(on) = self.on {
            sql.push(" AND t.known <= ?", [on.into()]);
        }
        if let Some(since) = self.since {
            sql.push(" AND (t.known >= ? OR t.known = '')", [since.into()]);
        }
        let (order, day) = (if self.last { " DESC" } else { "" }, if self.undated { "known" } else { "day" });
        let order = format!(" ORDER BY t.{day}{order}, {id}{order} LIMIT ? OFFSET ?");
        sql.push(&order, [at_once.into(), seen.into()]);
        sql
    }

    fn days(&self, sql: &mut Sql<'static>, id: &str) {
        if let Some(to) = self.to {
            sql.push(" AND t.day <= ?", [to.into()]);
        }
        match self.from {
            Some(from) => {
                let earliest = from.saturating_sub(jiff::Span::new().days(LONGEST));
                sql.push(" AND t.day >= ?", [earliest.into()]);
                // Only of what began before does its last day tell.
                let ends =
                    format!(" AND (t.day >= ? OR (SELECT c.date_to FROM contacts c WHERE c.id = {id}) >= ?)");
                sql.push(&ends, [from.into(), from.into()]);
            }
            None if self.to.is_some() => {
                sql.push(" AND t.day > ''", []);
            }
            None => {}
        }
    }

    /// States as they are kept: what lapses by a day is kept as open.
    fn stored_states(&self, sql: &mut Sql<'static>) {
        if self.states.is_empty() {
            return;
        }
        let lapses = self.states.contains(&ContactState::Lapsed);
        let kept = ContactState::ALL.iter().filter(|s| self.states.contains(s) || lapses && s.is_open());
        sql.push(" AND ", []).push_in("t.state", kept.map(|state| Value::from(state.as_str())));
    }
}
