CREATE VIEW events AS
SELECT
    r.id AS report,
    r.key AS id,
    a.id AS doc,
    a.url,
    a.title,
    s.name AS publisher,
    r.published,
    r.type,
    r.mode,
    r.quad,
    r.status,
    (
        SELECT group_concat(p.code || coalesce(' ' || p.sector, ''), ' + ')
        FROM parties p WHERE p.report = r.id AND p.side = 'actor'
    ) AS actors,
    (
        SELECT group_concat(p.code || coalesce(' ' || p.sector, ''), ' + ')
        FROM parties p WHERE p.report = r.id AND p.side = 'recipient'
    ) AS recipients,
    r.date_start,
    r.date_end,
    r.place,
    r.country,
    r.latitude,
    r.longitude,
    r.speaker,
    r.speaker_code,
    r.contexts,
    r.occasion,
    r.cameo,
    r.score,
    r.confidence,
    r.rule,
    w.text AS sentence,
    r.trigger_text AS trigger_words,
    c.cluster
FROM reports r
JOIN articles a ON a.no = r.article
JOIN sentences w ON w.id = r.sentence
LEFT JOIN sources s ON s.id = r.source
LEFT JOIN cluster_reports c ON c.report = r.id
WHERE r.superseded_by IS NULL;

CREATE VIEW agenda AS
SELECT
    c.id AS contact,
    c.kind,
    c.level,
    c.state,
    c.parties,
    c.persons,
    c.occasion,
    c.date_from,
    c.date_to,
    c.place,
    (SELECT count(*) FROM contact_steps t WHERE t.contact = c.id) AS steps
FROM contacts c;

CREATE VIEW agenda_steps AS
SELECT
    t.contact,
    t.n,
    t.reported_on,
    t.state,
    t.date_from,
    t.date_to,
    r.key AS report,
    w.text AS sentence,
    a.url
FROM contact_steps t
LEFT JOIN reports r ON r.id = t.report
LEFT JOIN sentences w ON w.id = r.sentence
LEFT JOIN articles a ON a.no = r.article;

CREATE VIEW dyads_daily AS
SELECT d.actor, d.recipient, d.day, d.type, d.status, count(*) AS reports
FROM dyads d
GROUP BY d.actor, d.recipient, d.day, d.type, d.status;

CREATE VIEW cluster_list AS
SELECT c.id AS cluster, c.type, c.actors, c.recipients, c.date_from, c.date_to, c.reports, c.sources, r.key AS told_best
FROM clusters c
JOIN reports r ON r.id = c.told_best;
