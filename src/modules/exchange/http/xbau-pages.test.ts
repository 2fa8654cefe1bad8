import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { xbauCity, type Caller, type XbauCity } from '../../../../test/support/xbau-city.ts';
import { DATA, MAPPING, OTHERS, XBAU_HEAD } from '../../../../test/support/xbau-messages.ts';
import { id as uuid } from '../application/xdomea-testing.ts';
import { antrag } from '../domain/xbau-write.ts';

let city: XbauCity;
before(async () => {
  city = await xbauCity();
});
after(() => city.close());

const headers = (who: Caller) => ({ cookie: `kontor_session=${who}`, origin: 'http://localhost:8080' });
const pageText = async (path: string, who: Caller) => (await city.server.request(path, { headers: headers(who) })).text();

describe('the officer’s page', () => {
  async function post(
    action: string,
    file: Uint8Array | string,
    who: Caller = 'officer',
  ): Promise<{ readonly status: number; readonly type: string; readonly text: string }> {
    const body = new FormData();
    body.set('action', action);
    body.set('file', new Blob([file as string]), 'message.zip');
    const answer = await city.server.request('/amt/xbau', { method: 'POST', body, headers: { ...headers(who), accept: 'text/html' } });
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() };
  }

  it('is reached from the inbox', async () => {
    assert.match(await pageText('/eingang', 'officer'), /href="\/amt\/xbau"/);
    assert.doesNotMatch(await pageText('/eingang', 'revision'), /href="\/amt\/xbau"/);
    assert.match(await pageText('/amt/xbau', 'officer'), /Nachricht in XBau annehmen/);
  });
  it('checks, takes in, and names every mistake with its line', async () => {
    const { xml } = antrag({ ...XBAU_HEAD, messageId: uuid(181) }, MAPPING, DATA, uuid(182));
    const checked = await post('check', OTHERS);
    assert.deepEqual([checked.status, checked.text.includes('Wohnbau GmbH'), checked.text.includes('https://portal.example/statik')], [200, true, true]);
    const taken = await post('take', xml);
    assert.match(taken.text, /Der Vorgang ist angelegt[\s\S]*xbau\/1120\.zip/);
    const broken = await post('take', xml.replace(uuid(181), 'abc').replace('>Petersen<', '> <'));
    assert.equal(broken.status, 422);
    assert.equal(broken.text.match(/<li>Zeile \d+: /g)?.length, 2);
    const rejection = await post('reject', xml.replace('>Petersen<', '> <'));
    assert.match(rejection.type, /application\/xml/);
    assert.match(rejection.text, /rueckweisung\.G2G\.1100/);
  });
  it('shows what others wrote as text', async () => {
    const evil = OTHERS.replace('Wohnbau GmbH', '&lt;script&gt;alert(1)&lt;/script&gt;').replaceAll(uuid(60).toUpperCase(), uuid(183));
    assert.doesNotMatch((await post('check', evil)).text, /<script>alert/);
  });
});
