import { parseId } from '../../../kernel/id.ts';
import { getPage, html as answerHtml, problemPage, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { linkButton } from '../../../platform/ui/form-frame.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page as wholePage, pageTitle } from '../../../platform/ui/page.ts';
import { factList } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { SheetsContext } from '../application/context.ts';
import { openSheet } from '../application/open-sheet.ts';
import { compareSheets, type ComparedSheets } from '../application/pictures.ts';
import { addressOf, isOfficer, NOT_FOUND, numberOf, OFFICERS, type Frame } from './sheet-pages.ts';
import { sheetBase } from './sheet-view.ts';
import { sheetTexts } from './texts.ts';

/** Two versions of a sheet, laid upon each other. */
export function comparePages(ctx: SheetsContext, frame: Frame): AnyRoute[] {
  return (['eingang', 'vorgang'] as const).flatMap((area) => {
    const at = `/${area}/:id/unterlagen/:uploadId/vergleich/:beforeId`;
    const access = area === 'eingang' ? OFFICERS : 'citizen';
    return [
      getPage(at, access, async (visit) => {
        const compared = await compare(ctx, visit, numberOf(visit.query.get('seite'), 1));
        if (compared.ok) return answerHtml(comparePage(frame(visit), compared.value, isOfficer(visit)));
        if (compared.problem.kind !== 'invalid-input') return problemPage(compared.problem);
        return unreadable(ctx, frame, visit, compared.problem.detail);
      }),
      getPage(`${at}/bild/:page`, access, async (visit) => {
        const compared = await compare(ctx, visit, numberOf(visit.params['page']));
        if (!compared.ok) return problemPage(compared.problem);
        return { kind: 'file', bytes: compared.value.png, mediaType: 'image/png', fileName: 'vergleich.png', inline: true };
      }),
    ];
  });
}

async function compare(ctx: SheetsContext, visit: Visit, page: number) {
  const [at, beforeId] = [addressOf(visit), parseId(visit.params['beforeId'] ?? '')];
  if (at === undefined || beforeId === undefined) return { ok: false as const, problem: NOT_FOUND };
  return compareSheets(ctx, visit.actor, { ...at, beforeId }, page);
}

/** One of the two cannot be drawn: a sentence, and the way back. */
async function unreadable(ctx: SheetsContext, frame: Frame, visit: Visit, detail: string) {
  const at = addressOf(visit)!;
  const opened = await openSheet(ctx, visit.actor, at.caseId, at.uploadId);
  if (!opened.ok) return problemPage(opened.problem);
  const view = frame(visit);
  const t = sheetTexts(view.lang);
  const back = linkButton({ label: opened.value.document.fileName, href: sheetBase(isOfficer(visit), at.caseId, at.uploadId), kind: 'secondary' });
  return answerHtml(wholePage(view, { title: t.comparing, main: html`${pageTitle(t.comparing)}${alert('warning', t.notShown, detail)}<p>${back}</p>` }));
}

function comparePage(view: PageView, { sheet, before, page, count, areas }: ComparedSheets, officer: boolean): Html {
  const { lang } = view;
  const t = sheetTexts(lang);
  const { document, view: found } = sheet;
  const base = sheetBase(officer, found.id, document.id);
  const here = `${base}/vergleich/${before.id}`;
  const version = (one: typeof document): Html =>
    html`<a class="kern-link" href="${sheetBase(officer, found.id, one.id)}">${one.fileName}, ${t.versionOf(one.version)}</a>, ${formatInstant(lang, one.uploadedAt)}`;
  const link = (to: number): Html => linkButton({ label: t.page(to, count), href: `${here}?seite=${to}`, kind: 'tertiary', small: true });
  const main = html`${pageTitle(t.comparing, { preline: document.label[lang], lead: t.differences(areas) })}
${factList([
  { label: t.older, value: version(before) },
  { label: t.newer, value: version(document) },
])}
${count === 1 ? '' : html`<nav class="k-buttons" aria-label="${t.pages}">${page > 1 ? link(page - 1) : ''}<strong aria-current="page">${t.page(page, count)}</strong>${page < count ? link(page + 1) : ''}</nav>`}
<p class="kern-body">${t.colours}</p>
<div class="k-sheet__scroll" tabindex="0" role="region" aria-label="${t.scroll}"><img class="k-sheet__compared" src="${here}/bild/${page}" alt="${t.comparedPicture(page)}"></div>`;
  return wholePage(view, {
    title: `${t.comparing}: ${document.fileName}`,
    main,
    wide: true,
    breadcrumb: [
      { label: found.fileNumber, href: `/${officer ? 'eingang' : 'vorgang'}/${found.id}` },
      { label: document.fileName, href: base },
      { label: t.comparing },
    ],
  });
}
