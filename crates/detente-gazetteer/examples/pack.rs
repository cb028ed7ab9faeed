//! Packs the table that `tools/convert_gazetteer/gather.py` prints: `pack PLACES.tsv geonames.gaz`.

use std::error::Error;
use std::{env, fs};

use detente_gazetteer::pack::{Row, pack};

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = env::args().skip(1);
    let (Some(from), Some(to)) = (paths.next(), paths.next()) else {
        return Err("usage: pack PLACES.tsv geonames.gaz".into());
    };
    let text = fs::read_to_string(&from)?;
    let rows = text
        .lines()
        .zip(1..)
        .map(|(line, number)| row(line).map_err(|why| format!("{from}:{number}: {why}")));
    let packed = pack(&rows.collect::<Result<Vec<_>, _>>()?)?;
    fs::write(to, packed)?;
    Ok(())
}

fn row(line: &str) -> Result<Row<'_>, Box<dyn Error>> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, kind, name, lat, lon, country, population, parent, others, adjectives] = fields[..] else {
        return Err(format!("{} fields, not 10", fields.len()).into());
    };
    Ok(Row {
        id: id.parse()?,
        kind: kind.parse()?,
        name,
        at: (lat.parse()?, lon.parse()?),
        country: country.as_bytes().try_into()?,
        population: population.parse()?,
        parent: if parent.is_empty() { 0 } else { parent.parse()? },
        others: others.split('|').filter(|other| !other.is_empty()).collect(),
        adjectives: adjectives.split('|').filter(|adjective| !adjective.is_empty()).collect(),
    })
}
