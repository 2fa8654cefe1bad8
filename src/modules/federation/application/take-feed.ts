import { z } from 'zod';
import { newId } from '../../../kernel/id.ts';
import type { PictureObject } from '../../../kernel/picture.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { randomToken } from '../../../kernel/token.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import { writeLogEntry } from '../../logbook/public.ts';
import { changePicture, findLageById, lageStream, layersOfObjects, type Lage } from '../../situation/public.ts';
import { chainProblem, isSignedBy, questionText, type FeedEntry, type FeedPage } from '../domain/feed.ts';
import { takeEntry, type SharedMessage, type Taken } from '../domain/shared.ts';
import { insertRefusals, lockPartner, setHeard, setProblem, type Partner } from '../store/partners.ts';
import type { FederationContext } from './context.ts';

const ACTOR = { kind: 'system', job: 'federation.take-feed' } as const;
const WISH = { maxBytes: 32 * 1024 * 1024, timeoutMs: 20_000 };

const pageSchema = z.object({
  share: z.string(),
  nonce: z.string(),
  at: z.string(),
  lage: z.object({ title: z.string(), exercise: z.boolean(), closed: z.boolean() }),
  head: z.number().int().min(0),
  entries: z.array(z.object({ n: z.number().int(), kind: z.enum(['object', 'ended', 'message']), body: z.unknown(), hash: z.string() })).max(1000),
});

/** Asks a partner once. @returns whether there is more, or why nothing was taken */
export async function pullOnce(ctx: FederationContext, partner: Partner): Promise<Result<{ readonly more: boolean }, string>> {
  const asked = await ask(ctx, partner);
  const taken = asked.ok ? await take(ctx, partner, asked.value) : asked;
  if (!taken.ok) await setProblem(ctx.database.read, partner.id, taken.problem.slice(0, 500), ctx.clock());
  return taken;
}

