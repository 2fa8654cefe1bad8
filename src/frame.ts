import { navigation } from './navigation.ts';
import type { RenderPage, RenderProblem } from './platform/http/refusals.ts';
import { errorSummary, linkButton } from './platform/ui/form-frame.ts';
import { defineTexts, html, type Html } from './platform/ui/html.ts';
import { page, pageTitle } from './platform/ui/page.ts';
import { viewOf, type PageView, type ViewSource } from './platform/ui/view.ts';

const frameTexts = defineTexts({
  de: { home: 'Zur Startseite', request: 'Nummer dieser Anfrage' },
  en: { home: 'To the start page', request: 'Number of this request' },
  leicht: { home: 'Zur Startseite', request: 'Nummer' },
});

/** How every page of this city is framed. */
export interface CityFrame {
  /** A page's view from its visit. */
  readonly view: (visit: ViewSource) => PageView;
  /** A page whose body brings its own h1. */
  readonly body: (visit: ViewSource, parts: { readonly title: string; readonly body: Html; readonly hasErrors?: boolean }) => Html;
  /** A page of the platform itself: the frame gives it its h1. */
  readonly renderPage: RenderPage;
  readonly renderProblem: RenderProblem;
}

export function cityFrame({ demo }: { readonly demo: boolean }): CityFrame {
  const view = (visit: ViewSource): PageView => viewOf(visit, { demo, nav: navigation(visit) });
  return {
    view,
    body: (visit, { body: main, ...parts }) => page(view(visit), { ...parts, main }),
    renderPage: (visit, { title, body }) => page(view(visit), { title, main: html`${pageTitle(title)}${body}` }),
    renderProblem(visit, { status, title, problem, detail, requestId, extra }) {
      const t = frameTexts(visit.lang);
      const mistakes = problem.fields === undefined ? undefined : errorSummary(problem.fields, visit.lang);
      const number = status >= 500 ? html`<p class="kern-body">${t.request}: <code>${requestId}</code></p>` : undefined;
      const onwards = extra ?? html`<p>${linkButton({ label: t.home, href: '/', kind: 'secondary' })}</p>`;
      const main = html`${pageTitle(title, { lead: detail })}${mistakes}${number}${onwards}`;
      return page(view(visit), { title, main, status });
    },
  };
}
