//! What a page states about itself: title, author, site, address, section, language, days.
//!
//! JSON-LD is asked first, then the meta elements, then the elements of the body that are marked as title, author or day.

use detente_model::{DateBasis, Published};
use jiff::civil::Date;
use serde_json::Value;
use trafilatura::dom::{Document, NodeId};

use crate::date::written::Order;
use crate::date::{address, is_plausible, stated, written};

/// What a page states about itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Head {
    pub title: Option<String>,
    pub author: Option<String>,
    pub site: Option<String>,
    pub url: Option<String>,
    pub section: Option<String>,
    pub language: Option<String>,
    pub published: Option<Published>,
}

/// Reads it; `url` is where the page came from, if the caller knows.
pub(crate) fn read(document: &Document, url: Option<&str>) -> Head {
    let page = Page::new(document);
    let canonical = page.address();
    let site = page.site();
    let title = page.title(site.as_deref());
    Head {
        author: page.author(site.as_deref()),
        published: page.published(url.or(canonical.as_deref())),
        section: page
            .meta(&["article:section", "parsely-section", "section", "sailthru.section"])
            .or_else(|| page.linked("articleSection")),
        language: page.language(),
        url: url.map(str::to_owned).or(canonical),
        title,
        site,
    }
}

struct Page<'d> {
    document: &'d Document,
    /// Names in lower case with their content.
    metas: Vec<(String, String)>,
    /// The objects of the JSON-LD, those that describe an article first.
    linked: Vec<Value>,
    /// Elements of the body that a class, a role or a property marks.
    marked: Vec<Marked>,
    title: Option<String>,
    headings: Vec<String>,
    canonical: Option<String>,
    language: Option<String>,
}

/// An element of the body that is marked as holding a day or a name.
struct Marked {
    role: Role,
    text: String,
    /// The day that an attribute states for machines.
    stated: Option<Date>,
    /// Whether the headline of the page stands before it.
    under_heading: bool,
}

impl Marked {
    fn day(&self, order: Order) -> Option<Date> {
        self.stated.or_else(|| self.printed(order))
    }

    fn printed(&self, order: Order) -> Option<Date> {
        written::first_day_in(&self.text, order).filter(|day| is_plausible(*day))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// `itemprop="datePublished"`, `pubdate`.
    Published,
    /// A `time` element or a class that says date.
    Dated,
    /// A class that says the page was changed.
    Modified,
    /// `rel="author"`, `itemprop="author"`.
    Author,
    /// A class that says author or byline.
    Byline,
}

/// Most elements of one role that are looked at.
const MOST_MARKED: usize = 24;

impl<'d> Page<'d> {
    fn new(document: &'d Document) -> Self {
        let mut page = Self {
            document,
            metas: Vec::new(),
            linked: Vec::new(),
            marked: Vec::new(),
            title: None,
            headings: Vec::new(),
            canonical: None,
            language: None,
        };
        page.collect(document.root(), 0);
        page.linked.sort_by_key(|object| !is_article(object));
        page
    }

    /// One walk over the page that keeps what may matter.
    fn collect(&mut self, node: NodeId, depth: usize) {
        for child in self.document.children(node) {
            self.look_at(child);
            if depth < 500 {
                self.collect(child, depth + 1);
            }
        }
    }

    fn look_at(&mut self, node: NodeId) {
        match self.document.tag_name(node) {
            "html" => {
                self.language = self.attribute(node, "lang").or_else(|| self.attribute(node, "xml:lang"))
            }
            "meta" => self.take_meta(node),
            "link"
                if self.attribute(node, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
            {
                self.canonical = self.canonical.take().or_else(|| self.attribute(node, "href"));
            }
            "title" if self.title.is_none() => self.title = clean(&self.document.text_content(node)),
            "h1" if self.headings.len() < 3 => self.headings.extend(clean(&self.document.text_content(node))),
            "script" => self.take_linked(node),
            tag => self.take_marked(node, tag),
        }
    }

    fn attribute(&self, node: NodeId, name: &str) -> Option<String> {
        self.document
            .get_attribute(node, name)
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    }

    fn take_meta(&mut self, node: NodeId) {
        let name =
            ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| self.attribute(node, key));
        if let (Some(name), Some(content)) = (name, self.attribute(node, "content")) {
            self.metas.push((name.to_ascii_lowercase(), content));
        }
    }

