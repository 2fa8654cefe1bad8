import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { answerOffer } from '../application/answer-offer.ts';
import { askForHelp } from '../application/ask-for-help.ts';
import type { GuidesContext } from '../application/context.ts';
import { drawnFields, shownStand } from '../application/drawn-fields.ts';
import { endGivenHelp, endOwnHelp } from '../application/end-help.ts';
import { seePage, typeOnPage } from '../application/helped-page.ts';
import { offerHelp } from '../application/offer-help.ts';
import { offeredSentence, readGivenHelp, readOwnHelp } from '../application/read-help.ts';
import { asCitizen, GUIDES } from './frame.ts';

export const TAG = 'Digitallotsen';
const byId = z.object({ id: z.uuid() });
const phase = z.enum(['code', 'offered', 'running', 'over']);
const AT_DRAFT = '/api/drafts/:id/help';
const PERSON = { access: 'citizen', tag: TAG, params: byId } as const;
const AT_HELP = '/api/guides/assistances/:id';

/** Help with a draft, for programs. */
export const assistanceApi = (ctx: GuidesContext): AnyRoute[] => [...askRoutes(ctx), ...answerRoutes(ctx), ...guideRoutes(ctx), ...pageRoutes(ctx)];

function askRoutes(ctx: GuidesContext): AnyRoute[] {
  const state = z.object({
    state: phase.nullable(),
    guide: z.string().nullable(),
    guideId: z.string().nullable(),
    consent: z.string().nullable(),
    until: z.string().nullable(),
  });
  const base = PERSON;
  return [
    apiRoute({
      ...base,
      method: 'post',
      path: AT_DRAFT,
      summary: 'Holt einen Code, mit dem jemand von den Digitallotsen Hilfe bei diesem Antrag anbieten kann',
      status: 201,
      keepsNoAnswer: true,
      output: z.object({ code: z.string(), until: z.string() }),
      handle: async (call) => {
        const opened = await askForHelp(ctx, asCitizen(call), call.params.id);
        return opened.ok ? ok({ code: opened.value.code, until: opened.value.assistance.answerUntil.toString() }) : opened;
      },
    }),
    apiRoute({
      ...base,
      method: 'get',
      path: AT_DRAFT,
      summary: 'Wie es um die Hilfe bei diesem Antrag steht',
      output: state,
      handle: async (call) => {
        const own = await readOwnHelp(ctx, asCitizen(call), call.params.id);
        if (!own.ok) return own;
        const { help } = own.value;
        if (help === undefined) return ok({ state: null, guide: null, guideId: null, consent: null, until: null });
        const { assistance, guide } = help;
        const consent = offeredSentence(ctx, own.value, call.lang) ?? null;
        const until = (assistance.runsUntil ?? assistance.answerUntil).toString();
        return ok({ state: help.phase, guide: guide ?? null, guideId: assistance.staffId, consent, until });
      },
    }),
  ];
}

function answerRoutes(ctx: GuidesContext): AnyRoute[] {
  const base = PERSON;
  return [
    apiRoute({
      ...base,
      method: 'post',
      path: `${AT_DRAFT}/answer`,
      summary: 'Sagt Ja oder Nein zu der Person, die helfen möchte; das Ja wird mit seinem Satz festgehalten',
      body: z.object({ guideId: z.string().max(100), agreed: z.boolean() }),
      output: z.object({ state: phase }),
      handle: async (call) => {
        const { guideId, agreed } = call.body;
        const done = await answerOffer(ctx, asCitizen(call), { draftId: call.params.id, staffId: guideId, agreed, lang: call.lang });
        return done.ok ? ok({ state: done.value.endedAt === null ? ('running' as const) : ('over' as const) }) : done;
      },
    }),
    apiRoute({
      ...base,
      method: 'delete',
      path: AT_DRAFT,
      summary: 'Beendet die Hilfe',
      output: z.object({ because: z.string() }),
      handle: async (call) => {
        const done = await endOwnHelp(ctx, asCitizen(call), call.params.id);
        return done.ok ? ok({ because: done.value.endedBecause! }) : done;
      },
    }),
  ];
}

