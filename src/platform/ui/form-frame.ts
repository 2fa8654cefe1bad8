import type { FieldProblem } from '../../kernel/problem.ts';
import { attributes, classes } from './attributes.ts';
import { fieldId } from './form-field.ts';
import { hiddenField } from './form.ts';
import { html, type Html, type Lang } from './html.ts';
import { icon, type IconName } from './icons.ts';
import { shellTexts } from './texts.ts';

export interface FormOptions {
  readonly action: string;
  readonly method?: 'post' | 'get';
  /** For forms with files. */
  readonly multipart?: boolean;
  readonly id?: string;
  /** Saves what is typed a little later with `X-Autosave: 1`, when the browser can. */
  readonly autosave?: boolean;
  /** Inputs nobody sees. */
  readonly hidden?: Readonly<Record<string, string>>;
}

/** A form. Checking is the server's: `novalidate` keeps the browser from speaking in its own words. */
export function form(options: FormOptions, children: Html | readonly Html[]): Html {
  const inner = html`<form${attributes({
    class: 'k-form',
    id: options.id,
    method: options.method ?? 'post',
    action: options.action,
    enctype: options.multipart === true ? 'multipart/form-data' : undefined,
    novalidate: true,
    'data-guard': options.method !== 'get',
  })}>${Object.entries(options.hidden ?? {}).map(([name, value]) => hiddenField(name, value))}${children}</form>`;
  return options.autosave === true ? html`<kontor-autosave>${inner}</kontor-autosave>` : inner;
}

export interface ButtonOptions {
  readonly label: string;
  readonly kind?: 'primary' | 'secondary' | 'tertiary' | 'danger';
  readonly name?: string;
  readonly value?: string;
  readonly type?: 'submit' | 'button';
  readonly icon?: IconName;
  readonly small?: boolean;
  readonly disabled?: boolean;
  /** Sends the form somewhere else. */
  readonly formaction?: string;
  /** Said to screen readers after the label, e.g. the row's name: `Entfernen: Foto.jpg`. */
  readonly context?: string;
}

const buttonClass = (kind: ButtonOptions['kind'], small: boolean | undefined): string =>
  classes('kern-btn', kind === 'danger' ? 'kern-btn--primary k-btn--danger' : `kern-btn--${kind ?? 'primary'}`, small === true && 'kern-btn--x-small');

const buttonInner = (options: { label: string; icon?: IconName; context?: string }): Html =>
  html`${options.icon === undefined ? undefined : icon(options.icon)}<span class="kern-label">${options.label}${
    options.context === undefined ? undefined : html`<span class="kern-sr-only">: ${options.context}</span>`
  }</span>`;

export function button(options: ButtonOptions): Html {
  return html`<button${attributes({
    class: buttonClass(options.kind, options.small),
    type: options.type ?? 'submit',
    name: options.name,
    value: options.value,
    disabled: options.disabled,
    formaction: options.formaction,
  })}>${buttonInner(options)}</button>`;
}

export interface LinkButtonOptions {
  readonly label: string;
  readonly href: string;
  readonly kind?: ButtonOptions['kind'];
  readonly icon?: IconName;
  readonly small?: boolean;
  readonly context?: string;
}

/** A link that looks like a button, for going on without sending anything. */
export function linkButton(options: LinkButtonOptions): Html {
  return html`<a class="${buttonClass(options.kind, options.small)}" href="${options.href}">${buttonInner(options)}</a>`;
}

/** Buttons side by side, below each other on phones. The main one comes first. */
export const buttonRow = (...buttons: readonly (Html | undefined)[]): Html => html`<div class="k-buttons">${buttons}</div>`;

/** A form that is one button, e.g. for signing out. */
export function buttonForm(action: string, options: ButtonOptions, hidden: Readonly<Record<string, string>> = {}): Html {
  return html`<form class="k-button-form" method="post" action="${action}" data-guard>${Object.entries(hidden).map(([name, value]) => hiddenField(name, value))}${button(options)}</form>`;
}

/** One search input with its button beside it. */
export function searchForm(options: {
  readonly action: string;
  readonly name: string;
  readonly label: string;
  readonly lang: Lang;
  readonly value?: string;
  readonly hint?: string;
  readonly hidden?: Readonly<Record<string, string>>;
}): Html {
  const id = fieldId(options.name);
  const hintId = options.hint === undefined ? undefined : `${id}-hint`;
  return html`<form class="k-search" method="get" action="${options.action}" role="search">${Object.entries(options.hidden ?? {}).map(([name, value]) => hiddenField(name, value))}<label class="kern-label" for="${id}">${options.label}</label>${
    hintId === undefined ? undefined : html`<div class="kern-hint" id="${hintId}">${options.hint}</div>`
  }<div class="k-search__row"><input${attributes({ class: 'kern-form-input__input', id, name: options.name, type: 'search', value: options.value, 'aria-describedby': hintId })}>${button({ label: shellTexts(options.lang).search, icon: 'search' })}</div></form>`;
}

/** What is wrong, above the form, each sentence leading to its field. Nothing when nothing is wrong. */
export function errorSummary(problems: readonly FieldProblem[], lang: Lang, detail?: string): Html | undefined {
  if (problems.length === 0 && detail === undefined) return undefined;
  const t = shellTexts(lang);
  const title = problems.length === 0 ? t.kindDanger : t.errorSummary(problems.length);
  const list = problems.map(({ field, message }) => html`<li><a class="kern-link" href="#${fieldId(field)}">${message}</a></li>`);
  return html`<div class="kern-alert kern-alert--danger k-error-summary" role="alert" tabindex="-1" data-focus aria-labelledby="error-summary-title">
    <div class="kern-alert__header">${icon('danger', { size: 'large' })}<h2 class="kern-title" id="error-summary-title">${title}</h2></div>
    <div class="kern-alert__body">${detail === undefined ? undefined : html`<p class="kern-body">${detail}</p>`}${list.length === 0 ? undefined : html`<ul class="kern-list">${list}</ul>`}</div>
  </div>`;
}

/** The problem of one field out of many, for its `error`; nothing to spread when it is right. */
export function errorOf(problems: readonly FieldProblem[], name: string): { readonly error?: string } {
  const found = problems.find((problem) => problem.field === name);
  return found === undefined ? {} : { error: found.message };
}

export interface ConfirmBox {
  readonly title: string;
  /** What follows from it, in plain words. */
  readonly body: string | Html;
  readonly action: string;
  readonly confirm: string;
  readonly cancel: { readonly label: string; readonly href: string };
  readonly danger?: boolean;
  readonly hidden?: Readonly<Record<string, string>>;
  /** More inputs, e.g. a reason. */
  readonly fields?: Html;
}

/** The question before a step that cannot be taken back. */
export function confirmBox(box: ConfirmBox): Html {
  const body = typeof box.body === 'string' ? html`<p class="kern-body">${box.body}</p>` : box.body;
  return html`<section class="k-confirm-box" aria-labelledby="confirm-title"><h2 class="kern-heading-medium" id="confirm-title">${box.title}</h2>${body}${form(
    { action: box.action, ...(box.hidden === undefined ? {} : { hidden: box.hidden }) },
    html`${box.fields}${buttonRow(
      button({ label: box.confirm, kind: box.danger === true ? 'danger' : 'primary' }),
      linkButton({ label: box.cancel.label, href: box.cancel.href, kind: 'secondary' }),
    )}`,
  )}</section>`;
}
