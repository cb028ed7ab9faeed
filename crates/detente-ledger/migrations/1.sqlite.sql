CREATE VIRTUAL TABLE sentence_words USING fts5 (
    text, content = 'sentences', content_rowid = 'id', tokenize = 'porter unicode61'
);
