import type { Clock } from '../../../kernel/time.ts';
import { fitConnectService } from '../application/fit-connect-client.ts';
import type { DeliveryService } from '../application/fit-connect-context.ts';
import { DEMO_DESTINATION_ID, demoDestination, demoReplyChannel, type DemoDestination } from '../application/fit-connect-demo-books.ts';
import type { DemoFitConnectKeys } from '../application/fit-connect-keys.ts';
import type { ReplyChannel } from '../domain/fit-connect-metadata.ts';
import { FIT_CONNECT_CALLBACK_PATH } from './fit-connect-callback.ts';
import { demoDeliveryService, type DemoDeliveryService } from './fit-connect-demo-service.ts';

/** The bundled delivery service, and what the city needs to speak to it from both sides. */
export interface DemoFitConnect {
  readonly server: DemoDeliveryService;
  /** As the demo's sending house sees it. */
  readonly sender: DeliveryService;
  /** As the city that receives sees it. */
  readonly subscriber: DeliveryService;
  readonly destinationId: string;
  /** How the demo's online service asks to be answered. */
  readonly replyChannel: ReplyChannel;
}

/**
 * @param options.callbackSecret of the city's door for callbacks; absent: the demo service does not knock
 * @param options.fetch how both sides reach each other; by default over the network
 * @throws in production
 */
export function demoFitConnect(options: {
  readonly env: 'demo' | 'production';
  readonly publicUrl: string;
  readonly secret: string;
  readonly keys: DemoFitConnectKeys;
  readonly services: DemoDestination['services'];
  readonly callbackSecret?: string;
  readonly clock: Clock;
  readonly fetch?: typeof fetch;
}): DemoFitConnect {
  const { env, publicUrl, secret, keys, services, callbackSecret, clock } = options;
  const net = options.fetch ?? fetch;
  const knocks = callbackSecret === undefined ? {} : { callback: { url: publicUrl + FIT_CONNECT_CALLBACK_PATH, secret: callbackSecret, fetch: net } };
  const replyChannel = demoReplyChannel(keys.sender, publicUrl);
  const destinations = [demoDestination(keys.subscriber, { services, replyStandards: replyChannel.fitConnect?.processStandards ?? [] })];
  const server = demoDeliveryService({ env, publicUrl, secret, key: keys.service, destinations, clock, ...knocks });
  const { baseUrl, tokenUrl, credentials } = server;
  const as = (role: 'sender' | 'subscriber'): DeliveryService => fitConnectService({ tokenUrl, baseUrl, ...credentials[role], demo: true, clock, fetch: net });
  return { server, sender: as('sender'), subscriber: as('subscriber'), destinationId: DEMO_DESTINATION_ID, replyChannel };
}
