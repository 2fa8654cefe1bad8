import { z } from 'zod';
import type { CommonProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { parseJson } from '../domain/fit-connect-compact.ts';
import type { DeliveryService, SubmissionRef } from './fit-connect-context.ts';
import { MAX_ATTACHMENT_JWE, MAX_SUBMISSION_JSON } from './fit-connect-limits.ts';
import { fitConnectHttp, type DeliveryServiceSettings, type FitConnectHttp } from './fit-connect-http.ts';

const refSchema = z.object({ submissionId: z.uuid(), caseId: z.uuid(), destinationId: z.uuid() });
const listSchema = z.object({ submissions: z.array(refSchema).max(500) });
const submissionSchema = refSchema.extend({
  serviceType: z.object({ identifier: z.string().max(500) }),
  attachments: z.array(z.uuid()).max(200).default([]),
  encryptedMetadata: z.string(),
  encryptedData: z.string().nullish(),
});
const destinationSchema = z.object({
  destinationId: z.uuid(),
  status: z.string(),
  encryptionKid: z.string().min(1).max(64),
  services: z
    .array(z.object({ identifier: z.string().max(500), submissionSchemas: z.array(z.object({ schemaUri: z.string().max(1000) })).default([]) }))
    .max(5000)
    .default([]),
});
const announcedSchema = z.object({ submissionId: z.uuid(), caseId: z.uuid() });
const replySchema = z.object({ replyId: z.uuid() });
const keysSchema = z.object({ keys: z.array(z.unknown()).max(100) });
const logSchema = z.object({ totalCount: z.number().int().nonnegative().optional(), eventLog: z.array(z.string()).max(500) });

/** Tokens of one case at most; a case has a handful, and ten readers of a hostile one must not fill the memory. */
const MAX_EVENTS = 2000;
const PAGE = 500;

const NONSENSE: CommonProblem = {
  kind: 'unavailable',
  detail: 'Der Zustelldienst antwortet anders als vereinbart. Versuchen Sie es später noch einmal, und fragen Sie sonst seinen Betreiber.',
};

/**
 * A delivery service over HTTP: Submission API version 1 with OAuth 2 client credentials.
 * @throws when it is to be reached without TLS and is no demo
 */
export function fitConnectService(settings: DeliveryServiceSettings): DeliveryService {
  const { baseUrl, demo } = settings;
  const http = fitConnectHttp(settings);
  return { demo, issuer: settings.issuer ?? baseUrl, ...readers(http), ...senders(http) };
}

type Readers = Pick<DeliveryService, 'serviceKeys' | 'destination' | 'destinationKey' | 'listForPickUp' | 'fetchSubmission' | 'fetchAttachment' | 'eventLog'>;

function readers(http: FitConnectHttp): Readers {
  const get = async <S extends z.ZodType>(path: string, schema: S, maxBytes?: number): Promise<Result<z.output<S>, CommonProblem>> => {
    const bytes = await http('GET', path, maxBytes === undefined ? {} : { maxBytes });
    return bytes.ok ? read(schema, bytes.value) : bytes;
  };
  return {
    async serviceKeys() {
      const keys = await get('/.well-known/jwks.json', keysSchema);
      return keys.ok ? ok(keys.value.keys) : keys;
    },
    async destination(destinationId) {
      const found = await get(`/v1/destinations/${part(destinationId)}`, destinationSchema);
      if (!found.ok) return found;
      const { status, encryptionKid, services } = found.value;
      const offered = services.map(({ identifier, submissionSchemas }) => ({ identifier, schemaUris: submissionSchemas.map(({ schemaUri }) => schemaUri) }));
      return same(found.value.destinationId, destinationId, { destinationId, active: status === 'active', encryptionKid, services: offered });
    },
    destinationKey: (destinationId, kid) => get(`/v1/destinations/${part(destinationId)}/keys/${part(kid)}`, z.unknown()),
    listForPickUp: (destinationId, { offset, limit }) =>
      get(`/v1/submissions?destinationId=${part(destinationId)}&offset=${offset}&limit=${limit}`, listSchema),
    async fetchSubmission(submissionId) {
      const found = await get(`/v1/submissions/${part(submissionId)}`, submissionSchema, MAX_SUBMISSION_JSON);
      if (!found.ok) return found;
      const { serviceType, attachments, encryptedData, ...rest } = found.value;
      const fetched = { ...rest, serviceIdentifier: serviceType.identifier, attachmentIds: attachments };
      return same(rest.submissionId, submissionId, typeof encryptedData === 'string' ? { ...fetched, encryptedData } : fetched);
    },
    async fetchAttachment(submissionId, attachmentId) {
      const bytes = await http('GET', `/v1/submissions/${part(submissionId)}/attachments/${part(attachmentId)}`, { maxBytes: MAX_ATTACHMENT_JWE });
      return bytes.ok ? ok(bytes.value.toString('latin1').trim()) : bytes;
    },
    eventLog: (caseId) => wholeLog((offset) => get(`/v1/cases/${part(caseId)}/events?offset=${offset}&limit=${PAGE}`, logSchema)),
  };
}

/** Pages of a log until it ends. */
async function wholeLog(
  page: (offset: number) => Promise<Result<z.output<typeof logSchema>, CommonProblem>>,
): Promise<Result<readonly string[], CommonProblem>> {
  const tokens: string[] = [];
  while (tokens.length < MAX_EVENTS) {
    const next = await page(tokens.length);
    if (!next.ok) return next;
    tokens.push(...next.value.eventLog);
    if (next.value.eventLog.length === 0 || tokens.length >= (next.value.totalCount ?? 0)) return ok(tokens);
  }
  return refuse(NONSENSE);
}

type Senders = Pick<DeliveryService, 'postEvent' | 'announce' | 'uploadAttachment' | 'submit' | 'announceReply' | 'uploadReplyAttachment' | 'submitReply'>;

function senders(http: FitConnectHttp): Senders {
  const send = async (
    method: 'POST' | 'PUT',
    path: string,
    type: 'application/json' | 'application/jose',
    body: string,
  ): Promise<Result<void, CommonProblem>> => {
    const done = await http(method, path, { type, body });
    return done.ok ? ok(undefined) : done;
  };
  return {
    postEvent: (caseId, token) => send('POST', `/v1/cases/${part(caseId)}/events`, 'application/jose', token),
    async announce({ destinationId, attachmentIds, service }): Promise<Result<SubmissionRef, CommonProblem>> {
      const body = JSON.stringify({ destinationId, announcedAttachments: attachmentIds, serviceType: service });
      const bytes = await http('POST', '/v1/submissions', { type: 'application/json', body });
      const announced = bytes.ok ? read(announcedSchema, bytes.value) : bytes;
      return announced.ok ? ok({ ...announced.value, destinationId }) : announced;
    },
    uploadAttachment: (submissionId, attachmentId, jwe) =>
      send('PUT', `/v1/submissions/${part(submissionId)}/attachments/${part(attachmentId)}`, 'application/jose', jwe),
    submit: (submissionId, parts) => send('PUT', `/v1/submissions/${part(submissionId)}`, 'application/json', JSON.stringify(parts)),
    async announceReply({ caseId, attachmentIds }) {
      const bytes = await http('POST', '/v1/replies', { type: 'application/json', body: JSON.stringify({ caseId, announcedAttachments: attachmentIds }) });
      return bytes.ok ? read(replySchema, bytes.value) : bytes;
    },
    uploadReplyAttachment: (replyId, attachmentId, jwe) =>
      send('PUT', `/v1/replies/${part(replyId)}/attachments/${part(attachmentId)}`, 'application/jose', jwe),
    submitReply: (replyId, parts) => send('PUT', `/v1/replies/${part(replyId)}`, 'application/json', JSON.stringify(parts)),
  };
}

const part = encodeURIComponent;

function read<S extends z.ZodType>(schema: S, bytes: Uint8Array): Result<z.output<S>, CommonProblem> {
  const parsed = schema.safeParse(parseJson(bytes));
  return parsed.success ? ok(parsed.data) : refuse(NONSENSE);
}

/** An answer about something else than what was asked for is none. */
const same = <T>(answered: string, asked: string, value: T): Result<T, CommonProblem> => (answered === asked ? ok(value) : refuse(NONSENSE));
