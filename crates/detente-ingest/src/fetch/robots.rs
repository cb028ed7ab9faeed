//! robots.txt (RFC 9309): whether this reader may fetch a path.

/// Whether the rules for `agent` allow `path`. The longest rule that fits decides; of two as long the allowing one.
pub(super) fn allows(robots: &str, agent: &str, path: &str) -> bool {
    let groups = groups(robots);
    let named = |group: &&Group<'_>| group.agents.iter().any(|name| name.eq_ignore_ascii_case(agent));
    let general = |group: &&Group<'_>| group.agents.contains(&"*");
    let mut chosen: Vec<&Group<'_>> = groups.iter().filter(named).collect();
    if chosen.is_empty() {
        chosen = groups.iter().filter(general).collect();
    }
    let rules = chosen.iter().flat_map(|group| &group.rules).filter(|rule| fits(rule.pattern, path));
    let best = rules.max_by_key(|rule| (rule.pattern.len(), rule.allow));
    best.is_none_or(|rule| rule.allow)
}

#[derive(Default)]
struct Group<'a> {
    agents: Vec<&'a str>,
    rules: Vec<Rule<'a>>,
}

struct Rule<'a> {
    allow: bool,
    pattern: &'a str,
}

fn groups(robots: &str) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for line in robots.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let Some((name, value)) = line.split_once(':') else { continue };
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        match name.as_str() {
            "user-agent" => {
                if groups.last().is_none_or(|group| !group.rules.is_empty()) {
                    groups.push(Group::default());
                }
                groups.last_mut().into_iter().for_each(|group| group.agents.push(value));
            }
            "allow" | "disallow" if !value.is_empty() => {
                let rule = Rule { allow: name == "allow", pattern: value };
                groups.last_mut().into_iter().for_each(|group| group.rules.push(Rule { ..rule }));
            }
            _ => {}
        }
    }
    groups
}

/// Whether a pattern with `*` and a closing `$` fits the beginning of a path.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, whole) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut pieces = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let mut last = "";
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
        last = piece;
    }
    !whole || rest.is_empty() || pattern.ends_with('*') || !last.is_empty() && path.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let robots = "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow: /*.pdf$ # files\n";
        let cases = [
            ("/", true),
            ("/private/a", false),
            ("/private/open/a", true),
            ("/a.pdf", false),
            ("/a.pdf?x", true),
        ];
        for (path, allowed) in cases {
            assert_eq!(allows(robots, "detente", path), allowed, "{path}");
        }
        assert!(!allows(robots, "other", "/"));
        assert!(allows("", "detente", "/"));
        assert!(!allows("User-agent: a\nUser-agent: detente\nDisallow: /", "detente", "/x"));
    }
}
