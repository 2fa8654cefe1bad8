-- Names in the other languages: of campaigns that have none their pages go on telling the German one.
update outreach.campaign set about = about || '{"titles": {"en": "", "leicht": ""}}'::jsonb;

-- A goal is of some services, or of the whole city: then it names none. So far each named exactly one.
update outreach.campaign set about = jsonb_set(about, '{goal}',
  (about -> 'goal') - 'service' || jsonb_build_object('services', case when key is null then jsonb_build_array(about #> '{goal,service}') else '[]'::jsonb end));
