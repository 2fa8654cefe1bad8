import { FUNCTION_NAMES } from '../../../kernel/lage-names.ts';
import type { Layer, StaffFunction } from '../../../kernel/lage.ts';
import type { ObjectKind } from '../../../kernel/picture.ts';
import { DRAWN_KINDS, KIND_NAMES, LAYER_NAMES } from '../../situation/public.ts';

type Lang = keyof typeof KIND_NAMES;

/** How the Lage calls kinds, layers and functions. */
export const kindName = (lang: Lang, kind: ObjectKind): string => KIND_NAMES[lang][kind];
export const layerName = (lang: Lang, layer: Layer): string => LAYER_NAMES[lang][layer];
export const functionName = (lang: Lang, name: StaffFunction): string => FUNCTION_NAMES[lang][name];

/** What is drawn by hand; everything else is changed where it is known. */
export const drawnKinds: readonly ObjectKind[] = DRAWN_KINDS;
