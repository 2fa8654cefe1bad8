import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { expectOk } from '../../../kernel/result.ts';
import { cotXml, takFrame } from '../../../commands/cot-words.ts';
import { meaningOf, readCotXml, type CotEvent } from './cot.ts';
import { CotFrames, LONGEST_MESSAGE, readCot, type CotMessage } from './cot-frames.ts';
import { judge, type Mover } from './mover.ts';

const AT = Date.parse('2026-11-28T19:00:00Z');
const BASE = { uid: 'ANDROID-1', type: 'a-f-G-U-C', timeMs: AT, lat: 53.5, lon: 9.97, callsign: 'HLRW 21-1' };

const events = (messages: readonly CotMessage[]): CotEvent[] => messages.map((one) => (assert.ok(one.ok, one.ok ? '' : one.reason), one.event));

describe('CoT in both notations', () => {
  it('XML and protobuf of one event are one event', () => {
    const more = { ...BASE, ceMetres: 12.5, haeMetres: 8, group: 'Cyan', role: 'Team Lead', batteryPercent: 63, speedMetresPerSecond: 3.5, courseDegrees: 270 };
    const [xml] = events(readCot(Buffer.from(cotXml(more))));
    const [stream] = events(readCot(takFrame(more)));
    const [mesh] = events(readCot(takFrame(more, 'mesh')));
    const { detail: _xml, ...ofXml } = xml!;
    const { detail: _tak, ...ofStream } = stream!;
    assert.deepEqual(ofStream, ofXml);
    assert.deepEqual(mesh, stream);
    assert.equal(ofXml.batteryPercent, 63);
  });

  it('keeps what stands in detail as it came, bounded', () => {
    const event = expectOk(readCotXml(cotXml({ ...BASE, detailXml: `<usericon iconsetpath="x"/><other>${'y'.repeat(5000)}</other>` })));
    assert.ok(event.detail.startsWith('<detail>'));
    assert.equal(event.detail.length, 2000);
  });

  const REFUSED: readonly [string, string][] = [
    ['no uid', cotXml({ ...BASE, uid: '' })],
    ['no point', '<event uid="a" type="a-f-G" time="2026-11-28T19:00:00Z" stale="2026-11-28T19:05:00Z"/>'],
    ['a latitude beyond the pole', cotXml({ ...BASE, lat: 95 })],
    ['a longitude beyond the world', cotXml({ ...BASE, lon: 181 })],
    ['a latitude that is no number', cotXml(BASE).replace('lat="53.5"', 'lat="NaN"')],
    ['a time that is none', cotXml(BASE).replace(/ time="[^"]*"/, ' time="gestern"')],
    ['another element', '<message/>'],
  ];
  for (const [what, xml] of REFUSED) it(`refuses ${what}`, () => assert.equal(readCotXml(xml).ok, false));

  const MEANINGS: readonly [string, string][] = [
    ['a-f-G-U-C', 'mover'],
    ['b-m-p-s-m', 'marker'],
    ['b-a-o-tbl', 'alarm'],
    ['t-x-d-d', 'deletion'],
    ['t-x-c-t', 'nothing'],
    ['x-y', 'unknown'],
  ];
  for (const [type, meaning] of MEANINGS) it(`${type} is ${meaning}`, () => assert.equal(meaningOf({ type }), meaning));
});

describe('a stream of CoT', () => {
  it('is cut the same however its bytes arrive, in both notations mixed', () => {
    const parts = [
      cotXml({ ...BASE, uid: 'x1' }),
      takFrame({ ...BASE, uid: 'p1' }),
      `\n${cotXml({ ...BASE, uid: 'x2' })}\n`,
      takFrame({ ...BASE, uid: 'p2' }),
      cotXml({ ...BASE, uid: 'x3' }),
    ];
    const whole = Buffer.concat(parts.map((part) => Buffer.from(part)));
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length), { maxLength: 12 }), (cuts) => {
        const frames = new CotFrames();
        const edges = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
        const got = edges.slice(1).flatMap((to, index) => frames.push(whole.subarray(edges[index], to)));
        assert.deepEqual(
          events(got).map(({ uid }) => uid),
          ['x1', 'p1', 'x2', 'p2', 'x3'],
        );
        assert.equal(frames.heldBytes, 0);
      }),
      { numRuns: 200 },
    );
  });

  it('goes on after a message that is none', () => {
    const got = readCot(Buffer.from(`<event uid="</event>${cotXml(BASE)}`));
    assert.deepEqual(
      got.map(({ ok }) => ok),
      [false, true],
    );
  });

  it('passes over what is too long, says so once, and holds no more than one message', () => {
    const frames = new CotFrames();
    let said = 0;
    for (let sent = 0; sent < 3_000_000; sent += 50_000) {
      said += frames.push(Buffer.alloc(50_000, 'x')).length;
      assert.ok(frames.heldBytes <= 2 * LONGEST_MESSAGE);
    }
    assert.equal(said, 1);
    assert.equal(frames.push(Buffer.from('</event>')).length, 0);
    assert.equal(events(frames.push(Buffer.from(cotXml(BASE)))).length, 1);
  });

  it('never throws, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void readCot(bytes)),
      { numRuns: 2000 },
    );
    const good = takFrame(BASE);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => {
        const bent = Buffer.from(good);
        bent[at] = byte;
        readCot(bent);
      }),
      { numRuns: 2000 },
    );
    const text = cotXml(BASE);
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.string({ maxLength: 5 }),
        (at, put) => void readCot(Buffer.from(text.slice(0, at) + put + text.slice(at + put.length))),
      ),
      { numRuns: 2000 },
    );
  });
});

