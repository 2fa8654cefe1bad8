-- What was merged into one that was merged itself leads to where that one went.
with recursive way (id, target) as (
  select id, merged_into from contributions.contribution where merged_into is not null
  union
  select w.id, c.merged_into from way w join contributions.contribution c on c.id = w.target where c.merged_into is not null
)
update contributions.contribution c set merged_into = w.target
from way w join contributions.contribution t on t.id = w.target
where w.id = c.id and t.merged_into is null and w.target <> c.merged_into;
