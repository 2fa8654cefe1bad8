-- The instant that a text names, a day being its beginning in UTC; null for every other text. No row makes it fail: 31 February is
-- no time. Kept in SQL so that the planner writes it into the query itself.
create function geodata.instant_of(text) returns timestamptz language sql stable parallel safe as $$
  select case
    when $1 !~ '^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])' or $1 like '0000%' then null
    when substr($1, 9, 2) > '28' and substr($1, 9, 2)::int > extract(day from (substr($1, 1, 7) || '-01')::date + interval '1 month' - interval '1 day') then null
    when length($1) = 10 then $1::timestamp at time zone 'utc'
    when $1 ~ '^.{10}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,12})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$' then $1::timestamptz
  end
$$;
