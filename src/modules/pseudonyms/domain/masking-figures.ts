import type { MadeLetter } from './made-letters.ts';
import { expectOk } from '../../../kernel/result.ts';
import { mask } from './mask.ts';
import { unmask } from './placeholders.ts';

export interface Recall {
  readonly places: number;
  readonly masked: number;
  readonly recall: number;
}

export interface MaskingFigures {
  readonly letters: number;
  /** By group and class: `party person`, `party person (damaged)`, `number iban`. */
  readonly byClass: Readonly<Record<string, Recall>>;
  readonly groups: Readonly<Record<'party' | 'number' | 'rule', Recall>>;
  /** Share of the signs that were masked without need. */
  readonly needless: number;
  /** Letters that came back as they were. */
  readonly lossless: number;
  /** What was missed, a few, for whoever mends the search. */
  readonly missed: readonly string[];
}

const MISSED_SHOWN = 20;

/** How much of what must be masked is masked, sign by sign: a place half readable counts as missed. */
export function maskingFigures(letters: readonly MadeLetter[]): MaskingFigures {
  const counts = new Map<string, [places: number, masked: number]>();
  const count = (key: string, masked: boolean): void => {
    const [places, found] = counts.get(key) ?? [0, 0];
    counts.set(key, [places + 1, found + (masked ? 1 : 0)]);
  };
  const missed: string[] = [];
  let [needless, signs, lossless] = [0, 0, 0];
  for (const { text, parties, labels } of letters) {
    const out = expectOk(mask([text], parties));
    if (unmask(out.texts[0]!, out.key) === text) lossless += 1;
    const covered = coverOf(text, out.texts[0]!, out.key.originals);
    for (const { start, end, what, group, damaged } of labels) {
      const whole = isCovered(covered, text, start, end);
      count(group, whole);
      count(`${group} ${what}${damaged ? ' (damaged)' : ''}`, whole);
      if (!whole && missed.length < MISSED_SHOWN) missed.push(`${group} ${what}: ${text.slice(Math.max(0, start - 12), start)}«${text.slice(start, end)}»`);
    }
    signs += text.length;
    needless += covered.filter((is, at) => is && !labels.some(({ start, end }) => at >= start && at < end)).length;
  }
  const recallOf = (key: string): Recall => {
    const [places, masked] = counts.get(key) ?? [0, 0];
    return { places, masked, recall: places === 0 ? 1 : masked / places };
  };
  const groups = { party: recallOf('party'), number: recallOf('number'), rule: recallOf('rule') };
  const classes = [...counts.keys()].filter((key) => key.includes(' ')).toSorted();
  return {
    letters: letters.length,
    byClass: Object.fromEntries(classes.map((key) => [key, recallOf(key)])),
    groups,
    needless: needless / Math.max(1, signs),
    lossless,
    missed,
  };
}

/** Letters and digits of the place are all gone; a title or a genitive may stay. */
function isCovered(covered: readonly boolean[], text: string, start: number, end: number): boolean {
  const rest = [...text.slice(start, end)].filter((sign, at) => !covered[start + at] && /[\p{L}\p{N}]/u.test(sign)).join('');
  return rest === '' || rest === 's' || rest === 'Dr';
}

/** Which signs of the original stand behind placeholders. */
function coverOf(text: string, masked: string, originals: ReadonlyMap<string, string>): boolean[] {
  const covered = Array.from({ length: text.length }, () => false);
  let [at, from] = [0, 0];
  for (const match of masked.matchAll(/\[[^[\]\n]{1,40} [A-Z]{2}(\d+(?:\.\d+)?)\]/gu)) {
    const original = originals.get(match[1]!);
    if (original === undefined) continue;
    at += match.index - from;
    covered.fill(true, at, at + original.length);
    at += original.length;
    from = match.index + match[0].length;
  }
  return covered;
}
