import { html, nothing, render } from 'lit';
import { isContradicted } from '../kernel/lage-signs.ts';
import { repeat } from 'lit/directives/repeat.js';
import { ageText, grade } from './lage-details.ts';
import { isOld } from './lage-picture.ts';
import { fill, word, type LageConfig, type SeenObject } from './lage-types.ts';

/** Rows that are shown at once; the filter finds the others. */
const MOST_ROWS = 150;
const EVERY_MS = 1500;
/** Made once: comparing with options makes a new one each time. */
const NAMES = new Intl.Collator('de', { numeric: true });

/** The same as the map, as a table: what is chosen in one is chosen in the other. */
export class LageList {
  readonly #host: HTMLElement;
  readonly #config: LageConfig;
  readonly #choose: (id: string) => void;
  #filter = '';
  #chosen: string | undefined;
  #objects: () => readonly SeenObject[];
  #now: () => number;
  readonly #isPart: () => boolean;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #last = 0;

  constructor(
    host: HTMLElement,
    config: LageConfig,
    from: { readonly objects: () => readonly SeenObject[]; readonly now: () => number; readonly isPart: () => boolean; readonly choose: (id: string) => void },
  ) {
    this.#host = host;
    this.#config = config;
    this.#choose = from.choose;
    this.#objects = from.objects;
    this.#now = from.now;
    this.#isPart = from.isPart;
  }

  /** Draws soon; however often it is asked, not more often than people can read. */
  renew(): void {
    this.#waiting ??= setTimeout(() => this.#draw(), Math.max(0, this.#last + EVERY_MS - Date.now()));
  }

  close(): void {
    clearTimeout(this.#waiting);
  }

  choose(id: string | undefined): void {
    this.#chosen = id;
    this.#draw();
    const row = this.#host.querySelector<HTMLElement>('tr[aria-current="true"]');
    const frame = row?.closest<HTMLElement>('.k-karte__rows');
    // within its own frame only: the page stays where it is
    if (row !== null && row !== undefined && frame !== null && frame !== undefined) frame.scrollTop = row.offsetTop - frame.clientHeight / 2;
  }

  #draw(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    this.#last = Date.now();
    const { layers, kinds } = this.#config;
    const w = (name: string): string => word(this.#config, name);
    const needle = this.#filter.trim().toLowerCase();
    const rank = new Map(layers.map(({ id }, index) => [id, index]));
    const found = this.#objects()
      .filter(({ title, kind, source }) => needle === '' || `${title} ${kinds[kind]?.title ?? ''} ${source.name}`.toLowerCase().includes(needle))
      .toSorted((a, b) => (rank.get(a.layer) ?? 99) - (rank.get(b.layer) ?? 99) || NAMES.compare(a.title, b.title));
    const rows = found.slice(0, MOST_ROWS);
    const chosen = found.find(({ id }) => id === this.#chosen);
    if (chosen !== undefined && !rows.includes(chosen)) rows.unshift(chosen);
    const now = this.#now();
    const row = (
      object: SeenObject,
    ) => html`<tr class="kern-table__row ${isOld(object, kinds, now) ? 'k-karte__row--old' : ''}" aria-current=${object.id === this.#chosen ? 'true' : nothing}>
<th class="kern-table__header" scope="row"><button type="button" class="k-karte__choose" @click=${() => this.#choose(object.id)}>${object.title}</button>${isContradicted(object.facts) ? html` <span class="k-karte__warning">⚠ ${w('contradicted')}</span>` : nothing}</th>
<td class="kern-table__cell">${kinds[object.kind]?.title ?? object.kind}</td><td class="kern-table__cell">${ageText(object, this.#config, now)}</td><td class="kern-table__cell">${object.source.name}</td><td class="kern-table__cell">${grade(object)}</td></tr>`;
    render(
      html`<label class="kern-label" for="lage-filter">${w('filter')}</label><input class="kern-form-input__input" id="lage-filter" type="search" .value=${this.#filter} @input=${(event: InputEvent) => this.#typed(event)}>
<p class="k-muted" role="status">${fill(w('rows'), rows.length, found.length)}</p>${this.#isPart() ? html`<p class="k-muted">${w('listPart')}</p>` : nothing}
<div class="k-karte__rows" tabindex="0" role="group" aria-label=${w('listTitle')}><table class="kern-table kern-table--small k-table k-table--dense"><caption class="kern-sr-only">${w('listTitle')}</caption>
<thead class="kern-table__head"><tr class="kern-table__row">${['object', 'kind', 'state', 'source', 'grade'].map((name) => html`<th class="kern-table__header" scope="col">${w(name)}</th>`)}</tr></thead>
<tbody class="kern-table__body">${repeat(rows, ({ id }) => id, row)}</tbody></table></div>`,
      this.#host,
    );
  }

  #typed(event: InputEvent): void {
    this.#filter = (event.target as HTMLInputElement).value;
    this.#draw();
  }
}
