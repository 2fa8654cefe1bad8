import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoAnswer, demoObject, demoVector } from '../domain/demo-answer.ts';
import type { ModelEntry } from '../domain/register.ts';

/** What a demo shows where a city has its model. */
export const DEMO_MODEL = 'kontor-demo';
const VECTOR_SIZE = 64;
const MOST_BYTES = 4 * 1024 * 1024;
const WORD_MS = 12;

export interface DemoModel {
  /** Opens with the first question; an address on this computer only. */
  baseUrl(): Promise<string>;
  close(): Promise<void>;
}

/**
 * A server that speaks OpenAI's protocol and answers with sentences of the sources. It stands at the city's border
 * like a real one: everything passes the gate, the line and the protocol.
 * @throws in production: nobody must take it for a model
 */
export function demoModel(env: 'demo' | 'production', wordMs = WORD_MS): DemoModel {
  if (env === 'production') throw new Error('Das Demo-Modell läuft im Echtbetrieb nicht. Tragen Sie ein Sprachmodell ein oder keines.');
  let opening: Promise<Server> | undefined;
  return {
    async baseUrl() {
      opening ??= open(wordMs);
      const { port } = (await opening).address() as AddressInfo;
      return `http://127.0.0.1:${port}/v1`;
    },
    async close() {
      const server = await opening;
      server?.closeAllConnections();
      await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
    },
  };
}

/** Its entry in the register, plain about what it is. */
export const demoEntry = (since: string): Omit<ModelEntry, 'source'> => ({
  key: 'demo',
  label: 'Demo-Modell: kein Sprachmodell, setzt Sätze aus den Quellen zusammen',
  model: DEMO_MODEL,
  embeddingModel: DEMO_MODEL,
  embeddingSize: VECTOR_SIZE,
  uses: ['*'],
  dataClass: 'internal',
  outside: false,
  centsPer1000InputTokens: 0,
  centsPer1000OutputTokens: 0,
  contextTokens: 200_000,
  maxOutputTokens: 4000,
  idleSeconds: 30,
  contact: 'Demo-Stadt',
  legalBasis: 'nur zum Ausprobieren',
  since,
  demo: true,
});

function open(wordMs: number): Promise<Server> {
  const server = createServer((request, response) => {
    void answer(request, response, wordMs).catch(() => response.destroy());
  });
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

interface Asked {
  readonly messages?: readonly { readonly role: string; readonly content: string }[];
  readonly max_tokens?: number;
  readonly stream?: boolean;
  readonly response_format?: { readonly json_schema?: { readonly schema?: object } };
  readonly input?: string | readonly string[];
}

async function answer(request: IncomingMessage, response: ServerResponse, wordMs: number): Promise<void> {
  const asked = await bodyOf(request);
  const path = request.url ?? '';
  if (request.method === 'GET' && path.endsWith('/models')) return json(response, 200, { object: 'list', data: [{ id: DEMO_MODEL, object: 'model' }] });
  if (asked === undefined) return json(response, 400, refusal('Der Inhalt ist kein JSON oder zu groß.'));
  if (request.method === 'POST' && path.endsWith('/embeddings')) return json(response, 200, vectorsOf(asked));
  if (request.method === 'POST' && path.endsWith('/chat/completions')) return complete(response, asked, wordMs);
  json(response, 404, refusal('Diese Adresse gibt es nicht.'));
}

const refusal = (message: string): object => ({ error: { message, type: 'invalid_request_error' } });

async function bodyOf(request: IncomingMessage): Promise<Asked | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString() || '{}') as Asked;
  } catch {
    return undefined;
  }
}

function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

const vectorsOf = ({ input = [] }: Asked): object => {
  const texts = typeof input === 'string' ? [input] : input;
  const data = texts.map((text, index) => ({ object: 'embedding', index, embedding: demoVector(text, VECTOR_SIZE) }));
  return { object: 'list', model: DEMO_MODEL, data, usage: { prompt_tokens: texts.length, total_tokens: texts.length } };
};

/** A word is a token here. */
const wordsOf = (text: string): string[] => text.match(/\s*\S+/g) ?? [];

async function complete(
  response: ServerResponse,
  { messages = [], max_tokens: most = 4000, stream = false, response_format: format }: Asked,
  wordMs: number,
): Promise<void> {
  const turns = messages.map(({ role, content }) => ({ role: role === 'assistant' ? ('assistant' as const) : ('user' as const), text: content }));
  const schema = format?.json_schema?.schema;
  const all = wordsOf(schema === undefined ? demoAnswer(turns) : JSON.stringify(demoObject(turns, schema)));
  const words = all.slice(0, most);
  const reason = words.length < all.length ? 'length' : 'stop';
  const prompt = turns.reduce((sum, { text }) => sum + wordsOf(text).length, 0);
  const usage = { prompt_tokens: prompt, completion_tokens: words.length, total_tokens: prompt + words.length };
  const head = { id: 'demo', created: 0, model: DEMO_MODEL };
  if (!stream) {
    const message = { role: 'assistant', content: words.join('') };
    return json(response, 200, { ...head, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: reason }], usage });
  }
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
  const event = (choices: readonly object[], more: object = {}): void => {
    response.write(`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, ...more })}\n\n`);
  };
  for (const word of words) {
    if (response.destroyed) return;
    event([{ index: 0, delta: { role: 'assistant', content: word }, finish_reason: null }]);
    if (wordMs > 0) await sleep(wordMs);
  }
  event([{ index: 0, delta: {}, finish_reason: reason }]);
  event([], { usage });
  response.end('data: [DONE]\n\n');
}
