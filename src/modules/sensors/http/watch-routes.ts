import type { AnyRoute, Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Context } from '../../../platform/context.ts';
import { mqttPage } from './mqtt-page.ts';
import type { MqttServer } from './mqtt-server.ts';
import { watchApi } from './watch-api.ts';
import { watchPages } from './watch-pages.ts';

/** Rules on streams and what they report, and what goes over MQTT: pages and API. */
export function watchRoutes(
  ctx: Pick<Context, 'database' | 'journal' | 'clock'>,
  frame: (visit: Visit) => PageView,
  mqtt: Pick<MqttServer, 'port' | 'counts'>,
): AnyRoute[] {
  return [...watchPages(ctx, frame), ...watchApi(ctx), mqttPage(mqtt, frame)];
}
