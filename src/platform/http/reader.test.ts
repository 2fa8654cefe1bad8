import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deviceOf, ReaderDesk, type Seen } from './reader.ts';

const PHONE = 'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36';
const NOON = Temporal.Instant.from('2026-11-29T12:00:00Z');
const seen = (over: Partial<Seen> = {}): Seen => ({ address: '192.0.2.7', userAgent: PHONE, lang: 'de', theme: undefined, declines: false, ...over });

describe('what is looked at of a browser', () => {
  it('nothing, when it asks not to be counted', () => assert.equal(new ReaderDesk().read(seen({ declines: true }), NOON), undefined));

  it('is the same for the same browser on the same day, and another for another', () => {
    const desk = new ReaderDesk();
    const first = desk.read(seen(), NOON)!.ofToday;
    assert.equal(desk.read(seen(), NOON.add({ hours: 2 }))!.ofToday, first);
    assert.notEqual(desk.read(seen({ address: '192.0.2.8' }), NOON)!.ofToday, first);
  });

  it('is another on the next day, even on the day before again: the salt is gone', () => {
    const desk = new ReaderDesk();
    const first = desk.read(seen(), NOON)!.ofToday;
    assert.notEqual(desk.read(seen(), NOON.add({ hours: 24 }))!.ofToday, first);
    assert.notEqual(desk.read(seen(), NOON)!.ofToday, first);
  });

  it('holds neither address nor browser', () => {
    const text = JSON.stringify(new ReaderDesk().read(seen(), NOON));
    assert.ok(!text.includes('192.0.2.7') && !text.includes('Pixel') && !text.includes('Chrome'));
  });

  it('robots say so', () => {
    const desk = new ReaderDesk();
    assert.equal(desk.read(seen({ userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1)' }), NOON)!.robot, true);
    assert.equal(desk.read(seen({ userAgent: '' }), NOON)!.robot, true);
    assert.equal(desk.read(seen(), NOON)!.robot, false);
  });

  for (const [userAgent, device] of [
    [PHONE, 'phone'],
    ['Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X)', 'tablet'],
    ['Mozilla/5.0 (Linux; Android 15; SM-X910)', 'tablet'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 'computer'],
    ['', 'unknown'],
  ] as const)
    it(`${device}: ${userAgent.slice(0, 30) || 'nothing said'}`, () => assert.equal(deviceOf(userAgent), device));
});
