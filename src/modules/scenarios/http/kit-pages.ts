import type { Context } from '../../../platform/context.ts';
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
import { alert, badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { checkboxGroup } from '../../../platform/ui/form-choices.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonRow, confirmBox, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { textArea, textField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { Writing } from '../application/context.ts';
import { exportKit } from '../application/export-kit.ts';
import { importKit, type ImportedKit } from '../application/import-kit.ts';
import { kitsOf, removeKit, saveKit, showKit, type KitPicture } from '../application/kits.ts';
import { models, parametersOf } from '../application/models.ts';
import { scenariosFor } from '../application/show.ts';
import type { Kit, KitView } from '../domain/kit.ts';
import { NO_FILE } from './api-kits.ts';
import { kitTexts } from './kit-texts.ts';
import { crumbsOf, isTyped, KITS, pathOf, type Frame, type Typed } from './parts.ts';

type Handing = Writing & Pick<Context, 'settings'>;

/** Kits for people. */
export function kitPages(ctx: Handing, frame: Frame): AnyRoute[] {
  return [
    getPage(KITS, 'signed-in', (visit) => list(ctx, visit, frame)),
    postPage(KITS, 'signed-in', async (visit) => {
      const { fields } = visit;
      const wish = {
        title: fields.get('title') ?? '',
        question: fields.get('question') ?? '',
        views: readViews(fields.get('views') ?? ''),
        scenarioIds: fields.getAll('scenarios'),
      };
      const saved = await saveKit(ctx, visit.actor, wish);
      if (saved.ok) return redirect(`${KITS}/${saved.value.id}`);
      return isTyped(saved.problem) ? list(ctx, visit, frame, { fields, problems: saved.problem.fields ?? [] }) : problemPage(saved.problem);
    }),
    postPage(`${KITS}/einlesen`, 'signed-in', (visit) => take(ctx, visit, frame)),
    getPage(`${KITS}/:id`, 'signed-in', (visit) => show(ctx, visit, frame, visit.params['id'] ?? '')),
    getPage(`${KITS}/:id/datei`, 'signed-in', (visit) => download(ctx, visit)),
    postPage(`${KITS}/:id/loeschen`, 'signed-in', async (visit) => {
      const gone = await removeKit(ctx, visit.actor, visit.params['id'] ?? '');
      return gone.ok ? redirect(KITS) : problemPage(gone.problem);
    }),
  ];
}

/** `/zwilling?… Name` a line; a whole address loses its host. */
function readViews(text: string): readonly KitView[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, address = '', title = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
      return { address: address.replace(/^https?:\/\/[^/]+/, ''), title: title === '' ? 'Zwilling' : title };
    });
}

async function list(ctx: Handing, visit: Visit, frame: Frame, typed?: Typed): Promise<Answer> {
  const view = frame(visit);
  const { lang } = view;
  const t = kitTexts(lang);
  const kits = await kitsOf(ctx, visit.actor);
  const { scenarios } = await scenariosFor(ctx, visit.actor, { which: 'own', limit: 100 });
  const table = dataTable<Kit>(
    [
      { label: t.name, rowHeader: true, cell: ({ title }) => title },
      { label: t.question, cell: ({ question }) => question },
      { label: t.from, cell: ({ source }) => source ?? t.here, minor: true },
      { label: t.made, cell: ({ createdAt }) => formatInstant(lang, createdAt), minor: true },
    ],
    kits,
    { caption: t.own, captionHidden: true, lang, empty: t.noOwn, href: ({ id }) => `${KITS}/${id}` },
  );
  const problems = typed?.problems ?? [];
  const field = (name: string) => ({ name, lang, value: typed?.fields.get(name) ?? '', ...errorOf(problems, name) });
  const options = scenarios.map(({ scenario: { id, title } }) => ({ value: id, label: title }));
  const make =
    options.length === 0
      ? html`<p class="kern-body">${t.noScenarios}</p>`
      : form({ action: KITS }, [
          textField({ ...field('title'), label: t.name, maxLength: 120 }),
          textArea({ ...field('question'), label: t.question, rows: 2, required: false, maxLength: 2000 }),
          checkboxGroup({ ...field('scenarios'), label: t.scenarios, values: typed?.fields.getAll('scenarios') ?? [], options }),
          textArea({ ...field('views'), label: t.views, hint: t.viewsHint, rows: 3, required: false }),
          buttonRow(button({ label: t.makeButton })),
        ]);
  const takeForm = form({ action: `${KITS}/einlesen`, multipart: true }, [
    fileField({ name: 'file', lang, label: t.file, accept: ['.json', 'application/json'], maxMegabytes: 10, ...errorOf(problems, 'file') }),
    buttonRow(button({ label: t.takeButton, kind: 'secondary' })),
  ]);
  const main = html`${pageTitle(t.title, { lead: t.lead })}${errorSummary(problems, lang) ?? ''}
${section(t.own, table)}${section(t.make, make)}${section(t.take, html`<p class="kern-body">${t.takeText}</p>${takeForm}`)}`;
  const parts = { title: t.title, main, wide: true, breadcrumb: crumbsOf(lang, { label: t.title }), hasErrors: typed !== undefined };
  return answerHtml(page(view, parts), typed === undefined ? 200 : 422);
}

