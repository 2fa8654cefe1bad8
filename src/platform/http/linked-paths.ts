import { html, type Html } from '../ui/html.ts';
import type { AnyRoute } from './route.ts';

/** A path as a sentence names it: not inside a word or another address, and without the sentence's own punctuation. */
const PATH = /(?<![\w/.:@-])\/[a-z](?:[\w/-]|\.(?=\w))*/g;

/**
 * Refusals name the way on as a path: "Alle Orte stehen unter /hilfe-vor-ort." Where a route of ours answers people there, the
 * path becomes a link; what is none stays as it is.
 */
export function pathLinker(routes: readonly AnyRoute[]): (sentence: string) => Html {
  const pages = routes.filter(({ kind, method }) => kind !== 'api' && method === 'get').map(({ path }) => patternOf(path));
  const isPage = (path: string): boolean => pages.some((page) => page.test(path));
  return (sentence) => {
    const parts: Html[] = [];
    let done = 0;
    for (const { 0: found, index } of sentence.matchAll(PATH)) {
      if (!isPage(found)) continue;
      parts.push(html`${sentence.slice(done, index)}<a class="kern-link" href="${found}">${found}</a>`);
      done = index + found.length;
    }
    return html`${parts}${sentence.slice(done)}`;
  };
}

const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+(\{[^}]*\})?\??/g, '[^/]+')}$`);
