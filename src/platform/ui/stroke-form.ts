import { attributes } from './attributes.ts';
import { defineTexts, html, type Html, type Lang } from './html.ts';

const strokeTexts = defineTexts({
  de: {
    today: 'Von Ihnen heute gezählt',
    note: 'Das weiß nur dieser Server, bis der Tag endet. In die Statistik kommen volle Zehner.',
    keys: 'Mit einer Taste zählen',
    hint: 'Die Taste steht auf dem Knopf. In einem Feld zählt sie nicht.',
    times: 'heute',
  },
  en: {
    today: 'Counted by you today',
    note: 'Only this server knows it, until the day ends. Whole tens go into the statistics.',
    keys: 'Count with one key',
    hint: 'The key stands on the button. Inside a field it does not count.',
    times: 'today',
  },
  leicht: {
    today: 'Sie haben heute gezählt',
    note: 'Die Zahl ist morgen weg. In die Statistik kommen nur volle Zehner.',
    keys: 'Mit einer Taste zählen',
    hint: 'Die Taste steht auf dem Knopf. In einem Feld zählt die Taste nicht.',
    times: 'heute',
  },
});

export interface StrokeButton {
  readonly label: string;
  /** Said after the label, e.g. the row's name. */
  readonly context?: string;
  /** What the form sends when it is pressed. */
  readonly name: string;
  readonly value: string;
  /** What goes to the API instead, beside the form's other fields. */
  readonly body: Readonly<Record<string, string>>;
  readonly key?: string | undefined;
  /** How often it was pressed today. */
  readonly count: number;
  readonly lang: Lang;
}

/** A button that counts: by hand, by its key, and without loading the page where the browser can. */
export function strokeButton({ label, context, name, value, body, key, count, lang }: StrokeButton): Html {
  const said = context === undefined ? label : `${context}, ${label}`;
  return html`<button${attributes({
    class: 'kern-btn kern-btn--secondary kern-btn--x-small k-stroke',
    type: 'submit',
    name,
    value,
    'data-key': key,
    'aria-keyshortcuts': key,
    'data-stroke': JSON.stringify(body),
    'data-said': said,
  })}>${key === undefined ? undefined : html`<kbd class="k-key" aria-hidden="true">${key}</kbd>`}<span class="kern-label">${label}${context === undefined ? undefined : html`<span class="kern-sr-only">: ${context}</span>`}</span> <span class="k-count"><span class="kern-sr-only">${strokeTexts(lang).times} </span><span data-count>${count}</span></span></button>`;
}

export interface Strokes {
  /** Path of the API to which one press goes. */
  readonly api: string;
  /** Names of the form's other fields, and what the API calls them. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Everything that was counted today. */
  readonly all: number;
  readonly lang: Lang;
}

/** Forms whose buttons count one thing a press; the one keyboard way of counting. What takes back stands in `undoPart`. */
export function strokeForms({ api, fields, all, lang }: Strokes, forms: Html): Html {
  const t = strokeTexts(lang);
  return html`<kontor-shortcuts data-label="${t.keys}" data-hint="${t.hint}"><kontor-strokes${attributes({ 'data-api': api, 'data-fields': JSON.stringify(fields ?? {}) })}>
<p class="kern-body">${t.today}: <strong data-total>${all}</strong>. ${t.note}</p>
${forms}</kontor-strokes></kontor-shortcuts>`;
}

/** What takes the last counting back; there is something to take back after the first. */
export const undoPart = (all: number, undo: Html): Html => html`<div${attributes({ 'data-undo': true, hidden: all === 0 })}>${undo}</div>`;
