//! What an expression says before anybody knows the day of the report.

use detente_model::{Span, named_enum};

/// A time expression as written: where it stands and what it means, not yet anchored to any day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// Bytes of the text, without a leading preposition, as TIMEX3 marks them.
    pub span: Span,
    /// What it says.
    pub meaning: Meaning,
    /// How it bends what it says: `early`, `about`, `more than`.
    pub modifier: Option<Modifier>,
    /// The time of the day, where one is given.
    pub time: Option<TimeOfDay>,
    /// The tense of the words around it, as far as they tell without a parser.
    pub tense: Tense,
}

/// The meaning of an expression, apart from modifier and time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A date of the calendar with some of its parts: `May 3`, `3 May 2017`, `2017`, `last April`.
    Calendar(Partial),
    /// From one date of the calendar to another: `May 10-11`.
    Range(Partial, Partial),
    /// A day of the week.
    Weekday(Weekday, Which),
    /// A day of a week counted from that of the report: `Tuesday of last week`.
    WeekdayOf(Weekday, i32),
    /// A weekend.
    Weekend(Which),
    /// The week, or its weekend, that holds a date: `the week of March 6`.
    WeekOf(Partial, bool),
    /// A whole unit counted from a reference: `today` is day 0, `last week` week -1.
    Shift {
        /// What is counted.
        unit: Unit,
        /// How many; negative looks back.
        by: i32,
        /// From where.
        from: Origin,
    },
    /// So much time before or after a reference: `three days ago`, `two weeks later`, `a day prior to the talks`.
    Offset {
        /// How much.
        amount: Amount,
        /// Before, not after.
        back: bool,
        /// Before or after what.
        from: Origin,
    },
    /// A season.
    Season(Season, YearOf),
    /// A quarter of a year; no number in `the quarter`.
    Quarter(Option<u8>, YearOf),
    /// A half of a year.
    Half(u8, YearOf),
    /// The period a business report compares with: `the year-ago period`.
    Period(YearOf),
    /// The first three digits of the year.
    Decade(i16),
    /// The first two digits of the year: `19` for the twentieth century.
    Century(i16),
    /// A year before the common era.
    BeforeEra(i16),
    /// A fiscal year.
    Fiscal(YearOf),
    /// A feast; the index is one of the table of holidays.
    Holiday(usize, YearOf),
    /// A length of time.
    Duration(Amount),
    /// A length of time that ends or begins with the report: `the last two years`.
    Stretch {
        /// How long.
        amount: Amount,
        /// It ends with the report; else it begins with it.
        back: bool,
    },
    /// Again and again.
    Set(Recurrence),
    /// A time that no calendar pins down.
    Vague(Reference),
}

/// The parts of a calendar date that the text gives; a part left out is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Partial {
    /// The year, or how to find it.
    pub year: YearOf,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31; whether the month has it is for the resolver to say.
    pub day: Option<u8>,
    /// The day of the week named beside it.
    pub weekday: Option<Weekday>,
}

/// How a text tells the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum YearOf {
    /// Not at all: tense and nearness decide.
    #[default]
    Open,
    /// By its number.
    Given(i16),
    /// Counted from the year of the report: `this year`, `last year`.
    Report(i8),
    /// The last such one before the report: `last April`.
    Last,
    /// The next such one after the report.
    Next,
    /// The one nearest to the report: `this September`.
    This,
    /// As mentioned last, so many years away: `the year-ago quarter`.
    Narrative(i8),
}

/// What an expression counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The day of the report.
    Report,
    /// The time the text last spoke of.
    Narrative,
    /// The event that these bytes of the text name.
    Event(Span),
}

/// A number of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// How many.
    pub count: Count,
    /// Of what.
    pub unit: Unit,
}

/// How many, as the text says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// A number of halves, so that `two and a half` has a place.
    Halves(u32),
    /// `a few`, `several`, or a bare plural.
    Vague,
}

impl Count {
    /// A whole number.
    pub const fn whole(n: u32) -> Self {
        Self::Halves(n.saturating_mul(2))
    }
}

/// How a set recurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recurrence {
    /// `daily`, `every two weeks`.
    Each(Amount),
    /// `every Friday`, `Tuesday nights`.
    Weekday(Weekday),
    /// `each July`.
    Month(u8),
    /// `the past three summers`.
    Season(Season),
    /// `every morning`.
    Part,
    /// `every weekend`.
    Weekend,
}

/// The time of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeOfDay {
    /// A part of the day.
    Part(DayPart),
    /// Hour and minute on the clock.
    Clock {
        /// 0 to 24.
        hour: u8,
        /// 0 to 59.
        minute: u8,
        /// Minutes east of Greenwich, where a zone is named.
        zone: Option<i16>,
    },
}

