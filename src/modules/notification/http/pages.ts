import type { Problem } from '../../../kernel/problem.ts';
import type { Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { checkboxGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonForm, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { selectField, textField } from '../../../platform/ui/form.ts';
import { formatDate, formatInstant } from '../../../platform/ui/formats.ts';
import { html, LANG_NAMES, LANGS, type Html, type Lang } from '../../../platform/ui/html.ts';
import { pageTitle } from '../../../platform/ui/page.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import type { NoticeSettings } from '../application/preferences.ts';
import type { Expiry } from '../domain/reminders.ts';
import { noticeTexts } from './texts.ts';

export const NOTICES_PATH = '/konto/benachrichtigungen';

/** What the page knows beside the settings. */
export interface NoticePage {
  readonly settings: NoticeSettings;
  readonly ending: readonly Expiry[];
  readonly publicKey: string;
  readonly sms: 'none' | 'real' | 'demo';
  readonly problem?: Problem;
  readonly saved?: boolean;
}

/** What ends soon, and how the person hears of it. */
export function noticePage(visit: Visit, page: NoticePage): Html {
  const t = noticeTexts(visit.lang);
  const { fields = [], detail } = page.problem ?? {};
  return html`${errorSummary(fields, visit.lang, fields.length === 0 ? detail : undefined) ?? ''}${pageTitle(t.title, { lead: t.lead })}
${page.saved === true ? alert('success', t.saved, undefined, { live: true }) : ''}
${section(t.ending, endingPart(visit.lang, page.ending))}
${section(t.ways, waysForm(visit.lang, page))}
${section(t.devices, devicesPart(visit.lang, page))}
${page.sms === 'none' ? '' : section(t.phone, phonePart(visit.lang, page))}`;
}

function endingPart(lang: Lang, ending: readonly Expiry[]): Html {
  const t = noticeTexts(lang);
  if (ending.length === 0) return html`<p class="kern-body">${t.endingNone}</p>`;
  return dataTable<Expiry>(
    [
      { label: t.what, rowHeader: true, cell: (one) => html`<a class="kern-link" href="${one.path}">${t[one.kind]}: ${one.about[lang]}</a>` },
      { label: t.until, cell: (one) => formatDate(lang, one.day) },
      { label: t.next, cell: (one) => nextPart(lang, one) },
    ],
    ending,
    { caption: t.ending, captionHidden: true, lang },
  );
}

/** How to go on, named with what it is about: several rows may offer the same. */
function nextPart(lang: Lang, { next, about }: Expiry): Html {
  if (next === undefined) return html`–`;
  const label = noticeTexts(lang)[next.how];
  if (next.how === 'behalten') return buttonForm(next.path, { label, kind: 'tertiary', small: true, context: about[lang] });
  return linkButton({ label, href: next.path, kind: 'tertiary', context: about[lang] });
}

function waysForm(lang: Lang, { settings, sms, problem }: NoticePage): Html {
  const t = noticeTexts(lang);
  const { preferences, address } = settings;
  const options = [
    { value: 'mail', label: t.mail, hint: t.mailHint },
    { value: 'push', label: t.push },
    ...(sms === 'none' ? [] : [{ value: 'sms', label: t.sms }]),
    { value: 'reminders', label: t.reminders },
  ];
  const values = (['mail', 'push', 'sms', 'reminders'] as const).filter((way) => preferences[way]);
  return html`${address === undefined ? alert('warning', t.noAddress) : html`<p class="kern-body">${t.mailTo}: ${address}</p>`}
${form({ action: NOTICES_PATH }, [
  checkboxGroup({ name: 'ways', label: t.ways, lang, options, values, required: false }),
  hourField(lang, 'quietFrom', preferences.quiet?.from, problem),
  hourField(lang, 'quietUntil', preferences.quiet?.until, problem),
  selectField({
    name: 'lang',
    label: t.language,
    hint: t.languageHint,
    lang,
    value: preferences.lang,
    options: LANGS.map((value) => ({ value, label: LANG_NAMES[value] })),
  }),
  button({ label: t.save }),
])}`;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

function hourField(lang: Lang, name: 'quietFrom' | 'quietUntil', chosen: number | undefined, problem: Problem | undefined): Html {
  const t = noticeTexts(lang);
  return selectField({
    name,
    label: t[name],
    lang,
    required: false,
    empty: t.quietNone,
    ...(name === 'quietFrom' ? { hint: t.quietHint } : {}),
    ...(chosen === undefined ? {} : { value: String(chosen) }),
    options: HOURS.map((hour) => ({ value: String(hour), label: `${hour} ${t.clock}` })),
    ...errorOf(problem?.fields ?? [], name),
  });
}

function devicesPart(lang: Lang, { settings, publicKey }: NoticePage): Html {
  const t = noticeTexts(lang);
  const table = dataTable<NoticeSettings['devices'][number]>(
    [
      { label: t.device, rowHeader: true, cell: ({ deviceKind }) => deviceKind ?? t.unknown },
      { label: t.since, cell: ({ createdAt }) => formatInstant(lang, createdAt) },
      { label: t.used, cell: ({ usedAt }) => (usedAt === null ? '–' : formatInstant(lang, usedAt)) },
      {
        label: t.remove,
        cell: ({ id, deviceKind }) =>
          buttonForm(`${NOTICES_PATH}/geraete/${id}/entfernen`, { label: t.remove, kind: 'tertiary', small: true, context: deviceKind ?? t.unknown }),
      },
    ],
    settings.devices,
    { caption: t.devices, captionHidden: true, lang, empty: t.devicesNone },
  );
  return html`${table}<kontor-push data-key="${publicKey}" data-label="${t.subscribe}" data-next="${NOTICES_PATH}?gespeichert=1"></kontor-push>
<noscript><p class="kern-body">${t.needsScript}</p></noscript>`;
}

function phonePart(lang: Lang, { settings, sms, problem }: NoticePage): Html {
  const t = noticeTexts(lang);
  const { phone, waitingPhone } = settings;
  const errors = problem?.fields ?? [];
  const ask = form({ action: `${NOTICES_PATH}/telefon` }, [
    textField({ name: 'number', label: t.number, hint: t.numberHint, lang, type: 'tel', autocomplete: 'tel', ...errorOf(errors, 'number') }),
    button({ label: t.sendCode, kind: 'secondary' }),
  ]);
  const confirm =
    waitingPhone === undefined
      ? ''
      : html`${alert('info', `${t.codeSent} ${waitingPhone}`)}${form({ action: `${NOTICES_PATH}/telefon/bestaetigen` }, [
          textField({ name: 'code', label: t.code, hint: t.codeHint, lang, autocomplete: 'one-time-code', inputmode: 'numeric', ...errorOf(errors, 'code') }),
          button({ label: t.confirm }),
        ])}`;
  return html`${sms === 'demo' ? html`${alert('info', t.demoSms)}<p>${linkButton({ label: t.demoSmsLink, href: '/demo/sms', kind: 'tertiary' })}</p>` : ''}
<p class="kern-body">${t.phoneText}</p>
${phone === undefined ? '' : html`${factList([{ label: t.phoneHas, value: phone }])}${buttonForm(`${NOTICES_PATH}/telefon/entfernen`, { label: t.removePhone, kind: 'tertiary' })}`}
${confirm}${ask}`;
}

/** Turning reminders off by a mail's link: a button, so that a scanner that opens links turns nothing off. */
export function remindersOffPage(visit: Visit, token: string): Html {
  const t = noticeTexts(visit.lang);
  return html`${pageTitle(t.offTitle)}<p class="kern-body">${t.offText}</p>${buttonForm(`/benachrichtigungen/abmelden/${token}`, { label: t.off })}`;
}

export function remindersOffDonePage(visit: Visit): Html {
  const t = noticeTexts(visit.lang);
  return html`${pageTitle(t.offDone)}<p class="kern-body">${t.offDoneText}</p><p>${linkButton({ label: t.toPage, href: NOTICES_PATH, kind: 'secondary' })}</p>`;
}
