import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Actor } from '../../src/kernel/actor.ts';
import type { LanguageModels } from '../../src/kernel/language-model.ts';
import { expectOk, ok, refuse } from '../../src/kernel/result.ts';
import { sha256Hex } from '../../src/kernel/token.ts';
import { checkFacts } from '../../src/modules/assistant/public.ts';
import type { DecisionText } from '../../src/modules/procedure/domain/events.ts';
import { act, submit } from '../../src/modules/procedure/public.ts';
import { explanationPanel, proposalsRoutes, type ProposalsContext } from '../../src/modules/proposals/public.ts';
import { assistedCases } from '../../src/neighbours-proposals.ts';
import { viewOf } from '../../src/platform/ui/view.ts';
import { filledDraft, officer, procedureCity, type ProcedureCity, type Staff } from '../support/procedure-city.ts';
import { testServer } from '../support/test-server.ts';

const elsewhere: Staff = { ...officer, staffId: '0190a000-0000-7000-8000-0000000000d1', authorities: ['bezirksamt-nord'] };
const revision: Staff = { ...officer, staffId: '0190a000-0000-7000-8000-0000000000c1', roles: ['revision'] };

let city: ProcedureCity;
let people: Record<string, Actor>;
let server: ReturnType<typeof testServer>;
/** What the made model answers next; undefined: there is no model. */
let answer: unknown;
let sent: string;
before(async () => {
  city = await procedureCity();
  people = { officer, elsewhere, revision, citizen: city.citizen, stranger: city.stranger };
  server = testServer(
    proposalsRoutes(ctxOf(), (visit) => viewOf(visit, { demo: true })),
    { clock: city.clock.now, database: city.database, authenticate: async (token) => (people[token] === undefined ? undefined : { actor: people[token] }) },
  );
});
after(() => city.close());

function ctxOf(): ProposalsContext {
  const none = { kind: 'unavailable', detail: 'kein Modell' } as const;
  const models: LanguageModels<Actor> = {
    choices: async () => (answer === undefined ? [] : [{ key: 'probe', label: 'Probemodell', outside: true }]),
    generate: async () => refuse(none),
    stream: async () => refuse(none),
    embed: async () => refuse(none),
    async object(_who, order, shape) {
      sent = JSON.stringify(order);
      const value = shape.parse(answer);
      if (value === undefined) return refuse({ kind: 'unavailable', detail: 'Das Modell hat nicht in der verlangten Form geantwortet.' });
      const origin = {
        model: 'probe',
        modelLabel: 'Probemodell',
        promptId: order.prompt.id,
        promptVersion: order.prompt.version,
        inputSha256: 'ab',
        masked: 3,
      };
      return ok({ value, origin });
    },
  };
  const readFile = async ({ fileName, bytes }: { fileName: string; bytes: Uint8Array }) =>
    fileName.endsWith('.pdf')
      ? ok({ pages: [{ number: 1, text: Buffer.from(bytes).toString('latin1') }] })
      : refuse({ kind: 'invalid-input', detail: 'Bilder werden hier nicht gelesen.' });
  return {
    ...city.ctx,
    cases: assistedCases(city.ctx, readFile),
    models,
    unknownFacts: (text, source) => checkFacts(text, source).missing.map((one) => one.text),
  };
}

