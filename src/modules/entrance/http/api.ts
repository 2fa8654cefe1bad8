import { z } from 'zod';
import type { CitizenActor } from '../../../kernel/actor.ts';
import { idOrNobody } from '../../../kernel/id.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import type { EntranceContext } from '../application/context.ts';
import { CODE_ACTIONS, changeCode, ownCode, type OwnCode } from '../application/own-code.ts';
import { nextOf } from '../application/figures.ts';
import { search } from '../application/search.ts';
import { shareAddress } from '../application/share.ts';
import { openSituation, type OpenStep } from '../application/situations.ts';
import { lookAtStatus } from '../application/status.ts';
import { waitingNow } from '../application/waiting.ts';
import { noSituation } from './situation-page.ts';

const TAG = 'Startseite';
const noService = { kind: 'not-found' as const, detail: 'Diese Leistung gibt es nicht. Die Liste steht unter /api/services.' };

/** Everything the pages can do, for programs. */
export function entranceApi(ctx: EntranceContext): AnyRoute[] {
  return [searchRoute(ctx), ...situationRoutes(ctx), waitingRoute(ctx), onwardRoute(ctx), statusRoute(ctx), ...codeRoutes(ctx)];
}

const searchRoute = (ctx: EntranceContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/entrance/search',
    access: 'public',
    tag: TAG,
    summary: 'Sucht Leistungen, Lebenslagen, Seiten und was es anderswo gibt; verzeiht Tippfehler. Was gesucht wurde, wird nicht gespeichert',
    query: z.object({ q: z.string().max(200) }),
    output: z.object({
      items: z.array(
        z.object({
          kind: z.enum(['service', 'situation', 'page', 'elsewhere']),
          key: z.string(),
          path: z.string().nullable().describe('null: nicht bei uns; «summary» sagt, wo.'),
          name: z.string(),
          summary: z.string(),
          score: z.number(),
          source: z.string().nullable().describe('Grundlage, wo es nicht bei uns ist.'),
          checked: z.string().nullable().describe('Tag, an dem das zuletzt angesehen wurde.'),
          link: z.string().nullable().describe('Die Grundlage zum Nachlesen, wo es sie gibt.'),
        }),
      ),
      meant: z.string().nullable().describe('Die Suche, wie sie verstanden wurde, wenn etwas vertippt war.'),
      next: z.null(),
    }),
    handle: async ({ lang, queryInput, reader }) => {
      const { findings, meant } = search(ctx, queryInput.q, lang, reader);
      const items = findings.map(({ kind, key, path, name, summary, score, elsewhere }) => ({
        ...{ kind, key, path: path ?? null, name, summary, score },
        ...{ source: elsewhere?.source ?? null, checked: elsewhere?.checked ?? null, link: elsewhere?.link ?? null },
      }));
      return ok({ items, meant: meant ?? null, next: null });
    },
  });

const step = z.object({
  kind: z.enum(['service', 'page', 'elsewhere']),
  name: z.string(),
  text: z.string(),
  service: z.string().nullable(),
  path: z.string().nullable(),
  needs: z.array(z.string()),
  fees: z.array(z.object({ minCents: z.number(), maxCents: z.number(), legalBasis: z.string() })),
  medianDays: z.number().nullable().describe('null: nicht gemessen.'),
  p80Days: z.number().nullable(),
  source: z.string().nullable().describe('Grundlage, wo der Schritt außerhalb von Kontor liegt.'),
});
const NOTHING = { service: null, path: null, needs: [], fees: [], medianDays: null, p80Days: null, source: null };

function present(one: OpenStep, lang: 'de' | 'en' | 'leicht'): z.output<typeof step> {
  switch (one.kind) {
    case 'elsewhere':
      return { ...NOTHING, kind: one.kind, name: one.elsewhere[lang], text: one.what[lang], source: one.source };
    case 'page':
      return { ...NOTHING, kind: one.kind, name: one.page.name[lang], text: one.why[lang], path: one.page.path };
    case 'service': {
      const { pkg, fees, time } = one;
      return {
        ...{ kind: one.kind, name: pkg.name[lang], text: one.why[lang], service: pkg.key, path: `/leistungen/${pkg.key}`, source: null },
        needs: pkg.needs.map((need) => need[lang]),
        fees: fees.map(({ minCents, maxCents, legalBasis }) => ({ minCents, maxCents, legalBasis })),
        ...{ medianDays: time?.medianDays ?? null, p80Days: time?.p80Days ?? null },
      };
    }
  }
}

const situationRoutes = (ctx: EntranceContext): AnyRoute[] => [
  apiRoute({
    method: 'get',
    path: '/api/entrance/situations',
    access: 'public',
    tag: TAG,
    summary: 'Lebenslagen in ihrer Reihenfolge',
    output: z.object({ items: z.array(z.object({ key: z.string(), name: z.string(), lead: z.string() })), next: z.null() }),
    handle: async ({ lang }) => ok({ items: ctx.situations.map(({ key, name, lead }) => ({ key, name: name[lang], lead: lead[lang] })), next: null }),
  }),
  apiRoute({
    method: 'get',
    path: '/api/entrance/situations/:key',
    access: 'public',
    tag: TAG,
    summary: 'Eine Lebenslage mit ihren Schritten, und was andere danach brauchten',
    params: z.object({ key: z.string().max(100) }),
    output: z.object({ key: z.string(), name: z.string(), lead: z.string(), steps: z.array(step), neededNext: z.array(z.string()) }),
    handle: async ({ lang, params }) => {
      const opened = await openSituation(ctx, params.key);
      if (opened === undefined) return refuse(noSituation);
      const { situation, steps, next } = opened;
      const { key, name, lead } = situation;
      return ok({ key, name: name[lang], lead: lead[lang], steps: steps.map((one) => present(one, lang)), neededNext: next.map((pkg) => pkg.key) });
    },
  }),
];

