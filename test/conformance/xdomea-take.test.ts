import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Actor } from '../../src/kernel/actor.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { exchangeOn } from '../../src/neighbours.ts';
import { xdomeaCases } from '../../src/neighbours-xdomea.ts';
import { takeXdomea } from '../../src/commands/xdomea-take.ts';
import { forArchive, forAuthority } from '../../src/modules/exchange/application/hand-on.ts';
import { readMessage } from '../../src/modules/exchange/application/read-message.ts';
import { HEAD, RECORD } from '../../src/modules/exchange/application/xdomea-testing.ts';
import { zip } from '../../src/platform/files/zip.ts';
import { abgabe } from '../../src/modules/exchange/domain/xdomea.ts';
import { receiveRoutes } from '../../src/modules/exchange/public.ts';
import { openCase } from '../../src/modules/procedure/application/read-case.ts';
import { readStatistics } from '../../src/modules/procedure/application/statistics.ts';
import { act, officerPages, submit } from '../../src/modules/procedure/public.ts';
import { filledDraft, officer, procedureCity, type ProcedureCity } from '../support/procedure-city.ts';
import { testServer } from '../support/test-server.ts';
import { cityFrame } from '../../src/frame.ts';

/** Works where the file goes. */
const taker = { ...officer, staffId: '0190a000-0000-7000-8000-0000000000c7', authorities: ['bezirksamt-nord'] };
const revision = { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000c8', roles: ['revision'], authorities: [] } as const;
const people: Readonly<Record<string, Actor>> = { taker, officer, revision };

let city: ProcedureCity;
let folder: string;
let closed: Uint8Array;
before(async () => {
  city = await procedureCity();
  folder = mkdtempSync(join(tmpdir(), 'kontor-xdomea-take-'));
  for (const who of Object.keys(people)) writeFileSync(join(folder, who), who);
  const caseId = await filledDraft(city, 'baumfaellung');
  expectOk(await submit(city.ctx, city.citizen, caseId, 'de'));
  await city.jobs.drain();
  expectOk(await act(city.ctx, city.citizen, { caseId, command: { action: 'withdraw', reason: '' } }));
  closed = expectOk(await forAuthority(exchangeOn(city.ctx), officer, caseId, 'bezirksamt-nord')).bytes;
});
after(async () => {
  await city.close();
  rmSync(folder, { recursive: true, force: true });
});

const routes = () => [...receiveRoutes({ ...city.ctx, cases: xdomeaCases(city.ctx) }), ...officerPages(city.ctx, cityFrame({ demo: true }).view, [], () => [])];
const serverFor = () =>
  testServer(routes(), { clock: city.clock.now, authenticate: async (token) => (people[token] === undefined ? undefined : { actor: people[token] }) });

interface Answer {
  readonly status: number;
  readonly body: {
    readonly caseId: string;
    readonly fileNumber: string;
    readonly status: string;
    readonly repeated: boolean;
    readonly detail?: string;
    readonly authority: string;
  };
}
async function take(who: string, bytes: Uint8Array, said: { query?: string; answers?: object } = {}): Promise<Answer> {
  const body = new FormData();
  body.append('file', new Blob([new Uint8Array(bytes)]), 'akte.zip');
  if (said.answers !== undefined) body.append('answers', JSON.stringify(said.answers));
  const headers = { cookie: `kontor_session=${who}`, origin: 'http://localhost:8080' };
  const answer = await serverFor().request(`/api/exchange/xdomea/cases${said.query ?? ''}`, { method: 'POST', headers, body });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}
const countCases = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from procedure.case_file where state->>'origin' = 'xdomea'`.execute(city.ctx.database.read)).rows[0]!.n;

describe('xdomea 0401: a closed case of another authority', () => {
  it('is for those who work where it goes', async () => {
    assert.equal((await take('officer', closed)).status, 403);
    assert.equal((await take('revision', closed)).status, 403);
    assert.equal(await countCases(), 0);
  });

  it('becomes a closed file with its documents; a second time it makes no second one', async () => {
    const first = await take('taker', closed);
    assert.equal(first.status, 200, first.body.detail ?? '');
    assert.deepEqual([first.body.status, first.body.repeated, first.body.authority], ['abgeschlossen', false, 'bezirksamt-nord']);
    const again = await take('taker', closed);
    assert.deepEqual([again.body.caseId, again.body.repeated], [first.body.caseId, true]);
    assert.equal(await countCases(), 1);
    const { state, uploads } = expectOk(await openCase(city.ctx, taker, first.body.caseId));
    // two photos to their places, the two letters beside them, and the package as it came
    assert.deepEqual(uploads.map(({ slot }) => slot).toSorted(), ['beilage', 'beilage', 'foto.0', 'foto.1', 'original']);
    assert.match(state.applicant.name, /Baum fällen, Katharina Petersen/);
    assert.equal(state.decisions.length, 0);
  });

  it('writes to nobody, demands nothing, has no period, and stays closed', async () => {
    const { caseId } = (await take('taker', closed)).body;
    await city.jobs.drain();
    const db = city.ctx.database.read;
    assert.equal((await sql`select 1 from procedure.letter where case_id = ${caseId}`.execute(db)).rows.length, 0);
    assert.equal((await sql`select 1 from procedure.deadline where case_id = ${caseId}`.execute(db)).rows.length, 0);
    assert.ok(!city.kasse.demands.some((one) => one.caseId === caseId));
    const decided = await act(city.ctx, taker, { caseId, command: { action: 'confirm-complete' } });
    assert.equal(decided.ok, false);
  });

  it('is no application in the statistics', async () => {
    await take('taker', closed);
    const today = Temporal.PlainDate.from('2026-11-24');
    const { services } = await readStatistics(city.ctx, taker, { from: today, until: today });
    const figures = services.find(({ service }) => service === 'baumfaellung');
    assert.deepEqual([figures?.submitted ?? 0, figures?.fromElsewhere ?? 0, figures?.open ?? 0], [0, 0, 0]);
  });

  it('the officer reads where it came from; the journal names nobody', async () => {
    const { caseId } = (await take('taker', closed)).body;
    const page = await (await serverFor().request(`/eingang/${caseId}`, { headers: { cookie: 'kontor_session=taker' } })).text();
    assert.match(page, /hat die geschlossene Akte übernommen, über xdomea, mit 4 Dateien/);
    assert.match(page, /Bisher bei: Bezirksamt Altona, Aktenzeichen BF-2026-/);
    assert.doesNotMatch(page, /Das fehlt im Antrag/);
    const entries = await city.ctx.journal.readStream(city.ctx.database.read, `case:${caseId}`);
    assert.ok(entries.some(({ kind }) => kind === 'exchange.xdomea-taken'));
    assert.doesNotMatch(JSON.stringify(entries.map(({ payload }) => payload)), /Petersen/);
  });

  it('goes on to the archive with the day on which it was closed', async () => {
    const { caseId } = (await take('taker', closed)).body;
    const packed = expectOk(await forArchive(exchangeOn(city.ctx), taker, caseId));
    const { records, files } = expectOk(readMessage(packed.bytes));
    assert.equal(records[0]!.endedOn, '2026-11-24');
    assert.equal(files.length, 5);
  });

  it('at the keyboard: taken, and said that it was there', async () => {
    const path = join(folder, 'akte.zip');
    writeFileSync(path, closed);
    const said: string[] = [];
    const out = { print: (line: string) => void said.push(line), complain: (line: string) => void said.push(line) };
    const ask = async (url: string, init: RequestInit) => serverFor().request(url.replace('http://localhost:8080', ''), init);
    assert.equal(await takeXdomea([path, '--city', 'http://localhost:8080', '--session', join(folder, 'taker')], out, ask), 0);
    assert.match(said.join(), /^Vorgang BF-2026-\S+, war schon da$/);
    assert.equal(await takeXdomea([path], out, ask), 2);
  });
});

describe('xdomea of other systems', () => {
  const FOREIGN = { ...RECORD, openedOn: '2026-11-02', closedOn: '2026-11-20' };
  const packed = (record: Partial<typeof RECORD>, recipient = 'Bezirksamt Nord'): Uint8Array => {
    const { messageName, xml, files } = abgabe({ ...HEAD, recipient: { name: recipient } }, { ...FOREIGN, ...record });
    return zip([{ name: messageName, bytes: Buffer.from(xml) }, ...files]);
  };
  const foreign = { key: 'aktenart-7', name: 'Baumsachen', leistungsschluessel: '99000000000000' };

  it('names no service of this city: the officer does', async () => {
    const bytes = packed({ id: '0190a000-0000-7000-8000-0000000000d1', service: foreign });
    const asked = await take('taker', bytes, { query: '?authority=bezirksamt-nord' });
    assert.equal(asked.status, 422);
    const done = await take('taker', bytes, { query: '?authority=bezirksamt-nord&service=baumfaellung' });
    assert.equal(done.body.status, 'abgeschlossen', done.body.detail ?? '');
  });

  it('a running one needs the answers, and then goes on as an application', async () => {
    const { closedOn: _, ...running } = FOREIGN;
    const { messageName, xml, files } = abgabe(HEAD, { ...running, id: '0190a000-0000-7000-8000-0000000000d2' });
    const bytes = zip([{ name: messageName, bytes: Buffer.from(xml) }, ...files]);
    const asked = await take('officer', bytes, { query: '?service=baumfaellung' });
    assert.equal(asked.status, 409);
    assert.match(asked.body.detail ?? '', /läuft noch/);
    const { answers } = city.ctx.desk.current('baumfaellung')!.walk;
    const done = await take('officer', bytes, { query: '?service=baumfaellung', answers });
    assert.equal(done.body.status, 'eingegangen', done.body.detail ?? '');
    assert.equal((await take('taker', bytes)).status, 403, 'another authority has it');
  });

  it('a message without its files is refused, and nothing is kept', async () => {
    const before = await countCases();
    const { xml } = abgabe(HEAD, { ...FOREIGN, id: '0190a000-0000-7000-8000-0000000000d3' });
    assert.equal((await take('taker', Buffer.from(xml), { query: '?service=baumfaellung&authority=bezirksamt-nord' })).status, 409);
    assert.equal(await countCases(), before);
  });
});
