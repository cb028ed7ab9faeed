BEGIN;
ALTER TABLE subscriptions ADD COLUMN rhythm TEXT NOT NULL DEFAULT 'at-once';
ALTER TABLE subscriptions ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 1;
ALTER TABLE subscriptions ADD COLUMN digest_at INTEGER;

CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    subscription INTEGER NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    event TEXT NOT NULL,
    line TEXT NOT NULL,
    digest INTEGER,
    UNIQUE (subscription, event)
) STRICT;

CREATE INDEX items_open ON items (subscription, id) WHERE digest IS NULL;
PRAGMA user_version = 2;
COMMIT;
