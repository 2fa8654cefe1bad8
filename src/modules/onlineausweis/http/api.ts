import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import type { HelperContext, HelpPlace } from '../application/context.ts';
import { guide, helperLanguage, type HelperStep } from '../application/guide.ts';
import { placesFor, type PlacesForEnd } from '../application/help-places.ts';

const question = z.object({
  kind: z.literal('question'),
  id: z.string(),
  number: z.int(),
  most: z.int().describe('Mehr Fragen stellt kein Weg.'),
  progress: z.string(),
  title: z.string(),
  hint: z.string(),
  answers: z.array(z.object({ label: z.string(), weg: z.string().describe('Damit geht es weiter.') })),
  source: z.string(),
});
const end = z.object({
  kind: z.literal('end'),
  id: z.string(),
  way: z.enum(['app', 'place', 'phone', 'wait']),
  title: z.string(),
  lead: z.string(),
  steps: z.array(z.string()),
  needs: z.enum(['pin', 'card']).nullable().describe('Was der Ort können muss.'),
  bring: z.array(z.string()),
  cost: z.string(),
  duration: z.string().nullable(),
  asOf: z.string(),
  source: z.string(),
});

const place = z.object({ name: z.string(), address: z.string(), when: z.string().nullable(), href: z.string().nullable(), book: z.string().nullable() });

/** The same path for programs; nothing is counted and nothing kept. */
export function helperApi(ctx: Pick<HelperContext, 'clock' | 'places'>): AnyRoute {
  return apiRoute({
    method: 'get',
    path: '/api/online-ausweis',
    access: 'public',
    tag: 'Online-Ausweis',
    summary: 'Ein Schritt der Hilfe zum Online-Ausweis: eine Frage mit ihren Antworten, oder was zu tun ist',
    query: z.object({
      weg: z.string().max(20).default('').describe('Die Buchstaben der Antworten bisher; leer: die erste Frage.'),
      sprache: z.string().max(10).optional().describe('de, leicht, en, tr, uk, fa, pl, ar, ru, bg, ro oder pt.'),
    }),
    output: z.object({
      language: z.string(),
      weg: z.string(),
      unchecked: z.string().describe('Was an der Übersetzung ungeprüft ist.'),
      at: z.union([question, end]),
      places: z
        .object({ doing: z.array(place), helping: z.array(place) })
        .describe('Nur an einem Ende: Orte, die es tun können, und Orte, die dabei helfen; die nächsten offenen zuerst.'),
    }),
    handle: async ({ queryInput, wishes, lang }) => {
      const step = guide(queryInput.weg, helperLanguage(queryInput.sprache ?? null, { wishes, lang }), legalDay(ctx.clock()));
      return step.ok ? ok(presented(step.value, await placesFor(ctx, step.value))) : step;
    },
  });
}

function presented({ language, path, frame, at }: HelperStep, { doing, helping }: PlacesForEnd) {
  const shown =
    at.kind === 'question'
      ? { ...at, answers: at.answers.map(({ label, path: weg }) => ({ label, weg })) }
      : { ...at, steps: [...at.steps], bring: [...at.bring], duration: at.duration ?? null, needs: at.needs ?? null };
  return {
    language: language.key,
    weg: path,
    unchecked: frame.unchecked,
    at: shown,
    places: { doing: doing.map(shownPlace), helping: helping.map(shownPlace) },
  };
}

const shownPlace = ({ name, address, when, href, book }: HelpPlace) => ({ name, address, when: when ?? null, href: href ?? null, book: book ?? null });
