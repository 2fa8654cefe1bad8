-- § 22 VwVfG: a case that the authority begins itself has no applicant; its documents are the authority's own.
alter table procedure.case_file alter column account_id drop not null;
alter table procedure.upload alter column account_id drop not null;
