import type { Problem } from '../../kernel/problem.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { actorRef, type Actor } from '../../kernel/actor.ts';
import { routeRefusal, visitFor } from './access.ts';
import { taggedJson, textAnswer } from './answers.ts';
import { requestSha256, type IdempotencyKeys, type StoredAnswer } from './idempotency.ts';
import { readCleanJson } from './json-body.ts';
import { readForm } from './multipart.ts';
import { asGuest, OPEN_HEADERS } from './open-data.ts';
import { INTERNAL, problemDocument, problemStatus } from './problem.ts';
import { problemJson } from './refusals.ts';
import type { AnyRoute, Cookie, Upload, Visit } from './route.ts';
import { isMultipart, readSpooledForm, removeSpooled, type SpooledFile } from './spool.ts';
import { validate } from './validation.ts';
import type { HttpContext } from './visit.ts';

export type AnyApiRoute = Extract<AnyRoute, { kind: 'api' }>;

export interface ApiOptions {
  readonly publicUrl: string;
  /** Absent while there is no database (tests of single routes). */
  readonly idempotency?: IdempotencyKeys;
  readonly onFailure: (error: unknown) => void;
}

interface Input {
  readonly params: unknown;
  readonly queryInput: unknown;
  readonly body: unknown;
  readonly files: readonly Upload[];
  readonly spooled: readonly SpooledFile[];
  readonly fields: URLSearchParams;
  /** What makes this request the same as another with its key. */
  readonly fingerprint: string;
}

/** Answers an API route: access, input, idempotency key, handler, answer. */
export async function runApi(c: HttpContext, route: AnyApiRoute, asked: Visit, options: ApiOptions): Promise<Response> {
  const refusal = routeRefusal(route, asked.actor);
  const visit = route.open === true ? asGuest(asked) : visitFor(route.access, asked);
  if (refusal !== undefined) return problemJson(c, refusal, options.publicUrl);
  const input = await readInput(c, route, visit);
  if (!input.ok) return problemJson(c, input.problem, options.publicUrl, anyPage(route));
  if (route.method === 'get') return answerRead(c, route, visit, input.value, options);
  try {
    return await runWrite(c, route, visit, input.value, options);
  } finally {
    await removeSpooled(input.value.spooled);
  }
}

async function runWrite(c: HttpContext, route: AnyApiRoute, visit: Visit, input: Input, options: ApiOptions): Promise<Response> {
  const key = c.req.header('idempotency-key');
  // A key is its owner's: without an account nobody can be told from anybody else.
  if (key === undefined || route.keepsNoKey === true || visit.actor.kind === 'anonymous' || options.idempotency === undefined) {
    const { answer, cookies } = await answerWrite(route, visit, input, options);
    return send(c, answer, cookies);
  }
  return answerOnce(c, route, visit, input, { ...options, key, idempotency: options.idempotency });
}

async function readInput(c: HttpContext, route: AnyApiRoute, visit: Visit): Promise<Result<Input, Problem>> {
  const params = route.params === undefined ? ok(visit.params) : validate(route.params, visit.params);
  if (!params.ok) return params;
  const queryInput = route.query === undefined ? ok({}) : validate(route.query, queryRecord(visit.query));
  if (!queryInput.ok) return queryInput;
  const common = { params: params.value, queryInput: queryInput.value };
  const about = [route.method, visit.url];
  if (route.method === 'get') return ok({ ...common, body: undefined, files: [], spooled: [], fields: new URLSearchParams(), fingerprint: '' });
  if (route.upload === true) {
    if (route.spool !== undefined && isMultipart(c.req.header('content-type') ?? '')) {
      const spooled = await readSpooledForm(c.req.header('content-type') ?? '', c.req.raw.body, route.spool);
      if (!spooled.ok) return spooled;
      const parts = spooled.value.spooled.flatMap(({ field, fileName, sha256 }) => [field, fileName, sha256]);
      return ok({ ...common, ...spooled.value, files: [], body: undefined, fingerprint: requestSha256([...about, spooled.value.fields.toString(), ...parts]) });
    }
    const form = await readForm(c.req.header('content-type') ?? '', c.req.raw.body);
    if (!form.ok) return form;
    const parts = form.value.files.flatMap((file) => [file.field, file.fileName, file.bytes]);
    return ok({ ...common, ...form.value, spooled: [], body: undefined, fingerprint: requestSha256([...about, form.value.fields.toString(), ...parts]) });
  }
  const json = await readCleanJson(c.req.header('content-type'), c.req.raw.body);
  if (!json.ok) return json;
  const body = route.body === undefined ? ok(undefined) : validate(route.body, json.value.value);
  if (!body.ok) return body;
  return ok({ ...common, body: body.value, files: [], spooled: [], fields: new URLSearchParams(), fingerprint: requestSha256([...about, json.value.text]) });
}

/** `?a=1&a=2&b=3` -> `{ a: ['1', '2'], b: '3' }` */
function queryRecord(query: URLSearchParams): Record<string, string | string[]> {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = query.getAll(name);
      return [name, values.length === 1 ? values[0]! : values];
    }),
  );
}

