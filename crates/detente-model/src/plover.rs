//! PLOVER: the sixteen event types, their modes, contexts and scores.
//!
//! After *PLOVER: Political Language Ontology for Verifiable Event Records*, the event, actor and data interchange
//! specification of the Open Event Data Alliance (2021 codebook).

use crate::named_enum;

named_enum! {
    /// The sixteen event types.
    EventType, "event type", {
        /// Agree, offer, promise, accept; every future meeting, visit, aid, cooperation or support.
        Agree = "AGREE",
        /// A meeting, visit, call or talks that took place or is under way.
        Consult = "CONSULT",
        /// Praise, endorse, recognise, sign or ratify an accord, establish or improve relations.
        Support = "SUPPORT",
        /// Apologise, express regret, ease, pardon, promise to yield.
        Concede = "CONCEDE",
        /// Trade, exchange, joint exercises, share intelligence, extradite.
        Cooperate = "COOPERATE",
        /// Give material help.
        Aid = "AID",
        /// Withdraw, release, disarm, cease fire, give access, resign.
        Retreat = "RETREAT",
        /// Demand, call for, urge, appeal, invite to meet.
        Request = "REQUEST",
        /// Criticise, condemn, blame, sue, investigate.
        Accuse = "ACCUSE",
        /// Refuse, decline, veto, rule out.
        Reject = "REJECT",
        /// Warn of or threaten action.
        Threaten = "THREATEN",
        /// Demonstrate, riot, strike, boycott, obstruct.
        Protest = "PROTEST",
        /// Break off or cut relations, aid, trade; expel, convict, withdraw, discontinue.
        Sanction = "SANCTION",
        /// Deploy or ready troops, weapons, police, militia.
        Mobilize = "MOBILIZE",
        /// Seize, restrict, censor, arrest, deport.
        Coerce = "COERCE",
        /// Abduct, beat, kill, destroy, bomb.
        Assault = "ASSAULT",
    }
}

named_enum! {
    /// The four corners of event data: verbal or material, cooperation or conflict.
    QuadClass, "quad class", {
        /// Words of cooperation.
        VerbalCooperation = "verbal-cooperation",
        /// Deeds of cooperation.
        MaterialCooperation = "material-cooperation",
        /// Words of conflict.
        VerbalConflict = "verbal-conflict",
        /// Deeds of conflict.
        MaterialConflict = "material-conflict",
    }
}

impl EventType {
    /// The quad class the type belongs to.
    pub const fn quad(self) -> QuadClass {
        use EventType as E;
        match self {
            E::Agree | E::Consult | E::Support | E::Concede => QuadClass::VerbalCooperation,
            E::Cooperate | E::Aid | E::Retreat => QuadClass::MaterialCooperation,
            E::Request | E::Accuse | E::Reject | E::Threaten => QuadClass::VerbalConflict,
            E::Protest | E::Sanction | E::Mobilize | E::Coerce | E::Assault => QuadClass::MaterialConflict,
        }
    }

    /// The modes an act of this type can have.
    pub const fn modes(self) -> &'static [Mode] {
        use Mode as M;
        match self {
            EventType::Agree
            | EventType::Support
            | EventType::Concede
            | EventType::Cooperate
            | EventType::Aid => &[],
            EventType::Consult => &[M::Visit, M::ThirdParty, M::Multilateral, M::Phone],
            EventType::Retreat => &[M::Withdraw, M::Release, M::Disarm, M::Ceasefire, M::Access, M::Resign],
            EventType::Request | EventType::Reject => &[M::Assist, M::Change, M::Yield, M::Meet],
            EventType::Accuse => &[M::Disapprove, M::Investigate, M::Allege],
            EventType::Threaten => {
                &[M::Restrict, M::Arrest, M::Relations, M::Expel, M::Territory, M::Violence]
            }
            EventType::Protest => {
                &[M::Demo, M::Riot, M::Strike, M::Hunger, M::Boycott, M::Obstruct, M::Vandalize]
            }
            EventType::Sanction => &[M::Expel, M::Convict, M::Withdraw, M::Discontinue],
            EventType::Mobilize => &[M::Troops, M::Weapons, M::Police, M::Militia],
            EventType::Coerce => &[
                M::Seize,
                M::Restrict,
                M::Censor,
                M::Curfew,
                M::MartialLaw,
                M::Arrest,
                M::Deport,
                M::Withhold,
                M::Misinformation,
                M::Cyber,
            ],
            EventType::Assault => &[
                M::Abduct,
                M::Beat,
                M::Torture,
                M::Sexual,
                M::Targeted,
                M::Destroy,
                M::Primitive,
                M::Firearms,
                M::Explosives,
                M::SuicideAttack,
                M::Aerial,
                M::Drone,
                M::HeavyWeapons,
                M::CrowdControl,
                M::Unconventional,
            ],
        }
    }

    /// Whether the parties act together, so that all of them are actors.
    pub const fn is_mutual(self) -> bool {
        matches!(self, EventType::Agree | EventType::Consult | EventType::Cooperate)
    }
}

