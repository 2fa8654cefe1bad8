import { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  apiRoute,
  getPage,
  html as answerHtml,
  postPage,
  redirect,
  type Answer,
  type AnyRoute,
  type FormVisit,
  type Upload,
  type Visit,
} from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { textArea } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Finding } from '../application/lint-finding.ts';
import { checkPackage, publishPackage, type PackageCheck, type PublishingContext } from '../application/publish-package.ts';
import { publishTexts } from './publish-texts.ts';

const ADMINISTRATION = ['administration'] as const;
const PATH = '/verwaltung/fassungen/neu';
type Staff = Extract<Actor, { kind: 'staff' }>;
type Frame = (visit: Visit) => PageView;

/** A new version goes live in the running city: checked first, by administration only. */
export function publishPages(ctx: PublishingContext, frame: Frame): AnyRoute[] {
  return [
    getPage(PATH, ADMINISTRATION, async (visit) => answerHtml(publishPage(frame(visit), {}))),
    postPage(PATH, ADMINISTRATION, async (visit) => posted(ctx, frame, visit)),
    ...publishApi(ctx),
  ];
}

const finding = z.object({ level: z.enum(['error', 'warning']), file: z.string(), line: z.number().int(), column: z.number().int(), message: z.string() });
const change = z.object({ area: z.string(), kind: z.string(), what: z.string(), unsafe: z.string().nullable() });

function publishApi(ctx: PublishingContext): AnyRoute[] {
  const common = { method: 'post', access: ADMINISTRATION, tag: 'Verwaltung', upload: true } as const;
  return [
    apiRoute({
      ...common,
      path: '/api/services/checks',
      summary: 'Prüft eine neue Fassung einer Leistung (ZIP) und sagt, was sich ändert; veröffentlicht wird nichts',
      output: z.object({
        key: z.string(),
        version: z.string().nullable(),
        inForce: z.string().nullable(),
        publishable: z.boolean(),
        obstacle: z.string().nullable(),
        findings: z.array(finding),
        diff: z.object({ safe: z.boolean(), changes: z.array(change) }).nullable(),
      }),
      handle: async ({ files, lang }) => {
        const file = fileOf(files, lang);
        if (!file.ok) return file;
        const done = await checkPackage(ctx, file.value);
        return done.ok ? ok(presented(done.value)) : done;
      },
    }),
    apiRoute({
      ...common,
      path: '/api/services/publications',
      status: 201,
      summary: 'Setzt eine neue Fassung einer Leistung (ZIP, Felder file und reason) in Kraft; laufende Vorgänge behalten ihre',
      output: z.object({ key: z.string(), version: z.string(), hash: z.string(), replaced: z.string().nullable() }),
      handle: async ({ actor, files, fields, lang }) => {
        const file = fileOf(files, lang);
        if (!file.ok) return file;
        const done = await publishPackage(ctx, actor as Staff, file.value, fields.get('reason') ?? '');
        return done.ok ? ok({ ...done.value, replaced: done.value.replaced ?? null }) : done;
      },
    }),
  ];
}

const presented = ({ key, version, inForce, obstacle, findings, diff }: PackageCheck) => ({
  key,
  version: version ?? null,
  inForce: inForce ?? null,
  publishable: obstacle === undefined,
  obstacle: obstacle ?? null,
  findings: [...findings],
  diff: diff === undefined ? null : { safe: diff.safe, changes: diff.changes.map(({ unsafe, ...one }) => ({ ...one, unsafe: unsafe ?? null })) },
});

function fileOf([file]: readonly Upload[], lang: Lang) {
  const t = publishTexts(lang);
  if (file === undefined || file.bytes.byteLength === 0) return refuse(invalidField('file', t.missing));
  return file.tooLarge ? refuse({ kind: 'too-large' as const, detail: t.tooLarge, fields: [{ field: 'file', message: t.tooLarge }] }) : ok(file.bytes);
}

async function posted(ctx: PublishingContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const view = frame(visit);
  const reason = visit.fields.get('reason') ?? '';
  const file = fileOf(visit.files, visit.lang);
  if (!file.ok) return answerHtml(publishPage(view, { reason, problem: file.problem }), problemStatus(file.problem));
  const wanted = visit.fields.get('what') === 'publish';
  const done = wanted ? await publishPackage(ctx, visit.actor as Staff, file.value, reason) : undefined;
  if (done?.ok === true) return redirect(`/verwaltung/leistungen/${encodeURIComponent(done.value.key)}`);
  const check = await checkPackage(ctx, file.value);
  const problem = check.ok ? done?.problem : check.problem;
  // what the check says stands in its own table
  const shown = {
    reason,
    ...(check.ok && { check: check.value }),
    ...(problem !== undefined && !(check.ok && check.value.obstacle !== undefined) && { problem }),
  };
  const status = problem === undefined ? (check.ok && check.value.obstacle !== undefined ? 422 : 200) : problemStatus(problem);
  return answerHtml(publishPage(view, shown), status);
}

interface Shown {
  readonly reason?: string;
  readonly problem?: Problem;
  readonly check?: PackageCheck;
}

function publishPage(view: PageView, { reason = '', problem, check }: Shown): Html {
  const { lang } = view;
  const t = publishTexts(lang);
  const fields = problem?.fields ?? [];
  const fileError = fields.find((one) => one.field === 'file')?.message ?? (problem !== undefined && problem.fields === undefined ? problem.detail : undefined);
  const main = html`${errorSummary(fileError === undefined ? fields : [{ field: 'file', message: fileError }], lang)}
${pageTitle(t.title, { lead: t.lead })}
${check === undefined ? '' : checked(check, lang)}
${form(
  { action: PATH, multipart: true },
  html`${fileField({ name: 'file', label: t.file, lang, accept: ['.zip'], maxMegabytes: 25, ...(fileError !== undefined && { error: fileError }) })}
${textArea({ name: 'reason', label: t.reason, hint: t.reasonHint, lang, rows: 2, value: reason, ...errorOf(fields, 'reason') })}
${buttonRow(button({ label: t.check, kind: 'secondary', name: 'what', value: 'check' }), button({ label: t.publish, name: 'what', value: 'publish' }))}`,
)}`;
  return page(view, { title: t.title, main, wide: true, hasErrors: problem !== undefined });
}

function checked({ key, version, inForce, findings, diff, obstacle }: PackageCheck, lang: Lang): Html {
  const t = publishTexts(lang);
  const verdict =
    obstacle === undefined
      ? alert('success', t.ready(key, version!), t.readyHint, { live: true })
      : alert('danger', t.not, html`<span lang="de">${obstacle}</span>`, { live: true });
  const table = dataTable<Finding>(
    [
      { label: t.place, rowHeader: true, cell: ({ file, line, column }) => `${file}:${line}:${column}` },
      { label: t.kind, cell: ({ level }) => (level === 'error' ? t.error : t.warning) },
      { label: t.message, cell: ({ message }) => html`<span lang="de">${message}</span>` },
    ],
    findings,
    { caption: t.findings, lang, dense: true, empty: t.clean },
  );
  const changes =
    diff === undefined || inForce === undefined || version === undefined
      ? inForce === undefined
        ? alert('info', t.isNew)
        : ''
      : section(
          t.changes(inForce, version),
          diff.changes.length === 0
            ? html`<p class="kern-body">${t.same}</p>`
            : html`<ul class="kern-list" lang="de">${diff.changes.map(({ area, what, unsafe }) => html`<li>${area}: ${what}${unsafe === undefined ? '' : html` <strong>${unsafe}</strong>`}</li>`)}</ul>`,
        );
  return html`${verdict}${table}${changes}`;
}