function call(route: AnyApiRoute, visit: Visit, input: Input, setCookie: (cookie: Cookie) => void): Promise<Result<unknown, Problem>> {
  const { fingerprint: _, ...given } = input;
  return route.handle({ ...visit, ...given, setCookie } as Parameters<AnyApiRoute['handle']>[0]);
}

async function answerRead(c: HttpContext, route: AnyApiRoute, visit: Visit, input: Input, options: ApiOptions): Promise<Response> {
  const cookies: Cookie[] = [];
  const result = await call(route, visit, input, (cookie) => cookies.push(cookie));
  if (!result.ok) return problemJson(c, result.problem, options.publicUrl, anyPage(route));
  if (cookies.length === 0) return taggedJson(c, result.value, ...(route.open === true ? [OPEN_HEADERS] : []));
  return send(c, { status: 200, body: JSON.stringify(result.value) }, cookies);
}

/** A page elsewhere that reads open data reads their refusals, too. */
const anyPage = ({ open }: AnyApiRoute): Record<string, string> => (open === true ? { 'access-control-allow-origin': '*' } : {});

async function answerWrite(route: AnyApiRoute, visit: Visit, input: Input, options: ApiOptions): Promise<{ answer: StoredAnswer; cookies: Cookie[] }> {
  const cookies: Cookie[] = [];
  const result = await call(route, visit, input, (cookie) => cookies.push(cookie));
  if (!result.ok) {
    const document = problemDocument(result.problem, options.publicUrl, visit.requestId);
    return { answer: { status: problemStatus(result.problem), body: JSON.stringify(document) }, cookies: [] };
  }
  const status = route.status ?? 200;
  return { answer: { status, body: status === 204 ? '' : JSON.stringify(result.value) }, cookies };
}

async function answerOnce(
  c: HttpContext,
  route: AnyApiRoute,
  visit: Visit,
  input: Input,
  options: ApiOptions & { readonly key: string; readonly idempotency: IdempotencyKeys },
): Promise<Response> {
  const { key, idempotency, publicUrl } = options;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) return problemJson(c, BAD_KEY, publicUrl);
  const alone = route.keepsKeyAlone === true;
  const caller = alone ? KEY_ALONE : keyOwner(visit.actor);
  const reserved = await idempotency.reserve(caller, key, alone ? '' : input.fingerprint);
  switch (reserved.kind) {
    case 'answered':
      return send(c, reserved.answer, [], { 'idempotent-replayed': 'true' });
    case 'other-request':
      return problemJson(c, OTHER_REQUEST, publicUrl);
    case 'still-running':
      return problemJson(c, STILL_RUNNING, publicUrl, { 'retry-after': '1' });
    case 'answer-lost':
      return problemJson(c, ANSWER_LOST, publicUrl);
    case 'first':
  }
  let cookies: Cookie[] = [];
  const answer = await idempotency
    .run({ caller, key, keep: !alone && route.keepsNoAnswer !== true }, async () => {
      const written = await answerWrite(route, visit, input, options);
      cookies = written.cookies;
      return written.answer;
    })
    .catch((error: unknown) => {
      options.onFailure(error);
      return undefined;
    });
  return answer === undefined ? problemJson(c, INTERNAL, publicUrl) : send(c, answer, cookies);
}

/** Stands for whoever called, where that must not be kept. */
const KEY_ALONE = 'key';

/** A key is that of the person and of whom they act for: the same key for another holder is another request. */
function keyOwner(actor: Actor): string {
  return actor.kind === 'citizen' && actor.agent !== undefined ? `${actorRef(actor)} for ${actor.accountId}` : actorRef(actor);
}

function send(c: HttpContext, answer: StoredAnswer, cookies: readonly Cookie[], headers: Record<string, string> = {}): Promise<Response> | Response {
  if (answer.status === 204) return new Response(null, { status: 204, headers });
  const type = answer.status >= 400 ? 'application/problem+json' : 'application/json';
  return textAnswer(c, answer.body, answer.status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', ...headers }, cookies);
}

const BAD_KEY: Problem = {
  kind: 'invalid-input',
  detail: 'Der Kopf „Idempotency-Key“ hat keine gültige Form. Nehmen Sie 1 bis 200 druckbare Zeichen ohne Leerzeichen, am besten eine UUID.',
};
const OTHER_REQUEST: Problem = {
  kind: 'invalid-input',
  detail: 'Diesen „Idempotency-Key“ haben Sie schon für eine andere Anfrage verwendet. Nehmen Sie für jede neue Anfrage einen neuen.',
};
const STILL_RUNNING: Problem = {
  kind: 'conflict',
  detail: 'Dieselbe Anfrage ist noch in Arbeit. Warten Sie einen Augenblick und fragen Sie mit demselben „Idempotency-Key“ noch einmal.',
};
const ANSWER_LOST: Problem = {
  kind: 'conflict',
  detail:
    'Diese Anfrage ist schon ausgeführt. Ihre Antwort gibt es kein zweites Mal. Sehen Sie nach, was jetzt da ist. Fehlt Ihnen ein Code oder Schlüssel, der nur einmal gezeigt wird? Dann machen Sie einen neuen, mit einem neuen „Idempotency-Key“.',
};
