import { getPage, html as answerHtml, redirect, type Answer, type AnyRoute, type Cookie, type Visit } from '../../../platform/http/route.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { alert, demoMark } from '../../../platform/ui/alert.ts';
import { summaryList } from '../../../platform/ui/components.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { HelperContext } from '../application/context.ts';
import { HELPER_PATH } from '../application/guide.ts';
import { PRACTICE_MINUTES, type PracticeDatum } from '../application/practice.ts';
import { ausweisTexts } from './texts.ts';

export const PRACTICE_PATH = `${HELPER_PATH}/probe`;
/** Must be registered with the provider, to the letter. */
export const PRACTICE_BACK = `${PRACTICE_PATH}/zurueck`;
const BEGIN = `${PRACTICE_PATH}/los`;

/** Ties the provider's answer to the browser that began; gone when the practice ends. */
const COOKIE = 'kontor_probe';
const GONE: Cookie = { name: COOKIE, value: '' };

/** The practice run: a real round trip at a provider with invented cards, that leaves nothing behind. */
export function practicePages(ctx: HelperContext, frame: (visit: Visit) => PageView): AnyRoute[] {
  return [
    getPage(PRACTICE_PATH, 'public', async (visit) => answerHtml(startPage(frame(visit), ctx.practice !== undefined))),
    getPage(
      BEGIN,
      'public',
      async (visit) => {
        if (ctx.practice === undefined) return redirect(PRACTICE_PATH);
        const begun = await ctx.practice.begin(visit.now);
        if (!begun.ok) return failed(frame(visit), begun.problem);
        return redirect(begun.value.url, [{ name: COOKIE, value: begun.value.holder, maxAgeSeconds: PRACTICE_MINUTES * 60 }]);
      },
      { limit: 'sign-in' },
    ),
    getPage(
      PRACTICE_BACK,
      'public',
      async (visit) => {
        if (ctx.practice === undefined) return redirect(PRACTICE_PATH);
        const read = await ctx.practice.finish(visit.now, visit.cookies[COOKIE], new URL(visit.url, ctx.settings.publicUrl));
        return read.ok ? answerHtml(donePage(frame(visit), read.value), 200, [GONE]) : failed(frame(visit), read.problem);
      },
      { limit: 'sign-in' },
    ),
  ];
}

function startPage(view: PageView, available: boolean): Html {
  const t = ausweisTexts(view.lang);
  const main = available
    ? html`${pageTitle(t.practiceTitle, { lead: t.practiceLead, badge: demoMark(t.demo) })}${section(
        t.practiceHow,
        html`<ol class="kern-list kern-list--number"><li>${t.practiceSteps1}</li><li>${t.practiceSteps2}</li><li>${t.practiceSteps3}</li></ol>`,
      )}<p class="kern-body">${t.practiceNothing}</p>${buttonRow(linkButton({ label: t.practiceStart, href: BEGIN }), toHelper(view.lang))}`
    : html`${pageTitle(t.practiceTitle)}${alert('info', t.practiceOff, t.practiceOffBody)}${buttonRow(toHelper(view.lang))}`;
  return page(view, { title: t.practiceTitle, main });
}

function donePage(view: PageView, read: readonly PracticeDatum[]): Html {
  const { lang } = view;
  const t = ausweisTexts(lang);
  const rows = read.map(({ field, value }) => ({ label: t[field], value: shownAs(field, value, lang) }));
  const main = html`${pageTitle(t.practiceDone, { lead: t.practiceDoneLead, badge: demoMark(t.demo) })}${summaryList(rows, lang)}${alert('success', t.practiceGone)}${buttonRow(
    toHelper(lang),
    linkButton({ label: t.practiceAgain, href: PRACTICE_PATH, kind: 'secondary' }),
    linkButton({ label: t.toSignIn, href: '/anmelden', kind: 'secondary' }),
  )}`;
  return page(view, { title: t.practiceDone, main });
}

function shownAs(field: PracticeDatum['field'], value: string, lang: Lang): string {
  const t = ausweisTexts(lang);
  if (field === 'birthDate') return formatDate(lang, Temporal.PlainDate.from(value));
  if (field !== 'level') return value;
  return value === 'einfach' || value === 'substanziell' || value === 'hoch' ? t[value] : value;
}

function failed(view: PageView, problem: Parameters<typeof problemStatus>[0]): Answer {
  const t = ausweisTexts(view.lang);
  const main = html`${pageTitle(t.practiceFailed)}${alert('warning', t.practiceFailed, problem.detail)}${buttonRow(
    linkButton({ label: t.practiceAgain, href: PRACTICE_PATH }),
    toHelper(view.lang),
  )}`;
  return answerHtml(page(view, { title: t.practiceFailed, main, hasErrors: true }), problemStatus(problem), [GONE]);
}

const toHelper = (lang: Lang): Html => linkButton({ label: ausweisTexts(lang).toHelper, href: HELPER_PATH, kind: 'secondary' });
