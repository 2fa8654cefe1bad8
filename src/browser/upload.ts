import { html, render, nothing } from 'lit';
import { announce } from './announce.ts';
import { browserTexts } from './texts.ts';

/** What the server answers about a file it has taken. */
interface Taken {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  readonly previewUrl?: string;
}

interface Row {
  readonly key: number;
  readonly name: string;
  readonly sizeBytes: number;
  percent: number;
  taken?: Taken;
  problem?: string;
}

/**
 * Uploads each chosen file at once (`data-upload-url`, multipart, under the input's name), with progress
 * and removal. The input stays as it is and empties itself, so the form sends no file twice.
 */
export class UploadElement extends HTMLElement {
  #rows: Row[] = [];
  #list: HTMLElement | undefined;
  #next = 0;

  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>('input[type=file]');
    if (input === null || this.#list !== undefined) return;
    this.#list = document.createElement('div');
    input.before(this.#list);
    input.addEventListener('change', () => this.#take(input));
    this.addEventListener('dragover', (event) => {
      event.preventDefault();
      this.dataset['over'] = '';
    });
    this.addEventListener('dragleave', () => delete this.dataset['over']);
    this.addEventListener('drop', (event) => {
      event.preventDefault();
      delete this.dataset['over'];
      if (event.dataTransfer !== null) for (const file of event.dataTransfer.files) this.#send(input, file);
    });
    this.addEventListener('click', (event) => this.#removeFrom(event));
  }

  #take(input: HTMLInputElement): void {
    for (const file of input.files ?? []) this.#send(input, file);
    input.value = '';
  }

  #send(input: HTMLInputElement, file: File): void {
    const t = browserTexts();
    const row: Row = { key: this.#next++, name: file.name, sizeBytes: file.size, percent: 0 };
    this.#rows.push(row);
    const max = Number(this.dataset['maxBytes'] ?? Infinity);
    if (file.size > max) {
      this.#finish(row, { problem: `${t.tooLarge} ${Math.floor(max / 1_000_000)} MB.` });
      return;
    }
    const body = new FormData();
    body.append(input.name, file);
    // fetch cannot tell how much of a body has been sent.
    const request = new XMLHttpRequest();
    request.open('POST', this.dataset['uploadUrl'] ?? '');
    request.responseType = 'json';
    request.setRequestHeader('accept', 'application/json');
    request.upload.addEventListener('progress', (event) => {
      row.percent = event.lengthComputable ? Math.round((event.loaded / event.total) * 100) : 0;
      this.#draw();
    });
    request.addEventListener('error', () => this.#finish(row, { problem: t.uploadFailed }));
    request.addEventListener('load', () => {
      const answer = request.response as (Taken & { detail?: string; fields?: readonly { message: string }[]; errors?: readonly { message: string }[] }) | null;
      if (request.status >= 200 && request.status < 300 && typeof answer?.id === 'string') this.#finish(row, { taken: answer });
      else this.#finish(row, { problem: answer?.fields?.[0]?.message ?? answer?.errors?.[0]?.message ?? answer?.detail ?? t.uploadFailed });
    });
    request.send(body);
    announce(`${file.name}: ${t.uploading}`);
    this.#draw();
  }

  #finish(row: Row, end: { readonly taken?: Taken; readonly problem?: string }): void {
    Object.assign(row, end);
    announce(`${row.name}: ${end.problem ?? browserTexts().uploaded}`);
    this.#draw();
  }

  /** Removal by the server's own button, without leaving the page when it has an address of its own. */
  #removeFrom(event: MouseEvent): void {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const address = this.dataset['removeAction'] ?? button?.getAttribute('formaction');
    if (button === null || button.name !== (this.dataset['removeName'] ?? 'remove') || address === null || address === undefined) return;
    event.preventDefault();
    button.disabled = true;
    void fetch(address, { method: 'POST', body: new URLSearchParams({ [button.name]: button.value }), headers: { accept: 'application/json' } })
      .then((answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        const id = button.value;
        this.#rows = this.#rows.filter((row) => row.taken?.id !== id);
        button.closest('.k-files > li:not([data-live])')?.remove();
        this.#draw();
        announce(browserTexts().removed);
        this.querySelector<HTMLInputElement>('input[type=file]')?.focus();
      })
      .catch(() => {
        button.disabled = false;
        announce(browserTexts().uploadFailed);
      });
  }

  #draw(): void {
    if (this.#list === undefined) return;
    render(this.#rows.length === 0 ? nothing : html`<ul class="k-files">${this.#rows.map((row) => this.#row(row))}</ul>`, this.#list);
  }

  #row(row: Row): unknown {
    const t = browserTexts();
    const megabytes = (row.sizeBytes / 1_000_000).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
    const drop = (): void => {
      this.#rows = this.#rows.filter((other) => other.key !== row.key);
      this.#draw();
    };
    const picture =
      row.taken?.previewUrl !== undefined && row.taken.mediaType.startsWith('image/')
        ? html`<img class="k-file__picture" src=${row.taken.previewUrl} alt="" width="56" height="56">`
        : html`<span class="k-file__picture"></span>`;
    return html`<li class="k-file" data-live>${picture}<div class="k-file__text"><span class="k-file__name">${row.name}</span><span class="k-file__facts">${megabytes} MB${row.taken === undefined ? nothing : html` · ${t.uploaded}`}</span></div>
      <div class="k-file__actions">${row.taken?.previewUrl === undefined ? nothing : html`<a class="kern-link" href=${row.taken.previewUrl} target="_blank" rel="noopener">${t.preview}<span class="kern-sr-only">: ${row.name}</span></a>`}${
        row.taken !== undefined
          ? html`<button class="kern-btn kern-btn--tertiary kern-btn--x-small" type="submit" name=${this.dataset['removeName'] ?? 'remove'} value=${row.taken.id} formaction=${this.dataset['removeAction'] ?? nothing}><span class="kern-label">${t.remove}<span class="kern-sr-only">: ${row.name}</span></span></button>`
          : row.problem !== undefined
            ? html`<button class="kern-btn kern-btn--tertiary kern-btn--x-small" type="button" @click=${drop}><span class="kern-label">${t.remove}<span class="kern-sr-only">: ${row.name}</span></span></button>`
            : nothing
      }</div>${row.taken === undefined && row.problem === undefined ? html`<progress class="k-bar k-file__bar" max="100" value=${row.percent} aria-label=${`${row.name}: ${t.uploading}`}></progress>` : nothing}${
        row.problem === undefined ? nothing : html`<p class="k-file__problem">${row.problem}</p>`
      }</li>`;
  }
}
