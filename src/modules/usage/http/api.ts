import { inTens } from '../../../kernel/few.ts';
import { z } from 'zod';
import type { CitizenActor } from '../../../kernel/actor.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { pageQuery, pageOf, cursorId, encodeCursor } from '../../../platform/http/paging.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import type { ServiceFigures } from '../application/figures.ts';
import { importHistory, previewImport, withdrawImport } from '../application/imports.ts';
import { ABOUT, enterSurvey, surveyInterval, withdrawSurvey } from '../application/surveys.ts';
import { readWords } from '../application/words.ts';
import { notFoundService } from '../application/problems.ts';
import type { Survey } from '../domain/kept.ts';
import type { Rate } from '../domain/rates.ts';
import { countingApi } from './counting-api.ts';
import { asStaff, ENTERERS, READERS, TAG, type UsageDesk } from './frame.ts';
import { FORMATS } from './lists.ts';
import { stagesOf } from './service-page.ts';
import { storedRoutes, sumRow } from './stored-api.ts';

const rate = z.object({
  state: z.enum(['known', 'unknown', 'suppressed']),
  share: z.number().nullable().describe('0 bis 1; null, wenn nicht bekannt oder weniger als zehn'),
  of: z.number().nullable(),
  origin: z.enum(['live', 'imported', 'survey', 'self-report']),
  asOf: z.string(),
});
const service = z.object({
  key: z.string(),
  submitted: z.number().describe('volle Zehner, bis zu 18 unter der Wahrheit; 0: weniger als zwanzig'),
  decided: z.number(),
  givenUp: z.number(),
  discarded: z.number(),
  onlineMatched: z.number().describe('eingereicht in den Monaten, in denen auch die anderen Wege gezählt sind; volle Zehner, bis zu 27 unter der Wahrheit'),
  countedMonths: z.number().describe('in wie vielen der zwölf Monate die anderen Wege gezählt sind'),
  byOtherWays: z.number().nullable().describe('in diesen Monaten; null: nicht gezählt'),
  usage: rate,
  completion: rate,
});
const cityRates = z.object({
  usage: rate,
  usageServices: z.number(),
  usageMonths: z.number().describe('gezählte Monate dieser Leistungen zusammen'),
  completion: rate,
});

const about = z.enum(ABOUT).describe('gap: wer könnte und es nicht tut (Nutzungslücke); reach: wer Angebote kennt oder nutzt');
const survey = z.object({
  id: z.string(),
  about,
  title: z.string(),
  source: z.string(),
  takenOn: z.string(),
  sampleSize: z.number(),
  share: z.number(),
  interval: z.object({ low: z.number(), high: z.number() }).describe('95 von 100, bei zufälliger Auswahl (Wilson)'),
  origin: z.literal('survey'),
});
const imported = z.object({ source: z.string(), month: z.string(), measure: z.string(), count: z.number(), origin: z.literal('imported'), asOf: z.string() });

const presentRate = ({ share, origin, asOf }: Rate) => ({
  state: share.kind,
  share: share.kind === 'known' ? share.value : null,
  of: share.kind === 'known' ? share.of : null,
  origin,
  asOf: asOf.toString(),
});

const presentSurvey = ({ id, about: of, title, source, takenOn, sampleSize, share }: Survey) => ({
  id,
  about: of,
  title,
  source,
  takenOn: takenOn.toString(),
  sampleSize,
  share,
  interval: surveyInterval({ share, sampleSize }),
  origin: 'survey' as const,
});

const presentService = ({ key, submitted, decided, givenUp, discarded, onlineMatched, countedMonths, byOtherWays, usage, completion }: ServiceFigures) => ({
  key,
  submitted,
  decided,
  givenUp,
  discarded,
  onlineMatched,
  countedMonths,
  byOtherWays: byOtherWays ?? null,
  usage: presentRate(usage),
  completion: presentRate(completion),
});

export function usageApi(desk: UsageDesk): AnyRoute[] {
  return [...openRoutes(desk), ...countingApi(desk), ...surveyRoutes(desk), ...importRoutes(desk), ...ratingRoutes(desk)];
}

function openRoutes(desk: UsageDesk): AnyRoute[] {
  return [overviewRoute(desk), serviceRoute(desk), ...storedRoutes(desk)];
}