async function take(ctx: Handing, visit: FormVisit, frame: Frame): Promise<Answer> {
  const file = visit.files[0];
  const taken = file === undefined ? { ok: false as const, problem: NO_FILE } : await importKit(ctx, visit.actor, file.bytes);
  if (taken.ok) return show(ctx, visit, frame, taken.value.id, taken.value);
  if (taken.problem.kind === 'sign-in-needed') return problemPage(taken.problem);
  const problems = taken.problem.fields ?? [{ field: 'file', message: taken.problem.detail }];
  return list(ctx, visit, frame, { fields: visit.fields, problems });
}

async function show(ctx: Handing, visit: Visit, frame: Frame, id: string, taken?: ImportedKit): Promise<Answer> {
  const found = await showKit(ctx, visit.actor, id);
  if (!found.ok) return problemPage(found.problem);
  const view = frame(visit);
  const { lang } = view;
  const t = kitTexts(lang);
  const { kit, scenarios } = found.value;
  const at = `${KITS}/${id}`;
  const main = html`${pageTitle(kit.title, { preline: t.title, ...(kit.question === '' ? {} : { lead: kit.question }) })}
${taken === undefined ? '' : takenPart(taken, lang)}
${section(t.scenarios, html`<ul class="kern-list">${scenarios.map((one) => html`<li><a class="kern-link" href="${pathOf(one.id)}">${one.title}</a></li>`)}</ul>`)}
${dataPart(found.value, lang)}
${modelPart(found.value, lang)}
${kit.views.length === 0 ? '' : section(t.views, html`<ul class="kern-list">${kit.views.map(({ title, address }) => html`<li><a class="kern-link" href="${address}">${title}</a></li>`)}</ul>`)}
${section(
  t.handOn,
  html`<p class="kern-body">${t.downloadText}</p>${buttonRow(
    linkButton({ label: t.downloadAll, href: `${at}/datei?daten=1`, kind: 'secondary' }),
    linkButton({ label: t.download, href: `${at}/datei`, kind: 'secondary' }),
  )}`,
)}
${confirmBox({ title: t.remove, body: t.removeText, action: `${at}/loeschen`, confirm: t.remove, danger: true, cancel: { label: t.cancel, href: KITS } })}`;
  return answerHtml(page(view, { title: kit.title, main, wide: true, breadcrumb: crumbsOf(lang, { label: t.title, href: KITS }, { label: kit.title }) }));
}

function takenPart({ made, missing, otherModels }: ImportedKit, lang: Lang): Html {
  const t = kitTexts(lang);
  const titleOf = (process: string): string => models().find(({ id }) => id === process)?.title[lang] ?? process;
  const lines = [
    ...(made.length === 0 ? [] : [t.takenMade(made.join(', '))]),
    ...(missing.length === 0 ? [] : [t.takenMissing(missing.join(', '))]),
    ...otherModels.map(({ process, there, here }) => t.otherModel(titleOf(process), there, here ?? '–')),
  ];
  return alert(
    missing.length + otherModels.length === 0 ? 'success' : 'warning',
    t.taken,
    html`${lines.map((line) => html`<p class="kern-body">${line}</p>`)}`,
  );
}

function dataPart({ data }: KitPicture, lang: Lang): Html {
  const t = kitTexts(lang);
  const table = dataTable<KitPicture['data'][number]>(
    [
      { label: t.collection, rowHeader: true, cell: ({ collection }) => collection },
      { label: t.there, cell: ({ title }) => title ?? badge('warning', t.missing) },
    ],
    data,
    { caption: t.data, captionHidden: true, lang, dense: true },
  );
  return section(t.data, table);
}

function modelPart({ processes }: KitPicture, lang: Lang): Html {
  const t = kitTexts(lang);
  const table = dataTable<KitPicture['processes'][number]>(
    [
      { label: t.model, rowHeader: true, cell: ({ process }) => models().find(({ id }) => id === process)?.title[lang] ?? process },
      {
        label: t.inputs,
        cell: ({ process, parameters }) =>
          parametersOf(process)
            .flatMap(({ name, title, unit }) => {
              const value = parameters[name];
              return value === undefined ? [] : [`${title[lang]}: ${typeof value === 'object' ? value.join('; ') : value} ${unit}`.trim()];
            })
            .join(', ') || '–',
      },
    ],
    processes,
    { caption: t.models, captionHidden: true, lang, dense: true, empty: t.noModels },
  );
  return section(t.models, table);
}

async function download(ctx: Handing, visit: Visit): Promise<Answer> {
  const file = await exportKit(ctx, visit.actor, visit.params['id'] ?? '', visit.query.get('daten') === '1');
  if (!file.ok) return problemPage(file.problem);
  const bytes = new TextEncoder().encode(JSON.stringify(file.value));
  return { kind: 'file', bytes, mediaType: 'application/json', fileName: 'baukasten.json' };
}
