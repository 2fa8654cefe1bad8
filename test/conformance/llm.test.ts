import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { expectOk, type Result } from '../../src/kernel/result.ts';
import type { Problem } from '../../src/kernel/problem.ts';
import { demoEntry, demoModel } from '../../src/modules/llm/public.ts';
import { llmCity, modelAt, OFFICER, order, read, type LlmCity } from '../support/llm-city.ts';
import {
  delta,
  DONE,
  DROP,
  fakeModelServer,
  finish,
  HANG,
  replies,
  says,
  toolCall,
  usage,
  vectors,
  type ModelServer,
  type Step,
} from '../support/model-server.ts';
import { endpointContract } from './llm-contract.ts';

let city: LlmCity;
let server: ModelServer;
const demo = demoModel('demo', 1);
before(async () => {
  server = await fakeModelServer();
  city = await llmCity({ models: [modelAt(server.baseUrl)] });
});
after(async () => {
  await server.close();
  await demo.close();
  await city.close();
});

const does = (...steps: readonly Step[]): void => server.behave(() => ({ steps }));

const impatient = (): LlmCity['models'] => city.with({ models: [modelAt(server.baseUrl, { idleSeconds: 1 })] }).models;

async function streamed(models = city.models): Promise<{ readonly text: string; readonly done: Awaited<ReturnType<LlmCity['models']['generate']>> }> {
  const running = expectOk(await models.stream(OFFICER, order()));
  const text = (await read(running.text)).join('');
  return { text, done: await running.done };
}

function problem<T>(result: Result<T, Problem>): string {
  assert.ok(!result.ok, `answered: ${JSON.stringify(result)}`);
  return result.problem.detail;
}

/** The newest entry of the journal. */
const journalled = async (): Promise<Record<string, unknown>> =>
  (await city.city.ctx.journal.readStream(city.city.database.read, 'llm:zusammenfassen')).at(-1)!.payload;

const object = { jsonSchema: { type: 'object', properties: { zahl: { type: 'integer' } } }, parse: (value: unknown) => (value as { zahl?: number }).zahl };

describe('a model that behaves', () => {
  it('an event split inside of a sign of several bytes is one sign', async () => {
    const bytes = Buffer.from(delta('Straße – 10 €'));
    const cut = bytes.indexOf(Buffer.from('ß')) + 1;
    does(bytes.subarray(0, cut), { waitMs: 20 }, bytes.subarray(cut), finish('stop'), DONE);
    assert.equal(expectOk((await streamed()).done).text, 'Straße – 10 €');
  });
  it('an answer without [DONE] is whole when it says that it is', async () => {
    does(delta('Fertig.'), finish('stop'));
    assert.equal(expectOk((await streamed()).done).finish, 'stop');
  });
  it('counted tokens are told, and become cents', async () => {
    does(delta('Gut.'), finish('stop'), usage(100, 50), DONE);
    assert.deepEqual(expectOk((await streamed()).done).usage, { inputTokens: 100, outputTokens: 50 });
    assert.equal((await journalled())['outputTokens'], 50);
  });
  it('an answer that stops at the bound says so', async () => {
    does(delta('Der Text ist'), finish('length'), DONE);
    assert.equal(expectOk((await streamed()).done).finish, 'length');
  });
  it('thinking aloud is not part of the answer', async () => {
    does('data: {"choices":[{"index":0,"delta":{"reasoning_content":"Hm."}}]}\n\n', delta('Ja.'), finish('stop'), DONE);
    assert.equal((await streamed()).text, 'Ja.');
  });
});

