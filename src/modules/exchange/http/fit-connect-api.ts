import { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { replySchema } from '../application/data-schema.ts';
import { fitConnectOverview } from '../application/fit-connect-overview.ts';
import { handCaseOn } from '../application/fit-connect-hand-on.ts';
import { prepareSubmission } from '../application/fit-connect-prepare.ts';
import { pickUpSubmissions } from '../application/fit-connect-receive.ts';
import { sentSubmission, type SentView } from '../application/fit-connect-send.ts';
import type { FitConnectOffice } from './fit-connect-office.ts';

export const WATCHERS = ['administration', 'revision'] as const;
export const KEEPERS = ['administration'] as const;
const WORKERS = ['sachbearbeitung', 'leitung'] as const;
const tag = 'Datenaustausch';
const ROOT = '/api/exchange/fit-connect';

const sentRow = z.object({
  id: z.string(),
  key: z.string(),
  destinationId: z.string(),
  service: z.string(),
  state: z.string(),
  submissionId: z.string().nullable(),
  problems: z.array(z.string()),
  preparedAt: z.string(),
  changedAt: z.string(),
});
const replyRow = z.object({ caseId: z.string(), letterKey: z.string(), state: z.string(), reason: z.string().nullable(), changedAt: z.string() });
const presentSent = ({ id, key, destinationId, service, state, submissionId, problems, preparedAt, changedAt }: SentView): z.output<typeof sentRow> => ({
  id,
  key,
  destinationId,
  service: service.identifier,
  state,
  submissionId,
  problems: [...problems],
  preparedAt: preparedAt.toString(),
  changedAt: changedAt.toString(),
});

/** FIT-Connect for programs: what came and went, pick-up, sending. */
export function fitConnectApi(office: FitConnectOffice): AnyRoute[] {
  return [overviewRoute(office), replySchemaRoute(office), pickUpRoute(office), exampleRoute(office), ...sendRoutes(office)];
}

function overviewRoute(office: FitConnectOffice): AnyRoute {
  return apiRoute({
    method: 'get',
    path: ROOT,
    access: WATCHERS,
    tag,
    summary: 'Was über FIT-Connect kam und ging, und welchen Ereignissen nicht geglaubt wurde; ohne Daten von Personen',
    output: z.object({
      demo: z.boolean(),
      receives: z.boolean(),
      sends: z.boolean(),
      destinations: z.array(z.string()),
      services: z.array(z.object({ key: z.string(), identifier: z.string(), name: z.string(), schemaUri: z.string() })),
      received: z.array(
        z.object({
          submissionId: z.string(),
          destinationId: z.string(),
          outcome: z.string(),
          caseId: z.string().nullable(),
          problems: z.array(z.string()),
          receivedAt: z.string(),
          answeredAt: z.string().nullable(),
        }),
      ),
      sent: z.array(sentRow),
      replies: z.array(replyRow),
      refused: z.array(z.object({ submissionId: z.string(), tokenSha256: z.string(), reason: z.string(), seenAt: z.string() })),
    }),
    handle: async () => {
      const { received, sent, replies, refused } = await fitConnectOverview(office.ctx);
      const { receiving, sending } = office.ctx;
      return ok({
        demo: office.demo,
        receives: receiving !== undefined,
        sends: sending !== undefined,
        destinations: [...(receiving?.destinationIds ?? [])],
        services: office.desk.services().map(({ key, identifier, name, schemaUri }) => ({ key, identifier, name, schemaUri })),
        received: received.map(({ submissionId, destinationId, outcome, caseId, problems, receivedAt, answeredAt }) => ({
          submissionId,
          destinationId,
          outcome,
          caseId,
          problems: [...problems],
          receivedAt: receivedAt.toString(),
          answeredAt: answeredAt?.toString() ?? null,
        })),
        sent: sent.map(presentSent),
        replies: replies.map(({ caseId, letterKey, state, reason, changedAt }) => ({ caseId, letterKey, state, reason, changedAt: changedAt.toString() })),
        refused: refused.map(({ seenAt, ...one }) => ({ ...one, seenAt: seenAt.toString() })),
      });
    },
  });
}

function replySchemaRoute({ ctx }: FitConnectOffice): AnyRoute {
  return apiRoute({
    method: 'get',
    path: `${ROOT}/reply-schema`,
    access: 'public',
    tag,
    summary: 'Das JSON-Schema (2020-12) der Antworten über FIT-Connect; seine Adresse ist der Prozessstandard, den Onlinedienste als Rückkanal nennen',
    output: z.record(z.string(), z.unknown()),
    handle: async () => ok(replySchema(ctx.settings.publicUrl)),
  });
}

function pickUpRoute(office: FitConnectOffice): AnyRoute {
  return apiRoute({
    method: 'post',
    path: `${ROOT}/pick-up`,
    access: KEEPERS,
    tag,
    summary: 'Holt jetzt ab, was bei den Zustellpunkten der Stadt wartet',
    output: z.object({ accepted: z.number().int(), rejected: z.number().int(), left: z.number().int() }),
    handle: () => pickUpNow(office),
  });
}

/** Looks at once, instead of within a minute. */
export async function pickUpNow(office: FitConnectOffice) {
  await office.open();
  return office.ctx.receiving === undefined ? refuse(NOT_RECEIVING) : ok(await pickUpSubmissions(office.ctx));
}

const NOT_RECEIVING: Problem<'unavailable'> = {
  kind: 'unavailable',
  detail: 'Der Empfang über FIT-Connect ist nicht eingerichtet. Tragen Sie Zugang und Zustellpunkte in der Konfiguration ein.',
};

function exampleRoute(office: FitConnectOffice): AnyRoute {
  return apiRoute({
    method: 'post',
    path: `${ROOT}/examples`,
    access: KEEPERS,
    tag,
    summary: 'Nur in der Demo: Die Demo-Absenderin reicht das Beispiel einer Leistung ein',
    status: 201,
    body: z.object({ service: z.string().max(100) }),
    output: z.object({ id: z.string() }),
    handle: ({ actor, body }) => sendExample(office, actor, body.service),
  });
}

/** The demo's sending house submits a package's example to the demo city. */
export async function sendExample(office: FitConnectOffice, actor: Actor, service: string): Promise<Result<{ readonly id: string }, Problem>> {
  if (!office.demo) return refuse({ kind: 'not-allowed', detail: 'Beispiele gibt es nur in der Demo. Im Echtbetrieb reichen andere Häuser ein.' });
  await office.open();
  const example = office.desk.example(service);
  if (example === undefined) return refuse(invalidField('service', 'Diese Leistung kann man nicht beantragen. Wählen Sie eine aus der Liste.'));
  const key = `demo:${newId(office.ctx.clock().epochMilliseconds)}`;
  const replyChannel = office.demoReplyChannel();
  return prepareSubmission(office.ctx, actor, { ...example, ...(replyChannel && { replyChannel }), key, destinationId: office.demoDestinationId()! });
}

const attachment = z.object({
  purpose: z.enum(['form', 'attachment', 'report']).default('attachment'),
  fileName: z.string().min(1).max(200),
  mediaType: z.string().max(200),
  description: z.string().max(500).optional(),
  base64: z.base64(),
});

function sendRoutes(office: FitConnectOffice): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: `${ROOT}/submissions`,
      access: KEEPERS,
      tag,
      summary: 'Sendet Daten über FIT-Connect an einen Zustellpunkt; derselbe Schlüssel wird einmal gesendet',
      status: 201,
      body: z.object({
        key: z.string().min(1).max(200),
        destinationId: z.uuid(),
        service: z.object({ identifier: z.string().max(500), name: z.string().max(500) }),
        schemaUri: z.url().max(1000),
        data: z.record(z.string(), z.unknown()),
        attachments: z.array(attachment).max(50).default([]),
      }),
      output: z.object({ id: z.string() }),
      handle: async ({ actor, body }) => {
        await office.open();
        const attachments = body.attachments.map(({ base64, description, ...file }) => ({
          ...file,
          ...(description === undefined ? {} : { description }),
          bytes: Buffer.from(base64, 'base64'),
        }));
        return prepareSubmission(office.ctx, actor, { ...body, attachments });
      },
    }),
    apiRoute({
      method: 'get',
      path: `${ROOT}/submissions/:id`,
      access: WATCHERS,
      tag,
      summary: 'Wie weit eine Einreichung der Stadt ist',
      params: z.object({ id: z.uuid() }),
      output: sentRow,
      handle: async ({ params }) => {
        const found = await sentSubmission(office.ctx, params.id);
        return found === undefined ? refuse(NOT_FOUND) : ok(presentSent(found));
      },
    }),
    caseRoute(office),
  ];
}

function caseRoute(office: FitConnectOffice): AnyRoute {
  return apiRoute({
    method: 'post',
    path: '/api/cases/:id/fit-connect',
    access: WORKERS,
    tag,
    summary: 'Gibt einen eigenen Vorgang, wie er jetzt ist, über FIT-Connect an einen Zustellpunkt weiter; unverändert nur einmal',
    status: 201,
    params: z.object({ id: z.uuid() }),
    body: z.object({ destinationId: z.uuid(), schemaUri: z.url().max(1000).optional() }),
    output: z.object({ id: z.string() }),
    handle: async ({ actor, params, body }) => {
      await office.open();
      const made = await office.desk.caseAsSubmission(actor, params.id);
      if (!made.ok) return made;
      const { schemaUri = made.value.schemaUri, destinationId } = body;
      return handCaseOn(office.ctx, actor, { caseId: params.id, destinationId }, { ...made.value, schemaUri });
    },
  });
}

const NOT_FOUND: Problem<'not-found'> = { kind: 'not-found', detail: 'Diese Einreichung gibt es nicht. Prüfen Sie ihre Kennung.' };
