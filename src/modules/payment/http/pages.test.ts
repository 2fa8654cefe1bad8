import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { expectOk } from '../../../kernel/result.ts';
import { createServer, type CityServer } from '../../../platform/http/server.ts';
import { html } from '../../../platform/ui/html.ts';
import { viewOf } from '../../../platform/ui/view.ts';
import { temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { demoAccounts, seedDemoAccounts } from '../../identity/public.ts';
import type { PaymentContext } from '../application/context.ts';
import { demandPayment } from '../application/demand-payment.ts';
import type { Claim } from '../domain/claim.ts';
import { demoPayments, paymentRoutes } from '../public.ts';
import { centsOf } from './desk-pages.ts';

const ORIGIN = 'http://localhost:8080';

describe('Pages and API of payments', () => {
  let city: TemporaryCity;
  let ctx: PaymentContext;
  let server: CityServer;
  let claim: Claim;
  const people = new Map<string, Actor>();

  before(async () => {
    city = await temporaryCity();
    await seedDemoAccounts(city.ctx, city.clock.now());
    const [debtor, stranger] = (await demoAccounts(city.database.read)).map(({ id }): Actor => ({ kind: 'citizen', accountId: id, trust: 'einfach' }));
    people.set('debtor', debtor!).set('stranger', stranger!);
    const staff = { kind: 'staff', staffId: 's1', roles: ['sachbearbeitung'], authorities: ['bezirksamt-altona'] } as const;
    people.set('officer', staff).set('elsewhere', { ...staff, authorities: ['anderes-amt'] });
    people.set('revision', { ...staff, roles: ['revision'], authorities: [] });
    const demo = demoPayments(city.ctx, 'a secret of the tests, long enough for a key', {
      fetch: ((input: string, init?: RequestInit) => demo.server.handle(new Request(input, init))) as typeof fetch,
    });
    ctx = {
      ...city.ctx,
      providers: [demo.provider],
      bankAccountOf: () => ({ holder: 'Kasse <Altona>', iban: 'DE89 3704 0044 0532 0130 00' }),
      purposeText: () => ({ de: 'Gebühr', en: 'Fee', leicht: 'Gebühr leicht' }),
      authorityName: (id) => `Amt ${id}`,
    };
    await city.jobs.register(demo.jobs);
    server = createServer({
      routes: paymentRoutes(ctx, (visit) => viewOf(visit, { demo: true }), city.hub),
      publicUrl: ORIGIN,
      production: false,
      clock: city.clock.now,
      log: city.log,
      authenticate: async (token) => ({ actor: people.get(token)! }),
      renderProblem: (_, { title, problem }) => html`<h1>${title}</h1><p>${problem.detail}</p>`,
      renderPage: (_, { title, body }) => html`<h1>${title}</h1>${body}`,
      database: city.database,
      rateLimit: 0,
    });
    const accountId = debtor!.kind === 'citizen' ? debtor!.accountId : '';
    const input = {
      ...{ caseId: newId(1), fileNumber: 'BF-2026-000001-X', accountId, authority: 'bezirksamt-altona', amountCents: 6500 },
      ...{ purpose: 'gebuehr', dueOn: Temporal.PlainDate.from('2026-12-24'), legalBasis: '§ 1 GebG', key: 'k' },
    };
    claim = expectOk(await city.database.transaction((tx) => demandPayment(ctx, tx, { kind: 'system', job: 'test' }, input)));
  });
  after(() => city.close());

  const ask = (who: string, path: string, init: RequestInit = {}): Promise<Response> =>
    server.request(path, { ...init, headers: { cookie: `kontor_session=${who}`, origin: ORIGIN, ...(init.headers as object) } });

  it('every route: only its people, and a foreign claim is not there', async () => {
    const { id } = claim;
    const CASES: readonly (readonly [string, string, number])[] = [
      ['debtor', `/zahlungen/${id}`, 200],
      ['stranger', `/zahlungen/${id}`, 404],
      ['stranger', `/zahlungen/${id}/live`, 404],
      ['officer', `/zahlungen/${id}`, 403],
      ['debtor', `/zahlungen/nonsense`, 404],
      ['debtor', '/zahlungen', 200],
      ['officer', '/amt/kasse', 200],
      ['revision', '/amt/kasse?ansicht=alle', 200],
      ['debtor', '/amt/kasse', 403],
      ['officer', `/amt/kasse/${id}`, 200],
      ['elsewhere', `/amt/kasse/${id}`, 404],
      ['debtor', `/api/payments/${id}`, 200],
      ['stranger', `/api/payments/${id}`, 404],
      ['elsewhere', `/api/payments/${id}`, 404],
      ['debtor', '/api/payments?cursor=made-up', 422],
      ['debtor', '/api/cash-desk/claims', 403],
      ['elsewhere', '/api/cash-desk/claims', 200],
    ];
    for (const [who, path, status] of CASES) assert.equal((await ask(who, path)).status, status, `${who} ${path}`);
    assert.deepEqual(await (await ask('elsewhere', '/api/cash-desk/claims?view=alle')).json(), { items: [], next: null });
  });

  for (const [lang, words, amount] of [
    ['de', 'Noch zu zahlen', '65,00\u00a0€'],
    ['en', 'To be paid', '€65.00'],
    ['leicht', 'Sie müssen noch zahlen', '65,00\u00a0€'],
  ] as const) {
    it(`shows what, how much, until when and how, in ${lang}; escaped`, async () => {
      const text = await (await ask('debtor', `/zahlungen/${claim.id}?lang=${lang}`)).text();
      assert.ok(text.includes(words) && text.includes(amount) && text.includes('Kasse &lt;Altona&gt;') && text.includes('BCD\n002'), lang);
    });
  }

  it('form, redirect, return: it waits, and says so without a script', async () => {
    const answer = await ask('debtor', `/zahlungen/${claim.id}/online`, { method: 'POST', body: new URLSearchParams() });
    assert.equal(answer.status, 303);
    assert.match(answer.headers.get('location')!, /^http:\/\/localhost:8080\/demo-zahlung\/kasse\//);
    const text = await (await ask('debtor', `/zahlungen/${claim.id}?zurueck=1`)).text();
    assert.match(text, /Wir warten auf die Bestätigung/);
    assert.match(text, new RegExp(`href="/zahlungen/${claim.id}\\?zurueck=1"`));
    assert.ok(!text.includes('<strong class="kern-title">Bezahlt'));
  });

  it('the API gives the same way to pay, and a stranger none', async () => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const answer = await ask('debtor', `/api/payments/${claim.id}/attempts`, init);
    assert.equal(answer.status, 201);
    assert.match(((await answer.json()) as { redirectUrl: string }).redirectUrl, /demo-zahlung/);
    assert.equal((await ask('stranger', `/api/payments/${claim.id}/attempts`, init)).status, 404);
  });

  it('a statement that is none is refused at its field; the page lives', async () => {
    const body = new FormData();
    body.set('authority', 'bezirksamt-altona');
    body.set('datei', new Blob(['no xml']), 'x.xml');
    const answer = await ask('officer', '/amt/kasse/kontoauszug', { method: 'POST', body });
    assert.equal(answer.status, 422);
    assert.match(await answer.text(), /kein wohlgeformtes XML/);
  });

  it('amounts as people type them', () => {
    const CASES = { '65': 6500, '65,5': 6550, '1.234,50 €': 123450, '65.5': Number.NaN, '-1': Number.NaN, '': Number.NaN, '1,234': Number.NaN };
    for (const [typed, cents] of Object.entries(CASES)) assert.equal(centsOf(typed), cents, typed);
  });
});
