import { html, render } from 'lit';
import { clockTime } from './lage-details.ts';
import { fill, word, type LageConfig } from './lage-types.ts';

const SPEEDS = [1, 10, 60, 300, 600] as const;
const STEP_MS = 250;

/**
 * The time slider over the whole Lage. At its end the picture is live; elsewhere it is what was known then, and the
 * page says so. Playing asks for one picture after the other, as fast as they come.
 */
export class LageClock {
  readonly #host: HTMLElement;
  readonly #config: LageConfig;
  readonly #show: (at: number | undefined) => Promise<void>;
  readonly #now: () => number;
  #at: number | undefined;
  #speed: number = 60;
  #playing = false;
  #busy = false;
  #wanted: { readonly at: number | undefined } | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #played = 0;

  /** @param show draws the picture as known at a time, or the live one */
  constructor(host: HTMLElement, config: LageConfig, now: () => number, show: (at: number | undefined) => Promise<void>) {
    this.#host = host;
    this.#config = config;
    this.#now = now;
    this.#show = show;
    this.#at = config.at === null ? undefined : Date.parse(config.at);
    this.#draw();
  }

  get at(): number | undefined {
    return this.#at;
  }

  close(): void {
    clearInterval(this.#beat);
  }

  #end(): number {
    return this.#config.closedAt === null ? this.#now() : Date.parse(this.#config.closedAt);
  }

  #go(at: number | undefined): void {
    this.#at = at === undefined || at >= this.#end() ? undefined : at;
    if (this.#at === undefined) this.#play(false);
    this.#draw();
    this.#wanted = { at: this.#at };
    if (!this.#busy) void this.#work();
  }

  /** One picture at a time; what was wished for meanwhile but the last is skipped. */
  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#wanted !== undefined) {
      const { at } = this.#wanted;
      this.#wanted = undefined;
      await this.#show(at);
    }
    this.#busy = false;
  }

  #play(on: boolean): void {
    this.#playing = on;
    clearInterval(this.#beat);
    if (!on) return;
    this.#at ??= Date.parse(this.#config.openedAt);
    this.#played = performance.now();
    this.#beat = setInterval(() => {
      // time goes on only as fast as pictures come
      const passed = performance.now() - this.#played;
      if (this.#busy) return;
      this.#played = performance.now();
      this.#go((this.#at ?? this.#end()) + passed * this.#speed);
    }, STEP_MS);
  }

  #draw(): void {
    const w = (name: string): string => word(this.#config, name);
    const start = Date.parse(this.#config.openedAt);
    const at = this.#at ?? this.#end();
    const said = this.#at === undefined ? w('live') : fill(w('lookingBack'), clockTime(at));
    const press = (): void => {
      this.#play(!this.#playing);
      this.#draw();
    };
    const slide = (event: InputEvent): void => {
      const value = Number((event.target as HTMLInputElement).value);
      this.#go(value >= 1000 ? undefined : start + ((this.#end() - start) * value) / 1000);
    };
    const button = (label: string, click: () => void, pressed?: boolean) =>
      html`<button type="button" class="kern-btn kern-btn--secondary kern-btn--x-small" aria-pressed=${pressed === undefined ? 'false' : String(pressed)} @click=${click}><span class="kern-label">${label}</span></button>`;
    render(
      html`<label class="k-twin__time"><span>${w('time')}: ${said}</span><input type="range" min="0" max="1000" step="1" .value=${String(Math.round((1000 * (at - start)) / (this.#end() - start || 1)))} aria-valuetext=${said} @input=${slide}></label>
<div class="k-map__tools">${button(this.#playing ? w('pause') : w('play'), press, this.#playing)}<label class="k-karte__speed">${w('speed')} <select class="kern-form-input__select" @change=${(event: Event) => (this.#speed = Number((event.target as HTMLSelectElement).value))}>${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === this.#speed}>${speed}×</option>`)}</select></label>${button(w('toLive'), () => this.#go(undefined))}</div>`,
      this.#host,
    );
  }
}