    fn take_linked(&mut self, node: NodeId) {
        if !self.attribute(node, "type").is_some_and(|kind| kind.contains("ld+json")) {
            return;
        }
        let text = self.document.text_content(node);
        let bare = text
            .trim()
            .trim_start_matches("<!--")
            .trim_start_matches("//<![CDATA[")
            .trim_end_matches("//]]>")
            .trim_end_matches("-->");
        let repaired = || serde_json::from_str(&bare.replace(['\n', '\r', '\t'], " "));
        if let Ok(value) = serde_json::from_str(bare).or_else(|_| repaired()) {
            flatten(value, &mut self.linked);
        }
    }

    fn take_marked(&mut self, node: NodeId, tag: &str) {
        let Some(role) = self.role(node, tag) else { return };
        if self.marked.iter().filter(|marked| marked.role == role).count() >= MOST_MARKED {
            return;
        }
        let stated = ["datetime", "content", "title"]
            .iter()
            .find_map(|name| written::first_day(&self.attribute(node, name)?));
        let text =
            clean(&self.document.text_content(node)).filter(|text| text.len() < 300).unwrap_or_default();
        let under_heading = !self.headings.is_empty();
        self.marked.push(Marked {
            role,
            text,
            stated: stated.filter(|day| is_plausible(*day)),
            under_heading,
        });
    }

    fn role(&self, node: NodeId, tag: &str) -> Option<Role> {
        let property = self.attribute(node, "itemprop").unwrap_or_default();
        let rel = self.attribute(node, "rel").unwrap_or_default();
        if property.contains("datePublished")
            || tag == "time" && self.document.get_attribute(node, "pubdate").is_some()
        {
            return Some(Role::Published);
        }
        if property == "author" || rel.split(' ').any(|rel| rel == "author") {
            return Some(Role::Author);
        }
        let names = format!("{} {}", self.document.class_name(node), self.document.id_attr(node))
            .to_ascii_lowercase();
        let has = |marks: &[&str]| marks.iter().any(|mark| names.contains(mark));
        if property.contains("dateModified") || has(&["updated", "modified"]) && !has(&["published"]) {
            return Some(Role::Modified);
        }
        if tag == "time"
            || has(&[
                "date",
                "publish",
                "posted",
                "timestamp",
                "pubtime",
                "datum",
                "byline-time",
                "meta-time",
            ])
        {
            return Some(Role::Dated);
        }
        has(&["byline", "author", "autor", "writer"]).then_some(Role::Byline)
    }

