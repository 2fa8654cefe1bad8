import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { isKassenzeichen, kassenzeichenIn, plainKassenzeichen } from '../domain/kassenzeichen.ts';
import { claimNotFound, type PaymentProblem } from '../domain/problems.ts';
import type { Claim } from '../domain/claim.ts';
import { findClaimIdByKassenzeichen } from '../store/claims.ts';
import { assignEntry, insertUnassigned, listUnassigned, lockUnassigned, rememberEntry, type Unassigned } from '../store/statements.ts';
import { authoritiesOf, deskRefusal, statementRefusal } from './access.ts';
import { actOn } from './act.ts';
import type { PaymentContext } from './context.ts';
import { readStatement, type StatementEntry } from './read-statement.ts';

type Staff = Extract<Actor, { kind: 'staff' }>;

export interface ImportResult {
  readonly booked: number;
  readonly unassigned: number;
  /** Read before; nothing was done with them. */
  readonly known: number;
  /** Debits, other currencies, bookings still pending. */
  readonly passedOver: number;
}

/**
 * Books a bank statement on an authority's account: each entry once, whatever file it comes in. What
 * has no Kassenzeichen, several, or that of another authority, waits for a person.
 */
export async function importBankStatement(
  ctx: PaymentContext,
  actor: Actor,
  input: { readonly authority: string; readonly bytes: Uint8Array },
): Promise<Result<ImportResult, PaymentProblem>> {
  const refusal = statementRefusal(actor, input.authority);
  if (refusal !== undefined) return refuse(refusal);
  const statement = readStatement(input.bytes);
  if (!statement.ok) return statement;
  return ctx.database.transaction(async (tx) => {
    const counts = { booked: 0, unassigned: 0, known: 0 };
    // in one order, so that two imports of one file never wait for each other crosswise
    for (const entry of statement.value.entries.toSorted((a, b) => (a.id < b.id ? -1 : 1))) counts[await keep(ctx, tx, actor, input.authority, entry)] += 1;
    const result = { ...counts, passedOver: statement.value.passedOver };
    const payload = { authority: input.authority, ...result };
    await ctx.journal.append(tx, actor, ctx.clock(), [{ stream: 'payment:statements', kind: 'payment.statement-imported', payload }]);
    return ok(result);
  });
}

async function keep(ctx: PaymentContext, tx: Tx, actor: Actor, authority: string, entry: StatementEntry): Promise<'booked' | 'unassigned' | 'known'> {
  if (!(await rememberEntry(tx, entry.id, ctx.clock()))) return 'known';
  const references = kassenzeichenIn(entry.words);
  const found = references.length === 1 ? await findClaimIdByKassenzeichen(tx, references[0]!) : undefined;
  if (found?.authority === authority && (await book(ctx, tx, actor, found.id, entry)).ok) return 'booked';
  await insertUnassigned(
    tx,
    { id: entry.id, authority, amountCents: entry.amountCents, bookedOn: Temporal.PlainDate.from(entry.on), words: entry.words },
    ctx.clock(),
  );
  return 'unassigned';
}

const book = (ctx: PaymentContext, tx: Tx, actor: Actor, claimId: string, { id, amountCents, on }: Pick<StatementEntry, 'id' | 'amountCents' | 'on'>) =>
  actOn(ctx, tx, actor, claimId, { action: 'note-transfer', booking: { id: `transfer:${id}`, via: 'transfer', amountCents, on } });

/** Entries that wait for a person, oldest first. */
export async function unassignedEntries(ctx: PaymentContext, actor: Staff, limit = 100): Promise<Unassigned[]> {
  return listUnassigned(ctx.database.read, authoritiesOf(actor), limit);
}

/** A person says which claim an entry pays. */
export async function assignTransfer(
  ctx: PaymentContext,
  actor: Actor,
  input: { readonly entryId: string; readonly kassenzeichen: string },
): Promise<Result<Claim, PaymentProblem>> {
  const reference = plainKassenzeichen(input.kassenzeichen);
  if (!isKassenzeichen(reference)) return refuse(invalidField('kassenzeichen', 'Dieses Kassenzeichen ist nicht gültig. Prüfen Sie es Zeichen für Zeichen.'));
  return ctx.database.transaction(async (tx) => {
    const entry = await lockUnassigned(tx, input.entryId);
    if (entry === undefined) return refuse(wrongState('Diese Buchung ist schon zugeordnet. Laden Sie die Liste neu.'));
    const refusal = statementRefusal(actor, entry.authority);
    if (refusal !== undefined) return refuse(refusal);
    const found = await findClaimIdByKassenzeichen(tx, reference);
    if (found === undefined) return refuse(claimNotFound);
    const command = {
      action: 'note-transfer',
      booking: { id: `transfer:${entry.id}`, via: 'transfer', amountCents: entry.amountCents, on: entry.bookedOn.toString() },
    } as const;
    const booked = await actOn(ctx, tx, actor, found.id, command, (claim) => deskRefusal(actor, claim));
    if (booked.ok) await assignEntry(tx, entry.id, found.id);
    return booked;
  });
}
