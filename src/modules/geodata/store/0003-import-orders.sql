-- What somebody has told the city to take into a collection. The work is a job of the platform; this row is what people see of it.
create table geodata.import_order (
  id uuid primary key,
  collection_id text not null references geodata.collection on delete cascade,
  -- name of the uploaded file, or the address
  name text not null,
  -- where it is fetched from; null: it was uploaded
  url text,
  -- name of the file in the folder of imports, once it is there
  file text,
  size_bytes bigint,
  -- how it is to be read: OrderWish of domain/import-order.ts
  wish jsonb not null,
  state text not null check (state in ('waiting', 'fetching', 'reading', 'done', 'failed', 'cancelled')),
  message text,
  -- how the file was understood
  notes jsonb not null default '[]',
  run_id uuid references geodata.import_run on delete set null,
  ordered_by text not null,
  ordered_at timestamptz not null,
  ended_at timestamptz
);
create index import_order_newest on geodata.import_order (ordered_at desc, id desc);
create index import_order_collection on geodata.import_order (collection_id, ordered_at desc);
