ALTER TABLE contact_steps ADD COLUMN report_key TEXT;
UPDATE contact_steps SET report_key = (SELECT r.key FROM reports r WHERE r.id = contact_steps.report)
WHERE report IS NOT NULL;

CREATE INDEX acts_day ON acts (day, type, bearing);
