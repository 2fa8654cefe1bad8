import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { absoluteEnd, type SessionHolder } from '../domain/session.ts';
import { randomToken, sha256Hex } from '../../../kernel/token.ts';
import { newDeviceMail } from '../domain/mails.ts';
import { keepFirstLang } from '../store/accounts.ts';
import { deleteSession, insertSession, mandateOfSession, noteDeviceKind, sessionBegin } from '../store/sessions.ts';
import type { Caller, IdentityContext } from './context.ts';
import { cancelled, endRecoveryBy } from './end-recovery.ts';
import { tellOwner } from './tell-owner.ts';

/** A fresh session: the token goes into the cookie and nowhere else. */
export interface OpenedSession {
  readonly token: string;
  readonly maxAgeSeconds: number;
  readonly actor: Actor;
}

export function actorOfHolder(holder: SessionHolder): Actor {
  if (holder.kind === 'citizen') return { kind: 'citizen', accountId: holder.accountId, trust: holder.trust };
  return { kind: 'staff', staffId: holder.staffId, roles: [], authorities: [] };
}

/**
 * Begins a session with a new token and ends the one the browser came with: a token that somebody
 * planted before the sign-in is worth nothing after it (session fixation). Somebody who raises their
 * trust goes on acting for whom they acted. A citizen's sign-in by a settled way ends a recovery that waits, and a kind of
 * device that is new to the account is told to its owner. The language of the first sign-in becomes the account's, where
 * none is known. Appends to the journal.
 */
export async function openSession(
  ctx: Pick<IdentityContext, 'journal' | 'mailer' | 'notify' | 'settings'>,
  tx: Tx,
  caller: Caller,
  holder: SessionHolder,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<OpenedSession> {
  const { now, sessionToken } = caller;
  const before = sessionToken === undefined ? undefined : sha256Hex(sessionToken);
  const mandateId = before === undefined || holder.kind === 'staff' ? null : await mandateOfSession(tx, before, holder.accountId);
  if (before !== undefined) await deleteSession(tx, before);
  const token = randomToken();
  const expiresAt = absoluteEnd(holder.kind, now);
  const [deviceKind, sharedVisit] = [caller.deviceKind ?? null, caller.sharedDevice?.visitId ?? null];
  const tokenSha256 = sha256Hex(token);
  await insertSession(tx, { tokenSha256, id: newId(now.epochMilliseconds), holder, mandateId, deviceKind, sharedVisit, now, expiresAt });
  const actor = actorOfHolder(holder);
  const stream = holder.kind === 'citizen' ? `account:${holder.accountId}` : `staff:${holder.staffId}`;
  const trust = holder.kind === 'citizen' ? { trust: holder.trust } : {};
  const more = holder.kind === 'citizen' ? await ownersFacts(ctx, tx, holder.accountId, tokenSha256, caller) : {};
  await ctx.journal.append(tx, actor, now, [{ stream, kind: 'identity.signed-in', payload: { method: holder.method, ...trust, ...more, ...facts } }]);
  return { token, maxAgeSeconds: now.until(expiresAt).total('seconds'), actor };
}

/** What a citizen's sign-in means for their account beside the session. */
async function ownersFacts(
  ctx: Pick<IdentityContext, 'mailer' | 'notify' | 'settings'>,
  tx: Tx,
  accountId: string,
  tokenSha256: string,
  { now, deviceKind, lang }: Caller,
): Promise<Readonly<Record<string, unknown>>> {
  const begun = (await sessionBegin(tx, tokenSha256, accountId))!;
  const ended = await endRecoveryBy(ctx, tx, accountId, begun, now);
  if (lang !== undefined) await keepFirstLang(tx, accountId, lang);
  const newDevice = deviceKind !== undefined && (await noteDeviceKind(tx, accountId, deviceKind, now));
  if (newDevice) await tellOwner(ctx, tx, accountId, now, { mail: newDeviceMail });
  return { ...(newDevice ? { newDevice } : {}), ...cancelled(ended) };
}
