import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openIdProvider, type OpenIdProvider, type OpenIdSettings } from '../../src/modules/identity/application/openid.ts';

/** What the contract needs to know of a provider, bundled or real. */
export interface ProviderUnderTest {
  /** Issuer, client and redirect URI as registered there. */
  readonly settings: () => OpenIdSettings;
  /** Level to ask for, where the provider knows levels. */
  readonly acr?: string;
  /**
   * Signs somebody in at the address as a person would, and gives the address the provider leads
   * back to (with code and state). `cancel` refuses instead.
   */
  readonly visit: (url: string, how: 'agree' | 'cancel') => Promise<URL>;
  /** Claims that person must have at least. */
  readonly expected: Readonly<Record<string, unknown>>;
}

/** What Kontor relies on in an OpenID provider. Runs against any: give its issuer and a way to sign in. */
export function openIdContract(test: ProviderUnderTest): void {
  const client = (change: Partial<OpenIdSettings> = {}): OpenIdProvider => openIdProvider({ ...test.settings(), ...change });
  const ask = { reauthenticate: true, ...(test.acr === undefined ? {} : { acr: test.acr }) };
  async function begun(provider: OpenIdProvider) {
    const begin = await provider.begin(ask);
    assert.ok(begin.ok);
    return begin.value;
  }

  it('is asked for a code with PKCE (S256), state, nonce and the exact redirect URI', async () => {
    const { url, state, nonce } = await begun(client());
    const { searchParams } = new URL(url);
    assert.equal(searchParams.get('response_type'), 'code');
    assert.equal(searchParams.get('code_challenge_method'), 'S256');
    assert.match(searchParams.get('code_challenge')!, /^[\w-]{43}$/);
    assert.equal(searchParams.get('redirect_uri'), test.settings().redirectUri);
    assert.deepEqual([searchParams.get('state'), searchParams.get('nonce')], [state, nonce]);
    assert.equal(searchParams.get('prompt'), 'login');
    assert.doesNotMatch(url, new RegExp(test.settings().clientSecret));
  });

  it('gives the person’s claims for a code, with the subject and the level in the ID token', async () => {
    const provider = client();
    const begin = await begun(provider);
    const claims = await provider.finish(await test.visit(begin.url, 'agree'), begin);
    assert.ok(claims.ok, JSON.stringify(claims));
    for (const [name, value] of Object.entries(test.expected)) assert.deepEqual(claims.value[name], value, name);
    assert.equal(claims.value['iss'], test.settings().issuer);
    assert.ok(typeof claims.value['sub'] === 'string');
  });

  it('redeems a code once', async () => {
    const provider = client();
    const begin = await begun(provider);
    const answer = await test.visit(begin.url, 'agree');
    assert.ok((await provider.finish(answer, begin)).ok);
    assert.equal((await provider.finish(answer, begin)).ok, false);
  });

  for (const [what, change] of [
    ['state', { state: 'another-state-of-somebody' }],
    ['nonce', { nonce: 'another-nonce-of-somebody' }],
    ['PKCE verifier', { codeVerifier: 'another-verifier-of-somebody-with-43-characters' }],
  ] as const) {
    it(`refuses an answer whose ${what} is not ours`, async () => {
      const provider = client();
      const begin = await begun(provider);
      const refused = await provider.finish(await test.visit(begin.url, 'agree'), { ...begin, ...change });
      assert.ok(!refused.ok && refused.problem.kind === 'sign-in-needed');
    });
  }

  it('refuses the code of one sign-in in the answer of another', async () => {
    const provider = client();
    const mine = await begun(provider);
    const theirs = await begun(provider);
    const answer = await test.visit(theirs.url, 'agree');
    answer.searchParams.set('state', mine.state);
    assert.equal((await provider.finish(answer, mine)).ok, false);
  });

  it('tells that the person cancelled', async () => {
    const provider = client();
    const begin = await begun(provider);
    const refused = await provider.finish(await test.visit(begin.url, 'cancel'), begin);
    assert.ok(!refused.ok);
    assert.match(refused.problem.detail, /abgebrochen/);
  });

  it('refuses a wrong client secret', async () => {
    const wrong = client({ clientSecret: 'not-the-secret-of-this-client-000000000000' });
    const begin = await begun(wrong);
    assert.equal((await wrong.finish(await test.visit(begin.url, 'agree'), begin)).ok, false);
  });

  it('knows where its own session ends', async () => {
    const url = await client().endSessionUrl(new URL('/abgemeldet', test.settings().redirectUri).href);
    assert.ok(url === undefined || url.includes('post_logout_redirect_uri='));
  });

  it('is unavailable, in plain words, when it does not answer', async () => {
    const reasons: string[] = [];
    const dead = openIdProvider({ ...test.settings(), issuer: 'http://127.0.0.1:1/nobody' }, (reason) => reasons.push(reason));
    const refused = await dead.begin(ask);
    assert.ok(!refused.ok && refused.problem.kind === 'unavailable');
    assert.equal(reasons.length, 1);
  });
}
