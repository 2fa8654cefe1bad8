import { evaluateFeel, feelMistake } from '../../rules/public.ts';
import type { Feel } from '../domain/feel.ts';

/** The interpreter of `rules`: exact decimals, and null for what is unknown. */
export const feel: Feel = { evaluate: evaluateFeel, mistake: (text) => feelMistake(text) };
