CREATE TABLE ledger (
    format INTEGER NOT NULL,
    created_by TEXT NOT NULL
) STRICT;

CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    coder TEXT NOT NULL,
    rules TEXT NOT NULL,
    lexicon TEXT NOT NULL,
    model TEXT NOT NULL,
    UNIQUE (coder, rules, lexicon, model)
) STRICT;

CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE articles (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    url TEXT,
    source INTEGER REFERENCES sources (id),
    title TEXT NOT NULL,
    text TEXT,
    blocks TEXT,
    published TEXT,
    published_from TEXT,
    published_to TEXT,
    date_basis TEXT,
    date_reasons TEXT,
    author TEXT,
    site TEXT,
    section TEXT,
    language TEXT,
    genre TEXT NOT NULL,
    genre_cue TEXT,
    dateline TEXT,
    diagnostics TEXT,
    signature INTEGER,
    signature_near INTEGER,
    words INTEGER,
    text_family INTEGER,
    reports INTEGER,
    version INTEGER REFERENCES versions (id),
    kept_on TEXT NOT NULL,
    digest INTEGER NOT NULL,
    superseded_by INTEGER REFERENCES articles (no) DEFERRABLE INITIALLY DEFERRED,
    superseded_on TEXT
) STRICT;

CREATE UNIQUE INDEX articles_id ON articles (id) WHERE superseded_by IS NULL;
CREATE INDEX articles_url ON articles (url) WHERE url IS NOT NULL AND superseded_by IS NULL;
CREATE INDEX articles_published ON articles (published) WHERE superseded_by IS NULL;

CREATE TABLE sentences (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (no),
    part TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (no),
    source INTEGER REFERENCES sources (id),
    sentence INTEGER NOT NULL REFERENCES sentences (id),
    cluster_block INTEGER,
    contact_block INTEGER,
    day TEXT NOT NULL,
    quad TEXT NOT NULL,
    score REAL NOT NULL,
    digest INTEGER NOT NULL,
    superseded_by INTEGER REFERENCES articles (no) DEFERRABLE INITIALLY DEFERRED,
    superseded_on TEXT,
    key TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    plain_type TEXT NOT NULL,
    plain_mode TEXT,
    status TEXT NOT NULL,
    date_start TEXT,
    date_end TEXT,
    date_basis TEXT,
    published TEXT,
    place TEXT,
    geonameid INTEGER,
    latitude REAL,
    longitude REAL,
    country TEXT,
    speaker TEXT,
    speaker_code TEXT,
    speaker_sector TEXT,
    occasion TEXT,
    contexts TEXT NOT NULL,
    trigger_text TEXT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    cameo TEXT NOT NULL,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL
) STRICT;

CREATE UNIQUE INDEX reports_key ON reports (key) WHERE superseded_by IS NULL;
CREATE INDEX reports_article ON reports (article);
CREATE INDEX reports_sentence ON reports (sentence);
CREATE INDEX reports_day ON reports (day, id, type, status) WHERE superseded_by IS NULL;
CREATE INDEX reports_source ON reports (source, day);
CREATE INDEX reports_country ON reports (country, day) WHERE country IS NOT NULL;
CREATE INDEX reports_place ON reports (place, day) WHERE place IS NOT NULL;
CREATE INDEX reports_speaker ON reports (speaker_code, day) WHERE speaker_code IS NOT NULL;
CREATE INDEX reports_cluster_block ON reports (cluster_block) WHERE cluster_block IS NOT NULL;
CREATE INDEX reports_contact_block ON reports (contact_block) WHERE contact_block IS NOT NULL;

CREATE TABLE parties (
    report INTEGER NOT NULL REFERENCES reports (id),
    n INTEGER NOT NULL,
    side TEXT NOT NULL,
    text TEXT NOT NULL,
    span_start INTEGER,
    span_end INTEGER,
    code TEXT,
    sector TEXT,
    name TEXT,
    elsewhere INTEGER NOT NULL,
    PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE involved (
    code TEXT NOT NULL,
    day TEXT NOT NULL,
    report INTEGER NOT NULL REFERENCES reports (id),
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (code, day, report)
) STRICT, WITHOUT ROWID;

CREATE TABLE dyads (
    actor TEXT NOT NULL,
    recipient TEXT NOT NULL,
    day TEXT NOT NULL,
    report INTEGER NOT NULL REFERENCES reports (id),
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (actor, recipient, day, report)
) STRICT, WITHOUT ROWID;

CREATE TABLE clusters (
    no INTEGER PRIMARY KEY REFERENCES reports (id),
    id TEXT NOT NULL UNIQUE,
    block INTEGER NOT NULL,
    type TEXT NOT NULL,
    actors TEXT NOT NULL,
    recipients TEXT NOT NULL,
    date_from TEXT,
    date_to TEXT,
    reports INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    told_best INTEGER NOT NULL REFERENCES reports (id)
) STRICT;

CREATE INDEX clusters_block ON clusters (block);

CREATE TABLE cluster_reports (
    cluster INTEGER NOT NULL REFERENCES clusters (no),
    n INTEGER NOT NULL,
    report INTEGER NOT NULL UNIQUE REFERENCES reports (id),
    PRIMARY KEY (cluster, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE acts (
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    day TEXT NOT NULL,
    cluster INTEGER NOT NULL REFERENCES clusters (no),
    known TEXT NOT NULL,
    report TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    plain_type TEXT NOT NULL,
    plain_mode TEXT,
    status TEXT NOT NULL,
    bearing TEXT NOT NULL,
    sources INTEGER NOT NULL,
    confidence REAL NOT NULL,
    speaker_code TEXT,
    PRIMARY KEY (a, b, day, cluster)
) STRICT, WITHOUT ROWID;

CREATE INDEX acts_cluster ON acts (cluster);

CREATE TABLE contacts (
    id TEXT PRIMARY KEY,
    block INTEGER NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    parties TEXT NOT NULL,
    persons TEXT NOT NULL,
    occasion TEXT,
    day TEXT NOT NULL,
    known TEXT NOT NULL,
    date_from TEXT,
    date_to TEXT,
    place TEXT,
    geonameid INTEGER,
    latitude REAL,
    longitude REAL,
    country TEXT,
    state TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX contacts_block ON contacts (block);
CREATE INDEX contacts_day ON contacts (day);

CREATE TABLE contact_steps (
    contact TEXT NOT NULL REFERENCES contacts (id),
    n INTEGER NOT NULL,
    reported_on TEXT,
    state TEXT NOT NULL,
    date_from TEXT,
    date_to TEXT,
    report INTEGER REFERENCES reports (id),
    PRIMARY KEY (contact, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_steps_report ON contact_steps (report) WHERE report IS NOT NULL;

CREATE TABLE contact_dyads (
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    day TEXT NOT NULL,
    contact TEXT NOT NULL REFERENCES contacts (id),
    known TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (a, b, day, contact)
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_dyads_contact ON contact_dyads (contact);

CREATE TABLE dirty (
    derived TEXT NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (derived, block)
) STRICT, WITHOUT ROWID;

CREATE TABLE reviews (
    id INTEGER PRIMARY KEY,
    report_key TEXT NOT NULL,
    verdict TEXT NOT NULL,
    note TEXT,
    reviewer TEXT NOT NULL,
    reviewed_on TEXT NOT NULL
) STRICT;

CREATE INDEX reviews_report ON reviews (report_key);
