import { announce } from './announce.ts';

/** A sentence for the person about what went wrong. */
export class Refused extends Error {}

/**
 * A button (`data-label`) that does something only scripts can do, and then goes on to another page. Where a browser
 * cannot do it, nothing appears.
 */
export abstract class ActionElement extends HTMLElement {
  /** Whether this browser can do it. */
  protected abstract get possible(): boolean;
  /** What is said when it went wrong and nobody said why. */
  protected abstract get failed(): string;
  /** @returns where to go on; @throws `Refused` with a sentence for the person */
  protected abstract act(): Promise<string>;

  connectedCallback(): void {
    if (!this.possible || this.querySelector('button') !== null) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'kern-btn kern-btn--secondary';
    const label = document.createElement('span');
    label.className = 'kern-label';
    label.textContent = this.dataset['label'] ?? '';
    button.append(label);
    button.addEventListener('click', () => void this.#run(button));
    this.append(button);
  }

  async #run(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    try {
      location.assign(await this.act());
    } catch (error) {
      this.#say(error instanceof Refused ? error.message : this.failed);
      button.disabled = false;
      button.focus();
    }
  }

  #say(text: string): void {
    let line = this.querySelector('p');
    if (line === null) {
      line = document.createElement('p');
      line.className = 'k-muted';
      this.append(line);
    }
    line.textContent = text;
    announce(text);
  }
}

/** Whether strangers use this device one after another: nothing may stay in its browser. */
export const isShared = (): boolean => document.documentElement.dataset['shared'] !== undefined;

/** Posts JSON. @returns the answer, `undefined` where it has none; @throws `Refused` with the server's own sentence */
export async function postJson(path: string, body: object = {}): Promise<unknown> {
  const answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify(body) });
  const value: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return value;
  const detail = (value as { detail?: unknown } | null | undefined)?.detail;
  throw typeof detail === 'string' ? new Refused(detail) : new Error(String(answer.status));
}