    /// The first of the meta elements named that is there.
    fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let found = self.metas.iter().find(|(have, content)| have == name && !content.trim().is_empty());
            found.and_then(|(_, content)| clean(content))
        })
    }

    /// A field of the JSON-LD: a string, the first of a list, or the name of an object.
    fn linked(&self, field: &str) -> Option<String> {
        self.linked.iter().filter(|object| is_article(object)).find_map(|object| text_of(object.get(field)?))
    }

    fn address(&self) -> Option<String> {
        let stated = self.canonical.clone().or_else(|| self.meta(&["og:url", "twitter:url"]));
        stated.filter(|url| url.starts_with("http"))
    }

    fn site(&self) -> Option<String> {
        let publisher = || self.linked.iter().find_map(|object| text_of(object.get("publisher")?));
        let named = self
            .meta(&["og:site_name", "application-name", "dc.publisher", "twitter:site"])
            .or_else(publisher);
        named.map(|name| name.trim_start_matches('@').to_owned())
    }

    fn title(&self, site: Option<&str>) -> Option<String> {
        let stated = self.linked("headline").map(|title| unescape(&title));
        let meta = || self.meta(&["og:title", "twitter:title", "dc.title", "title", "headline"]);
        let page = || self.title.clone();
        let base = stated.filter(|title| !title.is_empty()).or_else(meta).or_else(page)?;
        let bare = without_site(&base, site);
        let heading = self.headings.iter().find(|heading| is_heading_of(heading, &base));
        Some(heading.cloned().unwrap_or(bare))
    }

    fn language(&self) -> Option<String> {
        let stated = self
            .language
            .clone()
            .or_else(|| self.meta(&["og:locale", "content-language", "language", "dc.language"]));
        stated.or_else(|| self.linked("inLanguage")).map(|tag| tag.replace('_', "-"))
    }

    fn author(&self, site: Option<&str>) -> Option<String> {
        let linked = self
            .linked
            .iter()
            .filter(|object| is_article(object))
            .find_map(|object| authors(object.get("author")?));
        let meta = || {
            self.meta(&[
                "author",
                "article:author",
                "parsely-author",
                "sailthru.author",
                "dc.creator",
                "byl",
                "citation_author",
                "twitter:creator_name",
            ])
        };
        let marked = |role| {
            self.marked.iter().filter(move |marked| marked.role == role).map(|marked| marked.text.clone())
        };
        let candidates =
            linked.into_iter().chain(meta()).chain(marked(Role::Author)).chain(marked(Role::Byline));
        candidates
            .filter_map(|text| name(&text))
            .find(|name| site.is_none_or(|site| !site.eq_ignore_ascii_case(name)))
    }

    /// The day of publication. Where the markup states it, three things correct it: an address with an earlier day (the
    /// page was published again), the day printed under the headline when it is the day beside it (the markup speaks
    /// in universal time, the page in its own), and a later one printed there (the text was renewed).
    fn published(&self, url: Option<&str>) -> Option<Published> {
        let address = url.and_then(address::day).or_else(|| self.canonical.as_deref().and_then(address::day));
        let Some(stated_day) = self.stated_day() else {
            let by_address = address.map(|day| stated(day, DateBasis::Url));
            return by_address.or_else(|| self.weaker_day().map(|day| stated(day, DateBasis::Markup)));
        };
        if let Some(day) = address.filter(|day| *day < stated_day) {
            return Some(stated(day, DateBasis::Url));
        }
        let corrected =
            self.printed_day().filter(|day| *day > stated_day || day.tomorrow().ok() == Some(stated_day));
        Some(stated(corrected.unwrap_or(stated_day), DateBasis::Markup))
    }

    /// What JSON-LD, the meta elements or a marked element state as the day of publication.
    fn stated_day(&self) -> Option<Date> {
        let marked = || {
            self.marked
                .iter()
                .filter(|marked| marked.role == Role::Published)
                .find_map(|marked| marked.day(self.order()))
        };
        self.linked_day(&["datePublished"]).or_else(|| self.meta_day(PUBLISHED)).or_else(marked)
    }

    /// Any day an element gives, else that of the last change.
    fn weaker_day(&self) -> Option<Date> {
        let marked = |role| {
            self.marked
                .iter()
                .filter(move |marked| marked.role == role)
                .find_map(|marked| marked.day(self.order()))
        };
        let changed = || {
            self.meta_day(MODIFIED)
                .or_else(|| self.linked_day(&["dateModified"]))
                .or_else(|| marked(Role::Modified))
        };
        marked(Role::Dated).or_else(|| self.linked_day(&["dateCreated", "uploadDate"])).or_else(changed)
    }

    /// The first day that readers see under the headline in an element that says it is one.
    fn printed_day(&self) -> Option<Date> {
        let dated =
            |marked: &&Marked| matches!(marked.role, Role::Dated | Role::Published) && marked.under_heading;
        let first = self.marked.iter().filter(dated).find(|marked| marked.day(self.order()).is_some());
        first.and_then(|marked| marked.printed(self.order()))
    }

    /// Which number of `02/05/2017` is the month on this page.
    fn order(&self) -> Order {
        order_of(self.language.as_deref())
    }

    fn linked_day(&self, fields: &[&str]) -> Option<Date> {
        let of = |field: &&str| {
            self.linked.iter().find_map(|object| written::first_day(object.get(*field)?.as_str()?))
        };
        fields.iter().filter_map(of).find(|day| is_plausible(*day))
    }

    fn meta_day(&self, names: &[&str]) -> Option<Date> {
        let contents = names.iter().flat_map(|name| self.metas.iter().filter(move |(have, _)| have == name));
        contents.filter_map(|(_, content)| written::first_day(content)).find(|day| is_plausible(*day))
    }
}

