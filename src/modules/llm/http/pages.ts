import type { Actor } from '../../../kernel/actor.ts';
import type { LanguageModels } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { localPath } from '../../../platform/http/local-path.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type Answer,
  type AnyRoute,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import { setActive, setLimit } from '../application/administer.ts';
import type { CityFrame, LlmContext } from '../application/context.ts';
import { giveFeedback } from '../application/give-feedback.ts';
import { probeOrder } from '../application/probe.ts';
import { readRegister } from '../application/register.ts';
import { usageReport } from '../application/usage-report.ts';
import { adminPage, type Probed } from './admin-page.ts';
import { modelTable, useTable } from './register-parts.ts';
import { KEEPERS, STAFF, WATCHERS } from './schemas.ts';
import { llmTexts } from './texts.ts';

const ADMIN = '/verwaltung/assistent';

/** The public register, the administration's page, and the door for feedback. */
export function llmPages(llm: LlmContext, models: LanguageModels<Actor>, frame: CityFrame): AnyRoute[] {
  return [
    getPage('/assistent/register', 'public', (visit) => registerPage(llm, frame, visit)),
    getPage(ADMIN, WATCHERS, (visit) => show(llm, frame, visit)),
    postPage(`${ADMIN}/schalten`, KEEPERS, async ({ actor, fields }) => {
      const kind = fields.get('kind') === 'use' ? 'use' : 'model';
      const done = await setActive(llm, actor, { kind, key: fields.get('key') ?? '', active: fields.get('active') === 'ja' });
      return done.ok ? redirect(ADMIN) : problemPage(done.problem);
    }),
    postPage(`${ADMIN}/grenzen`, KEEPERS, async (visit) => {
      const name = visit.fields.get('name') ?? '';
      const typed = (visit.fields.get(name) ?? '').trim();
      const done = await setLimit(llm, visit.actor, { name, value: /^\d{1,9}$/.test(typed) ? Number(typed) : -1 });
      if (done.ok) return redirect(ADMIN);
      return done.problem.fields === undefined ? problemPage(done.problem) : show(llm, frame, visit, { problem: done.problem, typed: { name, value: typed } });
    }),
    postPage(`${ADMIN}/pruefen`, KEEPERS, (visit) => probe(llm, models, frame, visit)),
    postPage('/assistent/rueckmeldung', STAFF, (visit) => feedback(llm, frame, visit)),
  ];
}

async function registerPage(llm: LlmContext, frame: CityFrame, visit: Visit): Promise<Answer> {
  const view = frame(visit);
  const { lang } = view;
  const t = llmTexts(lang);
  const { models, uses } = await readRegister(llm);
  const main = html`${pageTitle(t.register, { lead: t.registerLead })}<p class="kern-body">${t.never}</p>
${section(t.uses, useTable(uses, lang))}${section(t.models, modelTable(models, lang))}`;
  return answerHtml(page(view, { title: t.register, main, wide: true }));
}

interface Sent {
  readonly problem?: Problem;
  readonly typed?: { readonly name: string; readonly value: string };
  readonly probed?: Probed;
}

async function show(llm: LlmContext, frame: CityFrame, visit: Visit, sent: Sent = {}): Promise<Answer> {
  const [register, report] = [await readRegister(llm), await usageReport(llm)];
  const body = adminPage(frame(visit), { register, report, unitName: llm.unitName, ...sent });
  return answerHtml(body, sent.problem === undefined ? 200 : problemStatus(sent.problem));
}

async function probe(llm: LlmContext, models: LanguageModels<Actor>, frame: CityFrame, visit: FormVisit): Promise<Answer> {
  const key = visit.fields.get('model') ?? '';
  const begun = performance.now();
  const answer = await models.generate(visit.actor, probeOrder(key));
  return answer.ok
    ? show(llm, frame, visit, { probed: { answer: answer.value, milliseconds: Math.round(performance.now() - begun) } })
    : show(llm, frame, visit, { problem: answer.problem });
}

async function feedback(llm: LlmContext, frame: CityFrame, visit: FormVisit): Promise<Answer> {
  const get = (name: string): string => visit.fields.get(name) ?? '';
  const kinds = ['helpful', 'not-helpful', 'wrong-source'] as const;
  const kind = kinds.find((one) => one === get('kind')) ?? 'not-helpful';
  const done = await giveFeedback(llm, visit.actor, { use: get('use'), model: get('model'), kind, words: get('words') });
  if (!done.ok) return problemPage(done.problem);
  const view = frame(visit);
  const t = llmTexts(view.lang);
  const main = html`${pageTitle(t.thanks)}${alert('success', t.thanks, t.thanksBody)}${buttonRow(linkButton({ label: t.back, href: localPath(get('back')), kind: 'secondary' }))}`;
  return answerHtml(page(view, { title: t.thanks, main }));
}
