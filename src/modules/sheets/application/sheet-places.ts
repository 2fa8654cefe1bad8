import { pointsOf } from '../domain/mark.ts';

/** Millimetres of an entry's place in points of 1/72 inch, as pages are measured. */
export const pointsOfMm = (mm: number): number => Math.round(pointsOf(mm) * 100) / 100;
