import { z } from 'zod';
import type { LanguageModels } from '../../../kernel/language-model.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { ok } from '../../../kernel/result.ts';
import { dataRefusal } from '../../../platform/http/data-route.ts';
import { apiRoute, dataRoute, type AnyRoute, type DataAnswer, type DataVisit } from '../../../platform/http/route.ts';
import { setActive, setLimit } from '../application/administer.ts';
import type { LlmContext } from '../application/context.ts';
import { giveFeedback } from '../application/give-feedback.ts';
import { probeOrder } from '../application/probe.ts';
import { readRegister, type Register } from '../application/register.ts';
import { usageReport } from '../application/usage-report.ts';
import { feedbackBody, KEEPERS, limitBody, limitsView, probeBody, registerView, STAFF, switchBody, TAG, usageView, WATCHERS } from './schemas.ts';
import { streamAnswer } from './stream.ts';

/** The register, its switches, limits, counts and the probe, for programs. */
export function llmApi(llm: LlmContext, models: LanguageModels<Actor>): AnyRoute[] {
  return [...readRoutes(llm), ...writeRoutes(llm), ...probeRoutes(models)];
}

/** What everybody may know of a model: never its address or key. */
const presentRegister = ({ models, uses }: Register): z.output<typeof registerView> => ({
  models: models.map(({ entry: { key, label, demo = false, uses: serves, dataClass, outside, legalBasis, contact, since }, active }) => ({
    ...{ key, label, demo, uses: [...serves], dataClass, outside, legalBasis, contact, since, active },
  })),
  uses: uses.map(({ entry: { key, title, purpose, legalBasis, riskClass, dataClass, openTo, contact, since }, active }) => ({
    ...{ key, title: { ...title }, purpose: { ...purpose }, legalBasis, riskClass, dataClass, openTo, contact, since, active },
  })),
});

function readRoutes(llm: LlmContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/assistent/register',
      access: 'public',
      tag: TAG,
      summary: 'Register der Sprachmodelle und ihrer Verwendungen',
      output: registerView,
      handle: async () => ok(presentRegister(await readRegister(llm))),
    }),
    apiRoute({
      method: 'get',
      path: '/api/assistent/grenzen',
      access: WATCHERS,
      tag: TAG,
      summary: 'Grenzen je Person und Dienststelle',
      output: limitsView,
      handle: async () => ok({ ...(await readRegister(llm)).limits }),
    }),
    apiRoute({
      method: 'get',
      path: '/api/assistent/nutzung',
      access: WATCHERS,
      tag: TAG,
      summary: 'Nutzung der letzten 30 Tage: je Verwendung, Modell, Dienststelle und Tag, nie je Person',
      output: usageView,
      handle: async () => {
        const { from, usage, centsByModel, feedback } = await usageReport(llm);
        return ok({
          from: from.toString(),
          usage: usage.map(({ day, counts, ...row }) => ({ ...row, day: day.toString(), counts: counts === 'few' ? null : counts })),
          cents: [...centsByModel].map(([model, cents]) => ({ model, cents })),
          feedback: feedback.map((one) => ({ ...one })),
        });
      },
    }),
  ];
}

function writeRoutes(llm: LlmContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'put',
      path: '/api/assistent/register',
      access: KEEPERS,
      tag: TAG,
      summary: 'Schaltet ein Modell oder eine Verwendung ein oder ab; es gilt sofort',
      body: switchBody,
      output: switchBody,
      handle: ({ actor, body }) => setActive(llm, actor, body),
    }),
    apiRoute({
      method: 'put',
      path: '/api/assistent/grenzen',
      access: KEEPERS,
      tag: TAG,
      summary: 'Setzt eine Grenze',
      body: limitBody,
      output: limitBody,
      handle: ({ actor, body }) => setLimit(llm, actor, body),
    }),
    apiRoute({
      method: 'post',
      path: '/api/assistent/rueckmeldung',
      access: STAFF,
      tag: TAG,
      summary: 'Sagt, ob eine Antwort geholfen hat; gezählt ohne Person',
      status: 201,
      body: feedbackBody,
      output: z.object({ kind: feedbackBody.shape.kind }),
      handle: ({ actor, body }) => giveFeedback(llm, actor, body),
    }),
  ];
}

function probeRoutes(models: LanguageModels<Actor>): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/assistent/pruefung',
      access: KEEPERS,
      tag: TAG,
      summary: 'Stellt einem Modell eine feste Frage',
      body: probeBody,
      output: z.object({ text: z.string(), finish: z.enum(['stop', 'length', 'broken']), model: z.string(), milliseconds: z.number() }),
      handle: async ({ actor, body }) => {
        const begun = performance.now();
        const answer = await models.generate(actor, probeOrder(body.model));
        if (!answer.ok) return answer;
        const { text, finish, origin } = answer.value;
        return ok({ text, finish, model: origin.model, milliseconds: Math.round(performance.now() - begun) });
      },
    }),
    dataRoute('post', '/api/assistent/pruefung/:model/strom', KEEPERS, (visit) => probeStream(models, visit)),
  ];
}

/** The same question, answered piece by piece (text/event-stream). */
async function probeStream(models: LanguageModels<Actor>, visit: DataVisit): Promise<DataAnswer> {
  const running = await models.stream(visit.actor, probeOrder(visit.params['model'] ?? ''), visit.signal);
  return running.ok ? streamAnswer(running.value) : dataRefusal(running.problem, visit);
}