const call = (who: string, method: string, path: string, body?: object) =>
  server.request(path, {
    method,
    headers: { cookie: `kontor_session=${who}`, origin: 'http://localhost:8080', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const send = (who: string, path: string, fields: Record<string, string>) =>
  server.request(path, { method: 'POST', headers: { cookie: `kontor_session=${who}`, origin: 'http://localhost:8080' }, body: new URLSearchParams(fields) });
// oxlint-disable-next-line no-explicit-any -- whatever the route answers; each test says what it looks at
const json = async (who: string, method: string, path: string, body?: object): Promise<any> => (await call(who, method, path, body)).json();

const newCase = async (): Promise<string> => {
  const id = await filledDraft(city, 'baumfaellung');
  expectOk(await submit(city.ctx, city.citizen, id, 'de'));
  return id;
};
const decide = async (id: string): Promise<void> => {
  const does = async (command: Parameters<typeof act>[2]['command']) => expectOk(await act(city.ctx, officer, { caseId: id, command }));
  await does({ action: 'confirm-complete' });
  const text: DecisionText = {
    operative: ['Sie dürfen die Birke fällen.'],
    nebenbestimmungen: [{ kind: 'Auflage', text: 'Pflanzen Sie bis zum 31.03.2027 einen neuen Baum.' }],
    reasons: ['Der Baum ist nicht mehr standsicher.'],
    discretion: ['Die Sicherheit überwiegt.'],
    items: [],
  };
  await does({ action: 'draft-decision', decisionKind: 'bescheid', outcome: 'grant', channel: 'postfach', feeCents: 6200, text });
  await does({ action: 'decide', decisionId: id.replace(/^.{8}/, '0190a000') });
};
/** Everything the city keeps of cases, to see that nothing of it moved. */
const casesNow = async (): Promise<string> => {
  const { rows } = await sql<{ all: string }>`select md5(string_agg(state::text || version::text, '|' order by id)) as all from procedure.case_file`.execute(
    city.database.read,
  );
  return rows[0]!.all;
};

describe('proposals in a case', () => {
  it('are made, settled item by item and once, journalled with model, prompt and difference, and change nothing of the case', async () => {
    answer = undefined;
    const id = await newCase();
    const before = await casesNow();
    const made = await json('officer', 'POST', `/api/cases/${id}/proposals`, { kind: 'begruendung' });
    assert.ok(made.items.length > 0, JSON.stringify(made));
    assert.equal(made.aiGenerated, false);
    for (const item of made.items) assert.equal(item.sources[0].kind, 'rule');
    const items = made.items.map((item: { text: string }, index: number) => ({ keep: index !== 1, text: index === 0 ? 'Mein eigener Satz.' : item.text }));
    const path = `/api/cases/${id}/proposals/${made.id}/settlement`;
    assert.equal((await call('officer', 'POST', path, { items: [] })).status, 422);
    const settled = await json('officer', 'POST', path, { items });
    assert.equal(settled.settled[0].outcome, 'changed');
    if (items.length > 1) assert.equal(settled.settled[1].outcome, 'refused');
    assert.equal((await call('officer', 'POST', path, { items })).status, 409);
    assert.equal(await casesNow(), before);
    const entries = (await city.ctx.journal.readStream(city.database.read, `case:${id}`)).filter(({ kind }) => kind.startsWith('proposals.'));
    assert.deepEqual(
      entries.map(({ kind }) => kind),
      ['proposals.made', 'proposals.settled'],
    );
    assert.doesNotMatch(JSON.stringify(entries), /Mein eigener Satz/);
    const [difference] = entries[1]!.payload['items'] as { outcome: string; before: string; after: string; lengths: number[] }[];
    assert.equal(difference!.outcome, 'changed');
    assert.deepEqual([difference!.before, difference!.after], [sha256Hex(made.items[0].text), sha256Hex('Mein eigener Satz.')]);
  });

  it('belong to the authority of the case: a stranger, another authority and the applicant get nothing, revision only reads', async () => {
    const id = await newCase();
    const made = await json('officer', 'POST', `/api/cases/${id}/proposals`, { kind: 'fehlt' });
    for (const who of ['elsewhere', 'citizen', 'stranger']) {
      for (const path of [
        `/api/cases/${id}/proposals`,
        `/api/cases/${id}/proposals/${made.id}`,
        `/amt/vorgang/${id}/vorschlaege`,
        `/amt/vorgang/${id}/vorschlaege/${made.id}`,
      ])
        assert.ok([403, 404].includes((await call(who, 'GET', path)).status), `${who} ${path}`);
      assert.ok([403, 404].includes((await call(who, 'POST', `/api/cases/${id}/proposals`, { kind: 'fehlt' })).status), who);
    }
    assert.equal((await call('revision', 'GET', `/api/cases/${id}/proposals`)).status, 200);
    assert.equal((await call('revision', 'POST', `/api/cases/${id}/proposals`, { kind: 'fehlt' })).status, 404);
    assert.equal((await call('stranger', 'GET', `/api/cases/${id}/explanation`)).status, 404);
  });

  it('a look is journalled, and files that were not read are named', async () => {
    const id = await newCase();
    const made = await json('officer', 'POST', `/api/cases/${id}/proposals`, { kind: 'widersprueche' });
    assert.ok(
      made.notes.some((note: string) => note.includes('Bilder werden hier nicht gelesen')),
      JSON.stringify(made.notes),
    );
    const reads = (await city.ctx.journal.readStream(city.database.read, `case:${id}`)).filter(({ kind }) => kind === 'procedure.akte-gelesen');
    assert.deepEqual(
      reads.map(({ payload }) => payload['what']),
      ['assistant'],
    );
  });

  it('similar closed cases name what is the same, and each look at one is journalled', async () => {
    const [first, second] = [await newCase(), await newCase()];
    await sql`update procedure.case_file set status = 'bestandskraeftig' where id = ${first}`.execute(city.database.read);
    const made = await json('officer', 'POST', `/api/cases/${second}/proposals`, { kind: 'aehnliche' });
    assert.equal(made.items[0].sources[0].caseId, first);
    const reads = (await city.ctx.journal.readStream(city.database.read, `case:${first}`)).filter(({ kind }) => kind === 'procedure.akte-gelesen');
    assert.equal(reads.length, 1);
  });
});

describe('a model that words a proposal', () => {
  it('is labelled; sentences without a source or with facts of their own are dropped and counted', async () => {
    answer = {
      sentences: [
        { text: 'So steht es in den Regeln.', from: [1] },
        { text: 'Die Gebühr beträgt 9.999 Euro.', from: [1] },
        { text: 'Ich bewillige das.', from: [99] },
        { text: 'Ohne Quelle.', from: [] },
      ],
    };
    const id = await newCase();
    const made = await json('officer', 'POST', `/api/cases/${id}/proposals`, { kind: 'begruendung', model: 'probe' });
    assert.deepEqual(
      made.items.map((item: { text: string }) => item.text),
      ['So steht es in den Regeln.'],
    );
    assert.match(made.notes.join(), /3 Sätze des Modells waren nicht belegt/);
    assert.equal(made.aiGenerated, true);
    assert.match(sent, /Petersen/, 'the parties of the case are named to the gate');
    const page = await (await call('officer', 'GET', `/amt/vorgang/${id}/vorschlaege/${made.id}`)).text();
    assert.match(page, /data-ai-generated="true" data-ai-model="probe" data-ai-prompt="proposals.begruendung 1"/);
    assert.match(page, /KI-erzeugt, bitte prüfen/);
  });

  it('that answers in another form costs nothing: the page says so and keeps what was chosen', async () => {
    answer = { text: 'Ich bewillige den Antrag.' };
    const id = await newCase();
    const page = await send('officer', `/amt/vorgang/${id}/vorschlaege`, { kind: 'begruendung', model: 'probe' });
    assert.equal(page.status, 503);
    const text = await page.text();
    assert.match(text, /nicht in der verlangten Form/);
    assert.match(text, /value="begruendung" selected/);
  });
});

describe('the explanation beside a Bescheid', () => {
  it('stands there without a model at once, in a model’s words only once an officer took them', async () => {
    const id = await newCase();
    assert.equal((await call('citizen', 'GET', `/api/cases/${id}/explanation`)).status, 404);
    await decide(id);
    const plain = await json('citizen', 'GET', `/api/cases/${id}/explanation`);
    assert.equal(plain.aiGenerated, false);
    assert.equal(plain.sentences[0], 'Wir haben Ihren Antrag bewilligt.');
    assert.match(plain.notes[0], /ersetzt den Bescheid nicht/);
    answer = { sentences: [{ text: 'Sie dürfen den Baum fällen.', from: [1] }] };
    const made = await json('officer', 'POST', `/api/cases/${id}/proposals`, { kind: 'erklaerung', model: 'probe' });
    assert.equal((await json('citizen', 'GET', `/api/cases/${id}/explanation`)).aiGenerated, false, 'nobody has looked yet');
    await json('officer', 'POST', `/api/cases/${id}/proposals/${made.id}/settlement`, { items: [{ keep: true, text: made.items[0].text }] });
    const taken = await json('citizen', 'GET', `/api/cases/${id}/explanation`);
    assert.deepEqual(taken.sentences, ['Sie dürfen den Baum fällen.']);
    assert.equal(taken.aiGenerated, true);
    const panel = String(await explanationPanel(ctxOf(), city.citizen, id, 'de'));
    assert.match(panel, /data-ai-generated="true"/);
    assert.match(panel, /Ein Mensch im Amt hat sie geprüft/);
  });
});
