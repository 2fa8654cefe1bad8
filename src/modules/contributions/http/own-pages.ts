import { formatInstant } from '../../../platform/ui/formats.ts';
import { getPage, html as answerHtml, postPage, problemPage, redirect, type AnyRoute } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable, summaryList } from '../../../platform/ui/components.ts';
import { buttonForm } from '../../../platform/ui/form-frame.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ContributionsContext } from '../application/context.ts';
import { deleteOwn, openOwn, ownContributions, type Own } from '../application/own.ts';
import type { Contribution } from '../domain/contribution.ts';
import { formTexts } from './form-texts.ts';
import { paragraphs, type Frame } from './frame.ts';
import { HIDING_TEXTS, publicTexts } from './public-texts.ts';

/** What authors see of their own words: by personal link, or signed in with the account they wrote with. */
export function ownPages(ctx: ContributionsContext, frame: Frame): AnyRoute[] {
  return [
    getPage('/meine-beitraege', 'person', async (visit) => answerHtml(listPage(frame(visit), await ownContributions(ctx, visit.actor)))),
    getPage('/mein-beitrag/geloescht', 'public', async (visit) => answerHtml(erasedPage(frame(visit)))),
    getPage('/mein-beitrag/:token', 'public', async (visit) => {
      const opened = await openOwn(ctx, visit.actor, visit.params['token']!);
      return opened.ok ? answerHtml(ownPage(frame(visit), opened.value, visit.params['token']!)) : problemPage(opened.problem);
    }),
    postPage(
      '/mein-beitrag/:token/loeschen',
      'public',
      async (visit) => {
        const done = await deleteOwn(ctx, visit.actor, visit.params['token']!);
        return done.ok ? redirect('/mein-beitrag/geloescht') : problemPage(done.problem);
      },
      { limit: 'sign-in' },
    ),
  ];
}

function ownPage(view: PageView, { participation, contribution, comment, mergedInto }: Own, token: string): Html {
  const { lang } = view;
  const t = formTexts(lang);
  const p = publicTexts(lang);
  const words = comment ?? contribution;
  const title = comment === undefined ? t.ownTitle : t.ownComment;
  const note = comment === undefined ? contribution.hiddenNote : null;
  const address = `/beteiligung/${participation.key}/beitrag/${(mergedInto ?? contribution).number}`;
  const seen = words.state === 'published' || mergedInto !== undefined;
  const rows = [
    { label: p.number(contribution.number), value: participation.title },
    { label: t.state, value: t[words.state] },
    { label: p.received, value: formatInstant(lang, words.submittedAt) },
    ...(words.hiddenBecause === null ? [] : [{ label: t.because, value: HIDING_TEXTS[words.hiddenBecause][lang] }]),
    ...(note === null ? [] : [{ label: t.explained, value: html`<span lang="de">${note}</span>` }]),
  ];
  const gone = words.state === 'deleted';
  const main = html`${pageTitle(title, { lead: t.keep })}
${summaryList(rows, lang)}
${seen ? html`<p class="kern-body"><a class="kern-link" href="${address}">${mergedInto === undefined ? t.see : t.mergedInto(mergedInto.number)}</a></p>` : ''}
${comment !== undefined || contribution.answer === null ? '' : section(p.answer, html`<div lang="de">${paragraphs(contribution.answer)}</div>`)}
${gone ? '' : section(t.words, html`${comment === undefined ? html`<p class="kern-body"><strong>${contribution.title}</strong></p>` : ''}${paragraphs(words.text)}`)}
${gone ? '' : accordion(t.erase, html`<p class="kern-body">${t.eraseLead}</p>${buttonForm(`/mein-beitrag/${token}/loeschen`, { label: t.eraseNow, kind: 'danger' })}`)}`;
  return page(view, { title, main });
}

function erasedPage(view: PageView): Html {
  const t = formTexts(view.lang);
  return page(view, { title: t.ownTitle, main: html`${pageTitle(t.ownTitle)}${alert('success', t.erased)}` });
}

function listPage(view: PageView, contributions: readonly Contribution[]): Html {
  const { lang } = view;
  const t = formTexts(lang);
  const table = dataTable<Contribution>(
    [
      { label: t.name, rowHeader: true, cell: ({ title }) => html`<span lang="de">${title === '' ? '–' : title}</span>` },
      { label: t.state, cell: ({ state }) => t[state] },
      { label: publicTexts(lang).received, cell: ({ submittedAt }) => formatInstant(lang, submittedAt) },
    ],
    contributions,
    { caption: t.mine, captionHidden: true, lang, empty: t.mineNone, href: ({ id }) => `/mein-beitrag/${id}` },
  );
  return page(view, { title: t.mine, main: html`${pageTitle(t.mine)}${table}` });
}
