-- who may see a version is what its owner said of that version; of older ones nobody knows: they stay the owner's
alter table assistant.prompt_version
  add column visibility text not null default 'me' check (visibility in ('me', 'authority', 'city')),
  add column authority text;
update assistant.prompt_version v set visibility = p.visibility, authority = p.authority
  from assistant.prompt p where p.id = v.prompt_id and p.version = v.version;
alter table assistant.prompt_version alter column visibility drop default;
