/** Models that are run over the city's data, as OGC API Processes at `/ogc/processes` and `/ogc/jobs`. */
export type {
  DataUsed,
  FeatureCollection,
  GeoJsonFeature,
  InputDescription,
  InputKind,
  Job,
  JobResults,
  JobStatus,
  LayerResult,
  MemberResult,
  NumberResult,
  ProcessDescription,
  ProcessId,
  Provenance,
  Said,
} from './domain/process.ts';
export { findProcess, listProcesses } from './application/processes.ts';
export { startJob, type JobWish } from './application/start-job.ts';
export { runJob } from './application/run-job.ts';
export { forgetJobsOf, jobsOfAccount } from './application/holdings.ts';
export { cancelJob, readJob } from './application/jobs-of.ts';
export { memberTable, readResults } from './application/results.ts';
export { ModelThreads } from './application/model-threads.ts';
export { multiPolygon } from './domain/outline.ts';
export { demoPopulation, demoWays, type DemoFeature } from './domain/demo-quarter.ts';
export { processJobs } from './jobs.ts';
export { processRoutes } from './http/process-routes.ts';
export { PROCESS_CONFORMANCE, processLinks } from './http/process-documents.ts';
