import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { newId } from '../../src/kernel/id.ts';
import { fixedIndicators, strategyCity, type StrategyCity } from '../support/strategy-city.ts';

let city: StrategyCity;
before(async () => {
  city = await strategyCity({ indicators: fixedIndicators });
});
after(() => city.close());

const as = (who: string): Record<string, string> => ({ cookie: `kontor_session=${who}` });
const get = (path: string, who = 'nobody'): Promise<Response> => city.server.request(path, { headers: as(who) });
const text = async (path: string, who = 'nobody'): Promise<string> => {
  const answer = await get(path, who);
  assert.equal(answer.status, 200, `${path}: ${answer.status}`);
  return answer.text();
};
const send = (method: string, path: string, who: string, body: object): Promise<Response> =>
  city.server.request(path, { method, headers: { ...as(who), 'content-type': 'application/json' }, body: JSON.stringify(body) });
const post = (path: string, who: string, fields: Record<string, string>): Promise<Response> =>
  city.server.request(path, { method: 'POST', headers: as(who), body: new URLSearchParams(fields) });
const json = async <T>(answer: Response | Promise<Response>): Promise<T> => (await (await answer).json()) as T;

describe('comments', () => {
  const write = async (who: string, more: object) =>
    json<{ receipt: string }>(send('POST', '/api/strategy/measures/digitallotsen/comments', who, { name: 'Pia', ...more }));
  it('none is ever out of reach: everybody pages from the newest, the unit from the longest waiting', async () => {
    const at = city.ctx.clock();
    const made = Array.from({ length: 265 }, (_, index) => ({ id: newId(at.epochMilliseconds + index), waiting: index >= 205 }));
    await city.database.write(async (tx) => {
      for (const [index, { id, waiting }] of made.entries()) {
        const state = waiting ? 'waiting' : 'published';
        await sql`insert into cockpit.comment (id, measure, text, name, state, submitted_at)
          values (${id}, 'dipas', ${`Nummer ${index}.`}, 'Viele', ${state}, ${at})`.execute(tx);
      }
    });
    type Page = { items: { id: string; state: string }[]; next: string | null };
    const walk = async (path: string, who: string): Promise<Page['items']> => {
      const all: Page['items'] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Page = await json<Page>(get(`${path}?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`, who));
        all.push(...page.items);
        cursor = page.next;
      }
      return all;
    };
    const ids = (items: Page['items']): string[] => items.map(({ id }) => id);
    const [published, waiting] = [made.slice(0, 205).map(({ id }) => id), made.slice(205).map(({ id }) => id)];
    assert.deepEqual(ids(await walk('/api/strategy/measures/dipas/comments', 'nobody')), published.toReversed());
    const desk = (await walk('/api/strategy/comments', 'strategie')).filter(({ id }) => made.some((one) => one.id === id));
    assert.deepEqual(ids(desk), [...waiting, ...published.toReversed()]);
    for (const [path, who, count] of [
      ['/strategie/massnahmen/dipas', 'nobody', 205],
      ['/strategie/kommentare', 'strategie', 265],
    ] as const) {
      const seen = new Set<string>();
      let next: string | undefined = path;
      for (let pages = 0; next !== undefined && pages < 20; pages++) {
        const page: string = await text(next, who);
        for (const [, id] of page.matchAll(/id="k-([0-9a-f-]{36})"/g)) if (made.some((one) => one.id === id)) seen.add(id!);
        next = /rel="next" href="([^"#]+)/.exec(page)?.[1]?.replaceAll('&amp;', '&');
      }
      assert.equal(seen.size, count, path);
    }
    assert.equal((await get('/api/strategy/comments?cursor=erfunden', 'strategie')).status, 422);
    assert.equal((await get('/api/strategy/measures/gibtesnicht/comments')).status, 404);
    await city.database.write((tx) => sql`delete from cockpit.comment where name = 'Viele'`.execute(tx));
  });
  it('two who answer at once: the second is told, reads the first answer, and loses nothing typed', async () => {
    const { receipt } = await write('nobody', { text: 'Kommt ihr auch sonntags?' });
    const { id } = await json<{ id: string }>(get(`/api/strategy/comment-receipts/${receipt}`));
    const answer = (words: string, seen?: string) =>
      post(`/strategie/kommentare/${id}`, 'altona', { action: 'answer', [`text-${id}`]: words, seen: seen ?? '' });
    assert.equal((await post(`/strategie/kommentare/${id}`, 'altona', { action: 'publish' })).status, 303);
    assert.equal((await answer('Ja, ab Juni.')).status, 303);
    const second = await answer('Nein, nie.');
    assert.equal(second.status, 409);
    const page = await second.text();
    assert.match(page, /Inzwischen hat jemand anders geantwortet[^]*Ja, ab Juni\.[^]*<textarea[^>]*>\s*Nein, nie\./);
    assert.match(await text('/strategie/massnahmen/digitallotsen'), /Ja, ab Juni\./);
    const long = await answer('x'.repeat(2001), /name="seen" value="([^"]+)"/.exec(page.slice(page.indexOf(`k-${id}`)))?.[1]);
    assert.equal(long.status, 422);
    assert.match(await long.text(), new RegExp(`href="#f-text-${id}"[^]*x{2001}`));
    const other = await json<{ current: { answer: string } }>(
      send('POST', `/api/strategy/comments/${id}/moderation`, 'altona', { action: 'answer', text: 'Nie.' }),
    );
    assert.equal(other.current.answer, 'Ja, ab Juni.');
    const { items } = await json<{ items: { id: string; answeredAt: string }[] }>(get('/api/strategy/measures/digitallotsen/comments'));
    const seen = items.find((one) => one.id === id)!.answeredAt;
    assert.equal((await send('POST', `/api/strategy/comments/${id}/moderation`, 'altona', { action: 'answer', text: 'Doch: ab Mai.', seen })).status, 200);
    assert.equal((await post(`/strategie/kommentar/${receipt}/loeschen`, 'nobody', {})).status, 303);
  });
});
