/** The Einsatztagebuch of a Lage. */
export { writeLogEntry, LOG_WRITTEN, type LogPlace } from './application/write-log-entry.ts';
export { LOG_KINDS, type LogEntry, type LogKind, type NewLogEntry } from './domain/entry.ts';
