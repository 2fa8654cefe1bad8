/** Urban data: SensorThings API 1.1, its queries parsed and checked against its model. */
export { parseQuery } from './domain/parse-query.ts';
export { sensorsRoutes } from './http/routes.ts';
