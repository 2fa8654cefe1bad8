import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Thrown when another process already works on the same data directory. */
export class DataDirectoryInUse extends Error {
  constructor(directory: string) {
    super(
      `Das Datenverzeichnis ${directory} ist schon in Gebrauch. ` +
        'Beenden Sie den anderen Kontor-Prozess oder setzen Sie KONTOR_DATA auf ein anderes Verzeichnis.',
    );
    this.name = 'DataDirectoryInUse';
  }
}

/**
 * Takes the exclusive lock on a data directory. PGlite itself takes none, and two processes on one
 * directory corrupt it silently. SQLite's file lock is the operating system's (fcntl): it ends with
 * the process, also by kill -9, so no stale lock ever has to be guessed at.
 * @returns a function that gives the lock back
 */
export function lockDataDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(directory, 'kontor.lock'));
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive;');
  } catch (error) {
    lock.close();
    if (error instanceof Error && /locked/.test(error.message)) throw new DataDirectoryInUse(directory);
    throw error;
  }
  return () => lock.close();
}
