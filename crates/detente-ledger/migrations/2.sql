ALTER TABLE reviews ADD COLUMN correction TEXT;
