import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const SRC = join(import.meta.dirname, '../../src');

/** Every folder with migrations: the platform's, then each module's in order of name. */
export function migrationFolders(): { schema: string; directory: string }[] {
  const modules = readdirSync(join(SRC, 'modules'))
    .map((schema) => ({ schema, directory: join(SRC, 'modules', schema, 'store') }))
    .filter(({ directory }) => existsSync(directory));
  return [{ schema: 'platform', directory: join(SRC, 'platform/migrations') }, ...modules];
}
