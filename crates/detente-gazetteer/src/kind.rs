//! What a place is, and how a text may call it.

use detente_model::named_enum;

named_enum! {
    /// What a place is.
    Kind, "kind of place", {
        /// A state or a territory with an ISO 3166-1 code.
        Country = "country",
        /// A continent.
        Continent = "continent",
        /// A part of the world that is no division of one state: the Balkans, Kashmir, the Sahel.
        Region = "region",
        /// A first-level division: state, province, oblast.
        Admin1 = "admin1",
        /// A second-level division: county, district.
        Admin2 = "admin2",
        /// A third-level division.
        Admin3 = "admin3",
        /// The capital of a country.
        Capital = "capital",
        /// A town of any size, or a part of one.
        City = "city",
        /// An ocean, sea, gulf, strait, canal, lake or river.
        Water = "water",
        /// An island or a group of islands.
        Island = "island",
        /// A mountain, a range, a desert, a park.
        Land = "land",
        /// A base, a plant, an airport, a square, a building.
        Site = "site",
    }
}

named_enum! {
    /// How a text calls a place.
    Form, "form of a place name", {
        /// Its usual English name.
        Name = "name",
        /// Another name: older, foreign, longer or shorter.
        Other = "other",
        /// The adjective or the name of its people: "Syrian", "Danes".
        Adjective = "adjective",
        /// Letters or a clipped word, known by dots or capitals: "U.S.", "Conn.".
        Abbreviation = "abbreviation",
        /// A two-letter postal code, which counts only after the name of a town: "Bowling Green, KY".
        Postal = "postal",
    }
}
