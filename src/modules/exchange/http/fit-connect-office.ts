import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Door } from '../../../platform/http/door.ts';
import { fitConnectService } from '../application/fit-connect-client.ts';
import type { FitConnectContext, Intake } from '../application/fit-connect-context.ts';
import { demoFitConnectKeys, loadFitConnectKeys } from '../application/fit-connect-keys.ts';
import type { NewSubmission } from '../application/fit-connect-prepare.ts';
import type { ReplyChannel } from '../domain/fit-connect-metadata.ts';
import { fitConnectCallbackDoor } from './fit-connect-callback.ts';
import { DEMO_DELIVERY_PATH } from './fit-connect-demo-service.ts';
import { demoFitConnect, type DemoFitConnect } from './fit-connect-demo.ts';

/** A delivery service outside, with what we are there. */
export interface RealFitConnect {
  readonly url: string;
  readonly tokenUrl: string;
  readonly receiver?: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly destinationIds: readonly string[];
    readonly keys: string;
    readonly callbackSecret?: string;
  };
  readonly sender?: { readonly clientId: string; readonly clientSecret: string; readonly roots?: string };
}

/** What the city offers through FIT-Connect. */
export interface OfferedService {
  readonly key: string;
  readonly identifier: string;
  readonly name: string;
  readonly schemaUri: string;
}

/** What is sent, without to whom. */
export type Contents = Omit<NewSubmission, 'key' | 'destinationId'>;

export interface FitConnectDesk {
  services(): readonly OfferedService[];
  readonly intake: Intake;
  /** An example to try things with. */
  example(key: string): Contents | undefined;
  /** A case of the actor's authority, as it can be handed on; journalled as a read of the whole file. */
  caseAsSubmission(actor: Actor, caseId: string): Promise<Result<Contents, Problem>>;
}

/** FIT-Connect as the running city has it. */
export interface FitConnectOffice {
  readonly ctx: FitConnectContext;
  readonly doors: readonly Door[];
  readonly demo: boolean;
  readonly desk: FitConnectDesk;
  /** Destination of the demo. */
  readonly demoDestinationId: () => string | undefined;
  /** How the demo's online service asks to be answered. */
  readonly demoReplyChannel: () => ReplyChannel | undefined;
  /** Makes or reads the demo's keys, which may take seconds the first time: never before the city answers. */
  open(): Promise<void>;
}

type Parts = Pick<FitConnectContext, 'receiving' | 'sending'>;

/** @throws in plain German when keys or roots of the real service cannot be read */
export async function fitConnectOffice(
  platform: Context,
  desk: FitConnectDesk,
  options: { readonly secret: string; readonly dataDirectory: string; readonly real?: RealFitConnect | undefined },
): Promise<FitConnectOffice> {
  const { real } = options;
  if (real !== undefined) return realOffice(platform, desk, await realParts(platform, desk, real));
  return platform.settings.env === 'demo' ? demoOffice(platform, desk, options) : realOffice(platform, desk, {});
}

const serviceKeyOf =
  (desk: FitConnectDesk) =>
  (identifier: string): string | undefined =>
    desk.services().find((one) => one.identifier === identifier)?.key;

function realOffice(platform: Context, desk: FitConnectDesk, parts: Parts): FitConnectOffice {
  const ctx = { ...platform, ...parts };
  return {
    ctx,
    desk,
    demo: false,
    doors: [fitConnectCallbackDoor(ctx)],
    demoDestinationId: () => undefined,
    demoReplyChannel: () => undefined,
    open: async () => {},
  };
}

async function realParts({ clock }: Context, desk: FitConnectDesk, { url, tokenUrl, receiver, sender }: RealFitConnect): Promise<Parts> {
  const service = ({ clientId, clientSecret }: { clientId: string; clientSecret: string }) =>
    fitConnectService({ baseUrl: url, tokenUrl, clientId, clientSecret, demo: false, clock });
  const receiving = receiver && {
    service: service(receiver),
    destinationIds: receiver.destinationIds,
    keys: await loadFitConnectKeys(receiver.keys),
    serviceKeyOf: serviceKeyOf(desk),
    intake: desk.intake,
    ...(receiver.callbackSecret === undefined ? {} : { callbackSecret: receiver.callbackSecret }),
  };
  const sending = sender && { service: service(sender), ...(sender.roots === undefined ? {} : { anchors: await readRoots(sender.roots) }) };
  return { ...(receiving && { receiving }), ...(sending && { sending }) };
}

async function readRoots(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const roots = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (roots.length === 0) throw new Error(`${path} enthält keine Wurzelzertifikate (PEM). Prüfen Sie KONTOR_FIT_CONNECT_ROOTS.`);
  return roots;
}

/** Both sides of the demo live in this process, whatever the city's public address is. */
function demoOffice(platform: Context, desk: FitConnectDesk, { secret, dataDirectory }: { secret: string; dataDirectory: string }): FitConnectOffice {
  const { env, publicUrl } = platform.settings;
  let demo: DemoFitConnect | undefined;
  let parts: Parts = {};
  const ctx: FitConnectContext = Object.defineProperties(
    { ...platform },
    { receiving: { get: () => parts.receiving, enumerable: true }, sending: { get: () => parts.sending, enumerable: true } },
  );
  const callbacks = fitConnectCallbackDoor(ctx);
  const deliver = async (request: Request): Promise<Response> =>
    demo?.server.handle(request) ?? new Response('DEMO: Die Schlüssel entstehen noch.\n', { status: 503 });
  const callbackSecret = `${secret}.fit-connect-callback`;
  const open = async (): Promise<void> => {
    const keys = await demoFitConnectKeys(env, join(dataDirectory, 'fit-connect'));
    const services = desk.services().map(({ identifier, schemaUri }) => ({ identifier, schemaUris: [schemaUri] }));
    const inside: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      return new URL(request.url).pathname.startsWith(`${DEMO_DELIVERY_PATH}/`) ? deliver(request) : callbacks.handle(request);
    };
    demo = demoFitConnect({ env, publicUrl, secret, keys, services, callbackSecret, clock: platform.clock, fetch: inside });
    const receiving = { service: demo.subscriber, destinationIds: [demo.destinationId], keys: keys.subscriber, callbackSecret };
    parts = { receiving: { ...receiving, serviceKeyOf: serviceKeyOf(desk), intake: desk.intake }, sending: { service: demo.sender } };
  };
  let opening: Promise<void> | undefined;
  return {
    ctx,
    desk,
    demo: true,
    doors: [callbacks, { prefix: DEMO_DELIVERY_PATH, handle: deliver }],
    demoDestinationId: () => demo?.destinationId,
    demoReplyChannel: () => demo?.replyChannel,
    open: () =>
      (opening ??= open().catch((error: unknown) => {
        opening = undefined; // a full disk may have room the next time
        throw error;
      })),
  };
}
