import { legalDay } from '../../../kernel/time.ts';
import { accountProfile, deliver } from '../../identity/public.ts';
import { formatEuro } from '../../../kernel/money.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { expectOk } from '../../../kernel/result.ts';
import type { Claim } from '../domain/claim.ts';
import { isSettled, outstandingCents } from '../domain/claim.ts';
import { printedKassenzeichen } from '../domain/kassenzeichen.ts';
import { attemptsBefore, findClaim, lockClaim, overdueClaims, type RunningAttempt } from '../store/claims.ts';
import { actOn } from './act.ts';
import { JOBS, type PaymentContext } from './context.ts';
import { providerActor } from './receive-notification.ts';
import { ATTEMPT_LIFETIME } from './start-payment.ts';

const PAGE = 100;
/** A message usually comes within seconds; after this the provider is asked. */
const ASK_AFTER: Temporal.DurationLike = { minutes: 2 };

/** Job by the clock: asks for payments whose message never came, and gives up attempts that are too old. */
export async function followAttempts(ctx: PaymentContext): Promise<void> {
  for (const attempt of await attemptsBefore(ctx.database.read, ctx.clock().subtract(ASK_AFTER), PAGE)) await follow(ctx, attempt);
}

async function follow(ctx: PaymentContext, { id, claimId, provider: name, plannedAt }: RunningAttempt): Promise<void> {
  const provider = ctx.providers.find((one) => one.name === name);
  const providerRef = (await findClaim(ctx.database.read, claimId))?.attempts.find((one) => one.id === id)?.providerRef;
  const answer = provider === undefined || providerRef === undefined ? undefined : await provider.fetchStatus(providerRef);
  // A provider that is away says nothing about the payment: the attempt stays, and is asked for again.
  if (answer?.ok === false && answer.problem.kind === 'unavailable') return;
  const actor = providerActor(name);
  await ctx.database.write(async (tx) => {
    if (answer?.ok === true && answer.value.attemptId === id) {
      expectOk(await actOn(ctx, tx, actor, claimId, { action: 'note-fact', provider: name, fact: answer.value }));
    }
    const tooOld = Temporal.Instant.compare(plannedAt.add(ATTEMPT_LIFETIME), ctx.clock()) <= 0;
    if (tooOld) expectOk(await actOn(ctx, tx, actor, claimId, { action: 'expire-attempt', attemptId: id }));
  });
}

/** Job from the outbox: tells the procedure that a claim is settled. Idempotent; when it fails the Kasse shows it. */
export async function handOn(ctx: PaymentContext, { claimId }: { readonly claimId: string }): Promise<void> {
  await ctx.database.write(async (tx) => {
    const claim = await lockClaim(tx, claimId);
    if (claim === undefined || claim.handedOn || !isSettled(claim)) return;
    await ctx.onPaid?.(tx, claim);
    expectOk(await actOn(ctx, tx, { kind: 'system', job: JOBS.handOn }, claimId, { action: 'hand-on' }));
  });
}

/** Job by the clock: reminds of late claims in the Postfach, and later duns. Misses nothing after a standstill. */
export async function remindDebtors(ctx: PaymentContext): Promise<void> {
  const today = legalDay(ctx.clock());
  for (let last: string | undefined; ;) {
    const page = await overdueClaims(ctx.database.read, today, PAGE, last);
    for (const id of page) await remindOf(ctx, id);
    last = page.at(-1);
    if (page.length < PAGE) return;
  }
}

async function remindOf(ctx: PaymentContext, claimId: string): Promise<void> {
  const actor: Actor = { kind: 'system', job: JOBS.remind };
  await ctx.database.write(async (tx) => {
    const before = await lockClaim(tx, claimId);
    const claim = expectOk(await actOn(ctx, tx, actor, claimId, { action: 'remind' }));
    if (before === undefined || claim.version === before.version) return;
    // Without an account nobody reads a Postfach: the Kasse sees the date and writes by post.
    const { accountId } = claim;
    if (accountId === null || (await accountProfile(tx, accountId)) === undefined) return;
    await deliver(ctx, tx, actor, { ...reminder(claim), accountId }, ctx.clock());
  });
}

function reminder(claim: Claim) {
  const amount = formatEuro(outstandingCents(claim));
  const reference = printedKassenzeichen(claim.kassenzeichen);
  const dunned = claim.dunnedOn !== undefined;
  return {
    caseId: claim.caseId,
    service: claim.purpose,
    key: `payment.${claim.id}.${dunned ? 'mahnung' : 'erinnerung'}`,
    subject: dunned
      ? { de: 'Mahnung', en: 'Formal payment reminder', leicht: 'Mahnung: Bitte zahlen Sie' }
      : { de: 'Erinnerung an eine Zahlung', en: 'Payment reminder', leicht: 'Bitte denken Sie an die Zahlung' },
    body: [
      {
        de: `Zu Ihrem Vorgang ${claim.fileNumber} sind noch ${amount} offen. Das Kassenzeichen ist ${reference}. Bitte zahlen Sie unter „Zahlungen“ oder durch Überweisung.`,
        en: `${amount} are still open for your case ${claim.fileNumber}. The payment reference is ${reference}. Please pay under “Payments” or by bank transfer.`,
        leicht: `Sie müssen noch ${amount} zahlen. Das ist für den Vorgang ${claim.fileNumber}. Das Kassenzeichen ist ${reference}.`,
      },
      {
        de: 'Haben Sie in den letzten Tagen gezahlt? Dann müssen Sie nichts tun.',
        en: 'If you have paid in the last few days, there is nothing to do.',
        leicht: 'Haben Sie schon gezahlt? Dann müssen Sie nichts tun.',
      },
    ],
    documents: [],
  };
}
