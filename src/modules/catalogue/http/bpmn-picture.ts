import { html, htmlLang, type Html, type Lang } from '../../../platform/ui/html.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { statesAfter, STATE_ORDER, type ProcessState } from '../application/bpmn-effects.ts';
import { drawingFor, type Drawing, type DrawnShape } from '../application/bpmn-drawing.ts';
import { STATE_WORDS } from '../application/bpmn-words.ts';
import type { ServicePackage } from '../domain/package.ts';
import { processSvg, type Standing } from './bpmn-svg.ts';
import { bpmnTexts } from './bpmn-texts.ts';

const isState = (text: string): text is ProcessState => (STATE_ORDER as readonly string[]).includes(text);

/** The picture in its own region, which scrolls sideways on small screens and by keyboard. `id` is unique on the page. */
export function processPicture(drawing: Drawing, standing: Standing, lang: Lang, id = 'prozess'): Html {
  const t = bpmnTexts(lang);
  const shown = standing.current !== undefined && drawing.shapes.some(({ state }) => state === standing.current);
  return html`${shown ? html`<p class="k-bpmn__jump"><a class="kern-link" href="#${id}-jetzt">${t.toNow}</a></p>` : ''}<div class="k-bpmn" role="region" tabindex="0" aria-label="${t.region}">${processSvg(drawing, standing, lang, id)}</div>`;
}

/**
 * Where a case stands in the process of its package: the picture, and the same as a list. Pure and fast: the drawing is
 * laid out once for each package.
 * @param standing `status` of the case and the statuses it had before, in order; words that are no status are passed over.
 */
export function casePicture(pkg: ServicePackage, standing: { readonly status: string; readonly visited: readonly string[] }, lang: Lang): Html {
  const current = isState(standing.status) ? standing.status : undefined;
  const done = [...new Set(standing.visited.filter(isState))].filter((state) => state !== current);
  const place: Standing = { done, ...(current && { current }) };
  return html`<div class="k-process">${processPicture(drawingFor(pkg), place, lang)}${placeList(pkg, place, lang)}</div>`;
}

/** What was, where it is now, what can come next. */
function placeList(pkg: ServicePackage, { current, done }: Standing, lang: Lang): Html {
  const t = bpmnTexts(lang);
  const next = current === undefined ? [] : statesAfter(pkg.process, current);
  const item = (state: ProcessState, kind: 'done' | 'now' | 'next'): Html =>
    html`<li class="k-bpmn-step k-bpmn-step--${kind}"${kind === 'now' ? html` aria-current="step"` : ''}>${badge(kind === 'now' ? 'info' : kind === 'done' ? 'success' : 'neutral', t[kind])} <span>${STATE_WORDS[state][lang]}</span></li>`;
  return html`<h3 class="kern-heading-small">${t.steps}</h3><ol class="k-bpmn-steps">${done.map((state) => item(state, 'done'))}${current === undefined ? '' : item(current, 'now')}${next.map((state) => item(state, 'next'))}</ol>${current !== undefined && next.length === 0 ? html`<p>${t.noNext}</p>` : ''}`;
}

const STEPS = new Set<DrawnShape['look']>(['start', 'task', 'intermediate', 'end']);

/** Every step of a process, from left to right, with who acts and under which law. */
export function stepList(drawing: Drawing, lang: Lang): Html {
  const t = bpmnTexts(lang);
  const steps = drawing.shapes.filter(({ look, name }) => STEPS.has(look) && name[lang] !== '').toSorted((a, b) => a.rect.x - b.rect.x || a.rect.y - b.rect.y);
  return html`<ol class="k-bpmn-steps">${steps.map(
    ({ name, lane, note }) =>
      html`<li class="k-bpmn-step"><span class="k-bpmn-step__name">${name[lang]}</span>${lane === undefined || lane[lang] === '' ? '' : html`<span class="k-bpmn-step__who">${t.who(lane[lang])}</span>`}${note === '' ? '' : html`<span class="k-bpmn-step__law"${htmlLang(lang) === 'de' ? '' : html` lang="de"`}>${note.split('\n')[0]}</span>`}</li>`,
  )}</ol>`;
}
