import type { Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { invalidField, invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { enterLage } from '../../situation/public.ts';
import { minutesBetween } from '../domain/gates.ts';
import { compareOptions, type OptionFigures, type OptionInput } from '../domain/options.ts';
import { noForecast, noGate, notConnected, type SurgeProblem } from '../domain/problems.ts';
import { nextNumber, setHelpers } from '../store/lage.ts';
import { insertDecision, type Decision } from '../store/measures.ts';
import type { OpenGateAnswer, SurgeContext } from './context.ts';
import { inSurge, signed } from './in-surge.ts';
import { readState, type SurgeState } from './surge-state.ts';

/** What could be done, side by side: whom it reaches, time and forces it needs and there are. Changes nothing. */
export async function compare(
  ctx: SurgeContext,
  actor: Actor,
  key: string,
  options: readonly OptionInput[],
): Promise<Result<readonly OptionFigures[], SurgeProblem>> {
  const opened = await enterLage(ctx, actor, key, 'assess');
  if (!opened.ok) return opened;
  const problems = optionProblems(options);
  if (problems.length > 0) return refuse(invalidFields(problems));
  return ok(figures(options, await readState(ctx, ctx.database.read, opened.value.lage, ctx.clock())));
}

function figures(options: readonly OptionInput[], { gates, zones, polders, peak, now, helpersFree }: SurgeState): OptionFigures[] {
  const minutesToPeak = peak === undefined ? null : Math.round(minutesBetween(now, peak.at));
  return compareOptions(options, { gates, zones, polders, minutesToPeak, available: helpersFree });
}

function optionProblems(options: readonly OptionInput[]): FieldProblem[] {
  if (options.length < 1 || options.length > 6) return [{ field: 'options', message: 'Vergleichen Sie eine bis sechs Möglichkeiten.' }];
  return options.flatMap(({ title }, index) =>
    title.trim() === '' || title.length > 120
      ? [{ field: `options.${index}.title`, message: `Geben Sie Möglichkeit ${index + 1} einen Namen mit höchstens 120 Zeichen.` }]
      : [],
  );
}

export interface DecisionInput {
  readonly question: string;
  readonly options: readonly OptionInput[];
  /** Index of the option that is taken. */
  readonly chosen: number;
  readonly because: string;
}

const VERDICTS: Readonly<Record<OptionFigures['verdict'], string>> = {
  possible: 'geht',
  'too-late': 'zu spät',
  'too-few': 'zu wenig Kräfte',
  unknown: 'offen',
};

/** A person decides; the log holds the options with their figures of this moment, the choice and why. */
export function decide(ctx: SurgeContext, actor: Actor, key: string, input: DecisionInput): Promise<Result<Decision, SurgeProblem>> {
  return inSurge(ctx, actor, { key, right: 'order' }, async ({ tx, view, now }) => {
    const problems = optionProblems(input.options);
    if (input.question.trim() === '' || input.question.length > 200)
      problems.push({ field: 'question', message: 'Sagen Sie in höchstens 200 Zeichen, was zu entscheiden ist.' });
    if (input.because.trim() === '' || input.because.length > 500)
      problems.push({ field: 'because', message: 'Begründen Sie die Entscheidung mit höchstens 500 Zeichen.' });
    if (input.options[input.chosen] === undefined) problems.push({ field: 'chosen', message: 'Wählen Sie eine der Möglichkeiten.' });
    if (problems.length > 0) return refuse(invalidFields(problems));
    const options = figures(input.options, await readState(ctx, tx, view.lage, now));
    const decision: Decision = {
      id: newId(now.epochMilliseconds),
      number: await nextNumber(tx, view.lage.id, 'last_decision'),
      question: input.question.trim(),
      options,
      chosen: input.chosen,
      because: input.because.trim(),
      decidedAt: now,
      decidedBy: signed(view),
    };
    await insertDecision(tx, view.lage.id, decision);
    const listed = options.map((one, index) => `${index + 1}. ${one.title}: ${figureWords(one)}`).join('; ');
    const text = `${decision.question} Möglichkeiten: ${listed}. Gewählt: ${options[input.chosen]!.title}. Begründung: ${decision.because}`;
    const payload = {
      decisionId: decision.id,
      number: decision.number,
      options: options.length,
      chosen: decision.chosen,
      because: sha256Hex(decision.because),
    };
    return ok({ value: decision, event: { kind: 'option-chosen', payload }, log: [{ kind: 'entschluss', text, refs: [`decision:${decision.number}`] }] });
  });
}

function figureWords({ people, facilities, minutesNeeded, minutesLeft, helpersNeeded, helpersAvailable, verdict }: OptionFigures): string {
  const of = (needed: number, there: number | null): string => `${needed} von ${there ?? 'unbekannt'}`;
  return `erreicht ${people} Menschen, ${facilities} Einrichtungen, ${of(minutesNeeded, minutesLeft)} min, ${of(helpersNeeded, helpersAvailable)} Kräften, ${VERDICTS[verdict]}`;
}

/** Says by hand how many helpers are free, where the module of forces is not there. */
export function sayHelpersFree(ctx: SurgeContext, actor: Actor, key: string, helpers: number): Promise<Result<{ readonly helpers: number }, SurgeProblem>> {
  return inSurge(ctx, actor, { key, right: 'forces' }, async ({ tx, view }) => {
    if (!(Number.isInteger(helpers) && helpers >= 0 && helpers <= 100_000)) return refuse(invalidField('helpers', 'Nennen Sie eine ganze Zahl bis 100.000.'));
    await setHelpers(tx, view.lage.id, helpers);
    return ok({
      value: { helpers },
      event: { kind: 'helpers-said', payload: { helpers } },
      log: [{ kind: 'feststellung', text: `Verfügbar sind ${helpers} freie Kräfte.` }],
    });
  });
}

/** What happens if this gate stays open at the expected peak, or at a level of one's own. */
export async function whatIfOpen(
  ctx: SurgeContext,
  actor: Actor,
  key: string,
  gateId: string,
  metres?: number,
): Promise<Result<OpenGateAnswer & { readonly metres: number }, SurgeProblem>> {
  const opened = await enterLage(ctx, actor, key, 'assess');
  if (!opened.ok) return opened;
  if (ctx.whatIfOpen === undefined) return refuse(notConnected('Das Flutmodell'));
  const { lage } = opened.value;
  const state = await readState(ctx, ctx.database.read, lage, ctx.clock());
  const row = parseId(gateId) === undefined ? undefined : state.gates.find(({ gate }) => gate.id === gateId);
  if (row === undefined) return refuse(noGate);
  const level = metres ?? state.peak?.metres;
  if (level === undefined) return refuse(noForecast);
  if (!(level > -4 && level < 10)) return refuse(invalidField('metres', 'Nennen Sie eine Höhe zwischen -4 und 10 m NHN.'));
  const { lon, lat } = row.gate;
  const answer = await ctx.whatIfOpen({ lageId: lage.id, gateId, code: row.gate.code, lon, lat, metres: level });
  return answer.ok ? ok({ ...answer.value, metres: level }) : answer;
}
