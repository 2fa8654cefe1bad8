import { canopy } from './canopy.ts';
import type { Model } from './model.ts';
import { noise } from './noise.ts';
import type { ProcessDescription } from './process.ts';
import { shade } from './shade.ts';
import { walk } from './walk.ts';

/** All models, in the order lists show them. */
const MODELS: readonly Model[] = [shade, canopy, noise, walk];

export const findModel = (id: string): Model | undefined => MODELS.find(({ description }) => description.id === id);

export const DESCRIPTIONS: readonly ProcessDescription[] = MODELS.map(({ description }) => description);
