import { ActionElement, isShared, postJson } from './action-element.ts';
import { browserTexts } from './texts.ts';

/**
 * A button that signs in with a passkey (`data-mode="sign-in"`) or adds one (`data-mode="add"`), or
 * begins an account with one behind the link of a mail (`data-mode="sign-up"`), then
 * goes on to `data-next`.
 */
export class PasskeyElement extends ActionElement {
  protected get possible(): boolean {
    const makes = this.dataset['mode'] !== 'sign-in';
    return window.PublicKeyCredential !== undefined && !(makes && isShared());
  }

  protected get failed(): string {
    return browserTexts().passkeyFailed;
  }

  protected act(): Promise<string> {
    const { mode } = this.dataset;
    return mode === 'add' ? this.#add() : mode === 'sign-up' ? this.#signUp() : this.#signIn();
  }

  async #add(): Promise<string> {
    const { startRegistration } = await import('@simplewebauthn/browser');
    const optionsJSON = await postJson('/api/passkeys/registration-options');
    const response = await startRegistration({ optionsJSON: optionsJSON as Parameters<typeof startRegistration>[0]['optionsJSON'] });
    await postJson('/api/passkeys/registration', { response, label: deviceName() });
    return this.dataset['next'] ?? location.href;
  }

  async #signUp(): Promise<string> {
    const { startRegistration } = await import('@simplewebauthn/browser');
    const token = this.dataset['token'] ?? '';
    const optionsJSON = await postJson('/api/registrations/passkey/options', { token });
    const response = await startRegistration({ optionsJSON: optionsJSON as Parameters<typeof startRegistration>[0]['optionsJSON'] });
    const answer = (await postJson('/api/registrations/passkey/completion', { token, response, label: deviceName() })) as { next?: string };
    return answer.next ?? this.dataset['next'] ?? '/konto';
  }

  async #signIn(): Promise<string> {
    const { startAuthentication } = await import('@simplewebauthn/browser');
    const optionsJSON = await postJson('/api/passkeys/assertion-options');
    const response = await startAuthentication({ optionsJSON: optionsJSON as Parameters<typeof startAuthentication>[0]['optionsJSON'] });
    const next = this.dataset['next'];
    const answer = (await postJson('/api/passkeys/assertion', { response, ...(next === undefined ? {} : { next }) })) as { next?: string };
    return answer.next ?? next ?? '/';
  }
}

/** A name the person will know the passkey by. */
function deviceName(): string {
  const agent = navigator.userAgent;
  const system = /iPhone|iPad|Android|Windows|Mac OS|Linux/.exec(agent)?.[0]?.replace('Mac OS', 'Mac') ?? 'Passkey';
  return `${system}, ${new Date().toLocaleDateString(document.documentElement.lang)}`;
}
