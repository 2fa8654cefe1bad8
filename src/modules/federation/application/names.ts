import { LAYER_NAMES, type Layer } from '../../situation/public.ts';

/** What people call a layer. */
export const layerName = (lang: keyof typeof LAYER_NAMES, layer: Layer): string => LAYER_NAMES[lang][layer];
