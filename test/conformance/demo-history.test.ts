import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { fillDemoHistory, type Filling } from '../../src/demo-history.ts';
import { planHistory, TOLD_SERVICES } from '../../src/demo-history-plan.ts';
import { cityFrame } from '../../src/frame.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { legalDay } from '../../src/kernel/time.ts';
import { verifyFigures } from '../../src/modules/indicators/public.ts';
import { claimsOfCase, isSettled } from '../../src/modules/payment/public.ts';
import { caseFile, caseHistory, countCases, proposeFor } from '../../src/modules/procedure/public.ts';
import { outreachModules } from '../../src/outreach.ts';
import { getFile } from '../../src/platform/files/files.ts';
import { verifyJournal } from '../../src/platform/journal/journal.ts';
import { strategyModules } from '../../src/strategy.ts';
import { procedureCity, type ProcedureCity } from '../support/procedure-city.ts';
import { testServer } from '../support/test-server.ts';

/** A whole month and two days: forty-odd cases. */
const [NOW, MONTHS] = ['2026-11-03T09:00:00Z', 1];
const BEGUN = 'demo.history-begun';
/** Under this one few of so few cases are hidden: the phases of the three services are small. */
const SECRET = 'a secret of the tests, long enough for a key 2227';

describe('A demo with a past', () => {
  let city: ProcedureCity;
  let fill: (ctx?: Partial<Filling['ctx']>) => Promise<void>;
  let read: (path: string) => Promise<Record<string, unknown>>;
  let close: () => Promise<void>;
  before(async () => {
    city = await procedureCity({ now: NOW });
    const directory = mkdtempSync(join(tmpdir(), 'kontor-history-'));
    const config = readConfig({ KONTOR_DATA: directory, KONTOR_SECRET: SECRET });
    const { view } = cityFrame({ demo: true });
    const outreach = outreachModules(city.ctx, config, view, { hub: city.hub, pageExists: () => true });
    const strategy = strategyModules(city.ctx, config, view);
    const server = testServer([...outreach.routes, ...strategy.routes], { clock: city.clock.now, log: city.log, database: city.database });
    // the strategy's own content is filled elsewhere; its figures are read here
    const figures = { ...strategy, fillDemo: async () => {} };
    fill = (change = {}) => fillDemoHistory({ ctx: { ...city.ctx, ...change }, outreach: outreach.demo, strategy: figures }, MONTHS, () => {});
    read = async (path) => {
      const answer = await server.request(path);
      assert.equal(answer.status, 200, path);
      return (await answer.json()) as Record<string, unknown>;
    };
    close = async () => {
      await outreach.close();
      await city.close();
      rmSync(directory, { recursive: true, force: true });
    };
  });
  after(() => close());

  const ids = async (): Promise<readonly string[]> =>
    (await city.ctx.journal.readStream(city.database.read, 'demo:history')).filter(({ kind }) => kind === BEGUN).map(({ payload }) => String(payload['id']));

  it('that is interrupted within a case goes on in it, and has each case once', { timeout: 180_000 }, async () => {
    let compiled = 0;
    const { typesetter } = city.ctx;
    const power: typeof typesetter = {
      ...typesetter,
      compile: (...what) => (++compiled === 9 ? Promise.reject(new Error('der Strom fällt aus')) : typesetter.compile(...what)),
    };
    await assert.rejects(fill({ typesetter: power }), /Strom/);
    const stopped = await countCases(city.ctx);
    await fill();
    const plan = planHistory(legalDay(city.clock.now()), MONTHS);
    assert.ok(stopped > 0 && stopped < plan.cases.length);
    assert.equal(await countCases(city.ctx), plan.cases.length);
    assert.equal((await ids()).length, plan.cases.length + plan.drafts.length);
  });

  it('is filled once', async () => {
    const before = await city.ctx.journal.head(city.database.read);
    await fill();
    assert.equal(await city.ctx.journal.head(city.database.read), before);
  });

  it('holds together: journal, figures, Bescheide, fees and the order of time in each case', async () => {
    assert.equal((await verifyJournal(city.database.read)).broken, undefined);
    assert.equal((await verifyFigures(city.ctx)).difference, undefined);
    let decided = 0;
    for (const id of await ids()) {
      const file = await caseFile(city.ctx, city.database.read, id);
      if (file === undefined) continue;
      const { state } = file;
      const history = await caseHistory(city.ctx, city.database.read, id);
      for (const [index, { at }] of history.entries()) {
        assert.ok(Temporal.Instant.compare(at, city.clock.now()) <= 0, state.fileNumber);
        if (index > 0) assert.ok(Temporal.Instant.compare(history[index - 1]!.at, at) <= 0, state.fileNumber);
      }
      const officer: Actor = { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000a1', roles: ['sachbearbeitung'], authorities: [state.authority] };
      expectOk(await proposeFor(city.ctx, officer, id, 'grant'));
      for (const { pdfSha256, delivery } of state.decisions) {
        assert.ok(delivery !== undefined, state.fileNumber);
        assert.match(Buffer.from((await getFile(city.database.read, pdfSha256!))!.bytes.slice(0, 5)).toString(), /^%PDF-/);
        decided += 1;
      }
      if (state.service === 'hund') assert.ok((await claimsOfCase(city.database.read, id)).every(isSettled), state.fileNumber);
    }
    assert.ok(decided >= 25, String(decided));
  });

  it('tells one online share on both pages, and no figure is unknown for want of counting', async () => {
    const { usage } = (await read('/api/usage'))['city'] as { usage: { state: string; share: number } };
    const indicator = (await read('/api/indicators/online-share')) as { state: { kind: string; value: number }; cases: number };
    assert.equal(usage.state, 'known');
    assert.equal(indicator.state.kind, 'known');
    // one is exact; the other is in tens, each service up to eighteen below
    const online = indicator.cases * indicator.state.value;
    const least = Math.max(0, online - TOLD_SERVICES.length * 18);
    const said = `${usage.share} beside ${indicator.state.value}`;
    assert.ok(usage.share <= indicator.state.value + 0.03 && usage.share >= least / (least + indicator.cases - online) - 0.03, said);
    // in one month people have decided too few to be told
    for (const key of ['automation', 'complete-first', 'satisfaction'])
      assert.match(JSON.stringify((await read(`/api/indicators/${key}`))['state']), key === 'complete-first' ? /known/ : /known|suppressed/, key);
  });
});
