create schema llm;

-- a model or a use that the administration switched; without a row it is as the register says
create table llm.switch (
  kind text not null check (kind in ('model', 'use')),
  key text not null,
  active boolean not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (kind, key)
);

-- bounds that the administration set; without a row the built-in one holds
create table llm.bound (
  name text primary key,
  value integer not null check (value >= 0),
  changed_by text not null,
  changed_at timestamptz not null
);

-- orders of a day, counted for its limits. A person stands here under a hash of the day, which is gone with it
create table llm.allowance (
  day date not null,
  scope text not null check (scope in ('person', 'unit')),
  holder text not null,
  used integer not null,
  primary key (day, scope, holder)
);

-- who has been counted in llm.used already on that day; goes with the day as well
create table llm.counted (
  day date not null,
  holder text not null,
  use text not null,
  model text not null,
  unit text not null,
  primary key (day, holder, use, model, unit)
);

-- what stays: counts without persons
create table llm.used (
  day date not null,
  use text not null,
  model text not null,
  unit text not null,
  persons integer not null,
  orders integer not null,
  failed integer not null,
  masked bigint not null,
  dropped_calls integer not null,
  input_tokens bigint not null,
  output_tokens bigint not null,
  -- thousandths of a cent
  cost_millicents bigint not null,
  primary key (day, use, model, unit)
);

create table llm.feedback (
  day date not null,
  use text not null,
  model text not null,
  kind text not null check (kind in ('helpful', 'not-helpful', 'wrong-source')),
  given integer not null,
  primary key (day, use, model, kind)
);

-- words that somebody wrote with it, without who
create table llm.feedback_words (
  id uuid primary key,
  day date not null,
  use text not null,
  model text not null,
  kind text not null,
  words text not null
);
create index feedback_words_newest on llm.feedback_words (id desc);