async function ask(ctx: FederationContext, { url, theirShare, publicKey, inN }: Partner): Promise<Result<FeedPage, string>> {
  if (url === null || theirShare === null || publicKey === null) return refuse('Der Code des Partners fehlt.');
  const nonce = randomToken();
  const at = ctx.clock().toString();
  const signature = ctx.key.sign(questionText(theirShare, inN, nonce, at));
  const query = new URLSearchParams({ share: theirShare, after: String(inN), nonce, at, signature });
  const answer = await ctx.outbound.text(`${url}/api/partner/feed?${query}`, WISH);
  if (!answer.ok) return refuse(answer.problem.detail);
  const [text = '', signed = ''] = answer.value.text.split('\n');
  if (!isSignedBy(publicKey, text, signed)) return refuse('Die Antwort ist nicht vom Partner unterschrieben. Sie wurde nicht übernommen.');
  const page = pageSchema.safeParse(parsed(text));
  if (!page.success) return refuse('Die Antwort des Partners ist nicht zu lesen. Vielleicht ist dort eine andere Fassung von Kontor.');
  if (page.data.share !== theirShare || page.data.nonce !== nonce) return refuse('Die Antwort gehört zu einer anderen Frage. Sie wurde nicht übernommen.');
  return ok(page.data as FeedPage);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Takes a page in one transaction with the place in the feed: after a crash it is taken once, whole. */
async function take(ctx: FederationContext, { id }: Partner, page: FeedPage): Promise<Result<{ readonly more: boolean }, string>> {
  return ctx.database.transaction(async (tx) => {
    const partner = await lockPartner(tx, id);
    const lage = partner && (await findLageById(tx, partner.lageId));
    if (partner?.state !== 'linked' || partner.origin === null || lage === undefined) return refuse('Die Verbindung ist beendet.');
    if (lage.state === 'closed') return refuse('Diese Lage ist beendet. Es wird nichts mehr übernommen.');
    if (page.lage.exercise !== lage.exercise) return refuse('Eine Übung und eine echte Lage verbinden sich nicht. Es wurde nichts übernommen.');
    if (page.head < partner.inN) return refuse('Der Partner hat seinen Strom neu begonnen. Beenden Sie die Verbindung und verbinden Sie neu.');
    const wrong = chainProblem({ n: partner.inN, hash: partner.inHash }, page.entries);
    if (wrong !== undefined) return refuse(`${wrong} Es wurde nichts übernommen.`);
    const fresh = page.entries.filter(({ n }) => n > partner.inN);
    const now = ctx.clock();
    const last = fresh.at(-1);
    await setHeard(tx, id, { n: last?.n ?? partner.inN, hash: last?.hash ?? partner.inHash, head: page.head, at: now });
    if (fresh.length > 0) await keep(ctx, tx, { lage, partner, fresh, now });
    return ok({ more: page.head > (last?.n ?? partner.inN) });
  });
}

const MOVED: Taken = { kind: 'refused', reason: 'Das Ding steht bei uns in einer anderen Ebene. Der Partner muss es beenden und neu zeigen.' };

interface Keeping {
  readonly lage: Lage;
  readonly partner: Partner;
  readonly fresh: readonly FeedEntry[];
  readonly now: Temporal.Instant;
}

async function keep(ctx: FederationContext, tx: Tx, { lage, partner, fresh, now }: Keeping): Promise<void> {
  const origin = partner.origin!;
  const all = fresh.map((entry) => ({ entry, read: takeEntry(entry.kind, entry.body, { origin, now }) }));
  const known = await layersOfObjects(
    tx,
    lage.id,
    all.flatMap(({ read }) => (read.kind === 'object' ? [read.object.id] : [])),
  );
  const taken = all.map((one) =>
    one.read.kind === 'object' && (known.get(one.read.object.id) ?? one.read.object.layer) !== one.read.object.layer ? { ...one, read: MOVED } : one,
  );
  const of = <K extends Taken['kind']>(kind: K) => taken.flatMap(({ read }) => (read.kind === kind ? [read as Extract<Taken, { kind: K }>] : []));
  const journal: NewEntry[] = [];
  for (const { message } of of('message')) journal.push(await logged(tx, lage, partner, message, now));
  const refusals = taken.flatMap(({ entry, read }) =>
    read.kind === 'refused' ? [{ id: newId(now.epochMilliseconds), at: now, reason: read.reason, detail: JSON.stringify(entry.body).slice(0, 2000) }] : [],
  );
  await insertRefusals(tx, partner.id, refusals);
  // the last word on each thing counts: shown or ended
  const last = new Map<string, PictureObject | 'ended'>();
  for (const { read } of taken) {
    if (read.kind === 'object') last.set(read.object.id, read.object);
    if (read.kind === 'ended') last.set(read.id, 'ended');
  }
  const shown = [...last.values()].filter((one) => one !== 'ended');
  const ended = [...last].filter(([, one]) => one === 'ended').map(([id]) => id);
  const picture = await changePicture(tx, lage.id, { shown, ended }, now);
  const payload = { share: partner.id, origin, from: fresh[0]!.n, to: fresh.at(-1)!.n, hash: fresh.at(-1)!.hash, refused: refusals.length };
  await ctx.journal.append(tx, ACTOR, now, [{ stream: lageStream(lage.id), kind: 'federation.taken', payload }, picture, ...journal]);
}

async function logged(tx: Tx, lage: Lage, partner: Partner, message: SharedMessage, now: Temporal.Instant): Promise<NewEntry> {
  const member = { id: `partner:${partner.id}`, name: message.from, organisation: `${message.organisation} (${partner.origin})`, function: 'verbindung' };
  const entry = { kind: 'meldung' as const, text: `Von ${partner.name}: ${message.text}`, eventAt: message.at, refs: [`message:${message.id}`] };
  return (await writeLogEntry(tx, { lage, member }, entry, now)).journal;
}
