//! A headline tells what the text of its article tells first: the two are one act, however few words they share.

use std::collections::BTreeMap;

use super::group::Group;
use super::member::Member;

/// Headlines by the key of the report that each one heads.
#[derive(Default)]
pub struct Headlines<'a>(BTreeMap<&'a str, Vec<Member<'a>>>);

impl<'a> Headlines<'a> {
    /// Takes every headline whose article tells of the act out of the members of a block.
    pub fn taken_from(members: Vec<Member<'a>>) -> (Self, Vec<Member<'a>>) {
        let (titles, mut others): (Vec<_>, Vec<_>) = members.into_iter().partition(Member::is_title);
        if titles.is_empty() {
            return (Self::default(), others);
        }
        let mut taken = Self::default();
        let mut alone = Vec::new();
        let texts = Texts::of(&others);
        for title in titles {
            match texts.first_headed_by(&title) {
                Some(key) => taken.0.entry(key).or_default().push(title.into_headline()),
                None => alone.push(title),
            }
        }
        others.extend(alone);
        (taken, others)
    }

    /// Puts each headline to the report that it heads.
    pub fn put_into(mut self, groups: &mut [Group<'a>]) {
        for group in groups {
            let heads = group.members.iter().filter_map(|member| self.0.remove(member.report.key()));
            let heads: Vec<Member<'a>> = heads.flatten().collect();
            group.members.extend(heads);
        }
    }
}

/// What is told in the texts of articles, by article.
struct Texts<'m, 'a>(BTreeMap<&'a str, Vec<&'m Member<'a>>>);

impl<'m, 'a> Texts<'m, 'a> {
    fn of(members: &'m [Member<'a>]) -> Self {
        let mut texts: BTreeMap<&str, Vec<&Member<'_>>> = BTreeMap::new();
        for member in members {
            texts.entry(&member.report.event.doc).or_default().push(member);
        }
        for told in texts.values_mut() {
            told.sort_by_key(|member| (member.report.event.evidence.trigger.start, member.report.key()));
        }
        Self(texts)
    }

    /// The key of the first report of the article's text that the headline can head.
    fn first_headed_by(&self, title: &Member<'a>) -> Option<&'a str> {
        let told = self.0.get(title.report.event.doc.as_str())?;
        told.iter().find(|member| title.is_head_of(member)).map(|member| member.report.key())
    }
}
