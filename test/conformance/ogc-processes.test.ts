import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { featureOf, placeAt, pointAt, rectangle } from '../support/plan-data.ts';
import { AREA, EXCEPTION, ProcessCity, type Json } from '../support/process-city.ts';
import { engines } from '../support/temporary-database.ts';

const NO_JOB = '0190a000-0000-7000-8000-0000000000ff';

for (const engine of engines) {
  describe(`OGC API Processes on ${engine}`, () => {
    let city: ProcessCity;
    before(async () => {
      city = await ProcessCity.open(engine);
    });
    after(() => city.city.close());

    describe('documents', () => {
      it('/req/core/landingpage-success: links to processes and jobs, JSON and HTML', async () => {
        const { links } = await city.json('/ogc?f=json');
        for (const rel of [
          'service-desc',
          'conformance',
          'http://www.opengis.net/def/rel/ogc/1.0/processes',
          'http://www.opengis.net/def/rel/ogc/1.0/job-list',
        ])
          assert.ok(
            (links as Json[]).some((link) => link['rel'] === rel),
            rel,
          );
      });
      it('/req/core/conformance-success: names the classes that are there', async () => {
        const { conformsTo } = await city.json('/ogc/conformance');
        for (const name of ['core', 'ogc-process-description', 'json', 'html', 'job-list', 'dismiss'])
          assert.ok(conformsTo.includes(`http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/${name}`), name);
      });
      it('/req/core/process-list-success and /rec/core/pl-limit: summaries with links, as many as asked for', async () => {
        const { processes, links } = await city.json('/ogc/processes');
        assert.deepEqual(
          processes.map(({ id }: Json) => id),
          ['shade', 'canopy', 'noise', 'walk'],
        );
        for (const one of processes as Json[]) {
          assert.match(one['version'], /^\d+\.\d+\.\d+$/);
          assert.deepEqual(one['jobControlOptions'], ['sync-execute', 'async-execute', 'dismiss']);
          assert.ok((one['links'] as Json[]).some(({ rel }) => rel === 'self'));
        }
        assert.ok((links as Json[]).some(({ rel }) => rel === 'self'));
        assert.equal((await city.json('/ogc/processes?limit=2'))['processes'].length, 2);
      });
      for (const id of ['shade', 'canopy', 'noise', 'walk'])
        it(`/req/ogc-process-description: ${id} says inputs with schema and occurrence, outputs with schema, sources and uncertainty`, async () => {
          const { inputs, outputs, metadata } = await city.json(`/ogc/processes/${id}`);
          assert.equal(inputs['area'].minOccurs, 1);
          for (const input of Object.values<Json>(inputs)) assert.ok(input['title'] && input['schema'] && input['minOccurs'] <= input['maxOccurs']);
          assert.ok(Object.values(outputs as Json).every((output) => output.schema !== undefined));
          assert.ok(metadata.some(({ role }: Json) => role === 'uncertainty'));
        });
      it('/req/html/content: every document is a page, too, in each language', async () => {
        for (const path of ['/ogc/processes', '/ogc/processes/noise', '/ogc/jobs'])
          for (const lang of ['de', 'en', 'leicht']) {
            const answer = await city.get(`${path}?f=html&lang=${lang}`, 'citizen');
            assert.equal(answer.status, 200);
            assert.match(await answer.text(), /<h1/);
          }
      });
    });

    describe('refusals', () => {
      for (const [name, path, status, type] of [
        ['/req/core/process-exception/no-such-process', '/ogc/processes/orakel', 404, 'no-such-process'],
        ['/req/core/job-exception-no-such-job', `/ogc/jobs/${NO_JOB}`, 404, 'no-such-job'],
        ['/req/core/job-exception-no-such-job, what is no id', '/ogc/jobs/abc', 404, 'no-such-job'],
        ['/req/core/job-results-exception/no-such-job', `/ogc/jobs/${NO_JOB}/results`, 404, 'no-such-job'],
      ] as const)
        it(`${name}: GET ${path} -> ${status}`, async () => {
          const answer = await city.get(path, 'citizen');
          assert.equal(answer.status, status);
          assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
          assert.equal(((await answer.json()) as Json)['type'], `${EXCEPTION}/${type}`);
        });
      for (const [name, id, body, field] of [
        ['an input that there is none of', 'shade', { inputs: { area: AREA, farbe: 1 } }, 'inputs.farbe'],
        ['/req/core/job-creation-input-cardinality: the area is missing', 'shade', { inputs: {} }, 'inputs.area'],
        ['/req/core/job-creation-input-validation: an hour of 25', 'shade', { inputs: { area: AREA, hour: 25 } }, 'inputs.hour'],
        ['half an hour', 'shade', { inputs: { area: AREA, hour: 9.5 } }, 'inputs.hour'],
        ['a day that the calendar does not know', 'shade', { inputs: { area: AREA, date: '2026-02-30' } }, 'inputs.date'],
        ['a point for an area', 'canopy', { inputs: { area: { value: pointAt(0, 0) } } }, 'inputs.area'],
        ['an area of half the country', 'canopy', { inputs: { area: { value: rectangle(0, 0, 90_000) } } }, 'inputs.area'],
        ['an area without extent', 'canopy', { inputs: { area: { value: rectangle(0, 0, 0) } } }, 'inputs.area'],
        [
          'latitude before longitude',
          'canopy',
          {
            inputs: {
              area: {
                type: 'Polygon',
                coordinates: [
                  [
                    [53.5, 10],
                    [53.6, 10],
                    [53.6, 11],
                    [53.5, 10],
                  ],
                ],
              },
            },
          },
          'inputs.area',
        ],
        [
          'a ring that is open',
          'canopy',
          { inputs: { area: { type: 'Polygon', coordinates: [[placeAt(0, 0), placeAt(9, 0), placeAt(9, 9), placeAt(0, 9)]] } } },
          'inputs.area',
        ],
        ['texts for coordinates', 'canopy', { inputs: { area: { type: 'Polygon', coordinates: 'hier' } } }, 'inputs.area'],
        ['a collection that there is none of', 'canopy', { inputs: { area: AREA, trees: 'palmen' } }, 'inputs.trees'],
        ['a collection that citizens do not see', 'canopy', { inputs: { area: AREA, trees: 'geheim' } }, 'inputs.trees'],
        ['/req/core/job-creation-input-ref is not offered: a reference', 'canopy', { inputs: { area: { href: 'http://169.254.169.254/' } } }, 'inputs.area'],
        [
          'more combinations than allowed',
          'canopy',
          { inputs: { area: AREA, years: [0, 1, 2, 3, 4, 5, 6, 7, 8], growth: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8] } },
          'inputs',
        ],
        ['an output that there is none of', 'canopy', { inputs: { area: AREA }, outputs: { bild: {} } }, undefined],
        ['an output as a reference', 'canopy', { inputs: { area: AREA }, outputs: { table: { transmissionMode: 'reference' } } }, undefined],
        ['a subscriber', 'canopy', { inputs: { area: AREA }, subscriber: { successUri: 'http://localhost/' } }, undefined],
        ['a list for inputs', 'canopy', { inputs: [] }, undefined],
        ['no object', 'canopy', 7, undefined],
        ['NUL in a property', 'canopy', { inputs: { area: AREA, addTrees: featureOf(pointAt(1, 1), { name: '\0' }) } }, undefined],
      ] as const)
        it(`${name} -> 400 with a sentence`, async () => {
          const answer = await city.execute(id, body);
          const problem = (await answer.json()) as Json;
          assert.equal(answer.status, 400, JSON.stringify(problem));
          if (field !== undefined)
            assert.ok(
              (problem['errors'] as Json[]).some((one) => one['field'] === field),
              JSON.stringify(problem),
            );
          assert.match(problem['detail'], /[.]$/);
        });
      it('whoever is not signed in reads, but does not calculate', async () => {
        const answer = await city.send('POST', '/ogc/processes/canopy/execution', { inputs: { area: AREA } }, 'nobody');
        assert.equal(answer.status, 401);
        assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
      });
      it('unknown parameters and formats are refused', async () => {
        for (const path of [
          '/ogc/processes?farbe=1',
          '/ogc/processes?f=xml',
          '/ogc/jobs?status=krank',
          '/ogc/jobs?limit=0',
          '/ogc/jobs?datetime=gestern',
          '/ogc/jobs?minDuration=-1',
          '/ogc/jobs?cursor=xyz',
        ])
          assert.equal((await city.get(path, 'citizen')).status, 400, path);
      });
    });

    describe('calculating while somebody waits', () => {
      it('/req/core/job-creation-default-execution-mode and -sync-raw-value-one: one output comes as it is, with a link to its job', async () => {
        const answer = await city.execute('canopy', { inputs: { area: AREA }, outputs: { canopy: {} } });
        assert.equal(answer.status, 200, await answer.clone().text());
        assert.match(answer.headers.get('content-type')!, /^application\/geo\+json/);
        assert.match(answer.headers.get('link')!, /\/ogc\/jobs\/[0-9a-f-]{36}>; rel="monitor"/);
        assert.equal(((await answer.json()) as Json)['features'][0].geometry.type, 'MultiPolygon');
      });
      it('/req/core/job-creation-sync-document: numbers, members, table, provenance and maps in one document', async () => {
        const answer = await city.execute('canopy', { inputs: { area: AREA, crown: 4 }, response: 'document' });
        assert.equal(answer.status, 200, await answer.clone().text());
        const document = (await answer.json()) as Json;
        const { numbers, provenance, members, table, canopy } = document;
        const expected = Math.PI * 25 + Math.PI * 4;
        assert.ok(Math.abs(numbers.value.canopyArea.value - expected) < 4, JSON.stringify(numbers));
        assert.deepEqual([numbers.value.trees.value, numbers.value.unknownCrowns.value, numbers.value.canopyArea.unit], [2, 1, 'm²']);
        assert.equal(members.value.length, 1);
        assert.equal(canopy.mediaType, 'application/geo+json');
        assert.match(table.value, /canopyArea \[m²\]/);
        assert.deepEqual(
          provenance.value.data.map(({ collection, features, demo }: Json) => [collection, features, demo]),
          [['strassenbaeume', 2, true]],
        );
        assert.deepEqual(
          [provenance.value.process, provenance.value.version, provenance.value.inputs.crown, provenance.value.inputsHash.length],
          ['canopy', '1.0.0', 4, 64],
        );
      });
      it('/req/core/job-creation-default-outputs and -sync-raw-value-multi: without a word all outputs come as multipart/related', async () => {
        const answer = await city.execute('canopy', { inputs: { area: AREA } });
        assert.equal(answer.status, 200);
        const boundary = /^multipart\/related; boundary="([^"]+)"/.exec(answer.headers.get('content-type')!)![1]!;
        const parts = (await answer.text()).split(`--${boundary}`);
        assert.deepEqual(
          parts.flatMap((part) => /Content-ID: <(\w+)>/.exec(part)?.[1] ?? []),
          ['numbers', 'members', 'table', 'provenance', 'canopy'],
        );
        assert.equal(parts.at(-1), '--\r\n');
      });
      it('/req/core/job-creation-input-inline-object and GeoJSON as it is mean the same, in whichever order: the hash of the inputs is one', async () => {
        const hash = async (inputs: object): Promise<string> =>
          ((await (await city.execute('canopy', { inputs, outputs: { provenance: {} } })).json()) as Json)['inputsHash'];
        assert.equal(await hash({ area: AREA, crown: 4 }), await hash({ crown: [4], area: AREA.value }));
        assert.notEqual(await hash({ area: AREA, crown: 4 }), await hash({ area: AREA, crown: 5 }));
      });
      it('shade, noise and walking over the data of the city', async () => {
        const numbers = async (id: string, inputs: object): Promise<Json> => {
          const answer = await city.execute(id, { inputs, outputs: { numbers: {} } });
          assert.equal(answer.status, 200, await answer.clone().text());
          return (await answer.json()) as Json;
        };
        const shade = await numbers('shade', { area: AREA, hour: 13 });
        assert.deepEqual([shade['buildings'].value, shade['trees'].value], [1, 2]);
        assert.ok(shade['shadedArea'].value > 250);
        const bare = await numbers('shade', { area: AREA, hour: 13, removeBuildings: ['gebaeude-1'], removeTrees: ['strassenbaeume-1', 'strassenbaeume-2'] });
        assert.equal(bare['shadedArea'].value, 0);
        const noise = await numbers('noise', { area: { value: rectangle(-20, -20, 200) } });
        assert.deepEqual([noise['roads'].value, noise['people65'].value], [1, 10]);
        const area = { value: rectangle(-50, -50, 500) };
        const walk = await numbers('walk', { area, minutes: 10, destinations: { value: pointAt(400, 10) } });
        assert.equal(walk['people'].value, 18);
        const closed = await numbers('walk', { area, minutes: 10, destinations: { value: pointAt(400, 10) }, closedIds: ['wege-2'] });
        assert.equal(closed['people'].value, 13);
      });
      it('what a model cannot calculate is said to who waits', async () => {
        const answer = await city.execute('walk', { inputs: { area: AREA } });
        assert.equal(answer.status, 400);
        assert.match(((await answer.json()) as Json)['detail'], /Es gibt kein Ziel/);
      });
    });
  });
}
