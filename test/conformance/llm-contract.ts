import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LanguageModels } from '../../src/kernel/language-model.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { OFFICER, order, read } from '../support/llm-city.ts';

export interface EndpointUnderTest {
  /** Opened before the first test of the suite. */
  readonly models: () => LanguageModels<Actor>;
  /** Whether the endpoint makes vectors. */
  readonly embeds: boolean;
}

const shape = {
  jsonSchema: {
    type: 'object',
    properties: { satz: { type: 'string' }, zahl: { type: 'integer' } },
    required: ['satz', 'zahl'],
    additionalProperties: false,
  },
  parse: (value: unknown) => {
    const { satz, zahl } = value as { satz?: unknown; zahl?: unknown };
    return typeof satz === 'string' && typeof zahl === 'number' ? { satz, zahl } : undefined;
  },
};

/** What every endpoint must do, a real one and the demo's: the part of the contract that needs no broken server. */
export function endpointContract(name: string, { models, embeds }: EndpointUnderTest): void {
  describe(`language model endpoint: ${name}`, () => {
    it('answers, and says which model, prompt and input', async () => {
      const { text, origin, finish } = expectOk(await models().generate(OFFICER, order()));
      assert.notEqual(text.trim(), '');
      assert.equal(finish, 'stop');
      assert.equal(origin.promptVersion, '1');
      assert.match(origin.inputSha256, /^[0-9a-f]{64}$/);
    });
    it('streams in pieces, and the pieces are the answer', async () => {
      const running = expectOk(await models().stream(OFFICER, order({ maxTokens: 200 })));
      const pieces = await read(running.text);
      const whole = expectOk(await running.done);
      assert.ok(pieces.length > 1, `it came in ${pieces.length} piece`);
      assert.equal(pieces.join(''), whole.text);
      assert.ok(whole.usage !== undefined && whole.usage.inputTokens > 0 && whole.usage.outputTokens > 0, 'it does not count tokens');
    });
    it('says when it stopped at the bound', async () => {
      assert.equal(expectOk(await models().generate(OFFICER, order({ maxTokens: 3 }))).finish, 'length');
    });
    it('writes an object of a schema', async () => {
      const { value } = expectOk(
        await models().object(OFFICER, order({ instruction: 'Schreiben Sie einen Satz und eine Zahl als JSON mit „satz“ und „zahl“.' }), shape),
      );
      assert.notEqual(value.satz, '');
    });
    it('ends when the reader leaves', async () => {
      const leaving = new AbortController();
      const running = expectOk(await models().stream(OFFICER, order(), leaving.signal));
      for await (const _piece of running.text) {
        leaving.abort();
        break;
      }
      const done = await running.done;
      assert.ok(!done.ok || done.value.finish !== 'length');
    });
    it('makes vectors of one length', { skip: embeds ? false : 'no embedding model is named' }, async () => {
      const [first, second] = expectOk(await models().embed(OFFICER, ['Baum fällen', 'Brücke sperren'], 'public'));
      assert.ok(first!.length > 0);
      assert.equal(first!.length, second!.length);
    });
  });
}