describe('a model that fails before it says anything', () => {
  it('401: the sentence names who can help, and the key is not tried again', async () => {
    const asked = server.requests.length;
    server.behave(() => replies(401, { error: { message: 'bad key sk-123' } }));
    assert.match(problem(await city.models.generate(OFFICER, order())), /Schlüssel fehlt oder ist falsch/);
    assert.equal(server.requests.length - asked, 1);
  });
  it('429 with Retry-After: waits that long and asks again', async () => {
    const from = server.requests.length;
    server.behave(({ number }) => (number === from ? replies(429, { error: { message: 'busy' } }, { 'retry-after': '1' }) : says('Jetzt.')));
    const begun = performance.now();
    assert.equal(expectOk(await city.models.generate(OFFICER, order())).text, 'Jetzt.');
    assert.ok(performance.now() - begun >= 990);
  });
  it('429 with a long Retry-After: says when, and does not wait', async () => {
    const asked = server.requests.length;
    server.behave(() => replies(429, { error: { message: 'busy' } }, { 'retry-after': '120' }));
    assert.match(problem(await city.models.generate(OFFICER, order())), /in 2 Minuten/);
    assert.equal(server.requests.length - asked, 1);
  });
  it('500: a plain sentence, asked once', async () => {
    const asked = server.requests.length;
    server.behave(() => replies(500, { error: { message: 'stack trace' } }));
    assert.match(problem(await city.models.generate(OFFICER, order())), /meldet einen Fehler/);
    assert.equal(server.requests.length - asked, 1);
  });
  it('stall: ends after the silence that the register names', async () => {
    does(HANG);
    const begun = performance.now();
    assert.match(problem(await impatient().generate(OFFICER, order())), /antwortet nicht mehr/);
    assert.ok(performance.now() - begun >= 990);
  });
  it('drop before the first byte: asked once, said plainly', async () => {
    const asked = server.requests.length;
    does(DROP);
    assert.match(problem(await city.models.generate(OFFICER, order())), /nicht erreichbar|abgebrochen/);
    assert.equal(server.requests.length - asked, 1);
  });
  it('nobody listens at the address', async () => {
    const gone = city.with({ models: [modelAt('http://127.0.0.1:9/v1')] });
    assert.match(problem(await gone.models.generate(OFFICER, order())), /nicht erreichbar/);
  });
  it('a redirect is not followed: the key stays where it was meant to go', async () => {
    server.behave(() => ({ status: 307, headers: { location: 'http://127.0.0.1:9/v1/chat/completions' }, steps: [] }));
    assert.match(problem(await city.models.generate(OFFICER, order())), /nicht erreichbar|Fehler/);
  });
  it('an error inside the stream is a failure', async () => {
    does('data: {"error":{"message":"out of memory"}}\n\n');
    assert.match(problem(await city.models.generate(OFFICER, order())), /lesen|Fehler/);
  });
  it('a refusal is said, and is no answer', async () => {
    does('data: {"choices":[{"index":0,"delta":{"refusal":"I cannot help."}}]}\n\n', finish('stop'), DONE);
    assert.match(problem(await city.models.generate(OFFICER, order())), /will darauf nicht antworten/);
    does(finish('content_filter'), DONE);
    assert.match(problem(await city.models.generate(OFFICER, order())), /will darauf nicht antworten/);
  });
});

describe('a model that fails on the way', () => {
  for (const [name, last] of [
    ['drop', DROP],
    ['stall', HANG],
    ['end without a word why', ''],
  ] as const)
    it(`${name} in mid-stream: what came is kept and called broken off`, async () => {
      does(delta('Die Brücke '), delta('wird '), { waitMs: 30 }, last);
      const { text, done } = await streamed(impatient());
      assert.equal(text, 'Die Brücke wird ');
      assert.equal(expectOk(done).finish, 'broken');
      assert.equal(expectOk(done).text, text);
      assert.match(String((await journalled())['finish']), /broken|stalled/);
    });
  it('an unrequested tool call is dropped, counted and journalled', async () => {
    does(toolCall('procedure.decide', { outcome: 'grant' }), delta('Gut.'), finish('tool_calls'), DONE);
    const { done } = await streamed();
    assert.equal(expectOk(done).text, 'Gut.');
    assert.equal((await journalled())['droppedCalls'], 1);
  });
  it('an answer that is a tool call only is no answer', async () => {
    does(toolCall('procedure.decide', { outcome: 'grant' }), finish('tool_calls'), DONE);
    assert.match(problem(await city.models.generate(OFFICER, order())), /lesen lässt/);
  });
  it('an endless answer is cut at the bound, and the line is closed', async () => {
    let sent = 0;
    function* endless(): Generator<string> {
      for (;;) {
        sent += 1;
        yield delta('und noch einmal das Gleiche, ');
      }
    }
    server.behave(() => ({ steps: endless() }));
    const value = expectOk(await city.models.generate(OFFICER, order({ maxTokens: 100 })));
    assert.equal(value.finish, 'length');
    assert.ok(value.text.length <= 1200);
    const now = sent;
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.ok(sent - now < 5000, `it still sends: ${sent - now}`);
    const after = sent;
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(sent, after, 'the line is still open');
  });
});

