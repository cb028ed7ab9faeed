//! Titles: without the name of the site, and which heading of the page says the same.

/// A title without "| The Site" at its end or before it.
pub(super) fn without_site(title: &str, site: Option<&str>) -> String {
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
            return after.trim().trim_start_matches("Blog Archive » ").to_owned();
        }
    }
    title.to_owned()
}

fn short(text: &str) -> bool {
    text.split_whitespace().count() <= 3
}

/// Whether two names differ in nothing but case and signs.
pub(super) fn is_same_name(a: &str, b: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    plain(a) == plain(b)
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
pub(super) fn is_heading_of(heading: &str, title: &str) -> bool {
    let plain =
        |text: &str| -> String { text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let (heading, title) = (plain(heading), plain(title));
    heading.len() >= 12 && (title.starts_with(&heading) || title.ends_with(&heading))
}

/// Whether two titles share at least half of the longer words of the shorter one.
pub(super) fn is_alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase();
        let long = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 4);
        long.map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    let shared = a.iter().filter(|word| b.contains(word)).count();
    shared >= 2 && shared * 2 >= a.len().min(b.len())
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_heading_may_say_it_in_other_words() {
        assert!(is_alike(
            "Envoys of two neighbours speak of grain ships",
            "Neighbours: envoys speak of ships"
        ));
        assert!(!is_alike("Envoys of two neighbours speak of grain", "Harbour Times"));
    }
}
