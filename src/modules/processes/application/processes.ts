import { DESCRIPTIONS, findModel } from '../domain/models.ts';
import type { ProcessDescription } from '../domain/process.ts';

/** All models the city has. */
export const listProcesses = (): readonly ProcessDescription[] => DESCRIPTIONS;

export const findProcess = (id: string): ProcessDescription | undefined => findModel(id)?.description;