function guideRoutes(ctx: GuidesContext): AnyRoute[] {
  const given = z.object({ id: z.string(), service: z.string(), state: phase, until: z.string().nullable() });
  return [
    apiRoute({
      method: 'post',
      path: '/api/guides/assistances',
      access: GUIDES,
      tag: TAG,
      summary: 'Bietet mit dem Code einer Person Hilfe an; zu sehen ist noch nichts',
      limit: 'sign-in',
      status: 201,
      body: z.object({ code: z.string().max(40) }),
      output: z.object({ id: z.string() }),
      handle: async ({ actor, body }) => {
        const offered = await offerHelp(ctx, actor, body.code);
        return offered.ok ? ok({ id: offered.value.id }) : offered;
      },
    }),
    apiRoute({
      method: 'get',
      path: AT_HELP,
      access: GUIDES,
      tag: TAG,
      summary: 'Ob die Person Ja gesagt hat und wie lange die Hilfe läuft',
      params: byId,
      output: given,
      handle: async ({ actor, params }) => {
        const one = await readGivenHelp(ctx, actor, params.id);
        return one.ok ? ok({ id: one.value.id, service: one.value.service, state: one.value.phase, until: one.value.runsUntil?.toString() ?? null }) : one;
      },
    }),
    apiRoute({
      method: 'delete',
      path: AT_HELP,
      access: GUIDES,
      tag: TAG,
      summary: 'Beendet die Hilfe als Lotse',
      params: byId,
      output: z.object({ because: z.string() }),
      handle: async ({ actor, params }) => {
        const done = await endGivenHelp(ctx, actor, params.id);
        return done.ok ? ok({ because: done.value.endedBecause! }) : done;
      },
    }),
  ];
}

function pageRoutes(ctx: GuidesContext): AnyRoute[] {
  const params = byId.extend({ page: z.string().max(80) });
  const query = z.object({ item: z.coerce.number().int().min(0).max(50).optional() });
  const at = ({ id, page }: z.output<typeof params>, { item }: z.output<typeof query>) => ({
    assistanceId: id,
    pageId: page,
    ...(item === undefined ? {} : { itemIndex: item }),
  });
  return [
    apiRoute({
      method: 'get',
      path: `${AT_HELP}/pages/:page`,
      access: GUIDES,
      tag: TAG,
      summary: 'Eine Seite des Antrags, solange die Hilfe läuft; der Blick wird der Person gezeigt',
      params,
      query,
      output: z.object({
        pages: z.array(z.string()),
        stand: z.string(),
        fields: z.array(z.object({ id: z.string(), label: z.string(), value: z.unknown(), mayType: z.boolean() })),
      }),
      handle: async ({ actor, lang, params: place, queryInput }) => {
        const where = at(place, queryInput);
        const seen = await seePage(ctx, actor, where);
        if (!seen.ok) return seen;
        const fields = drawnFields(seen.value, { itemIndex: where.itemIndex, problems: [], lang }).map(({ id, label, value, own }) => {
          return { id, label, value: value ?? null, mayType: own === undefined };
        });
        return ok({ pages: seen.value.draft.pages.map(({ id }) => id), stand: shownStand(seen.value, where.itemIndex), fields });
      },
    }),
    apiRoute({
      method: 'put',
      path: `${AT_HELP}/pages/:page`,
      access: GUIDES,
      tag: TAG,
      summary: 'Trägt auf einer Seite ein; was die Person inzwischen geändert hat, bleibt',
      params,
      query,
      body: z.object({ stand: z.string().max(20_000), fields: z.record(z.string().max(120), z.string().max(5000)) }),
      output: z.object({ typed: z.array(z.string()), kept: z.array(z.string()), problems: z.array(z.object({ field: z.string(), message: z.string() })) }),
      handle: async ({ actor, lang, params: place, queryInput, body }) => {
        const posted = new URLSearchParams(Object.entries(body.fields));
        const done = await typeOnPage(ctx, actor, { ...at(place, queryInput), posted, stand: body.stand, lang });
        if (!done.ok) return done;
        const { typed, kept, problems } = done.value;
        return ok({ typed: [...typed], kept: [...kept], problems: problems.map(({ field, message }) => ({ field, message })) });
      },
    }),
  ];
}
