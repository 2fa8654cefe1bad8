import type { Problem } from '../../../kernel/problem.ts';
import { CITY_ZONE } from '../../../kernel/time.ts';

/** What the administration can bound. A unit is an authority. */
export const LIMITS = ['person-day', 'unit-day', 'person-at-once', 'unit-at-once'] as const;
export type LimitName = (typeof LIMITS)[number];
export type Limits = Readonly<Record<LimitName, number>>;

export const DEFAULT_LIMITS: Limits = { 'person-day': 300, 'unit-day': 10_000, 'person-at-once': 3, 'unit-at-once': 100 };
export const HIGHEST_LIMIT = 1_000_000;

/** When a limit of a day is free again. */
function tomorrow(now: Temporal.Instant): string {
  const day = now.toZonedDateTimeISO(CITY_ZONE).toPlainDate().add({ days: 1 });
  return `am ${day.day}.${day.month}.${day.year} um 0 Uhr`;
}

/** The refusal at a limit, with when it is free again. */
export function limitReached(name: LimitName, limit: number, now: Temporal.Instant): Problem {
  switch (name) {
    case 'person-day':
      return {
        kind: 'too-many',
        detail: `Sie haben heute ${limit} Anfragen an Sprachmodelle gestellt. Mehr geht wieder ${tomorrow(now)}. Die Auszüge ohne KI gehen weiter.`,
      };
    case 'unit-day':
      return {
        kind: 'too-many',
        detail: `Ihre Dienststelle hat heute ${limit} Anfragen an Sprachmodelle gestellt. Mehr geht wieder ${tomorrow(now)}. Die Auszüge ohne KI gehen weiter.`,
      };
    case 'person-at-once':
      return { kind: 'too-many', detail: `Für Sie laufen schon ${limit} Antworten. Weiter geht es, sobald eine davon fertig ist.` };
    case 'unit-at-once':
      return {
        kind: 'too-many',
        detail: `In Ihrer Dienststelle laufen schon ${limit} Antworten. Weiter geht es, sobald eine davon fertig ist, meist in weniger als einer Minute.`,
      };
  }
}

/** What runs at this moment, by person and by unit, in this process. */
export class Running {
  readonly #counts = new Map<string, number>();

  /** @returns how to end it, or the limit that is reached */
  begin(who: { readonly person: string | undefined; readonly unit: string }, limits: Limits): (() => void) | LimitName {
    const person = who.person === undefined ? undefined : `person:${who.person}`;
    const unit = `unit:${who.unit}`;
    if (person !== undefined && this.#of(person) >= limits['person-at-once']) return 'person-at-once';
    if (this.#of(unit) >= limits['unit-at-once']) return 'unit-at-once';
    const keys = person === undefined ? [unit] : [person, unit];
    for (const key of keys) this.#counts.set(key, this.#of(key) + 1);
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      for (const key of keys) {
        const left = this.#of(key) - 1;
        if (left > 0) this.#counts.set(key, left);
        else this.#counts.delete(key);
      }
    };
  }

  #of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }
}
