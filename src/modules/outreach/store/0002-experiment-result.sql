-- The reading that ended an experiment, as it was then.
alter table outreach.experiment add column result jsonb;