function overviewRoute(desk: UsageDesk): AnyRoute {
  return apiRoute({
    method: 'get',
    path: '/api/usage',
    access: 'public',
    open: true,
    tag: TAG,
    summary: 'Wie die Leistungen genutzt werden, in vollen Zehnern',
    output: z.object({
      from: z.string(),
      until: z.string(),
      asOf: z.string(),
      cases: z.object({ from: z.string(), until: z.string() }).describe('Tage, von denen Vorgänge und Entwürfe erzählt werden'),
      city: cityRates,
      surveys: z.array(survey),
      services: z.array(service),
      sums: z.array(sumRow),
      months: z.array(z.object({ month: z.string(), step: z.string(), count: z.number() })),
      ratings: z.array(z.object({ service: z.string(), after: z.string(), mean: z.number(), count: z.number() })),
      imported: z.array(imported),
    }),
    handle: async () => {
      const { days, asOf, caseDays, city, surveys, services, sums, months, ratings, imported: others } = await desk.figures.read();
      return ok({
        from: days.from.toString(),
        until: days.until.toString(),
        asOf: asOf.toString(),
        cases: { from: caseDays.from.toString(), until: caseDays.until.toString() },
        city: { ...city, usage: presentRate(city.usage), completion: presentRate(city.completion) },
        surveys: surveys.map(presentSurvey),
        services: services.map(presentService),
        sums: sums.map(({ step, dimension, value, count }) => ({ step, dimension, value, count })),
        months: [...months],
        ratings: ratings.map(({ service: of, after, count, sum }) => ({
          service: of,
          after,
          mean: Math.round((sum / count) * 10) / 10,
          count: inTens(count),
        })),
        imported: others.map(({ source, month, measure, count, enteredAt }) => ({
          source,
          month,
          measure,
          count,
          origin: 'imported' as const,
          asOf: enteredAt.toString(),
        })),
      });
    },
  });
}

function serviceRoute(desk: UsageDesk): AnyRoute {
  return apiRoute({
    method: 'get',
    path: '/api/usage/services/:service',
    access: 'public',
    open: true,
    tag: TAG,
    summary: 'Der Weg durch eine Leistung: Schritte, Seiten, Felder',
    params: z.object({ service: z.string() }),
    output: z.object({
      figures: service.nullable(),
      stages: z.array(z.object({ step: z.string(), count: z.number(), of: z.enum(['requests', 'cases']) })),
      pages: z.array(z.object({ id: z.string(), title: z.string(), reached: z.number(), leftHere: z.number() })),
      fields: z.array(z.object({ field: z.string(), label: z.string(), count: z.number() })),
      sums: z.array(sumRow),
    }),
    handle: async ({ params, lang }) => {
      const found = desk.services().find(({ key }) => key === params.service);
      if (found === undefined) return refuse(notFoundService);
      const [{ services }, sums] = [await desk.figures.read(), await desk.figures.sumsOf(found.key)];
      const figures = services.find(({ key }) => key === found.key);
      const { stages, pages, fields } = stagesOf(found, sums, figures, lang);
      return ok({
        figures: figures === undefined ? null : presentService(figures),
        stages: [...stages],
        pages: [...pages],
        fields: [...fields],
        sums: sums.map(({ step, dimension, value, count }) => ({ step, dimension, value, count })),
      });
    },
  });
}

function surveyRoutes(desk: UsageDesk): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/usage/surveys',
      access: ENTERERS,
      tag: TAG,
      summary: 'Trägt das Ergebnis einer Umfrage ein',
      status: 201,
      body: z.object({
        about: about.default('gap'),
        title: z.string(),
        source: z.string(),
        takenOn: z.iso.date(),
        sampleSize: z.number(),
        percent: z.number(),
      }),
      output: z.object({ id: z.string() }),
      handle: async ({ actor, body }) => {
        const done = await enterSurvey(desk, asStaff(actor), { ...body, takenOn: Temporal.PlainDate.from(body.takenOn) });
        desk.figures.forget();
        return done.ok ? ok({ id: done.value.id }) : done;
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/usage/surveys/:id',
      access: ENTERERS,
      tag: TAG,
      summary: 'Nimmt eine falsch eingetragene Umfrage heraus',
      params: z.object({ id: z.uuid() }),
      output: z.object({ withdrawn: z.boolean() }),
      handle: async ({ actor, params }) => {
        const done = await withdrawSurvey(desk, asStaff(actor), params.id);
        desk.figures.forget();
        return done.ok ? ok({ withdrawn: true }) : done;
      },
    }),
  ];
}

