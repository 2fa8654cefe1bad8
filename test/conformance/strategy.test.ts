import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parse } from 'yaml';
import { STRATEGY_FILE } from '../../src/demo-strategy.ts';
import type { Indicators } from '../../src/kernel/indicator.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { forgetAccounts } from '../../src/modules/cockpit/application/comments.ts';
import { openMeasure } from '../../src/modules/cockpit/application/read-strategy.ts';
import { changeItem, holdingsOf, loadStrategy, makeMissingReports } from '../../src/modules/cockpit/public.ts';
import { needs, run, temporaryFolder } from '../../src/platform/documents/testing.ts';
import { verifyJournal } from '../../src/platform/journal/journal.ts';
import { ACTORS } from '../support/test-server.ts';
import { fixedIndicators, STRATEGY_ACTORS, strategyCity, type StrategyCity } from '../support/strategy-city.ts';

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
const send = (method: string, path: string, who: string, body: object, more: Record<string, string> = {}): Promise<Response> =>
  city.server.request(path, { method, headers: { ...as(who), 'content-type': 'application/json', ...more }, body: JSON.stringify(body) });
const post = (path: string, who: string, fields: Record<string, string>): Promise<Response> =>
  city.server.request(path, { method: 'POST', headers: as(who), body: new URLSearchParams(fields) });
const json = async <T>(answer: Response | Promise<Response>): Promise<T> => (await (await answer).json()) as T;

describe('the shipped strategy', () => {
  it('says of every single item where it comes from, and no text claims to be a quotation', () => {
    const document = parse(readFileSync(STRATEGY_FILE, 'utf8')) as Record<string, { key: string; provenance?: { source?: string; placement?: string } }[]>;
    const items = Object.values(document).flat();
    assert.ok(items.length > 70, `only ${items.length} items`);
    for (const { key, provenance } of items)
      assert.ok((provenance?.source ?? '') !== '' || provenance?.placement === 'own', `${key} has neither source nor placement`);
    assert.equal(document['field']!.length, 6);
  });
  it('is refused whole when one item has neither', async () => {
    const empty = await strategyCity({ filled: false });
    try {
      const bare = { field: [{ key: 'x', title: { de: 'X' }, order: 1 }] };
      const done = await loadStrategy(empty.ctx, STRATEGY_ACTORS['strategie']!, bare, 'Test');
      assert.equal(done.ok, false);
      assert.match(done.ok ? '' : done.problem.detail, /^field\/x: provenance: Nennen Sie die Quelle/);
      assert.match(await (await empty.server.request('/strategie')).text(), /Hier steht noch keine Strategie/);
      assert.equal((await empty.server.request('/strategie/berichte/2026-q4.pdf')).status, 404);
    } finally {
      await empty.close();
    }
  });
});

