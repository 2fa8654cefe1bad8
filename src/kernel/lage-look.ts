import { isContradicted } from './lage-signs.ts';
import { ageOf, type KeptObject } from './picture.ts';

/** What stands out about an object. */
export interface Look {
  readonly ageSeconds: number;
  readonly old: boolean;
  readonly contradicted: boolean;
  /** Its last place lies too far from the one before. */
  readonly jumped: boolean;
}

/** `facts.jump` comes from who follows tracks. */
export function lookOf(object: KeptObject, now: Temporal.Instant): Look {
  const { seconds, stale } = ageOf(object, now);
  return {
    ageSeconds: seconds,
    old: stale,
    contradicted: isContradicted(object.facts),
    jumped: object.facts['jump'] === true,
  };
}

/** Source's and content's grades, each alone. */
export const gradeOf = ({ reliability, credibility }: KeptObject): string => `${reliability ?? '–'}${credibility ?? '–'}`;
