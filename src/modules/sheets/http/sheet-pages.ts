import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type AnyRoute,
  type Answer,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { addMark, changeMark, removeMark } from '../application/change-marks.ts';
import type { SheetsContext } from '../application/context.ts';
import { pickedPlace, readMark } from '../application/mark-form.ts';
import { openSheet } from '../application/open-sheet.ts';
import { pagePicture, pageTile, showPage } from '../application/pictures.ts';
import type { Sent } from './mark-parts.ts';
import { sheetBase, sheetPage } from './sheet-view.ts';

/** Sets a page into the city's frame. */
export type Frame = (visit: Visit) => PageView;

export const OFFICERS = ['sachbearbeitung', 'leitung', 'revision'] as const;
export const NOT_FOUND: Problem = { kind: 'not-found', detail: 'Dieses Blatt gibt es nicht, oder es gehört nicht zu Ihnen. Gehen Sie zurück zum Vorgang.' };

/** Sheets as officers (`/eingang`) and applicants (`/vorgang`) see them; officers enter things on them. */
export function sheetPages(ctx: SheetsContext, frame: Frame): AnyRoute[] {
  return [
    ...(['eingang', 'vorgang'] as const).flatMap((area) => {
      const at = `/${area}/:id/unterlagen/:uploadId`;
      const access = area === 'eingang' ? OFFICERS : 'citizen';
      return [
        getPage(at, access, async (visit) => show(ctx, frame, visit)),
        getPage(`${at}/bild/:page/:level`, access, async (visit) => picture(ctx, visit)),
        getPage(`${at}/kachel/:page/:zoom/:x/:y`, access, async (visit) => tile(ctx, visit)),
      ];
    }),
    postPage('/eingang/:id/unterlagen/:uploadId/eintrag', OFFICERS, async (visit) => saveMark(ctx, frame, visit)),
    postPage('/eingang/:id/unterlagen/:uploadId/eintrag/:markId/entfernen', OFFICERS, async (visit) => dropMark(ctx, frame, visit)),
  ];
}

/** Case and sheet of the address. */
export function addressOf({ params }: Visit): { caseId: string; uploadId: string } | undefined {
  const [caseId, uploadId] = [parseId(params['id'] ?? ''), parseId(params['uploadId'] ?? '')];
  return caseId === undefined || uploadId === undefined ? undefined : { caseId, uploadId };
}

/** A number of the address; not one: -1, which nothing has. */
export const numberOf = (text: string | null | undefined, absent = -1): number =>
  text === undefined || text === null ? absent : /^\d{1,5}$/.test(text) ? Number(text) : -1;

export const isOfficer = ({ actor }: Visit): boolean => actor.kind === 'staff';

interface Showing {
  readonly sent?: Sent;
  readonly picked?: boolean;
  readonly page?: number;
  readonly status?: number;
}

async function show(ctx: SheetsContext, frame: Frame, visit: Visit, { sent, picked, page, status = 200 }: Showing = {}): Promise<Answer> {
  const at = addressOf(visit);
  if (at === undefined) return problemPage(NOT_FOUND);
  const opened = await openSheet(ctx, visit.actor, at.caseId, at.uploadId);
  if (!opened.ok) return problemPage(opened.problem);
  const shown = await showPage(ctx, opened.value, page ?? numberOf(visit.query.get('seite'), 1), numberOf(visit.query.get('stufe'), 0));
  if (!shown.ok && shown.problem.kind === 'not-found') return problemPage(shown.problem);
  const { marks, changeable } = opened.value;
  const wished = sent?.fields.get('mark') ?? visit.query.get('eintrag');
  const names = await ctx.cases.namesOf(
    ctx.database.read,
    marks.flatMap(({ writtenBy }) => writtenBy ?? []),
  );
  const body = sheetPage(frame(visit), isOfficer(visit), {
    sheet: opened.value,
    shown: shown.ok ? shown.value : shown.problem.detail,
    editing: changeable ? marks.find(({ id }) => id !== undefined && id === wished) : undefined,
    sent,
    picked: picked === true,
    done: visit.query.get('ok') ?? undefined,
    nameOf: (ref) => names.get(ref) ?? 'Unbekannte Person',
  });
  return answerHtml(body, status);
}

