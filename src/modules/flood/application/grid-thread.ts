import { parentPort, workerData } from 'node:worker_threads';
import { readGridFile } from './read-grid.ts';

const { path } = workerData as { readonly path: string };
parentPort!.postMessage(await readGridFile(path));
