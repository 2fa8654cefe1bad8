import { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { cursorId, encodeCursor, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { act } from '../application/act.ts';
import type { ProcedureContext } from '../application/context.ts';
import { INBOX_VIEWS, openInbox, ownCases } from '../application/inbox.ts';
import { openCase, type CaseView } from '../application/read-case.ts';
import { rulesOf } from '../application/rules-of.ts';
import { addUpload, dropUpload } from '../application/uploads.ts';
import { applicantsOf } from '../domain/applicants.ts';
import { isOwnMotion } from '../domain/case.ts';
import { courseOf } from '../domain/course.ts';
import { ADDITIONAL } from '../domain/versions.ts';
import type { CaseRow } from '../store/lists.ts';
import { actedForName } from './acted-for.ts';
import { beginRoutes } from './begin-api.ts';
import { caseFileRoutes } from './case-files-api.ts';
import { cosignApi } from './cosign-api.ts';
import { completeCommand } from './commands.ts';
import { draftApi } from './draft-api.ts';
import { keepApi } from './draft-end-api.ts';
import { fristRoutes } from './frist-api.ts';
import { caseSummary, caseView, commandSchema, idParams } from './schemas.ts';

type Citizen = Extract<Actor, { kind: 'citizen' }>;
type Staff = Extract<Actor, { kind: 'staff' }>;

/** Routes with access `citizen` only ever see citizens; the server has checked it. */
export const asCitizen = (actor: Actor): Citizen => actor as Citizen;
export const asStaff = (actor: Actor): Staff => actor as Staff;
export const OFFICERS = ['sachbearbeitung', 'leitung', 'revision'] as const;

export function procedureApi(ctx: ProcedureContext): AnyRoute[] {
  return [
    ...draftApi(ctx),
    ...uploadRoutes(ctx),
    ...caseRoutes(ctx),
    ...caseFileRoutes(ctx),
    ...cosignApi(ctx),
    keepApi(ctx),
    ...beginRoutes(ctx),
    ...fristRoutes(),
  ];
}

function uploadRoutes(ctx: ProcedureContext): AnyRoute[] {
  const tag = 'Unterlagen';
  const uploaded = z.object({ id: z.string(), name: z.string(), sizeBytes: z.number(), mediaType: z.string(), sha256: z.string(), previewUrl: z.string() });
  return [
    apiRoute({
      method: 'post',
      path: '/api/files/:id/:slot',
      access: 'citizen',
      tag,
      summary: 'Lädt eine Datei zu einem Antrag oder einer Nachforderung hoch',
      status: 201,
      params: z.object({ id: z.uuid(), slot: z.string().regex(/^[a-z][a-zA-Z0-9-]*(\.\d{1,2})?$/) }),
      upload: true,
      output: uploaded,
      query: z.object({ replaces: z.union([z.uuid(), z.literal(ADDITIONAL)]).optional() }),
      handle: async ({ actor, params, queryInput, files }) => {
        const file = files[0];
        if (file === undefined)
          return refuse({
            kind: 'invalid-input' as const,
            detail: 'Es kam keine Datei an. Wählen Sie eine aus.',
            fields: [{ field: 'file', message: 'Wählen Sie eine Datei aus.' }],
          });
        const added = await addUpload(ctx, asCitizen(actor), {
          ownerId: params.id,
          slot: params.slot,
          field: file.field,
          fileName: file.fileName,
          bytes: file.bytes,
          tooLarge: file.tooLarge,
          replaces: queryInput.replaces,
        });
        if (!added.ok) return added;
        const { id, fileName, sizeBytes, mediaType, sha256 } = added.value;
        return ok({ id, name: fileName, sizeBytes, mediaType, sha256, previewUrl: `/antrag/${params.id}/datei/${id}` });
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/files/:id/:uploadId',
      access: 'citizen',
      tag,
      summary: 'Entfernt eine noch nicht eingereichte Datei',
      params: z.object({ id: z.uuid(), uploadId: z.uuid() }),
      output: z.object({ removed: z.boolean() }),
      handle: async ({ actor, params }) => {
        const done = await dropUpload(ctx, asCitizen(actor), params.id, params.uploadId);
        return done.ok ? ok({ removed: true }) : done;
      },
    }),
  ];
}

const presentRow = (row: CaseRow) => ({
  id: row.id,
  fileNumber: row.fileNumber,
  service: row.service,
  authority: row.authority,
  status: row.status,
  origin: row.origin,
  submittedAt: row.submittedAt.toString(),
  decisionDue: row.decisionDue?.toString() ?? null,
});

function filedByOf({ state, actedFor }: CaseView): string | null {
  const acted = state.filedUnder === undefined ? undefined : actedFor.get(state.filedUnder);
  return acted === undefined ? null : actedForName(acted, state.applicant.name, 'de');
}

export function presentCase(view: CaseView): z.output<typeof caseView> {
  const { state, letters, actions, deadline, findings } = view;
  return {
    id: state.id,
    fileNumber: state.fileNumber,
    service: state.service,
    authority: state.authority,
    status: state.status,
    origin: state.origin ?? null,
    refusedFiles: (state.refusedFiles ?? []).map(({ fileName, refused = '' }) => ({ fileName, reason: refused })),
    applicants: isOwnMotion(state) ? [] : applicantsOf(state),
    applicantProof: view.applies?.proof ?? null,
    version: state.version,
    submittedOn: state.submittedOn,
    filedBy: filedByOf(view),
    completeOn: state.completeOn ?? null,
    decisionDue: deadline?.date.toString() ?? null,
    deadlineSteps: [...(deadline?.steps ?? [])],
    actions: [...actions],
    handedToPerson: [...state.handedToPerson],
    request: state.request === undefined ? null : { items: [...state.request.itemTexts], text: state.request.text, dueOn: state.request.dueOn },
    hearing: state.hearing === undefined ? null : { text: state.hearing.text, dueOn: state.hearing.dueOn, open: state.hearing.open },
    decisions: state.decisions.map(({ id, kind, outcome, decidedOn, automated, registerNumber, documents = [], feeCents, pdfSha256, delivery, validity }) => ({
      id,
      kind,
      outcome,
      decidedOn,
      automated,
      registerNumber: registerNumber ?? null,
      documents: [...documents],
      feeCents,
      sealed: pdfSha256 !== undefined,
      bekanntgabeOn: delivery?.bekanntgabeOn ?? null,
      remedyUntil: delivery?.remedyUntil ?? null,
      validUntil: validity?.until ?? null,
    })),
    permit: view.permit === undefined ? null : presentPermit(view.permit),
    letters: letters.map(({ key, kind, fileName, sha256 }) => ({ key, kind, fileName, sha256, href: letterHref(state.id, key) })),
    checks: view.checks.map(({ done, ...check }) => ({ ...check, done: done ?? null })),
    course: courseOf(state, rulesOf(view.pkg)).map(({ milestone, stage, on }) => ({
      id: milestone.id,
      name: milestone.name.de,
      legalBasis: milestone.legalBasis,
      stage,
      on: on ?? null,
      public: milestone.public,
    })),
    conditions: [
      ...view.sheetConditions.map(({ kind, text }) => ({ kind, text, proposed: true })),
      ...view.demands.map(({ kind, text, wholly }) => ({ kind, text, proposed: wholly })),
    ],
    findings: [...findings.items.flatMap((item) => item.trace), ...findings.whole].map((entry) => entry.sentence),
  };
}

const presentPermit = ({ until, ended, again, successor }: NonNullable<CaseView['permit']>) => ({
  until,
  ended,
  again: again === undefined ? null : { how: again.how, path: again.path },
  followedBy: successor?.id ?? null,
});

export const letterHref = (caseId: string, key: string): string => `/vorgang/${caseId}/schreiben/${encodeURIComponent(key)}`;

const CASE_TAG = 'Vorgang';

function caseRoutes(ctx: ProcedureContext): AnyRoute[] {
  return [...caseListRoutes(ctx), ...caseActionRoutes(ctx)];
}

function caseListRoutes(ctx: ProcedureContext): AnyRoute[] {
  const page = z.object({ items: z.array(caseSummary), next: z.string().nullable() });
  return [
    apiRoute({
      method: 'get',
      path: '/api/cases',
      access: 'citizen',
      tag: CASE_TAG,
      summary: 'Eigene Vorgänge',
      query: pageQuery,
      output: page,
      handle: async ({ actor, queryInput }) => {
        const before = cursorId(queryInput.cursor);
        if (!before.ok) return before;
        const own = await ownCases(ctx, asCitizen(actor), queryInput.limit, before.value);
        return ok({ items: own.rows.map(presentRow), next: own.next === undefined ? null : encodeCursor([own.next]) });
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/inbox',
      access: OFFICERS,
      tag: CASE_TAG,
      summary: 'Vorgänge der eigenen Behörde, nächste Frist zuerst',
      output: page,
      query: z.object({
        view: z.enum(INBOX_VIEWS as readonly ['open']).default('open'),
        search: z.string().max(200).optional(),
        cursor: z.string().optional(),
        limit: z.coerce.number().int().min(1).max(200).optional(),
      }),
      handle: async ({ actor, queryInput }) => {
        const inbox = await openInbox(ctx, asStaff(actor), queryInput);
        return ok({ items: inbox.rows.map(presentRow), next: inbox.next ?? null });
      },
    }),
  ];
}

function caseActionRoutes(ctx: ProcedureContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/cases/:id',
      access: 'signed-in',
      tag: CASE_TAG,
      summary: 'Ein Vorgang mit allem, was jetzt möglich ist',
      params: idParams,
      output: caseView,
      handle: async ({ actor, params }) => {
        const opened = await openCase(ctx, actor, params.id);
        return opened.ok ? ok(presentCase(opened.value)) : opened;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/cases/:id/actions',
      access: 'signed-in',
      tag: CASE_TAG,
      summary: 'Tut etwas mit dem Vorgang',
      params: idParams,
      body: z.object({ command: commandSchema, expectedVersion: z.number().int().optional() }),
      output: caseView,
      handle: async ({ actor, params, body, now }) => {
        const done = await act(ctx, actor, { caseId: params.id, command: completeCommand(body.command, now), expectedVersion: body.expectedVersion });
        if (!done.ok) return done;
        const opened = await openCase(ctx, actor, params.id);
        return opened.ok ? ok(presentCase(opened.value)) : opened;
      },
    }),
  ];
}
