//! Turns the tables of `data/` into sorted static tables; a fault stops the build, with file and line.

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};
use std::path::Path;
use std::str::FromStr;
use std::{env, fs, process};

use detente_model::{ActorCode, Context, EventType, Mode, Sector};

type Made = Result<String, String>;

/// One line of a data file, with the place to name where it is wrong.
struct Row {
    at: String,
    fields: Vec<String>,
}

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR").unwrap_or_default();
    let written = tables()
        .and_then(|code| fs::write(Path::new(&out).join("tables.rs"), code).map_err(|e| e.to_string()));
    if let Err(fault) = written {
        println!("cargo::error={fault}");
        process::exit(1);
    }
}

fn tables() -> Made {
    let (countries, divisions) = (rows("countries.tsv", 8)?, rows("divisions.tsv", 2)?);
    let (organisations, sectors) = (rows("organisations.tsv", 5)?, rows("sectors.tsv", 4)?);
    let mut code = String::new();
    table(&mut code, "COUNTRIES", "Country", one_each(&countries, 0, country)?);
    table(&mut code, "FIPS", "(&str, &str)", many_each(&countries, 0, &[1, 2])?);
    table(&mut code, "CAMEO_COUNTRIES", "(&str, &str)", many_each(&countries, 0, &[3, 4])?);
    table(&mut code, "COUNTRY_NAMES", "(&str, &str)", names(&countries)?);
    table(&mut code, "DIVISIONS", "(u32, &str)", division_codes(&divisions)?);
    table(&mut code, "CODES", "Code", one_each(&rows("cameo.tsv", 7)?, 0, cameo)?);
    table(&mut code, "ORGANISATIONS", "Organisation", one_each(&organisations, 0, organisation)?);
    table(&mut code, "GROUPS", "(&str, &str)", many_each(&organisations, 0, &[1, 3])?);
    table(&mut code, "SECTORS", "SectorCodes", one_each(&sectors, 0, sector)?);
    table(&mut code, "ROLES", "(&str, &str)", roles(&sectors)?);
    for format in ["gdelt1", "gdelt2", "icews", "phoenix", "polecat"] {
        let columns = rows(&format!("columns/{format}.tsv"), 3)?;
        let made = columns.iter().map(|row| column(row).map_err(|why| format!("{}: {why}", row.at)));
        table(&mut code, &format.to_uppercase(), "Column", made.collect::<Result<Vec<_>, _>>()?);
    }
    Ok(code)
}

fn rows(file: &str, columns: usize) -> Result<Vec<Row>, String> {
    let text = fs::read_to_string(Path::new("data").join(file)).map_err(|e| format!("data/{file}: {e}"))?;
    let lines =
        text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|(number, line)| {
            let at = format!("crates/detente-ledger/data/{file}:{}", number + 1);
            let fields: Vec<String> = line.split('\t').map(|field| field.trim().to_owned()).collect();
            if fields.len() == columns {
                return Ok(Row { at, fields });
            }
            Err(format!("{at}: {columns} columns wanted, {} found", fields.len()))
        })
        .collect()
}

fn table(code: &mut String, name: &str, kind: &str, entries: Vec<String>) {
    let _ = writeln!(code, "pub(super) static {name}: &[{kind}] = &[");
    for entry in entries {
        let _ = writeln!(code, "    {entry},");
    }
    code.push_str("];\n");
}

/// One entry a row, sorted by a field that must be there once.
fn one_each(rows: &[Row], key: usize, make: fn(&[String]) -> Made) -> Result<Vec<String>, String> {
    let mut entries = BTreeMap::new();
    for row in rows {
        let made = make(&row.fields).map_err(|why| format!("{}: {why}", row.at))?;
        insert(&mut entries, row, row.fields[key].clone(), made)?;
    }
    Ok(entries.into_values().collect())
}

/// Pairs of each code in some fields, which may hold several, and the row's own code.
fn many_each(rows: &[Row], own: usize, fields: &[usize]) -> Result<Vec<String>, String> {
    let mut entries = BTreeMap::new();
    for row in rows {
        for code in fields.iter().flat_map(|field| list(&row.fields[*field])) {
            let made = format!("({code:?}, {:?})", row.fields[own]);
            insert(&mut entries, row, code.to_owned(), made)?;
        }
    }
    Ok(entries.into_values().collect())
}

fn names(rows: &[Row]) -> Result<Vec<String>, String> {
    let mut entries = BTreeMap::new();
    for row in rows {
        let own = [row.fields[5].as_str(), &row.fields[6]];
        let mut names: Vec<String> =
            own.into_iter().chain(list(&row.fields[7])).map(str::to_lowercase).collect();
        names.sort();
        names.dedup();
        for name in names {
            let made = format!("({name:?}, {:?})", row.fields[0]);
            insert(&mut entries, row, name, made)?;
        }
    }
    Ok(entries.into_values().collect())
}

