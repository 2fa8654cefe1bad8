import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localPath, signInPath } from './local-path.ts';
import { decodeCursor, encodeCursor } from './paging.ts';
import { clientKey, TokenBuckets } from './rate-limit.ts';
import { startingAnswer } from './starting.ts';

const WISHES: readonly [string | null, string][] = [
  ['/antrag/1?x=2#y', '/antrag/1?x=2#y'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['/a\\b', '/'],
  ['/a b', '/'],
  ['', '/'],
  [null, '/'],
  ['javascript:alert(1)', '/'],
  ['/\t/evil.example', '/'],
];
for (const [wish, path] of WISHES) {
  test(`a link back to ${JSON.stringify(wish)} leads to ${path}`, () => assert.equal(localPath(wish), path));
}
test('the sign-in link keeps where to go on', () => assert.equal(signInPath('/a?b=c'), '/anmelden?weiter=%2Fa%3Fb%3Dc'));

test('a bucket empties, fills again with time and never above its burst', () => {
  const buckets = new TokenBuckets({ burst: 2, perSecond: 1 });
  assert.deepEqual([buckets.take('a', 0), buckets.take('a', 0), buckets.take('a', 0)], [0, 0, 1]);
  assert.equal(buckets.take('b', 0), 0, 'another key is not touched');
  assert.equal(buckets.take('a', 1000), 0);
  assert.deepEqual(
    [1, 2, 3].map(() => buckets.take('a', 100_000)),
    [0, 0, 1],
  );
});
test('a clock that goes back gives nobody tokens and takes none', () => {
  const buckets = new TokenBuckets({ burst: 1, perSecond: 1 });
  assert.equal(buckets.take('a', 5000), 0);
  assert.equal(buckets.take('a', 1000), 1);
});
test('a million addresses do not fill the memory', () => {
  const buckets = new TokenBuckets({ burst: 1, perSecond: 1 }, 1000);
  for (let i = 0; i < 1_000_000; i++) buckets.take(`client-${i}`, i);
  assert.equal(buckets.size, 1000);
});
test('an IPv6 household is one client, IPv4 addresses are each their own', () => {
  assert.equal(clientKey('2001:db8:1:2:3:4:5:6'), clientKey('2001:db8:1:2::9'));
  assert.notEqual(clientKey('2001:db8:1:2::1'), clientKey('2001:db8:1:3::1'));
  assert.notEqual(clientKey('192.0.2.1'), clientKey('192.0.2.2'));
  assert.equal(clientKey('::ffff:192.0.2.1'), '::ffff:192.0.2.1');
});

test('a cursor comes back as it went, and a made-up one is none', () => {
  assert.deepEqual(decodeCursor(encodeCursor(['2026-01-01', 7])), ['2026-01-01', 7]);
  for (const made of ['', 'abc', encodeCursor([]).slice(1), Buffer.from('{"a":1}').toString('base64url')]) assert.equal(decodeCursor(made), undefined);
});

test('while the city starts: alive, not ready, and every page says so', async () => {
  const progress = { step: 'Die Datenbank wird eingerichtet', done: 2, total: 5 };
  const get = (path: string) => startingAnswer(new Request(`http://localhost${path}`), progress);
  assert.equal(get('/health').status, 200);
  assert.equal(get('/ready').status, 503);
  const page = get('/leistungen');
  assert.equal(page.status, 503);
  assert.equal(page.headers.get('retry-after'), '2');
  assert.match(await page.text(), /Die Datenbank wird eingerichtet.*max="5" value="2"/s);
});
