import { formatInstant } from '../../../platform/ui/formats.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { button, buttonForm, buttonRow } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { describePosition } from '../../../platform/ui/map-input.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import type { Desk, DeskComment, DeskRow } from '../application/desk.ts';
import type { Contribution } from '../domain/contribution.ts';
import type { Action } from '../domain/moderate.ts';
import { deskTexts } from './desk-texts.ts';
import type { Refused } from './desk-pages.ts';
import { paragraphs } from './frame.ts';
import { choicesOf, HIDING_TEXTS, publicTexts, REPORT_TEXTS } from './public-texts.ts';

const STATE_KIND = { waiting: 'warning', published: 'success', hidden: 'neutral', merged: 'neutral', deleted: 'neutral' } as const;

interface Place {
  readonly base: string;
  /** The view to come back to. */
  readonly view: string;
  readonly lang: Lang;
  readonly refused: Refused | undefined;
}

/** One contribution on the desk, with what can be done about it. */
export function deskRow(
  { participation, mayAct }: Desk,
  { contribution, comments, reports, offered }: DeskRow,
  view: string,
  lang: Lang,
  refused: Refused | undefined,
): Html {
  const t = deskTexts(lang);
  const p = publicTexts(lang);
  const at: Place = { base: `/amt/beteiligung/${participation.key}`, view, lang, refused };
  const { lon, lat, number, state, checked } = contribution;
  const facts = [
    p.number(number),
    participation.categories.find(({ id }) => id === contribution.category)?.name ?? contribution.category,
    formatInstant(lang, contribution.submittedAt),
    contribution.district ?? '',
    lon === null || lat === null ? p.noPlace : describePosition({ lon, lat }, lang),
    p.supportCount(contribution.support),
  ].filter((fact) => fact !== '');
  const told = reports.map(({ commentId, reason, text }) => {
    const on = commentId === null ? p.thisContribution : p.commentOf(comments.findIndex(({ id }) => id === commentId) + 1);
    return html`<li>${on}: ${REPORT_TEXTS[reason][lang]}${text === '' ? '' : html`: <span class="k-typed" lang="de">${text}</span>`}</li>`;
  });
  return html`<li class="k-statement" id="b-${number}"><h2 class="k-statement__head kern-title"><span lang="de">${contribution.title}</span> ${badge(STATE_KIND[state], t[state])}${checked ? '' : html` ${badge('info', t.newHere)}`}</h2>
<p class="k-muted">${facts.join(' · ')}</p><div lang="de">${paragraphs(contribution.text)}</div>
${contribution.hasPicture ? html`<p><img class="k-contribution__picture" src="/beteiligung/${participation.key}/beitrag/${number}/bild" alt="${p.picture}: ${contribution.title}"></p>` : ''}
${contribution.hiddenBecause === null ? '' : html`<p class="kern-body"><strong>${t.hidden}:</strong> ${HIDING_TEXTS[contribution.hiddenBecause][lang]}${contribution.hiddenNote === null ? '' : html`. <span lang="de">${contribution.hiddenNote}</span>`}</p>`}
${contribution.answer === null ? '' : html`<p class="kern-body"><strong>${t.answerText}:</strong></p><div lang="de">${paragraphs(contribution.answer)}</div>`}
${told.length === 0 ? '' : html`<h3 class="kern-title">${t.reports}</h3><ul class="kern-list">${told}</ul>`}
${mayAct ? html`<div class="k-desk-actions">${offered.map((action) => actionPart(action, contribution, at))}</div>` : ''}
${comments.length === 0 ? '' : html`<h3 class="kern-title">${p.comments}</h3><ol class="k-statements">${comments.map((one, index) => commentRow(one, index, mayAct, at))}</ol>`}</li>`;
}

