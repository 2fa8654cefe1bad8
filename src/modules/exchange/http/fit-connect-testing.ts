import type { CommonProblem, Problem } from '../../../kernel/problem.ts';
import { expectOk, ok, refuse } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { DeliveryService, FitConnectContext, ReceivedApplication, SentNews } from '../application/fit-connect-context.ts';
import type { DemoFitConnectKeys } from '../application/fit-connect-keys.ts';
import { prepareSubmission, type NewSubmission } from '../application/fit-connect-prepare.ts';
import { pickUpSubmissions } from '../application/fit-connect-receive.ts';
import { followSubmissions, sendSubmission, sentSubmission, type SentView } from '../application/fit-connect-send.ts';
import { fitConnectCallbackDoor } from './fit-connect-callback.ts';
import { demoFitConnect, type DemoFitConnect } from './fit-connect-demo.ts';

export const LEIKA = 'urn:de:fim:leika:leistung:99107023017000';
export const SCHEMA_URI = 'https://schema.kontor.example/baumfaellung/1.0.0';
export const PERSON = 'Katharina Petersen';
export const OFFICER = { kind: 'staff', staffId: '0190a000-0000-7000-8000-000000000003', roles: ['sachbearbeitung'], authorities: ['a'] } as const;
const CASE_ID = '0190a000-0000-7000-8000-0000000000c1';

/** The answer of a service that is away. */
export const AWAY: CommonProblem = { kind: 'unavailable', detail: 'away' };

/** A submission of ours that is with the delivery service. */
export interface SentThere {
  readonly id: string;
  readonly submissionId: string;
  readonly caseId: string;
}

/** A city that sends to itself through the demo service, with hands on the wire between them. For tests. */
export class FitConnectRig {
  readonly ctx: FitConnectContext;
  readonly demo: DemoFitConnect;
  readonly keys: DemoFitConnectKeys;
  /** What reached the intake, and what it answers. */
  taken: ReceivedApplication[] = [];
  refuses: (application: ReceivedApplication) => Problem | undefined = () => undefined;
  news: SentNews[] = [];
  #subscriber: Partial<DeliveryService> = {};
  #sender: Partial<DeliveryService> = {};

  constructor(platform: Context, keys: DemoFitConnectKeys) {
    this.keys = keys;
    const inside: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      return new URL(request.url).pathname.startsWith(this.demo.server.prefix) ? this.demo.server.handle(request) : door.handle(request);
    };
    this.demo = demoFitConnect({
      env: 'demo',
      publicUrl: platform.settings.publicUrl,
      secret: 'a secret of the tests, long enough for a key',
      keys,
      services: [{ identifier: LEIKA, schemaUris: [SCHEMA_URI] }],
      callbackSecret: 'callback-secret',
      clock: platform.clock,
      fetch: inside,
    });
    const receive = async (application: ReceivedApplication) => {
      const problem = this.refuses(application);
      if (problem !== undefined) return refuse(problem);
      this.taken.push(application);
      return ok({ caseId: CASE_ID });
    };
    const receiving = {
      destinationIds: [this.demo.destinationId],
      keys: keys.subscriber,
      serviceKeyOf: (identifier: string) => (identifier === LEIKA ? 'baumfaellung' : undefined),
      intake: { receive, letter: async () => undefined },
      callbackSecret: 'callback-secret',
    };
    const onNews = async (_: unknown, one: SentNews) => void this.news.push(one);
    const [subscriber, sender] = [() => ({ ...this.demo.subscriber, ...this.#subscriber }), () => ({ ...this.demo.sender, ...this.#sender })];
    this.ctx = {
      ...platform,
      receiving: Object.defineProperty({ ...receiving, service: this.demo.subscriber }, 'service', { get: subscriber }),
      sending: Object.defineProperty({ onNews, service: this.demo.sender }, 'service', { get: sender }),
    };
    const door = fitConnectCallbackDoor(this.ctx);
  }

  /** What the city sees of the service as receiver, with some operations done otherwise. */
  tamperReceiving(change: Partial<DeliveryService>): void {
    this.#subscriber = change;
  }

  /** The same for the city as sender. */
  tamperSending(change: Partial<DeliveryService>): void {
    this.#sender = change;
  }

  /** Finishes what earlier tests left, and takes the hands off the wire. */
  async reset(): Promise<void> {
    this.tamperReceiving({});
    this.tamperSending({});
    this.refuses = () => undefined;
    await pickUpSubmissions(this.ctx);
    await followSubmissions(this.ctx);
    this.taken = [];
    this.news = [];
  }

  example(key: string, change: Partial<NewSubmission> = {}): NewSubmission {
    return {
      key,
      destinationId: this.demo.destinationId,
      service: { identifier: LEIKA, name: 'Baumfällung' },
      schemaUri: SCHEMA_URI,
      data: { applicant: PERSON, trees: [{ circumferenceCm: 120 }] },
      attachments: [
        { purpose: 'attachment', fileName: 'Kastanie.png', mediaType: 'image/png', bytes: Buffer.from('a picture') },
        { purpose: 'form', fileName: 'Antrag.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7') },
      ],
      replyChannel: { eMail: { address: 'katharina@example.org' } },
      ...change,
    };
  }

  async prepare(key: string, change: Partial<NewSubmission> = {}): Promise<string> {
    return expectOk(await prepareSubmission(this.ctx, OFFICER, this.example(key, change))).id;
  }

  /** Prepared and with the delivery service, not fetched yet. */
  async send(key: string, change: Partial<NewSubmission> = {}): Promise<SentThere> {
    const id = await this.prepare(key, change);
    await sendSubmission(this.ctx, { sentId: id });
    const { submissionId, fitCaseId } = await this.view(id);
    return { id, submissionId: submissionId ?? '', caseId: fitCaseId ?? '' };
  }

  async view(id: string): Promise<SentView> {
    const view = await sentSubmission(this.ctx, id);
    if (view === undefined) throw new Error('no such submission');
    return view;
  }

  /** Payloads of the journal's entries of one kind, oldest first. */
  async journal(kind: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const kinds = [`exchange.fit-connect-${kind}`];
    return (await this.ctx.journal.readAfter(this.ctx.database.read, 0, { kinds, limit: 1000 })).map(({ payload }) => payload);
  }
}
