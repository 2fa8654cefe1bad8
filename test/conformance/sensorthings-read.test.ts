import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { idsOf, ORIGIN, ROOT, sensorCity, type Answer, type SensorCity, type SensorClient } from '../support/sensor-city.ts';
import { engines } from '../support/temporary-database.ts';

/** Which ids a set answers, for each request: OGC 18-088 by requirement. */
const SETS: Readonly<Record<string, readonly (readonly [path: string, ids: readonly number[]])[]>> = {
  'req/resource-path/resource-path-to-entities': [
    ['Things', [1, 2, 3]],
    ['Locations', [1, 2]],
    ['HistoricalLocations', [1, 2]],
    ['Datastreams', [1, 4]],
    ['MultiDatastreams', [3]],
    ['Sensors', [1, 2]],
    ['ObservedProperties', [1, 2, 3]],
    ['Observations', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13]],
    ['FeaturesOfInterest', [1, 2]],
    ['Things(1)/Datastreams', [1]],
    ['Things(2)/MultiDatastreams', [3]],
    ['Things(1)/Locations', [1]],
    ['Things(1)/Locations(1)/HistoricalLocations', [1]],
    ['Things(1)/Datastreams(1)/Observations', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['Datastreams(4)/Observations', []],
    ['Observations(12)/MultiDatastream/ObservedProperties', [3, 2]],
    ['Observations(3)/Datastream/Thing/Locations', [1]],
    ['FeaturesOfInterest(2)/Observations', [12, 13]],
    ['Sensors(2)/Datastreams', [4]],
    ['ObservedProperties(2)/MultiDatastreams', [3]],
  ],
  'req/request-data/filter: comparison, logic, arithmetic': [
    ["Things?$filter=name eq 'Neu'", [3]],
    ["Things?$filter=not (name eq 'Neu')", [1, 2]],
    ["Things?$filter=(not (name eq 'Neu')) eq false", [3]],
    ["Things?$filter=name ne 'Neu' and id lt 2 or id eq 3", [1, 3]],
    ['Observations?$filter=result gt 80', [9, 10]],
    ['Observations?$filter=result ge 80 and result le 9e1', [8, 9]],
    ['Observations?$filter=result mul 2 add 1 eq 21', [1]],
    ['Observations?$filter=result div 0 eq 1', []],
    ['Observations?$filter=result mod 40 eq 10 and result sub 10 ge 0', [1, 5, 9]],
    ['Observations?$filter=-result lt -90', [10]],
    ['Observations?$filter=result eq null', []],
    ['Observations?$filter=resultTime eq null', [12]],
    ["Observations?$filter=parameters/tide eq 'ebb'", [13]],
    ['Observations?$filter=resultQuality/ok', [12]],
  ],
  'req/request-data/filter: parts of JSON are compared by their type': [
    ['Things?$filter=properties/plz eq 22765', [1]],
    ["Things?$filter=properties/plz eq '22765'", []],
    ["Things?$filter=properties/plz eq '20359'", [2]],
    ['Things?$filter=properties/plz gt 5', [1]],
    ['Things?$filter=properties/active', [1]],
    ['Things?$filter=properties/active eq false', [2]],
    ["Things?$filter=properties/owner/name eq 'O''Neill'", [1]],
    ['Things?$filter=properties/since lt 2025-01-01T00:00:00Z', [1]],
    ['Things?$filter=properties/since eq null', [2, 3]],
    ['Things?$filter=properties eq null', [3]],
    ['Things?$filter=properties/plz eq properties/plz', [1, 2]],
  ],
  'req/request-data/built-in-query-functions: strings': [
    ["Things?$filter=substringof('Elbe', name) or substringof('Elb', name)", [1]],
    ["Things?$filter=startswith(name, 'Pegel') and endswith(name, 'Pauli')", [2]],
    ["Things?$filter=substring(name, 6) eq 'St. Pauli' and substring(name, 0, 5) eq 'Pegel'", [2]],
    ['Things?$filter=length(name) eq 3 and indexof(name, substring(name, 1)) eq 1', [3]],
    ["Things?$filter=tolower(name) eq 'neu' or toupper(name) eq 'PEGEL ST. PAULI'", [2, 3]],
    ["Things?$filter=concat(trim(' Ne '), 'u') eq name", [3]],
  ],
  'req/request-data/built-in-query-functions: numbers and times': [
    ['Observations?$filter=round(result div 20) eq 1', [1, 2]],
    ['Observations?$filter=floor(result div 30) eq 1 and ceiling(result div 30) eq 2', [4, 5]],
    ['Observations?$filter=phenomenonTime lt 2026-10-31T23:00:00Z', [1, 2]],
    ['Observations?$filter=phenomenonTime ge 2026-11-02T00:00:00Z', [12, 13]],
    ['Observations?$filter=phenomenonTime eq 2026-10-31T21:00:00Z/2026-10-31T21:15:00Z', [1]],
    ['Observations?$filter=date(resultTime) eq 2026-10-31 and time(resultTime) gt 22:00:00', [2, 3]],
    ['Observations?$filter=year(phenomenonTime) eq 2026 and month(phenomenonTime) eq 11 and day(phenomenonTime) eq 2 and hour(phenomenonTime) eq 1', [13]],
    ['Observations?$filter=minute(resultTime) eq 0 and second(resultTime) eq 0 and totaloffsetminutes(resultTime) eq 0', [13]],
    ['Observations?$filter=fractionalseconds(phenomenonTime) eq 0.25', [12]],
    ["Observations?$filter=resultTime gt 2026-11-02T02:00:00Z sub duration'PT2H' and resultTime lt maxdatetime() and resultTime gt mindatetime()", [13]],
    ["Observations?$filter=phenomenonTime sub 2026-11-02T00:00:00Z ge duration'PT1H'", [13]],
    ['Observations?$filter=resultTime gt now()', []],
  ],
  'req/request-data/built-in-query-functions: periods': [
    ['Observations?$filter=before(phenomenonTime, 2026-10-31T22:00:00Z)', [1]],
    ['Observations?$filter=after(phenomenonTime, 2026-11-02T00:00:00Z)', [12, 13]],
    ['Observations?$filter=meets(phenomenonTime, 2026-10-31T21:15:00Z/2026-10-31T22:00:00Z)', [1, 2]],
    ['Observations?$filter=during(phenomenonTime, 2026-11-01T05:00:00Z/2026-11-01T06:15:00Z)', [9, 10]],
    ['Observations?$filter=overlaps(phenomenonTime, 2026-11-01T05:05:00Z/2026-11-01T06:05:00Z)', [9, 10]],
    ['Observations?$filter=starts(phenomenonTime, 2026-11-01T05:00:00Z/2026-11-01T06:00:00Z)', [9]],
    ['Observations?$filter=finishes(phenomenonTime, 2026-11-01T05:00:00Z/2026-11-01T06:15:00Z)', [10]],
    ['Observations?$filter=during(phenomenonTime, validTime)', [12]],
    ['Datastreams?$filter=overlaps(phenomenonTime, 2026-11-01T00:00:00Z/2026-12-01T00:00:00Z)', [1]],
  ],
  'req/request-data/built-in-query-functions: geometry': [
    ["Locations?$filter=geo.distance(location, geography'POINT(9.93 53.55)') lt 0.01", [1]],
    ["Locations?$filter=geo.intersects(location, geography'POLYGON((9.95 53.5, 10 53.5, 10 53.6, 9.95 53.6, 9.95 53.5))')", [2]],
    ["Locations?$filter=geo.length(location) eq 0 and st_equals(location, geography'POINT(9.93 53.55)')", [1]],
    ["Locations?$filter=st_within(location, geography'POLYGON((9.95 53.5, 10 53.5, 10 53.6, 9.95 53.6, 9.95 53.5))')", [2]],
    ["Locations?$filter=st_disjoint(location, geography'POINT(9.93 53.55)')", [2]],
    ["Locations?$filter=st_contains(geography'POLYGON((9.95 53.5, 10 53.5, 10 53.6, 9.95 53.6, 9.95 53.5))', location)", [2]],
    ["Locations?$filter=st_intersects(location, geography'LINESTRING(9.9 53.55, 10 53.55)')", [1]],
    ["Locations?$filter=st_touches(location, geography'LINESTRING(9.93 53.55, 10 53.6)')", [1]],
    ["Locations?$filter=st_relate(location, geography'POINT(9.93 53.55)', 'T********')", [1]],
    ["Locations?$filter=st_crosses(location, geography'LINESTRING(0 0, 1 1)') or st_overlaps(location, location)", []],
    // a bow tie is no error but two triangles, with a Location in each
    ["Locations?$filter=st_within(location, geography'POLYGON((9.9 53.5, 10 53.6, 10 53.5, 9.9 53.6, 9.9 53.5))')", [1, 2]],
    ["Datastreams?$filter=geo.intersects(observedArea, geography'POINT(9.93 53.55)')", [1]],
  ],
  'req/request-data/filter: relations': [
    ['Things?$filter=Locations eq null', [3]],
    ['Things?$filter=Locations ne null', [1, 2]],
    ['Datastreams?$filter=Observations eq null', [4]],
    ['Observations?$filter=MultiDatastream ne null', [12, 13]],
    ['Observations?$filter=Datastream/name eq null', [12, 13]],
    ["Things?$filter=Datastreams/properties/layerName eq 'Anzahl_Fahrraeder_Zaehlfeld_15-Min'", [1]],
    ["Observations?$filter=Datastream/Thing/name eq 'Zählstelle Elbchaussee' and result lt 30", [1, 2]],
    ['Things?$filter=Datastreams/any(d:d/Observations/any(o:o/result gt 90))', [1]],
    ['Datastreams?$filter=Observations/all(o:o/result lt 90)', [4]],
    ["Things?$filter=not Datastreams/any(d:startswith(d/name, 'R'))", [2, 3]],
    ['Things?$filter=HistoricalLocations/time gt 2026-01-15T00:00:00Z', [2]],
  ],
  'req/request-data/orderby, top, skip': [
    ['Things?$orderby=name desc', [1, 2, 3]],
    ['Things?$orderby=length(name), id desc', [3, 2, 1]],
    ['Observations?$orderby=phenomenonTime desc&$top=3', [13, 12, 10]],
    ['Observations?$orderby=Datastream/name,result desc&$top=2&$skip=1', [9, 8]],
    ['Things?$skip=1&$top=1', [2]],
    ['Things?$top=0', []],
    ['Things?$orderby=properties/active desc', [3, 1, 2]],
  ],
};

