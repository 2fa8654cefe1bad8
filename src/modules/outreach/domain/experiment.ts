import { FEWEST } from '../../../kernel/few.ts';
import { invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { BLOCK_PARTS, blockProblems, cleanBlock, LANGUAGES, mayVary, type Block, type BlockSurroundings, type WordName, type Words } from './blocks.ts';
import type { Content } from './landing.ts';
import type { OutreachProblem } from './problems.ts';
import { ratioChance } from './ratio.ts';
import { alternativesOf, holm, logEvidence, pValueOf, suggestedShown, type Counted } from './sequential.ts';

export const VARIANTS = ['a', 'b', 'c', 'd'] as const;
/** `a` is the page as it is. */
export type Variant = (typeof VARIANTS)[number];

/** What is stated before the start and never changed after it. The measure: forms begun by views of the page. */
export interface Plan {
  readonly expectedPercent: number;
  /** The smallest difference worth finding, in percentage points. */
  readonly minimumPercent: number;
  readonly alpha: number;
  /** When each variant has been shown so often, the comparison ends without a difference. */
  readonly maximumShown: number;
}

/** The words of one block in other ways; everything else on the page is the same for everybody. */
export interface Variation {
  readonly block: string;
  readonly texts: Readonly<Partial<Record<Variant, Readonly<Partial<Record<WordName, Words>>>>>>;
}

export interface Experiment {
  readonly id: string;
  readonly slug: string;
  /** The published version whose words are compared. */
  readonly version: number;
  readonly plan: Plan;
  readonly variation: Variation;
  readonly startedOn: Temporal.PlainDate;
  readonly endedAt: Temporal.Instant | null;
  readonly endedBecause: 'shown' | 'maximum' | 'stopped' | null;
  readonly result: ToldReading | null;
}

export const ALPHAS = [0.01, 0.05, 0.1] as const;
const MOST_SHOWN = 10_000_000;

/** Variants of an experiment, `a` first. */
export const variantsOf = ({ texts }: Variation): readonly Variant[] => VARIANTS.filter((one) => one === 'a' || texts[one] !== undefined);

/** Each with the same chance, anew for each view: nobody is remembered. */
export const assign = (variants: readonly Variant[], random: () => number): Variant => variants[Math.floor(random() * variants.length)]!;

/** The blocks as one variant shows them. */
export const variedBlocks = ({ blocks }: Content, { block, texts }: Variation, variant: Variant): readonly Block[] =>
  blocks.map((one) => (one.id === block && texts[variant] !== undefined ? { ...one, words: { ...one.words, ...texts[variant] } } : one));

/** Checks plan and words before the start. */
export function checkExperiment(plan: Plan, variation: Variation, content: Content, around: BlockSurroundings): Result<Variation, OutreachProblem> {
  const problems = [...planProblems(plan)];
  const block = content.blocks.find(({ id }) => id === variation.block);
  if (block === undefined) problems.push({ field: 'block', message: 'Wählen Sie den Baustein, dessen Worte Sie vergleichen.' });
  else if (!mayVary(block))
    problems.push({
      field: 'block',
      message: 'Tatsachen, Orte, Bilder und alles über Kosten und Rechte sind für alle gleich. Vergleichen Sie Überschrift, Text, Schritte, Frage oder Knopf.',
    });
  if (block === undefined || !mayVary(block)) return refuse(invalidFields(problems));
  const letters = VARIANTS.filter((one) => one !== 'a' && variation.texts[one] !== undefined);
  if (letters.length === 0) problems.push({ field: 'variants', message: 'Ein Vergleich braucht mindestens eine zweite Fassung.' });
  const texts = Object.fromEntries(letters.map((letter) => [letter, cleanBlock({ ...block, words: variation.texts[letter]! }).words]));
  for (const letter of letters) problems.push(...wordProblems(block, letter, texts[letter]!, around));
  return problems.length > 0 ? refuse(invalidFields(problems)) : ok({ block: block.id, texts });
}

function wordProblems(block: Block, letter: Variant, words: Block['words'], around: BlockSurroundings): FieldProblem[] {
  const problems = blockProblems({ ...block, words }, around).map(({ field, message }) => ({ field: `${letter}.${field}`, message }));
  const [first] = BLOCK_PARTS[block.kind].words;
  const same = BLOCK_PARTS[block.kind].words.every((name) => LANGUAGES.every((lang) => words[name]?.[lang] === block.words[name]?.[lang]));
  return same && problems.length === 0
    ? [{ field: `${letter}.${first!}.de`, message: 'Diese Fassung ist dieselbe wie auf der Seite. Ändern Sie ihre Worte.' }]
    : problems;
}

function planProblems({ expectedPercent, minimumPercent, alpha, maximumShown }: Plan): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const rate = expectedPercent > 0 && expectedPercent < 100;
  if (!rate) problems.push({ field: 'expected', message: 'Der erwartete Anteil liegt zwischen 0 und 100 Prozent, ohne beide.' });
  if (!(minimumPercent > 0) || (rate && expectedPercent + minimumPercent >= 100))
    problems.push({ field: 'minimum', message: 'Der kleinste Unterschied liegt über 0, und mit dem erwarteten Anteil zusammen unter 100 Prozent.' });
  if (!ALPHAS.some((one) => one === alpha)) problems.push({ field: 'alpha', message: 'Wählen Sie, wie oft ein Irrtum sein darf.' });
  if (!Number.isSafeInteger(maximumShown) || maximumShown < 100 || maximumShown > MOST_SHOWN)
    problems.push({ field: 'maximum', message: 'Das Ende liegt bei 100 bis 10.000.000 Aufrufen je Fassung.' });
  return problems;
}

