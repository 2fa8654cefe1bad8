/** Where PostgreSQL's programs are; `undefined`: not on this machine. */
export function postgresBinaries(): string | undefined;
/** A PostgreSQL of its own, thrown away by `stop`. */
export function startTestPostgres(further?: Readonly<Record<string, string | number>>): Promise<{ readonly url: string; readonly stop: () => Promise<void> }>;
