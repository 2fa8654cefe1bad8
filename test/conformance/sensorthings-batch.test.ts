import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { mqttCity, type MqttCity } from '../support/mqtt-city.ts';
import { engines } from '../support/temporary-database.ts';
import { as, type TestActor } from '../support/test-server.ts';

const ROOT = 'http://localhost:8080/sta/v1.1';
const SENSOR = { name: 'Radar', description: 'Misst', encodingType: 'text/html', metadata: 'https://example.org' };
const STREAM = {
  name: 'Temperatur',
  description: 'Luft',
  observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
  unitOfMeasurement: { name: 'Grad', symbol: '°C', definition: 'x' },
};

interface Answered {
  readonly id: string;
  readonly status: number;
  readonly location?: string;
  readonly body?: Record<string, unknown>;
}

for (const engine of engines) {
  describe(`SensorThings batches and counts on ${engine}`, { timeout: 120_000 }, () => {
    let city: MqttCity;
    before(async () => void (city = await mqttCity({ engine })));
    after(() => city.close());
    json(() => city);
    sets(() => city);
    multipart(() => city);
    bounds(() => city);
    counts(() => city);
    it('nothing broke on the way', () =>
      assert.deepEqual(
        city.city.log.lines.filter(({ event }) => event === 'http.failed'),
        [],
      ));
  });
}

const ask = (city: MqttCity, body: string, type: string, who?: TestActor): Promise<Response> =>
  Promise.resolve(
    city.server.request('/sta/v1.1/$batch', {
      method: 'POST',
      headers: { 'content-type': type, origin: 'http://localhost:8080', ...(who === undefined ? {} : as(who)) },
      body,
    }),
  );

async function batch(city: MqttCity, requests: readonly object[], who: TestActor | undefined = 'administration'): Promise<readonly Answered[]> {
  const answer = await ask(city, JSON.stringify({ requests }), 'application/json', who);
  assert.equal(answer.status, 200, await answer.clone().text());
  return ((await answer.json()) as { responses: Answered[] }).responses;
}

const stranger = (city: MqttCity, requests: readonly object[]): Promise<readonly Answered[]> =>
  ask(city, JSON.stringify({ requests }), 'application/json').then(async (answer) => ((await answer.json()) as { responses: Answered[] }).responses);

const things = async (city: MqttCity): Promise<string> => (await city.server.request('/sta/v1.1/Things/$count')).text();
const statuses = (answers: readonly Answered[]): readonly (readonly [string, number])[] => answers.map(({ id, status }) => [id, status]);

