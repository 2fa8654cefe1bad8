import type { Actor } from '../../../kernel/actor.ts';
import { formatBytes, formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { CaseDocument, CaseView, SheetsContext } from '../application/context.ts';
import { isDrawable, seenCase } from '../application/open-sheet.ts';
import { compareHref, sheetBase } from './sheet-view.ts';
import { sheetTexts } from './texts.ts';

/** What the applicant has handed in, on the page of the case: every version, to look at and to compare. */
export async function documentsPanel(ctx: SheetsContext, actor: Actor, caseId: string, lang: Lang): Promise<Html | undefined> {
  const view = await seenCase(ctx, actor, caseId);
  if (!view.ok || view.value.documents.length === 0) return undefined;
  const rows = view.value.documents.toReversed();
  return section(sheetTexts(lang).documents, html`<ul class="k-files">${rows.map((one) => row(view.value, one, lang))}</ul>`, { id: 'unterlagen' });
}

function row(view: CaseView, one: CaseDocument, lang: Lang): Html {
  const t = sheetTexts(lang);
  const former = view.documents.find(({ id }) => id === one.former);
  const name = isDrawable(one)
    ? html`<a class="kern-link k-file__name" href="${sheetBase(false, view.id, one.id)}">${one.fileName}</a>`
    : html`<span class="k-file__name">${one.fileName}</span>`;
  const compare =
    former === undefined || !isDrawable(one) || !isDrawable(former)
      ? ''
      : html` <a class="kern-link" href="${compareHref(false, view.id, one, former)}">${t.compare}<span class="kern-sr-only">: ${one.fileName}, ${t.versionOf(one.version)}</span></a>`;
  return html`<li class="k-file"><div class="k-file__text">${name}<span class="k-file__facts">${one.label[lang]}, ${t.versionOf(one.version)} (${one.current ? t.newest : t.replaced}), ${formatInstant(lang, one.uploadedAt)}, ${formatBytes(lang, one.sizeBytes)}</span>${compare}</div></li>`;
}