named_enum! {
    /// How an act was done, within its type.
    Mode, "mode", {
        /// CONSULT: one side came to the other.
        Visit = "visit",
        /// CONSULT: at a third party's or with a mediator.
        ThirdParty = "third-party",
        /// CONSULT: more than two parties.
        Multilateral = "multilateral",
        /// CONSULT: by telephone or video.
        Phone = "phone",
        /// RETREAT, SANCTION: troops, staff or members leave.
        Withdraw = "withdraw",
        /// RETREAT: prisoners, hostages or property are given back.
        Release = "release",
        /// RETREAT: arms are laid down.
        Disarm = "disarm",
        /// RETREAT: fighting stops.
        Ceasefire = "ceasefire",
        /// RETREAT: a way in is given.
        Access = "access",
        /// RETREAT: an office is given up.
        Resign = "resign",
        /// REQUEST, REJECT: help.
        Assist = "assist",
        /// REQUEST, REJECT: a change of policy, law or leader.
        Change = "change",
        /// REQUEST, REJECT: giving way.
        Yield = "yield",
        /// REQUEST, REJECT: a meeting or talks.
        Meet = "meet",
        /// ACCUSE: disapproval.
        Disapprove = "disapprove",
        /// ACCUSE: an official inquiry.
        Investigate = "investigate",
        /// ACCUSE: a charge of wrongdoing.
        Allege = "allege",
        /// THREATEN, COERCE: restrictions.
        Restrict = "restrict",
        /// THREATEN, COERCE: arrest.
        Arrest = "arrest",
        /// THREATEN: to break ties.
        Relations = "relations",
        /// THREATEN, SANCTION: to put out.
        Expel = "expel",
        /// THREATEN: to take land.
        Territory = "territory",
        /// THREATEN: to use force.
        Violence = "violence",
        /// PROTEST: a demonstration.
        Demo = "demo",
        /// PROTEST: a riot.
        Riot = "riot",
        /// PROTEST: a strike.
        Strike = "strike",
        /// PROTEST: a hunger strike.
        Hunger = "hunger",
        /// PROTEST: a boycott.
        Boycott = "boycott",
        /// PROTEST: a blockade or sit-in.
        Obstruct = "obstruct",
        /// PROTEST: damage to property.
        Vandalize = "vandalize",
        /// SANCTION: a conviction or sentence.
        Convict = "convict",
        /// SANCTION: aid, trade or talks stop.
        Discontinue = "discontinue",
        /// MOBILIZE: soldiers.
        Troops = "troops",
        /// MOBILIZE: weapons, tests and production.
        Weapons = "weapons",
        /// MOBILIZE: police.
        Police = "police",
        /// MOBILIZE: militias.
        Militia = "militia",
        /// COERCE: land, property or power is taken.
        Seize = "seize",
        /// COERCE: speech or the press is suppressed.
        Censor = "censor",
        /// COERCE: a curfew.
        Curfew = "curfew",
        /// COERCE: martial law or a state of emergency.
        MartialLaw = "martial-law",
        /// COERCE: people are put over the border.
        Deport = "deport",
        /// COERCE: goods or pay are kept back.
        Withhold = "withhold",
        /// COERCE: false news is spread.
        Misinformation = "misinformation",
        /// COERCE: an attack on computers.
        Cyber = "cyber",
        /// ASSAULT: kidnapping, hostages.
        Abduct = "abduct",
        /// ASSAULT: beating.
        Beat = "beat",
        /// ASSAULT: torture.
        Torture = "torture",
        /// ASSAULT: sexual violence.
        Sexual = "sexual",
        /// ASSAULT: a chosen person is killed.
        Targeted = "targeted",
        /// ASSAULT: property is destroyed.
        Destroy = "destroy",
        /// ASSAULT: knives, stones, fire.
        Primitive = "primitive",
        /// ASSAULT: small arms.
        Firearms = "firearms",
        /// ASSAULT: bombs and mines.
        Explosives = "explosives",
        /// ASSAULT: a suicide attack.
        SuicideAttack = "suicide-attack",
        /// ASSAULT: from the air.
        Aerial = "aerial",
        /// ASSAULT: by drone.
        Drone = "drone",
        /// ASSAULT: artillery, tanks, rockets.
        HeavyWeapons = "heavy-weapons",
        /// ASSAULT: force against a crowd.
        CrowdControl = "crowd-control",
        /// ASSAULT: chemical, biological, nuclear.
        Unconventional = "unconventional",
    }
}