describe('an object that a model writes', () => {
  const wrote = (...texts: readonly string[]): number => {
    const from = server.requests.length;
    server.behave(({ number }) => says(texts[Math.min(number - from, texts.length - 1)]!));
    return from;
  };
  it('is asked for by its schema and read, also in a fence', async () => {
    wrote('```json\n{"zahl": 3}\n```');
    assert.equal(expectOk(await city.models.object(OFFICER, order(), object)).value, 3);
    assert.deepEqual((server.requests.at(-1)!.body.response_format as { type: string }).type, 'json_schema');
  });
  for (const [name, broken] of [
    ['truncated', '{"zahl": '],
    ['no', 'Die Zahl ist drei.'],
    ['of another shape', '{"anzahl": 3}'],
  ] as const) {
    it(`${name} JSON: may be mended once`, async () => {
      const from = wrote(broken, '{"zahl": 3}');
      assert.equal(expectOk(await city.models.object(OFFICER, order(), object)).value, 3);
      assert.equal(server.requests.length - from, 2);
      assert.equal((await journalled())['attempts'], 2);
    });
    it(`${name} JSON twice: refused`, async () => {
      const from = wrote(broken);
      assert.match(problem(await city.models.object(OFFICER, order(), object)), /lesen lässt/);
      assert.equal(server.requests.length - from, 2);
    });
  }
  it('a server that fails is not asked to mend', async () => {
    const from = server.requests.length;
    server.behave(() => replies(500, {}));
    assert.match(problem(await city.models.object(OFFICER, order(), object)), /meldet einen Fehler/);
    assert.equal(server.requests.length - from, 1);
  });
  it('texts inside are plain, and no key reaches the prototype', async () => {
    wrote('{"zahl": 1, "__proto__": {"boese": true}, "text": "<img src=x> [hier](https://boese.example)"}');
    const seen = await city.models.object(OFFICER, order(), { jsonSchema: {}, parse: (value) => value as Record<string, unknown> });
    const value = expectOk(seen).value;
    assert.equal(value['text'], '‹img src=x> [hier] (boese.example)');
    assert.equal(value['boese'], undefined);
    assert.deepEqual(Object.keys(value), ['zahl', 'text']);
  });
});

describe('vectors', () => {
  it('come one a text', async () => {
    server.behave(() => vectors([1, 0], [0, 1]));
    assert.deepEqual(expectOk(await city.models.embed(OFFICER, ['a', 'b'], 'public')), [
      [1, 0],
      [0, 1],
    ]);
  });
  for (const [name, answer] of [
    ['too few', vectors([1, 0])],
    ['of two lengths', vectors([1, 0], [1])],
    ['of another length than before', vectors([1, 0, 0], [0, 1, 0])],
    ['empty', vectors([], [])],
  ] as const)
    it(`${name}: refused`, async () => {
      server.behave(() => answer);
      assert.match(problem(await city.models.embed(OFFICER, ['a', 'b'], 'public')), /lesen lässt/);
    });
  it('texts about people stay here', async () => {
    const asked = server.requests.length;
    problem(await city.models.embed(OFFICER, ['a'], 'personal'));
    assert.equal(server.requests.length, asked);
  });
});

describe('the demo model', () => {
  it('refuses to start in production', () => assert.throws(() => demoModel('production'), /Echtbetrieb/));
  it('says in the register what it is', () => assert.match(demoEntry('2026-11-29').label, /kein Sprachmodell/));
});

const demoModels = () => city.with({ models: [{ ...demoEntry('2026-11-29'), source: { kind: 'openai', baseUrl: () => demo.baseUrl() } }] }).models;
endpointContract('demo model', { models: demoModels, embeds: true });

const { ASSISTANT_BASE_URL: baseUrl, ASSISTANT_MODEL: model, ASSISTANT_API_KEY: apiKey, ASSISTANT_EMBEDDING_MODEL: embeddingModel } = process.env;
if (baseUrl === undefined || model === undefined)
  it('the endpoint of this city', { skip: 'ASSISTANT_BASE_URL and ASSISTANT_MODEL name none; set them to run the contract against a real endpoint' }, () => {});
else {
  const source = { kind: 'openai', baseUrl, ...(apiKey === undefined ? {} : { apiKey }) } as const;
  const entry = { ...modelAt(baseUrl, { source, model, idleSeconds: 120 }), embeddingModel: embeddingModel ?? model };
  endpointContract(baseUrl, { models: () => city.with({ models: [entry] }).models, embeds: embeddingModel !== undefined });
}
