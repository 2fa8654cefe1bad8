import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { Geometry, PictureObject } from '../../../kernel/picture.ts';
import { invalidFields, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { writeLogEntry } from '../../logbook/public.ts';
import { endInPicture, enterLage, lageStream, showInPicture, type LageProblem, type LageView } from '../../situation/public.ts';
import { capXml } from '../domain/cap-xml.ts';
import { contentProblems, fourEyesProblem, type MessageType, type Warning, type WarningContent, type WarningMessage } from '../domain/warning.ts';
import { findWarning, insertMessage, lockWarning, messagesOf, saveWarning } from '../store/warnings.ts';
import type { WarningsContext } from './context.ts';
import { changedMeanwhile, inWarnings, noWarning } from './warnings.ts';

/**
 * Releases what was handed in: it goes out signed, is shown to the public at once and stands in picture, log and journal.
 * Two pairs of eyes: who wrote or handed it in may not.
 */
export async function releaseWarning(
  ctx: WarningsContext,
  actor: Actor,
  key: string,
  input: { readonly id: string; readonly version: number },
): Promise<Result<WarningMessage, LageProblem>> {
  // signing takes its time: it happens before anything is held, and the version says whether it still fits
  const prepared = await prepare(ctx, actor, key, input);
  if (!prepared.ok) return prepared;
  const { message } = prepared.value;
  const released = await inWarnings(ctx, actor, key, 'release-warning', async (tx, view, now) => {
    const warning = await lockWarning(tx, view.lage.id, input.id);
    if (warning === undefined) return refuse(noWarning);
    if (warning.version !== input.version) return refuse(changedMeanwhile(warning));
    await insertMessage(tx, message);
    await saveWarning(tx, { ...warning, draft: null, submittedBy: null, remark: null, version: warning.version + 1, changedAt: now });
    const words = `${WORDS[message.type]}: ${message.content.texts.de.headline} (${message.identifier}). Freigegeben von ${view.member.name}, geschrieben von ${warning.editedByName}.`;
    const logged = await writeLogEntry(tx, view, { kind: 'massnahme', text: words, refs: [`warning:${warning.id}`] }, now);
    const shown = await picture(tx, view, warning, message, now);
    const payload = {
      warningId: warning.id,
      identifier: message.identifier,
      type: message.type,
      xmlSha256: sha256Hex(message.xml),
      editedBy: warning.editedBy,
    };
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(view.lage.id), kind: 'warnings.released', payload }, shown, logged.journal]);
    return ok(message);
  });
  if (released.ok) ctx.board.forget();
  return released;
}

const WORDS: Readonly<Record<MessageType, string>> = { Alert: 'Warnung veröffentlicht', Update: 'Warnung aktualisiert', Cancel: 'Entwarnung veröffentlicht' };

async function prepare(
  ctx: WarningsContext,
  actor: Actor,
  key: string,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<Result<{ readonly message: WarningMessage }, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'release-warning');
  if (!opened.ok) return opened;
  const { member } = opened.value;
  const warning = await findWarning(ctx.database.read, opened.value.lage.id, id);
  if (warning === undefined) return refuse(noWarning);
  if (warning.version !== version) return refuse(changedMeanwhile(warning));
  const { draft } = warning;
  if (draft?.state !== 'submitted') return refuse(wrongState('Diese Warnung ist nicht zur Freigabe eingereicht.'));
  const eyes = fourEyesProblem(warning, member.id);
  if (eyes !== undefined) return refuse({ kind: 'not-allowed', detail: eyes });
  const now = ctx.clock();
  const problems = contentProblems(draft.content, now);
  if (problems.length > 0) return refuse(invalidFields(problems));
  return ok({ message: await messageOf(ctx, warning, draft.type, draft.content, member.name, now) });
}

async function messageOf(
  ctx: WarningsContext,
  warning: Warning,
  type: MessageType,
  content: WarningContent,
  releasedBy: string,
  now: Temporal.Instant,
): Promise<WarningMessage> {
  const host = new URL(ctx.settings.publicUrl).hostname;
  // CAP tells moments to the second
  const sent = now.round({ smallestUnit: 'second', roundingMode: 'trunc' });
  const identifier = `kontor.${host}.${newId(now.epochMilliseconds)}`;
  const earlier = await messagesOf(ctx.database.read, warning.id);
  const xml = capXml({
    identifier,
    sender: `warnung@${host}`,
    sent,
    exercise: warning.exercise,
    type,
    references: earlier.toReversed(),
    senderName: ctx.senderName,
    web: `${ctx.settings.publicUrl}/lage`,
    content,
  });
  return {
    identifier,
    warningId: warning.id,
    type,
    sent,
    expires: content.expires,
    content,
    xml: await ctx.seal.sealXml(xml, now),
    releasedBy,
    replaced: false,
  };
}

function picture(tx: Parameters<typeof showInPicture>[0], { lage, member }: LageView, warning: Warning, message: WarningMessage, now: Temporal.Instant) {
  const id = `warning:${warning.id}`;
  if (message.type === 'Cancel') return endInPicture(tx, lage.id, [id], now);
  const { content, sent, expires } = message;
  const geometry: Geometry = { type: 'MultiPolygon', coordinates: content.area.polygons.map((ring) => [ring]) };
  const object: PictureObject = {
    id,
    kind: 'warning',
    layer: 'warnungen',
    title: content.texts.de.headline.slice(0, 80),
    geometry,
    facts: { kennung: message.identifier, schwere: content.severity, dringlichkeit: content.urgency, bis: expires.toString() },
    source: { kind: 'person', name: member.name, organisation: member.organisation, ref: message.identifier },
    eventAt: sent,
    receivedAt: sent,
    staleAfterSeconds: Math.max(60, Math.round(sent.until(expires).total('seconds'))),
  };
  return showInPicture(tx, lage.id, [object], now);
}
