import type { Context } from '../../../platform/context.ts';
import { dataJson } from '../../../platform/http/data-route.ts';
import { dataRoute, type AnyRoute, type DataAnswer, type DataVisit } from '../../../platform/http/route.ts';
import { batchRoute } from './batch-routes.ts';
import { mqttApi } from './mqtt-api.ts';
import type { MqttServer } from './mqtt-server.ts';
import { readAnswer } from './read-answer.ts';
import { ROOT } from '../application/read-links.ts';
import { sensorsWriteRoutes } from './write-routes.ts';
import { serviceRoot } from '../application/read-root.ts';

type SensorsContext = Pick<Context, 'database' | 'journal' | 'clock'>;

/** SensorThings API 1.1. */
export function sensorsRoutes(ctx: SensorsContext, mqtt?: Pick<MqttServer, 'port' | 'counts'>): readonly AnyRoute[] {
  const endpoint = (origin: string): string | undefined => (mqtt?.port === undefined ? undefined : `mqtt://${new URL(origin).hostname}:${String(mqtt.port)}`);
  return [
    dataRoute('get', ROOT, 'public', async ({ origin }) => dataJson(serviceRoot(origin + ROOT, endpoint(origin)))),
    ...(mqtt === undefined ? [] : mqttApi(mqtt)),
    dataRoute('get', `${ROOT}/:path{.+}`, 'public', (visit) => read(ctx, visit)),
    batchRoute(ctx),
    ...sensorsWriteRoutes(ctx),
  ];
}

const read = (ctx: SensorsContext, visit: DataVisit): Promise<DataAnswer> => readAnswer(ctx, visit, visit.params['path'] ?? '', visit.query);
