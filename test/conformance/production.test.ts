import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { DEMO_PASSWORD } from '../../src/modules/identity/public.ts';
import { wholeCity, type WholeCity } from '../support/whole-city.ts';

describe('a city in production', () => {
  const directory = mkdtempSync(join(tmpdir(), 'kontor-production-'));
  let city: WholeCity;
  before(async () => {
    const file = (name: string): string => join(directory, name);
    const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      file('key.pem'),
      '-out',
      file('cert.pem'),
      '-days',
      '30',
      '-subj',
      '/O=Stadt/CN=Siegel',
      '-addext',
      'keyUsage=digitalSignature,nonRepudiation',
    );
    openssl('pkcs12', '-export', '-inkey', file('key.pem'), '-in', file('cert.pem'), '-out', file('siegel.p12'), '-passout', 'pass:geheim');
    const oidc = (name: string) => ({
      [`KONTOR_OIDC_${name}_ISSUER`]: `https://${name.toLowerCase()}.idp.example`,
      [`KONTOR_OIDC_${name}_CLIENT_ID`]: 'kontor',
      [`KONTOR_OIDC_${name}_CLIENT_SECRET`]: 's',
    });
    city = await wholeCity({
      env: {
        KONTOR_ENV: 'production',
        KONTOR_PUBLIC_URL: 'https://stadt.example',
        KONTOR_SECRET: 'x'.repeat(40),
        SMTP_URL: 'smtp://127.0.0.1:1',
        KONTOR_CITY: 'Freie Stadt Beispiel',
        KONTOR_MAIL_FROM: 'post@stadt.example',
        KONTOR_SEAL_P12: file('siegel.p12'),
        KONTOR_SEAL_PASSWORD: 'geheim',
        ...oidc('STAFF'),
        ...oidc('EID'),
      },
    });
  });
  after(async () => {
    await city.close();
    rmSync(directory, { recursive: true });
  });
  const ask = async (path: string, init?: RequestInit): Promise<Response> => city.answer(new Request(`https://stadt.example${path}`, init), {});

  it('is ready and asks browsers for HTTPS only', async () => {
    const response = await ask('/ready');
    assert.equal(response.status, 200);
    assert.match(response.headers.get('strict-transport-security')!, /max-age=63072000/);
    assert.match(response.headers.get('content-security-policy')!, /form-action 'self' https:\/\/eid\.idp\.example https:\/\/staff\.idp\.example/);
  });

  for (const path of ['/demo/post', '/api/demo/post', '/demo-idp/.well-known/openid-configuration']) {
    it(`has nothing of the demo: ${path}`, async () => assert.equal((await ask(path)).status, 404));
  }

  it('has no invented people, and their password opens nothing', async () => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from identity.account`.execute(city.ctx.database.read);
    assert.equal(rows[0]!.n, 0);
    const body = new URLSearchParams({ email: 'katharina.petersen@buerger.example', password: DEMO_PASSWORD });
    const response = await ask('/anmelden', { method: 'POST', body, headers: { origin: 'https://stadt.example' } });
    assert.equal(response.status, 401);
    assert.equal(
      response.headers.getSetCookie().some((cookie) => cookie.startsWith('kontor_session=') && !cookie.includes('Max-Age=0')),
      false,
    );
  });

  it('does not say that it is a demo', async () => {
    const page = await (await ask('/')).text();
    assert.doesNotMatch(page, /Vorführung|Demo/);
  });
});
