import type { Html } from '../../../platform/ui/html.ts';
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
import { act } from '../application/act.ts';
import type { ProcedureContext } from '../application/context.ts';
import { readCaseUpload } from '../application/read-case.ts';
import { sourceOf } from '../domain/case.ts';
import { APPLICANT_ACTIONS } from '../domain/status.ts';
import { notFound } from '../domain/problems.ts';
import type { Outcome } from '../domain/procedure-rules.ts';
import { asStaff, OFFICERS } from './api.ts';
import { completeCommand } from './commands.ts';
import { beginPages } from './officer-begin.ts';
import { atFormFields, readAction } from './officer-actions.ts';
import { officerCasePage, type CasePageState } from './officer-case.ts';
import { shownPanels, type CasePanel } from './panels.ts';
import { inboxPage, type InboxDoors } from './officer-inbox.ts';
import { OFFICER_ACTIONS, OUTCOMES, type OfficerAction } from './officer-texts.ts';
import { openOfficerCase, worksOn, type Frame, type OfficerCase } from './officer-view.ts';

/** The officers' pages: inbox, case, and every action on it. Revision may look, not act. */
export function officerPages(ctx: ProcedureContext, frame: Frame, panels: readonly CasePanel[] = [], doors: InboxDoors = () => []): AnyRoute[] {
  return [
    inboxPage(ctx, frame, doors),
    ...beginPages(ctx, frame),
    getPage('/eingang/:id', OFFICERS, async (visit) => showCase(ctx, frame, visit, readState(visit.query), panels)),
    getPage('/eingang/:id/datei/:uploadId', OFFICERS, async (visit) => showUpload(ctx, visit)),
    postPage('/eingang/:id/:action', OFFICERS, async (visit) => doAction(ctx, frame, visit, panels)),
  ];
}

function readState(query: URLSearchParams): CasePageState {
  const done = OFFICER_ACTIONS.find((action) => action === query.get('ok'));
  const wished = (Object.keys(OUTCOMES) as Outcome[]).find((outcome) => outcome === query.get('ergebnis'));
  return { ...(done === undefined ? {} : { done }), ...(wished === undefined ? {} : { wished }) };
}

async function showCase(ctx: ProcedureContext, frame: Frame, visit: Visit, show: CasePageState, panels: readonly CasePanel[]): Promise<Answer> {
  const opened = await openOfficerCase(ctx, visit);
  if (!opened.ok) return problemPage(opened.problem);
  const wished = show.wished !== undefined && opened.value.rules.outcomes.includes(show.wished) ? { wished: show.wished } : {};
  const view = frame(visit);
  const beside = await shownPanels(panels, visit.actor, opened.value.found.state.id, view.lang);
  return answerHtml(officerCasePage(view, opened.value, { ...(show.done === undefined ? {} : { done: show.done }), ...wished, beside }));
}

/** A file of the application: pictures and PDF are shown in the browser, all else is handed out. */
async function showUpload(ctx: ProcedureContext, visit: Visit): Promise<Answer> {
  const [id, uploadId] = [parseId(visit.params['id'] ?? ''), parseId(visit.params['uploadId'] ?? '')];
  if (id === undefined || uploadId === undefined) return problemPage(notFound);
  const read = await readCaseUpload(ctx, visit.actor, id, uploadId);
  if (!read.ok) return problemPage(read.problem);
  const { upload, file } = read.value;
  const inline = upload.mediaType === 'application/pdf' || upload.mediaType.startsWith('image/');
  return { kind: 'file', bytes: file.bytes, mediaType: upload.mediaType, fileName: upload.fileName, inline };
}

async function doAction(ctx: ProcedureContext, frame: Frame, visit: FormVisit, panels: readonly CasePanel[]): Promise<Answer> {
  const action = OFFICER_ACTIONS.find((one) => one === visit.params['action']);
  if (action === undefined) return problemPage(notFound);
  const opened = await openOfficerCase(ctx, visit);
  if (!opened.ok) return problemPage(opened.problem);
  const at = opened.value;
  if (!at.works) return problemPage(READS_ONLY);
  // what the applicant does in their own account has no address here
  if (APPLICANT_ACTIONS.includes(action) && sourceOf(at.found.state) === undefined) return problemPage(notFound);
  const posted = { action, fields: visit.fields, seen: seenVersion(visit.fields) };
  const read = readAction(action, visit.fields, at);
  const view = frame(visit);
  const beside = await shownPanels(panels, visit.actor, at.found.state.id, view.lang);
  if (!read.ok) return refusedPage(view, at, { ...posted, beside }, read.problem);
  const done = await act(ctx, visit.actor, { caseId: at.found.state.id, command: completeCommand(read.value, visit.now), expectedVersion: posted.seen });
  if (done.ok) return redirect(worksOn(asStaff(visit.actor), done.value.authority) ? `/eingang/${done.value.id}?ok=${action}` : `/eingang?ok=${action}`);
  const problem: Problem = done.problem.fields === undefined ? done.problem : { ...done.problem, fields: atFormFields(done.problem.fields) };
  if (problem.kind !== 'conflict' && problem.kind !== 'wrong-state') return refusedPage(view, at, { ...posted, beside }, problem);
  const now = await openOfficerCase(ctx, visit);
  return now.ok ? refusedPage(view, now.value, { ...posted, beside }, problem) : problemPage(now.problem);
}

const READS_ONLY: Problem = {
  kind: 'not-allowed',
  detail: 'Ihre Rolle darf diesen Vorgang lesen, aber nicht ändern. Wenden Sie sich an die zuständige Sachbearbeitung.',
};

/** The version the form was drawn for; a form without one counts as out of date. */
function seenVersion(fields: URLSearchParams): number {
  const version = Number(fields.get('version') ?? Number.NaN);
  return Number.isSafeInteger(version) ? version : -1;
}

/** The case again, with everything that was typed, and the status of the refusal. */
function refusedPage(
  view: ReturnType<Frame>,
  at: OfficerCase,
  posted: { action: OfficerAction; fields: URLSearchParams; seen: number; beside: readonly Html[] },
  problem: Problem,
): Answer {
  const { state } = at.found;
  const late = problem.kind === 'conflict';
  const show: CasePageState = {
    beside: posted.beside,
    refused: {
      input: { action: posted.action, typed: posted.fields, problems: problem.fields ?? [] },
      problem,
      // after a conflict the reader sees the new state; else a change meanwhile must still be noticed
      version: late ? state.version : posted.seen,
    },
    ...(late ? { seenVersion: posted.seen < 0 ? state.version : posted.seen } : {}),
  };
  return answerHtml(officerCasePage(view, at, show), problemStatus(problem));
}
