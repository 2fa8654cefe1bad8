import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { newId } from '../../src/kernel/id.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { openMeasure } from '../../src/modules/cockpit/application/read-strategy.ts';
import { indicatorTable } from '../../src/modules/cockpit/http/trace-parts.ts';
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

describe('how it goes', () => {
  const SENATE = ['Ampeln der letzten acht Quartale', 'Wann die Maßnahmen voraussichtlich fertig sind', 'Wartet auf', 'Davon hängt ab'];
  it('is read by everybody and by a unit as by the Senate, of all measures or of their own', async () => {
    for (const [path, who] of [
      ['/strategie', 'nobody'],
      ['/strategie/senat', 'strategie'],
      ['/strategie/stelle/bezirksamt-altona', 'altona'],
    ] as const) {
      const page = await text(path, who);
      for (const part of SENATE) assert.ok(page.includes(part), `${path}: ${part}`);
      const ends = page.slice(page.indexOf('id="vorhersage"'));
      assert.match(ends, /Digital-Lotsen<\/a>[^]*zugesagt[^]*Spanne/, path);
      assert.equal(/LLMoin<\/a>/.test(ends.slice(0, ends.indexOf('</section>'))), who !== 'altona', path);
      for (const lang of ['en', 'leicht']) assert.doesNotMatch(await text(`${path}?lang=${lang}`, who), /undefined|\[object|NaN/);
    }
    assert.doesNotMatch(await text('/strategie?stand=2026-05-01'), /id="vorhersage"/, 'of a day gone by nothing is forecast');
  });
  it('a measure tells its likely end with the range, its lights before, and the history of its indicators', async () => {
    const page = await text('/strategie/massnahmen/onlinedienste');
    assert.match(page, /Wann voraussichtlich fertig[^]*erreichten lagen \d+ in der Spanne[^]*zugesagt[^]*Spanne[^]*Frühere Ampeln[^]*3\. Quartal 2026:/);
    assert.match(page, /Fortgeschrieben\./);
  });
  it('the services of a measure are folded away, by name and without a target', async () => {
    const named = {
      ...city.ctx,
      services: () => [{ key: 'hund', name: { de: 'Hund anmelden', en: 'Dog', leicht: 'Hund' }, appliedFor: true, authorities: [] }],
    };
    const opened = expectOk(await openMeasure(named, 'onlinedienste'));
    const table = String(await indicatorTable(opened, named.services(), 'de'));
    assert.match(table, /<details[^]*Je Leistung[^]*Hund anmelden/);
    assert.doesNotMatch(table.slice(table.indexOf('<details')), /kein Ziel|nur hund/);
  });
  it('a unit reads the indicators of the services that it decides on', async () => {
    const page = await text('/strategie/stelle/bezirksamt-altona', 'altona');
    assert.match(page, /Leistungen, über die diese Stelle entscheidet[^]*baumfaellung[^]*25/);
    assert.doesNotMatch(await text('/strategie/stelle/feuerwehr', 'strategie'), /Leistungen, über die/);
  });
});

describe('lights of days gone by', () => {
  it('are shown where their rule and data back them, and nowhere else', async () => {
    const then = await text('/strategie/massnahmen/bauantrag?stand=2026-05-01');
    assert.match(then, /nicht zu beurteilen[^]*Was die Kennzahlen an diesem Tag sagten, ist nicht aufgehoben/);
    assert.doesNotMatch(then.slice(0, then.indexOf('Die Regel')), />auf Kurs</);
    const { status } = await json<{ status: { measure: string; light: string; reasons: { sentence: string }[] }[] }>(
      get('/strategie/daten.json?stand=2026-05-01'),
    );
    const of = (measure: string) => status.find((one) => one.measure === measure)!;
    assert.equal(of('bauantrag').light, 'none');
    for (const lang of ['de', 'en', 'leicht']) assert.doesNotMatch(await text(`/strategie?stand=2026-05-01&lang=${lang}`), /undefined/);
  });
  it('a city that never kept indicators judges them as it always did', async () => {
    const bare = await strategyCity();
    try {
      const page = await (await bare.server.request('/strategie/massnahmen/bauantrag?stand=2026-05-01')).text();
      assert.match(page, /auf Kurs/);
      assert.doesNotMatch(page, /nicht aufgehoben/);
    } finally {
      await bare.close();
    }
  });
});

describe('two who change one thing at once', () => {
  const path = '/strategie/bearbeiten/milestone/lotsen-orte';
  const fields = { measure: 'digitallotsen', 'title.en': 'Guides', dueOn: '31.5.2027', provenance: '', reason: 'Ein Bezirk mehr.' };
  it('the second is told what changed, keeps what was typed, and decides', async () => {
    const opened = await text(path, 'strategie');
    const version = /name="version" value="(\d+)"/.exec(opened)![1]!;
    assert.equal((await post(path, 'altona', { ...fields, version, title: 'Der erste', reason: 'Ich war zuerst da.' })).status, 303);
    const second = await post(path, 'strategie', { ...fields, version, title: 'Der zweite', dueOn: '30.6.2027' });
    assert.equal(second.status, 409);
    const page = await second.text();
    assert.match(page, /Inzwischen hat jemand diesen Eintrag geändert/);
    assert.match(page, /Ich war zuerst da\.[^]*Der erste/, 'what the other one wrote, and why');
    assert.match(page, /value="Der zweite"/);
    assert.match(page, /Ein Bezirk mehr\./);
    const fresh = /name="version" value="(\d+)"/.exec(page)![1]!;
    assert.equal(Number(fresh), Number(version) + 1);
    assert.equal((await post(path, 'strategie', { ...fields, version: fresh, title: 'Der zweite', dueOn: '30.6.2027' })).status, 303);
    const { items } = await json<{ items: { facts: { title: { de: string } } }[] }>(get('/api/strategy/items/milestone/lotsen-orte/versions'));
    assert.deepEqual(
      items.slice(0, 2).map(({ facts }) => facts.title.de),
      ['Der zweite', 'Der erste'],
    );
  });
  it('a reason typed for taking a thing out stays too', async () => {
    const refused = await post(`${path}/herausnehmen`, 'strategie', { version: '1', removal: 'Doppelt erfasst.' });
    assert.equal(refused.status, 409);
    assert.match(await refused.text(), /Inzwischen hat jemand[^]*Doppelt erfasst\./);
  });
  it('what somebody else took out is told with what was typed', async () => {
    const made = '/strategie/bearbeiten/risk/fluechtig';
    const risk = {
      measure: 'digitallotsen',
      title: 'Flüchtig',
      likelihood: '1',
      effect: '1',
      answer: 'Nichts.',
      owner: 'bezirksamt-altona',
      provenance: '',
      reason: 'Test.',
    };
    assert.equal((await post('/strategie/bearbeiten/risk', 'altona', { ...risk, key: 'fluechtig', version: '' })).status, 303);
    assert.equal((await post(`${made}/herausnehmen`, 'altona', { version: '1', removal: 'Weg damit.' })).status, 303);
    const late = await post(made, 'altona', { ...risk, version: '1', title: 'Mühsam getippt' });
    assert.equal(late.status, 404);
    assert.match(await late.text(), /Mühsam getippt/);
  });
});

describe('decisions', () => {
  it('are named by the changes that carry them out; page and twin show what stood there before and after', async () => {
    type Told = {
      changes: { kind: string; key: string; facts: string[]; before: { facts: { dueOn: string } }; after: { version: number; facts: { dueOn: string } } }[];
    };
    const { changes } = await json<Told>(get('/api/strategy/decisions/plaene-erproben'));
    assert.deepEqual(
      changes.map(({ kind, key, facts, before: was, after: now }) => [kind, key, facts, was.facts.dueOn, now.facts.dueOn, now.version]),
      [['milestone', 'bauantrag-plaene', ['dueOn'], '2026-10-15', '2027-01-13', 2]],
    );
    assert.match(
      await text('/strategie/entscheidungen/plaene-erproben'),
      /Pläne ohne Papier prüfen[^]*15\.10\.2026[^]*13\.01\.2027[^]*erst mit den Bezirksämtern erprobt/,
    );
    for (const lang of ['en', 'leicht']) assert.doesNotMatch(await text(`/strategie/entscheidungen/plaene-erproben?lang=${lang}`), /undefined|\[object|NaN/);
    assert.match(await text('/strategie/entscheidungen'), /href="\/strategie\/entscheidungen\/plaene-erproben"/);
    assert.match(await text('/strategie/verlauf/milestone/bauantrag-plaene'), /Führt diese Entscheidung aus[^]*Prüfen wir Pläne gleich überall/);
    const [entry] = (await city.ctx.journal.readStream(city.database.read, 'strategy:milestone/bauantrag-plaene')).slice(-1);
    assert.equal(entry?.payload['decision'], 'plaene-erproben');
    assert.equal((await get('/strategie/entscheidungen/gibtesnicht')).status, 404);
    const fields = {
      version: '1',
      measure: 'rescue-mate',
      title: 'Probebetrieb',
      dueOn: '1.11.2026',
      provenance: '',
      reason: 'Früher.',
      decision: 'gibtesnicht',
    };
    const refused = await post('/strategie/bearbeiten/milestone/rescue-betrieb', 'strategie', fields);
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /href="#f-decision"[^]*Diese Entscheidung ist nicht festgehalten/);
  });
  it('are commented on as measures are: the unit of the measure looks at it', async () => {
    const path = '/strategie/entscheidungen/plaene-erproben';
    const refused = await post(`${path}/kommentar`, 'nobody', { text: 'Wo wird erprobt?', name: '', receipt: 'b'.repeat(43) });
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /wie wir Sie nennen sollen[^]*<h1[^]*Wo wird erprobt\?/);
    const { receipt } = await json<{ receipt: string }>(
      send('POST', '/api/strategy/decisions/plaene-erproben/comments', 'nobody', { text: 'Wo wird erprobt?', name: 'Ada' }),
    );
    const { id, decision, measure } = await json<{ id: string; decision: string; measure: null }>(get(`/api/strategy/comment-receipts/${receipt}`));
    assert.deepEqual([decision, measure], ['plaene-erproben', null]);
    assert.match(await text(`/strategie/kommentar/${receipt}`), /href="\/strategie\/entscheidungen\/plaene-erproben#kommentare"/);
    assert.equal((await send('POST', `/api/strategy/comments/${id}/moderation`, 'altona', { action: 'publish' })).status, 403, 'another unit');
    assert.match(await text('/strategie/kommentare', 'strategie'), /Entscheidung: Beispiel: Prüfen wir Pläne/);
    assert.equal((await send('POST', `/api/strategy/comments/${id}/moderation`, 'strategie', { action: 'publish' })).status, 200);
    assert.match(await text(path), /Ada[^]*Wo wird erprobt\?/);
    assert.doesNotMatch(await text('/strategie/massnahmen/bauantrag'), /Wo wird erprobt/);
    const { items } = await json<{ items: { id: string }[] }>(get('/api/strategy/decisions/plaene-erproben/comments'));
    assert.deepEqual(
      items.map((one) => one.id),
      [id],
    );
    assert.equal((await send('POST', '/api/strategy/decisions/gibtesnicht/comments', 'nobody', { text: 'x', name: 'y' })).status, 404);
  });
});

