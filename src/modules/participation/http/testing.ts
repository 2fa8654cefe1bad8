import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { Cases, CaseView } from '../application/context.ts';

/** Cases held in memory, with the same rules of access as the real port: a fake for tests. */
export class MemoryCases implements Cases {
  readonly #views = new Map<string, CaseView>();
  readonly #plan: CaseView['plan'];

  constructor(plan: CaseView['plan']) {
    this.#plan = plan;
  }

  add(at: Temporal.Instant, accountId: string, change: Partial<CaseView> = {}): string {
    const id = newId(at.epochMilliseconds);
    const view = {
      id,
      fileNumber: `BP-${id.slice(-6)}`,
      service: 'bebauungsplan',
      authority: 'bezirk-altona',
      accountId,
      status: 'in_pruefung',
      title: 'Bebauungsplan',
    };
    this.#views.set(id, { ...view, answers: { storeys: 5 }, plan: this.#plan, documents: [], ...change });
    return id;
  }

  async read(_: unknown, id: string): Promise<CaseView | undefined> {
    return this.#views.get(id);
  }

  maySee(actor: Actor, view: CaseView): boolean {
    if (actor.kind === 'citizen') return actor.accountId === view.accountId;
    return actor.kind === 'staff' && (actor.roles.includes('revision') || actor.authorities.includes(view.authority));
  }

  mayAct(actor: Actor, view: CaseView): boolean {
    return this.maySee(actor, view) && !(actor.kind === 'staff' && actor.roles.includes('revision'));
  }
}

type Body = Readonly<Record<string, unknown>>;
/** JSON as it came: tests know its shape and fail when it is another. */
// oxlint-disable-next-line typescript/no-explicit-any -- answers of many shapes, read by tests only
type Json = any;

/** Speaks to a server as somebody: pages by form, API by JSON. Sessions are names. */
export class Driver {
  readonly #request: (path: string, init: RequestInit) => Promise<Response>;
  readonly #today: () => Temporal.PlainDate;
  /** What a mail to this address said last. */
  readonly #lastMail: (to: string) => Promise<string>;

  constructor(options: {
    request: (path: string, init: RequestInit) => Promise<Response>;
    today: () => Temporal.PlainDate;
    lastMail: (to: string) => Promise<string>;
  }) {
    this.#request = options.request;
    this.#today = options.today;
    this.#lastMail = options.lastMail;
  }

  #as(who: string | undefined): Record<string, string> {
    return who === undefined ? {} : { cookie: `kontor_session=${who}` };
  }

  async api(who: string | undefined, method: string, path: string, body?: Body): Promise<{ status: number; json: Json }> {
    const headers = { ...this.#as(who), ...(body && { 'content-type': 'application/json' }) };
    const answer = await this.#request(`/api${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    return { status: answer.status, json: await answer.json() };
  }

  async page(who: string | undefined, path: string, fields?: Readonly<Record<string, string>>): Promise<{ status: number; text: string; to: string }> {
    const posted = fields && { method: 'POST', body: new URLSearchParams(fields).toString() };
    const type = fields && { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await this.#request(path, { ...posted, headers: { ...this.#as(who), ...type } });
    return { status: answer.status, text: await answer.text(), to: answer.headers.get('location') ?? '' };
  }

  async upload(
    who: string | undefined,
    path: string,
    fields: Readonly<Record<string, string>>,
    file?: { field: string; name: string; bytes: Uint8Array },
  ): Promise<{ status: number; json: Json }> {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    if (file !== undefined) form.append(file.field, new File([Buffer.from(file.bytes)], file.name));
    const answer = await this.#request(`/api${path}`, { method: 'POST', body: form, headers: this.#as(who) });
    return { status: answer.status, json: await answer.json() };
  }

  /** A day so many days from today. */
  day(offset: number): string {
    return this.#today().add({ days: offset }).toString();
  }

  async wish(caseId: string, wished: Body, who = 'sachbearbeitung'): Promise<{ status: number; json: Json }> {
    return this.api(who, 'POST', `/cases/${caseId}/participation/actions`, { wish: wished });
  }

  async openAgencies(caseId: string, more: Body = {}): Promise<string> {
    const round = {
      kind: 'stellen',
      title: 'Stellen',
      request: 'Bitte nehmen Sie Stellung zum Entwurf.',
      legalBasis: '§ 4 Abs. 2 BauGB',
      period: { length: 1, unit: 'months' },
    };
    const opened = await this.wish(caseId, { action: 'open-round', ...round, ...more });
    if (opened.status !== 200) throw new Error(JSON.stringify(opened.json));
    return opened.json.rounds.at(-1).id as string;
  }

  async ask(caseId: string, roundId: string, who: Body): Promise<{ status: number; json: Json }> {
    const asked = { kind: 'toeb', name: 'Wasserwerk', period: { length: 1, unit: 'months' }, legalBasis: '§ 4 Abs. 2 BauGB', silence: 'unbeachtlich' };
    return this.wish(caseId, { action: 'ask', roundId, ...asked, ...who });
  }

  /** Announces a display that begins tomorrow. @returns its id */
  async announce(caseId: string): Promise<string> {
    const round = {
      kind: 'oeffentlich',
      planId: 'entwurf',
      title: 'Neue Mitte',
      request: 'Ein Quartier mit 300 Wohnungen.',
      startsOn: this.day(1),
      noticedOn: this.day(-7),
    };
    const opened = await this.wish(caseId, { action: 'open-round', ...round });
    if (opened.status !== 200) throw new Error(JSON.stringify(opened.json));
    return opened.json.rounds.at(-1).id as string;
  }

  async answer(
    key: string,
    fields: Readonly<Record<string, string>>,
    file?: { name: string; bytes: Uint8Array },
    who?: string,
  ): Promise<{ status: number; json: Json }> {
    return this.upload(who, `/consultations/${key}/answer`, fields, file && { field: 'files', ...file });
  }

  /** The token of the last mail to an address. */
  async mailedToken(to: string): Promise<string> {
    return /\/(?:stellungnahme|eingang)\/([A-Za-z0-9_-]{43})/.exec(await this.#lastMail(to))?.[1] ?? '';
  }

  async firstStatement(caseId: string): Promise<Json> {
    return (await this.api('sachbearbeitung', 'GET', `/cases/${caseId}/participation/statements`)).json.items[0];
  }

  async onStatement(caseId: string, id: string, command: Body): Promise<{ status: number; json: Json }> {
    return this.api('sachbearbeitung', 'POST', `/cases/${caseId}/participation/statements/${id}/actions`, { command });
  }
}
