import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { isToken, randomToken, sha256Hex } from '../../../kernel/token.ts';
import { lageStream, openLagen, publicLage, type Lage } from '../../situation/public.ts';
import { MOST_WAITING } from '../domain/flooding.ts';
import type { ReportProblem } from '../domain/problems.ts';
import type { Category } from '../../../kernel/report.ts';
import type { Place } from '../domain/report.ts';
import { reportProblems } from '../domain/typed-report.ts';
import { countTurnedAway, lockBook } from '../store/events.ts';
import { keepPicture } from '../store/pictures.ts';
import { countWaiting } from '../store/reports.ts';
import type { ReportsContext } from './context.ts';
import { checkPicture, type GivenPicture } from './pictures.ts';
import { receiveReports } from './receive-reports.ts';

export interface PublicInput {
  /** Key of the Lage; may be absent where only one takes reports. */
  readonly lage: string;
  readonly text: string;
  readonly category: Category | undefined;
  readonly place: Place | undefined;
  /** Takes the place from the picture where none was chosen. */
  readonly placeOfPicture: boolean;
  readonly pictures: readonly GivenPicture[];
  /** Secret of the form: sent twice, it is one report. */
  readonly receipt: string;
  /** Random words of the sender's device: bounds what one of them can fill. */
  readonly device: string;
  /** A field nobody sees: only programs fill it in. */
  readonly trap: string;
}

/** What the public may know of a Lage that takes reports. */
export interface PublicLage {
  readonly key: string;
  readonly title: string;
  readonly exercise: boolean;
}

export const newReceipt = (): string => randomToken();

/** Lagen that take reports of everybody now. */
export async function lagenForReports(ctx: Pick<ReportsContext, 'database'>): Promise<PublicLage[]> {
  return (await openLagen(ctx.database.read))
    .filter(({ takesPublicReports }) => takesPublicReports)
    .map(({ key, title, exercise }) => ({ key, title, exercise }));
}

const NOT_TAKEN: ReportProblem = {
  kind: 'wrong-state',
  detail: 'Im Moment nehmen wir hier keine Meldungen an. Wenn Menschen in Gefahr sind, rufen Sie 112 an.',
};
const TOO_MANY: ReportProblem = {
  kind: 'too-many',
  detail:
    'Gerade kommen mehr Meldungen, als wir lesen können. Ihre Meldung wurde gezählt, aber nicht gespeichert. Wenn Menschen in Gefahr sind, rufen Sie 112 an.',
};

/**
 * Takes a report of anybody while a Lage is open that takes them. Nobody on its map sees it before somebody has
 * looked at it; S2 and who leads see it at once. Nothing is answered but that it came.
 */
export async function reportPublicly(ctx: ReportsContext, actor: Actor, input: PublicInput): Promise<Result<{ readonly received: true }, ReportProblem>> {
  const lage = await wantedLage(ctx, input.lage);
  if (lage === undefined) return refuse(NOT_TAKEN);
  const now = ctx.clock();
  const picture = await checkPicture(input.pictures);
  const problems = publicProblems(input, now);
  if (!picture.ok) problems.push(...(picture.problem.fields ?? []));
  if (problems.length > 0) return refuse(invalidFields(problems));
  const checked = picture.ok ? picture.value : undefined;
  const taken = input.placeOfPicture && checked?.takenAt !== undefined ? { ...checked.takenAt, uncertaintyMetres: 30 } : undefined;
  const place = input.place ?? taken;
  const outcome = await ctx.database.write(async (tx) => {
    await lockBook(tx, lage.id);
    if ((await countWaiting(tx, lage.id)) >= MOST_WAITING) {
      await countTurnedAway(tx, lage.id);
      await ctx.journal.append(tx, actor, now, [{ stream: lageStream(lage.id), kind: 'reports.turned-away', payload: { count: 1 } }]);
      return 'too-many' as const;
    }
    const sender = sha256Hex(`sender\n${lage.id}\n${input.device}`);
    const report = {
      lageId: lage.id,
      origin: 'public' as const,
      // tells devices apart without naming anybody: reports of one device are one source
      sourceName: `Öffentlichkeit ${sender.slice(0, 6)}`,
      sourceRef: sha256Hex(`receipt\n${input.receipt}`),
      sender,
      text: input.text,
      ...(input.category === undefined ? {} : { category: input.category }),
      ...(place === undefined ? {} : { place }),
      eventAt: now,
      receivedAt: now,
      pictures: checked === undefined ? [] : [checked.sha256],
    };
    const { kept, journal } = await receiveReports(tx, [report], now);
    if (checked !== undefined && kept.length > 0) await keepPicture(tx, checked);
    if (journal.length > 0) await ctx.journal.append(tx, actor, now, journal);
    return 'received' as const;
  });
  return outcome === 'received' ? ok({ received: true }) : refuse(TOO_MANY);
}

async function wantedLage(ctx: ReportsContext, key: string): Promise<Lage | undefined> {
  if (key !== '') return publicLage(ctx.database.read, key);
  const [only, ...more] = await lagenForReports(ctx);
  return only === undefined || more.length > 0 ? undefined : publicLage(ctx.database.read, only.key);
}

function publicProblems(input: PublicInput, now: Temporal.Instant): FieldProblem[] {
  const { text, category, place, receipt, trap } = input;
  const words = {
    text,
    sourceName: 'Öffentlichkeit',
    eventAt: now,
    ...(category === undefined ? {} : { category }),
    ...(place === undefined ? {} : { place }),
  };
  const problems = reportProblems(words, now);
  if (trap !== '') problems.push(...(invalidField('website', 'Lassen Sie dieses Feld bitte leer. Es ist eine Falle für Programme.').fields ?? []));
  if (!isToken(receipt)) problems.push({ field: 'receipt', message: 'Das Formular kam unvollständig an. Senden Sie es bitte noch einmal.' });
  return problems;
}
