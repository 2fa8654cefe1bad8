-- Version of the first variant, where a run took destinations from it; null where it did not, and for runs before this.
alter table scenarios.run add column base_version integer;
