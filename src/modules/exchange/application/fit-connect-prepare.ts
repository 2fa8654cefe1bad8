import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { CommonProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { chainMistake, readPublicJwk, type FitConnectJwk } from '../domain/fit-connect-jwk.ts';
import type { AuthenticationInformation, ReplyChannel } from '../domain/fit-connect-metadata.ts';
import { findSentByKey, insertPart, insertSent } from '../store/fit-connect-sent.ts';
import { FIT_CONNECT_JOBS, submissionStream, type FitConnectContext } from './fit-connect-context.ts';
import { seal, type Envelope, type SealedFile } from './fit-connect-seal.ts';

/** A submission to another house. */
export interface NewSubmission {
  /** What is sent, e.g. `case:<id>:abgabe`: the same key is sent once, however often it is prepared. */
  readonly key: string;
  readonly destinationId: string;
  readonly service: { readonly identifier: string; readonly name: string };
  /** URI of the schema of the data; the destination must take it. */
  readonly schemaUri: string;
  /** Written as JSON. */
  readonly data: unknown;
  readonly attachments: readonly SealedFile[];
  readonly replyChannel?: ReplyChannel;
  readonly authenticationInformation?: readonly AuthenticationInformation[];
}

type Sending = NonNullable<FitConnectContext['sending']>;

const problem = (kind: CommonProblem['kind'], detail: string): { readonly ok: false; readonly problem: CommonProblem } => refuse({ kind, detail });
const NOT_SET_UP = 'Der Versand über FIT-Connect ist nicht eingerichtet. Tragen Sie Zugang und Zustelldienst in der Konfiguration ein.';
const NO_ANCHORS = 'Für den Versand über FIT-Connect fehlen die Wurzelzertifikate der Verwaltungs-PKI. Tragen Sie sie in der Konfiguration ein.';

/**
 * Looks up the destination, checks its key, encrypts everything for it and keeps it with the order to
 * send. From then on the send is retried until it is done; nothing readable is kept.
 * @returns the id under which its course can be asked for
 */
export async function prepareSubmission(ctx: FitConnectContext, actor: Actor, input: NewSubmission): Promise<Result<{ readonly id: string }, CommonProblem>> {
  const { sending } = ctx;
  if (sending === undefined) return problem('unavailable', NOT_SET_UP);
  // real people's data go to nobody whose certificate was not checked
  if (ctx.settings.env === 'production' && (sending.anchors ?? []).length === 0) return problem('unavailable', NO_ANCHORS);
  const before = await findSentByKey(ctx.database.read, input.key);
  if (before !== undefined) return ok({ id: before.id });
  const key = await encryptionKeyOf(ctx, sending, input);
  if (!key.ok) return key;
  const envelope = await seal(key.value, input);
  if (!envelope.ok) return envelope;
  return ok({ id: await keep(ctx, actor, input, envelope.value) });
}

async function encryptionKeyOf(ctx: FitConnectContext, { service, anchors }: Sending, input: NewSubmission): Promise<Result<FitConnectJwk, CommonProblem>> {
  const found = await service.destination(input.destinationId);
  if (!found.ok) return found;
  const { active, services, encryptionKid } = found.value;
  if (!active) return problem('wrong-state', 'Der Zustellpunkt nimmt gerade nichts an. Fragen Sie die empfangende Stelle.');
  const offered = services.find(({ identifier }) => identifier === input.service.identifier);
  if (offered === undefined) return problem('invalid-input', 'Der Zustellpunkt nimmt diese Leistung nicht an. Prüfen Sie, ob es der richtige ist.');
  if (!offered.schemaUris.includes(input.schemaUri)) {
    return problem('invalid-input', 'Der Zustellpunkt nimmt Daten nach diesem Schema nicht an. Prüfen Sie, welche Schemata er nennt.');
  }
  const given = await service.destinationKey(input.destinationId, encryptionKid);
  if (!given.ok) return given;
  const key = readPublicJwk(given.value, 'encryption', encryptionKid);
  if (key === undefined) return problem('invalid-input', 'Der Schlüssel des Zustellpunkts entspricht den Vorgaben nicht. Es wurde nichts gesendet.');
  const mistake = anchors === undefined ? undefined : chainMistake(key, anchors, ctx.clock());
  if (mistake === undefined) return ok(key);
  ctx.log.warn('exchange.fit-connect-certificate', { destinationId: input.destinationId, mistake });
  return problem('invalid-input', 'Das Zertifikat des Zustellpunkts ist nicht vertrauenswürdig. Es wurde nichts gesendet. Fragen Sie die empfangende Stelle.');
}

/** @returns the id of what was kept: of another's, when somebody prepared the same key meanwhile */
async function keep(ctx: FitConnectContext, actor: Actor, { key, destinationId, service }: NewSubmission, { parts, tags }: Envelope): Promise<string> {
  const now = ctx.clock();
  const id = newId<'fit-connect-sent'>(now.epochMilliseconds);
  return ctx.database.write(async (tx) => {
    if (!(await insertSent(tx, { id, key, destinationId, service, tags, preparedAt: now }))) return (await findSentByKey(tx, key))!.id;
    for (const part of parts) await insertPart(tx, id, part);
    await ctx.outbox.enqueue(tx, FIT_CONNECT_JOBS.send, { sentId: id }, { key: `fit-connect-send.${id}` });
    const payload = { sentId: id, key, destinationId, service: service.identifier, attachments: parts.length - 2 };
    await ctx.journal.append(tx, actor, now, [{ stream: submissionStream(id), kind: 'exchange.fit-connect-prepared', payload }]);
    return id;
  });
}