async function picture(ctx: SheetsContext, visit: Visit): Promise<Answer> {
  const at = addressOf(visit);
  const drawn = at && (await pagePicture(ctx, visit.actor, at, numberOf(visit.params['page']), numberOf(visit.params['level'])));
  if (drawn === undefined || !drawn.ok) return problemPage(drawn?.problem ?? NOT_FOUND);
  return { kind: 'file', bytes: drawn.value, mediaType: 'image/jpeg', fileName: 'blatt.jpg', inline: true };
}

async function tile(ctx: SheetsContext, visit: Visit): Promise<Answer> {
  const at = addressOf(visit);
  const number = (name: string): number => numberOf(visit.params[name]);
  const drawn = at && (await pageTile(ctx, visit.actor, at, { page: number('page'), zoom: number('zoom'), x: number('x'), y: number('y') }));
  if (drawn === undefined || !drawn.ok) return problemPage(drawn?.problem ?? NOT_FOUND);
  return { kind: 'file', bytes: drawn.value, mediaType: 'image/png', fileName: 'kachel.png', inline: true };
}

async function saveMark(ctx: SheetsContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const at = addressOf(visit);
  if (at === undefined) return problemPage(NOT_FOUND);
  if (visit.fields.has('ort.x')) return pickPlace(ctx, frame, visit, at);
  const input = readMark(visit.fields);
  const markId = parseId(visit.fields.get('mark') ?? '');
  const done = !input.ok
    ? input
    : markId === undefined
      ? await addMark(ctx, visit.actor, at, input.value)
      : await changeMark(ctx, visit.actor, { ...at, markId, seen: numberOf(visit.fields.get('version')) }, input.value);
  if (done.ok) return redirect(`${sheetBase(true, at.caseId, at.uploadId)}?seite=${done.value.page}&ok=gesetzt#eintraege`);
  return refused(ctx, frame, visit, done.problem);
}

/** The form again with everything that was typed; the sheet may still be a stranger's. */
function refused(ctx: SheetsContext, frame: Frame, visit: FormVisit, problem: Problem): Promise<Answer> {
  if (problem.kind === 'not-found' || problem.kind === 'not-allowed') return Promise.resolve(problemPage(problem));
  const page = numberOf(visit.fields.get('page'), 1);
  return show(ctx, frame, visit, {
    sent: { fields: visit.fields, problem },
    status: problemStatus(problem),
    ...(problem.fields === undefined ? { page } : {}),
  });
}

/** Without JavaScript a click on the picture sends the form: the place goes into its fields, nothing is saved. */
async function pickPlace(ctx: SheetsContext, frame: Frame, visit: FormVisit, at: { caseId: string; uploadId: string }): Promise<Answer> {
  const opened = await openSheet(ctx, visit.actor, at.caseId, at.uploadId);
  if (!opened.ok) return problemPage(opened.problem);
  const page = numberOf(visit.fields.get('page'), 1);
  const shown = await showPage(ctx, opened.value, page, numberOf(visit.query.get('stufe'), 0));
  if (!shown.ok) return problemPage(shown.problem);
  const fields = new URLSearchParams(visit.fields);
  const place = pickedPlace(numberOf(visit.fields.get('ort.x')), numberOf(visit.fields.get('ort.y')), shown.value.scale);
  for (const [name, value] of Object.entries(place)) fields.set(name, value);
  return show(ctx, frame, visit, { sent: { fields }, picked: true, page });
}

async function dropMark(ctx: SheetsContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const [at, markId] = [addressOf(visit), parseId(visit.params['markId'] ?? '')];
  if (at === undefined || markId === undefined) return problemPage(NOT_FOUND);
  const done = await removeMark(ctx, visit.actor, { ...at, markId, seen: numberOf(visit.fields.get('version')) });
  if (done.ok) return redirect(`${sheetBase(true, at.caseId, at.uploadId)}?seite=${done.value.page}&ok=entfernt#eintraege`);
  return refused(ctx, frame, visit, done.problem);
}