describe('what leaves the city', () => {
  it('a title with marks of a formula, a quotation mark or control characters harms nobody', async () => {
    const title = '=HYPERLINK("https://x.example";"Klick")';
    const facts = { title: { de: `\u202e${title}` }, order: 99, provenance: { placement: 'own' } };
    assert.equal((await send('PUT', '/api/strategy/items/field/formel', 'strategie', { facts, reason: 'Angriff.' })).status, 200);
    const vision = { field: 'formel', text: { de: 'Bild' }, provenance: { placement: 'own' } };
    const priority = { vision: 'formel', title: { de: 'P' }, provenance: { placement: 'own' } };
    const measure = {
      ...{ priority: 'formel', title: { de: '-1+1;"x"' }, text: { de: 'T' }, unit: 'bezirksamt-altona', startsOn: '2026-01-01', endsOn: '2026-12-31' },
      ...{ services: [], indicators: [], provenance: { source: '@SUM(A1)' } },
    };
    const budget = {
      measure: 'formel',
      year: 2026,
      plannedCents: 1050,
      spentCents: 5,
      asOf: '2026-01-01',
      definition: { de: 'D' },
      provenance: { placement: 'own' },
    };
    for (const [kind, one] of Object.entries({ vision, priority, measure, budget }))
      assert.equal((await send('PUT', `/api/strategy/items/${kind}/formel`, 'strategie', { facts: one, reason: 'Angriff.' })).status, 200, kind);
    const answer = await get('/strategie/daten.csv');
    assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8');
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const line = bytes
      .toString('utf8')
      .split('\r\n')
      .find((one) => one.includes(';formel;'))!;
    assert.ok(line.startsWith(`"'=HYPERLINK(""https://x.example"";""Klick"")";formel;"'-1+1;""x""";`), line);
    assert.match(line, /;10,50;0,05;[^]*;'@SUM\(A1\);/);
    const page = await text('/strategie/daten');
    // what somebody copies into their own page: the title cannot break out of its attribute there
    const snippet = /&lt;iframe src=&quot;[^&]*einbetten\/formel&quot; title=&quot;(.*?)&quot; width/.exec(page)?.[1];
    assert.equal(snippet, '=HYPERLINK(&amp;quot;https://x.example&amp;quot;;&amp;quot;Klick&amp;quot;)');
  });
  it('the page in other people’s frames knows nobody and leaves no cookie', async () => {
    const path = '/strategie/einbetten/ampel';
    const [known, unknown] = [await get(path, 'strategie'), await city.server.request(path)];
    assert.equal(known.headers.get('set-cookie'), null);
    assert.equal(unknown.headers.get('set-cookie'), null);
    assert.equal(await known.text(), await unknown.text());
    assert.match(known.headers.get('content-security-policy')!, /default-src 'none'.*form-action 'none'/);
  });
});
