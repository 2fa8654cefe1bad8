/** Urban data: queries of SensorThings API 1.1, parsed and checked against its model. */
export { parseQuery } from './domain/parse-query.ts';
