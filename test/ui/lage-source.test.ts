import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { lies, partFor, serves, type Part } from '../../src/browser/lage-part.ts';
import { PictureSource } from '../../src/browser/lage-source.ts';
import type { LageConfig, SeenObject } from '../../src/browser/lage-types.ts';
import { LAYERS } from '../../src/kernel/lage.ts';
import type { Box } from '../../src/kernel/picture.ts';
import { RecentChanges } from '../../src/modules/situation/domain/recent-changes.ts';

const settled = (): Promise<void> => new Promise((next) => setImmediate(next));
const boxOf = (text: string | null): Box => {
  const [west, south, east, north] = (text ?? '').split(',').map(Number) as [number, number, number, number];
  return { west, south, east, north };
};

/** A city of one Lage: pages of two objects, answers when it is told to, and the feed of the real thing. */
class City {
  readonly truth = new Map<string, SeenObject>();
  readonly changes = new RecentChanges(0, 1000);
  readonly waiting: ((ok: boolean) => void)[] = [];
  readonly lines = new Set<Line>();
  readonly asked: URL[] = [];
  head = 0;
  now = 0;

  change(id: string, lon: number | null, ended = false): void {
    this.head += 1;
    this.now += 700;
    const at = '2026-11-29T00:00:00Z';
    const geometry = lon === null ? null : ({ type: 'Point', coordinates: [lon, 53.5] } as const);
    const object: SeenObject = {
      ...{ id, kind: 'unit', layer: 'kraefte', title: id, geometry, facts: {}, source: { kind: 'cot', name: 'Funk' } },
      ...{ eventAt: at, receivedAt: at, changedAt: at, seq: this.head, ended },
    };
    this.truth.set(id, object);
    const box = lon === null ? undefined : { west: lon, east: lon, south: 53.5, north: 53.5 };
    this.changes.add([{ seq: this.head, id, layer: 'kraefte', needToKnow: null, box, json: Buffer.from(JSON.stringify(object)) }], this.now);
  }

  /** Answers as the city was when it was asked for this page. */
  async fetch(url: URL, signal: AbortSignal): Promise<Response> {
    this.asked.push(url);
    const cursor = Number(url.searchParams.get('cursor') ?? 0);
    const { west, south, east, north } = boxOf(url.searchParams.get('bbox'));
    const ok = await new Promise<boolean>((answer, abort) => {
      this.waiting.push(answer);
      signal.addEventListener('abort', () => abort(new Error('aborted')));
    });
    if (!ok) return new Response('', { status: 503 });
    const found = [...this.truth.values()]
      .filter(({ seq, ended, geometry }) => seq > cursor && !ended && lies(geometry, [west, south, east, north]))
      .toSorted((a, b) => a.seq - b.seq)
      .slice(0, 2);
    return Response.json({ items: found, next: found.length < 2 ? null : String(found.at(-1)!.seq), head: this.head });
  }

  tell(): void {
    for (const line of this.lines) line.tell();
  }
}

let city = new City();

class Line extends EventTarget {
  static readonly CLOSED = 2;
  readonly readyState = 1;
  #after: number;
  readonly #box: Box;

  constructor(address: string) {
    super();
    const query = new URL(address).searchParams;
    this.#after = Number(query.get('after'));
    this.#box = boxOf(query.get('bbox'));
    city.lines.add(this);
  }

  tell(): void {
    const { objects, gone } = city.changes.since(this.#after, { function: 'S3', layers: new Set(LAYERS), box: this.#box });
    this.#after = city.changes.head;
    const news = { objects: objects.map((json) => JSON.parse(Buffer.from(json).toString()) as object), gone, upTo: this.#after };
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(news) }));
  }

  close(): void {
    city.lines.delete(this);
  }
}

/** What a page would show: it hears of each thing, and of each that leaves. */
class Shown {
  readonly things = new Map<string, SeenObject>();
  readonly source: PictureSource;
  seen: Part = [9.9, 53.4, 10.1, 53.6];

  constructor() {
    this.source = new PictureSource({ objects: 'http://city/objects', live: 'http://city/live', closedAt: null } as unknown as LageConfig, {
      seen: () => this.seen,
      take: (fresh) => {
        for (const object of fresh) {
          if (object.ended) this.things.delete(object.id);
          else this.things.set(object.id, object);
        }
      },
      leave: (gone) => {
        for (const { id } of gone) this.things.delete(id);
      },
      contact: () => {},
    });
  }

  look(lon: number): void {
    this.seen = [lon - 0.1, 53.4, lon + 0.1, 53.6];
    this.source.look();
  }

  /** Ids and numbers of what is in sight or has no place, as shown and as it is. */
  inSight(): readonly [string[], string[]] {
    const names = (objects: Iterable<SeenObject>): string[] =>
      [...objects]
        .filter(({ geometry, ended }) => !ended && lies(geometry, this.seen))
        .map(({ id, seq }) => `${id}@${seq}`)
        .toSorted();
    return [names(this.things.values()), names(city.truth.values())];
  }
}