/** How often each variant should be shown at most, as the plan's other numbers say. */
export const suggestedMaximum = ({ expectedPercent, minimumPercent, alpha }: Omit<Plan, 'maximumShown'>, variants: number): number =>
  suggestedShown({ expected: expectedPercent / 100, minimum: minimumPercent / 100 }, alpha, Math.max(1, variants - 1));

export type Counts = Readonly<Partial<Record<Variant, Counted>>>;

export interface Comparison {
  readonly variant: Variant;
  /** How many times likelier the counts are with a difference than without. */
  readonly evidence: number;
  readonly pValue: number;
  readonly shown: boolean;
  readonly better: boolean;
}

/** What the counts say. Before the end there is no result, and where assignment or counting is broken there is none at all. */
export type Reading =
  | { readonly kind: 'uneven'; readonly chance: number }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'open' | 'maximum' | 'shown'; readonly comparisons: readonly Comparison[] };

/** A reading as it may be told and kept: nothing from which a count below ten could be reckoned back. */
export type ToldReading =
  | Exclude<Reading, { readonly comparisons: unknown }>
  | { readonly kind: 'open' | 'maximum' | 'shown'; readonly comparisons: readonly ToldComparison[] };

/** Without evidence where fewer than ten of one of the two were shown, or began. */
export type ToldComparison = Omit<Comparison, 'evidence' | 'pValue'> & { readonly evidence: number | null; readonly pValue: number | null };

export function toldReading(reading: Reading, counts: Counts): ToldReading {
  const few = (variant: Variant): boolean => {
    const { shown, reached } = counts[variant] ?? NOTHING;
    return shown < FEWEST || reached < FEWEST;
  };
  if (reading.kind === 'impossible') return reading;
  // the exact chance of few views tells how many they were
  if (reading.kind === 'uneven') return Object.values(counts).some(({ shown }) => shown < FEWEST) ? { ...reading, chance: RATIO_LIMIT } : reading;
  const comparisons = reading.comparisons.map((one) => (few('a') || few(one.variant) ? { ...one, evidence: null, pValue: null } : one));
  return { kind: reading.kind, comparisons };
}

/** So rare by chance that a fault is likelier; usual in the field. */
const RATIO_LIMIT = 0.001;
const NOTHING: Counted = { shown: 0, reached: 0 };

/** @param counts of whole days, all variants */
export function readCounts({ expectedPercent, minimumPercent, alpha, maximumShown }: Plan, variants: readonly Variant[], counts: Counts): Reading {
  const of = (variant: Variant): Counted => counts[variant] ?? NOTHING;
  const chance = ratioChance(variants.map((one) => of(one).shown));
  if (chance < RATIO_LIMIT) return { kind: 'uneven', chance };
  if (variants.some((one) => of(one).reached > of(one).shown)) return { kind: 'impossible' };
  const alternatives = alternativesOf({ expected: expectedPercent / 100, minimum: minimumPercent / 100 });
  const others = variants.filter((one) => one !== 'a');
  const logs = others.map((one) => logEvidence(alternatives, of('a'), of(one)));
  const pValues = logs.map(pValueOf);
  const found = holm(pValues, alpha);
  const rate = ({ shown, reached }: Counted): number => (shown === 0 ? 0 : reached / shown);
  const comparisons = others.map((variant, index) => ({
    variant,
    evidence: Math.exp(Math.min(700, logs[index]!)),
    pValue: pValues[index]!,
    shown: found[index]!,
    better: rate(of(variant)) > rate(of('a')),
  }));
  if (found.some(Boolean)) return { kind: 'shown', comparisons };
  return { kind: variants.every((one) => of(one).shown >= maximumShown) ? 'maximum' : 'open', comparisons };
}
