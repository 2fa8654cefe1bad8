import assert from 'node:assert/strict';
import { expectOk } from '../../src/kernel/result.ts';
import { moderate } from '../../src/modules/contributions/public.ts';
import type { ContributionsCity } from './contributions-city.ts';
import { ACTORS, as, type TestActor } from './test-server.ts';

export const API = '/api/contributions';
export const INSIDE = { lon: 9.95, lat: 53.55 };
export const WORDS = { category: 'gruen', title: 'Mehr Bäume', text: 'Ein Platz braucht Schatten.' };

export interface Written {
  readonly id: string;
  readonly number: number;
  readonly receipt: string;
  readonly state: string;
}

/** Speaks to the city's server as anybody; contributions go to the participation `key` says. */
export class ContributionsClient {
  readonly #city: () => ContributionsCity;
  readonly #key: () => string;

  constructor(city: () => ContributionsCity, key: () => string) {
    this.#city = city;
    this.#key = key;
  }

  post(path: string, body: object, who?: TestActor, cookie = ''): Promise<Response> {
    const headers = { 'content-type': 'application/json', cookie: `${who === undefined ? '' : `${as(who).cookie}; `}${cookie}` };
    return this.#city().server.request(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  form(path: string, fields: Record<string, string>, who?: TestActor): Promise<Response> {
    return this.#city().server.request(path, { method: 'POST', headers: who === undefined ? {} : as(who), body: new URLSearchParams(fields) });
  }

  async page(path: string, who?: TestActor): Promise<string> {
    return (await this.#city().server.request(path, { headers: who === undefined ? {} : as(who) })).text();
  }

  async json<T>(path: string, who?: TestActor): Promise<T> {
    return JSON.parse(await this.page(path, who)) as T;
  }

  async write(more: object = {}, who?: TestActor): Promise<Written> {
    const answer = await this.post(`${API}/participations/${this.#key()}/contributions`, { ...WORDS, points: [INSIDE], ...more }, who);
    assert.equal(answer.status, 201, await answer.clone().text());
    return (await answer.json()) as Written;
  }

  async publish(id: string, hasPicture = false): Promise<void> {
    expectOk(await moderate(this.#city().ctx, ACTORS.sachbearbeitung, { contributionId: id, command: { action: 'publish', hasPicture } }));
  }

  async published(more: object = {}, who?: TestActor): Promise<Written> {
    const one = await this.write(more, who);
    await this.publish(one.id);
    return one;
  }

  async supportOf(id: string): Promise<number> {
    return (await this.json<{ support: number }>(`${API}/${id}`)).support;
  }
}