/** All that was asked for is answered, and the feed is told. */
async function calm(): Promise<void> {
  do {
    for (const answer of city.waiting.splice(0)) answer(true);
    for (let turn = 0; turn < 5; turn++) await settled();
  } while (city.waiting.length > 0);
  city.tell();
  await settled();
}

const kept = { fetch: globalThis.fetch, EventSource: globalThis.EventSource };
before(() => {
  Object.assign(globalThis, { fetch: (to: string, { signal }: { signal: AbortSignal }) => city.fetch(new URL(to), signal), EventSource: Line });
});
after(() => Object.assign(globalThis, kept));

describe('the part of the picture that a map asks for', () => {
  it('reaches beyond what is seen, and is the same for all who look at about the same', () => {
    const seen: Part = [9.9, 53.5, 10.0, 53.55];
    const part = partFor(seen);
    assert.ok(part[0] <= 9.86 && part[1] <= 53.48 && part[2] >= 10.04 && part[3] >= 53.57, String(part));
    assert.deepEqual(partFor([9.9005, 53.5, 10.0005, 53.55]), part);
    assert.ok(serves(part, seen) && serves(part, [9.92, 53.51, 10.02, 53.56]));
    assert.ok(!serves(part, [10.0, 53.5, 10.1, 53.55]), 'not all of this is here');
    assert.ok(!serves(part, [9.95, 53.52, 9.96, 53.525]), 'this would bring far too much');
    assert.ok(serves(partFor([-200, -89, 200, 89]), [-200, -89, 200, 89]), 'beyond the world is nothing to ask for');
  });
  it('is asked for once while the map moves within it, and again when it leaves', async () => {
    city = new City();
    for (let n = 0; n < 5; n++) city.change(`u${n}`, 10 + n * 0.2);
    const page = new Shown();
    void page.source.turn(undefined);
    await calm();
    assert.deepEqual([...page.things.keys()], ['u0', 'u1']);
    const before = city.asked.length;
    page.look(10.03);
    await calm();
    assert.equal(city.asked.length, before);
    page.look(10.7);
    assert.equal(page.things.has('u0'), true, 'what is here stays until the other is here');
    await calm();
    assert.deepEqual([...page.things.keys()], ['u3', 'u4']);
    page.source.close();
    assert.equal(city.lines.size, 0);
  });
  it('stays as it is while the city does not answer, and is asked for again', async () => {
    city = new City();
    city.change('a', 10);
    city.change('b', 11);
    const page = new Shown();
    void page.source.turn(undefined);
    await calm();
    page.look(11);
    city.waiting.splice(0)[0]!(false);
    for (let turn = 0; turn < 5; turn++) await settled();
    city.change('a', 10.01);
    city.tell();
    assert.equal(page.things.get('a')?.seq, 3, 'the part that is here is still followed');
    page.source.look();
    await calm();
    assert.deepEqual(page.inSight(), [['b@2'], ['b@2']]);
    page.source.close();
  });
  it('what leaves between two pages of an answer is not left over', async () => {
    city = new City();
    for (const id of ['a', 'b', 'c']) city.change(id, 10);
    const page = new Shown();
    void page.source.turn(undefined);
    city.waiting.splice(0)[0]!(true);
    for (let turn = 0; turn < 5; turn++) await settled();
    city.change('a', 12);
    city.change('b', 10, true);
    await calm();
    assert.deepEqual([...page.things.keys()], ['c']);
    page.source.close();
  });
  it('nothing is lost, doubled or left over, however one moves about while things move and answers are late', async () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ what: fc.constant('change'), id: fc.integer({ min: 0, max: 6 }), lon: fc.integer({ min: 0, max: 20 }) }) },
      { weight: 1, arbitrary: fc.record({ what: fc.constantFrom('end', 'unplace'), id: fc.integer({ min: 0, max: 6 }), lon: fc.constant(0) }) },
      { weight: 2, arbitrary: fc.record({ what: fc.constant('look'), id: fc.constant(0), lon: fc.integer({ min: 0, max: 20 }) }) },
      { weight: 3, arbitrary: fc.record({ what: fc.constantFrom('answer', 'answer', 'tell', 'fail'), id: fc.constant(0), lon: fc.constant(0) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        city = new City();
        const page = new Shown();
        void page.source.turn(undefined);
        for (const { what, id, lon } of steps) {
          if (what === 'change') city.change(`o${id}`, 9.5 + lon / 20);
          else if (what === 'end') city.change(`o${id}`, 10, true);
          else if (what === 'unplace') city.change(`o${id}`, null);
          else if (what === 'look') page.look(9.5 + lon / 20);
          else if (what === 'tell') city.tell();
          else city.waiting.shift()?.(what === 'answer');
          for (let turn = 0; turn < 3; turn++) await settled();
        }
        await calm();
        // what failed would be asked for again by itself a little later
        page.source.look();
        await calm();
        const [shown, truth] = page.inSight();
        page.source.close();
        assert.deepEqual(shown, truth);
      }),
      { numRuns: 300 },
    );
  });
});
