import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { LAYERS, type Layer } from '../../../kernel/lage.ts';
import type { PictureObject } from '../../../kernel/picture.ts';
import { invalidField, invalidFields, wrongState, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { writeLogEntry } from '../../logbook/public.ts';
import { endInPicture, enterLage, lageStream, readPicture, systemView, type Lage, type LageProblem, type LageView } from '../../situation/public.ts';
import { chained, feedGenesis, readCode, writeCode, type PartnerCode } from '../domain/feed.ts';
import type { SharedMessage } from '../domain/shared.ts';
import {
  appendEntries,
  hasMessage,
  insertPartner,
  listPartners,
  listRefusals,
  lockPartner,
  setEnded,
  setLayers,
  setLinked,
  type Partner,
  type Refusal,
} from '../store/partners.ts';
import type { FederationContext } from './context.ts';
import { layerChange } from './fill-feed.ts';

export interface PartnerView extends Partner {
  /** What is handed to the other side. */
  readonly code: string;
  readonly refusals: readonly Refusal[];
}

export const noPartner: LageProblem = { kind: 'not-found', detail: 'Diesen Partner gibt es in dieser Lage nicht.' };

/** Our half of a link, for the other side to paste. */
const codeOf = (ctx: FederationContext, lage: Lage, share: string): string =>
  writeCode({ url: ctx.settings.publicUrl, share, origin: ctx.origin, publicKey: ctx.key.publicKey, title: lage.title, exercise: lage.exercise });

export async function partnersOf(
  ctx: FederationContext,
  actor: Actor,
  key: string,
): Promise<Result<{ readonly view: LageView; readonly partners: readonly PartnerView[] }, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  const { lage, rights } = opened.value;
  const partners: PartnerView[] = [];
  for (const one of await listPartners(ctx.database.read, lage.id)) {
    const refusals = rights.has('share') ? await listRefusals(ctx.database.read, one.id) : [];
    partners.push({ ...one, code: rights.has('share') ? codeOf(ctx, lage, one.id) : '', refusals });
  }
  return ok({ view: opened.value, partners });
}

/** Begins a link to another server: says what is given, and makes the code for the other side. */
export async function addPartner(
  ctx: FederationContext,
  actor: Actor,
  key: string,
  { name, layers }: { readonly name: string; readonly layers: readonly Layer[] },
): Promise<Result<PartnerView, LageProblem>> {
  return inShare(ctx, actor, key, async (tx, view, now) => {
    const problems: FieldProblem[] = [];
    if (name.trim() === '' || name.length > 80) problems.push({ field: 'name', message: 'Nennen Sie den Partner mit höchstens 80 Zeichen, etwa: Hafenstab.' });
    problems.push(...layerProblems(layers, view));
    if (problems.length > 0) return refuse(invalidFields(problems));
    const { lage } = view;
    const id = newId(now.epochMilliseconds);
    const genesis = feedGenesis(id);
    const partner: Partner = {
      id,
      lageId: lage.id,
      lageKey: lage.key,
      name: name.trim(),
      state: 'waiting',
      layers,
      pictureSeq: 0,
      outN: 0,
      outHash: genesis,
      url: null,
      theirShare: null,
      origin: null,
      publicKey: null,
      inN: 0,
      inHash: genesis,
      heardAt: null,
      theirHead: null,
      problem: null,
      problemSince: null,
      madeAt: now,
    };
    await insertPartner(tx, partner);
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(lage.id), kind: 'federation.share-made', payload: { share: id, layers } }]);
    return ok({ ...partner, code: codeOf(ctx, lage, id), refusals: [] });
  });
}

function layerProblems(layers: readonly Layer[], view: LageView): FieldProblem[] {
  if (layers.length === 0) return [{ field: 'layers', message: 'Wählen Sie mindestens eine Ebene, die der Partner sehen soll.' }];
  if (layers.some((layer) => !LAYERS.includes(layer) || !view.layers.has(layer)))
    return [{ field: 'layers', message: 'Eine dieser Ebenen gehört nicht zu Ihrer Funktion.' }];
  return [];
}

/** Takes the other side's code: from now on each reads the other's feed. */
export async function linkPartner(ctx: FederationContext, actor: Actor, key: string, id: string, text: string): Promise<Result<Partner, LageProblem>> {
  const code = readCode(text);
  return inShare(ctx, actor, key, async (tx, view, now) => {
    const partner = await lockPartner(tx, id);
    if (partner?.lageId !== view.lage.id) return refuse(noPartner);
    if (partner.state !== 'waiting') return refuse(wrongState('Dieser Partner ist schon verbunden oder beendet.'));
    const wrong = codeProblem(ctx, code, view.lage);
    if (code === undefined || wrong !== undefined)
      return refuse(invalidField('code', wrong ?? 'Das ist kein Code eines anderen Servers. Kopieren Sie ihn ganz.'));
    if (!(await setLinked(tx, id, { ...code, hash: feedGenesis(code.share) })))
      return refuse(invalidField('code', 'Mit diesem Server ist die Lage schon verbunden. Ändern Sie dort, was Sie geben.'));
    const logged = await writeLogEntry(tx, view, { kind: 'massnahme', text: `Verbunden mit ${partner.name} (${code.origin}), Lage dort: ${code.title}.` }, now);
    const payload = { share: id, theirShare: code.share, origin: code.origin };
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(view.lage.id), kind: 'federation.linked', payload }, logged.journal]);
    return ok({ ...partner, state: 'linked' as const });
  });
}

