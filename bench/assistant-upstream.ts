/**
 * A model's server for `assistant-stream.ts`, in a process of its own: `node assistant-upstream.ts TOKENS EVERY_MS`.
 * It answers each order with its own number, so that a reader sees whether a stream is whole and nobody else's; the
 * first token says when it was sent. Prints its address.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const [tokens = '60', everyMs = '100'] = process.argv.slice(2);
const HEAD = { id: 'bench', object: 'chat.completion.chunk', created: 0, model: 'bench' };
const event = (value: object): string => `data: ${JSON.stringify({ ...HEAD, ...value })}\n\n`;
const delta = (content: string): string => event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const asked = Buffer.concat(chunks).toString();
    const number = /Antrag Nummer (\d+)/.exec(asked)?.[1] ?? '?';
    if (asked.includes('Petersen')) throw new Error('a name has left');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    // where there are pseudonyms they come in two halves
    const masked = asked.includes('[[P0-0]]');
    let seq = 0;
    response.write(delta(`@${performance.timeOrigin + performance.now()}@ `));
    const timer = setInterval(() => {
      if (seq === Number(tokens)) {
        clearInterval(timer);
        response.end(
          `${event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}${event({ choices: [], usage: { prompt_tokens: 50, completion_tokens: seq, total_tokens: 50 + seq } })}data: [DONE]\n\n`,
        );
        return;
      }
      response.write(delta(`${number}:${seq} ${masked ? '[[P0' : `Petersen${number} `}`));
      if (masked) response.write(delta('-0]] '));
      seq += 1;
    }, Number(everyMs));
    response.on('close', () => clearInterval(timer));
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`));
