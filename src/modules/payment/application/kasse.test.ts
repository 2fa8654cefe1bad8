import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { expectOk } from '../../../kernel/result.ts';
import { engines } from '../../../../test/support/temporary-database.ts';
import { temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { demoAccounts, seedDemoAccounts } from '../../identity/public.ts';
import { statusOf, type Claim } from '../domain/claim.ts';
import { signMessage } from '../domain/standard-webhooks.ts';
import { demoWebhookSecret } from '../http/demo-provider.ts';
import { notificationDoor } from '../http/notifications.ts';
import { paymentJobs } from '../jobs.ts';
import { demoPayments } from '../public.ts';
import { findClaim } from '../store/claims.ts';
import { cancelClaim, demandPayment } from './demand-payment.ts';
import { followAttempts, handOn, remindDebtors } from './follow-attempts.ts';
import { assignTransfer, importBankStatement, unassignedEntries } from './import-statement.ts';
import { confirmRefund, deskClaims, openClaim, ownClaims, requestRefund } from './read-claims.ts';
import { startPayment } from './start-payment.ts';
import type { PaymentContext } from './context.ts';

const SECRET = 'a secret of the tests, long enough for a key';
const ORIGIN = 'http://localhost:8080';
type Citizen = Extract<Actor, { kind: 'citizen' }>;
const staff = (n: number, roles: readonly ('sachbearbeitung' | 'leitung' | 'revision')[] = ['sachbearbeitung'], authorities = ['bezirksamt-altona']) =>
  ({ kind: 'staff', staffId: `0190a000-0000-7000-8000-0000000000a${n}`, roles, authorities }) as const;

const camt = (entries: string): Buffer =>
  Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>${entries}</Stmt></BkToCstmrStmt></Document>`,
  );
const entry = (reference: string, amount: string, bankReference: string, more = ''): string =>
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>${more}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-23</Dt></BookgDt><ValDt><Dt>2026-11-23</Dt></ValDt><AcctSvcrRef>${bankReference}</AcctSvcrRef><NtryDtls><TxDtls><RmtInf><Ustrd>${reference}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;

for (const engine of engines) {
  describe(`Kasse on ${engine}`, () => {
    let city: TemporaryCity;
    let ctx: PaymentContext;
    let demo: ReturnType<typeof demoPayments>;
    let debtor: Citizen;
    let stranger: Citizen;
    let door: ReturnType<typeof notificationDoor>;
    let paid: string[] = [];
    let hookFails = false;
    /** Every message of the demo provider goes here instead of the door, while set. */
    let network: 'up' | 'down' = 'up';

    const net = ((input: string | URL | Request, init?: RequestInit) => {
      if (network === 'down') return Promise.reject(new Error('no network'));
      const request = new Request(input, init);
      return new URL(request.url).pathname.startsWith(demo.server.prefix) ? demo.server.handle(request) : door.handle(request);
    }) as typeof fetch;

    before(async () => {
      city = await temporaryCity({ engine });
      await seedDemoAccounts(city.ctx, city.clock.now());
      const [one, two] = await demoAccounts(city.database.read);
      debtor = { kind: 'citizen', accountId: one!.id, trust: 'einfach' };
      stranger = { kind: 'citizen', accountId: two!.id, trust: 'einfach' };
      demo = demoPayments(city.ctx, SECRET, { fetch: net });
      ctx = {
        ...city.ctx,
        providers: [demo.provider],
        bankAccountOf: () => ({ holder: 'Kasse', iban: 'DE89 3704 0044 0532 0130 00' }),
        purposeText: () => ({ de: 'Gebühr', en: 'Fee', leicht: 'Gebühr' }),
        authorityName: (id) => id,
        async onPaid(_tx, claim) {
          if (hookFails) throw new Error('the register is away');
          paid.push(claim.id);
        },
      };
      door = notificationDoor(ctx);
      await city.jobs.register([...paymentJobs(ctx), ...demo.jobs]);
    });
    after(() => city.close());
    beforeEach(() => {
      paid = [];
      hookFails = false;
      network = 'up';
    });

    async function demanded(key: string = newId(Date.now())): Promise<Claim> {
      const input = {
        caseId: newId(Date.now()),
        fileNumber: 'BF-2026-000001-X',
        accountId: debtor.accountId,
        authority: 'bezirksamt-altona',
        amountCents: 6500,
        purpose: 'gebuehr',
        dueOn: Temporal.PlainDate.from('2026-12-24'),
        legalBasis: '§ 1 GebG',
        key,
      };
      return expectOk(await city.database.transaction((tx) => demandPayment(ctx, tx, { kind: 'system', job: 'test' }, input)));
    }
    const now = async (claim: Claim): Promise<Claim> => (await findClaim(city.database.read, claim.id))!;
    const status = async (claim: Claim) => statusOf(await now(claim));
    async function choose(redirectUrl: string, ausgang: string): Promise<Response> {
      return demo.server.handle(new Request(redirectUrl, { method: 'POST', body: new URLSearchParams({ ausgang }) }));
    }
    async function begun(): Promise<{ claim: Claim; url: string }> {
      const claim = await demanded();
      return { claim, url: expectOk(await startPayment(ctx, debtor, claim.id)).redirectUrl };
    }
    const kinds = async (claim: Claim) => (await city.ctx.journal.readStream(city.database.read, `payment:${claim.id}`)).map(({ kind }) => kind);

    it('the same key demands once', async () => {
      const first = await demanded('once');
      assert.equal((await demanded('once')).id, first.id);
      assert.deepEqual(await kinds(first), ['payment.demanded']);
    });

    it('redirect, choice, message: paid with day and source, and the procedure is told once', async () => {
      const { claim, url } = await begun();
      assert.equal(await status(claim), 'in-payment');
      const back = await choose(url, 'zahlen');
      assert.equal(back.headers.get('location'), `${ORIGIN}/zahlungen/${claim.id}?zurueck=1`);
      assert.equal(await status(claim), 'in-payment', 'the way back proves nothing');
      await city.jobs.drain();
      const view = expectOk(await openClaim(ctx, debtor, claim.id));
      assert.deepEqual([view.status, view.paid?.via, view.paid?.on.toString(), view.waitsHandOn], ['paid', 'demo-payment', '2026-11-24', false]);
      assert.deepEqual(paid, [claim.id]);
      await handOn(ctx, { claimId: claim.id });
      assert.deepEqual(paid, [claim.id]);
      assert.deepEqual(await kinds(claim), ['payment.demanded', 'payment.attempt-planned', 'payment.attempt-started', 'payment.booked', 'payment.handed-on']);
    });

    it('a registration that fails leaves the payment true and is seen at the Kasse, until it succeeds', async () => {
      hookFails = true;
      const { claim, url } = await begun();
      await choose(url, 'zahlen');
      await assert.rejects(city.jobs.drain(), /register is away/);
      assert.equal(await status(claim), 'paid');
      const hangs = await deskClaims(ctx, staff(1), { view: 'haengt' });
      assert.ok(hangs.items.some((one) => one.claim.id === claim.id && one.waitsHandOn));
      hookFails = false;
      await handOn(ctx, { claimId: claim.id });
      assert.ok(!(await deskClaims(ctx, staff(1), { view: 'haengt' })).items.some((one) => one.claim.id === claim.id));
    });

    it('a message that never comes is asked for', async () => {
      const { claim, url } = await begun();
      await choose(url, 'zahlen-ohne-meldung');
      await city.jobs.drain();
      assert.equal(await status(claim), 'in-payment');
      city.clock.advance({ minutes: 3 });
      network = 'down';
      await followAttempts(ctx);
      assert.equal(await status(claim), 'in-payment', 'a provider that is away says nothing');
      network = 'up';
      await followAttempts(ctx);
      assert.equal(await status(claim), 'paid');
    });

    it('an abandoned attempt is gone on with, then given up; the next one is another', async () => {
      const { claim, url } = await begun();
      assert.equal(expectOk(await startPayment(ctx, debtor, claim.id)).redirectUrl, url);
      city.clock.advance({ minutes: 31 });
      await followAttempts(ctx);
      assert.equal(await status(claim), 'open');
      const again = expectOk(await startPayment(ctx, debtor, claim.id)).redirectUrl;
      assert.notEqual(again, url);
      await choose(again, 'zahlen');
      await choose(url, 'zahlen');
      await city.jobs.drain();
      assert.equal(await status(claim), 'overpaid', 'a late payment of the old attempt is not lost');
    });

    it('a provider that is away: a plain refusal, and the same attempt when it is back', async () => {
      const claim = await demanded();
      network = 'down';
      const refused = await startPayment(ctx, debtor, claim.id);
      assert.ok(!refused.ok && refused.problem.kind === 'unavailable');
      network = 'up';
      assert.ok((await startPayment(ctx, debtor, claim.id)).ok);
      assert.equal((await now(claim)).attempts.length, 1);
    });

    describe('messages from outside', () => {
      const send = (body: string, headers: Record<string, string>, provider = 'demo-payment') =>
        door.handle(new Request(`${ORIGIN}/api/payment/notifications/${provider}`, { method: 'POST', body, headers }));
      const refusedCount = async () =>
        (await city.ctx.journal.readStream(city.database.read, 'payment:notifications')).filter(({ kind }) => kind === 'payment.notification-refused').length;
      function signed(attemptId: string, id: string, secret = demoWebhookSecret(SECRET)): [string, Record<string, string>] {
        const data = { id: '0190a000-0000-7000-8000-000000000001', merchantId: attemptId, state: 'succeeded', amountCents: 6500, settledOn: '2026-11-24' };
        const body = JSON.stringify({ type: 'payment.succeeded', data });
        const timestamp = Math.floor(city.clock.now().epochMilliseconds / 1000);
        const signature = signMessage(secret, { id, timestamp, body: Buffer.from(body) });
        return [body, { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature }];
      }

      it('a forged one changes nothing and is journalled by its hash', async () => {
        const { claim } = await begun();
        const before = await refusedCount();
        const attempt = (await now(claim)).attempts[0]!.id;
        const answer = await send(...signed(attempt, 'm-forged', 'whsec_Zm9yZ2Vk'));
        assert.equal(answer.status, 403);
        assert.equal(answer.headers.get('content-type'), 'application/problem+json');
        assert.equal(await status(claim), 'in-payment');
        assert.equal(await refusedCount(), before + 1);
      });
      it('a right one counts once, however often it is sent, and before the return too', async () => {
        const { claim } = await begun();
        const message = signed((await now(claim)).attempts[0]!.id, 'm-right');
        const answers = await Promise.all([send(...message), send(...message), send(...message)]);
        assert.deepEqual(
          answers.map((one) => one.status),
          [204, 204, 204],
        );
        const claimNow = await now(claim);
        assert.equal(claimNow.bookings.length, 1);
        assert.equal(statusOf(claimNow), 'paid');
      });
      it('after the Bescheid was set aside, the money is to be given back', async () => {
        const { claim } = await begun();
        await city.database.transaction((tx) => cancelClaim(ctx, tx, staff(1), claim.id, 'bescheid-aufgehoben'));
        await send(...signed((await now(claim)).attempts[0]!.id, 'm-late'));
        assert.equal(await status(claim), 'refund-due');
        assert.ok((await deskClaims(ctx, staff(1), { view: 'erstatten' })).items.some((one) => one.claim.id === claim.id && one.surplusCents === 6500));
      });
      it('replayed ten minutes later, for nobody, to nobody, or too large: refused', async () => {
        const { claim } = await begun();
        const message = signed((await now(claim)).attempts[0]!.id, 'm-old');
        city.clock.advance({ minutes: 10 });
        assert.equal((await send(...message)).status, 403);
        assert.equal((await send(...signed(newId(1), 'm-nobody'))).status, 422);
        assert.equal((await send('{}', {}, 'stripe')).status, 404);
        assert.equal((await send('x'.repeat(70_000), {})).status, 413);
        assert.equal(await status(claim), 'in-payment');
      });
      it('a flood of forged ones is held back from the journal', async () => {
        const own = notificationDoor(ctx);
        const before = await refusedCount();
        const flood = Array.from({ length: 80 }, () =>
          own.handle(new Request(`${ORIGIN}/api/payment/notifications/demo-payment`, { method: 'POST', body: '{}' })),
        );
        const answers = (await Promise.all(flood)).map((one) => one.status);
        assert.equal(answers.filter((one) => one === 429).length, 20);
        assert.equal(await refusedCount(), before + 60);
      });
    });

    describe('bank statements', () => {
      const read = (bytes: Uint8Array, actor: Actor = staff(1)) => importBankStatement(ctx, actor, { authority: 'bezirksamt-altona', bytes });

      it('books by Kassenzeichen, each entry once, whatever file it comes in', async () => {
        const claim = await demanded();
        const words = `Baum ${claim.kassenzeichen.slice(0, 8)} ${claim.kassenzeichen.slice(8)}`;
        const file = camt(entry(words, '65.00', `A-${claim.id}`));
        assert.deepEqual(expectOk(await read(file)), { booked: 1, unassigned: 0, known: 0, passedOver: 0 });
        assert.deepEqual(expectOk(await read(file)), { booked: 0, unassigned: 0, known: 1, passedOver: 0 });
        const view = expectOk(await openClaim(ctx, debtor, claim.id));
        assert.deepEqual([view.status, view.paid?.via, view.paid?.on.toString()], ['paid', 'transfer', '2026-11-23']);
      });
      it('two equal payments of one day without the bank’s reference are two', async () => {
        const claim = await demanded();
        const half = entry(claim.kassenzeichen, '32.50', 'X').replace('<AcctSvcrRef>X</AcctSvcrRef>', '');
        assert.deepEqual(expectOk(await read(camt(half + half))), { booked: 2, unassigned: 0, known: 0, passedOver: 0 });
        assert.equal(expectOk(await read(camt(half + half))).known, 2);
        assert.equal(await status(claim), 'paid');
      });
      it('a credit that the bank takes back is no longer here', async () => {
        const claim = await demanded();
        const credit = entry(claim.kassenzeichen, '65.00', `R-${claim.id}`);
        const back = credit.replace('CRDT</CdtDbtInd>', 'DBIT</CdtDbtInd><RvslInd>true</RvslInd>');
        expectOk(await read(camt(credit)));
        assert.equal(await status(claim), 'paid');
        assert.equal(expectOk(await read(camt(credit + back))).booked, 1);
        assert.equal(await status(claim), 'open');
      });
      it('by card and by transfer: overpaid, and given back by two people', async () => {
        const { claim, url } = await begun();
        await choose(url, 'zahlen');
        await city.jobs.drain();
        expectOk(await read(camt(entry(claim.kassenzeichen, '65.00', `B-${claim.id}`))));
        assert.equal(await status(claim), 'overpaid');
        const ordered = expectOk(await requestRefund(ctx, staff(1), { claimId: claim.id, amountCents: 6500 }));
        const refundId = ordered.refunds[0]!.id;
        const alone = await confirmRefund(ctx, staff(1), { claimId: claim.id, refundId });
        assert.ok(!alone.ok && alone.problem.kind === 'not-allowed');
        expectOk(await confirmRefund(ctx, staff(2), { claimId: claim.id, refundId }));
        assert.equal(await status(claim), 'paid');
      });
      it('what nobody can match waits for a person', async () => {
        const claim = await demanded();
        expectOk(await read(camt(entry('fuer den Baum', '65.00', `C-${claim.id}`))));
        const waiting = (await unassignedEntries(ctx, staff(1))).find((one) => one.words === 'fuer den Baum')!;
        assert.equal((await assignTransfer(ctx, staff(1), { entryId: waiting.id, kassenzeichen: 'RF00K202600000001' })).ok, false);
        expectOk(await assignTransfer(ctx, staff(1), { entryId: waiting.id, kassenzeichen: claim.kassenzeichen }));
        assert.equal(await status(claim), 'paid');
        assert.equal((await assignTransfer(ctx, staff(1), { entryId: waiting.id, kassenzeichen: claim.kassenzeichen })).ok, false);
      });
      it('debits, foreign money and pending bookings are passed over', async () => {
        const pending = entry('x', '1.00', 'P').replace('BOOK', 'PDNG');
        const debit = entry('x', '1.00', 'D').replace('CRDT', 'DBIT');
        assert.deepEqual(expectOk(await read(camt(pending + debit))), { booked: 0, unassigned: 0, known: 0, passedOver: 2 });
      });
      const HOSTILE: readonly (readonly [string, Buffer])[] = [
        ['nothing', Buffer.alloc(0)],
        ['no XML', Buffer.from('Kontoauszug')],
        ['another format', Buffer.from('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"/>')],
        ['a document type', Buffer.from('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document/>')],
        ['a billion laughs', Buffer.from('<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><Document>&y;</Document>')],
        ['UTF-16', Buffer.from('\ufeff<Document/>', 'utf16le')],
        ['too much', Buffer.alloc(6 * 1024 * 1024, 32)],
        ['an amount of three decimals', camt(entry('x', '1.005', 'E'))],
        ['an amount that is none', camt(entry('x', '1e9', 'F'))],
        ['a day that is none', camt(entry('x', '1.00', 'G').replaceAll('2026-11-23', '2026-02-30'))],
      ];
      for (const [what, bytes] of HOSTILE) {
        it(`refuses ${what}, in plain words`, async () => {
          const refused = await read(bytes);
          assert.ok(!refused.ok && refused.problem.kind === 'invalid-input' && refused.problem.detail.endsWith('.'));
        });
      }
      it('is read by officers of the authority only', async () => {
        for (const actor of [debtor, staff(3, ['revision']), staff(3, ['sachbearbeitung'], ['anderes-amt'])]) {
          const refused = await read(camt(''), actor);
          assert.ok(!refused.ok && refused.problem.kind === 'not-allowed');
        }
      });
    });

    it('is the debtor’s, the authority’s and revision’s to see, and only the debtor’s to pay', async () => {
      const claim = await demanded();
      for (const actor of [debtor, staff(1), staff(3, ['revision'], [])]) assert.ok((await openClaim(ctx, actor, claim.id)).ok);
      for (const actor of [stranger, staff(1, ['sachbearbeitung'], ['anderes-amt']), { kind: 'anonymous' } as const]) {
        const refused = await openClaim(ctx, actor, claim.id);
        assert.ok(!refused.ok && refused.problem.kind === 'not-found');
        const pay = await startPayment(ctx, actor, claim.id);
        assert.ok(!pay.ok && pay.problem.kind === 'not-found');
      }
      for (const actor of [staff(1), staff(3, ['revision'])]) assert.equal((await startPayment(ctx, actor, claim.id)).ok, false);
      assert.deepEqual((await ownClaims(ctx, stranger)).items, []);
      const read = await requestRefund(ctx, staff(3, ['revision']), { claimId: claim.id, amountCents: 1 });
      assert.ok(!read.ok && read.problem.kind === 'not-allowed');
    });

    it('the journal holds no names, no address of a payment page, no words of a payer', async () => {
      const text = JSON.stringify(await city.ctx.journal.readAfter(city.database.read, 0, { limit: 1000 }));
      for (const secret of ['demo-zahlung/kasse', 'fuer den Baum', 'Petersen']) assert.ok(!text.includes(secret), secret);
    });

    it('reminds once, then duns once, in the Postfach', async () => {
      const claim = await demanded();
      city.clock.set('2027-01-01T09:00:00Z');
      await remindDebtors(ctx);
      await remindDebtors(ctx);
      city.clock.set('2027-01-20T09:00:00Z');
      await remindDebtors(ctx);
      await remindDebtors(ctx);
      assert.deepEqual(await kinds(claim), ['payment.demanded', 'payment.reminded', 'payment.dunned']);
      assert.equal(await status(claim), 'dunned');
    });
  });
}
