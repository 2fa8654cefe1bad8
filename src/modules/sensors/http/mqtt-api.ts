import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import type { MqttServer } from './mqtt-server.ts';

const count = (what: string) => z.number().describe(what);

/** What goes over MQTT, in numbers: a refused message has no answer there, and must be seen somewhere. */
export function mqttApi(mqtt: Pick<MqttServer, 'port' | 'counts'>): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/sensors/mqtt',
      access: ['administration', 'revision'],
      tag: 'Messwerte',
      summary: 'MQTT: wer verbunden ist, und was seit dem Start gespeichert, abgewiesen und verworfen wurde.',
      output: z.object({
        port: z.number().nullable(),
        connections: count('verbundene Clients'),
        topics: count('Themen, auf die jemand hört'),
        kept: count('gespeicherte Nachrichten'),
        refused: count('abgewiesene Nachrichten; das Protokoll nennt Gerät und Grund'),
        stalled: count('getrennte Clients, die Nachrichten nicht abgenommen haben'),
        untold: count('gespeicherte Messwerte, die wegen Überlast nicht weitergesagt wurden'),
      }),
      handle: async () => ok({ port: mqtt.port ?? null, ...mqtt.counts() }),
    }),
  ];
}
