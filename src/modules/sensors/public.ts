/** Urban data: SensorThings API 1.1, its queries parsed and checked against its model. */
export { parseQuery } from './domain/parse-query.ts';
export { followStreams, streamFreshness, streamStates, type StreamState } from './application/stream-states.ts';
export { latestWords, sensorLayers, stationsIn, streamCurve, streamSparks, type Curve, type SensorLayer, type Station } from './application/stations.ts';
export { sensorsJobs } from './jobs.ts';
export { watch } from './application/watch.ts';
export { addRule, listRules } from './application/rules.ts';
export { makeDemoStations, measureDemo, type DemoGround } from './application/measure-demo.ts';
export { ConnectorDesk } from './application/connector-desk.ts';
export type { ConnectorContext } from './application/connector-context.ts';
export { connectorRoutes } from './http/connector-routes.ts';
export { watchRoutes } from './http/watch-routes.ts';
export { sensorsRoutes } from './http/routes.ts';
export { MqttServer } from './http/mqtt-server.ts';