function importRoutes(desk: UsageDesk): AnyRoute[] {
  const body = z.object({ source: z.string(), format: z.enum(FORMATS), firstDay: z.iso.date(), lastDay: z.iso.date(), text: z.string() });
  const typed = ({ firstDay, lastDay, ...rest }: z.output<typeof body>) => ({
    ...rest,
    firstDay: Temporal.PlainDate.from(firstDay),
    lastDay: Temporal.PlainDate.from(lastDay),
  });
  return [
    apiRoute({
      method: 'post',
      path: '/api/usage/imports/preview',
      access: ENTERERS,
      tag: TAG,
      summary: 'Zeigt, was aus einer Datei aufgenommen würde; speichert nichts',
      body,
      output: z.object({ rows: z.number(), tooFew: z.number() }),
      handle: async ({ body: given }) => {
        const read = previewImport(desk, typed(given));
        return read.ok ? ok({ rows: read.value.counts.length, tooFew: read.value.tooFew }) : read;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/usage/imports',
      access: ENTERERS,
      tag: TAG,
      summary: 'Nimmt Zahlen eines anderen Systems auf, ganz oder gar nicht',
      status: 201,
      body,
      output: z.object({ id: z.string(), rows: z.number() }),
      handle: async ({ actor, body: given }) => {
        const done = await importHistory(desk, asStaff(actor), typed(given));
        desk.figures.forget();
        return done.ok ? ok({ id: done.value.id, rows: done.value.rows }) : done;
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/usage/imports/:id',
      access: ENTERERS,
      tag: TAG,
      summary: 'Nimmt eine aufgenommene Datei wieder heraus',
      params: z.object({ id: z.uuid() }),
      output: z.object({ withdrawn: z.boolean() }),
      handle: async ({ actor, params }) => {
        const done = await withdrawImport(desk, asStaff(actor), params.id);
        desk.figures.forget();
        return done.ok ? ok({ withdrawn: true }) : done;
      },
    }),
  ];
}

function ratingRoutes(desk: UsageDesk): AnyRoute[] {
  const rating = z.object({ score: z.number(), words: z.string().optional() });
  const given = z.object({ given: z.boolean() });
  const scored = ({ score, words }: z.output<typeof rating>) => ({ score, ...(words === undefined ? {} : { words }) });
  return [
    apiRoute({
      method: 'post',
      path: '/api/cases/:id/rating',
      access: 'citizen',
      keepsNoKey: true,
      tag: TAG,
      summary: 'Bewertet einen entschiedenen Vorgang, einmal',
      status: 201,
      params: z.object({ id: z.uuid() }),
      body: rating,
      output: given,
      handle: async ({ actor, params, body }) => {
        const done = await desk.ratings.rateCase(actor as CitizenActor, params.id, scored(body));
        return done.ok ? ok({ given: true }) : done;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/usage/abandonment-ratings',
      access: 'citizen',
      keepsNoKey: true,
      tag: TAG,
      summary: 'Bewertet, nachdem ein Antrag verworfen wurde; mit dem Nachweis aus dem Link',
      status: 201,
      body: rating.extend({ draftId: z.uuid(), service: z.string(), proof: z.string() }),
      output: given,
      handle: async ({ body }) => {
        const { draftId, service: of, proof } = body;
        const done = await desk.ratings.rateAbandonment({ draftId, service: of, proof }, scored(body));
        return done.ok ? ok({ given: true }) : done;
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/usage/words',
      access: READERS,
      tag: TAG,
      summary: 'Was Menschen neben eine Bewertung geschrieben haben',
      query: pageQuery,
      output: pageOf(z.object({ month: z.string(), service: z.string(), text: z.string() })),
      handle: async ({ actor, queryInput }) => {
        const after = cursorId(queryInput.cursor);
        if (!after.ok) return after;
        const { words, next } = await readWords(desk, asStaff(actor), after.value, queryInput.limit);
        return ok({
          items: words.map(({ month, service: of, text }) => ({ month: month.slice(0, 7), service: of, text })),
          next: next === undefined ? null : encodeCursor([next]),
        });
      },
    }),
  ];
}
