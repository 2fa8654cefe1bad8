import { html, nothing, render, type TemplateResult } from 'lit';
import { mergeVersions, type Version } from '../kernel/merge-versions.ts';
import { announce } from './announce.ts';
import { newId } from './offline/client-id.ts';
import { OfflineDatabase } from './offline/database.ts';
import type { Kit, PictureItem } from './offline/kept.ts';
import { Follower, type Contact } from './offline/follow.ts';
import { entryFrom, isWrongPlace, type Typed } from './offline/forms.ts';
import { dropKept, keepPages } from './offline/kit.ts';
import { insist, type Entry } from './offline/queue.ts';
import { Sender } from './offline/sender.ts';
import { offlineTexts } from './offline/texts.ts';

const clock = (ms: number): string =>
  new Date(ms).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Berlin' });

/**
 * The page for on the road, with a memory: keeps the Lage and its picture on this device, takes entries without a
 * network and sends them when there is one. Without this file its forms go to the server as any other.
 */
class UnterwegsElement extends HTMLElement {
  #database!: OfflineDatabase;
  #sender!: Sender;
  #follower: Follower | undefined;
  #owner = '';
  readonly #shown = new Set<string>();
  #entries: readonly Entry[] = [];
  readonly #onOnline = (): void => void this.#sender.send();

  async connectedCallback(): Promise<void> {
    const { lage = '', member = '', title = '', until } = this.dataset;
    this.#owner = member;
    const ends = until === undefined ? undefined : Number(until);
    if (isOver(until)) return this.#ended();
    this.#database = await OfflineDatabase.open();
    const before = await this.#database.kit();
    const mine = before?.lage === lage && before.owner === member;
    // of one Lage, for one person: what another left here goes, but never what they have entered
    if (before !== undefined && !mine) await dropKept({ entries: false });
    const kit: Kit = { ...(mine ? before : {}), lage, title, owner: member, until: ends };
    await this.#database.keepKit(kit);
    this.#sender = new Sender(this.#database, member, (entries, signIn) => this.#showQueue(entries, signIn));
    this.#follower = new Follower(this.#database, kit, (contact) => void this.#showContact(contact));
    this.#takeForms(lage);
    addEventListener('online', this.#onOnline);
    await this.#showContact(this.#follower?.contact);
    void this.#sender.send();
    void this.#follower?.start();
    void this.#keepForLater(kit, lage);
  }

  disconnectedCallback(): void {
    removeEventListener('online', this.#onOnline);
    this.#follower?.stop();
  }

  async #keepForLater(kit: Kit, lage: string): Promise<void> {
    try {
      await navigator.serviceWorker.register('/lagen/app/sw.js', { scope: '/lagen/' });
      await keepPages(kit, [`/lagen/${lage}/unterwegs`, `/lagen/${lage}`, `/lagen/${lage}/karte`]);
      this.dataset['kept'] = '';
    } catch {
      // no network now, or no room: the page goes on, and keeps it another time
    }
  }

  async #ended(): Promise<void> {
    await dropKept({ entries: false });
    this.#render('contact', html`<p class="kern-body">${offlineTexts().ended}</p>`);
  }