describe('what everybody reads', () => {
  it('every page in the three languages, each light with its rule', async () => {
    for (const path of [
      '/strategie',
      '/strategie/digitale-verwaltung',
      '/strategie/massnahmen/digitallotsen',
      '/strategie/entscheidungen',
      '/strategie/spur',
      '/strategie/spur/leistung/hund',
      '/strategie/spur/ereignis/procedure.antrag-eingereicht',
      '/strategie/berichte',
      '/strategie/daten',
      '/strategie/verlauf/milestone/lotsen-termine',
    ])
      for (const lang of ['de', 'en', 'leicht']) {
        const page = await text(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
        assert.doesNotMatch(page, /undefined|\[object|NaN/, `${path} ${lang}`);
      }
    for (const path of ['/strategie', '/strategie/digitale-verwaltung', '/strategie/massnahmen/digitallotsen', '/strategie/einbetten/ampel'])
      assert.match(await text(path), /Rot: Ein Meilenstein ist mehr als 28 Tage überfällig/, path);
  });
  it('a measure off track says why, what waits for it, and since when', async () => {
    const page = await text('/strategie/massnahmen/digitallotsen');
    assert.match(page, /„Beispiel: Termine bei Lotsen online buchen“ ist seit 40 Tagen überfällig/);
    assert.match(page, /Das hängt davon ab[^]*digital für dich[^]*DIPAS[^]*Über: Hamburg – digital für dich/);
    assert.match(page, /24\.343[^]*Jahr 2025/);
    assert.match(await text('/strategie/massnahmen/digital-fuer-dich'), /„Digital-Lotsen“ ist rot und muss zuerst fertig sein/);
  });
  it('an indicator that is red, stale or unknown is told as such; a missing language is marked', async () => {
    assert.match(await text('/strategie/massnahmen/bauantrag'), /Die Kennzahl „Kennzahl media-breaks“ ist rot[^]*Rot: mehr als doppelt so viele wie das Ziel/);
    assert.match(await text('/strategie/massnahmen/urban-twins'), /veraltet, zuletzt 12/);
    assert.match(await text('/strategie/massnahmen/digital-fuer-dich'), /unbekannt: Niemand hat geantwortet/);
    assert.match(await text('/strategie/massnahmen/leitstelle?lang=leicht'), /nur in schwerer Sprache/);
  });
  it('a light set by hand stands beside what the rule says', async () => {
    assert.match(
      await text('/strategie/massnahmen/urban-twins'),
      /Von Hand gesetzt bis 24\.12\.2026: Die nächste Stufe ist noch nicht vertraglich geklärt\. Nach der Regel wäre sie „auf Kurs“/,
    );
  });
  it('the light of an indicator is its word, and the rule stands beneath; indicators have names', async () => {
    const page = await text('/strategie/massnahmen/bauantrag');
    assert.match(page, /<span class="kern-label">zurück<\/span><\/span><br><span class="k-muted">Rot: mehr als doppelt so viele wie das Ziel\./);
    assert.match(await text('/strategie/daten.csv'), /Die Kennzahl „Kennzahl media-breaks“ ist rot/);
  });
  it('a measure asks for the indicators that it names, of its own services, and for no others', async () => {
    const asked: string[] = [];
    const indicators: Indicators = {
      ...fixedIndicators,
      list: async ({ service } = {}) => (asked.push(`all of ${service ?? 'the city'}`), fixedIndicators.list()),
      one: async (key, { service } = {}) => (asked.push(`${key} of ${service ?? 'the city'}`), fixedIndicators.one(key)),
    };
    const opened = expectOk(await openMeasure({ ...city.ctx, indicators }, 'digital-fuer-dich'));
    assert.deepEqual([...opened.perService.keys()], ['bewohnerparkausweis', 'hund']);
    const named = ['bewohnerparkausweis', 'hund'].flatMap((service) => ['eid-activation', 'satisfaction'].map((key) => `${key} of ${service}`));
    assert.deepEqual(asked.toSorted(), ['all of the city', ...named].toSorted());
  });
  it('as it stood on a day: before the date was moved', async () => {
    assert.match(await text('/strategie/massnahmen/digitallotsen'), /15\.10\.2026/);
    const then = await text('/strategie/massnahmen/digitallotsen?stand=2026-05-01');
    assert.match(then, /wie sie am 1\. Mai 2026 stand[^]*16\.08\.2026/);
    assert.equal((await get('/strategie/massnahmen/digitallotsen?stand=2026-01-01')).status, 404, 'there was no strategy yet');
    assert.match(await text('/strategie?stand=gestern'), /Diesen Tag gibt es nicht/);
  });
  it('the trace leads to the journal and back, and names its gaps', async () => {
    const page = await text('/strategie/spur');
    assert.match(page, /Maßnahmen ohne Kennzahl \(1\)[^]*DIPAS/);
    const back = await json<{ measures: { measure: string; vision: string; field: string }[] }>(get('/api/strategy/trace/events/procedure.antrag-eingereicht'));
    assert.deepEqual(
      back.measures.find(({ measure }) => measure === 'bauantrag'),
      { measure: 'bauantrag', priority: 'planen-genehmigen', vision: 'zukunft-verwaltung', field: 'digitale-verwaltung' },
    );
    assert.equal((await get('/strategie/spur/ereignis/identity.password-changed')).status, 404, 'a kind that no measure names');
    const { events, gaps } = await json<{ events: string[]; gaps: Record<string, object[]> }>(get('/api/strategy/trace'));
    assert.ok(events.includes('usage.counter-cases'), 'what an indicator is made of follows from its formula');
    assert.ok(gaps['indicatorsUnknown']!.length > 0);
    assert.deepEqual([gaps['indicatorsWithoutEvent'], gaps['servicesWithoutMeasure']], [[{ measure: 'digital-fuer-dich', indicator: 'satisfaction' }], []]);
  });
});

describe('who follows how it goes', () => {
  it('the Senate sees what is off track, what moved with reason and days, and when it is likely to end', async () => {
    const page = await text('/strategie/senat', 'strategie');
    assert.match(page, /Nicht auf Kurs oder gefährdet[^]*Digital-Lotsen/);
    assert.match(page, /Beispiel: Pläne ohne Papier prüfen[^]*Die Prüfung der Pläne wird erst mit den Bezirksämtern erprobt/);
    assert.match(page, /\d+ sind erreicht, \d+ noch offen\. [^]*erreichten lagen \d+ in der Spanne/);
    assert.match(page, /Connected Urban Twins[^]*Von Hand gesetzt/);
    assert.match(page, /Fortgeschrieben/);
    assert.equal(page.match(/<dt>2026-11<\/dt>|<th[^>]*>2026-11<\/th>/g)?.length, 1, 'a month has one row');
    for (const who of ['nobody', 'citizen', 'sachbearbeitung']) assert.notEqual((await get('/strategie/senat', who)).status, 200, who);
  });
  it('a unit sees its own measures and changes its own milestones, and nobody else’s', async () => {
    assert.match(await text('/strategie/stelle/bezirksamt-altona', 'altona'), /seit 40 Tagen überfällig[^]*zu wenige Lotsinnen/);
    const facts = { measure: 'digitallotsen', title: { de: 'Ein neuer' }, dueOn: '2027-03-01', provenance: { placement: 'own' } };
    const put = (key: string, body: object, kind = 'milestone') => send('PUT', `/api/strategy/items/${kind}/${key}`, 'altona', body);
    assert.equal((await put('lotsen-neu', { facts, reason: 'Wir planen weiter.' })).status, 200);
    assert.equal((await put('fremd', { facts: { ...facts, measure: 'bauantrag' }, reason: 'Nein.' })).status, 403);
    assert.equal((await put('konto-passkey', { facts, reason: 'Nein.', version: 2 })).status, 403, 'taking another unit’s milestone over');
    assert.equal((await put('lotsen-neu', { facts: { ...facts, measure: 'bauantrag' }, reason: 'Nein.', version: 1 })).status, 403, 'giving one away');
    assert.equal((await put('x', { facts: { title: { de: 'X' }, order: 9, provenance: { placement: 'own' } }, reason: 'Nein.' }, 'field')).status, 403);
  });
});

describe('changes', () => {
  const decision = {
    question: { de: 'Wie oft berichten wir?' },
    options: [{ de: 'Jedes Quartal' }, { de: 'Jedes Jahr' }],
    chosen: 1,
    reasons: { de: 'Ein Jahr ist zu lang.' },
    decidedOn: '2026-11-20',
    decidedBy: 'Lenkungskreis',
    provenance: { placement: 'own' },
  };
  it('need a reason, a fresh look and a service that is there', async () => {
    const put = (body: object) => send('PUT', '/api/strategy/items/decision/takt', 'strategie', body);
    const refused = await json<{ errors: { field: string }[] }>(put({ facts: decision, reason: '' }));
    assert.deepEqual(
      refused.errors.map(({ field }) => field),
      ['reason'],
    );
    const key = { 'idempotency-key': 'einmal-und-nicht-zweimal' };
    const first = await send('PUT', '/api/strategy/items/decision/takt', 'strategie', { facts: decision, reason: 'Festgehalten.' }, key);
    assert.deepEqual([first.status, await first.json()], [200, { version: 1 }]);
    const again = await send('PUT', '/api/strategy/items/decision/takt', 'strategie', { facts: decision, reason: 'Festgehalten.' }, key);
    assert.deepEqual([again.status, await again.json()], [200, { version: 1 }]);
    assert.equal((await put({ facts: decision, reason: 'Noch einmal.' })).status, 409, 'the key is taken');
    assert.equal((await put({ facts: { ...decision, chosen: 2 }, reason: 'Anders.', version: 7 })).status, 409, 'somebody was faster');
    assert.match(await text('/strategie/entscheidungen'), /Wie oft berichten wir\?[^]*Jedes Quartal[^]*gewählt[^]*Ein Jahr ist zu lang/);
    const measure = (await city.ctx.history.now()).measure.get('servicekonto')!;
    const { key: _, version, changedAt: __, reason: ___, ...facts } = measure;
    const strange = await send('PUT', '/api/strategy/items/measure/servicekonto', 'strategie', {
      facts: { ...facts, services: ['mondreise'] },
      reason: 'Test',
      version,
    });
    assert.match(await strange.text(), /Eine Leistung „mondreise“ gibt es nicht/);
  });
  it('by the page as by the API, without losing a translation', async () => {
    const page = await text('/strategie/bearbeiten/milestone/lotsen-orte', 'strategie');
    assert.match(page, /name="title\.en"[^>]*value="Example: guides in every district"/);
    const fields = {
      version: '1',
      measure: 'digitallotsen',
      title: 'Lotsen in jedem Bezirk',
      'title.en': 'Guides in every district',
      dueOn: '31.5.2027',
      provenance: '',
      reason: 'Ein Bezirk mehr.',
    };
    const done = await post('/strategie/bearbeiten/milestone/lotsen-orte', 'strategie', fields);
    assert.equal(done.headers.get('location'), '/strategie/bearbeiten/milestone/lotsen-orte?gespeichert=ja');
    const { items } = await json<{ items: { version: number; reason: string; facts: { dueOn: string } }[] }>(
      get('/api/strategy/items/milestone/lotsen-orte/versions'),
    );
    assert.deepEqual([items[0]!.version, items[0]!.reason, items[0]!.facts.dueOn, items.length], [2, 'Ein Bezirk mehr.', '2027-05-31', 2]);
    const bad = await post('/strategie/bearbeiten/milestone/lotsen-orte', 'strategie', { ...fields, version: '2', dueOn: 'bald' });
    assert.equal(bad.status, 422);
    assert.match(await bad.text(), /Geben Sie einen Tag an[^]*value="bald"/);
  });
  it('take a thing out only when nothing names it; what was stays readable', async () => {
    const remove = (kind: string, key: string, version: number) =>
      send('POST', `/api/strategy/items/${kind}/${key}/removal`, 'strategie', { reason: 'Nicht mehr nötig.', version });
    assert.match(await (await remove('measure', 'dipas', 1)).text(), /dependency\/dipas-braucht-kampagne/);
    assert.equal((await remove('risk', 'konto-sperre', 1)).status, 200);
    assert.match(await text('/strategie/verlauf/risk/konto-sperre'), /herausgenommen[^]*Menschen sperren sich aus/);
  });
  it('two at once never close a circle', async () => {
    const put = (key: string, measure: string, on: string) =>
      changeItem(city.ctx, STRATEGY_ACTORS['strategie']!, {
        kind: 'dependency',
        key,
        facts: { measure, needs: on, why: { de: 'Test' }, provenance: { placement: 'own' } },
        reason: 'Test',
      });
    const done = await Promise.all([put('r-k', 'rescue-mate', 'servicekonto'), put('k-r', 'servicekonto', 'rescue-mate')]);
    assert.equal(done.filter(({ ok }) => ok).length, 1);
    const refused = done.find((one) => !one.ok);
    assert.match(refused?.ok === false ? refused.problem.detail : '', /Das ergäbe einen Kreis: .*RESCUE MATE.*Servicekonto|Servicekonto.*RESCUE MATE/);
  });
});

describe('comments', () => {
  const TEXT = 'Bitte auch samstags.';
  const write = async (who: string, more: object = {}) =>
    json<{ receipt: string }>(send('POST', '/api/strategy/measures/digitallotsen/comments', who, { text: TEXT, name: 'Pia', ...more }));
  it('are shown once the unit has looked, answered by it, and belong to who wrote them', async () => {
    const { receipt } = await write('citizen', { withAccount: true });
    assert.doesNotMatch(await text('/strategie/massnahmen/digitallotsen'), /samstags/);
    const { id } = await json<{ id: string }>(get(`/api/strategy/comment-receipts/${receipt}`));
    assert.equal((await get(`/strategie/kommentar/${id}`, 'citizen')).status, 200);
    for (const who of ['otherCitizen', 'nobody', 'strategie', 'administration']) {
      assert.equal((await get(`/strategie/kommentar/${id}`, who)).status, 404, `${who} reads it`);
      assert.equal(
        (await city.server.request(`/api/strategy/comment-receipts/${id}`, { method: 'DELETE', headers: as(who) })).status,
        404,
        `${who} deletes it`,
      );
    }
    assert.match(await text('/strategie/meine-kommentare', 'citizen'), /samstags/);
    assert.doesNotMatch(await text('/strategie/meine-kommentare', 'otherCitizen'), /samstags/);
    const moderate = (who: string, body: object) => send('POST', `/api/strategy/comments/${id}/moderation`, who, body);
    assert.equal((await moderate('leitung', { action: 'publish' })).status, 403, 'another unit');
    assert.equal((await moderate('altona', { action: 'answer', text: 'Zu früh.' })).status, 409, 'nobody has published it yet');
    assert.equal((await moderate('altona', { action: 'publish' })).status, 200);
    assert.equal((await post(`/strategie/kommentare/${id}`, 'altona', { action: 'answer', [`text-${id}`]: 'Ab Mai.' })).status, 303);
    assert.match(await text('/strategie/massnahmen/digitallotsen'), /Pia[^]*samstags[^]*Ab Mai\./);
    assert.equal((await post(`/strategie/kommentar/${receipt}/loeschen`, 'nobody', {})).status, 303, 'by the personal link');
    assert.doesNotMatch(await text('/strategie/massnahmen/digitallotsen'), /samstags/);
  });
  it('a form keeps what was typed and says what is missing; a trap catches programs', async () => {
    const fields = { text: 'Ein Satz', name: '', receipt: 'a'.repeat(43) };
    const refused = await post('/strategie/massnahmen/digitallotsen/kommentar', 'nobody', fields);
    assert.equal(refused.status, 422);
    const page = await refused.text();
    assert.match(page, /wie wir Sie nennen sollen[^]*<h1[^]*Ein Satz/, 'what is wrong stands above the page, and what was typed stays');
    assert.equal(
      (await post('/strategie/massnahmen/digitallotsen/kommentar', 'nobody', { ...fields, name: 'x', website: 'https://spam.example' })).status,
      422,
    );
    const broken = await (await post('/strategie/massnahmen/digitallotsen/kommentar', 'nobody', { ...fields, receipt: 'kaputt' })).text();
    assert.match(broken, /name="receipt" value="[\w-]{43}"/, 'a form whose secret is broken gets a new one');
    const sent = await post('/strategie/massnahmen/digitallotsen/kommentar', 'nobody', { ...fields, name: 'Jo' });
    assert.equal(sent.headers.get('location'), `/strategie/kommentar/${fields.receipt}`);
    assert.match(await text(sent.headers.get('location')!), /wartet auf Prüfung/);
  });
  it('who deletes their account leaves the words and no id; the personal link still opens them', async () => {
    const { receipt } = await write('citizen', { withAccount: true });
    const { id } = await json<{ id: string }>(get(`/api/strategy/comment-receipts/${receipt}`));
    const { accountId } = ACTORS.citizen;
    await city.database.write((tx) =>
      city.ctx.journal.append(tx, { kind: 'system', job: 'test' }, city.ctx.clock(), [
        { stream: `account:${accountId}`, kind: 'identity.account-deleted', payload: {} },
      ]),
    );
    assert.equal((await holdingsOf(city.ctx, accountId)).length, 1);
    await forgetAccounts(city.ctx);
    assert.deepEqual(await holdingsOf(city.ctx, accountId), []);
    assert.equal((await get(`/strategie/kommentar/${id}`, 'citizen')).status, 404);
    assert.equal((await get(`/strategie/kommentar/${receipt}`)).status, 200);
  });
  it('the journal knows no commenter and no word', async () => {
    const entries = await city.ctx.journal.readStream(city.database.read, 'strategy:measure/digitallotsen');
    const received = entries.filter(({ kind }) => kind === 'cockpit.comment-received');
    assert.ok(received.length >= 3);
    assert.deepEqual([...new Set(received.map(({ actor }) => actor))], ['anonymous']);
    assert.doesNotMatch(JSON.stringify(entries), /samstags|Pia|0190a000-0000-7000-8000-000000000001/);
    assert.equal((await verifyJournal(city.database.read)).broken, undefined);
  });
});

describe('reports', () => {
  const folder = temporaryFolder();
  it('of the last quarter: made once, sealed, kept unchanged, its hash in the journal', async () => {
    const before = Buffer.from(await (await get('/strategie/berichte/2026-q3.pdf')).arrayBuffer());
    assert.deepEqual(await makeMissingReports(city.ctx), [], 'it is there already');
    const { items } = await json<{ items: { quarter: string; sha256: string }[] }>(get('/api/strategy/reports'));
    assert.deepEqual(
      items.map(({ quarter }) => quarter),
      ['2026-q3', '2026-q2'],
      'of every quarter since the strategy was first entered',
    );
    assert.equal(items[0]!.sha256, createHash('sha256').update(before).digest('hex'));
    const [entry] = await city.ctx.journal.readStream(city.database.read, 'strategy:report/2026-q3');
    assert.equal(entry?.payload['sha256'], items[0]!.sha256);
    assert.match(before.toString('latin1'), /\/SubFilter\s*\/ETSI\.CAdES\.detached/);
  });
  it('of the running quarter: preliminary, and as it is today', async () => {
    const answer = await get('/strategie/berichte/2026-q4.pdf');
    assert.match(answer.headers.get('content-disposition')!, /vorlaeufig/);
    assert.equal((await get('/strategie/berichte/2026-q1.pdf')).status, 404);
    assert.equal((await get('/strategie/berichte/unsinn.pdf')).status, 404);
  });
  it(
    'are tagged PDF/A-3 with their data attached and the same figures as text',
    { skip: needs('pdfinfo', 'poppler-utils').skip || needs('qpdf', 'qpdf').skip },
    async () => {
      for (const quarter of ['2026-q3', '2026-q4']) {
        const path = join(folder, `${quarter}.pdf`);
        writeFileSync(path, Buffer.from(await (await get(`/strategie/berichte/${quarter}.pdf`)).arrayBuffer()));
        assert.match(run('pdfinfo', path), /Tagged:\s+yes/);
        run('qpdf', '--check', path);
        assert.match(readFileSync(path).toString('latin1'), /pdfaid:part[^]{0,5}3/);
        assert.match(run('pdfdetach', '-list', path), /strategie\.json/);
        const words = run('pdftotext', '-layout', path, '-');
        assert.match(words, /Bericht zur Strategie/);
        assert.match(words, /Was nicht auf Kurs ist, und warum/);
      }
      assert.match(run('pdftotext', '-layout', join(folder, '2026-q4.pdf'), '-'), /Vorläufig\.[^]*Kennzahl media-breaks/);
    },
  );
});

describe('open data and embedding', () => {
  it('JSON and CSV say the same of each measure, with rule, licence and origin', async () => {
    const answer = await get('/strategie/daten.json');
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    const data = await json<{ licence: string; rule: string; items: { measure: { key: string }[] }; status: { measure: string; light: string }[] }>(answer);
    assert.equal(data.licence, 'https://www.govdata.de/dl-de/by-2-0');
    assert.match(data.rule, /^Rot:/);
    const table = (await text('/strategie/daten.csv')).replace('\uFEFF', '').trim().split('\r\n');
    assert.equal(table.length - 1, data.items.measure.length);
    const lights = { green: 'auf Kurs', yellow: 'gefährdet', red: 'nicht auf Kurs', none: 'nicht zu beurteilen' } as const;
    for (const { measure, light } of data.status)
      assert.ok(
        table.some((line) => line.includes(`;${measure};`) && line.includes(`;${lights[light as keyof typeof lights]};`)),
        measure,
      );
    assert.equal((await get('/strategie/daten.json?stand=morgen')).status, 422);
  });
  it('only the bare page may be framed', async () => {
    const bare = await get('/strategie/einbetten/gesellschaft', 'citizen');
    assert.match(bare.headers.get('content-security-policy')!, /frame-ancestors \*/);
    assert.equal(bare.headers.get('x-frame-options'), null);
    const body = await bare.text();
    assert.doesNotMatch(body, /<script|<form/);
    assert.match(body, /Quelle: Strategie der Stadt in Kontor, Stand/);
    for (const path of ['/strategie', '/strategie/massnahmen/dipas', '/strategie/daten.json']) {
      const other = await get(path);
      assert.match(other.headers.get('content-security-policy')!, /frame-ancestors 'none'/, path);
      assert.equal(other.headers.get('x-frame-options'), 'DENY', path);
    }
    assert.equal((await get('/strategie/einbetten/nichts')).status, 404);
  });
});

it('a city without indicators says so and judges by milestones alone', async () => {
  const bare = await strategyCity();
  try {
    const page = await (await bare.server.request('/strategie/massnahmen/bauantrag')).text();
    assert.match(page, /Kennzahlen sind in dieser Stadt noch nicht angeschlossen/);
    assert.match(page, /um 90 Tage gegen die erste Zusage verschoben/);
    expectOk(await loadStrategy(bare.ctx, STRATEGY_ACTORS['strategie']!, {}, 'Noch einmal'));
    assert.doesNotMatch(await (await bare.server.request('/strategie')).text(), /href="\/strategie\/kennzahlen"/);
  } finally {
    await bare.close();
  }
});
