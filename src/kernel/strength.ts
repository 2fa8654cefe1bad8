/** Strength as German services write it: leaders/sub-leaders/crew//total, e.g. `1/2/6//9`. */
export interface Strength {
  readonly leaders: number;
  readonly subLeaders: number;
  readonly crew: number;
}

const MOST = 9999;

export const NO_STRENGTH: Strength = { leaders: 0, subLeaders: 0, crew: 0 };

export const totalOf = ({ leaders, subLeaders, crew }: Strength): number => leaders + subLeaders + crew;

export const addStrength = (a: Strength, b: Strength): Strength => ({
  leaders: a.leaders + b.leaders,
  subLeaders: a.subLeaders + b.subLeaders,
  crew: a.crew + b.crew,
});

export const printStrength = (one: Strength): string => `${one.leaders}/${one.subLeaders}/${one.crew}//${totalOf(one)}`;

/** Reads `1/2/6//9`, `1/2/6` and `1 - 2 - 6 = 9`; a total that is given must be the sum. A refusal is a sentence. */
export function parseStrength(text: string): Strength | string {
  const match = /^\s*(\d{1,4})\s*[/\-–.:]\s*(\d{1,4})\s*[/\-–.:]\s*(\d{1,4})(?:\s*(?:\/\/|\/|=)\s*(\d{1,5}))?\s*$/.exec(text);
  if (match === null) return 'Schreiben Sie die Stärke so: Führer/Unterführer/Mannschaft//Gesamt, etwa 1/2/6//9.';
  const one: Strength = { leaders: Number(match[1]), subLeaders: Number(match[2]), crew: Number(match[3]) };
  const total = match[4];
  if (total !== undefined && Number(total) !== totalOf(one))
    return `Die Summe stimmt nicht: ${one.leaders} und ${one.subLeaders} und ${one.crew} sind ${totalOf(one)}, nicht ${total}.`;
  return totalOf(one) > MOST ? `Eine Einheit hat höchstens ${MOST} Kräfte. Teilen Sie sie auf.` : one;
}
