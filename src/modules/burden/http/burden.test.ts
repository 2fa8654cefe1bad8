import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Actor } from '../../../kernel/actor.ts';
import { expectOk } from '../../../kernel/result.ts';
import { loadServices, openServiceDesk } from '../../catalogue/public.ts';
import { viewOf } from '../../../platform/ui/view.ts';
import { testServer } from '../../../../test/support/test-server.ts';
import { repositoryRoot, temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { engines } from '../../../../test/support/temporary-database.ts';
import type { BurdenContext } from '../application/context.ts';
import { declareMeasure, takeBackMeasure } from '../application/declare-measure.ts';
import { reckonCity, reckonService } from '../application/reckon.ts';
import { reckonCityOn } from '../application/reckon-on.ts';
import { burdenRoutes } from '../public.ts';

const STRATEGY: Actor = { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000a1', roles: ['strategie'], authorities: [] };
const OFFICER: Actor = { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000a2', roles: ['sachbearbeitung'], authorities: ['bezirk-altona'] };
const SESSIONS: Readonly<Record<string, Actor>> = { strategy: STRATEGY, officer: OFFICER };

for (const engine of engines) {
  describe(`the burden of real packages (${engine})`, () => {
    let city: TemporaryCity;
    let folder: string;
    let ctx: BurdenContext;
    let server: ReturnType<typeof testServer>;
    const cases = new Map([['hund', { byWay: { online: 1000, counter: 200 }, countedMonths: 3 }]]);

    before(async () => {
      city = await temporaryCity({ engine });
      folder = await mkdtemp(join(tmpdir(), 'kontor-burden-'));
      await cp(join(repositoryRoot, 'services'), folder, { recursive: true });
      await open();
      server = testServer(
        burdenRoutes(
          {
            ...city.ctx,
            get desk() {
              return ctx.desk;
            },
            cases: async () => cases,
          },
          (visit) => viewOf(visit, { demo: true }),
        ),
        { authenticate: async (token) => (SESSIONS[token] === undefined ? undefined : { actor: SESSIONS[token] }) },
      );
    });
    after(async () => {
      await city.close();
      await rm(folder, { recursive: true });
    });

    /** Opens the city anew on what stands in the folder, as a start does. */
    async function open(): Promise<void> {
      const desk = await openServiceDesk(city.ctx, await loadServices(folder, Temporal.PlainDate.from('2026-11-24')));
      ctx = { ...city.ctx, desk, cases: async () => cases };
    }
    const hund = async () => expectOk(await reckonService(ctx, 'hund')).service;
    const post = (path: string, who: string, fields: Record<string, string>) =>
      server.request(path, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { cookie: `kontor_session=${who}`, origin: 'http://localhost:8080', 'content-type': 'application/x-www-form-urlencoded' },
      });

    it('reckons every service that people apply for, and none that the authority begins itself', async () => {
      const { services, sum } = await reckonCity(ctx);
      assert.ok(services.length >= 7 && !services.some(({ service }) => service === 'bebauungsplan'));
      for (const { service, history } of services) assert.ok(history.now.seconds > 300 && history.now.seconds < 36_000, `${service}: ${history.now.seconds}`);
      assert.deepEqual(
        sum.leftOut.toSorted(),
        services
          .map(({ service }) => service)
          .filter((one) => one !== 'hund')
          .toSorted(),
      );
      const { ways } = await hund();
      const [online, counter] = [ways[0]!.history.now.seconds, ways[1]!.history.now.seconds];
      assert.ok(counter > online + 1500, 'at the counter the same is asked, and the way is added');
      assert.deepEqual([sum.cases, sum.secondsPerYear], [1200, online * 1000 + counter * 200]);
    });

    it('counts what the example case is asked: prefilled fields as prefilled, its one paper once', async () => {
      const { facts } = await hund();
      assert.ok(facts.fields.some(({ id, prefilled }) => id === 'givenName' && prefilled));
      assert.ok(!facts.fields.some(({ id }) => id === 'remark'), 'what is free and empty costs nobody time');
      assert.deepEqual(
        facts.documents.map(({ id, count }) => [id, count]),
        [['versicherung', 1]],
      );
      assert.ok(facts.provesIdentity && facts.pays);
    });

    it('a new version that asks less is less burden; a changed letter is none', async () => {
      const before = await hund();
      assert.deepEqual(before.history.changes, []);
      city.clock.advance({ hours: 24 });
      const form = join(folder, 'hund/form.yaml');
      const text = await readFile(form, 'utf8');
      const without = text
        .split('\n')
        .filter((line) => !line.includes('id: nachweis') && !line.includes('id: versicherung, label'))
        .join('\n')
        .replace('documents:\n', 'documents: []\n');
      assert.notEqual(without, text);
      await writeFile(form, without);
      const service = join(folder, 'hund/service.yaml');
      await writeFile(service, (await readFile(service, 'utf8')).replace('version: 1.0.0', 'version: 1.1.0'));
      const walk = join(folder, 'hund/walk.yaml');
      await writeFile(walk, (await readFile(walk, 'utf8')).replace(/documents:\n.*\n/, 'documents: []\n'));
      await open();
      assert.equal(ctx.desk.current('hund')?.version, '1.1.0', JSON.stringify(ctx.desk.services.mistakes));
      const { history } = await hund();
      assert.deepEqual(
        history.changes.map(({ cause }) => cause),
        [{ version: '1.1.0' }],
      );
      assert.equal(history.first.seconds, before.history.now.seconds);
      // the paper, its upload, and the words that asked for it
      const gone = history.first.seconds - history.now.seconds;
      assert.ok(gone >= 660 && gone < 700, String(gone));
      const letter = join(folder, 'letters/bescheid.typ');
      await writeFile(letter, (await readFile(letter, 'utf8')).replace('== Gründe', '== Begründung'));
      await open();
      assert.equal((await hund()).history.changes.length, 1);
      // who goes to the counter had nothing to upload
      assert.equal((await reckonCity(ctx)).sum.removedSecondsPerYear, gone * 1000 + (gone - 60) * 200);
      const removedOn = async (day: string) => (await reckonCityOn(ctx, Temporal.PlainDate.from(day))).sum.removedSecondsPerYear;
      assert.deepEqual([await removedOn('2026-11-24'), await removedOn('2026-11-25')], [0, gone * 1000 + (gone - 60) * 200]);
    });

    it('a change is declared by whoever keeps the strategy, once, with its reason, and taken back', async () => {
      const input = { kind: 'visit-ended', target: '', effectiveOn: '01.10.2026', reason: 'Der Schalter ist nicht mehr nötig.' };
      const refused = await declareMeasure(ctx, OFFICER, 'hund', input);
      assert.ok(!refused.ok && refused.problem.kind === 'not-allowed');
      const unknown = await declareMeasure(ctx, STRATEGY, 'bebauungsplan', input);
      assert.ok(!unknown.ok && unknown.problem.kind === 'not-found');
      const { id } = expectOk(await declareMeasure(ctx, STRATEGY, 'hund', input));
      const again = await declareMeasure(ctx, STRATEGY, 'hund', input);
      assert.ok(!again.ok && again.problem.kind === 'conflict');
      assert.ok((await hund()).history.first.seconds - (await hund()).history.now.seconds > 1800);
      const entries = await city.ctx.journal.readStream(city.ctx.database.read, 'burden:hund');
      assert.deepEqual(
        entries.map(({ kind, actor }) => [kind, actor]),
        [['burden.measure-declared', 'staff:0190a000-0000-7000-8000-0000000000a1']],
      );
      assert.ok(!JSON.stringify(entries[0]!.payload).includes('Schalter'), 'words stand in the row, their hash in the journal');
      const short = await takeBackMeasure(ctx, STRATEGY, id, 'nein');
      assert.ok(!short.ok && short.problem.kind === 'invalid-input');
      expectOk(await takeBackMeasure(ctx, STRATEGY, id, 'Der Tag war falsch.'));
      const gone = await takeBackMeasure(ctx, STRATEGY, id, 'Der Tag war falsch.');
      assert.ok(!gone.ok && gone.problem.kind === 'not-found');
      assert.equal((await hund()).history.changes.length, 1);
    });

    it('a package taken back to an earlier version: the oldest stays the first, the earlier one is in force again', async () => {
      const changed = new Map<string, string>();
      for (const file of ['hund/form.yaml', 'hund/service.yaml', 'hund/walk.yaml', 'letters/bescheid.typ']) {
        changed.set(file, await readFile(join(folder, file), 'utf8'));
        await cp(join(repositoryRoot, 'services', file), join(folder, file));
      }
      city.clock.advance({ hours: 48 });
      await open();
      assert.equal(ctx.desk.current('hund')?.version, '1.0.0');
      const { history, facts } = await hund();
      assert.equal(facts.version, '1.0.0');
      assert.deepEqual(
        history.changes.map(({ on, cause }) => [on.toString(), cause]),
        [
          ['2026-11-25', { version: '1.1.0' }],
          ['2026-11-27', { version: '1.0.0', returned: true }],
        ],
      );
      assert.equal(history.now.seconds, history.first.seconds);
      assert.ok(history.changes[0]!.after.seconds < history.first.seconds);
      const page = await (await server.request('/strategie/aufwand/hund')).text();
      assert.match(page, /spätestens 27\. November 2026[^]*Fassung 1\.0\.0 der Leistung gilt wieder/);
      for (const [file, text] of changed) await writeFile(join(folder, file), text);
      await open();
    });

    it('the pages are for everybody; the form is for the strategy alone', async () => {
      const open = await (await server.request('/strategie/aufwand')).text();
      assert.match(open, /Hund anmelden/);
      assert.match(open, /Leistungen stehen nicht in der Summe/);
      assert.match(open, /200 \(3 von 12 Monaten gezählt\)/);
      assert.match(open, /nicht bekannt/);
      const page = await (await server.request('/strategie/aufwand/hund')).text();
      assert.match(page, /Fassung 1\.1\.0 der Leistung/);
      assert.match(page, /200 \(3 von 12 Monaten gezählt\)[^]*Am Telefon[^]*weniger als zehn/);
      assert.match(page, /200 Wörter je Minute/);
      assert.doesNotMatch(page, />[^<]*(\(yes-no\)|visit-cost)/);
      assert.doesNotMatch(page, /Eine Änderung melden/);
      assert.equal((await server.request('/strategie/aufwand/nichts')).status, 404);
      assert.equal((await post('/strategie/aufwand/hund', 'officer', {})).status, 403);
      const wrong = await post('/strategie/aufwand/hund', 'strategy', { kind: 'prefilled', target: 'givenName', effectiveOn: 'gestern', reason: '' });
      assert.equal(wrong.status, 422);
      assert.match(await wrong.text(), /Wählen Sie ein Feld, das heute noch getippt wird/);
      const done = await post('/strategie/aufwand/hund', 'strategy', {
        kind: 'prefilled',
        target: 'chip',
        effectiveOn: '1.10.2026',
        reason: 'Der Chip steht im Servicekonto.',
      });
      assert.equal(done.status, 303);
      const shown = await (await server.request('/strategie/aufwand/hund', { headers: { cookie: 'kontor_session=strategy' } })).text();
      assert.match(shown, /Ein Feld wird aus dem Servicekonto ausgefüllt: Chipnummer/);
      const id = /aenderungen\/([0-9a-f-]{36})\/zurueck/.exec(shown)![1]!;
      const bad = await post(`/strategie/aufwand/hund/aenderungen/${id}/zurueck`, 'strategy', { [`reason-${id}`]: 'x' });
      assert.match(await bad.text(), new RegExp(`#f-reason-${id}`));
      assert.equal((await post(`/strategie/aufwand/hund/aenderungen/${id}/zurueck`, 'strategy', { [`reason-${id}`]: 'Doch nicht so gebaut.' })).status, 303);
    });

    it('programs read and declare the same', async () => {
      const all = (await (await server.request('/api/burden')).json()) as {
        services: { service: string; casesPerYear: number | null; countedMonths: number; ways: { way: string; casesPerYear: number | null }[] }[];
        sum: { leftOut: string[] };
      };
      const hundOf = all.services.find(({ service }) => service === 'hund')!;
      assert.deepEqual([hundOf.casesPerYear, hundOf.countedMonths], [1200, 3]);
      assert.deepEqual(
        hundOf.ways.map(({ way, casesPerYear }) => [way, casesPerYear]),
        [
          ['online', 1000],
          ['counter', 200],
          ['phone', null],
          ['post', null],
        ],
      );
      assert.equal(all.services.find(({ service }) => service === 'baumfaellung')?.casesPerYear, null);
      const csv = await (await server.request('/strategie/aufwand.csv')).text();
      assert.equal(csv.trim().split('\r\n').length, all.services.length + 1);
      assert.match(csv, /faelle_schalter;sekunden_schalter[^]*\r\nhund;[^\r]*;1200;[^\r]*;200;\d+;;\d+;;\d+;3;\d+\r\n/);
      const headers = { cookie: 'kontor_session=strategy', 'content-type': 'application/json', origin: 'http://localhost:8080' };
      const body = JSON.stringify({ kind: 'prefilled', target: 'chip', effectiveOn: '2026-10-01', reason: 'Der Chip steht im Servicekonto.' });
      const made = await server.request('/api/burden/hund/measures', { method: 'POST', headers, body });
      assert.equal(made.status, 201);
      const { id } = (await made.json()) as { id: string };
      const one = (await (await server.request('/api/burden/hund')).json()) as { secondsNow: number; items: { seconds: number }[]; changes: unknown[] };
      assert.equal(
        one.items.reduce((sum, { seconds }) => sum + seconds, 0),
        one.secondsNow,
      );
      assert.equal(one.changes.length, 2);
      const back = await server.request(`/api/burden/hund/measures/${id}/withdrawal`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ reason: 'War nur ein Versuch.' }),
      });
      assert.equal(back.status, 200);
    });
  });
}
