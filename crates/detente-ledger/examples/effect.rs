//! What clustering does to a collection of reports: events a day before and after, the largest clusters, the longest lives.
//!
//! `cargo run -p detente-ledger --example effect -- DOCS.json [--show N]`, where `DOCS.json` is a list of `{id, published, title,
//! text}`. Figures go to standard output; `--show` prints the N clusters that most articles tell of, and the N contacts of most steps.

#![allow(clippy::print_stdout, reason = "a program for the command line")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::time::Instant;
use std::{env, fs};

use detente::Pipeline;
use detente_ledger::derive::{clusters, contacts, joins};
use detente_model::{Article, Cluster, Contact, Event, Part, Report, Source, Span};
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Deserialize)]
struct Doc {
    id: String,
    published: Option<Date>,
    title: String,
    text: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let path = args.next().ok_or("which DOCS.json?")?;
    let show = args.nth(1).map_or(Ok(0), |n| n.parse::<usize>())?;
    let docs: Vec<Doc> = serde_json::from_str(&fs::read_to_string(path)?)?;
    let pipeline = Pipeline::builtin();
    let mut reports: Vec<Report> = Vec::new();
    for (n, doc) in docs.into_iter().enumerate() {
        reports.extend(read(&pipeline, doc));
        if n % 250 == 0 {
            eprintln!("{n} articles, {} reports", reports.len());
        }
    }
    tell(&reports, show);
    Ok(())
}

fn read(pipeline: &Pipeline, doc: Doc) -> Vec<Report> {
    let article = Article::of_text(doc.id, doc.title, doc.text);
    let article = doc.published.map_or_else(|| article.clone(), |day| article.clone().published_on(day));
    let events = pipeline.read(&article).events;
    events.into_iter().map(|event| report(&article, doc.published, event)).collect()
}

fn report(article: &Article, published: Option<Date>, event: Event) -> Report {
    let part = match event.evidence.part {
        Part::Title => &article.title,
        Part::Text => &article.text,
    };
    let words = |span: Span| part[span.range()].to_owned();
    let source =
        Source { article: article.id.clone(), title: article.title.clone(), published, ..Source::default() };
    Report { source, sentence: words(event.evidence.sentence), trigger: words(event.evidence.trigger), event }
}

fn tell(reports: &[Report], show: usize) {
    let start = Instant::now();
    let all = clusters(reports);
    println!("clustered in {:>9.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    let held: usize = all.iter().map(|cluster| cluster.reports.len()).sum();
    let days: BTreeSet<Date> = reports.iter().filter_map(|report| report.source.published).collect();
    let a_day = |n: usize| n as f64 / days.len().max(1) as f64;
    println!("reports      {:>7}  {:>7.1} a day of publication ({} days)", held, a_day(held), days.len());
    println!("clusters     {:>7}  {:>7.1} a day", all.len(), a_day(all.len()));
    let many = all.iter().filter(|cluster| cluster.reports.len() > 1).count();
    println!("of several   {many:>7}");
    println!(
        "told by more articles than one {:>7}",
        all.iter().filter(|cluster| cluster.sources > 1).count()
    );
    let start = Instant::now();
    let lives = contacts(reports);
    println!("contacts     {:>7}, in {:.1} ms", lives.len(), start.elapsed().as_secs_f64() * 1000.0);
    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    lives.iter().for_each(|contact| *states.entry(contact.state.to_string()).or_default() += 1);
    states.iter().for_each(|(state, n)| println!("  {state:<22} {n:>7}"));
    let mut rules: BTreeMap<String, usize> = BTreeMap::new();
    for join in joins(reports) {
        *rules.entry(join.rule.to_string()).or_default() += 1;
    }
    rules.iter().for_each(|(rule, n)| println!("{rule:<24} {n:>7}"));
    let by_key: BTreeMap<&str, &Report> = reports.iter().map(|report| (report.key(), report)).collect();
    print_clusters(&by_key, all, show);
    print_contacts(&by_key, lives, show);
}

fn print_contacts(by_key: &BTreeMap<&str, &Report>, mut lives: Vec<Contact>, show: usize) {
    lives.sort_by_key(|contact| std::cmp::Reverse(contact.steps.len()));
    for contact in lives.iter().filter(|contact| contact.steps.len() > 1).take(show) {
        let codes: Vec<_> = contact.parties.iter().filter_map(|party| party.code).collect();
        println!(
            "\n{} {} {} {codes:?} {:?} {:?}",
            contact.id, contact.kind, contact.level, contact.days, contact.occasion
        );
        for step in &contact.steps {
            let report = step.report.as_deref().and_then(|key| by_key.get(key));
            let sentence = report.map_or(String::new(), |report| report.sentence.replace('\n', " "));
            println!("  {:?} {} {:?} | {sentence}", step.on, step.state, step.days);
        }
    }
}

fn print_clusters(by_key: &BTreeMap<&str, &Report>, mut all: Vec<Cluster>, show: usize) {
    all.sort_by_key(|cluster| std::cmp::Reverse(cluster.sources));
    for cluster in all.iter().filter(|cluster| cluster.sources > 1).take(show) {
        println!(
            "\n{} {} {:?} > {:?}, {} sources",
            cluster.id, cluster.kind, cluster.actors, cluster.recipients, cluster.sources
        );
        for report in cluster.reports.iter().filter_map(|key| by_key.get(key.as_str())) {
            println!("  {:?} {} | {}", report.days(), report.trigger, report.sentence.replace('\n', " "));
        }
    }
}