/// Meta elements that state the day of publication.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "og:pubdate",
    "datepublished",
    "article:published",
    "article:publicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "published",
    "published-date",
    "published_date",
    "displaydate",
    "originalpublicationdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "citation_date",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "bt:pubdate",
    "pdate",
    "date",
    "article.published",
    "created",
    "release_date",
    "article:post_date",
];

/// Meta elements that state the day of a change: the last resort.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
    "modified",
];

/// Which number of `02/05/2017` is the month in a language; only American English, and pages that do not say, put it first.
pub(crate) fn order_of(language: Option<&str>) -> Order {
    let tag = language.unwrap_or("en-US").to_ascii_lowercase();
    let american =
        matches!(tag.split_once(['-', '_']), None | Some((_, "us" | "ph" | "ca"))) && tag.starts_with("en");
    if american { Order::MonthFirst } else { Order::DayFirst }
}

fn clean(text: &str) -> Option<String> {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!folded.is_empty()).then_some(folded)
}

/// The objects of a JSON-LD value, those in lists and graphs too.
fn flatten(value: Value, into: &mut Vec<Value>) {
    match value {
        Value::Array(items) => items.into_iter().for_each(|item| flatten(item, into)),
        Value::Object(mut object) => {
            if let Some(graph) = object.remove("@graph") {
                flatten(graph, into);
            }
            if let Some(main) = object.get("mainEntity").filter(|main| main.is_object()).cloned() {
                flatten(main, into);
            }
            into.push(Value::Object(object));
        }
        _ => {}
    }
}

/// Whether a JSON-LD object describes the article of the page.
fn is_article(object: &Value) -> bool {
    let fits = |kind: &Value| {
        kind.as_str().is_some_and(|kind| {
            kind.ends_with("Article")
                || kind.ends_with("Posting")
                || matches!(kind, "Report" | "Recipe" | "Review" | "LiveBlogPosting")
        })
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(fits),
        Some(kind) => fits(kind),
        None => false,
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => clean(&unescape(text)),
        Value::Array(items) => items.iter().find_map(text_of),
        Value::Object(object) => text_of(object.get("name")?),
        _ => None,
    }
}

/// All names of an author field, joined as they are printed.
fn authors(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => {
            let names: Vec<String> = items.iter().filter_map(text_of).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => text_of(value),
    }
}