fn roles(rows: &[Row]) -> Result<Vec<String>, String> {
    let mut entries = BTreeMap::new();
    for row in rows {
        let sector: Sector = parse(&row.fields[0]).map_err(|why| format!("{}: {why}", row.at))?;
        // What several sectors are written as is read as the one that bears its name.
        let own = list(&row.fields[1]).filter(|code| *code == row.fields[0]);
        for code in own.chain(list(&row.fields[2])).filter(|code| code.len() == 3) {
            entries.entry(code.to_owned()).or_insert(format!("({code:?}, {:?})", sector.as_str()));
        }
    }
    Ok(entries.into_values().collect())
}

fn division_codes(rows: &[Row]) -> Result<Vec<String>, String> {
    let mut entries = BTreeMap::new();
    for row in rows {
        let id: u32 = parse(&row.fields[0]).map_err(|why| format!("{}: {why}", row.at))?;
        insert(&mut entries, row, id, format!("({id}, {:?})", row.fields[1]))?;
    }
    Ok(entries.into_values().collect())
}

fn insert<K: Ord + Display>(
    entries: &mut BTreeMap<K, String>,
    row: &Row,
    key: K,
    made: String,
) -> Result<(), String> {
    if entries.contains_key(&key) {
        return Err(format!("{}: `{key}` is given twice", row.at));
    }
    entries.insert(key, made);
    Ok(())
}

fn country(fields: &[String]) -> Made {
    let iso: ActorCode = parse(&fields[0])?;
    wanted(&fields[1], fields[1].is_empty() || fields[1].len() == 2, "two letters of FIPS 10-4")?;
    wanted(&fields[3], fields[3].len() == 3, "three letters of CAMEO")?;
    let [fips, cameo, name, icews] = [1, 3, 5, 6].map(|at| &fields[at]);
    Ok(format!(
        "Country {{ iso: {:?}, fips: {fips:?}, cameo: {cameo:?}, name: {name:?}, icews: {icews:?} }}",
        iso.as_str()
    ))
}

fn cameo(fields: &[String]) -> Made {
    let [code, score, kind, mode, reversed, contexts, name] = fields else { return Err(String::new()) };
    wanted(code, matches!(code.len(), 3 | 4) && code.bytes().all(|b| b.is_ascii_digit()), "3 or 4 digits")?;
    wanted(reversed, matches!(reversed.as_str(), "" | "reversed"), "`reversed` or nothing")?;
    let score: f32 = parse(score)?;
    wanted(&fields[1], (-10.0..=10.0).contains(&score), "a score in -10..=10")?;
    let kind: Option<EventType> = optional(kind)?;
    let mode: Option<Mode> = optional(mode)?;
    let contexts: Vec<Context> = list(contexts).map(parse).collect::<Result<_, _>>()?;
    let kind = option("EventType", kind);
    let mode = option("Mode", mode);
    let contexts: String = contexts.iter().map(|context| format!("Context::{context:?}, ")).collect();
    let reversed = !reversed.is_empty();
    Ok(format!(
        "Code {{ code: {code:?}, score: {score:?}, kind: {kind}, mode: {mode}, reversed: {reversed}, contexts: &[{contexts}], name: {name:?} }}"
    ))
}

fn organisation(fields: &[String]) -> Made {
    let [code, group, role, _, name] = fields else { return Err(String::new()) };
    let code: ActorCode = parse(code)?;
    Ok(format!(
        "Organisation {{ code: {:?}, group: {group:?}, role: {role:?}, name: {name:?} }}",
        code.as_str()
    ))
}

fn sector(fields: &[String]) -> Made {
    let [sector, cameo, _, icews] = fields else { return Err(String::new()) };
    let sector: Sector = parse(sector)?;
    Ok(format!("SectorCodes {{ sector: Sector::{sector:?}, cameo: {cameo:?}, icews: {icews:?} }}"))
}

fn column(row: &Row) -> Made {
    let [name, kind, empty] = row.fields.as_slice() else { return Err(String::new()) };
    let kind = match kind.as_str() {
        "int" => "Int",
        "float" => "Float",
        "string" => "String",
        "date" => "Date",
        other => return Err(format!("`{other}` is not int, float, string or date")),
    };
    let empty = if empty.is_empty() { "None".to_owned() } else { format!("Some({empty:?})") };
    Ok(format!("Column {{ name: {name:?}, kind: ColumnKind::{kind}, empty: {empty} }}"))
}

fn list(field: &str) -> impl Iterator<Item = &str> {
    field.split('|').map(str::trim).filter(|part| !part.is_empty())
}

fn parse<T: FromStr<Err: Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| format!("`{text}`: {error}"))
}

fn optional<T: FromStr<Err: Display>>(text: &str) -> Result<Option<T>, String> {
    if text.is_empty() { Ok(None) } else { parse(text).map(Some) }
}

fn option<T: std::fmt::Debug>(name: &str, value: Option<T>) -> String {
    value.map_or("None".to_owned(), |value| format!("Some({name}::{value:?})"))
}

fn wanted(text: &str, right: bool, what: &str) -> Result<(), String> {
    if right { Ok(()) } else { Err(format!("`{text}` is not {what}")) }
}
