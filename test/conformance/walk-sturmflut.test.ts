import assert from 'node:assert/strict';
import { it } from 'node:test';
import { walkSturmflut } from '../../src/commands/walk-sturmflut.ts';

it('a storm surge of thirty hours through MQTT, CoT, CAP and HTTP: the end state holds and the log proves itself', async () => {
  const said: string[] = [];
  const { status, digest } = await walkSturmflut((line) => void said.push(line), { sparse: true });
  assert.equal(status, 0, said.join('\n'));
  assert.match(digest ?? '', /^[0-9a-f]{64}$/);
  for (const words of [
    'Widerspruch gefunden und aufgelöst',
    'Notverschluss entschieden',
    'Leitung an Ole Einsatz übergeben',
    'keines fehlt',
    'Änderungen ohne Lücke',
  ])
    assert.ok(
      said.some((line) => line.includes(words)),
      words,
    );
});
