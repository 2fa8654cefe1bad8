import { problemStatus } from '../../../platform/http/problem.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import {
  getPage,
  html as answerHtml,
  LAGE_ACCESS,
  postPage,
  problemPage,
  redirect,
  type AnyRoute,
  type Answer,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { FeedsContext } from '../application/context.ts';
import { IMPORT_MEGABYTES, importedKinds, importFile, previewImport, textOfImport } from '../application/import-file.ts';
import { sourcesOf, type SourceDetails } from '../application/sources.ts';
import type { Encoding } from '../domain/file-text.ts';
import type { ReadImport } from '../domain/import.ts';
import { feedTexts } from './texts.ts';

type Frame = (visit: Visit, view: SourceDetails['view']) => PageView;

/** What was typed and what came of it. */
interface Typed {
  readonly fields: URLSearchParams;
  readonly text: string;
  readonly problem?: Problem;
  readonly read?: ReadImport;
  /** How the file is written, as far as it was a file. */
  readonly encoding?: Encoding;
}

const NO_TEXT = invalidField('file', 'Das ist keine Textdatei. Speichern Sie die Tabelle als CSV, oder nehmen Sie GeoJSON.');

/** The page that takes in a file: first it shows what it has read. */
export function importPages(ctx: FeedsContext, frame: Frame): AnyRoute[] {
  return [
    getPage('/lagen/:key/quellen/datei', LAGE_ACCESS, (visit) => importPage(ctx, frame, visit)),
    postPage('/lagen/:key/quellen/datei', LAGE_ACCESS, async (visit) => take(ctx, frame, visit)),
  ];
}

async function take(ctx: FeedsContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const key = visit.params['key'] ?? '';
  const { fields, files } = visit;
  const [file] = files.filter(({ bytes, tooLarge }) => bytes.byteLength > 0 || tooLarge);
  // the file itself is gone with the next page, so its words stay in the form
  const told = file === undefined ? { text: fields.get('text') ?? '', encoding: undefined } : textOfImport(file.bytes);
  if (told === undefined) return importPage(ctx, frame, visit, { fields, text: '', problem: NO_TEXT });
  const { text, encoding } = told;
  const get = (name: string): string => (fields.get(name) ?? '').trim();
  const mapping = {
    kind: get('kind'),
    title: get('title'),
    lon: get('lon') || 'lon',
    lat: get('lat') || 'lat',
    ...(get('time') === '' ? {} : { time: get('time') }),
  };
  const input = { name: file?.fileName ?? get('name'), text, mapping, ...(encoding === undefined ? {} : { encoding }) };
  if (fields.get('action') === 'take') {
    const done = await importFile(ctx, visit.actor, key, input);
    return done.ok ? redirect(`/lagen/${key}/quellen/${done.value.sourceId}`) : importPage(ctx, frame, visit, { fields, text, problem: done.problem });
  }
  const read = await previewImport(ctx, visit.actor, key, input);
  if (file !== undefined) fields.set('name', file.fileName);
  return importPage(ctx, frame, visit, {
    fields,
    text,
    ...(encoding === undefined ? {} : { encoding }),
    ...(read.ok ? { read: read.value } : { problem: read.problem }),
  });
}

async function importPage(ctx: FeedsContext, frame: Frame, visit: Visit, typed?: Typed): Promise<Answer> {
  const found = await sourcesOf(ctx, visit.actor, visit.params['key'] ?? '', { limit: 1 });
  if (!found.ok) return problemPage(found.problem);
  const { view: entered } = found.value;
  if (!entered.rights.has('feeds')) return problemPage({ kind: 'not-allowed', detail: 'Dateien übernehmen S2, S6 und die Leitung.' });
  const view = frame(visit, entered);
  const { lang } = view;
  const t = feedTexts(lang);
  const problem = typed?.problem;
  const summary = problem === undefined ? '' : errorSummary(problem.fields ?? [], lang, problem.fields === undefined ? problem.detail : undefined);
  const main = html`${summary}${pageTitle(t.importFile, { lead: t.importLead })}${typed?.read === undefined ? '' : preview(typed.read, typed.encoding, lang)}${importForm(`/lagen/${entered.lage.key}/quellen/datei`, typed, lang)}`;
  const breadcrumb = [
    { label: entered.lage.title, href: `/lagen/${entered.lage.key}` },
    { label: t.sources, href: `/lagen/${entered.lage.key}/quellen` },
    { label: t.importFile },
  ];
  return answerHtml(
    page(view, { title: t.importFile, main, wide: true, hasErrors: problem !== undefined, breadcrumb }),
    problem === undefined ? 200 : problemStatus(problem),
  );
}

const SHOWN = 20;

function preview({ things, mistakes, columns }: ReadImport, encoding: Encoding | undefined, lang: Lang): Html {
  const t = feedTexts(lang);
  const right = dataTable<ReadImport['things'][number]>(
    [
      { label: t.line, numeric: true, cell: ({ line }) => line },
      { label: t.name, rowHeader: true, cell: ({ title }) => title },
      { label: t.kind, cell: ({ geometry }) => geometry?.type ?? '' },
      {
        label: t.columns,
        cell: ({ facts }) =>
          Object.entries(facts)
            .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
            .join(', ')
            .slice(0, 200),
      },
    ],
    things.slice(0, SHOWN),
    { caption: t.preview, lang, dense: true },
  );
  const wrong = dataTable<ReadImport['mistakes'][number]>(
    [
      { label: t.line, numeric: true, cell: ({ line }) => line },
      { label: t.mistake, rowHeader: true, cell: ({ message }) => html`<span lang="de">${message}</span>` },
    ],
    mistakes.slice(0, SHOWN * 5),
    { caption: t.mistake, lang, dense: true },
  );
  const kind = things.length === 0 ? 'danger' : mistakes.length === 0 ? 'success' : 'warning';
  return html`${alert(kind, t.found(things.length, mistakes.length), `${t.columns}: ${columns.join(', ').slice(0, 500)}${encoding === undefined ? '' : `. ${t.encoding(encoding)}`}`)}${things.length === 0 ? '' : right}${mistakes.length === 0 ? '' : wrong}`;
}

function importForm(action: string, typed: Typed | undefined, lang: Lang): Html {
  const t = feedTexts(lang);
  const field = (name: string, standard = '') => ({
    name,
    lang,
    value: typed === undefined ? standard : (typed.fields.get(name) ?? ''),
    ...errorOf(typed?.problem?.fields ?? [], name),
  });
  return form(
    { action, multipart: true, hidden: { name: typed?.fields.get('name') ?? '' } },
    html`${fileField({ ...field('file'), label: t.file, maxMegabytes: IMPORT_MEGABYTES, required: false })}
${textArea({ ...field('text'), value: typed?.text ?? '', label: t.content, rows: 8, required: false })}
${selectField({ ...field('kind'), label: t.what, options: importedKinds.map((value) => ({ value, label: t[value] })) })}
${textField({ ...field('title', 'name'), label: t.titleColumn, maxLength: 100 })}${textField({ ...field('lon', 'lon'), label: t.lonColumn, maxLength: 100, required: false })}
${textField({ ...field('lat', 'lat'), label: t.latColumn, maxLength: 100, required: false })}${textField({ ...field('time'), label: t.timeColumn, maxLength: 100, required: false })}
${buttonRow(button({ label: t.preview, kind: 'secondary', name: 'action', value: 'preview' }), button({ label: t.take, name: 'action', value: 'take' }))}`,
  );
}
