import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html as answerHtml, postPage, redirect, type AnyRoute, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import { validate } from '../../../platform/http/validation.ts';
import { button, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { textBlocks } from '../application/blocks.ts';
import { offeredModels, offeredSources } from '../application/choices.ts';
import type { AssistantContext, CityFrame } from '../application/context.ts';
import { research } from '../application/research.ts';
import { summarise } from '../application/summarise.ts';
import { write } from '../application/write.ts';
import type { AssistantResult } from '../domain/result.ts';
import { firstFields, problemSummary, promptLink, type Typed } from './form-parts.ts';
import { readResearch, readSummary, readWriting } from './form-input.ts';
import { researchFields, summaryFields, writingFields } from './making-forms.ts';
import { ENTRANCE_PATHS, resultPath } from './paths.ts';
import { researchBody, STAFF, summaryBody, writingBody } from './schemas.ts';
import { crumbs } from './start-page.ts';
import { assistantTexts } from './texts.ts';

/** An entrance that makes a result of a form. */
interface Entrance {
  readonly key: 'summary' | 'writing' | 'research';
  /** Where a shared prompt goes. */
  readonly promptField: string;
  readonly multipart: boolean;
  readonly words: (visit: Visit) => { readonly title: string; readonly lead: string; readonly send: string };
  readonly fields: (visit: Visit, typed: Typed) => Promise<Html>;
  readonly make: (visit: FormVisit) => Promise<Result<AssistantResult, Problem>>;
}

/** Summarise, write, research: a form, and its result. What was typed is shown again when something is wrong. */
export function makingPages(ctx: AssistantContext, frame: CityFrame): AnyRoute[] {
  return [summarising(ctx), writing(ctx), researching(ctx)].flatMap((entrance): AnyRoute[] => {
    const path = ENTRANCE_PATHS[entrance.key];
    return [
      getPage(path, STAFF, async (visit) => {
        const typed = { fields: await firstFields(ctx, visit, entrance.promptField) };
        return answerHtml(await formPage(frame, visit, entrance, typed));
      }),
      postPage(path, STAFF, async (visit) => {
        const made = await entrance.make(visit);
        if (made.ok) return redirect(resultPath(made.value.id));
        return answerHtml(await formPage(frame, visit, entrance, { fields: visit.fields, problem: made.problem }), problemStatus(made.problem));
      }),
    ];
  });
}

async function formPage(frame: CityFrame, visit: Visit, entrance: Entrance, typed: Typed): Promise<Html> {
  const { title, lead, send } = entrance.words(visit);
  const { lang } = visit;
  const main = html`${problemSummary(typed, lang)}${pageTitle(title, { lead })}${promptLink(entrance.key, lang)}
<kontor-send data-hint="${assistantTexts(lang).keysHint}">${form(
    { action: ENTRANCE_PATHS[entrance.key], multipart: entrance.multipart },
    html`${await entrance.fields(visit, typed)}${buttonRow(button({ label: send }))}`,
  )}</kontor-send>`;
  return page(frame(visit), { title, main, hasErrors: typed.problem !== undefined, breadcrumb: crumbs(lang, title), scripts: ['assistant'] });
}

const summarising = (ctx: AssistantContext): Entrance => ({
  key: 'summary',
  promptField: 'extra',
  multipart: true,
  words: ({ lang }) => ({ title: assistantTexts(lang).summarise, lead: assistantTexts(lang).summariseLead, send: assistantTexts(lang).summarise }),
  fields: async ({ actor, lang }, typed) => summaryFields(typed, await offeredSources(ctx, actor), await offeredModels(ctx, actor, 'summary'), lang),
  make: async ({ actor, fields, files }) => {
    const order = validate(summaryBody, readSummary(fields));
    return order.ok ? summarise(ctx, actor, { entrance: 'summary', ...order.value }, files) : order;
  },
});

const writing = (ctx: AssistantContext): Entrance => ({
  key: 'writing',
  promptField: 'points',
  multipart: false,
  words: ({ lang }) => ({ title: assistantTexts(lang).write, lead: assistantTexts(lang).writeLead, send: assistantTexts(lang).write }),
  fields: async ({ actor, lang }, typed) => writingFields(typed, await textBlocks(ctx, actor, {}), await offeredModels(ctx, actor, 'writing'), lang),
  make: async ({ actor, fields }) => {
    const order = validate(writingBody, readWriting(fields));
    return order.ok ? write(ctx, actor, { entrance: 'writing', ...order.value }) : order;
  },
});

const researching = (ctx: AssistantContext): Entrance => ({
  key: 'research',
  promptField: 'question',
  multipart: false,
  words: ({ lang }) => ({ title: assistantTexts(lang).research, lead: assistantTexts(lang).researchLead, send: assistantTexts(lang).ask }),
  fields: async ({ actor, lang }, typed) => researchFields(typed, await offeredSources(ctx, actor), await offeredModels(ctx, actor, 'research'), lang),
  make: async ({ actor, fields }) => {
    const order = validate(researchBody, readResearch(fields));
    return order.ok ? research(ctx, actor, { entrance: 'research', ...order.value }) : order;
  },
});
