import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { it } from 'node:test';
import { ggufProvider } from './gguf-provider.ts';
import { ProviderFailure } from './provider.ts';

/** An operator's file; the library that reads it is not part of this program. */
const file = process.env['ASSISTANT_TEST_GGUF'];
const installed = ((): boolean => {
  try {
    createRequire(import.meta.url).resolve('node-llama-cpp');
    return true;
  } catch {
    return false;
  }
})();
const why = installed ? 'ASSISTANT_TEST_GGUF names no GGUF file' : 'node-llama-cpp is not installed; an operator does so (docs/how-to/assistant.md)';

it('answers from a GGUF file', { skip: installed && file !== undefined ? false : why }, async () => {
  const parts: string[] = [];
  let reason = '';
  const request = { system: 'Antworten Sie kurz.', turns: [{ role: 'user', text: 'Guten Tag.' }] as const, maxTokens: 20 };
  for await (const part of ggufProvider(file!).stream(request, new AbortController().signal)) {
    if (part.kind === 'text') parts.push(part.text);
    if (part.kind === 'finish') reason = part.reason;
  }
  assert.notEqual(parts.join(''), '');
  assert.match(reason, /stop|length/);
});

it('without the library it says that there is no model, and stays usable', { skip: installed ? 'node-llama-cpp is installed' : false }, async () => {
  const provider = ggufProvider('/nowhere.gguf');
  for (let nth = 0; nth < 2; nth += 1)
    await assert.rejects(
      async () => {
        for await (const _part of provider.stream({ system: '', turns: [], maxTokens: 5 }, new AbortController().signal)) assert.fail('it answered');
      },
      (error) => error instanceof ProviderFailure && error.reason === 'unreachable',
    );
});
