//! Turns `data/*.tsv` into sorted static tables; a bad line stops the build with its file and number.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, process};

/// One line of a data file.
struct Row {
    at: String,
    fields: Vec<String>,
}

fn main() {
    println!("cargo:rerun-if-changed=data");
    let out = env::var("OUT_DIR").unwrap_or_default();
    let tables = [
        ("words.tsv", 3, "WORDS", "Lex", word as fn(&Row) -> Result<String, String>),
        ("zones.tsv", 2, "ZONES", "i16", zone),
        ("tense.tsv", 2, "CUES", "Cue", cue),
        ("holidays.tsv", 3, "HOLIDAYS", "Rule", holiday),
    ];
    let mut code = String::new();
    for (file, columns, name, kind, make) in tables {
        match table(file, columns, make) {
            Ok(entries) => write_table(&mut code, name, kind, &entries),
            Err(message) => fail(&message),
        }
    }
    if let Err(error) = fs::write(Path::new(&out).join("tables.rs"), code) {
        fail(&format!("tables.rs: {error}"));
    }
}

fn fail(message: &str) -> ! {
    eprintln!("{message}");
    process::exit(1)
}

fn write_table(code: &mut String, name: &str, kind: &str, entries: &BTreeMap<String, String>) {
    let _ = writeln!(code, "pub(crate) static {name}: &[(&str, {kind})] = &[");
    for (word, value) in entries {
        let _ = writeln!(code, "    ({word:?}, {value}),");
    }
    code.push_str("];\n");
}

fn table(
    file: &str,
    columns: usize,
    make: fn(&Row) -> Result<String, String>,
) -> Result<BTreeMap<String, String>, String> {
    let mut entries = BTreeMap::new();
    for row in rows(file, columns)? {
        let value = make(&row).map_err(|why| format!("{}: {why}", row.at))?;
        if entries.insert(row.fields[0].clone(), value).is_some() {
            return Err(format!("{}: `{}` is given twice", row.at, row.fields[0]));
        }
    }
    Ok(entries)
}

fn rows(file: &str, columns: usize) -> Result<Vec<Row>, String> {
    let path = Path::new("data").join(file);
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut rows = Vec::new();
    for (number, line) in
        text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'))
    {
        let at = format!("crates/detente-time/data/{file}:{}", number + 1);
        let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if fields.len() != columns {
            return Err(format!("{at}: {columns} columns wanted, {} found", fields.len()));
        }
        if fields[0] != fields[0].to_lowercase() {
            return Err(format!("{at}: `{}` is not in lower case", fields[0]));
        }
        rows.push(Row { at, fields });
    }
    Ok(rows)
}

fn number(text: &str, range: std::ops::RangeInclusive<i32>) -> Result<i32, String> {
    match text.parse() {
        Ok(n) if range.contains(&n) => Ok(n),
        _ => Err(format!("`{text}` is not a number in {range:?}")),
    }
}

fn one_of(text: &str, names: &[&str]) -> Result<String, String> {
    names.contains(&text).then(|| text.to_owned()).ok_or_else(|| format!("`{text}` is not one of {names:?}"))
}

const UNITS: &[&str] = &[
    "Second",
    "Minute",
    "Hour",
    "Day",
    "Night",
    "Week",
    "Fortnight",
    "Weekend",
    "Month",
    "Quarter",
    "Year",
    "Decade",
    "Century",
    "Millennium",
];

fn word(row: &Row) -> Result<String, String> {
    let value = row.fields[2].as_str();
    Ok(match row.fields[1].as_str() {
        "month" => format!("Lex::Month({})", number(value, 1..=12)?),
        "month-abbr" => format!("Lex::MonthAbbr({})", number(value, 1..=12)?),
        "weekday" => format!("Lex::Weekday({})", number(value, 1..=7)?),
        "weekdays" => format!("Lex::Weekdays({})", number(value, 1..=7)?),
        "weekday-abbr" => format!("Lex::WeekdayAbbr({})", number(value, 1..=7)?),
        "unit" => format!("Lex::Unit(Unit::{})", one_of(value, UNITS)?),
        "units" => format!("Lex::Units(Unit::{})", one_of(value, UNITS)?),
        "number" => format!("Lex::Number({})", number(value, 1..=19)?),
        "tens" => format!("Lex::Tens({})", number(value, 20..=90)?),
        "multiplier" => format!("Lex::Multiplier({})", number(value, 12..=1_000_000_000)?),
        "ordinal" => format!("Lex::Ordinal({})", number(value, 1..=99)?),
        "decade" => format!("Lex::DecadeWord({})", number(value, 20..=90)?),
        "season" | "seasons" => season(&row.fields[1], value)?,
        "part" | "parts" => part(&row.fields[1], value)?,
        "clock" => format!("Lex::ClockWord({})", number(value, 0..=24)?),
        "deictic" => format!("Lex::Deictic({})", number(value, -1..=1)?),
        "which" => format!("Lex::Which(Which::{})", one_of(value, WHICHES)?),
        "phase" => format!("Lex::Phase(Modifier::{})", one_of(value, &["Start", "Mid", "End"])?),
        "part-of" => part_of(value)?,
        "approx" => format!("Lex::Approx({})", approx(value)?),
        "vague" => format!("Lex::Vague(Reference::{})", one_of(value, &["Past", "Present", "Future"])?),
        "frequency" => frequency(value)?,
        "era" => format!("Lex::Era({})", number(value, -1..=1)? > 0),
        "times" => format!("Lex::Times({})", number(value, 1..=9)?),
        class => plain(class)?,
    })
}

