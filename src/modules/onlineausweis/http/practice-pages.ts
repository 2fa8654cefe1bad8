import { getPage, html as answerHtml, redirect, type Answer, type AnyRoute, type Cookie, type Visit } from '../../../platform/http/route.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { alert, demoMark } from '../../../platform/ui/alert.ts';
import { summaryList } from '../../../platform/ui/components.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { HelperContext } from '../application/context.ts';
import { HELPER_PATH, helperLanguage, stepAddress, type HelperStep } from '../application/guide.ts';
import { PRACTICE_MINUTES, practiceWords, type PracticeDatum } from '../application/practice.ts';
import { spoken } from './spoken.ts';

export const PRACTICE_PATH = `${HELPER_PATH}/probe`;
/** Must be registered with the provider, to the letter. */
export const PRACTICE_BACK = `${PRACTICE_PATH}/zurueck`;
const BEGIN = `${PRACTICE_PATH}/los`;

/** Ties the provider's answer to the browser that began; gone when the practice ends. */
const COOKIE = 'kontor_probe';
const GONE: Cookie = { name: COOKIE, value: '' };

type Language = HelperStep['language'];

/** The practice run: a real round trip at a provider with invented cards, that leaves nothing behind. */
export function practicePages(ctx: HelperContext, frame: (visit: Visit) => PageView): AnyRoute[] {
  return [
    getPage(PRACTICE_PATH, 'public', async (visit) => answerHtml(startPage(frame(visit), wished(visit), ctx.practice !== undefined))),
    getPage(
      BEGIN,
      'public',
      async (visit) => {
        const language = wished(visit);
        if (ctx.practice === undefined) return redirect(stepAddress('', language.key, PRACTICE_PATH));
        const begun = await ctx.practice.begin(visit.now, language.key);
        if (!begun.ok) return failed(frame(visit), language, begun.problem);
        return redirect(begun.value.url, [{ name: COOKIE, value: begun.value.holder, maxAgeSeconds: PRACTICE_MINUTES * 60 }]);
      },
      { limit: 'sign-in' },
    ),
    getPage(
      PRACTICE_BACK,
      'public',
      async (visit) => {
        if (ctx.practice === undefined) return redirect(PRACTICE_PATH);
        const { language: begunIn, read } = await ctx.practice.finish(visit.now, visit.cookies[COOKIE], new URL(visit.url, ctx.settings.publicUrl));
        const language = helperLanguage(begunIn ?? null, visit.lang);
        return read.ok ? answerHtml(donePage(frame(visit), language, read.value), 200, [GONE]) : failed(frame(visit), language, read.problem);
      },
      { limit: 'sign-in' },
    ),
  ];
}

const wished = ({ query, lang }: Visit): Language => helperLanguage(query.get('sprache'), lang);
const own = ({ key }: Language, pageLang: Lang): string | undefined => (key === pageLang ? undefined : key);

function startPage(view: PageView, language: Language, available: boolean): Html {
  const t = practiceWords(language.key);
  const begin = linkButton({ label: t.start, href: stepAddress('', own(language, view.lang), BEGIN) });
  const content = available
    ? html`${pageTitle(t.title, { lead: t.lead, badge: demoMark(t.demo) })}${section(
        t.how,
        html`<ol class="kern-list kern-list--number">${t.steps.map((one) => html`<li>${one}</li>`)}</ol>`,
      )}<p class="kern-body">${t.nothing}</p>${buttonRow(begin, toHelper(language, view.lang))}`
    : html`${pageTitle(t.title)}${alert('info', t.off, t.offBody)}${buttonRow(toHelper(language, view.lang))}`;
  return page(view, { title: t.title, main: spoken(language, view.lang, content, { page: PRACTICE_PATH, path: '' }) });
}

function donePage(view: PageView, language: Language, read: readonly PracticeDatum[]): Html {
  const t = practiceWords(language.key);
  const rows = read.map(({ field, value }) => ({ label: t.fields[field], value: shownAs(field, value, language) }));
  const content = html`${pageTitle(t.done, { lead: t.doneLead, badge: demoMark(t.demo) })}${summaryList(rows, view.lang)}${alert('success', t.gone)}${buttonRow(
    toHelper(language, view.lang),
    linkButton({ label: t.again, href: stepAddress('', own(language, view.lang), PRACTICE_PATH), kind: 'secondary' }),
    linkButton({ label: t.toSignIn, href: '/anmelden', kind: 'secondary' }),
  )}`;
  return page(view, { title: t.done, main: spoken(language, view.lang, content) });
}

function shownAs(field: PracticeDatum['field'], value: string, language: Language): string {
  const { levels } = practiceWords(language.key);
  // the day as the card has it, in words: some of these languages would reckon in another calendar
  if (field === 'birthDate') return Temporal.PlainDate.from(value).toLocaleString(language.html, { dateStyle: 'long', calendar: 'gregory' });
  if (field !== 'level') return value;
  return value === 'einfach' || value === 'substanziell' || value === 'hoch' ? levels[value] : value;
}

function failed(view: PageView, language: Language, problem: Parameters<typeof problemStatus>[0]): Answer {
  const t = practiceWords(language.key);
  const content = html`${pageTitle(t.failed)}${alert('warning', t.failed, t.failedBody)}${buttonRow(
    linkButton({ label: t.again, href: stepAddress('', own(language, view.lang), PRACTICE_PATH) }),
    toHelper(language, view.lang),
  )}`;
  return answerHtml(page(view, { title: t.failed, main: spoken(language, view.lang, content), hasErrors: true }), problemStatus(problem), [GONE]);
}

const toHelper = (language: Language, pageLang: Lang): Html =>
  linkButton({ label: practiceWords(language.key).toHelper, href: stepAddress('', own(language, pageLang)), kind: 'secondary' });
