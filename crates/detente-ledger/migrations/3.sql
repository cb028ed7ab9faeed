CREATE TABLE dyad_months (
    month TEXT NOT NULL,
    actor TEXT NOT NULL,
    recipient TEXT NOT NULL,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    reports INTEGER NOT NULL,
    mutual INTEGER NOT NULL,
    PRIMARY KEY (month, actor, recipient, type, status)
) STRICT, WITHOUT ROWID;

INSERT INTO dyad_months
SELECT
    substr(d.day, 1, length(d.day) - 3), d.actor, d.recipient, d.type, d.status, count(*),
    count(CASE WHEN EXISTS (
        SELECT 1 FROM dyads e
        WHERE e.actor = d.recipient AND e.recipient = d.actor AND e.day = d.day AND e.report = d.report
    ) THEN 1 END)
FROM dyads d
WHERE d.day <> ''
GROUP BY substr(d.day, 1, length(d.day) - 3), d.actor, d.recipient, d.type, d.status;

CREATE INDEX reports_kind ON reports (type, status, day, id) WHERE superseded_by IS NULL;

DROP INDEX reports_source;
DROP INDEX reports_country;
DROP INDEX reports_place;
DROP INDEX reports_speaker;
CREATE INDEX reports_source ON reports (source, day, id, type, status)
WHERE source IS NOT NULL AND superseded_by IS NULL;
CREATE INDEX reports_country ON reports (country, day, id, type, status)
WHERE country IS NOT NULL AND superseded_by IS NULL;
CREATE INDEX reports_place ON reports (place, day, id, type, status)
WHERE place IS NOT NULL AND superseded_by IS NULL;
CREATE INDEX reports_speaker ON reports (speaker_code, day, id, type, status)
WHERE speaker_code IS NOT NULL AND superseded_by IS NULL;
