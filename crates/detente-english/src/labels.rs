//! The label sets of `en_core_web_sm`: fine tags, universal parts of speech, dependencies, entity types.

use detente_model::named_enum;

named_enum! {
    /// Fine part-of-speech tag (OntoNotes 5, Penn Treebank style).
    Tag, "tag", {
        /// Currency sign.
        Dollar = "$",
        /// Closing quotation mark.
        CloseQuote = "''",
        /// Comma.
        Comma = ",",
        /// Left bracket.
        Lrb = "-LRB-",
        /// Right bracket.
        Rrb = "-RRB-",
        /// Sentence-final punctuation.
        Period = ".",
        /// Colon, dash, ellipsis.
        Colon = ":",
        /// E-mail or web address.
        Add = "ADD",
        /// Affix.
        Afx = "AFX",
        /// Coordinating conjunction.
        Cc = "CC",
        /// Cardinal number.
        Cd = "CD",
        /// Determiner.
        Dt = "DT",
        /// Existential there.
        Ex = "EX",
        /// Foreign word.
        Fw = "FW",
        /// Hyphen.
        Hyph = "HYPH",
        /// Preposition or subordinating conjunction.
        In = "IN",
        /// Adjective.
        Jj = "JJ",
        /// Adjective, comparative.
        Jjr = "JJR",
        /// Adjective, superlative.
        Jjs = "JJS",
        /// List item marker.
        Ls = "LS",
        /// Modal.
        Md = "MD",
        /// Superfluous punctuation.
        Nfp = "NFP",
        /// Noun, singular.
        Nn = "NN",
        /// Proper noun, singular.
        Nnp = "NNP",
        /// Proper noun, plural.
        Nnps = "NNPS",
        /// Noun, plural.
        Nns = "NNS",
        /// Predeterminer.
        Pdt = "PDT",
        /// Possessive ending.
        Pos = "POS",
        /// Personal pronoun.
        Prp = "PRP",
        /// Possessive pronoun.
        PrpS = "PRP$",
        /// Adverb.
        Rb = "RB",
        /// Adverb, comparative.
        Rbr = "RBR",
        /// Adverb, superlative.
        Rbs = "RBS",
        /// Particle.
        Rp = "RP",
        /// Symbol.
        Sym = "SYM",
        /// Infinitival to.
        To = "TO",
        /// Interjection.
        Uh = "UH",
        /// Verb, base form.
        Vb = "VB",
        /// Verb, past tense.
        Vbd = "VBD",
        /// Verb, gerund or present participle.
        Vbg = "VBG",
        /// Verb, past participle.
        Vbn = "VBN",
        /// Verb, present, not third person singular.
        Vbp = "VBP",
        /// Verb, third person singular present.
        Vbz = "VBZ",
        /// Wh-determiner.
        Wdt = "WDT",
        /// Wh-pronoun.
        Wp = "WP",
        /// Possessive wh-pronoun.
        WpS = "WP$",
        /// Wh-adverb.
        Wrb = "WRB",
        /// Unknown.
        Xx = "XX",
        /// White space.
        Space = "_SP",
        /// Opening quotation mark.
        OpenQuote = "``",
    }
}

named_enum! {
    /// Universal part of speech, as spaCy maps it.
    Pos, "part of speech", {
        /// Adjective.
        Adj = "ADJ",
        /// Adposition.
        Adp = "ADP",
        /// Adverb.
        Adv = "ADV",
        /// Auxiliary.
        Aux = "AUX",
        /// Coordinating conjunction.
        Cconj = "CCONJ",
        /// Determiner.
        Det = "DET",
        /// Interjection.
        Intj = "INTJ",
        /// Noun.
        Noun = "NOUN",
        /// Number.
        Num = "NUM",
        /// Particle.
        Part = "PART",
        /// Pronoun.
        Pron = "PRON",
        /// Proper noun.
        Propn = "PROPN",
        /// Punctuation.
        Punct = "PUNCT",
        /// Subordinating conjunction.
        Sconj = "SCONJ",
        /// Symbol.
        Sym = "SYM",
        /// Verb.
        Verb = "VERB",
        /// Other.
        X = "X",
        /// White space.
        Space = "SPACE",
    }
}

