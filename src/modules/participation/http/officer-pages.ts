import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
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
import type { LiveHub } from '../../../platform/live/hub.ts';
import { liveAnswer } from '../../../platform/live/live.ts';
import type { Html } from '../../../platform/ui/html.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ParticipationContext } from '../application/context.ts';
import { officerFile, openOfficerFile, openStatement, type OfficerFile } from '../application/read-file.ts';
import { actOnStatement } from '../application/weigh.ts';
import { OFFICERS, type Frame } from './common.ts';
import { consulteePage } from './officer-consultee.ts';
import { sentForm, type Posted } from './officer-form.ts';
import { basePath, overviewPage, type Shown } from './officer-overview.ts';
import { roundPage } from './officer-round.ts';
import { seen, sendConsultee, sendOverview, sendRound, statementCommand } from './officer-send.ts';
import { statementPage } from './officer-statement.ts';
import { showSynopsis, synopsisCsv } from './officer-synopsis.ts';

const AT = '/amt/vorgang/:id/beteiligung';
const NOT_FOUND: Problem = { kind: 'not-found', detail: 'Das gibt es hier nicht. Prüfen Sie die Adresse.' };

/** The officers' pages of a case's Beteiligung. Whose case it is, the use cases ask. */
export function officerPages(ctx: ParticipationContext, frame: Frame, hub: LiveHub): AnyRoute[] {
  const file = async ({ actor, params }: Visit): Promise<Answer> => {
    const read = caseIdOf(params) === undefined ? refuse(NOT_FOUND) : await officerFile(ctx, actor, params['id']!, params['fileId']!, params['statementId']);
    if (!read.ok) return problemPage(read.problem);
    const { ref, bytes } = read.value;
    return { kind: 'file', bytes, mediaType: ref.mediaType, fileName: ref.fileName, inline: true };
  };
  return [
    getPage(AT, OFFICERS, async (visit) => show(ctx, frame, visit, overview)),
    postPage(AT, OFFICERS, async (visit) => send(ctx, frame, visit, overview, sendOverview)),
    getPage(`${AT}/live`, OFFICERS, async (visit) => {
      const id = caseIdOf(visit.params);
      const opened = id === undefined ? refuse(NOT_FOUND) : await openOfficerFile(ctx, visit.actor, id);
      if (!opened.ok) return problemPage(opened.problem);
      return liveAnswer({ hub, allowed: (entry) => entry.stream === `participation:${id}` && entry.kind !== 'participation.gelesen', shown: () => ({}) });
    }),
    getPage(`${AT}/synopse`, OFFICERS, async (visit) => (caseIdOf(visit.params) === undefined ? problemPage(NOT_FOUND) : showSynopsis(ctx, frame, visit))),
    getPage(`${AT}/synopse.csv`, OFFICERS, async (visit) => (caseIdOf(visit.params) === undefined ? problemPage(NOT_FOUND) : synopsisCsv(ctx, visit))),
    getPage(`${AT}/unterlagen/:fileId`, OFFICERS, file),
    getPage(`${AT}/runde/:roundId`, OFFICERS, async (visit) => show(ctx, frame, visit, round)),
    postPage(`${AT}/runde/:roundId`, OFFICERS, async (visit) => send(ctx, frame, visit, round, sendRound)),
    getPage(`${AT}/stelle/:consultationId`, OFFICERS, async (visit) => show(ctx, frame, visit, consultee)),
    postPage(`${AT}/stelle/:consultationId`, OFFICERS, async (visit) => send(ctx, frame, visit, consultee, sendConsultee)),
    getPage(`${AT}/stellungnahme/:statementId`, OFFICERS, async (visit) => showStatement(ctx, frame, visit, { saved: visit.query.has('ok') })),
    postPage(`${AT}/stellungnahme/:statementId`, OFFICERS, async (visit) => sendStatement(ctx, frame, visit)),
    getPage(`${AT}/stellungnahme/:statementId/unterlagen/:fileId`, OFFICERS, file),
  ];
}