named_enum! {
    /// Whether an act happened, goes on, is planned, or is only spoken of.
    Status, "status", {
        /// It happened.
        Occurred = "occurred",
        /// It is under way, or a standing position.
        Ongoing = "ongoing",
        /// Announced or agreed for the future.
        Scheduled = "scheduled",
        /// Asked for, invited, offered, wished.
        Proposed = "proposed",
        /// Called off, or postponed without a date.
        Cancelled = "cancelled",
        /// Reported as not having happened, or disputed by the party.
        Denied = "denied",
        /// Conditional, threatened, speculated.
        Hypothetical = "hypothetical",
    }
}

named_enum! {
    /// What an act is about, beside its type.
    Context, "context", {
        /// Armed forces and war.
        Military = "military",
        /// Spying.
        Intelligence = "intelligence",
        /// The executive.
        Executive = "executive",
        /// Parliaments.
        Legislative = "legislative",
        /// Votes and campaigns.
        Election = "election",
        /// The order of the state.
        PoliticalInstitutions = "political-institutions",
        /// Courts and law.
        Legal = "legal",
        /// Relations between states.
        Diplomatic = "diplomatic",
        /// Human rights.
        HumanRights = "human-rights",
        /// Land and borders.
        Territory = "territory",
        /// Secession and self-rule.
        Autonomy = "autonomy",
        /// Keeping or making peace.
        Peacekeeping = "peacekeeping",
        /// Terrorism.
        Terrorism = "terrorism",
        /// Chemical, biological, radiological, nuclear.
        Cbrn = "cbrn",
        /// Computers and networks.
        Cyber = "cyber",
        /// Economy, trade, finance.
        Economic = "economic",
        /// Oil, gas, minerals, water.
        Resource = "resource",
        /// Roads, power, building.
        Infrastructure = "infrastructure",
        /// Environment and climate.
        Environment = "environment",
        /// Storms, quakes, famine.
        Disaster = "disaster",
        /// Sickness and health.
        Health = "health",
        /// Migrants.
        Migration = "migration",
        /// Refugees and asylum.
        Asylum = "asylum",
        /// Corruption.
        Corruption = "corruption",
        /// Crime.
        Crime = "crime",
        /// Drugs.
        Drugs = "drugs",
        /// Misinformation.
        Misinformation = "misinformation",
        /// The press.
        Media = "media",
        /// Towards democracy.
        ProDemocracy = "pro-democracy",
        /// Towards autocracy.
        ProAutocracy = "pro-autocracy",
        /// Repression.
        Repression = "repression",
        /// Inequality and labour.
        Inequality = "inequality",
        /// Women, gender.
        Gender = "gender",
        /// Religion.
        Religion = "religion",
        /// Ethnic groups.
        Ethnic = "ethnic",
        /// Culture, education, science, sport.
        Culture = "culture",
        /// Things of the past, reparations.
        Historical = "historical",
    }
}

#[cfg(test)]
mod tests {
    use super::{EventType, Mode};

    #[test]
    fn every_mode_says_of_which_types_it_is() {
        for mode in Mode::ALL {
            let (types, _) = mode.meaning().split_once(':').expect("the documentation names the types first");
            let named: Vec<EventType> = types.split(", ").map(|name| name.parse().expect("a type")).collect();
            let having: Vec<EventType> =
                EventType::ALL.iter().copied().filter(|kind| kind.modes().contains(mode)).collect();
            assert!(
                named.len() == having.len() && named.iter().all(|kind| having.contains(kind)),
                "{mode}: {named:?} {having:?}"
            );
        }
    }
}
