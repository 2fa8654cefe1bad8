import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CAP_NAMESPACE } from '../../../kernel/cap.ts';
import { readCap } from './cap.ts';
import { geometryOf, ringOf } from './cap-area.ts';
import { objectsOfAlert } from './cap-picture.ts';

const AREA = '<area><areaDesc>Hafen</areaDesc><polygon>53.5,9.9 53.5,10 53.6,10 53.6,9.9 53.5,9.9</polygon></area>';
const info = (more = AREA, head = '<language>de-DE</language>'): string =>
  `<info>${head}<category>Met</category><event>ORKAN</event><urgency>Immediate</urgency><severity>Extreme</severity><certainty>Likely</certainty>${more}</info>`;
const alert = (over: { head?: string; tail?: string } = {}): string =>
  `<alert xmlns="${CAP_NAMESPACE}"><identifier>W1</identifier><sender>dwd@example.de</sender><sent>2026-11-28T20:00:00+01:00</sent>${over.head ?? '<status>Actual</status><msgType>Alert</msgType><scope>Public</scope>'}${over.tail ?? info()}</alert>`;

const NOW = Temporal.Instant.from('2026-11-28T19:01:00Z');
const shown = (xml: string) => {
  const read = readCap(xml);
  assert.ok(read.ok, read.ok ? '' : read.problem.join(' '));
  return objectsOfAlert(read.value, 'test', NOW);
};

const WRONG: readonly [string, string, RegExp][] = [
  ['another version', alert().replace('cap:1.2', 'cap:1.1'), /CAP 1\.2/],
  ['no identifier', alert().replace('<identifier>W1</identifier>', ''), /fehlt identifier/],
  ['parts in another order', alert({ head: '<msgType>Alert</msgType><status>Actual</status><scope>Public</scope>' }), /falschen Stelle/],
  ['a part twice', alert().replace('<sender>', '<sender>x</sender><sender>'), /mehrmals/],
  ['a part that is none', alert({ tail: `<colour>red</colour>${info()}` }), /nichts zu suchen/],
  ['a status that is none', alert().replace('Actual', 'Real'), /status heißt/],
  ['a space in the identifier', alert().replace('W1', 'W 1'), /Leerzeichen/],
  ['a time without offset', alert().replace('+01:00', ''), /sent ist keine Zeit/],
  ['no time at all', alert().replace('2026-11-28T20:00:00+01:00', ''), /ist sent leer/],
  ['an empty status', alert().replace('Actual', ''), /ist status leer/],
  ['an empty severity', alert().replace('Extreme', ' '), /ist severity leer/],
  ['an update of nothing', alert().replace('>Alert<', '>Update<'), /references/],
  ['a restricted message without restriction', alert().replace('Public', 'Restricted'), /restriction/],
  ['an alert without info', alert({ tail: '' }), /ohne info/],
  [
    'an end before the beginning',
    alert({ tail: info('<onset>2026-11-28T21:00:00+01:00</onset><expires>2026-11-28T20:30:00+01:00</expires>') }),
    /bevor sie beginnt/,
  ],
  ['a polygon that is open', alert({ tail: info(AREA.replace(' 53.5,9.9<', '<')) }), /das letzte muss das erste sein/],
  ['a ceiling without altitude', alert({ tail: info(AREA.replace('</area>', '<ceiling>1000</ceiling></area>')) }), /altitude/],
];

describe('CAP 1.2', () => {
  for (const [what, xml, reason] of WRONG)
    it(`refuses ${what} and says it`, () => {
      const read = readCap(xml);
      assert.ok(!read.ok);
      assert.match(read.problem.join(' '), reason);
    });

  it('writes latitude first, GeoJSON longitude', () =>
    assert.deepEqual(ringOf('53.5,9.9 53.5,10 53.6,10 53.5,9.9'), {
      ok: true,
      value: [
        [9.9, 53.5],
        [10, 53.5],
        [10, 53.6],
        [9.9, 53.5],
      ],
    }));

  it('a warning without an end is open-ended, not expired', () => assert.equal(shown(alert())[0]?.facts['openEnded'], true));

  it('altitude and ceiling are feet', () => {
    const facts = shown(alert({ tail: info(AREA.replace('</area>', '<altitude>0</altitude><ceiling>3000</ceiling></area>')) }))[0]!.facts;
    assert.deepEqual([facts['fromMetres'], facts['toMetres']], [0, 914]);
  });

  it('EXCLUDE_POLYGON cuts a hole', () => {
    const hole = '<geocode><valueName>EXCLUDE_POLYGON</valueName><value>53.54,9.94 53.54,9.96 53.56,9.96 53.54,9.94</value></geocode>';
    const geometry = shown(alert({ tail: info(AREA.replace('</area>', `${hole}</area>`)) }))[0]!.geometry;
    assert.ok(geometry?.type === 'Polygon' && geometry.coordinates.length === 2);
  });

  it('an area of codes only stands in tables', () => {
    const one = shown(
      alert({ tail: info('<area><areaDesc>Hamburg</areaDesc><geocode><valueName>WARNCELLID</valueName><value>102000000</value></geocode></area>') }),
    )[0]!;
    assert.deepEqual([one.geometry, one.facts['geocodes']], [null, ['WARNCELLID=102000000']]);
  });

  it('a circle has its radius in kilometres', () => {
    const geometry = geometryOf([{ description: '', rings: [], holes: [], circles: [{ lat: 53.5, lon: 9.9, radiusMetres: 2000 }], geocodes: [] }]);
    assert.ok(geometry?.type === 'Polygon');
    assert.ok(Math.abs((geometry.coordinates[0]![0]![0] - 9.9) * 111_320 * Math.cos((53.5 * Math.PI) / 180) - 2000) < 1);
  });

  it('of several languages the German one is shown', () => {
    const all = shown(alert({ tail: info(AREA, '<language>en</language>').replace('ORKAN', 'HURRICANE') + info() }));
    assert.deepEqual(
      all.map(({ title }) => title),
      ['ORKAN'],
    );
  });

  it('never throws, whatever is bent', () => {
    const good = alert();
    fc.assert(
      fc.property(
        fc.nat(good.length),
        fc.nat(30),
        fc.constantFrom('', '<', '>', '&', '"', '53.5,', '</info>', '<info>', '\0', '9'.repeat(400)),
        (at, cut, put) => {
          const read = readCap(good.slice(0, at) + put + good.slice(at + cut));
          if (read.ok) objectsOfAlert(read.value, 'x', NOW);
          else assert.ok(read.problem.length > 0);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
