import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { parseId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { CommonProblem } from '../../../kernel/problem.ts';
import { findLageById } from '../../situation/public.ts';
import { isSignedBy, questionText, type FeedPage } from '../domain/feed.ts';
import { entriesAfter, findPartner, lockPartner } from '../store/partners.ts';
import type { FederationContext } from './context.ts';
import { fillFeed } from './fill-feed.ts';

export interface Question {
  readonly share: string;
  readonly after: number;
  readonly nonce: string;
  readonly at: string;
  readonly signature: string;
}

const PAGE = 500;
/** Clocks of two servers may differ so far; what is older was kept by somebody. */
const MOST_MINUTES = 5;
const unknown: CommonProblem = {
  kind: 'not-found',
  detail: 'Diese Verbindung gibt es nicht oder nicht mehr, oder die Frage ist nicht von ihr unterschrieben.',
};

/** Answers a partner who asks for our feed: only who signs with the key that was taken with its code. @returns text and its signature */
export async function giveFeed(
  ctx: FederationContext,
  question: Question,
): Promise<Result<{ readonly text: string; readonly signature: string }, CommonProblem>> {
  const { share, after, nonce, at, signature } = question;
  const now = ctx.clock();
  const known = parseId(share) === undefined ? undefined : await findPartner(ctx.database.read, share);
  if (known?.state !== 'linked' || known.publicKey === null || !isSignedBy(known.publicKey, questionText(share, after, nonce, at), signature))
    return refuse(unknown);
  if (!isNear(at, now))
    return refuse({ kind: 'not-allowed', detail: `Die Uhren gehen mehr als ${MOST_MINUTES} Minuten auseinander. Stellen Sie beide Server nach der Uhrzeit.` });
  const page = await ctx.database.write(async (tx) => {
    const partner = await lockPartner(tx, share);
    const lage = partner && (await findLageById(tx, partner.lageId));
    if (partner?.state !== 'linked' || lage === undefined) return undefined;
    const filled = await fillFeed(tx, lage, partner);
    const entries = await entriesAfter(tx, share, after, PAGE);
    const told = { title: lage.title, exercise: lage.exercise, closed: lage.state === 'closed' };
    return { share, nonce, at: now.toString(), lage: told, head: filled.outN, entries } satisfies FeedPage;
  });
  if (page === undefined) return refuse(unknown);
  const text = canonicalJson(page);
  return ok({ text, signature: ctx.key.sign(text) });
}

function isNear(at: string, now: Temporal.Instant): boolean {
  try {
    return Math.abs(Temporal.Instant.from(at).until(now).total('minutes')) <= MOST_MINUTES;
  } catch {
    return false;
  }
}
