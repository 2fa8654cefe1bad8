-- What a merge brought along can be told from what was there, and goes back when the author of the other one deletes it.
-- Of earlier merges it cannot be told: their supporters and comments stay where they are.
alter table contributions.support add column moved boolean not null default false;
alter table contributions.comment add column moved_from uuid references contributions.contribution;
create index comment_moved on contributions.comment (moved_from) where moved_from is not null;
