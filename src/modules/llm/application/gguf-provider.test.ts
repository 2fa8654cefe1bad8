import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { TINY_CONTEXT, tinyGguf } from '../../../../test/support/tiny-gguf.ts';
import type { FailureReason } from '../domain/failure.ts';
import { ggufProvider } from './gguf-provider.ts';
import { ProviderFailure, type Provider, type ProviderPart, type ProviderRequest } from './provider.ts';

/** The library that reads the file is not part of this program. */
const installed = ((): boolean => {
  try {
    createRequire(import.meta.url).resolve('node-llama-cpp');
    return true;
  } catch {
    return false;
  }
})();
const skip = installed ? false : 'node-llama-cpp is not installed; an operator does so (docs/how-to/assistant.md)';

const folder = mkdtempSync(join(tmpdir(), 'gguf-'));
after(() => rmSync(folder, { recursive: true }));

function written(name: string, bytes: Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

const QUESTION: ProviderRequest = { system: 'Antworten Sie kurz.', turns: [{ role: 'user', text: 'Guten Tag.' }], maxTokens: 20 };
const stays = (): AbortSignal => new AbortController().signal;

async function partsOf(provider: Provider, request: ProviderRequest, signal = stays()): Promise<readonly ProviderPart[]> {
  const parts: ProviderPart[] = [];
  for await (const part of provider.stream(request, signal)) parts.push(part);
  return parts;
}

const piecesOf = (parts: readonly ProviderPart[]): readonly string[] => parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
const endOf = (parts: readonly ProviderPart[]): Extract<ProviderPart, { kind: 'finish' }> => {
  const last = parts.at(-1);
  assert.equal(last?.kind, 'finish');
  return last;
};

const refuses =
  (reason: FailureReason, step?: string) =>
  (error: unknown): boolean =>
    error instanceof ProviderFailure && error.reason === reason && (step === undefined || error.facts['step'] === step);

it('the file of noise is the same on every machine', () => {
  assert.equal(createHash('sha256').update(tinyGguf()).digest('hex'), 'c9058c71c326e763f18cd1d6167e45e8ef16240e1f9ab1f4b82a34ddae23fbff');
});

describe('a model of noise in a GGUF file', { skip }, () => {
  const file = installed ? written('tiny.gguf', tinyGguf()) : '';
  const provider = ggufProvider({ file, contextTokens: 32_000 });
  after(() => provider.close());

  it('streams pieces, counts, and holds the bound', async () => {
    const parts = await partsOf(provider, QUESTION);
    const pieces = piecesOf(parts);
    assert.ok(pieces.length > 1 && !pieces.includes(''), JSON.stringify(pieces));
    const { reason, usage } = endOf(parts);
    assert.equal(reason, 'length');
    assert.equal(usage?.outputTokens, QUESTION.maxTokens);
    assert.ok(usage.inputTokens >= QUESTION.system.length + 'Guten Tag.'.length, 'every letter is a token here');
  });

  it('reads the whole conversation, and nothing of an order before', async () => {
    const first = await partsOf(provider, QUESTION);
    const longer = { ...QUESTION, turns: [{ role: 'user', text: 'Was gilt?' }, { role: 'assistant', text: 'Die Satzung.' }, ...QUESTION.turns] } as const;
    const talk = await partsOf(provider, longer);
    assert.ok(endOf(talk).usage!.inputTokens - endOf(first).usage!.inputTokens >= 'Was gilt?Die Satzung.'.length);
    assert.deepEqual(await partsOf(provider, QUESTION), first);
  });

  it('ends in mid-stream when the signal aborts', async () => {
    const ending = new AbortController();
    const heard: ProviderPart[] = [];
    for await (const part of provider.stream({ ...QUESTION, maxTokens: 900 }, ending.signal)) {
      heard.push(part);
      if (piecesOf(heard).length === 3) ending.abort();
    }
    assert.equal(piecesOf(heard).length, 3);
    assert.ok(!heard.some(({ kind }) => kind === 'finish'), 'what was broken off has no end of its own');
    assert.equal(endOf(await partsOf(provider, QUESTION)).reason, 'length');
  });

  it('computes no further when the reader leaves', async () => {
    const long = { ...QUESTION, maxTokens: 900 };
    const took = async (work: () => Promise<unknown>): Promise<number> => {
      const from = performance.now();
      await work();
      return performance.now() - from;
    };
    const leave = async (): Promise<void> => {
      for await (const part of provider.stream(long, stays())) if (part.kind === 'text') return;
    };
    const whole = await took(() => partsOf(provider, long));
    // the best of several: a pause of the machine is no computation
    const left = Math.min(await took(leave), await took(leave), await took(leave));
    assert.ok(left < whole / 2, `${left / whole} of a whole answer`);
    assert.equal(endOf(await partsOf(provider, QUESTION)).reason, 'length');
  });

  it('writes an object of the schema even out of noise', async () => {
    const jsonSchema = {
      type: 'object',
      properties: { complete: { type: 'boolean' }, kind: { enum: ['Antrag', 'Widerspruch'] } },
      required: ['complete', 'kind'],
      additionalProperties: false,
    };
    const parts = await partsOf(provider, { ...QUESTION, maxTokens: 200, jsonSchema });
    const value = JSON.parse(piecesOf(parts).join('')) as Record<string, unknown>;
    assert.deepEqual(Object.keys(value), ['complete', 'kind']);
    assert.equal(typeof value['complete'], 'boolean');
    assert.match(String(value['kind']), /^(Antrag|Widerspruch)$/);
    assert.equal(endOf(parts).reason, 'stop');
  });

  it('orders take turns, also where one leaves before its own', async () => {
    const events: string[] = [];
    const run = async (name: string, signal: AbortSignal): Promise<void> => {
      for await (const { kind } of provider.stream(QUESTION, signal)) if (kind !== 'alive') events.push(`${name} ${kind}`);
    };
    const leaving = new AbortController();
    const all = [run('first', stays()), run('second', leaving.signal), run('third', stays())];
    leaving.abort();
    await Promise.all(all);
    const firstEnds = events.indexOf('first finish');
    assert.ok(firstEnds > 0);
    assert.ok(
      events.slice(0, firstEnds).every((event) => event.startsWith('first')),
      events.join(),
    );
    assert.ok(
      events.slice(firstEnds + 1).every((event) => event.startsWith('third')),
      events.join(),
    );
    assert.equal(events.at(-1), 'third finish');
  });

  it('says that it waits for its turn, so that it is not taken for hanging', async (t) => {
    const first = provider.stream({ ...QUESTION, maxTokens: 900 }, stays())[Symbol.asyncIterator]();
    await first.next();
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const second = provider.stream(QUESTION, stays())[Symbol.asyncIterator]();
    const heard = second.next();
    t.mock.timers.tick(60_000);
    assert.deepEqual(await heard, { done: false, value: { kind: 'alive' } });
    t.mock.timers.reset();
    await first.return?.();
    assert.equal((await second.next()).value?.kind, 'text');
    await second.return?.();
  });

  it('refuses an order that does not fit, and cuts nothing in silence', async () => {
    const long = { ...QUESTION, turns: [{ role: 'user', text: 'Wort '.repeat(TINY_CONTEXT / 4) }] } as const;
    await assert.rejects(partsOf(provider, long), refuses('too-long'));
    await assert.rejects(partsOf(provider, { ...QUESTION, maxTokens: TINY_CONTEXT }), refuses('too-long'));
    await assert.rejects(partsOf(ggufProvider({ file, contextTokens: 100 }), { ...QUESTION, maxTokens: 300 }), refuses('too-long'));
  });

  it('makes a vector of every text, and refuses one that does not fit', async () => {
    const [one, other, again] = await provider.embed(['Hund', 'Steuer', 'Hund'], stays());
    assert.equal(one!.length, 64);
    assert.deepEqual(again, one);
    assert.notDeepEqual(other, one);
    await assert.rejects(provider.embed(['Hund', 'x'.repeat(TINY_CONTEXT)], stays()), refuses('too-long'));
  });

  it('refuses a missing or broken file plainly, and takes it once it is whole', async () => {
    const bytes = tinyGguf();
    await assert.rejects(partsOf(ggufProvider({ file: join(folder, 'missing.gguf'), contextTokens: 32_000 }), QUESTION), refuses('unreachable', 'file'));
    const mended = ggufProvider({ file: written('mended.gguf', Buffer.from('no model at all')), contextTokens: 32_000 });
    await assert.rejects(partsOf(mended, QUESTION), refuses('unreachable', 'file'));
    for (const length of [0, 20, 5000, bytes.length / 2]) {
      written('mended.gguf', bytes.subarray(0, length));
      await assert.rejects(partsOf(mended, QUESTION), refuses('unreachable', 'file'), `${length} bytes`);
    }
    written('mended.gguf', bytes);
    assert.equal(endOf(await partsOf(mended, QUESTION)).reason, 'length');
    await mended.close();
  });

  it('holds the model until it is closed, after the answer that runs', async () => {
    const held = written('held.gguf', tinyGguf());
    const closing = ggufProvider({ file: held, contextTokens: 32_000 });
    const running = partsOf(closing, QUESTION);
    await Promise.all([running, closing.close()]);
    assert.equal(endOf(await running).reason, 'length');
    await partsOf(closing, QUESTION);
    rmSync(held);
    assert.equal(endOf(await partsOf(closing, QUESTION)).reason, 'length');
    await closing.close();
    await assert.rejects(partsOf(closing, QUESTION), refuses('unreachable', 'file'));
  });
});

const real = process.env['ASSISTANT_TEST_GGUF'];
const withoutReal = skip !== false ? skip : real === undefined ? 'ASSISTANT_TEST_GGUF names no GGUF file of a trained model' : false;

it("answers from an operator's GGUF file", { skip: withoutReal }, async () => {
  const provider = ggufProvider({ file: real!, contextTokens: 2000 });
  const parts = await partsOf(provider, QUESTION);
  assert.notEqual(piecesOf(parts).join(''), '');
  assert.match(endOf(parts).reason, /stop|length/);
  await provider.close();
});

it('without the library it says that there is no model, and stays usable', { skip: installed ? 'node-llama-cpp is installed' : false }, async () => {
  const provider = ggufProvider({ file: '/nowhere.gguf', contextTokens: 32_000 });
  for (let nth = 0; nth < 2; nth += 1) await assert.rejects(partsOf(provider, QUESTION), refuses('unreachable', 'library'));
  await provider.close();
});
