import { sql } from 'kysely';
import type { Database } from '../../src/platform/database/port.ts';

/** A small world of sensors: two Things, four streams of which number 2 is internal and number 3 a MultiDatastream. */
export async function insertSensors(database: Database): Promise<void> {
  await database.write(async (tx) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(tx);
  });
}

const POINT = (lon: number, lat: number): string =>
  `'{"type":"Point","coordinates":[${String(lon)},${String(lat)}]}', st_setsrid(st_makepoint(${String(lon)}, ${String(lat)}), 4326)`;

const STATEMENTS = [
  `insert into sensors.thing (id, name, description, properties) values
    (1, 'Zählstelle Elbchaussee', 'Zählt Räder', '{"plz": 22765, "lanes": ["ost", "west"], "active": true, "since": "2024-05-01T08:00:00Z", "owner": {"name": "O''Neill"}}'),
    (2, 'Pegel St. Pauli', 'Misst den Wasserstand', '{"plz": "20359", "active": false}'),
    (3, 'Neu', 'Noch ohne alles', null)`,
  `insert into sensors.feature (id, name, description, encoding_type, feature, geometry) values
    (1, 'Elbchaussee 1', 'Querschnitt', 'application/geo+json', ${POINT(9.93, 53.55)}),
    (2, 'St. Pauli', 'Pegel', 'application/geo+json', ${POINT(9.97, 53.545)})`,
  `insert into sensors.location (id, name, description, encoding_type, location, geometry, feature_id) values
    (1, 'Elbchaussee 1', 'Querschnitt', 'application/geo+json', ${POINT(9.93, 53.55)}, 1),
    (2, 'St. Pauli', 'Pegel', 'application/geo+json', ${POINT(9.97, 53.545)}, 2)`,
  `insert into sensors.thing_location values (1, 1), (2, 2)`,
  `insert into sensors.historical_location (id, thing_id, time) values (1, 1, '2026-01-01T00:00:00Z'), (2, 2, '2026-02-01T00:00:00Z')`,
  `insert into sensors.historical_location_location values (1, 1), (2, 2)`,
  `insert into sensors.sensor (id, name, description, encoding_type, metadata, properties) values
    (1, 'Infrarot', 'Zählt', 'text/html', '"https://example.org/infrarot"', '{"maker": "A"}'), (2, 'Radar', 'Misst', 'application/json', '{"range": 20}', null)`,
  `insert into sensors.observed_property (id, name, definition, description, properties) values
    (1, 'Anzahl', 'https://example.org/anzahl', 'Räder', null), (2, 'Höhe', 'https://example.org/hoehe', 'Wasser', null), (3, 'Tempo', 'https://example.org/tempo', 'Wasser', null)`,
  `insert into sensors.stream (id, multi, name, description, observation_type, unit, part_types, properties, thing_id, sensor_id) values
    (1, false, 'Räder', '15 Minuten', 'OM_CountObservation', '{"name": "Anzahl", "symbol": "1", "definition": "x"}', null,
      '{"serviceName": "HH_STA_HamburgerRadzaehlnetz", "layerName": "Anzahl_Fahrraeder_Zaehlfeld_15-Min"}', 1, 1),
    (2, false, 'Störung', 'Nur für die Stadt', 'OM_Observation', '{"name": null, "symbol": null, "definition": null}', null, '{"access": "internal", "layerName": "geheim"}', 1, 1),
    (3, true, 'Pegel', 'Höhe und Tempo', 'OM_ComplexObservation', '[{"name": "cm"}, {"name": "m/s"}]', '["OM_Measurement", "OM_Measurement"]', null, 2, 2),
    (4, false, 'Leer', 'Noch nichts', 'OM_Measurement', '{"name": "Grad", "symbol": "°C", "definition": "y"}', null, null, 2, 2)`,
  `insert into sensors.stream_observed_property (stream_id, place, observed_property_id) values (1, 0, 1), (2, 0, 1), (3, 0, 3), (3, 1, 2), (4, 0, 2)`,
  `create table sensors.observation_2026_10 partition of sensors.observation for values from ('2026-10-01T00:00:00Z') to ('2026-11-01T00:00:00Z')`,
  `create table sensors.observation_2026_11 partition of sensors.observation for values from ('2026-11-01T00:00:00Z') to ('2026-12-01T00:00:00Z')`,
  // ten counts, an hour apart, each a quarter of an hour long
  `insert into sensors.observation (id, stream_id, phenomenon_start, phenomenon_end, result_time, result_number, feature_id)
    select n, 1, '2026-10-31T20:00:00Z'::timestamptz + n * interval '1 hour', '2026-10-31T20:15:00Z'::timestamptz + n * interval '1 hour',
      '2026-10-31T20:15:00Z'::timestamptz + n * interval '1 hour', n * 10, 1 from generate_series(1, 10) n`,
  `insert into sensors.observation (id, stream_id, phenomenon_start, result_time, result_number, result, valid_start, valid_end, parameters, result_quality, feature_id) values
    (11, 2, '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z', null, '"Ausfall"', null, null, null, null, 1),
    (12, 3, '2026-11-02T00:00:00.250Z', null, null, '[512, 1.5]', '2026-11-02T00:00:00Z', '2026-11-02T01:00:00Z', '{"tide": "flood"}', '{"ok": true}', 2),
    (13, 3, '2026-11-02T01:00:00Z', '2026-11-02T01:00:00Z', null, '[498, 1.2]', null, null, '{"tide": "ebb"}', null, 2)`,
  `select setval('sensors.observation_id', 100)`,
  `insert into sensors.summary (stream_id, observations, phenomenon_start, phenomenon_end, result_start, result_end, observed_area, latest_id, latest_start) values
    (1, 10, '2026-10-31T21:00:00Z', '2026-11-01T06:15:00Z', '2026-10-31T21:15:00Z', '2026-11-01T06:15:00Z', st_setsrid(st_makepoint(9.93, 53.55), 4326), 10, '2026-11-01T06:00:00Z'),
    (2, 1, '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z', null, 11, '2026-11-01T00:00:00Z'),
    (3, 2, '2026-11-02T00:00:00.250Z', '2026-11-02T01:00:00Z', '2026-11-02T01:00:00Z', '2026-11-02T01:00:00Z', null, 13, '2026-11-02T01:00:00Z')`,
];
