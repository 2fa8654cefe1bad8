import { announce } from './announce.ts';
import { browserTexts } from './texts.ts';

/**
 * A button that signs in with a passkey (`data-mode="sign-in"`) or adds one (`data-mode="add"`), or
 * begins an account with one behind the link of a mail (`data-mode="sign-up"`), then
 * goes on to `data-next`. Without passkeys in the browser nothing appears.
 */
export class PasskeyElement extends HTMLElement {
  connectedCallback(): void {
    if (window.PublicKeyCredential === undefined || this.querySelector('button') !== null) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'kern-btn kern-btn--secondary';
    const label = document.createElement('span');
    label.className = 'kern-label';
    label.textContent = this.dataset['label'] ?? 'Passkey';
    button.append(label);
    button.addEventListener('click', () => void this.#run(button));
    this.append(button);
  }

  async #run(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    try {
      location.assign(await (this.dataset['mode'] === 'add' ? this.#add() : this.dataset['mode'] === 'sign-up' ? this.#signUp() : this.#signIn()));
    } catch (error) {
      this.#refuse(error instanceof Refused ? error.message : browserTexts().passkeyFailed);
      button.disabled = false;
      button.focus();
    }
  }

  async #add(): Promise<string> {
    const { startRegistration } = await import('@simplewebauthn/browser');
    const optionsJSON = await post('/api/passkeys/registration-options');
    const response = await startRegistration({ optionsJSON: optionsJSON as Parameters<typeof startRegistration>[0]['optionsJSON'] });
    await post('/api/passkeys/registration', { response, label: deviceName() });
    return this.dataset['next'] ?? location.href;
  }

  async #signUp(): Promise<string> {
    const { startRegistration } = await import('@simplewebauthn/browser');
    const token = this.dataset['token'] ?? '';
    const optionsJSON = await post('/api/registrations/passkey/options', { token });
    const response = await startRegistration({ optionsJSON: optionsJSON as Parameters<typeof startRegistration>[0]['optionsJSON'] });
    const answer = (await post('/api/registrations/passkey/completion', { token, response, label: deviceName() })) as { next?: string };
    return answer.next ?? this.dataset['next'] ?? '/konto';
  }

  async #signIn(): Promise<string> {
    const { startAuthentication } = await import('@simplewebauthn/browser');
    const optionsJSON = await post('/api/passkeys/assertion-options');
    const response = await startAuthentication({ optionsJSON: optionsJSON as Parameters<typeof startAuthentication>[0]['optionsJSON'] });
    const next = this.dataset['next'];
    const answer = (await post('/api/passkeys/assertion', { response, ...(next === undefined ? {} : { next }) })) as { next?: string };
    return answer.next ?? next ?? '/';
  }

  #refuse(text: string): void {
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

/** The server's own sentence about what went wrong. */
class Refused extends Error {}

async function post(path: string, body: object = {}): Promise<unknown> {
  const answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify(body) });
  const value: unknown = await answer.json();
  if (answer.ok) return value;
  const detail = (value as { detail?: unknown } | null)?.detail;
  throw typeof detail === 'string' ? new Refused(detail) : new Error(String(answer.status));
}

/** A name the person will know the passkey by. */
function deviceName(): string {
  const agent = navigator.userAgent;
  const system = /iPhone|iPad|Android|Windows|Mac OS|Linux/.exec(agent)?.[0]?.replace('Mac OS', 'Mac') ?? 'Passkey';
  return `${system}, ${new Date().toLocaleDateString(document.documentElement.lang)}`;
}