function actionPart(action: Action, { id, number, answer, hasPicture }: Contribution, { base, view, lang, refused }: Place): Html {
  const t = deskTexts(lang);
  const to = `${base}/beitrag/${id}`;
  // what the officer has before them: a picture may come while they read
  const hidden = { action, ansicht: view, ...(hasPicture ? { bild: 'ja' } : {}) };
  const mine = refused?.id === id && refused.fields.get('action') === action ? refused : undefined;
  const typed = (name: string): string => mine?.fields.get(name) ?? '';
  const named = (name: string): string => `f-${name}-${number}`;
  const context = publicTexts(lang).number(number);
  const inner = (fields: Html): Html =>
    accordion(
      t[action],
      html`<form class="k-form" method="post" action="${to}" data-guard>${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}${fields}${buttonRow(button({ label: t[action], kind: 'secondary', small: true, context }))}</form>`,
      { open: mine !== undefined },
    );
  switch (action) {
    case 'publish':
      return buttonForm(to, { label: t.publish, small: true, icon: 'check', context }, hidden);
    case 'keep':
      return buttonForm(to, { label: t.keep, kind: 'secondary', small: true, context }, hidden);
    case 'hide':
      return inner(html`${reasonSelect(named('because'), typed('because'), lang)}${area(named('note'), 'note', t.note, typed('note'))}`);
    case 'merge':
      return inner(
        html`<div class="kern-form-input"><label class="kern-label" for="${named('into')}">${t.mergeInto}</label><div class="kern-hint" id="${named('into')}-hint">${t.mergeHint}</div><input class="kern-form-input__input k-width-s" id="${named('into')}" name="into" inputmode="numeric" value="${typed('into')}" aria-describedby="${named('into')}-hint"></div>`,
      );
    case 'answer':
      return inner(area(named('text'), 'text', t.answerText, mine === undefined ? (answer ?? '') : typed('text'), t.answerHint));
  }
}

function reasonSelect(id: string, value: string, lang: Lang): Html {
  const options = choicesOf(HIDING_TEXTS, lang).map(({ value: key, label }) =>
    key === value ? html`<option value="${key}" selected>${label}</option>` : html`<option value="${key}">${label}</option>`,
  );
  return html`<div class="kern-form-input"><label class="kern-label" for="${id}">${deskTexts(lang).because}</label><div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" id="${id}" name="because">${options}</select></div></div>`;
}

/** Many forms stand on one page: each field has an id of its own row. */
function area(id: string, name: string, label: string, value: string, hint?: string): Html {
  return html`<div class="kern-form-input"><label class="kern-label" for="${id}">${label}</label>${hint === undefined ? '' : html`<div class="kern-hint">${hint}</div>`}<textarea class="kern-form-input__input" id="${id}" name="${name}" rows="4">
${value}</textarea></div>`;
}

function commentRow(one: DeskComment, index: number, mayAct: boolean, { base, view, lang }: Place): Html {
  const t = deskTexts(lang);
  const p = publicTexts(lang);
  const to = `${base}/kommentar/${one.id}`;
  const context = p.commentOf(index + 1);
  const parts = one.offered.map((action) =>
    action === 'hide'
      ? accordion(
          t.hide,
          html`<form class="k-form" method="post" action="${to}" data-guard><input type="hidden" name="action" value="hide"><input type="hidden" name="ansicht" value="${view}">${reasonSelect(`f-because-${one.id}`, '', lang)}${buttonRow(button({ label: t.hide, kind: 'secondary', small: true, context }))}</form>`,
        )
      : buttonForm(to, { label: t[action], kind: 'secondary', small: true, context }, { action, ansicht: view }),
  );
  return html`<li class="k-statement"><p class="k-statement__head"><strong>${context}</strong> ${badge(STATE_KIND[one.state], t[one.state])}${one.checked ? '' : html` ${badge('info', t.newHere)}`} <span class="k-muted">${formatInstant(lang, one.submittedAt)}</span></p><div lang="de">${paragraphs(one.text)}</div>${mayAct ? html`<div class="k-desk-actions">${parts}</div>` : ''}</li>`;
}
