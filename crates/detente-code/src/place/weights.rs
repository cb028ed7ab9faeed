//! The few numbers that the choice among places of one name rests on.

/// How much each sign counts, in natural-log odds. Fitted by `tools/fit_places/fit.py`; see there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// For each factor e of inhabitants.
    pub population: f32,
    /// For a country.
    pub country: f32,
    /// For the capital of a country.
    pub capital: f32,
    /// For a first-level division.
    pub admin1: f32,
    /// For a lower division.
    pub admin2: f32,
    /// For a division in which a town of the same name lies.
    pub seat: f32,
    /// For a region, a water, a mountain, a site.
    pub feature: f32,
    /// For being called by another than its usual name.
    pub other_name: f32,
    /// For lying in what the text says it lies in ("Paris, Texas").
    pub inside: f32,
    /// For the other names of the report that lie in the same country.
    pub same_country: f32,
    /// For those in the same first-level division.
    pub same_admin1: f32,
    /// For those close by.
    pub near: f32,
    /// What "close by" means: the distance in kilometres at which it counts half.
    pub reach: f32,
    /// What the company must add for a name to be kept that is only likely a place.
    pub keep: f32,
    /// What it must add for one that is perhaps a place.
    pub keep_perhaps: f32,
    /// What a word of a country ("sheriff", "garda") weighs against a place of it.
    pub sign: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            population: 0.5,
            country: 3.0,
            capital: 2.5,
            admin1: 1.0,
            admin2: -2.0,
            seat: -2.0,
            feature: 0.0,
            other_name: -2.5,
            inside: 8.0,
            same_country: 2.0,
            same_admin1: 2.5,
            near: 2.7,
            reach: 50.0,
            keep: 3.5,
            keep_perhaps: 5.0,
            sign: 2.0,
        }
    }
}

impl Weights {
    /// The weight with this name, for a fitting tool to set.
    pub fn named(&mut self, name: &str) -> Option<&mut f32> {
        Some(match name {
            "population" => &mut self.population,
            "country" => &mut self.country,
            "capital" => &mut self.capital,
            "seat" => &mut self.seat,
            "keep_perhaps" => &mut self.keep_perhaps,
            "sign" => &mut self.sign,
            "keep" => &mut self.keep,
            "admin1" => &mut self.admin1,
            "admin2" => &mut self.admin2,
            "feature" => &mut self.feature,
            "other_name" => &mut self.other_name,
            "inside" => &mut self.inside,
            "same_country" => &mut self.same_country,
            "same_admin1" => &mut self.same_admin1,
            "near" => &mut self.near,
            "reach" => &mut self.reach,
            _ => return None,
        })
    }
}
