import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { lageCity, type LageCity } from '../../../../test/support/lage-city.ts';
import { feedsOn } from '../../../lage.ts';
import type { FedReport, FeedsContext } from './context.ts';
import { Poller } from './poll.ts';

let city: LageCity;
let ctx: FeedsContext;
const reports: FedReport[] = [];
const served = new Map<string, string>();
/** Addresses that were asked, in their order, and what an answer waits for. */
const asked: string[] = [];
const slow = new Map<string, Promise<void>>();
before(async () => {
  city = await lageCity();
  ctx = {
    ...feedsOn(city.city.ctx, { outboundHosts: [], rateLimit: 1 }),
    clock: city.ctx.clock,
    outbound: {
      text: async (url) => {
        asked.push(url);
        await slow.get(url);
        const text = served.get(url);
        return text === undefined
          ? { ok: false, problem: { kind: 'unavailable', detail: 'Die Adresse antwortet nicht.' } }
          : { ok: true, value: { text, mediaType: 'application/xml' } };
      },
      download: () => Promise.reject(new Error('not used')),
      admit: () => Promise.reject(new Error('not used')),
    },
    receiveReports: async (_tx, received) => {
      const fresh = received.filter((one) => !reports.some(({ sourceRef }) => sourceRef === one.sourceRef));
      reports.push(...fresh);
      return { repeats: received.length - fresh.length, journal: [] };
    },
  };
});
after(() => city.close());

const AT = Temporal.Instant.from('2026-11-28T19:00:00Z').epochMilliseconds;
const clockAt = (seconds: number): void => city.setClock(Temporal.Instant.fromEpochMilliseconds(AT + seconds * 1000));

async function poll(): Promise<void> {
  const poller = new Poller(ctx);
  poller.wake();
  await poller.idle();
}

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly problem: string | null;
}
const sources = async (key: string): Promise<readonly Listed[]> => (await city.json('leader', 'GET', `/api/lagen/${key}/quellen`))['items'] as Listed[];
const warningsIn = async (key: string) =>
  ((await city.json('leader', 'GET', `/api/lagen/${key}/objects`))['items'] as { id: string }[]).filter(({ id }) => id.startsWith('warning:'));

const cap = (id: string): string =>
  `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${id}</identifier><sender>dwd@example.de</sender><sent>2026-11-28T19:59:00+01:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><language>de-DE</language><category>Met</category><event>ORKAN</event><urgency>Immediate</urgency><severity>Extreme</severity><certainty>Likely</certainty><senderName>Wetterdienst</senderName><headline>Orkan über der Elbe</headline><area><areaDesc>Hafen</areaDesc><polygon>53.50,9.90 53.50,10.00 53.60,10.00 53.60,9.90 53.50,9.90</polygon></area></info></alert>`;