const event = (over: Partial<CotEvent> = {}): CotEvent => ({
  uid: 'u',
  type: 'a-f-G',
  how: 'm-g',
  timeMs: AT,
  startMs: AT,
  staleMs: AT + 300_000,
  lat: 53.5,
  lon: 9.97,
  ceMetres: 10,
  detail: '',
  ...over,
});
const after = (before: Mover | undefined, over: Partial<CotEvent>, nowMs = AT + 3600_000) => judge(event(over), before, nowMs);
const moverAt = (over: Partial<CotEvent> = {}): Mover => {
  const verdict = after(undefined, over);
  assert.ok(verdict.kind === 'keep');
  return verdict.mover;
};

describe('what is believed of a mover', () => {
  const REFUSED: readonly [string, Partial<CotEvent>, number][] = [
    ['a time more than 60 s ahead', { timeMs: AT + 61_000 }, AT],
    ['a time of yesterday', { timeMs: AT - 25 * 3600_000 }, AT],
    ['stale before its time', { staleMs: AT - 1 }, AT],
    ['a speed that nothing on land has', { speedMetresPerSecond: 400 }, AT],
  ];
  for (const [what, over, nowMs] of REFUSED) it(`refuses ${what}`, () => assert.equal(after(undefined, over, nowMs).kind, 'refuse'));

  it('takes a clock that is 60 s fast', () => assert.equal(after(undefined, { timeMs: AT + 60_000, staleMs: AT + 90_000 }, AT).kind, 'keep'));
  it('an event that comes twice is a repeat', () => assert.equal(after(moverAt(), {}).kind, 'repeat'));
  it('the same time with another place is a replay', () => assert.equal(after(moverAt(), { lat: 53.6 }).kind, 'refuse'));
  it('an older event is a replay', () => assert.equal(after(moverAt(), { timeMs: AT - 1 }).kind, 'refuse'));

  it('a device without a place says 0, 0: it stays where it was', () => {
    const { ceMetres: _ce, ...without } = event({ timeMs: AT + 1000, lat: 0, lon: 0 });
    const verdict = judge(without, moverAt(), AT + 2000);
    assert.ok(verdict.kind === 'keep' && verdict.mover.fix?.lat === 53.5);
  });

  it('a jump is held until three reports agree, and what fits the old place puts an end to it', () => {
    let mover = moverAt();
    const step = (lat: number, seconds: number) => {
      const verdict = after(mover, { lat, timeMs: AT + seconds * 1000 });
      assert.ok(verdict.kind === 'keep' || verdict.kind === 'hold');
      mover = verdict.mover;
      return verdict.kind;
    };
    assert.equal(step(53.9, 10), 'hold');
    assert.deepEqual([mover.fix?.lat, mover.jump?.believed], [53.5, false]);
    assert.equal(step(53.5001, 20), 'keep');
    assert.deepEqual([mover.held, mover.jump], [undefined, undefined]);
    assert.equal(step(53.9, 30), 'hold');
    assert.equal(step(53.9001, 40), 'hold');
    assert.equal(step(53.9002, 50), 'keep');
    assert.deepEqual([mover.fix?.lat, mover.jump?.believed], [53.9002, true]);
  });

  it('two places that take turns are never believed', () => {
    let mover = moverAt();
    for (let i = 1; i < 20; i++) {
      const verdict = after(mover, { lat: i % 2 === 0 ? 54.5 : 55.5, timeMs: AT + i * 1000 });
      assert.equal(verdict.kind, 'hold');
      if (verdict.kind === 'hold') mover = verdict.mover;
    }
    assert.equal(mover.fix?.lat, 53.5);
  });
});
