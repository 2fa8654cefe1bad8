import type { AnyRoute, Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ConnectorOffice } from '../application/connectors.ts';
import { connectorApi } from './connector-api.ts';
import { connectorPages } from './connector-pages.ts';

/** Connectors and their health: pages and API. */
export function connectorRoutes(office: ConnectorOffice, frame: (visit: Visit) => PageView): AnyRoute[] {
  return [...connectorPages(office, frame), ...connectorApi(office)];
}