function json(city: () => MqttCity): void {
  describe('req/batch-request/batch-request, as JSON (OData JSON Format 4.01, 19)', () => {
    it('reads and writes in the order given, each with its own answer', async () => {
      const answers = await batch(city(), [
        { id: '0', method: 'get', url: 'Things(1)?$select=name' },
        { id: '1', method: 'post', url: '/sta/v1.1/Things', body: { name: 'Ganz neu', description: 'x' } },
        { id: '2', method: 'PATCH', url: `${ROOT}/Things(2)`, body: { description: 'anders' } },
        { id: '3', method: 'get', url: 'Things(2)/description/$value' },
        { id: '4', method: 'get', url: 'Things(99)' },
        { id: '5', method: 'get', url: "Things?$filter=name%20eq%20'Ganz%20neu'&$count=true" },
        {
          id: '6',
          method: 'patch',
          url: 'Things(2)',
          headers: { 'Content-Type': 'application/json-patch+json' },
          body: [{ op: 'replace', path: '/name', value: 'Pegel' }],
        },
        { id: '7', method: 'get', url: 'Things(2)/name' },
      ]);
      assert.deepEqual(statuses(answers), [
        ['0', 200],
        ['1', 201],
        ['2', 200],
        ['3', 200],
        ['4', 404],
        ['5', 200],
        ['6', 200],
        ['7', 200],
      ]);
      assert.deepEqual(
        [answers[0]!.body, answers[3]!.body, answers[5]!.body!['@iot.count'], answers[7]!.body],
        [{ name: 'Zählstelle Elbchaussee' }, 'anders', 1, { name: 'Pegel' }],
      );
      assert.match(answers[1]!.location!, /\/sta\/v1\.1\/Things\(\d+\)$/);
    });
    it('names what was made earlier, in addresses and bodies', async () => {
      const answers = await batch(city(), [
        { id: 'sensor', method: 'post', url: 'Sensors', body: SENSOR },
        { id: 'thing', method: 'post', url: 'Things', body: { name: 'Mast', description: 'x' } },
        { id: 'stream', method: 'post', url: '$thing/Datastreams', body: { ...STREAM, Sensor: { '@iot.id': '$sensor' }, ObservedProperty: { '@iot.id': 1 } } },
        { id: 'value', method: 'post', url: '$stream/Observations', body: { result: 21.5 } },
        { id: 'all', method: 'get', url: '$thing?$expand=Datastreams($expand=Sensor,Observations)' },
        { id: 'gone', method: 'delete', url: '$thing' },
        { id: 'none', method: 'get', url: '$thing' },
      ]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [201, 201, 201, 201, 200, 200, 404],
      );
      const [stream] = answers[4]!.body!['Datastreams'] as { Sensor: { name: string }; Observations: { result: number }[] }[];
      assert.deepEqual([stream!.Sensor.name, stream!.Observations.map(({ result }) => result)], ['Radar', [21.5]]);
    });
    it('dependsOn: what builds on a failed request is not done', async () => {
      const answers = await batch(city(), [
        { id: 'a', method: 'post', url: 'Things', body: { name: 'ohne Beschreibung' } },
        { id: 'b', method: 'post', url: 'Things', dependsOn: ['a'], body: { name: 'b', description: 'x' } },
        { id: 'c', method: 'get', url: 'Things(1)/name' },
      ]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [400, 424, 200],
      );
    });
    it('everything with the own rights of who asks', async () => {
      const requests = [
        { id: 'read', method: 'get', url: 'Datastreams(1)/name' },
        { id: 'internal', method: 'get', url: 'Datastreams(2)' },
        { id: 'observations', method: 'get', url: 'Observations?$filter=id%20eq%2011' },
        { id: 'write', method: 'post', url: 'Things', body: { name: 'fremd', description: 'x' } },
        { id: 'set', method: 'post', url: 'Things', atomicityGroup: 'g', body: { name: 'fremd', description: 'x' } },
      ];
      const answers = await stranger(city(), requests);
      assert.deepEqual(statuses(answers), [
        ['read', 200],
        ['internal', 404],
        ['observations', 200],
        ['write', 401],
        ['set', 401],
      ]);
      assert.deepEqual(answers[2]!.body!['value'], []);
      assert.deepEqual(
        (await batch(city(), requests, 'citizen')).map(({ status }) => status),
        [200, 404, 200, 403, 403],
      );
      assert.deepEqual(
        (await batch(city(), requests, 'sachbearbeitung')).map(({ status }) => status),
        [200, 200, 200, 403, 403],
      );
      assert.deepEqual((await city().read("Things?$filter=name eq 'fremd'"))['value'], []);
    });
    it('what a batch writes is told over MQTT', async () => {
      const { client, messages } = await city().connect();
      await client.subscribeAsync('v1.1/Datastreams(1)/Observations');
      await batch(city(), [
        { id: '1', method: 'post', url: 'Datastreams(1)/Observations', body: { result: 'allein' } },
        { id: '2', method: 'post', url: 'Datastreams(1)/Observations', atomicityGroup: 'g', body: { result: 'in der Gruppe' } },
      ]);
      await city().until(() => ['allein', 'in der Gruppe'].every((result) => messages.some(({ value }) => value['result'] === result)));
      client.end();
    });
  });
}

