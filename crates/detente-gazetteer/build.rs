//! Packs the hand-written tables under `data/` and names the file and line of what is wrong in them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/fold.rs"]
mod fold;
#[path = "src/kind.rs"]
mod kind;
#[path = "src/pack.rs"]
mod pack;

use kind::Kind;
use pack::Row;

fn main() {
    let data = Path::new(&env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("data");
    println!("cargo::rerun-if-changed={}", data.display());
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let texts: Vec<(String, String)> = tables(&data).into_iter().map(read).collect();
    let mut rows = Vec::new();
    let mut alpha3 = BTreeMap::new();
    for (file, text) in &texts {
        for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let row = if file == "countries.tsv" { country(&fields, &mut alpha3) } else { place(&fields) };
            rows.push(row.unwrap_or_else(|why| panic!("data/{file}:{}: {why}", number + 1)));
        }
    }
    rows.sort_by_key(|row| row.id);
    fs::write(out.join("ours.gaz"), pack::pack(&rows).expect("the tables fit the format"))
        .expect("OUT_DIR is ours");
    let list: Vec<String> = alpha3.iter().map(|(two, three)| format!("(*b{two:?}, *b{three:?})")).collect();
    let code = format!("&[{}]", list.join(", "));
    fs::write(out.join("alpha3.rs"), code).expect("OUT_DIR is ours");
}

fn tables(data: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(data).expect("data/ is there");
    let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "tsv"));
    paths.sort();
    paths
}

fn read(path: PathBuf) -> (String, String) {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    (name, fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display())))
}

fn country<'a>(fields: &[&'a str], alpha3: &mut BTreeMap<&'a str, &'a str>) -> Result<Row<'a>, String> {
    let [id, two, three, name, lat, lon, population, others, adjectives] = fields else {
        return Err(format!("{} fields, not 9", fields.len()));
    };
    if three.len() != 3 || alpha3.insert(two, three).is_some() {
        return Err(format!("`{two}` twice, or `{three}` no code of three letters"));
    }
    row([id, "country", name, lat, lon, two, population, others, adjectives])
}

fn place<'a>(fields: &[&'a str]) -> Result<Row<'a>, String> {
    row(<[&str; 9]>::try_from(fields).map_err(|_| format!("{} fields, not 9", fields.len()))?)
}

fn row<'a>(
    [id, kind, name, lat, lon, country, population, others, adjectives]: [&'a str; 9],
) -> Result<Row<'a>, String> {
    let country: [u8; 2] = if country == "-" { *b"  " } else { code(country)? };
    Ok(Row {
        id: if id == "-" { 0 } else { number(id)? },
        kind: kind.parse::<Kind>().map_err(|why| why.to_string())?,
        name,
        at: (degrees(lat, 90.0)?, degrees(lon, 180.0)?),
        country,
        population: number(population)?,
        parent: 0,
        others: list(others),
        adjectives: list(adjectives),
    })
}

fn code(country: &str) -> Result<[u8; 2], String> {
    let letters: [u8; 2] =
        country.as_bytes().try_into().map_err(|_| format!("`{country}` is no country code"))?;
    letters
        .iter()
        .all(u8::is_ascii_uppercase)
        .then_some(letters)
        .ok_or_else(|| format!("`{country}` is no code"))
}

fn number(text: &str) -> Result<u32, String> {
    text.parse().map_err(|why| format!("`{text}`: {why}"))
}

fn degrees(text: &str, most: f32) -> Result<f32, String> {
    let value: f32 = text.parse().map_err(|why| format!("`{text}`: {why}"))?;
    (value.abs() <= most).then_some(value).ok_or_else(|| format!("`{text}` is beyond {most} degrees"))
}

fn list(field: &str) -> Vec<&str> {
    field.split('|').map(str::trim).filter(|item| !item.is_empty()).collect()
}
