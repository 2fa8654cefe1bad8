import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html as answerHtml, postPage, problemPage, redirect, type AnyRoute, type Answer, type FormVisit } from '../../../platform/http/route.ts';
import { selectField } from '../../../platform/ui/form.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonRow, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { packageField, readPage, type ServicePackage } from '../../catalogue/public.ts';
import { addOwnDocument, beginCase, begunByAuthority } from '../application/begin-case.ts';
import type { ProcedureContext } from '../application/context.ts';
import { readingOf } from '../application/drafts.ts';
import { notFound } from '../domain/problems.ts';
import { asStaff, OFFICERS } from './api.ts';
import type { Frame, OfficerCase } from './officer-view.ts';

type Answers = Readonly<Record<string, unknown>>;

/** Pages on which an officer begins a case of the authority's own motion, and puts documents into it. */
export function beginPages(ctx: ProcedureContext, frame: Frame): AnyRoute[] {
  return [
    getPage('/eingang/neu/:service', OFFICERS, async (visit) => {
      const pkg = begunByAuthority(ctx, visit.params['service'] ?? '');
      return pkg === undefined ? problemPage(notFound) : answerHtml(beginPage(frame(visit), pkg, {}));
    }),
    postPage('/eingang/neu/:service', OFFICERS, async (visit) => begin(ctx, frame, visit)),
    postPage('/eingang/:id/unterlage', OFFICERS, async (visit) => putDocument(ctx, visit)),
  ];
}

/** All of the package's pages as one: an officer knows the questions. */
function beginPage(view: PageView, pkg: ServicePackage, answers: Answers, refused?: Problem): Html {
  const problems = refused?.fields ?? [];
  const parts = pkg.form.pages.map((one) =>
    section(
      one.title.de,
      html`${one.fields.filter((field) => field.type !== 'file').map((field) => packageField(field, { lang: 'de', value: answers[field.id], problems }))}`,
    ),
  );
  const title = `Verfahren beginnen: ${pkg.name.de}`;
  const main = html`${refused === undefined ? '' : errorSummary(problems, view.lang, problems.length === 0 ? refused.detail : undefined)}
${pageTitle(title, { lead: 'Die Behörde beginnt dieses Verfahren selbst (§ 22 VwVfG). Unterlagen nehmen Sie danach in der Akte auf.' })}
${form({ action: `/eingang/neu/${pkg.key}` }, html`<div lang="de">${parts}</div>${buttonRow(button({ label: 'Verfahren beginnen' }))}`)}`;
  const scripts = pkg.form.pages.some((one) => one.fields.some((field) => field.type === 'position')) ? (['map'] as const) : [];
  return page(view, { title, main, hasErrors: refused !== undefined, scripts, breadcrumb: [{ label: 'Eingang', href: '/eingang' }, { label: title }] });
}

async function begin(ctx: ProcedureContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const pkg = begunByAuthority(ctx, visit.params['service'] ?? '');
  if (pkg === undefined) return problemPage(notFound);
  const reading = readingOf(ctx, [], 'de');
  const answers = pkg.form.pages.reduce<Answers>((before, one) => readPage(one, visit.fields, before, reading).answers, {});
  const begun = await beginCase(ctx, asStaff(visit.actor), { service: pkg.key, answers, lang: 'de' });
  if (begun.ok) return redirect(`/eingang/${begun.value.id}`);
  return answerHtml(beginPage(frame(visit), pkg, answers, begun.problem), problemStatus(begun.problem));
}

async function putDocument(ctx: ProcedureContext, visit: FormVisit): Promise<Answer> {
  const caseId = parseId(visit.params['id'] ?? '');
  const [file] = visit.files;
  if (caseId === undefined) return problemPage(notFound);
  if (file === undefined || file.fileName === '')
    return problemPage({ kind: 'invalid-input', detail: 'Es kam keine Datei an. Gehen Sie zurück und wählen Sie eine aus.' });
  const added = await addOwnDocument(ctx, asStaff(visit.actor), { caseId, ...file, slot: visit.fields.get('slot') ?? '', field: 'file' });
  return added.ok ? redirect(`/eingang/${caseId}#unterlagen`) : problemPage(added.problem);
}

/** On the case page of what the authority began: its own documents. */
export function ownDocumentForm(_view: PageView, { found: { state, pkg }, works }: OfficerCase): Html {
  if (state.accountId !== null || !works || state.decisions.length > 0 || pkg.form.documents.length === 0) return html``;
  const options = pkg.form.documents.map((document) => ({ value: document.id, label: document.label.de }));
  const accept = [...new Set(pkg.form.documents.flatMap((document) => document.accept))];
  const maxMegabytes = Math.max(...pkg.form.documents.map((document) => document.maxMegabytes));
  return form(
    { action: `/eingang/${state.id}/unterlage`, multipart: true },
    html`${selectField({ name: 'slot', lang: 'de', label: 'Welche Unterlage?', options })}
${fileField({ name: 'file', lang: 'de', label: 'Datei', accept, maxMegabytes, multiple: false, files: [] })}
${buttonRow(button({ label: 'In die Akte aufnehmen', kind: 'secondary' }))}`,
  );
}