const waitingRoute = (ctx: EntranceContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/entrance/waiting-times',
    access: 'public',
    tag: TAG,
    summary: 'Wie lange Anträge zurzeit dauern, gemessen im letzten Jahr, und wie lange Menschen vor Ort warten',
    output: z.object({
      measuredAt: z.string().nullable().describe('null: noch nichts gemessen.'),
      items: z.array(
        z.object({
          service: z.string(),
          name: z.string(),
          medianDays: z.number().nullable().describe('null: zu wenige Fälle.'),
          p80Days: z.number().nullable(),
          promisedWeeks: z.number().nullable(),
        }),
      ),
      places: z
        .array(z.object({ name: z.string(), open: z.boolean(), waiting: z.number().nullable(), minutes: z.number().nullable(), asOf: z.string() }))
        .nullable()
        .describe('null: die Stadt führt keine solchen Orte.'),
      next: z.null(),
    }),
    handle: async ({ lang }) => {
      const { rows, measuredAt, places } = await waitingNow(ctx, lang);
      return ok({
        measuredAt: measuredAt?.toString() ?? null,
        items: rows.map(({ service, name, medianDays, p80Days, promisedWeeks }) => ({
          ...{ service, name, medianDays: medianDays ?? null, p80Days: p80Days ?? null, promisedWeeks: promisedWeeks ?? null },
        })),
        places:
          places?.map(({ name, open, waiting, minutes, asOf }) => ({
            name,
            open,
            waiting: waiting ?? null,
            minutes: minutes ?? null,
            asOf: asOf.toString(),
          })) ?? null,
        next: null,
      });
    },
  });

const onwardRoute = (ctx: EntranceContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/entrance/services/:key',
    access: 'public',
    tag: TAG,
    summary: 'Was andere nach einer Leistung brauchten, und die Adresse zum Weitergeben',
    params: z.object({ key: z.string().max(100) }),
    output: z.object({ neededNext: z.array(z.string()).describe('Ab zehn Menschen; leer heißt: nichts, das man sagen darf.'), shareAddress: z.string() }),
    handle: async ({ params }) => {
      if (ctx.desk.current(params.key) === undefined) return refuse(noService);
      return ok({ neededNext: (await nextOf(ctx, [params.key])).map(({ key }) => key), shareAddress: await shareAddress(ctx, params.key) });
    },
  });

const statusRoute = (ctx: EntranceContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/status',
    access: 'public',
    limit: 'sign-in',
    tag: TAG,
    summary: 'Wie weit ein Vorgang ist, mit Aktenzeichen und Code, ohne Anmeldung; jeder Blick wird festgehalten, ohne wer es war',
    body: z.object({ fileNumber: z.string().min(1).max(60), code: z.string().min(1).max(60) }),
    output: z.object({
      stage: z.enum(['received', 'examined', 'waiting', 'decided', 'ended']),
      since: z.string(),
      next: z.object({ what: z.enum(['answer', 'decision']), on: z.string() }).nullable(),
    }),
    handle: async ({ body }) => {
      const found = await lookAtStatus(ctx, body);
      if (!found.ok) return found;
      const { stage, since, next } = found.value;
      return ok({ stage, since: since.toString(), next: next === undefined ? null : { what: next.what, on: next.on.toString() } });
    },
  });

const code = z.object({
  code: z.string().nullable().describe('null: abgeschaltet.'),
  looks: z.number(),
  lastLookAt: z.string().nullable(),
});
const presentCode = ({ code: text, looks, lastLookAt }: OwnCode): z.output<typeof code> => ({
  ...{ code: text ?? null, looks, lastLookAt: lastLookAt?.toString() ?? null },
});
const byId = z.object({ id: z.string().max(40) });

const codeRoutes = (ctx: EntranceContext): AnyRoute[] => [
  apiRoute({
    method: 'get',
    path: '/api/cases/:id/status-code',
    access: 'citizen',
    tag: TAG,
    summary: 'Der Code, mit dem der Stand ohne Anmeldung zu sehen ist, und wie oft er benutzt wurde',
    params: byId,
    output: code,
    handle: async ({ actor, params }) => {
      const own = await ownCode(ctx, actor as CitizenActor, idOrNobody(params.id));
      return own.ok ? ok(presentCode(own.value)) : own;
    },
  }),
  apiRoute({
    method: 'put',
    path: '/api/cases/:id/status-code',
    access: 'citizen',
    tag: TAG,
    summary: 'Erneuert den Code oder schaltet ihn ab und wieder ein',
    params: byId,
    body: z.object({ action: z.enum(CODE_ACTIONS) }),
    keepsNoAnswer: true,
    output: code,
    handle: async ({ actor, params, body }) => {
      const done = await changeCode(ctx, actor as CitizenActor, idOrNobody(params.id), body.action);
      return done.ok ? ok(presentCode(done.value)) : done;
    },
  }),
];
