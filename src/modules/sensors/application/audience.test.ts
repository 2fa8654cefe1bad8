import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expectOk } from '../../../kernel/result.ts';
import { readTopic } from '../domain/topic.ts';
import { Audience, type Listener } from './audience.ts';

const listener = (actor: Listener['actor']): Listener => ({
  actor,
  seesInternal: actor.kind !== 'anonymous',
  send() {},
  pressed: false,
  drained: async () => {},
});

it('strangers with ever new patterns leave places for devices', () => {
  const audience = new Audience();
  const [stranger, device] = [listener({ kind: 'anonymous' }), listener({ kind: 'device', deviceId: 'pegel' })];
  const pattern = (index: number) => expectOk(readTopic(`v1.1/Things(${index})/+`));
  const add = (who: Listener, index: number): boolean => audience.add(who, `v1.1/Things(${index})/+`, pattern(index), 0);
  const taken = Array.from({ length: 600 }, (_, index) => add(stranger, index)).filter(Boolean).length;
  assert.equal(taken, 250);
  assert.ok(add(device, 1000));
  assert.ok(add(stranger, 3), 'what others listen to already costs no place');
});
