import { join } from 'node:path';

/** Where the city's services and its other data files stand. */
export const SERVICES_DIRECTORY: string = join(import.meta.dirname, '../services');