/// The few character references that machines put into JSON strings.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let pairs = [
        ("&#039;", "'"),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&quot;", "\""),
        ("&#8217;", "’"),
        ("&#8216;", "‘"),
        ("&#8211;", "–"),
        ("&nbsp;", " "),
        ("&#038;", "&"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// A title without "| The Site" at its end or before it.
fn without_site(title: &str, site: Option<&str>) -> String {
    for sign in [" | ", " – ", " — ", " - ", " :: ", " » ", " • ", " · "] {
        if let Some((before, after)) = title.rsplit_once(sign) {
            let names_site = site.is_some_and(|site| same_name(site, after));
            if names_site || sign != " - " && sign != " – " && sign != " — " && short(after) && !short(before)
            {
                return without_site(before.trim(), site);
            }
        }
        if let Some((before, after)) =
            title.split_once(sign).filter(|(before, _)| site.is_some_and(|site| same_name(site, before)))
        {
            let _ = before;
            return after.trim().to_owned();
        }
    }
    title.to_owned()
}

fn short(text: &str) -> bool {
    text.split_whitespace().count() <= 3
}

/// Whether two spellings name one site: `BBC News` and `bbcnews.com`.
fn same_name(a: &str, b: &str) -> bool {
    let plain = |text: &str| -> String {
        let bare = text.to_lowercase().replace(".com", "").replace(".org", "").replace("the ", "");
        bare.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let (a, b) = (plain(a), plain(b));
    !a.is_empty()
        && !b.is_empty()
        && (a == b || a.contains(&b) && b.len() >= 3 || b.contains(&a) && a.len() >= 3)
}

/// Whether a heading of the page is the title that the markup states, perhaps with the site's name around it.
fn is_heading_of(heading: &str, title: &str) -> bool {
    let plain =
        |text: &str| -> String { text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let (heading, title) = (plain(heading), plain(title));
    heading.len() >= 12 && (title.starts_with(&heading) || title.ends_with(&heading))
}

/// A writer's name without "By", roles and addresses; `None` for what is no name.
fn name(text: &str) -> Option<String> {
    let mut bare = clean(text)?;
    for prefix in [
        "Post author ",
        "View all posts by ",
        "Written by ",
        "written by ",
        "Posted by ",
        "posted by ",
        "Published by ",
        "Author: ",
        "Author:",
        "Autor: ",
        "By: ",
        "By ",
        "by ",
        "BY ",
        "Von: ",
        "Von ",
        "von ",
        "Por ",
        "Par ",
    ] {
        if let Some(rest) = bare.strip_prefix(prefix) {
            bare = rest.trim().to_owned();
        }
    }
    for sign in [
        " | ",
        " • ",
        " · ",
        " – ",
        " — ",
        " on ",
        " / ",
        " Published ",
        " Updated ",
        " in ",
        "\u{2022}",
        " says",
        " Shares",
        ", Staff",
        " (",
        " @",
    ] {
        if let Some((before, _)) = bare.split_once(sign) {
            bare = before.trim().to_owned();
        }
    }
    let bare = bare.trim_matches([',', '|', ' ', ':', '-']);
    let bare = bare
        .split_once(", ")
        .filter(|(_, role)| role.len() <= 4)
        .map_or(bare, |(before, _)| before)
        .to_owned();
    let wordy = (1..=12).contains(&bare.split_whitespace().count());
    let address = bare.starts_with("http") || bare.contains("www.") || bare.contains('@');
    let dated = written::first_day(&bare).is_some();
    let empty = [
        "by",
        "von",
        "posted",
        "follow",
        "no author",
        "author",
        "admin",
        "unknown",
        "staff",
        "editor",
        "guest",
    ];
    let named = !empty.contains(&bare.to_lowercase().as_str())
        && !bare.ends_with(" says")
        && bare.starts_with(|c: char| !c.is_numeric());
    (wordy && named && !address && !dated && bare.chars().any(char::is_alphabetic) && bare.len() <= 120)
        .then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(html: &str) -> Head {
        read(&Document::parse(html), None)
    }

    #[test]
    fn linked_data_comes_first() {
        let page = r#"<title>Ships leave | Harbour Times</title><meta name="date" content="2001-01-01">
            <meta property="og:site_name" content="Harbour Times">
            <script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","headline":"Ships leave",
            "datePublished":"2017-05-02T10:00:00Z","author":[{"name":"Ann Lee"},{"name":"Bo Dahl"}],"articleSection":"World"}]}</script>"#;
        let head = head(page);
        assert_eq!(head.title.as_deref(), Some("Ships leave"));
        assert_eq!(head.author.as_deref(), Some("Ann Lee, Bo Dahl"));
        assert_eq!(head.site.as_deref(), Some("Harbour Times"));
        assert_eq!(head.section.as_deref(), Some("World"));
        assert_eq!(
            head.published.map(|p| (p.days.from.to_string(), p.basis)),
            Some(("2017-05-02".into(), DateBasis::Markup))
        );
    }

    #[test]
    fn titles_lose_the_name_of_the_site() {
        let cases = [
            ("Ships leave port - Harbour Times", "Ships leave port"),
            ("Harbour Times: Ships leave port", "Harbour Times: Ships leave port"),
            ("Harbour Times | Ships leave port", "Ships leave port"),
            ("Ships leave - at last", "Ships leave - at last"),
        ];
        for (title, expected) in cases {
            assert_eq!(without_site(title, Some("Harbour Times")), expected);
        }
    }

    #[test]
    fn names_are_bare() {
        let cases = [
            ("By Ann Lee", Some("Ann Lee")),
            ("Ann Lee | 2 May 2017", Some("Ann Lee")),
            ("https://a.example/ann", None),
            ("2 May 2017", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(name(text).as_deref(), expected, "{text}");
        }
    }
}
