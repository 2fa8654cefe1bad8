import type { GridWish } from '../application/grids.ts';
import type { WhatIf } from '../application/what-if.ts';
import type { RunInput } from '../domain/run.ts';

/** A number as people write it: with comma or point; `NaN` where it is none. */
export function numberOf(text: string | null | undefined): number {
  const plain = (text ?? '').trim().replace(/\s*(m|h|m NHN)$/i, '');
  return /^[+-]?\d+([.,]\d+)?$/.test(plain) ? Number(plain.replace(',', '.')) : Number.NaN;
}

export const DEFAULTS = {
  peaks: '5,5; 6,0; 6,5',
  startMetres: '2,0',
  lowMetres: '0,5',
  peakAfterHours: '4',
  hours: '8',
  roughness: '0,035',
  breachAfterHours: '3',
  inletBelowMetres: '0',
} as const;

/** Breaches that a form can name: width of a dyke's. */
const BREACH_METRES = 100;

/** The question in an address; `undefined`: nobody asks. */
export function readWhatIf(query: URLSearchParams): WhatIf | undefined {
  const level = query.get('pegel');
  return level === null ? undefined : { gridId: query.get('gitter') ?? '', levelMetres: numberOf(level), open: query.getAll('offen') };
}

export function readRun(fields: URLSearchParams): RunInput {
  const get = (name: string): number => numberOf(fields.get(name));
  return {
    gridId: fields.get('gridId') ?? '',
    title: (fields.get('title') ?? '').trim(),
    model: fields.get('model') === 'hll' ? 'hll' : 'inertial',
    peaksMetres: (fields.get('peaksMetres') ?? '').split(';').map(numberOf),
    startMetres: get('startMetres'),
    lowMetres: get('lowMetres'),
    peakAfterHours: get('peakAfterHours'),
    hours: get('hours'),
    roughness: get('roughness'),
    gates: Object.fromEntries(fields.getAll('gates').map((id) => [id, 'open' as const])),
    breaches: fields.getAll('breaches').map((structureId) => ({ structureId, widthMetres: BREACH_METRES })),
    eachBreach: true,
    breachAfterHours: get('breachAfterHours'),
  };
}

export const readGridWish = (fields: URLSearchParams): GridWish => ({
  name: fields.get('name') ?? '',
  source: fields.get('source') ?? '',
  structures: fields.get('structures') ?? '',
  inletBelowMetres: numberOf(fields.get('inletBelowMetres') ?? DEFAULTS.inletBelowMetres),
});
