import type { FieldProblem } from '../../../kernel/problem.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { stepper } from '../../../platform/ui/components.ts';
import { button, buttonForm, buttonRow, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { drawnFields, itemCount, shownStand, type DrawnField } from '../application/drawn-fields.ts';
import type { HelpedPage } from '../application/helped-page.ts';
import type { Assistance } from '../domain/assistance.ts';
import { deskTexts } from './desk-texts.ts';
import { clockTime } from './frame.ts';

export const pathOfHelp = (id: string): string => `/lotsen/hilfe/${id}`;
const pagePath = (id: string, { pageId, item }: { pageId: string; item?: number }): string =>
  `${pathOfHelp(id)}/seite/${pageId}${item === undefined ? '' : `?nr=${item}`}`;

type Seen = Pick<HelpedPage, 'assistance' | 'draft' | 'page'>;

interface Told {
  readonly itemIndex?: number;
  readonly problems: readonly FieldProblem[];
  /** Ids of fields that the person changed meanwhile. */
  readonly kept: readonly string[];
}

/** Where a guide goes on after a page: its list, the next page, or back to this one when it was the last. */
export function nextOf(id: string, { draft, page: { id: pageId, repeat } }: Omit<Seen, 'assistance'>): string {
  if (repeat !== undefined) return pagePath(id, { pageId });
  const next = draft.pages[draft.pages.findIndex((one) => one.id === pageId) + 1];
  return next === undefined ? `${pagePath(id, { pageId })}?fertig=1` : pagePath(id, { pageId: next.id });
}

/** A page of the draft as the guide sees it: typable fields as in the form, what is the person's own in words. */
export function helpedPage(view: PageView, seen: Seen, { itemIndex, problems, kept }: Told): Html {
  const { lang } = view;
  const t = deskTexts(lang);
  const { assistance, draft, page: found } = seen;
  const isList = found.repeat !== undefined && itemIndex === undefined;
  const title = isList || found.repeat === undefined ? found.title[lang] : t.item(found.repeat.itemLabel[lang], String(itemIndex! + 1));
  const names = found.fields.filter(({ id }) => kept.includes(id)).map(({ label }) => label[lang]);
  const done = view.url.endsWith('?fertig=1') ? alert('success', t.saved, t.allDone) : '';
  const main = html`${stepper(
    draft.pages.map((one) => ({ label: one.title[lang], href: pagePath(assistance.id, { pageId: one.id }) })),
    draft.pages.findIndex(({ id }) => id === found.id),
    lang,
  )}${errorSummary(problems, lang)}${names.length === 0 ? '' : alert('warning', t.faster(names.join(', ')))}${done}
${pageTitle(title, { preline: draft.pkg.name[lang], ...(found.help === undefined ? {} : { lead: found.help[lang] }) })}
${isList ? itemList(seen, lang) : helpedForm(seen, itemIndex, problems, lang)}`;
  return page({ ...view, band: guideBand(assistance, lang) }, { title: `${title} – ${draft.pkg.name[lang]}`, main, hasErrors: problems.length > 0 });
}

function guideBand({ id, runsUntil }: Assistance, lang: Lang): Html {
  const t = deskTexts(lang);
  return html`<aside class="k-help k-acting" aria-label="${t.help}"><div class="k-acting__inner"><p><strong>${t.band(clockTime(runsUntil!))}</strong> ${t.bandRest} <a class="kern-link" href="">${t.reload}</a></p>${buttonForm(`${pathOfHelp(id)}/beenden`, { label: t.end, kind: 'secondary', small: true })}</div></aside>`;
}

function itemList(seen: Seen, lang: Lang): Html {
  const t = deskTexts(lang);
  const { assistance, page: found } = seen;
  const repeat = found.repeat!;
  const count = itemCount(seen);
  const at = (item: number): string => pagePath(assistance.id, { pageId: found.id, item });
  const links = Array.from(
    { length: count },
    (_, index) => html`<li><a class="kern-link" href="${at(index)}">${t.item(repeat.itemLabel[lang], String(index + 1))}</a></li>`,
  );
  const more = count >= repeat.max ? undefined : linkButton({ label: repeat.addLabel[lang], href: at(count), kind: 'secondary' });
  return html`<ul class="kern-list kern-list--bullet">${links}</ul>${buttonRow(more)}`;
}

function helpedForm(seen: Seen, itemIndex: number | undefined, problems: readonly FieldProblem[], lang: Lang): Html {
  const { assistance, page: found } = seen;
  const fields = drawnFields(seen, { itemIndex, problems, lang }).map((field) => field.control ?? personsOwn(field, lang));
  const action = pagePath(assistance.id, { pageId: found.id, ...(itemIndex === undefined ? {} : { item: itemIndex }) });
  return form({ action, hidden: { stand: shownStand(seen, itemIndex) } }, html`${fields}${buttonRow(button({ label: deskTexts(lang).save }))}`);
}

/** What the guide may not do: said, with whether it is done. */
function personsOwn({ label, own }: DrawnField, lang: Lang): Html {
  const t = deskTexts(lang);
  const state = (): string => {
    if (own?.kind === 'file') return t.filesGiven(String(own.count));
    if (own?.kind === 'confirm') return own.given ? t.ticked : t.notTicked;
    return own?.given === true ? t.placeGiven : t.placeMissing;
  };
  return html`<div class="k-own">${section(label, html`<p class="kern-body">${state()} ${t.personAlone}</p>`)}</div>`;
}
