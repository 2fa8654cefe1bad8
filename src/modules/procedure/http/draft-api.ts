import { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { ok } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { ORIGIN } from '../../../kernel/usage.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import type { Lang } from '../../catalogue/public.ts';
import { putAnswers } from '../application/answers.ts';
import type { ProcedureContext } from '../application/context.ts';
import { chooseChannel, discardDraft, openDraft, ownDrafts, startDraft, type OpenDraft } from '../application/drafts.ts';
import { provenIn, takeProven } from '../application/proven-answers.ts';
import { submit } from '../application/submit.ts';
import { deletionDay } from '../domain/draft-term.ts';
import { asCitizen } from './api.ts';
import { presentCosigner } from './cosign-api.ts';
import { draftView, idParams } from './schemas.ts';

async function presentDraft(ctx: ProcedureContext, actor: Actor, opened: OpenDraft) {
  const { draft, uploads, problems, cosigners } = opened;
  const proven = await provenIn(ctx.database.read, asCitizen(actor), opened);
  return {
    id: draft.id,
    service: draft.service,
    answers: draft.answers,
    channel: draft.channel,
    updatedAt: draft.updatedAt.toString(),
    deletedOn: deletionDay(draft, legalDay(ctx.clock())).toString(),
    missing: problems.map(({ field, message, pageId, itemIndex }) => ({ field, message, pageId, ...(itemIndex === undefined ? {} : { itemIndex }) })),
    uploads: uploads.map(({ id, slot, fileName, mediaType, sizeBytes }) => ({ id, slot, fileName, mediaType, sizeBytes })),
    cosigners: cosigners.map((one) => presentCosigner(one, ctx.clock())),
    proven: proven.map(({ field, typed, proven: value }) => ({ field: field.id, typed, proven: value })),
  };
}

const DRAFT_TAG = 'Antrag';

async function openedDraft(ctx: ProcedureContext, actor: Actor, id: string, lang: Lang) {
  const opened = await openDraft(ctx, asCitizen(actor), id, lang);
  return opened.ok ? ok(await presentDraft(ctx, actor, opened.value)) : opened;
}

/** Unfinished applications, for programs. */
export function draftApi(ctx: ProcedureContext): AnyRoute[] {
  return [...openDraftRoutes(ctx), ...changeDraftRoutes(ctx), ...endDraftRoutes(ctx)];
}

function openDraftRoutes(ctx: ProcedureContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/drafts',
      access: 'citizen',
      tag: DRAFT_TAG,
      summary: 'Beginnt einen Antrag',
      status: 201,
      body: z.object({ service: z.string(), origin: z.string().regex(ORIGIN).optional() }),
      output: draftView,
      handle: async ({ actor, body, lang, reader }) => {
        // who does not want to be counted is in no number: not kept where they came from
        const started = await startDraft(ctx, asCitizen(actor), body.service, reader === undefined ? undefined : body.origin);
        return started.ok ? openedDraft(ctx, actor, started.value.id, lang) : started;
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/drafts',
      access: 'citizen',
      tag: DRAFT_TAG,
      summary: 'Eigene unfertige Anträge',
      output: z.array(z.object({ id: z.string(), service: z.string(), updatedAt: z.string(), deletedOn: z.string() })),
      handle: async ({ actor }) =>
        ok(
          (await ownDrafts(ctx, asCitizen(actor))).map((draft) => ({
            id: draft.id,
            service: draft.service,
            updatedAt: draft.updatedAt.toString(),
            deletedOn: deletionDay(draft, legalDay(ctx.clock())).toString(),
          })),
        ),
    }),
    apiRoute({
      method: 'get',
      path: '/api/drafts/:id',
      access: 'citizen',
      tag: DRAFT_TAG,
      summary: 'Ein unfertiger Antrag mit dem, was noch fehlt',
      params: idParams,
      output: draftView,
      handle: async ({ actor, params, lang }) => openedDraft(ctx, actor, params.id, lang),
    }),
  ];
}

function changeDraftRoutes(ctx: ProcedureContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'put',
      path: '/api/drafts/:id/answers',
      access: 'citizen',
      tag: DRAFT_TAG,
      summary: 'Ersetzt alle Angaben',
      params: idParams,
      body: z.object({ answers: z.record(z.string(), z.unknown()) }),
      output: draftView,
      handle: async ({ actor, params, body, lang }) => {
        const saved = await putAnswers(ctx, asCitizen(actor), params.id, body.answers, lang);
        return saved.ok ? ok(await presentDraft(ctx, actor, saved.value)) : saved;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/drafts/:id/proven-answers',
      access: 'citizen',
      tag: DRAFT_TAG,
      summary: 'Übernimmt Angaben aus dem Online-Ausweis in den Antrag',
      params: idParams,
      body: z.object({ fields: z.array(z.string()).max(20) }),
      output: draftView,
      handle: async ({ actor, params, body, lang }) => {
        const taken = await takeProven(ctx, asCitizen(actor), { draftId: params.id, fields: body.fields, lang });
        return taken.ok ? ok(await presentDraft(ctx, actor, taken.value)) : taken;
      },
    }),
    apiRoute({
      method: 'put',
      path: '/api/drafts/:id/channel',
      access: 'citizen',
      tag: DRAFT_TAG,
      summary: 'Wählt Postfach oder Post für den Bescheid',
      params: idParams,
      body: z.object({ channel: z.enum(['postfach', 'post']) }),
      output: draftView,
      handle: async ({ actor, params, body, lang }) => {
        const saved = await chooseChannel(ctx, asCitizen(actor), { draftId: params.id, channel: body.channel });
        return saved.ok ? openedDraft(ctx, actor, params.id, lang) : saved;
      },
    }),
  ];
}

function endDraftRoutes(ctx: ProcedureContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'delete',
      path: '/api/drafts/:id',
      access: 'citizen',
      tag: DRAFT_TAG,
      summary: 'Verwirft einen unfertigen Antrag',
      params: idParams,
      output: z.object({ discarded: z.boolean() }),
      handle: async ({ actor, params }) => {
        const done = await discardDraft(ctx, asCitizen(actor), params.id);
        return done.ok ? ok({ discarded: true }) : done;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/drafts/:id/submission',
      access: 'citizen',
      tag: DRAFT_TAG,
      summary: 'Reicht den Antrag ein; mehrfach gerufen nur einmal',
      params: idParams,
      status: 201,
      output: z.object({ caseId: z.string(), fileNumber: z.string(), authority: z.string(), status: z.string() }),
      handle: async ({ actor, params, lang }) => {
        const done = await submit(ctx, asCitizen(actor), params.id, lang);
        if (!done.ok) return done;
        const { id, fileNumber, authority, status } = done.value;
        return ok({ caseId: id, fileNumber, authority, status });
      },
    }),
  ];
}
