import { z } from 'zod';
import type { CommonProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Clock } from '../../../kernel/time.ts';
import { bytesUpTo } from '../../../kernel/bytes.ts';
import { parseJson } from '../domain/fit-connect-compact.ts';
import { MAX_ANSWER } from './fit-connect-limits.ts';

export interface DeliveryServiceSettings {
  /** OAuth 2 token endpoint. */
  readonly tokenUrl: string;
  /** Submission API without `/v1`, e.g. `https://submission-api-testing.fit-connect.fitko.dev`. */
  readonly baseUrl: string;
  /** How it names itself in events; by default its address. */
  readonly issuer?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly demo: boolean;
  readonly clock: Clock;
  /** By default over the network, with the usual checks of TLS. */
  readonly fetch?: typeof fetch;
}

/** Long enough for a large attachment on a slow line. */
const TIMEOUT_MS = 60_000;
const TOKEN_TIMEOUT_MS = 15_000;

export interface HttpOptions {
  readonly type?: 'application/json' | 'application/jose';
  readonly body?: string;
  /** Of the answer. */
  readonly maxBytes?: number;
}

/** One authorised request; the answer's bytes, or what its status means. */
export type FitConnectHttp = (method: 'GET' | 'POST' | 'PUT', path: string, options: HttpOptions) => Promise<Result<Buffer, CommonProblem>>;

const problem = (kind: CommonProblem['kind'], detail: string): { readonly ok: false; readonly problem: CommonProblem } => refuse({ kind, detail });
const AWAY = 'Der Zustelldienst antwortet nicht. Es wird von selbst noch einmal versucht.';

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().default(300) });

/**
 * Requests with an access token (OAuth 2 client credentials), which is kept until shortly before it
 * ends and asked for anew once when it is not taken. Redirects are errors: a token goes to nobody else.
 * @throws when the service is to be reached without TLS and is no demo
 */
export function fitConnectHttp(settings: DeliveryServiceSettings): FitConnectHttp {
  const { baseUrl, tokenUrl, demo, clock } = settings;
  if (!demo && ![baseUrl, tokenUrl].every((url) => new URL(url).protocol === 'https:')) throw new Error('a delivery service is reached by https only');
  const net = settings.fetch ?? fetch;
  let token: { readonly value: string; readonly until: number } | undefined;

  const freshToken = async (): Promise<Result<string, CommonProblem>> => {
    if (token !== undefined && clock().epochMilliseconds < token.until) return ok(token.value);
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: settings.clientId, client_secret: settings.clientSecret });
    const answer = await ask(net, tokenUrl, { method: 'POST', body }, TOKEN_TIMEOUT_MS, MAX_ANSWER);
    if (answer === undefined || answer.status >= 500 || answer.status === 429) return problem('unavailable', AWAY);
    const read = tokenSchema.safeParse(answer.status === 200 ? parseJson(answer.bytes) : undefined);
    // wrong credentials are mended by people; until then every try fails alike
    if (!read.success) return problem('not-allowed', 'Der Zustelldienst kennt diesen Zugang nicht. Prüfen Sie Kennung und Geheimnis.');
    token = { value: read.data.access_token, until: clock().epochMilliseconds + Math.max(0, read.data.expires_in - 30) * 1000 };
    return ok(token.value);
  };

  return async (method, path, { type, body, maxBytes = MAX_ANSWER }) => {
    for (let attempt = 1; ; attempt++) {
      const access = await freshToken();
      if (!access.ok) return access;
      const headers = { authorization: `Bearer ${access.value}`, accept: '*/*', ...(type === undefined ? {} : { 'content-type': type }) };
      const answer = await ask(net, baseUrl + path, { method, headers, ...(body === undefined ? {} : { body }) }, TIMEOUT_MS, maxBytes);
      if (answer === undefined) return problem('unavailable', AWAY);
      if (answer.status === 401 && attempt === 1) token = undefined;
      else return meaningOf(answer);
    }
  };
}

interface Answered {
  readonly status: number;
  readonly bytes: Buffer;
  /** It was longer than allowed; nothing of it is kept. */
  readonly cutOff: boolean;
}

/** `undefined`: no answer, or it broke off. */
async function ask(net: typeof fetch, url: string, init: RequestInit, timeoutMs: number, maxBytes: number): Promise<Answered | undefined> {
  try {
    const response = await net(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    const bytes = await bytesUpTo(response.body, maxBytes);
    return { status: response.status, bytes: bytes ?? Buffer.alloc(0), cutOff: bytes === undefined };
  } catch {
    return undefined;
  }
}

/** What a status of the Submission API means; its own words may name people and are not handed on. */
function meaningOf({ status, bytes, cutOff }: Answered): Result<Buffer, CommonProblem> {
  if (cutOff) return problem('too-large', 'Die Antwort des Zustelldienstes ist größer, als wir annehmen.');
  if (status >= 200 && status < 300) return ok(bytes);
  if (status >= 500 || status === 429 || status === 408) return problem('unavailable', AWAY);
  if (status === 401 || status === 403) return problem('not-allowed', 'Der Zustelldienst erlaubt das diesem Zugang nicht. Prüfen Sie seine Rechte.');
  if (status === 404 || status === 410) return problem('not-found', 'Der Zustelldienst kennt das nicht, oder er hat es gelöscht.');
  if (status === 409) return problem('conflict', 'Das geht in diesem Stand der Einreichung nicht.');
  if (status === 413) return problem('too-large', 'Das ist dem Zustelldienst zu groß.');
  return problem('invalid-input', 'Der Zustelldienst nimmt das so nicht an.');
}
