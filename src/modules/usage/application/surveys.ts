import { actorRef } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { FEWEST } from '../../../kernel/few.ts';
import { deleteSurvey, insertSurvey } from '../store/surveys.ts';
import type { Staff, UsageContext } from './context.ts';
import { SURVEY_ABOUT, type Survey, type SurveyAbout } from '../domain/kept.ts';
import { intervalOf, type Interval } from '../domain/rates.ts';

/** What a share may speak of, for forms and programs. */
export const ABOUT = SURVEY_ABOUT;

export interface TypedSurvey {
  /** Absent: none of them. */
  readonly about: SurveyAbout | undefined;
  readonly title: string;
  readonly source: string;
  readonly takenOn: Temporal.PlainDate | undefined;
  readonly sampleSize: number;
  /** In percent. */
  readonly percent: number;
}

/** Where the share of all lies, as far as the survey knows. */
export const surveyInterval = ({ share, sampleSize }: Pick<Survey, 'share' | 'sampleSize'>): Interval => intervalOf(share, sampleSize);

type Entering = Pick<UsageContext, 'database' | 'journal' | 'clock'>;

/** Enters what a survey found, with what makes it believable. */
export async function enterSurvey(ctx: Entering, actor: Staff, typed: TypedSurvey): Promise<Result<Survey, Problem>> {
  const now = ctx.clock();
  const problems = problemsOf(typed, legalDay(now));
  if (problems.length > 0 || typed.takenOn === undefined || typed.about === undefined) return refuse(invalidFields(problems));
  const { about, title, source, takenOn, sampleSize, percent } = typed;
  const survey: Survey = {
    id: newId(now.epochMilliseconds),
    about,
    title: title.trim(),
    source: source.trim(),
    takenOn,
    sampleSize,
    share: percent / 100,
    enteredAt: now,
  };
  await ctx.database.write(async (tx) => {
    await insertSurvey(tx, survey, actorRef(actor));
    const payload = { surveyId: survey.id, about, source: survey.source, takenOn: takenOn.toString(), sampleSize, share: survey.share };
    await ctx.journal.append(tx, actor, now, [{ stream: 'usage:surveys', kind: 'usage.survey-entered', payload }]);
  });
  return ok(survey);
}

/** Takes a survey out again that was entered wrongly. */
export async function withdrawSurvey(ctx: Entering, actor: Staff, id: string): Promise<Result<true, Problem>> {
  return ctx.database.transaction(async (tx) => {
    if (!(await deleteSurvey(tx, id))) return refuse({ kind: 'not-found', detail: 'Diese Umfrage ist nicht mehr da. Laden Sie die Seite neu.' });
    await ctx.journal.append(tx, actor, ctx.clock(), [{ stream: 'usage:surveys', kind: 'usage.survey-withdrawn', payload: { surveyId: id } }]);
    return ok(true as const);
  });
}

function problemsOf({ about, title, source, takenOn, sampleSize, percent }: TypedSurvey, today: Temporal.PlainDate): FieldProblem[] {
  const found: FieldProblem[] = [];
  const say = (field: string, message: string): void => void found.push({ field, message });
  if (about === undefined) say('about', 'Wählen Sie, wovon der Anteil spricht.');
  if (title.trim().length < 3 || title.length > 300) say('title', 'Schreiben Sie, was gefragt wurde, in 3 bis 300 Zeichen.');
  if (source.trim().length < 3 || source.length > 300) say('source', 'Nennen Sie die Quelle: wer gefragt hat und wo es steht.');
  if (takenOn === undefined) say('takenOn', 'Geben Sie den Tag der Umfrage an, zum Beispiel 15.10.2026.');
  else if (Temporal.PlainDate.compare(takenOn, today) > 0) say('takenOn', 'Der Tag liegt in der Zukunft. Prüfen Sie das Jahr.');
  if (!Number.isInteger(sampleSize) || sampleSize < FEWEST || sampleSize > 10_000_000)
    say('sampleSize', `Wie viele Menschen wurden gefragt? Geben Sie eine ganze Zahl ab ${FEWEST} an.`);
  if (!(percent >= 0 && percent <= 100)) say('percent', 'Geben Sie den Anteil in Prozent an, von 0 bis 100.');
  return found;
}