function sets(city: () => MqttCity): void {
  describe('sets of changes (OData 4.0, 11.7.4)', () => {
    const group = (requests: readonly object[]) => requests.map((request) => ({ atomicityGroup: 'g', ...request }));
    it('are done whole, with names for what is made on the way', async () => {
      const answers = await batch(
        city(),
        group([
          { id: 'thing', method: 'post', url: 'Things', body: { name: 'Mast 2', description: 'x' } },
          { id: 'stream', method: 'post', url: '$thing/Datastreams', body: { ...STREAM, Sensor: { '@iot.id': 1 }, ObservedProperty: { '@iot.id': 1 } } },
          {
            id: 'value',
            method: 'post',
            url: 'Observations',
            body: { result: 1, phenomenonTime: '2031-05-01T00:00:00Z', Datastream: { '@iot.id': '$stream' } },
          },
          {
            id: 'patch',
            method: 'patch',
            url: '$thing',
            headers: { 'content-type': 'application/json-patch+json' },
            body: [{ op: 'add', path: '/properties', value: { a: 1 } }],
          },
          { id: 'put', method: 'put', url: 'Things(3)', body: { name: 'Drei', description: 'x' } },
        ]),
      );
      assert.deepEqual(
        answers.map(({ status }) => status),
        [201, 201, 201, 200, 200],
      );
      const { value } = (await city().read("Things?$filter=name eq 'Mast 2'&$top=1&$expand=Datastreams/Observations")) as { value: Record<string, unknown>[] };
      assert.deepEqual(value[0]!['properties'], { a: 1 });
      assert.equal((value[0]!['Datastreams'] as { Observations: object[] }[])[0]!.Observations.length, 1);
      const journal = await city().city.ctx.journal.readAfter(city().city.ctx.database.read, 0, { kinds: ['sensors.created', 'sensors.changed'] });
      assert.deepEqual(
        journal.slice(-4).map(({ kind, stream }) => `${kind} ${stream.replace(/\(.*/, '')}`),
        ['sensors.created sensors:Things', 'sensors.created sensors:Datastreams', 'sensors.changed sensors:Things', 'sensors.changed sensors:Things'],
      );
    });
    it('a JSON Patch moves an observation into a month that nobody measured in', async () => {
      const [made] = await batch(city(), [
        { id: '1', method: 'post', url: 'Datastreams(1)/Observations', body: { result: 7, phenomenonTime: '2031-05-02T00:00:00Z' } },
      ]);
      const [moved] = await batch(
        city(),
        group([
          {
            id: 'p',
            method: 'patch',
            url: made!.location,
            headers: { 'content-type': 'application/json-patch+json' },
            body: [{ op: 'replace', path: '/phenomenonTime', value: '2032-07-01T00:00:00Z' }],
          },
        ]),
      );
      assert.equal(moved!.status, 200, JSON.stringify(moved));
    });
    for (const [why, last] of [
      ['wrong in form', { id: 'last', method: 'post', url: 'Things', body: { name: 'x' } }],
      ['not there', { id: 'last', method: 'patch', url: 'Things(4711)', body: { name: 'x' } }],
      ['a name that nothing has', { id: 'last', method: 'post', url: '$nichts/Datastreams', body: {} }],
      ['a read', { id: 'last', method: 'get', url: 'Things(1)' }],
      ['somewhere else', { id: 'last', method: 'post', url: 'http://example.org/sta/v1.1/Things', body: {} }],
    ] as const)
      it(`are not done at all when one is ${why}`, async () => {
        const before = await things(city());
        const answers = await batch(city(), [
          ...group([{ id: 'first', method: 'post', url: 'Things', body: { name: 'halb', description: 'x' } }, last]),
          { id: 'after', method: 'get', url: 'Things(1)/name' },
          { id: 'needs', method: 'get', url: 'Things(1)/name', dependsOn: ['g'] },
        ]);
        const [first, failed, next, needing] = answers;
        assert.equal(first!.status, 424);
        assert.ok(failed!.status === 400 || failed!.status === 404, String(failed!.status));
        assert.deepEqual([next!.status, needing!.status], [200, 424]);
        assert.equal(await things(city()), before);
      });
  });
}

