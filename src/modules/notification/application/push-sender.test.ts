import assert from 'node:assert/strict';
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import { createOutbound } from '../../../platform/outbound/outbound.ts';
import { pushSender, vapidKeys, type PostPush } from './push-sender.ts';

const SECRET = 'a secret of the tests, long enough for a key';
const WORDS = { title: 'Kontor', body: 'In Ihrem Postfach der Stadt liegt etwas Neues.', path: '/postfach' };

/** A browser that takes notices: its keys, and what it can read (RFC 8291, RFC 8188). */
function browser(endpoint = 'https://push.example.org/abc') {
  const keys = createECDH('prime256v1');
  keys.generateKeys();
  const auth = randomBytes(16);
  const address = { endpoint, p256dh: keys.getPublicKey('base64url'), auth: auth.toString('base64url') };
  const read = (body: Buffer): string => {
    const salt = body.subarray(0, 16);
    const idLength = body[20]!;
    const sender = body.subarray(21, 21 + idLength);
    const cipher = body.subarray(21 + idLength);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender]);
    const ikm = Buffer.from(hkdfSync('sha256', keys.computeSecret(sender), auth, info, 32));
    const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16));
    const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12));
    const opened = createDecipheriv('aes-128-gcm', key, nonce);
    opened.setAuthTag(cipher.subarray(-16));
    const plain = Buffer.concat([opened.update(cipher.subarray(0, -16)), opened.final()]);
    return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8');
  };
  return { address, read };
}

const nowhere = createOutbound({ allowedHosts: [], resolve: async () => [{ address: '10.0.0.7', family: 4 }] });
const publicNet = createOutbound({ allowedHosts: [], resolve: async () => [{ address: '93.184.215.14', family: 4 }] });
const sender = (post?: PostPush, outbound = publicNet) =>
  pushSender({ secret: SECRET, contact: 'mailto:post@kontor.example', outbound, ...(post === undefined ? {} : { post }) });

describe('web push', () => {
  it('RFC 8291: only this browser reads it, and it says only that something waits', async () => {
    const { address, read } = browser();
    let sent: { headers: Readonly<Record<string, string>>; body: Buffer } | undefined;
    const outcome = await sender(async (_endpoint, headers, body) => {
      sent = { headers, body };
      return { status: 201, retryAfter: null };
    }).send(address, WORDS, 'mailbox');
    assert.deepEqual(outcome, { kind: 'sent' });
    assert.deepEqual(JSON.parse(read(sent!.body)), WORDS);
    assert.throws(() => browser().read(sent!.body));
    assert.equal(sent!.headers['Content-Encoding'], 'aes128gcm');
    assert.equal(sent!.headers['Topic'], 'mailbox');
    assert.equal(sent!.headers['TTL'], '86400');
  });
  it('RFC 8292: signed with the city’s key for exactly this push service, for a day at most', async () => {
    let authorization = '';
    await sender(async (_endpoint, headers) => {
      authorization = headers['Authorization']!;
      return { status: 201, retryAfter: null };
    }).send(browser().address, WORDS, 'mailbox');
    const [, token, key] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization)!;
    const { publicKey } = vapidKeys(SECRET);
    assert.equal(key, publicKey);
    const [head, claims, signature] = token!.split('.');
    const point = Buffer.from(publicKey, 'base64url');
    const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
    const whole = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature!, 'base64url'),
    );
    assert.equal(whole, true);
    const said = JSON.parse(Buffer.from(claims!, 'base64url').toString()) as { aud: string; sub: string; exp: number };
    assert.equal(said.aud, 'https://push.example.org');
    assert.equal(said.sub, 'mailto:post@kontor.example');
    assert.ok(said.exp - Date.now() / 1000 <= 24 * 3600);
  });
  it('every process has the same key, every secret another', () => {
    assert.deepEqual(vapidKeys(SECRET), vapidKeys(SECRET));
    assert.notEqual(vapidKeys(SECRET).publicKey, vapidKeys(`${SECRET}!`).publicKey);
  });
  for (const [status, retryAfter, outcome] of [
    [201, null, { kind: 'sent' }],
    [404, null, { kind: 'gone' }],
    [410, null, { kind: 'gone' }],
    [413, null, { kind: 'refused', reason: 'answered 413' }],
    [429, '60', { kind: 'later', reason: 'answered 429', retryAfterSeconds: 60 }],
    [502, null, { kind: 'later', reason: 'answered 502' }],
  ] as const)
    it(`${status} means ${outcome.kind}`, async () =>
      assert.deepEqual(await sender(async () => ({ status, retryAfter })).send(browser().address, WORDS, 'mailbox'), outcome));
  it('is refused, and hangs nowhere, where a kept key is off the curve', async () => {
    const address = { ...browser().address, p256dh: Buffer.alloc(65, 4).toString('base64url') };
    assert.equal((await sender(async () => ({ status: 201, retryAfter: null })).send(address, WORDS, 'mailbox')).kind, 'refused');
  });
  it('goes to no address inside, whatever its name says, neither when it is kept nor when it is used', async () => {
    const inside = sender(undefined, nowhere);
    for (const endpoint of [
      'https://intern.example/x',
      'https://127.0.0.1/x',
      'https://[::1]/x',
      'http://push.example.org/x',
      'https://push.example.org:6379/x',
    ])
      assert.equal(await inside.admits(endpoint), false, endpoint);
    assert.equal(await sender().admits('https://push.example.org/x'), true);
    assert.equal(await inside.admits('https://updates.push.services.mozilla.com/wpush/v2/x'), true, 'known services need no look-up');
    const outcome = await inside.send(browser('https://updates.push.services.mozilla.com/wpush/v2/x').address, WORDS, 'mailbox');
    assert.deepEqual(outcome, { kind: 'later', reason: 'the push service’s address is not reachable or not public' });
    assert.deepEqual(await inside.send(browser('http://push.example.org/x').address, WORDS, 'mailbox'), { kind: 'gone' });
  });
});