const WHICHES: &[&str] = &[
    "This",
    "Last",
    "Next",
    "Past",
    "Coming",
    "Previous",
    "Prior",
    "Following",
    "Current",
    "Latest",
    "Same",
    "That",
    "Recent",
    "Future",
];

fn season(class: &str, value: &str) -> Result<String, String> {
    let name = if class == "season" { "Season" } else { "Seasons" };
    Ok(format!("Lex::{name}(Season::{})", one_of(value, &["Winter", "Spring", "Summer", "Autumn"])?))
}

fn part(class: &str, value: &str) -> Result<String, String> {
    let name = if class == "part" { "Part" } else { "Parts" };
    let parts = ["Dawn", "Morning", "Midday", "Afternoon", "Evening", "Night"];
    Ok(format!("Lex::{name}(DayPart::{})", one_of(value, &parts)?))
}

fn part_of(value: &str) -> Result<String, String> {
    let part = one_of(value, &["Start", "Mid", "End", "Rest"])?;
    Ok(if part == "Rest" {
        "Lex::PartOf(None)".into()
    } else {
        format!("Lex::PartOf(Some(Modifier::{part}))")
    })
}

fn approx(value: &str) -> Result<String, String> {
    let name = one_of(value, &["Approx", "LessThan", "MoreThan", "EqualOrLess", "EqualOrMore", "Exactly"])?;
    Ok(if name == "Exactly" { "None".into() } else { format!("Some(Modifier::{name})") })
}

fn frequency(value: &str) -> Result<String, String> {
    let (count, unit) =
        value.split_once(' ').ok_or_else(|| format!("`{value}` is not a count and a unit"))?;
    Ok(format!("Lex::Frequency({}, Unit::{})", number(count, 1..=99)?, one_of(unit, UNITS)?))
}

/// Classes whose value says nothing more.
fn plain(class: &str) -> Result<String, String> {
    let name = match class {
        "vague-count" => "VagueCount",
        "couple" => "Couple",
        "half" => "Half",
        "tonight" => "Tonight",
        "overnight" => "Overnight",
        "every" => "Every",
        "ago" => "Ago",
        "earlier" => "Earlier",
        "later" => "Later",
        "before" => "Before",
        "after" => "After",
        "since" => "Since",
        "until" => "Until",
        "hence" => "Hence",
        "from" => "From",
        "the" => "The",
        "a" => "A",
        "of" => "Of",
        "in" => "In",
        "on" => "On",
        "at" => "At",
        "by" => "By",
        "to" => "To",
        "and" => "And",
        "or" => "Or",
        "for" => "For",
        "during" => "During",
        "than" => "Than",
        "more" => "More",
        "less" => "Less",
        "least" => "Least",
        "up" => "Up",
        "as" => "As",
        "per" => "Per",
        "fiscal" => "Fiscal",
        _ => return Err(format!("unknown class `{class}`")),
    };
    Ok(format!("Lex::{name}"))
}

fn zone(row: &Row) -> Result<String, String> {
    Ok(number(&row.fields[1], -720..=840)?.to_string())
}

fn cue(row: &Row) -> Result<String, String> {
    Ok(match row.fields[1].as_str() {
        "past" => "Cue::Past",
        "present" => "Cue::Present",
        "future" => "Cue::Future",
        "planned" => "Cue::Planned",
        "planned-to" => "Cue::PlannedTo",
        "perfect" => "Cue::Perfect",
        "conditional" => "Cue::Conditional",
        "report" => "Cue::Report",
        other => return Err(format!("unknown cue `{other}`")),
    }
    .to_owned())
}

fn holiday(row: &Row) -> Result<String, String> {
    let value = row.fields[2].as_str();
    let offset = || number(value, -366..=366);
    Ok(match row.fields[1].as_str() {
        "fixed" => month_day("Fixed", value)?,
        "islamic" => month_day("Islamic", value)?,
        "islamic-month" => format!("Rule::IslamicMonth({})", number(value, 1..=12)?),
        "nth" => nth(value)?,
        "election" => "Rule::Election".to_owned(),
        "easter-week" => "Rule::EasterWeek".to_owned(),
        "easter" => format!("Rule::Easter({})", offset()?),
        "orthodox" => format!("Rule::Orthodox({})", offset()?),
        "nowruz" => format!("Rule::Nowruz({})", offset()?),
        "lunar" => format!("Rule::Lunar({})", offset()?),
        "hebrew" => format!("Rule::Hebrew({})", offset()?),
        "passover" => format!("Rule::Passover({})", offset()?),
        other => return Err(format!("unknown rule `{other}`")),
    })
}

fn month_day(rule: &str, value: &str) -> Result<String, String> {
    let (month, day) = value.split_once('-').ok_or_else(|| format!("`{value}` is not month-day"))?;
    Ok(format!("Rule::{rule}({}, {})", number(month, 1..=12)?, number(day, 1..=31)?))
}

fn nth(value: &str) -> Result<String, String> {
    match value.split(' ').collect::<Vec<_>>()[..] {
        [month, n, weekday] => Ok(format!(
            "Rule::Nth({}, {}, {})",
            number(month, 1..=12)?,
            number(n, -1..=5)?,
            number(weekday, 1..=7)?
        )),
        _ => Err(format!("`{value}` is not month, n, weekday")),
    }
}
