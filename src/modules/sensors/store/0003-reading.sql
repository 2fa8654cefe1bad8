-- What queries of strangers are compiled to. What does not fit (a text where a number is needed, a division by
-- zero, a number beyond all limits) is null and never an error: one odd row must not end a whole request.

create function sensors.number_of(value jsonb) returns double precision language sql immutable parallel safe
return case when jsonb_typeof(value) = 'number' then
  case when value::numeric = 0 or abs(value::numeric) between 1e-300 and 1e300 then value::double precision end
end;

create function sensors.text_of(value jsonb) returns text language sql immutable parallel safe
return case when jsonb_typeof(value) = 'string' then value #>> '{}' end;

create function sensors.truth_of(value jsonb) returns boolean language sql immutable parallel safe
return case when jsonb_typeof(value) = 'boolean' then value = 'true'::jsonb end;

create function sensors.day_in(value text) returns date language sql immutable parallel safe
return case when value ~ '^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])' then
  case when substr(value, 9, 2)::int
      <= extract(day from make_date(substr(value, 1, 4)::int, substr(value, 6, 2)::int, 1) + interval '1 month' - interval '1 day')
    then make_date(substr(value, 1, 4)::int, substr(value, 6, 2)::int, substr(value, 9, 2)::int) end
end;

create function sensors.date_of(value jsonb) returns date language sql immutable parallel safe
return case when sensors.text_of(value) ~ '^.{10}$' then sensors.day_in(sensors.text_of(value)) end;

create function sensors.time_of(value jsonb) returns timestamptz language sql stable parallel safe
return case
  when sensors.text_of(value) ~ '^.{10}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$' then
    case when sensors.day_in(sensors.text_of(value)) is not null then (value #>> '{}')::timestamptz end
end;

create function sensors.clock_of(value jsonb) returns time language sql immutable parallel safe
return case when sensors.text_of(value) ~ '^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?$' then (value #>> '{}')::time end;

create function sensors.duration_of(value jsonb) returns interval language sql immutable parallel safe
return case when sensors.text_of(value) ~ '^P(?=.)(\d{1,5}D)?(T(?=.)(\d{1,6}H)?(\d{1,6}M)?(\d{1,8}(\.\d{1,6})?S)?)?$' then (value #>> '{}')::interval end;

create function sensors.sum(a double precision, b double precision) returns double precision language sql immutable parallel safe
return case when abs(a) < 8e307 and abs(b) < 8e307 then a + b end;

create function sensors.product(a double precision, b double precision) returns double precision language sql immutable parallel safe
return case when a = 0 or b = 0 then 0 when ln(abs(a)) + ln(abs(b)) between -700 and 700 then a * b end;

create function sensors.quotient(a double precision, b double precision) returns double precision language sql immutable parallel safe
return case when b = 0 then null when a = 0 then 0 when ln(abs(a)) - ln(abs(b)) between -700 and 700 then a / b end;

create function sensors.remainder(a double precision, b double precision) returns double precision language sql immutable parallel safe
return case when abs(a) < 1e100 and abs(b) between 1e-100 and 1e100 then mod(a::numeric, b::numeric)::double precision end;

-- away from zero at the half, as OData says; PostgreSQL rounds to even
create function sensors.rounded(a double precision) returns double precision language sql immutable parallel safe
return sign(a) * floor(abs(a) + 0.5);

create function sensors.place(a double precision) returns int language sql immutable parallel safe
return case when a between 0 and 1e9 then a::int when a > 1e9 then 1000000000 else 0 end;

create function sensors.shifted(moment timestamptz, by interval) returns timestamptz language sql stable parallel safe
return case when abs(extract(epoch from moment)) < 5e11 and abs(extract(epoch from by)) < 1e11 then moment + by end;

-- as SensorThings writes times: UTC with milliseconds
create function sensors.iso(moment timestamptz) returns text language sql stable parallel safe
return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
