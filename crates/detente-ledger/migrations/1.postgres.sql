ALTER TABLE sentences ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('english', text)) STORED;
CREATE INDEX sentences_words ON sentences USING gin (words);
