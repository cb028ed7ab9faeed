//! The query of an address, read by name. An empty value is none: that is what an empty field of a form sends.

use std::convert::Infallible;
use std::fmt::Display;
use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::civil::Date;
use url::form_urlencoded;

use super::fault::Fault;

/// The names and values of a query, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// Reads a query or a form; values are trimmed, empty ones left out.
    pub fn parse(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes());
        let pairs = pairs.map(|(name, value)| (name.into_owned(), value.trim().to_owned()));
        Self(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The last value of a name.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// The last value of a name, understood.
    pub fn one<T: FromStr<Err: Display>>(&self, name: &str) -> Result<Option<T>, Fault> {
        self.text(name).map(|value| understood(name, value)).transpose()
    }

    /// All values of a name, understood.
    pub fn many<T: FromStr<Err: Display>>(&self, name: &str) -> Result<Vec<T>, Fault> {
        let values = self.0.iter().filter(|(given, _)| given == name);
        values.map(|(_, value)| understood(name, value)).collect()
    }

    /// A civil day, written `2018-04-27`.
    pub fn day(&self, name: &str) -> Result<Option<Date>, Fault> {
        let day = |text: &str| Some(text).filter(|text| text.len() == 10)?.parse().ok();
        let given = self.text(name);
        given
            .map(|text| {
                day(text).ok_or_else(|| {
                    Fault::parameter(name, format!("`{text}` is no day; it is written 2018-04-27"))
                })
            })
            .transpose()
    }

    /// A number between two, both included.
    pub fn within(&self, name: &str, least: i64, most: i64) -> Result<Option<i64>, Fault> {
        let number = self.one::<i64>(name)?;
        match number {
            Some(n) if !(least..=most).contains(&n) => {
                Err(Fault::parameter(name, format!("{n} is not between {least} and {most}")))
            }
            number => Ok(number),
        }
    }

    /// As an address, with its question mark.
    pub fn query(&self) -> String {
        super::href::query(self.pairs())
    }

    /// The same with one value of a name instead of all it has; without any for an empty value.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let others = self.0.iter().filter(|(given, _)| given != name).cloned();
        let new = Some((name.to_owned(), value.to_owned())).filter(|(_, value)| !value.is_empty());
        Self(others.chain(new).collect())
    }

    /// The names and values.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

fn understood<T: FromStr<Err: Display>>(name: &str, value: &str) -> Result<T, Fault> {
    value.parse().map_err(|error: T::Err| Fault::parameter(name, error.to_string()))
}

impl<S: Sync> FromRequestParts<S> for Params {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::parse(parts.uri.query().unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::Params;

    #[test]
    fn empty_fields_are_none() {
        let params = Params::parse("type=AID&type=&from=+&q=a%20b");
        assert_eq!(params.many::<String>("type").unwrap(), ["AID"]);
        assert_eq!(params.text("from"), None);
        assert_eq!(params.query(), "?type=AID&q=a+b");
        assert_eq!(params.with("type", "").query(), "?q=a+b");
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let fault = Params::parse("n=x").one::<u32>("n").unwrap_err();
        assert!(fault.message.contains("`n`"), "{}", fault.message);
        assert!(Params::parse("n=7").within("n", 1, 5).is_err());
    }
}