function multipart(city: () => MqttCity): void {
  describe('req/batch-request/batch-request, as multipart/mixed (OData 4.0, 11.7.2)', () => {
    const http = (request: string, id?: string): string =>
      `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n${id === undefined ? '' : `Content-ID: ${id}\r\n`}\r\n${request}`;
    const post = (url: string, body: object): string =>
      `POST ${url} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(body)}`;
    const mixed = (boundary: string, parts: readonly string[]): string => `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--`;
    const set = (parts: readonly string[]): string => `Content-Type: multipart/mixed;boundary=cs_1\r\n\r\n${mixed('cs_1', parts)}`;
    const send = async (parts: readonly string[], newline = '\r\n'): Promise<string> => {
      const answer = await ask(city(), mixed('b_1', parts).replaceAll('\r\n', newline), 'multipart/mixed; boundary=b_1', 'administration');
      const text = await answer.text();
      assert.equal(answer.status, 200, text);
      assert.match(answer.headers.get('content-type')!, /^multipart\/mixed; boundary=batch_/);
      return text;
    };
    const lines = (text: string): readonly string[] => [...text.matchAll(/^HTTP\/1\.1 (\d+) /gm)].map(([, status]) => status!);
    for (const newline of ['\r\n', '\n'])
      it(`reads, a set with names, and a read (${JSON.stringify(newline)})`, async () => {
        const text = await send(
          [
            http('GET /sta/v1.1/Things(1)?$select=name HTTP/1.1\r\nHost: localhost\r\n\r\n'),
            set([
              http(post('Things', { name: 'Mast 3', description: 'x' }), '1'),
              http(post('$1/Datastreams', { ...STREAM, Sensor: { '@iot.id': 1 }, ObservedProperty: { '@iot.id': 1 } }), '2'),
            ]),
            http('GET Things(99) HTTP/1.1\r\n\r\n'),
          ],
          newline,
        );
        assert.deepEqual(lines(text), ['200', '201', '201', '404']);
        assert.match(text, /Content-Type: multipart\/mixed; boundary=changeset_/);
        assert.match(text, /Content-ID: 1\r\n[\s\S]*location: http:\/\/localhost:8080\/sta\/v1\.1\/Things\(\d+\)[\s\S]*Content-ID: 2\r\n/);
      });
    it('of a set that failed one answer comes, and nothing is done', async () => {
      const before = await things(city());
      const text = await send([
        set([http(post('Things', { name: 'a', description: 'x' }), '1'), http(post('Things', {}), '2')]),
        http('GET Things(1) HTTP/1.1\r\n\r\n'),
      ]);
      assert.deepEqual(lines(text), ['400', '200']);
      assert.equal(await things(city()), before);
    });
    for (const [why, type, body] of [
      ['no boundary', 'multipart/mixed', '--x\r\n\r\n--x--'],
      ['no end', 'multipart/mixed; boundary=x', '--x\r\nContent-Type: application/http\r\n\r\nGET Things HTTP/1.1\r\n'],
      ['no request', 'multipart/mixed; boundary=x', '--x\r\nContent-Type: application/http\r\n\r\nquatsch\r\n--x--'],
      ['no http', 'multipart/mixed; boundary=x', '--x\r\nContent-Type: text/plain\r\n\r\nGET Things HTTP/1.1\r\n--x--'],
      ['no JSON', 'multipart/mixed; boundary=x', '--x\r\nContent-Type: application/http\r\n\r\nPOST Things HTTP/1.1\r\n\r\n{\r\n--x--'],
      ['an empty set', 'multipart/mixed; boundary=x', '--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y--\r\n--x--'],
      ['another form', 'text/plain', 'x'],
    ] as const)
      it(`refuses ${why}`, async () => {
        const answer = await ask(city(), body, type, 'administration');
        assert.equal(answer.status, 400, await answer.clone().text());
        assert.match(answer.headers.get('content-type')!, /problem\+json/);
      });
  });
}