for (const engine of engines) {
  describe(`SensorThings API 1.1, read on ${engine}`, () => {
    let city: SensorCity;
    before(async () => void (city = await sensorCity(engine)));
    after(() => city.close());
    tables(() => city.client);
    answers(() => city.client);
    formats(() => city.client);
    it('who asks for the latest of streams at the same time is answered as who asks alone', async () => {
      const latest = async (stream: number): Promise<readonly [number, number, string]> => {
        const answer = await city.client.get(`Datastreams(${stream})/Observations?$top=1&$orderby=phenomenonTime desc`);
        return [stream, answer.status, await answer.text()];
      };
      const streams = [1, 2, 4, 99, 3, 1, 4, 2];
      const alone: (readonly [number, number, string])[] = [];
      for (const stream of streams) alone.push(await latest(stream));
      assert.deepEqual(
        alone.map(([, status]) => status),
        // closed to the public, not there, a MultiDatastream
        [200, 404, 200, 404, 404, 200, 200, 404],
      );
      const withoutInstance = (answers: readonly (readonly [number, number, string])[]) =>
        answers.map(([stream, status, text]) => [stream, status, text.replace(/"instance":"[^"]*"/, '')]);
      const many = Array.from({ length: 10 }, () => streams).flat();
      assert.deepEqual(withoutInstance(await Promise.all(many.map(latest))), withoutInstance(many.map((_, index) => alone[index % streams.length]!)));
    });
    it('nothing broke on the way', () => assert.deepEqual(city.failures(), []));
  });
}

function tables(client: () => SensorClient): void {
  for (const [requirement, requests] of Object.entries(SETS))
    describe(requirement, () => {
      for (const [path, expected] of requests) it(path, async () => assert.deepEqual(idsOf(await client().json(path)), expected));
    });
}

function answers(client: () => SensorClient): void {
  describe('req/datamodel: entities as they are sent', () => {
    it('a Thing', async () => {
      const self = `${ORIGIN}${ROOT}/Things(2)`;
      assert.deepEqual(await client().json('Things(2)'), {
        '@iot.id': 2,
        '@iot.selfLink': self,
        name: 'Pegel St. Pauli',
        description: 'Misst den Wasserstand',
        properties: { plz: '20359', active: false },
        'Locations@iot.navigationLink': `${self}/Locations`,
        'HistoricalLocations@iot.navigationLink': `${self}/HistoricalLocations`,
        'Datastreams@iot.navigationLink': `${self}/Datastreams`,
        'MultiDatastreams@iot.navigationLink': `${self}/MultiDatastreams`,
      });
    });
    it('a Datastream with what is known of its observations', async () => {
      const one = await client().json('Datastreams(1)');
      assert.equal(one['phenomenonTime'], '2026-10-31T21:00:00.000Z/2026-11-01T06:15:00.000Z');
      assert.equal(one['resultTime'], '2026-10-31T21:15:00.000Z/2026-11-01T06:15:00.000Z');
      assert.deepEqual(one['observedArea'], { type: 'Point', coordinates: [9.93, 53.55] });
      assert.deepEqual(one['unitOfMeasurement'], { name: 'Anzahl', symbol: '1', definition: 'x' });
      assert.equal('phenomenonTime' in (await client().json('Datastreams(4)')), false);
    });
    it('an Observation, and one of a MultiDatastream', async () => {
      const count = await client().json('Observations(1)');
      assert.deepEqual(
        [count['result'], count['phenomenonTime'], count['resultTime']],
        [10, '2026-10-31T21:00:00.000Z/2026-10-31T21:15:00.000Z', '2026-10-31T21:15:00.000Z'],
      );
      assert.equal('MultiDatastream@iot.navigationLink' in count, false);
      const level = await client().json('Observations(12)');
      assert.deepEqual([level['result'], level['phenomenonTime'], level['resultTime']], [[512, 1.5], '2026-11-02T00:00:00.250Z', null]);
      assert.equal(level['MultiDatastream@iot.navigationLink'], `${ORIGIN}${ROOT}/Observations(12)/MultiDatastream`);
    });
  });

  describe('req/resource-path: addresses of properties, values and references', () => {
    it('the root lists the sets and what the service conforms to', async () => {
      const root = await client().json(`${ORIGIN}${ROOT}`);
      assert.deepEqual(root.value?.[0], { name: 'Things', url: `${ORIGIN}${ROOT}/Things` });
      const { conformance } = root['serverSettings'] as { conformance: string[] };
      assert.ok(conformance.includes('http://www.opengis.net/spec/iot_sensing/1.1/req/datamodel'));
    });
    it('a property, its value, its parts', async () => {
      assert.deepEqual(await client().json('Things(3)/name'), { name: 'Neu' });
      assert.equal(await (await client().get('Things(3)/name/$value')).text(), 'Neu');
      assert.deepEqual(await client().json('Things(1)/properties/owner/name'), { name: "O'Neill" });
      assert.equal((await client().get('Things(3)/properties')).status, 204);
      assert.equal(await (await client().get('Observations(1)/result/$value')).text(), '10');
      assert.deepEqual(await client().json('Things(3)/id'), { id: 3 });
    });
    it('one entity at the end of a relation', async () => {
      assert.equal((await client().json('Observations(12)/MultiDatastream/Thing'))['name'], 'Pegel St. Pauli');
      assert.equal((await client().json('Datastreams(1)/Thing/Locations(1)'))['name'], 'Elbchaussee 1');
    });
    it('$ref answers links alone', async () => {
      assert.deepEqual(await client().json('Things(1)/Datastreams/$ref'), { value: [{ '@iot.selfLink': `${ORIGIN}${ROOT}/Datastreams(1)` }] });
    });
  });

  describe('req/request-data: select, expand, count, pages', () => {
    it('$select shows what was named and nothing else', async () => {
      assert.deepEqual(await client().json('Things(1)?$select=name,properties/owner/name,properties/plz,Datastreams'), {
        name: 'Zählstelle Elbchaussee',
        properties: { owner: { name: "O'Neill" }, plz: 22765 },
        'Datastreams@iot.navigationLink': `${ORIGIN}${ROOT}/Things(1)/Datastreams`,
      });
      assert.deepEqual((await client().json('Observations?$select=id,result&$top=1')).value, [{ '@iot.id': 1, result: 10 }]);
    });
    it('$count counts what the filter leaves, and only when asked', async () => {
      const counted = await client().json('Observations?$filter=result gt 50&$count=true&$top=2');
      assert.equal(counted['@iot.count'], 5);
      assert.equal('@iot.count' in (await client().json('Observations?$top=2')), false);
    });
    it('$expand, nested, with options of its own and links to its next page', async () => {
      const things = await client().json(
        'Things?$select=id&$expand=Datastreams($select=name;$count=true;$expand=Observations($top=2;$orderby=phenomenonTime desc;$select=result),ObservedProperty($select=name))',
      );
      const [first] = things.value!;
      const [stream] = first!['Datastreams'] as Answer[];
      assert.equal(first!['Datastreams@iot.count'], 1);
      assert.deepEqual(stream!['Observations'], [{ result: 100 }, { result: 90 }]);
      assert.deepEqual(stream!['ObservedProperty'], { name: 'Anzahl' });
      const next = await client().json(stream!['Observations@iot.nextLink'] as string);
      assert.deepEqual(next.value, [{ result: 80 }, { result: 70 }]);
    });
    it("a MultiDatastream's properties come in the order of its results", async () => {
      const one = await client().json('MultiDatastreams(3)?$expand=ObservedProperties($top=1;$select=name)');
      assert.deepEqual(one['ObservedProperties'], [{ name: 'Tempo' }]);
      assert.deepEqual((await client().json(one['ObservedProperties@iot.nextLink'] as string)).value, [{ name: 'Höhe' }]);
    });
    it('the query of a real client', async () => {
      const where = "properties/serviceName eq 'HH_STA_HamburgerRadzaehlnetz' and properties/layerName eq 'Anzahl_Fahrraeder_Zaehlfeld_15-Min'";
      const outer = where.replaceAll('properties/', 'Datastreams/properties/');
      const found = await client().json(
        `Things?$filter=${outer}&$count=true&$expand=Datastreams($filter=${where};$expand=Observations($top=1;$orderby=phenomenonTime desc))`,
      );
      assert.equal(found['@iot.count'], 1);
      const [stream] = found.value![0]!['Datastreams'] as Answer[];
      assert.deepEqual(idsOf({ value: stream!['Observations'] as never }), [10]);
    });
    for (const options of [
      '',
      '&$orderby=result',
      '&$orderby=result desc',
      '&$orderby=resultTime',
      '&$orderby=resultTime desc,result',
      '&$orderby=Datastream/name desc,id desc',
      '&$orderby=phenomenonTime desc',
      '&$orderby=phenomenonTime sub 2026-01-01T00:00:00Z',
      '&$orderby=date(phenomenonTime) desc,time(phenomenonTime)',
      '&$filter=id gt 2',
    ])
      it(`pages of three are the whole: ${options}`, async () => {
        const whole = idsOf(await client().json(`Observations?$top=1000${options}`));
        const paged: unknown[] = [];
        let next: string | undefined = `Observations?$top=3${options}`;
        for (let turn = 0; next !== undefined && turn < 10; turn += 1) {
          const page: Answer = await client().json(next);
          paged.push(...idsOf(page));
          next = page['@iot.nextLink'] as string | undefined;
        }
        assert.deepEqual(paged, whole);
        assert.ok(whole.length >= 10);
      });
    it('a nextLink is absolute, keeps every option and forgets $skip', async () => {
      const next = new URL(
        (await client().json("Things?$top=1&$skip=1&$select=name&$filter=name ne 'x'&$count=true&$orderby=name"))['@iot.nextLink'] as string,
      );
      assert.equal(next.origin + next.pathname, `${ORIGIN}${ROOT}/Things`);
      assert.deepEqual([...next.searchParams.keys()], ['$top', '$select', '$filter', '$count', '$orderby', '$skiptoken']);
      assert.equal((await client().json(next.href))['@iot.count'], 3);
    });
  });
}

function formats(client: () => SensorClient): void {
  describe('req/data-array and other formats', () => {
    it('$resultFormat=dataArray groups observations by stream', async () => {
      const answer = await client().json('Observations?$resultFormat=dataArray&$select=id,result&$filter=id ge 9&$count=true');
      assert.deepEqual(answer, {
        '@iot.count': 4,
        value: [
          {
            'Datastream@iot.navigationLink': `${ORIGIN}${ROOT}/Datastreams(1)`,
            components: ['id', 'result'],
            'dataArray@iot.count': 2,
            dataArray: [
              [9, 90],
              [10, 100],
            ],
          },
          {
            'MultiDatastream@iot.navigationLink': `${ORIGIN}${ROOT}/MultiDatastreams(3)`,
            components: ['id', 'result'],
            'dataArray@iot.count': 2,
            dataArray: [
              [12, [512, 1.5]],
              [13, [498, 1.2]],
            ],
          },
        ],
      });
    });
    it('$resultFormat=CSV', async () => {
      const response = await client().get(
        'Observations?$resultFormat=CSV&$select=id,result,resultTime&$expand=MultiDatastream($select=name)&$filter=id ge 10&$top=2',
      );
      assert.equal(response.headers.get('content-type'), 'text/csv; charset=utf-8');
      assert.equal(await response.text(), 'id,result,resultTime,MultiDatastream/name\r\n10,100,2026-11-01T06:15:00.000Z,\r\n12,"[512,1.5]",,Pegel\r\n');
      const next = /<(.+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
      assert.match(await (await client().get(next!)).text(), /^id,.*\r\n13,/);
    });
    it('$resultFormat=GeoJSON', async () => {
      const response = await client().get('Things?$resultFormat=GeoJSON&$select=name&$expand=Locations($select=location)&$top=1');
      assert.equal(response.headers.get('content-type'), 'application/geo+json; charset=utf-8');
      const { features } = (await response.json()) as { features: Record<string, unknown>[] };
      assert.deepEqual([features[0]!['geometry'], features[0]!['id']], [{ type: 'Point', coordinates: [9.93, 53.55] }, 1]);
    });
  });
}
