import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseQuery } from '../../src/modules/sensors/public.ts';

/** Query options of OGC 18-088 as requests. What the parser understands; answers need a service, which does not exist yet. */
const UNDERSTOOD = {
  'req/request-data/built-in-filter-operations: comparison, logic, arithmetic': [
    ['Observations', '$filter', "result gt 5 and result le 1e2 or not (result eq 'x')"],
    ['Observations', '$filter', '(result sub 5) mul 2 div 3 mod 2 add -1 ne 0'],
    ['Things', '$filter', 'Locations eq null'],
    ['Things', '$filter', "properties/a/b eq 'x' and name ne null"],
  ],
  'req/request-data/built-in-query-functions: strings': [
    ['Things', '$filter', "substringof('Rad', name) and startswith(name, 'A') and endswith(tolower(name), 'z')"],
    ['Things', '$filter', "substring(name, 0) eq substring(name, 1, 2) and length(trim(toupper(name))) gt indexof(name, 'a')"],
    ['Things', '$filter', "concat(name, 'O''Neill') eq 'x'"],
  ],
  'req/request-data/built-in-query-functions: time': [
    ['Observations', '$filter', 'resultTime lt now() and resultTime gt mindatetime() and resultTime lt maxdatetime()'],
    ['Observations', '$filter', "phenomenonTime gt now() sub duration'P1D' and date(resultTime) eq 2026-01-31 and time(resultTime) lt 10:00:00"],
    ['Observations', '$filter', 'year(resultTime) eq 2026 and month(resultTime) eq 1 and day(resultTime) eq 31 and hour(resultTime) eq 8'],
    [
      'Observations',
      '$filter',
      'minute(resultTime) eq 0 and second(resultTime) eq 0 and fractionalseconds(resultTime) eq 0 and totaloffsetminutes(resultTime) eq 0',
    ],
    ['Observations', '$filter', 'before(phenomenonTime, 2026-01-01T00:00:00Z) or after(phenomenonTime, now()) or meets(validTime, phenomenonTime)'],
    ['Observations', '$filter', 'during(phenomenonTime, 2026-01-01T00:00:00Z/2026-02-01T00:00:00+01:00) or overlaps(validTime, phenomenonTime)'],
    ['Observations', '$filter', 'starts(phenomenonTime, validTime) or finishes(phenomenonTime, validTime)'],
  ],
  'req/request-data/built-in-query-functions: numbers': [['Observations', '$filter', 'round(result) eq floor(result) or ceiling(result) eq 2']],
  'req/request-data/built-in-query-functions: geometry': [
    [
      'Locations',
      '$filter',
      "geo.distance(location, geography'POINT(9.99 53.55)') lt 0.1 and geo.intersects(location, geography'POLYGON((0 0, 1 0, 1 1, 0 0))')",
    ],
    ['Locations', '$filter', "geo.length(location) gt 1 or st_relate(location, location, 'T********')"],
    ...['equals', 'disjoint', 'touches', 'within', 'overlaps', 'crosses', 'intersects', 'contains'].map(
      (name) => ['Locations', '$filter', `st_${name}(location, geography'LINESTRING(0 0, 1 1)')`] as const,
    ),
  ],
  'req/request-data/filter: paths through relations; any and all (OData 4.0)': [
    ['Things', '$filter', "Datastreams/any(d:d/properties/layerName eq 'x' and d/Observations/any(o:o/result gt 5))"],
    ['Datastreams', '$filter', "Thing/Locations/name eq 'Elbe' and Observations/all(o:o/result lt 9)"],
  ],
  'req/request-data/orderby, select, top, skip, count': [
    ['Observations', '$orderby', 'phenomenonTime desc,Datastream/name asc, result'],
    ['Things', '$select', '@iot.id,name,properties/layerName,Datastreams'],
    ['Things', '$top', '100'],
    ['Things', '$skip', '0'],
    ['Things', '$count', 'true'],
  ],
  'req/request-data/expand: nested, with options of its own': [
    ['Things', '$expand', 'Datastreams/Observations,Datastreams/Sensor,Locations($select=name;$count=true)'],
    [
      'Things',
      '$expand',
      "Datastreams($filter=properties/layerName eq 'Anzahl_Fahrraeder_Zaehlfeld_15-Min';$expand=Observations($top=1;$orderby=phenomenonTime desc))",
    ],
  ],
  'the query of a real client': [
    [
      'Things',
      '$filter',
      "Datastreams/properties/serviceName eq 'HH_STA_HamburgerRadzaehlnetz' and Datastreams/properties/layerName eq 'Anzahl_Fahrraeder_Zaehlfeld_15-Min'",
    ],
  ],
} as const satisfies Record<string, readonly (readonly [string, string, string])[]>;

const ENTITY = { Things: 'Thing', Observations: 'Observation', Locations: 'Location', Datastreams: 'Datastream' } as const;

for (const [requirement, requests] of Object.entries(UNDERSTOOD))
  describe(requirement, () => {
    for (const [set, name, text] of requests)
      it(`${set}?${name}=${text.slice(0, 100)}`, () => {
        const read = parseQuery(ENTITY[set], [{ name, text }]);
        assert.deepEqual(read.ok ? [] : [read.problem.position, read.problem.detail], []);
      });
  });

it('a nested $expand keeps the options of every level', () => {
  const read = parseQuery('Thing', [
    { name: '$expand', text: 'Datastreams/Sensor,Datastreams($top=5;$expand=Observations($top=1;$orderby=phenomenonTime desc))' },
  ]);
  assert.ok(read.ok);
  const [datastreams, ...others] = read.value.expand ?? [];
  assert.equal(others.length, 0);
  assert.equal(datastreams?.query.top, 5);
  assert.deepEqual(
    datastreams.query.expand?.map(({ relation, many, query }) => [relation, many, query.top, query.orderby?.[0]?.descending]),
    [
      ['Sensor', false, undefined, undefined],
      ['Observations', true, 1, true],
    ],
  );
});