  #takeForms(lage: string): void {
    for (const form of this.querySelectorAll<HTMLFormElement>('form[id^="entry-"]')) {
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        event.stopPropagation();
        void this.#enter(form, lage);
      });
      this.#sayAt(form, '');
    }
  }

  async #enter(form: HTMLFormElement, lage: string): Promise<void> {
    const pairs = [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === 'string');
    // `report.lon` and `lon` are the same to a request; on the page each needs a name of its own
    const named = pairs.map(([name, value]) => [name.split('.').at(-1)!, value]);
    const typed: Typed = { ...Object.fromEntries(named), accuracy: form.dataset['accuracy'] };
    if (isWrongPlace(typed)) return this.#sayAt(form, offlineTexts()[typed['position'] === undefined ? 'wrongPlace' : 'wrongPosition']);
    const known = (await this.#database.objects()).find(({ id }) => id === (typed['object'] ?? '').split('@')[0]);
    const now = Date.now();
    const made = { id: newId(now), lage, owner: this.#owner, place: now, enteredAt: now };
    // a field of the form is called id, and hides the form's own
    const entry = entryFrom(form.getAttribute('id')?.split('-')[1] ?? '', typed, made, known, new URL(form.action).pathname);
    await this.#sender.enter(entry);
    form.reset();
    announce(offlineTexts().kept);
  }

  /** A sentence beside the place's fields, with the button that fills them in. */
  #sayAt(form: HTMLFormElement, text: string): void {
    const holder = form.querySelector<HTMLElement>('[data-here]');
    const [lon, lat, position] = ['lon', 'lat', 'position'].map((name) => form.querySelector<HTMLInputElement>(`input[name$="${name}"]`));
    if (holder === null) return;
    const t = offlineTexts();
    const find = (): void => {
      this.#sayAt(form, t.locating);
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          if (lon != null) lon.value = coords.longitude.toFixed(6);
          if (lat != null) lat.value = coords.latitude.toFixed(6);
          if (position != null) position.value = `${coords.latitude.toFixed(6)} ${coords.longitude.toFixed(6)}`;
          form.dataset['accuracy'] = String(Math.round(coords.accuracy));
          this.#sayAt(form, t.located(Math.round(coords.accuracy)));
        },
        () => this.#sayAt(form, t.noPlace),
        { enableHighAccuracy: true, timeout: 20_000, maximumAge: 30_000 },
      );
    };
    render(
      html`<button class="kern-btn kern-btn--secondary" type="button" @click=${find}><span class="kern-label">${t.here}</span></button><p role="status">${text}</p>`,
      holder,
    );
  }

  #render(place: string, content: TemplateResult | typeof nothing): void {
    const holder = this.querySelector<HTMLElement>(`[data-show="${place}"]`);
    if (holder === null) return;
    // what the server has written there gives way
    if (!this.#shown.has(place)) holder.replaceChildren();
    this.#shown.add(place);
    render(content, holder);
  }

  async #showContact({ connected, lostAt, heardAt }: Contact): Promise<void> {
    if (isOver(this.dataset['until'])) {
      this.#follower?.stop();
      return this.#ended();
    }
    const t = offlineTexts();
    const at = heardAt === undefined ? t.never : clock(heardAt);
    const text = connected ? t.connected(at) : t.offline(clock(lostAt ?? Date.now()), at);
    this.toggleAttribute('data-offline', !connected);
    this.#render('contact', html`<p class="kern-body">${text}</p>`);
    await this.#showPicture();
  }

  /** The kept picture with what was entered here upon it, the newest first. */
  async #showPicture(): Promise<void> {
    const t = offlineTexts();
    const objects = await this.#database.objects();
    const things = mergeVersions([...objects.map(versionOf), ...this.#entries.flatMap(versionOfEntry)]).toSorted((a, b) => b.shown.eventAt - a.shown.eventAt);
    const lines = things
      .slice(0, 30)
      .map(({ shown: { value, eventAt } }) => html`<li>${value} (${t.ago(Math.max(0, Math.floor((Date.now() - eventAt) / 60_000)))})</li>`);
    this.#render('picture', html`<h2 class="kern-heading-medium">${t.picture(objects.length)}</h2><ul>${lines}</ul>`);
  }

  #showQueue(entries: readonly Entry[], signIn: boolean): void {
    const t = offlineTexts();
    const mine = entries.filter(({ owner }) => owner === this.#owner);
    const others = entries.length - mine.length;
    const before = this.#entries;
    this.#entries = mine;
    void this.#showPicture();
    this.dataset['waiting'] = String(mine.length);
    this.#render(
      'queue',
      html`<p role="status">${mine.length === 0 ? t.sentAll : t.waiting(mine.length)}${signIn ? html` <strong>${t.signIn}</strong>` : nothing}</p>
        ${others > 0 ? html`<p>${t.others(others)}</p>` : nothing}
        <ul class="k-plain">${mine.map((entry) => html`<li>${this.#entry(entry)}</li>`)}</ul>`,
    );
    if (mine.some(({ id, state }) => state === 'conflict' && before.find((one) => one.id === id)?.state !== 'conflict')) announce(t.state.conflict);
  }

  #entry(entry: Entry): TemplateResult {
    const t = offlineTexts();
    const { title, state, detail, enteredAt, current } = entry;
    const button = (label: string, act: () => void): TemplateResult =>
      html`<button class="kern-btn kern-btn--secondary" type="button" @click=${act}><span class="kern-label">${label}</span></button>`;
    const drop = (): void => void this.#database.dropEntry(entry.id).then(() => this.#sender.send());
    const again = (): void => void this.#database.keepEntry(insist(entry)).then(() => this.#sender.send());
    return html`<strong>${title}</strong> (${t.state[state]}, ${t.entered(clock(enteredAt))})${detail === undefined ? nothing : html`<p>${detail}</p>`}${
      current === undefined
        ? nothing
        : html`<dl><dt>${t.yours}</dt><dd data-mine>${said(entry.body)}</dd><dt>${t.theirs}</dt><dd data-theirs>${said(current)}</dd></dl>`
    }${
      state === 'waiting'
        ? nothing
        : html`<p>${state === 'conflict' ? button(t.keepMine, again) : button(t.again, again)}
            ${state === 'conflict' ? button(t.keepTheirs, drop) : button(t.discard, () => confirm(t.discardSure) && drop())}</p>`
    }`;
  }
}

/** A guest's time is over. */
const isOver = (until: string | undefined): boolean => until !== undefined && Date.now() > Number(until);

/** What a thing or a step says, in short; tasks and units have their words within. */
function said(thing: Readonly<Record<string, unknown>>): string {
  const within = thing['body'] ?? thing['step'];
  if (typeof within === 'object' && within !== null) {
    const { title, callSign, status, state, step, reason } = within as Record<string, unknown>;
    return [title, callSign, status ?? state ?? step, reason].filter((one) => typeof one === 'string' && one !== '').join(' · ');
  }
  const facts = Object.entries((thing['facts'] ?? {}) as Record<string, unknown>).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const geometry = thing['geometry'] as PictureItem['geometry'] | undefined;
  const place = geometry?.type === 'Point' ? [(geometry.coordinates as number[]).map((n) => n.toFixed(4)).join(', ')] : [];
  const words = [thing['title'], thing['text']].filter((one) => typeof one === 'string');
  return [...words, ...facts, ...place].filter((text) => text !== '').join(' · ');
}

const versionOf = ({ id, seq, title, eventAt }: PictureItem): Version<string> => ({
  id: `${id}@${seq}`,
  about: id,
  basis: '',
  eventAt: Date.parse(eventAt),
  value: title,
});

/** What changes a thing of the picture, as a version of it; what the city has refused is none. */
function versionOfEntry({ id, about, body, title, enteredAt, state }: Entry): Version<string>[] {
  if (state === 'refused' || !about.includes(':')) return [];
  const basis = typeof body['basis'] === 'number' ? `${about}@${body['basis']}` : '';
  return [{ id, about, basis, eventAt: enteredAt, value: `${title}, ${offlineTexts().state[state]}` }];
}

customElements.define('kontor-unterwegs', UnterwegsElement);