describe('sources that are asked by the clock', () => {
  it('comes from a declared address by the clock; what is wrong there is said', async () => {
    clockAt(0);
    const key = await city.lage('Feed');
    const declared = await city.json('leader', 'POST', `/api/lagen/${key}/quellen`, { kind: 'cap-feed', name: 'DWD', url: 'https://feed.example/cap.atom' });
    await city.json('leader', 'POST', `/api/lagen/${key}/quellen`, { kind: 'cap-feed', name: 'Stumm', url: 'https://nichts.example/' });
    served.set(
      'https://feed.example/cap.atom',
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><link type="application/cap+xml" href="one.xml"/></entry><entry><content type="text/xml">${cap('IN')}</content></entry></feed>`,
    );
    served.set('https://feed.example/one.xml', cap('LINKED'));
    await poll();
    assert.equal((await warningsIn(key)).length, 2);
    clockAt(300);
    await poll();
    const all = await sources(key);
    assert.deepEqual(all.find(({ id }) => id === declared['id'])?.counts, { taken: 2, repeated: 2, refused: 0, quarantined: 0 });
    assert.match(all.find(({ name }) => name === 'Stumm')?.problem ?? '', /antwortet nicht/);
  });

  it('do not wait for one that is slow, nor is that one asked twice meanwhile', async () => {
    clockAt(10_000);
    const key = await city.lage('Langsam');
    const declare = (name: string) => city.json('leader', 'POST', `/api/lagen/${key}/quellen`, { kind: 'cap-feed', name, url: `https://${name}.example/` });
    await declare('langsam');
    clockAt(10_001);
    await declare('flott');
    served.set('https://langsam.example/', cap('S')).set('https://flott.example/', cap('F'));
    let answer = (): void => {};
    slow.set('https://langsam.example/', new Promise((done) => (answer = done)));
    const poller = new Poller(ctx);
    poller.wake();
    for (let tries = 0; tries < 100 && (await warningsIn(key)).length === 0; tries++) await new Promise((next) => setTimeout(next, 20));
    assert.equal((await warningsIn(key)).length, 1, 'the quick one is there while the slow one is asked');
    poller.wake();
    await new Promise((next) => setTimeout(next, 50));
    assert.equal(asked.filter((url) => url === 'https://langsam.example/').length, 1);
    answer();
    await poller.idle();
    assert.equal((await warningsIn(key)).length, 2);
  });

  it('have all their messages fetched in time, however many they link to, and none is left behind one that does not answer', async () => {
    clockAt(20_000);
    const key = await city.lage('Viele Verweise');
    const made = await city.json('leader', 'POST', `/api/lagen/${key}/quellen`, { kind: 'cap-feed', name: 'Viele', url: 'https://viele.example/' });
    const links = Array.from({ length: 120 }, (_, n) => `https://viele.example/${n}.xml`);
    served.set(
      'https://viele.example/',
      `<feed xmlns="http://www.w3.org/2005/Atom">${links.map((href) => `<entry><link type="application/cap+xml" href="${href}"/></entry>`).join('')}</feed>`,
    );
    for (const [n, link] of links.entries()) if (n !== 3) served.set(link, cap(`V${n}`));
    for (const second of [20_000, 20_200, 20_400, 20_600, 20_800]) {
      clockAt(second);
      await poll();
    }
    const source = (await sources(key)).find(({ id }) => id === made['id']);
    assert.equal(source?.counts['taken'], 119);
    assert.equal(asked.filter((url) => url === links[3]).length < 5, true);
  });

  it('are asked every minute at most: who wants it oftener is told', async () => {
    const key = await city.lage('Zu oft');
    const refused = await city.call('leader', 'POST', `/api/lagen/${key}/quellen`, {
      ...{ kind: 'cap-feed', name: 'DWD', url: 'https://feed.example/cap.atom', everySeconds: 30 },
    });
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /jede Minute/);
  });

  it('posts of a social medium are F6, with what they repost', async () => {
    clockAt(0);
    const key = await city.lage('Soziales');
    await city.json('leader', 'POST', `/api/lagen/${key}/quellen`, {
      kind: 'social',
      name: 'Masto',
      url: 'https://social.example/posts',
      posts: 'data',
      mapping: { id: 'id', text: 'text', time: 'at', repostOf: 'rt.id' },
    });
    served.set(
      'https://social.example/posts',
      JSON.stringify({
        data: [
          { id: 'p1', text: 'Wasser!', at: '2026-11-28T18:50:00Z' },
          { id: 'p2', text: 'Wasser!', at: '2026-11-28T18:51:00Z', rt: { id: 'p1' } },
          { text: 'ohne Kennung' },
        ],
      }),
    );
    await poll();
    const posts = reports.filter(({ sourceName }) => sourceName === 'Masto');
    assert.deepEqual(
      posts.map(({ sourceRef, originRef, reliability, credibility }) => [sourceRef, originRef, reliability, credibility]),
      [
        ['p1', undefined, 'F', 6],
        ['p2', 'p1', 'F', 6],
      ],
    );
    const source = (await sources(key)).find(({ kind }) => kind === 'social');
    assert.deepEqual(source?.counts, { taken: 2, repeated: 0, refused: 1, quarantined: 0 });
  });
});
