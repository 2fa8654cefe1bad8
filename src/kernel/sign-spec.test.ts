import assert from 'node:assert/strict';
import { it } from 'node:test';
import { signKey, signSpec } from './sign-spec.ts';

it('a sign takes names, short texts and colours, and nothing that could be markup', () => {
  assert.deepEqual(
    signSpec({ grundzeichen: 'fahrzeug', organisation: 'thw"><script>', text: ']]></text><a>HLRW 21-1', farbe: 'red" onload="', symbol: 7, other: 'x' }),
    { grundzeichen: 'fahrzeug', text: '/textaHLRW 21-' },
  );
  assert.deepEqual(signSpec({ symbol: 'drohne', farbe: '#FA321e', name: '  Ä/1  ' }), { symbol: 'drohne', farbe: '#FA321e', name: 'Ä/1' });
});

it('the key of a sign does not depend on the order of its parts', () => {
  assert.equal(signKey(signSpec({ symbol: 'drohne', grundzeichen: 'stelle' })), signKey(signSpec({ grundzeichen: 'stelle', symbol: 'drohne' })));
});