named_enum! {
    /// Dependency label (ClearNLP / spaCy English).
    Dep, "dependency", {
        /// The root of a sentence.
        Root = "ROOT",
        /// Clausal modifier of a noun.
        Acl = "acl",
        /// Adjectival complement.
        Acomp = "acomp",
        /// Adverbial clause modifier.
        Advcl = "advcl",
        /// Adverbial modifier.
        Advmod = "advmod",
        /// Agent of a passive.
        Agent = "agent",
        /// Adjectival modifier.
        Amod = "amod",
        /// Apposition.
        Appos = "appos",
        /// Attribute of a copula.
        Attr = "attr",
        /// Auxiliary.
        Aux = "aux",
        /// Passive auxiliary.
        Auxpass = "auxpass",
        /// Case marking.
        Case = "case",
        /// Coordinating conjunction.
        Cc = "cc",
        /// Clausal complement.
        Ccomp = "ccomp",
        /// Compound.
        Compound = "compound",
        /// Conjunct.
        Conj = "conj",
        /// Clausal subject.
        Csubj = "csubj",
        /// Clausal subject of a passive.
        Csubjpass = "csubjpass",
        /// Dative.
        Dative = "dative",
        /// Unclassified.
        Dep = "dep",
        /// Determiner.
        Det = "det",
        /// Direct object.
        Dobj = "dobj",
        /// Expletive.
        Expl = "expl",
        /// Interjection.
        Intj = "intj",
        /// Marker of a clause.
        Mark = "mark",
        /// Meta modifier.
        Meta = "meta",
        /// Negation.
        Neg = "neg",
        /// Nominal modifier.
        Nmod = "nmod",
        /// Noun phrase as adverbial.
        Npadvmod = "npadvmod",
        /// Nominal subject.
        Nsubj = "nsubj",
        /// Nominal subject of a passive.
        Nsubjpass = "nsubjpass",
        /// Numeric modifier.
        Nummod = "nummod",
        /// Object predicate.
        Oprd = "oprd",
        /// Parataxis.
        Parataxis = "parataxis",
        /// Complement of a preposition.
        Pcomp = "pcomp",
        /// Object of a preposition.
        Pobj = "pobj",
        /// Possessor.
        Poss = "poss",
        /// Preconjunction.
        Preconj = "preconj",
        /// Predeterminer.
        Predet = "predet",
        /// Prepositional modifier.
        Prep = "prep",
        /// Particle of a verb.
        Prt = "prt",
        /// Punctuation.
        Punct = "punct",
        /// Modifier of a quantifier.
        Quantmod = "quantmod",
        /// Relative clause.
        Relcl = "relcl",
        /// Open clausal complement.
        Xcomp = "xcomp",
        /// None: white space.
        None = "",
    }
}

named_enum! {
    /// Named entity type (OntoNotes 5).
    EntityType, "entity type", {
        /// Numerals of no other type.
        Cardinal = "CARDINAL",
        /// Dates and periods of a day or longer.
        Date = "DATE",
        /// Named events.
        Event = "EVENT",
        /// Buildings, airports, bridges.
        Fac = "FAC",
        /// Countries, cities, states.
        Gpe = "GPE",
        /// Languages.
        Language = "LANGUAGE",
        /// Named documents made into law.
        Law = "LAW",
        /// Other places: mountains, seas, regions.
        Loc = "LOC",
        /// Sums of money.
        Money = "MONEY",
        /// Nationalities, religious and political groups.
        Norp = "NORP",
        /// First, second.
        Ordinal = "ORDINAL",
        /// Organisations.
        Org = "ORG",
        /// Percentages.
        Percent = "PERCENT",
        /// Persons.
        Person = "PERSON",
        /// Products.
        Product = "PRODUCT",
        /// Measures.
        Quantity = "QUANTITY",
        /// Times shorter than a day.
        Time = "TIME",
        /// Titles of works.
        WorkOfArt = "WORK_OF_ART",
    }
}
