import { readFile } from 'node:fs/promises';
import { SESSION_COOKIE } from '../platform/http/session-cookie.ts';
import type { Output } from './command.ts';

/** How programs reach the city; a test answers by itself. */
export type Ask = (url: string, init: RequestInit) => Promise<Response>;

interface Refusal {
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

/** A running city, as somebody who is signed in: what they do stands in its journal under their name. */
export class CityClient {
  readonly origin: string;
  readonly #token: string;
  readonly #out: Output;
  readonly #ask: Ask;

  constructor(origin: string, token: string, out: Output, ask: Ask) {
    this.origin = origin;
    this.#token = token;
    this.#out = out;
    this.#ask = ask;
  }

  /** @returns what the city answers; `undefined`, with the reason said, where it refuses or is not there */
  async call<T>(path: string, init: RequestInit = {}): Promise<T | undefined> {
    const headers = { ...(init.headers as Record<string, string> | undefined), origin: this.origin, cookie: `${SESSION_COOKIE}=${this.#token}` };
    const answer = await this.#ask(`${this.origin}${path}`, { ...init, headers }).catch(() => undefined);
    if (answer === undefined) return this.#say(`${this.origin} antwortet nicht. Prüfen Sie die Adresse, und ob die Stadt läuft.`);
    const data = (await answer.json().catch(() => undefined)) as (T & Refusal) | undefined;
    if (answer.ok && data !== undefined) return data;
    this.#say(data?.detail ?? `Die Stadt antwortet mit ${answer.status}.`);
    for (const { field, message } of data?.errors ?? []) this.#say(`${field} ${message}`);
    return undefined;
  }

  #say(sentence: string): undefined {
    this.#out.complain(sentence);
    return undefined;
  }
}

/**
 * @param city    its address
 * @param session a file that holds the value of the session's cookie
 */
export async function cityClient(city: string, session: string, out: Output, ask: Ask = fetch): Promise<CityClient | undefined> {
  const token = await readFile(session, 'utf8').catch(() => undefined);
  const origin = URL.parse(city)?.origin;
  if (origin === undefined) out.complain(`«${city}» ist keine Adresse. Schreiben Sie sie wie https://stadt.example.`);
  else if (token === undefined) out.complain(`${session}: Die Datei gibt es nicht. Sie enthält den Wert des Cookies ${SESSION_COOKIE}.`);
  else return new CityClient(origin, token.trim(), out, ask);
  return undefined;
}