function codeProblem(ctx: FederationContext, code: PartnerCode | undefined, lage: Lage): string | undefined {
  if (code === undefined) return 'Das ist kein Code eines anderen Servers. Kopieren Sie ihn ganz.';
  if (code.origin === ctx.origin || code.publicKey === ctx.key.publicKey) return 'Das ist ein Code dieses Servers. Fügen Sie den des anderen ein.';
  if (code.exercise !== lage.exercise) return 'Eine Übung und eine echte Lage verbinden sich nicht.';
  return undefined;
}

/** Changes what a partner gets; what they no longer get ends with them. */
export async function shareLayers(
  ctx: FederationContext,
  actor: Actor,
  key: string,
  id: string,
  layers: readonly Layer[],
): Promise<Result<Partner, LageProblem>> {
  return inShare(ctx, actor, key, async (tx, view, now) => {
    const partner = await lockPartner(tx, id);
    if (partner?.lageId !== view.lage.id || partner.state === 'ended') return refuse(noPartner);
    const problems = layerProblems(layers, view);
    if (problems.length > 0) return refuse(invalidFields(problems));
    await layerChange(tx, view.lage, partner, layers);
    await setLayers(tx, id, layers);
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(view.lage.id), kind: 'federation.layers-changed', payload: { share: id, layers } }]);
    return ok({ ...partner, layers });
  });
}

/** Ends a link: nothing more is given, and what the partner gave leaves the picture. */
export async function endPartner(ctx: FederationContext, actor: Actor, key: string, id: string): Promise<Result<{ readonly id: string }, LageProblem>> {
  return inShare(ctx, actor, key, async (tx, view, now) => {
    const partner = await lockPartner(tx, id);
    if (partner?.lageId !== view.lage.id) return refuse(noPartner);
    if (partner.state === 'ended') return ok({ id });
    await setEnded(tx, id);
    const theirs = await objectsFrom(tx, view.lage, partner.origin);
    const logged = await writeLogEntry(tx, view, { kind: 'massnahme', text: `Verbindung mit ${partner.name} beendet.` }, now);
    const shown = await endInPicture(tx, view.lage.id, theirs, now);
    await ctx.journal.append(tx, actor, now, [
      { stream: lageStream(view.lage.id), kind: 'federation.ended', payload: { share: id, objects: theirs.length } },
      shown,
      logged.journal,
    ]);
    return ok({ id });
  });
}

async function objectsFrom(tx: Tx, lage: Lage, origin: string | null): Promise<string[]> {
  const ids: string[] = [];
  if (origin === null) return ids;
  for (let after = 0; ;) {
    const { objects } = await readPicture(tx, systemView(lage), { after, ended: false, limit: 5000 });
    ids.push(...objects.filter(({ source }: PictureObject) => source.kind === 'partner' && source.ref?.startsWith(`${origin}/`) === true).map((one) => one.id));
    if (objects.length < 5000) return ids;
    after = objects.at(-1)!.seq;
  }
}

/** Sends words to a partner; they reach its log. Sent twice under one id it is one message. */
export async function sendMessage(
  ctx: FederationContext,
  actor: Actor,
  key: string,
  partnerId: string,
  { id, text }: { readonly id?: string | undefined; readonly text: string },
): Promise<Result<SharedMessage, LageProblem>> {
  const words = text.trim();
  if (words === '' || words.length > 4000) return refuse(invalidField('text', 'Schreiben Sie eine Nachricht mit höchstens 4.000 Zeichen.'));
  return inShare(ctx, actor, key, async (tx, view, now) => {
    const partner = await lockPartner(tx, partnerId);
    if (partner?.lageId !== view.lage.id || partner.state === 'ended') return refuse(noPartner);
    const { member, lage } = view;
    const message: SharedMessage = { id: id ?? newId(now.epochMilliseconds), text: words, from: member.name, organisation: member.organisation, at: now };
    if (await hasMessage(tx, partner.id, message.id)) return ok(message);
    await appendEntries(
      tx,
      partner,
      chained({ n: partner.outN, hash: partner.outHash }, [{ kind: 'message', body: { ...message, at: now.toString() } }]),
      partner.pictureSeq,
    );
    const logged = await writeLogEntry(tx, view, { kind: 'meldung', text: `An ${partner.name}: ${words}`, refs: [`message:${message.id}`] }, now);
    await ctx.journal.append(tx, actor, now, [
      { stream: lageStream(lage.id), kind: 'federation.message-sent', payload: { share: partner.id, messageId: message.id } },
      logged.journal,
    ]);
    return ok(message);
  });
}

type Work<T> = (tx: Tx, view: LageView, now: Temporal.Instant) => Promise<Result<T, LageProblem>>;

async function inShare<T>(ctx: FederationContext, actor: Actor, key: string, work: Work<T>): Promise<Result<T, LageProblem>> {
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'share', tx);
    return opened.ok ? work(tx, opened.value, ctx.clock()) : opened;
  });
}
