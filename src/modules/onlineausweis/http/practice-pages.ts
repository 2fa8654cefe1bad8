import { getPage, html as answerHtml, redirect, type Answer, type AnyRoute, type Cookie, type Visit } from '../../../platform/http/route.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { alert, demoMark } from '../../../platform/ui/alert.ts';
import { summaryList } from '../../../platform/ui/components.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { HelperContext } from '../application/context.ts';
import { frameWords, HELPER_PATH } from '../application/guide.ts';
import { PRACTICE_MINUTES, practiceWords, type PracticeDatum } from '../application/practice.ts';
import { spoken } from './spoken.ts';
import { waysOf, type Ways } from './ways.ts';

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
    getPage(PRACTICE_PATH, 'public', async (visit) => answerHtml(startPage(frame(visit), waysOf(visit), ctx.practice !== undefined))),
    getPage(
      BEGIN,
      'public',
      async (visit) => {
        const ways = waysOf(visit);
        if (ctx.practice === undefined) return redirect(ways.to('', PRACTICE_PATH));
        const begun = await ctx.practice.begin(visit.now, ways.carried);
        if (!begun.ok) return failed(frame(visit), ways, begun.problem);
        return redirect(begun.value.url, [{ name: COOKIE, value: begun.value.holder, maxAgeSeconds: PRACTICE_MINUTES * 60 }]);
      },
      { limit: 'sign-in' },
    ),
    getPage(
      PRACTICE_BACK,
      'public',
      async (visit) => {
        if (ctx.practice === undefined) return redirect(PRACTICE_PATH);
        const { carried, read } = await ctx.practice.finish(visit.now, visit.cookies[COOKIE], new URL(visit.url, ctx.settings.publicUrl));
        const ways = waysOf(visit, carried);
        return read.ok ? answerHtml(donePage(frame(visit), ways, read.value), 200, [GONE]) : failed(frame(visit), ways, read.problem);
      },
      { limit: 'sign-in' },
    ),
  ];
}

function startPage(view: PageView, ways: Ways, available: boolean): Html {
  const t = practiceWords(ways.language.key);
  const begin = linkButton({ label: t.start, href: ways.to('', BEGIN) });
  const content = available
    ? html`${pageTitle(t.title, { lead: t.lead, badge: demoMark(t.demo) })}${section(
        t.how,
        html`<ol class="kern-list kern-list--number">${t.steps.map((one) => html`<li>${one}</li>`)}</ol>`,
      )}<p class="kern-body">${t.nothing}</p>${buttonRow(begin, toHelper(ways))}`
    : html`${pageTitle(t.title)}${alert('info', t.off, t.offBody)}${buttonRow(toHelper(ways))}`;
  return page(view, { title: t.title, main: spoken(ways, content, { page: PRACTICE_PATH, path: '' }) });
}

function donePage(view: PageView, ways: Ways, read: readonly PracticeDatum[]): Html {
  const t = practiceWords(ways.language.key);
  const rows = read.map(({ field, value }) => ({ label: t.fields[field], value: shownAs(field, value, ways.language) }));
  const content = html`${pageTitle(t.done, { lead: t.doneLead, badge: demoMark(t.demo) })}${summaryList(rows, view.lang)}${alert('success', t.gone)}${buttonRow(
    ways.goOn === undefined ? undefined : linkButton({ label: frameWords(ways.language).goOn, href: ways.goOn }),
    toHelper(ways),
    linkButton({ label: t.again, href: ways.to('', PRACTICE_PATH), kind: 'secondary' }),
    linkButton({ label: t.toSignIn, href: '/anmelden', kind: 'secondary' }),
  )}`;
  return page(view, { title: t.done, main: spoken(ways, content) });
}

function shownAs(field: PracticeDatum['field'], value: string, language: Ways['language']): string {
  const { levels } = practiceWords(language.key);
  // the day as the card has it, in words: some of these languages would reckon in another calendar
  if (field === 'birthDate') return Temporal.PlainDate.from(value).toLocaleString(language.html, { dateStyle: 'long', calendar: 'gregory' });
  if (field !== 'level') return value;
  return value === 'einfach' || value === 'substanziell' || value === 'hoch' ? levels[value] : value;
}

function failed(view: PageView, ways: Ways, problem: Parameters<typeof problemStatus>[0]): Answer {
  const t = practiceWords(ways.language.key);
  const content = html`${pageTitle(t.failed)}${alert('warning', t.failed, t.failedBody)}${buttonRow(
    linkButton({ label: t.again, href: ways.to('', PRACTICE_PATH) }),
    toHelper(ways),
  )}`;
  return answerHtml(page(view, { title: t.failed, main: spoken(ways, content), hasErrors: true }), problemStatus(problem), [GONE]);
}

const toHelper = (ways: Ways): Html => linkButton({ label: practiceWords(ways.language.key).toHelper, href: ways.to(''), kind: 'secondary' });