function bounds(city: () => MqttCity): void {
  describe('what a batch may be', () => {
    const read = (id: number) => ({ id: String(id), method: 'get', url: 'Things(1)/name' });
    for (const [why, body, status] of [
      ['201 requests', { requests: Array.from({ length: 201 }, (_, id) => read(id)) }, 400],
      ['no requests', {}, 400],
      ['the same id twice', { requests: [read(1), read(1)] }, 400],
      ['a verb that is none', { requests: [{ ...read(1), method: 'head' }] }, 400],
      ['a group in two pieces', { requests: [{ ...read(1), atomicityGroup: 'g' }, read(2), { ...read(3), atomicityGroup: 'g' }] }, 400],
      ['NUL', { requests: [{ id: '1', method: 'post', url: 'Things', body: { name: '\0', description: 'x' } }] }, 400],
      ['more than 10 MB', { requests: [], padding: 'x'.repeat(11 * 1024 * 1024) }, 413],
    ] as const)
      it(`refuses ${why}`, async () => {
        assert.equal((await ask(city(), JSON.stringify(body), 'application/json')).status, status);
      });
    it('a picture written as two escapes, as many languages write JSON, is a text', async () => {
      const answer = await ask(
        city(),
        '{"requests": [{"id": "1", "method": "post", "url": "Things", "body": {"name": "\\ud83c\\udf33", "description": "x"}}]}',
        'application/json',
        'administration',
      );
      assert.deepEqual(
        ((await answer.json()) as { responses: Answered[] }).responses.map(({ status }) => status),
        [201],
      );
      assert.equal(((await city().read("Things?$filter=name eq '🌳'")) as { value: object[] }).value.length, 1);
    });
    it('what cannot be kept is refused, however it comes', async () => {
      const part = (request: string): string => `--x\r\nContent-Type: application/http\r\n\r\n${request}\r\n--x--`;
      for (const json of ['['.repeat(100_000) + ']'.repeat(100_000), '{"name": "\\u0000", "description": "x"}']) {
        const answer = await ask(city(), part(`POST Things HTTP/1.1\r\n\r\n${json}`), 'multipart/mixed; boundary=x', 'administration');
        assert.equal(answer.status, 400);
        assert.equal(
          (await ask(city(), `{"requests": [{"id": "1", "method": "post", "url": "Things", "body": ${json}}]}`, 'application/json', 'administration')).status,
          400,
        );
      }
      assert.deepEqual(
        (
          await stranger(city(), [
            { id: '1', method: 'get', url: "Things?$filter=name%20eq%20'%00'" },
            { id: '2', method: 'get', url: 'Things%00' },
            { id: '3', method: 'get', url: '%zz' },
          ])
        ).map(({ status }) => status),
        [200, 400, 404],
      );
    });
    it('comes from this city only when it comes with a session', async () => {
      const body = JSON.stringify({ requests: [{ id: '1', method: 'post', url: 'Things', body: { name: 'x', description: 'x' } }] });
      const answer = await city().server.request('/sta/v1.1/$batch', {
        method: 'POST',
        headers: { ...as('administration'), 'content-type': 'application/json', origin: 'https://evil.example' },
        body,
      });
      assert.equal(answer.status, 403);
    });
    it('200 requests are answered; a batch in a batch is not', async () => {
      assert.equal(
        (
          await stranger(
            city(),
            Array.from({ length: 200 }, (_, id) => read(id)),
          )
        ).length,
        200,
      );
      assert.deepEqual(statuses(await batch(city(), [{ id: '1', method: 'post', url: '$batch', body: { requests: [] } }])), [['1', 404]]);
    });
    it('is listed in serverSettings', async () => {
      const { serverSettings } = (await (await city().server.request('/sta/v1.1')).json()) as { serverSettings: { conformance: string[] } };
      assert.ok(serverSettings.conformance.includes('http://www.opengis.net/spec/iot_sensing/1.1/req/batch-request/batch-request'));
    });
  });
}

function counts(city: () => MqttCity): void {
  describe('/$count of a set', () => {
    for (const [path, expected] of [
      ['Sensors/$count?$filter=id lt 3', '2'],
      ['Things(1)/Datastreams/$count', '1'],
      ['Datastreams/$count?$filter=id lt 5', '2'],
      ["Sensors/$count?$filter=name eq 'gibt es nicht'", '0'],
      ['MultiDatastreams(3)/Observations/$count', '2'],
    ] as const)
      it(`${path}: ${expected}`, async () => {
        const answer = await city().server.request(`/sta/v1.1/${path}`);
        assert.deepEqual([answer.status, answer.headers.get('content-type'), await answer.text()], [200, 'text/plain; charset=utf-8', expected]);
      });
    for (const path of ['Things(1)/$count', 'Things/$count?$top=1', 'Things(1)/name/$count', 'Things(99)/Datastreams/$count', 'Datastreams(1)/Thing/$count'])
      it(`${path} is refused`, async () => {
        const { status } = await city().server.request(`/sta/v1.1/${path}`);
        assert.ok(status === 400 || status === 404, String(status));
      });
  });
}