/** The case's id; other ids in the path must be ids too. */
function caseIdOf(params: Readonly<Record<string, string>>): string | undefined {
  const good = ['roundId', 'consultationId', 'statementId', 'fileId'].every((name) => params[name] === undefined || parseId(params[name]) !== undefined);
  return good ? parseId(params['id'] ?? '') : undefined;
}

type Draw = (view: PageView, file: OfficerFile, params: Visit['params'], shown: Shown) => Html | undefined;

const overview: Draw = (view, file, _, shown) => overviewPage(view, file, shown);
const round: Draw = (view, file, params, shown) => {
  const found = file.state.rounds.find((one) => one.id === params['roundId']);
  return found && roundPage(view, file, found, shown);
};
const consultee: Draw = (view, file, params, shown) => {
  const one = file.state.consultations.find((each) => each.id === params['consultationId']);
  const at = one && file.state.rounds.find((each) => each.id === one.roundId);
  return one && at && consulteePage(view, file, { one, round: at }, shown);
};

async function show(
  ctx: ParticipationContext,
  frame: Frame,
  visit: Visit,
  draw: Draw,
  shown: Shown = { saved: visit.query.has('ok') },
  status = 200,
): Promise<Answer> {
  const id = caseIdOf(visit.params);
  const opened = id === undefined ? refuse(NOT_FOUND) : await openOfficerFile(ctx, visit.actor, id);
  if (!opened.ok) return problemPage(opened.problem);
  const body = draw(frame(visit), opened.value, visit.params, shown);
  return body === undefined ? problemPage(NOT_FOUND) : answerHtml(body, status);
}

type Send = (ctx: ParticipationContext, visit: FormVisit, caseId: string) => Promise<Result<string, Problem>>;

/** Does what a form asks; refused, the page comes again with all that was typed. */
async function send(ctx: ParticipationContext, frame: Frame, visit: FormVisit, draw: Draw, how: Send): Promise<Answer> {
  const id = caseIdOf(visit.params);
  if (id === undefined) return problemPage(NOT_FOUND);
  const done = await how(ctx, visit, id);
  if (done.ok) return redirect(`${basePath(id)}${done.value}?ok=1`);
  if (done.problem.kind === 'not-found' || done.problem.kind === 'not-allowed') return problemPage(done.problem);
  const posted: Posted = { action: visit.fields.get('action') ?? '', fields: visit.fields, problem: done.problem };
  return show(ctx, frame, visit, draw, { posted }, problemStatus(done.problem));
}

async function showStatement(ctx: ParticipationContext, frame: Frame, visit: Visit, shown: Shown, status = 200): Promise<Answer> {
  const id = caseIdOf(visit.params);
  const opened = id === undefined ? refuse(NOT_FOUND) : await openStatement(ctx, visit.actor, id, visit.params['statementId']!);
  return opened.ok ? answerHtml(statementPage(frame(visit), opened.value, shown), status) : problemPage(opened.problem);
}

async function sendStatement(ctx: ParticipationContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const caseId = caseIdOf(visit.params);
  if (caseId === undefined) return problemPage(NOT_FOUND);
  const statementId = visit.params['statementId']!;
  const sent = sentForm(visit.fields);
  const command = statementCommand(sent);
  const done = command.ok
    ? await actOnStatement(ctx, visit.actor, { caseId, statementId, command: command.value, expectedVersion: seen(visit.fields) })
    : command;
  if (done.ok) return redirect(`${basePath(caseId)}/stellungnahme/${statementId}?ok=1`);
  if (done.problem.kind === 'not-found' || done.problem.kind === 'not-allowed') return problemPage(done.problem);
  return showStatement(ctx, frame, visit, { posted: { action: sent.action, fields: visit.fields, problem: done.problem } }, problemStatus(done.problem));
}
