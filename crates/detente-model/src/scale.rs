//! The scales that events are weighed on: CAMEO code and conflict-cooperation score.
//!
//! Scores follow Goldstein, *A Conflict-Cooperation Scale for WEIS Events Data* (1992), as CAMEO assigns them: each PLOVER type takes the
//! score of the CAMEO category it stands for, or the mean of those it gathers. Range -10 (war) to +10.

use crate::{EventType, Mode};

impl EventType {
    /// Conflict-cooperation score of the type, in -10..=10.
    pub const fn score(self) -> f32 {
        match self {
            EventType::Aid => 7.0,
            EventType::Retreat => 7.0,
            EventType::Cooperate => 6.0,
            EventType::Concede => 5.0,
            EventType::Agree => 4.0,
            EventType::Support => 3.5,
            EventType::Consult => 1.0,
            EventType::Request => -1.0,
            EventType::Accuse => -2.0,
            EventType::Reject => -4.0,
            EventType::Sanction => -5.6,
            EventType::Threaten => -6.0,
            EventType::Protest => -6.5,
            EventType::Coerce => -7.0,
            EventType::Mobilize => -7.2,
            EventType::Assault => -9.5,
        }
    }

    /// The CAMEO event nearest to the type and mode.
    pub const fn cameo(self, mode: Option<Mode>) -> &'static str {
        match self {
            EventType::Agree => "030",
            EventType::Consult => consult(mode),
            EventType::Support => "050",
            EventType::Concede => "080",
            EventType::Cooperate => "060",
            EventType::Aid => "070",
            EventType::Retreat => retreat(mode),
            EventType::Request => request(mode),
            EventType::Accuse => accuse(mode),
            EventType::Reject => reject(mode),
            EventType::Threaten => threaten(mode),
            EventType::Protest => protest(mode),
            EventType::Sanction => sanction(mode),
            EventType::Mobilize => mobilize(mode),
            EventType::Coerce => coerce(mode),
            EventType::Assault => assault(mode),
        }
    }
}

const fn consult(mode: Option<Mode>) -> &'static str {
    match mode {
        Some(Mode::Phone) => "041",
        Some(Mode::Visit) => "042",
        Some(Mode::ThirdParty) => "045",
        Some(Mode::Multilateral) => "046",
        _ => "040",
    }
}

const fn retreat(mode: Option<Mode>) -> &'static str {
    match mode {
        Some(Mode::Withdraw) => "0874",
        Some(Mode::Release) => "0841",
        Some(Mode::Disarm) => "0873",
        Some(Mode::Ceasefire) => "0871",
        Some(Mode::Access) => "086",
        Some(Mode::Resign) => "0831",
        _ => "087",
    }
}

const fn request(mode: Option<Mode>) -> &'static str {
    match mode {
        Some(Mode::Assist) => "023",
        Some(Mode::Change) => "104",
        Some(Mode::Yield) => "105",
        Some(Mode::Meet) => "026",
        _ => "100",
    }
}

const fn accuse(mode: Option<Mode>) -> &'static str {
    match mode {
        Some(Mode::Investigate) => "090",
        Some(Mode::Allege) => "112",
        _ => "111",
    }
}

const fn reject(mode: Option<Mode>) -> &'static str {
    match mode {
        Some(Mode::Assist) => "121",
        Some(Mode::Change) => "123",
        Some(Mode::Yield) => "124",
        Some(Mode::Meet) => "125",
        _ => "120",
    }
}

const fn threaten(mode: Option<Mode>) -> &'static str {
    match mode {
        Some(Mode::Restrict | Mode::Relations) => "131",
        Some(Mode::Arrest | Mode::Expel) => "132",
        Some(Mode::Territory) => "1382",
        Some(Mode::Violence) => "138",
        _ => "130",
    }
}

const fn protest(mode: Option<Mode>) -> &'static str {
    match mode {
        Some(Mode::Demo) => "141",
        Some(Mode::Hunger) => "142",
        Some(Mode::Strike | Mode::Boycott) => "143",
        Some(Mode::Obstruct) => "144",
        Some(Mode::Riot | Mode::Vandalize) => "145",
        _ => "140",
    }
}

const fn sanction(mode: Option<Mode>) -> &'static str {
    match mode {
        Some(Mode::Expel) => "166",
        Some(Mode::Convict) => "116",
        Some(Mode::Withdraw) => "165",
        Some(Mode::Discontinue) => "162",
        _ => "160",
    }
}

const fn mobilize(mode: Option<Mode>) -> &'static str {
    match mode {
        Some(Mode::Police) => "151",
        Some(Mode::Troops) => "154",
        Some(Mode::Weapons) => "150",
        Some(Mode::Militia) => "152",
        _ => "150",
    }
}

const fn coerce(mode: Option<Mode>) -> &'static str {
    match mode {
        Some(Mode::Seize) => "171",
        Some(Mode::Restrict | Mode::Censor) => "172",
        Some(Mode::Curfew) => "1723",
        Some(Mode::MartialLaw) => "1724",
        Some(Mode::Arrest) => "173",
        Some(Mode::Deport) => "174",
        Some(Mode::Cyber) => "176",
        _ => "170",
    }
}

const fn assault(mode: Option<Mode>) -> &'static str {
    match mode {
        Some(Mode::Abduct) => "181",
        Some(Mode::Beat) => "182",
        Some(Mode::Torture) => "1822",
        Some(Mode::Sexual) => "1821",
        Some(Mode::SuicideAttack) => "1831",
        Some(Mode::Explosives) => "183",
        Some(Mode::Targeted) => "186",
        Some(Mode::Firearms | Mode::Primitive) => "193",
        Some(Mode::HeavyWeapons) => "194",
        Some(Mode::Aerial | Mode::Drone) => "195",
        Some(Mode::Unconventional) => "204",
        Some(Mode::CrowdControl) => "175",
        _ => "190",
    }
}
