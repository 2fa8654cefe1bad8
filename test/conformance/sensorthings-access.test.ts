import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { idsOf, sensorCity, type SensorCity, type SensorClient } from '../support/sensor-city.ts';
import { engines } from '../support/temporary-database.ts';
import type { TestActor } from '../support/test-server.ts';

for (const engine of engines) {
  describe(`SensorThings API 1.1, who reads what and what is refused, on ${engine}`, () => {
    let city: SensorCity;
    before(async () => void (city = await sensorCity(engine)));
    after(() => city.close());
    access(() => city.client);
    refusals(() => city.client);
    it('nothing broke on the way', () => assert.deepEqual(city.failures(), []));
  });
}

function access(client: () => SensorClient): void {
  describe('a stream with `access` = `internal` and its observations', () => {
    /** Every way there is to it, and what the public and the city find. */
    const WAYS: readonly (readonly [path: string, open: readonly number[], city: readonly number[]])[] = [
      ['Datastreams', [1, 4], [1, 2, 4]],
      ['Things(1)/Datastreams', [1], [1, 2]],
      ['Sensors(1)/Datastreams', [1], [1, 2]],
      ['ObservedProperties(1)/Datastreams', [1], [1, 2]],
      ['Observations?$filter=id eq 11', [], [11]],
      ['FeaturesOfInterest(1)/Observations?$filter=id gt 10', [], [11]],
      ["Datastreams?$filter=properties/access eq 'internal'", [], [2]],
      ["Things?$filter=Datastreams/properties/layerName eq 'geheim'", [], [1]],
      ["Things?$filter=Datastreams/any(d:d/name eq 'Störung')", [], [1]],
      ["Things?$filter=Datastreams/Observations/result eq 'Ausfall'", [], [1]],
      ["FeaturesOfInterest?$filter=Observations/result eq 'Ausfall'", [], [1]],
      ["Things?$filter=id eq 1 and Datastreams/all(d:d/name eq 'Räder')", [1], []],
    ];
    for (const [path, open, inside] of WAYS)
      it(path, async () => {
        assert.deepEqual(idsOf(await client().json(path)), open);
        assert.deepEqual(idsOf(await client().json(path, 'citizen')), open);
        assert.deepEqual(idsOf(await client().json(path, 'sachbearbeitung')), inside);
      });
    for (const path of [
      'Datastreams(2)',
      'Datastreams(2)/name',
      'Datastreams(2)/Observations',
      'Datastreams(2)/Thing',
      'Observations(11)',
      'Observations(11)/result',
      'Observations(11)/Datastream',
      'Observations(11)/FeatureOfInterest',
      'Things(1)/Datastreams(2)',
      'Things(1)/Datastreams(2)/Observations',
    ])
      it(`${path} is not there`, async () => {
        assert.equal((await client().get(path)).status, 404);
        assert.equal((await client().get(path, 'sachbearbeitung')).status, 200);
      });
    it('is counted and expanded for nobody outside', async () => {
      const thing = (who?: TestActor) => client().json('Things(1)?$expand=Datastreams($count=true;$expand=Observations($top=1))', who);
      assert.equal((await thing())['Datastreams@iot.count'], 1);
      assert.equal((await thing('revision'))['Datastreams@iot.count'], 2);
      const feature = await client().json('FeaturesOfInterest(1)?$expand=Observations($filter=id gt 10;$count=true)');
      assert.deepEqual([feature['Observations'], feature['Observations@iot.count']], [[], 0]);
    });
  });
}

function refusals(client: () => SensorClient): void {
  describe('what is refused', () => {
    for (const [path, status, option, position, detail] of [
      ['Thinks', 400, 'Pfad', 0, /Es gibt Things/],
      ['Things(99)', 404, undefined, undefined, /Das gibt es nicht/],
      ['Things(99)/Datastreams', 404, undefined, undefined, /Das gibt es nicht/],
      ['Things(2)/Datastreams(1)', 404, undefined, undefined, /Das gibt es nicht/],
      ["Things?$filter=nane eq 'x'", 400, '$filter', 0, /„nane“/],
      ["Things?$filter=name eq 'x' oder", 400, '$filter', 12, /Ende der Abfrage/],
      ['Things?$farbe=rot', 400, '$farbe', 0, /gibt es nicht/],
      ['Things(1)?$filter=id eq 1', 400, '$filter', 0, /passt nicht/],
      ['Things?$resultFormat=XML', 400, '$resultFormat', 0, /Möglich sind/],
      ['Things?$resultFormat=dataArray', 400, '$resultFormat', 0, /Möglich sind/],
      ['Things?$skiptoken=quatsch', 400, '$skiptoken', 0, /nextLink unverändert/],
      ['Things?$top=10000&$expand=Datastreams/Observations', 400, '$expand', 0, /Setzen Sie \$top/],
      [`Observations?$filter=1${' add 1'.repeat(300)} eq 301`, 400, '$filter', undefined, /Stufen/],
    ] as const)
      it(path.slice(0, 80), async () => {
        const response = await client().get(path);
        const body = (await response.json()) as Record<string, unknown>;
        assert.equal(response.status, status);
        assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8');
        assert.match(String(body['detail']), detail);
        assert.equal(body['option'], option);
        if (position !== undefined) assert.equal(body['position'], position);
      });
    it('a token that somebody has changed is no error of ours', async () => {
      for (const keys of [['2026-02-31'], ['nie'], [null], ['infinity'], ["'; drop table"]]) {
        const token = Buffer.from(JSON.stringify([1, ...keys])).toString('base64url');
        const { status } = await client().get(`Observations?$orderby=phenomenonTime&$skiptoken=${token}`);
        assert.ok(status === 200 || status === 400, String(status));
      }
    });
    it('a long chain of conditions is no deep one', async () => {
      const answer = await client().json(`Things?$filter=${Array.from({ length: 480 }, (_, index) => `id eq ${String(index)}`).join(' or ')}`);
      assert.deepEqual(idsOf(answer), [1, 2, 3]);
    });
  });
}
