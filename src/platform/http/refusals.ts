import type { Problem } from '../../kernel/problem.ts';
import { html, type Html } from '../ui/html.ts';
import { textAnswer } from './answers.ts';
import { problemDocument, problemStatus, problemTitle } from './problem.ts';
import type { Visit } from './route.ts';
import { pageOfDevice } from './shared-device.ts';
import type { HttpContext } from './visit.ts';

/** What a page about a refusal shows. */
export interface ProblemView {
  readonly status: number;
  readonly title: string;
  readonly problem: Problem;
  /** Its sentence; a path of ours in it is a link. */
  readonly detail: Html;
  readonly requestId: string;
  /** More to do on the page, e.g. a form that sends again what was typed. */
  readonly extra?: Html;
}

/** The part of a visit a page's frame needs; a refusal may come before anybody is known. */
export type PageView = Pick<Visit, 'actor' | 'lang' | 'url' | 'origin' | 'now' | 'cookies' | 'userName' | 'unread' | 'sharedDevice'>;

/** Sets a page of the platform itself (the API's list) into the city's frame. */
export type RenderPage = (view: PageView, page: { readonly title: string; readonly body: Html }) => Html;

export type RenderProblem = (view: PageView, problem: ProblemView) => Html;

/** As the server hands it on within this folder: it has put the links into the sentence. */
export type RenderRefusal = (view: PageView, problem: Omit<ProblemView, 'detail'>) => Html;

/** A refusal as `application/problem+json`. */
export function problemJson(c: HttpContext, problem: Problem, origin: string, headers: Record<string, string> = {}): Promise<Response> {
  const requestId = c.get('requestId');
  const body = JSON.stringify(problemDocument(problem, origin, requestId));
  return textAnswer(c, body, problemStatus(problem), { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store', ...headers });
}

/** A refusal as an accessible page. */
export async function problemHtml(
  c: HttpContext,
  problem: Problem,
  view: PageView,
  render: RenderRefusal,
  options: { readonly headers?: Record<string, string>; readonly extra?: Html } = {},
): Promise<Response> {
  const status = problemStatus(problem);
  const page = await render(view, {
    status,
    title: problemTitle(problem, view.lang),
    problem,
    requestId: c.get('requestId'),
    ...(options.extra === undefined ? {} : { extra: options.extra }),
  });
  return textAnswer(c, pageOfDevice(page.toString(), view), status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    ...options.headers,
  });
}

const SESSION_ENDED = {
  de: {
    detail:
      'Ihre Anmeldung ist abgelaufen. Ihre Eingaben sind noch da. Melden Sie sich in einem neuen Fenster an. Kommen Sie dann zurück und senden Sie noch einmal.',
    signIn: 'In neuem Fenster anmelden',
    send: 'Eingaben noch einmal senden',
    files: 'Dateien müssen Sie danach neu auswählen.',
  },
  en: {
    detail: 'Your session has ended. What you typed is still here. Sign in in a new window. Then come back and send it again.',
    signIn: 'Sign in in a new window',
    send: 'Send my entries again',
    files: 'You will have to choose files again afterwards.',
  },
  leicht: {
    detail:
      'Sie sind nicht mehr angemeldet. Ihre Eingaben sind noch da. Melden Sie sich in einem neuen Fenster an. Kommen Sie dann zurück. Senden Sie noch einmal.',
    signIn: 'In neuem Fenster anmelden',
    send: 'Noch einmal senden',
    files: 'Dateien müssen Sie danach neu auswählen.',
  },
};

/** The refusal of a form whose session ended: nothing typed is lost, the page holds it until it is sent again. */
export function sessionEnded(view: PageView, fields: URLSearchParams): { problem: Problem; extra: Html } {
  const words = SESSION_ENDED[view.lang];
  const hidden = [...fields].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
  const extra = html`
    <p><a class="kern-btn kern-btn--secondary" href="/anmelden" target="_blank" rel="noopener"><span class="kern-label">${words.signIn}</span></a></p>
    <form method="post" action="${view.url}">${hidden}
      <p>${words.files}</p>
      <button class="kern-btn kern-btn--primary" type="submit"><span class="kern-label">${words.send}</span></button>
    </form>`;
  return { problem: { kind: 'sign-in-needed', detail: words.detail }, extra };
}
