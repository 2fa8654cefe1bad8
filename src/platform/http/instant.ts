import { z } from 'zod';

/** An instant in a request, with its offset (RFC 3339); a refusal shows how to write one. */
export const instant = z.iso
  .datetime({ offset: true, error: 'Schreiben Sie Zeiten so: 2026-11-28T19:48:00+01:00.' })
  .transform((text) => Temporal.Instant.from(text));
