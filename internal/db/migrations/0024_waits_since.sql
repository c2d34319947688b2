-- +goose Up

-- Since when a reply was where a decision found it and how many reports it had then: both
-- are so again once the decision is taken back.
ALTER TABLE reply_acts ADD COLUMN moved_at BIGINT;
ALTER TABLE reply_acts ADD COLUMN reports BIGINT;

-- What readers reported, and what its sender asked about again.
CREATE INDEX reply_checks_reported ON reply_checks (reports, reply_id) WHERE reports > 0 OR appealed_at IS NOT NULL;
