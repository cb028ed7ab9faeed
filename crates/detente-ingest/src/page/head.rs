//! What a page states about itself: title, author, site, address, section, language, days.
//!
//! JSON-LD is asked first, then the meta elements, then the elements of the body that are marked as title, author or day.

use detente_model::{DateBasis, Published};
use jiff::civil::Date;
use serde_json::Value;
use trafilatura::dom::{Document, NodeId};

use super::author;
use super::markup::{self, Sense, Senses};
use super::title::{is_alike, is_heading_of, is_same_name, without_site};
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
        section: page.meta(markup::metas(Sense::Section)).or_else(|| page.linked("articleSection")),
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
    /// The heading that names the site.
    banner: Option<String>,
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
    /// A link under the headline to the page of a writer.
    Writer,
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
            banner: None,
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
            "h1" if self.headings.len() < 3 => self.take_heading(node),
            "script" => self.take_linked(node),
            tag => self.take_marked(node, tag),
        }
    }

    /// A heading that is a link to the front page names the site.
    fn take_heading(&mut self, node: NodeId) {
        let text = clean(&self.document.text_content(node));
        if self.leads_home(node) {
            self.banner = self.banner.take().or(text);
        } else {
            self.headings.extend(text);
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

    /// Whether a heading is nothing but a link to the front page: the name of the site.
    fn leads_home(&self, node: NodeId) -> bool {
        let children = self.document.children(node);
        let [link] = children.as_slice() else { return false };
        let target = self.attribute(*link, "href").unwrap_or_default();
        self.document.tag_name(*link) == "a" && markup::leads_home(&target)
    }

    fn role(&self, node: NodeId, tag: &str) -> Option<Role> {
        let attributes = self.document.attribute_names(node);
        let get = |name: &str| {
            let present = attributes.iter().any(|have| have == name);
            present.then(|| self.document.get_attribute(node, name)).flatten().unwrap_or_default()
        };
        let (property, pubdate) = (get("itemprop"), attributes.iter().any(|have| have == "pubdate"));
        if property.contains("datePublished") || tag == "time" && pubdate {
            return Some(Role::Published);
        }
        if property == "author" || get("rel").split(' ').any(|rel| rel == "author") {
            return Some(Role::Author);
        }
        if tag == "a" && !self.headings.is_empty() && markup::leads_to_writer(&get("href")) {
            return Some(Role::Writer);
        }
        let named = attributes.iter().any(|have| have == "class" || have == "id");
        let names = if named { markup::names(self.document, node) } else { String::new() };
        role_by_names(&names, tag, &property)
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
        let stated = self.canonical.clone().or_else(|| self.meta(markup::metas(Sense::Address)));
        stated.filter(|url| url.starts_with("http"))
    }

    fn site(&self) -> Option<String> {
        let publisher = || self.linked.iter().find_map(|object| text_of(object.get("publisher")?));
        let named = self.meta(markup::metas(Sense::Site)).or_else(publisher).or_else(|| self.banner.clone());
        named.map(|name| name.trim_start_matches('@').to_owned())
    }

    /// The heading that says what the markup states, since readers see that one; else what the markup states. A lone
    /// heading may say it in other words.
    fn title(&self, site: Option<&str>) -> Option<String> {
        let linked = self.linked("headline").filter(|title| !title.is_empty());
        let meta = || self.meta(markup::metas(Sense::Title));
        let stated: Vec<String> = linked.into_iter().chain(meta()).chain(self.title.clone()).collect();
        let base = stated.first()?;
        let named = |heading: &&String| site.is_none_or(|site| !site.eq_ignore_ascii_case(heading));
        let headings = || self.headings.iter().filter(named);
        let bare = without_site(base, site);
        // A heading that is the title with more around it, a kicker or a section, is no better than the title.
        let torn = bare.ends_with("...") || bare.ends_with('…');
        let fits =
            |heading: &&String| torn || is_heading_of(heading, &bare) || !is_heading_of(&bare, heading);
        let same =
            || stated.iter().find_map(|title| headings().find(|heading| is_heading_of(heading, title)));
        let lone = || headings().next().filter(|first| headings().all(|other| other == *first));
        let alike = || lone().filter(|heading| stated.iter().any(|title| is_alike(heading, title)));
        let heading = same().filter(fits).or_else(|| alike().filter(fits));
        Some(heading.cloned().unwrap_or(bare))
    }

    fn language(&self) -> Option<String> {
        let stated = self.language.clone().or_else(|| self.meta(markup::metas(Sense::Language)));
        stated.or_else(|| self.linked("inLanguage")).map(|tag| tag.replace('_', "-"))
    }

    /// Who wrote it: stated in JSON-LD, in a meta element, in an element marked so, or by a link to a writer's page. The
    /// site itself only where nobody else is named.
    fn author(&self, site: Option<&str>) -> Option<String> {
        let marked = |role| {
            self.marked.iter().filter(move |marked| marked.role == role).map(|marked| marked.text.clone())
        };
        let linked = self.linked_author().into_iter();
        let stated = linked.chain(self.meta_author()).chain(self.lone_person()).chain(marked(Role::Author));
        let candidates = stated.chain(marked(Role::Writer)).chain(marked(Role::Byline));
        let names: Vec<String> = candidates.filter_map(|text| author::name(&text)).collect();
        let person = |name: &&String| site.is_none_or(|site| !is_same_name(site, name));
        names.iter().find(person).or(names.first()).cloned()
    }

    /// The author of the article's object, by name or by reference.
    fn linked_author(&self) -> Option<String> {
        let mut articles = self.linked.iter().filter(|object| is_article(object));
        articles.find_map(|object| {
            let author = object.get("author")?;
            let referred = || {
                let id = author.get("@id")?;
                self.persons().find(|person| person.get("@id") == Some(id)).and_then(text_of)
            };
            authors(author).or_else(referred)
        })
    }

    fn persons(&self) -> impl Iterator<Item = &Value> {
        self.linked.iter().filter(|object| object.get("@type").is_some_and(|kind| is_of_type(kind, "Person")))
    }

    /// The one person that the JSON-LD describes beside the article.
    fn lone_person(&self) -> Option<String> {
        let mut persons = self.persons();
        persons.next().filter(|_| persons.next().is_none()).and_then(text_of)
    }

    /// All names of the first meta element that has any.
    fn meta_author(&self) -> Option<String> {
        let contents = |wanted: &str| {
            let found =
                self.metas.iter().filter(|(name, _)| name == wanted).map(|(_, content)| content.as_str());
            let mut names: Vec<&str> = found.filter(|content| !content.contains("://")).collect();
            names.dedup();
            (!names.is_empty()).then(|| names.join(", "))
        };
        let labelled = || {
            let label =
                self.meta(&["twitter:label1"]).filter(|label| label.eq_ignore_ascii_case("written by"));
            label.and_then(|_| self.meta(&["twitter:data1"]))
        };
        markup::metas(Sense::Author).iter().find_map(|name| contents(name)).or_else(labelled)
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
        self.linked_day(&["datePublished"])
            .or_else(|| self.meta_day(markup::metas(Sense::Published)))
            .or_else(marked)
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
            self.meta_day(markup::metas(Sense::Modified))
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

/// What class and id say of an element.
fn role_by_names(names: &str, tag: &str, property: &str) -> Option<Role> {
    let senses = Senses::of(names);
    if property.contains("dateModified") || senses.has(Sense::Modified) && !senses.has(Sense::Published) {
        return Some(Role::Modified);
    }
    if tag == "time" || senses.has(Sense::Dated) {
        return Some(Role::Dated);
    }
    senses.has(Sense::Author).then_some(Role::Byline)
}

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

fn is_of_type(kind: &Value, wanted: &str) -> bool {
    kind.as_str() == Some(wanted)
        || kind.as_array().is_some_and(|kinds| kinds.iter().any(|kind| is_of_type(kind, wanted)))
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
    fn the_heading_that_readers_see_is_the_title() {
        let title = |page: &str| head(page).title;
        let other_words = "<title>Grain talks: envoys agree on ships</title><h1>Envoys agree on grain ships after nine hours</h1>";
        assert_eq!(title(other_words).as_deref(), Some("Envoys agree on grain ships after nine hours"));
        let kicker = "<meta property=og:title content='Envoys agree on ships'><h1><i>World</i> Envoys agree on ships</h1>";
        assert_eq!(title(kicker).as_deref(), Some("Envoys agree on ships"));
        let banner =
            "<title>Harbour Notes » Envoys agree on ships</title><h1><a href='/'>Harbour Notes</a></h1>";
        assert_eq!(title(banner).as_deref(), Some("Envoys agree on ships"));
        let strange = "<title>Envoys agree on ships</title><h1>Weather</h1>";
        assert_eq!(title(strange).as_deref(), Some("Envoys agree on ships"));
    }

    #[test]
    fn writers_are_named_in_many_ways() {
        let cases = [
            (
                r#"<script type="application/ld+json">[{"@type":"NewsArticle","author":{"@id":"p1"}},
                {"@type":"Person","@id":"p2","name":"Bo Dahl"},{"@type":"Person","@id":"p1","name":"Ann Lee"}]</script>"#,
                "Ann Lee",
            ),
            (
                r#"<script type="application/ld+json">[{"@type":"WebPage"},{"@type":"Person","name":"Ann Lee"}]</script>"#,
                "Ann Lee",
            ),
            (
                "<meta name=parsely-author content='Ann Lee'><meta name=parsely-author content='Bo Dahl'>",
                "Ann Lee, Bo Dahl",
            ),
            (
                "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ann Lee'>",
                "Ann Lee",
            ),
            (
                "<h1>Envoys speak of grain</h1><a href='https://h.example/authors/ann-lee/'>Ann Lee</a>",
                "Ann Lee",
            ),
            (
                "<meta property=og:site_name content='Harbour Times'><meta name=author content='Harbour Times'>",
                "Harbour Times",
            ),
            (
                "<meta property=og:site_name content='Harbour Times'><meta name=author content='Harbour Times'><p class=byline>By Ann Lee</p>",
                "Ann Lee",
            ),
        ];
        for (page, expected) in cases {
            assert_eq!(head(page).author.as_deref(), Some(expected), "{page}");
        }
    }
}
