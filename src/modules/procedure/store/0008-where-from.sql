-- The campaign's link that a person followed to an application (kernel/usage.ts, ORIGIN): kept with the draft and the
-- case, never with the person; and the page on which the draft was last worked at.
alter table procedure.draft add column origin text;
alter table procedure.draft add column last_page text;
create index draft_origin on procedure.draft (origin) where origin is not null;
create index draft_touched on procedure.draft (updated_at);
create index case_came_by on procedure.case_file ((state->>'cameBy')) where state->>'cameBy' is not null;
create index case_submitted on procedure.case_file (submitted_at);