/// Which of its kind an expression points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Which {
    /// None is said.
    #[default]
    Any,
    /// `this`.
    This,
    /// `last`, counted from the report.
    Last,
    /// `next`.
    Next,
    /// `past`.
    Past,
    /// `coming`.
    Coming,
    /// `previous`, counted from the time last spoken of.
    Previous,
    /// `prior`.
    Prior,
    /// `following`.
    Following,
    /// `current`.
    Current,
    /// `latest`.
    Latest,
    /// `same`.
    Same,
    /// `that`.
    That,
    /// `first`, before a number.
    First,
    /// `recent`.
    Recent,
    /// `future`.
    Future,
}

named_enum! {
    /// Units of time, from the shortest.
    Unit, "unit of time", {
        /// 1 s.
        Second = "second",
        /// 60 s.
        Minute = "minute",
        /// 60 minutes.
        Hour = "hour",
        /// A night.
        Night = "night",
        /// A civil day.
        Day = "day",
        /// Saturday and Sunday.
        Weekend = "weekend",
        /// Seven days; as a whole, Monday to Sunday.
        Week = "week",
        /// Two weeks.
        Fortnight = "fortnight",
        /// A month of the calendar.
        Month = "month",
        /// Three months.
        Quarter = "quarter",
        /// A year of the calendar.
        Year = "year",
        /// Ten years.
        Decade = "decade",
        /// A hundred years.
        Century = "century",
        /// A thousand years.
        Millennium = "millennium",
    }
}

named_enum! {
    /// Days of the week.
    Weekday, "day of the week", {
        /// ISO day 1.
        Monday = "monday",
        /// ISO day 2.
        Tuesday = "tuesday",
        /// ISO day 3.
        Wednesday = "wednesday",
        /// ISO day 4.
        Thursday = "thursday",
        /// ISO day 5.
        Friday = "friday",
        /// ISO day 6.
        Saturday = "saturday",
        /// ISO day 7.
        Sunday = "sunday",
    }
}

impl Weekday {
    /// The ISO number, Monday = 1.
    pub const fn number(self) -> i8 {
        self as i8 + 1
    }

    /// The day of an ISO number.
    pub fn from_number(n: i8) -> Option<Self> {
        Self::ALL.get(usize::try_from(n).ok()?.checked_sub(1)?).copied()
    }
}

named_enum! {
    /// Seasons of the northern half of the world, as TIMEX3 writes them.
    Season, "season", {
        /// March to May.
        Spring = "SP",
        /// June to August.
        Summer = "SU",
        /// September to November.
        Autumn = "FA",
        /// December to February; its year is that of the January.
        Winter = "WI",
    }
}

named_enum! {
    /// Parts of the day, as TIMEX3 writes them.
    DayPart, "part of the day", {
        /// Dawn.
        Dawn = "DAWN",
        /// Morning.
        Morning = "MO",
        /// About noon.
        Midday = "MI",
        /// Afternoon.
        Afternoon = "AF",
        /// Evening.
        Evening = "EV",
        /// Night.
        Night = "NI",
    }
}

named_enum! {
    /// Times that no calendar pins down, as TIMEX3 writes them.
    Reference, "vague reference", {
        /// `recently`.
        Past = "PAST_REF",
        /// `now`.
        Present = "PRESENT_REF",
        /// `soon`.
        Future = "FUTURE_REF",
    }
}

named_enum! {
    /// Modifiers, as TIMEX3 names them.
    Modifier, "modifier", {
        /// The first part.
        Start = "START",
        /// The middle.
        Mid = "MID",
        /// The last part.
        End = "END",
        /// Of a running unit, what is over: `earlier this month`.
        Before = "BEFORE",
        /// Of a running unit, what is to come: `later this year`.
        After = "AFTER",
        /// More or less.
        Approx = "APPROX",
        /// Not quite so much.
        LessThan = "LESS_THAN",
        /// More than that.
        MoreThan = "MORE_THAN",
        /// At most.
        EqualOrLess = "EQUAL_OR_LESS",
        /// At least.
        EqualOrMore = "EQUAL_OR_MORE",
    }
}

named_enum! {
    /// Where the verb that governs an expression puts it.
    #[derive(Default)]
    Tense, "tense", {
        /// Before the report.
        Past = "past",
        /// Before the report beyond doubt: the time opens a clause in the past tense, as in "In August, they met".
        Over = "over",
        /// While it was written.
        Present = "present",
        /// After the report.
        Future = "future",
        /// Nothing tells.
        #[default]
        Unknown = "unknown",
    }
}
