import { z } from 'zod';
import { notBeforeEarliest } from './address.ts';

/** An instant with its zone. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => notBeforeEarliest(Temporal.Instant.from(text)));
/** West, south, east, north in degrees. */
export const box = z
  .string()
  .max(120)
  .transform((text, problems) => {
    const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = numbers;
    if (numbers.length !== 4 || ![west, south, east, north].every(Number.isFinite) || south > north || west > east) {
      problems.addIssue({ code: 'custom', message: 'Schreiben Sie vier Zahlen: West, Süd, Ost, Nord, mit Komma getrennt.' });
      return z.NEVER;
    }
    return [west, south, east, north] as const;
  });
