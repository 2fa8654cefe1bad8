import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { barChart, lineChart, type Chart } from './chart.ts';
import { qrCode, qrFile } from './qr-code.ts';

const CHART: Chart = {
  title: 'Tage bis zum Bescheid',
  source: 'Journal, 29. November 2026',
  labels: ['2026-09', '2026-10', '2026-11'],
  series: [{ name: 'Median', values: [10, undefined, 8] }],
  format: (value) => `${value} Tage`,
  lang: 'de',
};
const drawn = async (chart: Chart): Promise<string> => String(await lineChart(chart));

describe('charts', () => {
  it('say title, source and the same figures as a table', async () => {
    const page = await drawn(CHART);
    assert.match(page, /aria-label="Tage bis zum Bescheid"/);
    assert.match(page, /Journal, 29\. November 2026/);
    assert.match(page, /<table/);
    assert.match(page, /8 Tage/);
  });

  it('leave a gap where nothing is known, and say so', async () => {
    const page = await drawn(CHART);
    assert.equal(/k-chart__line--0" d="([^"]*)"/.exec(page)?.[1]?.match(/M/g)?.length, 2);
    assert.match(page, /nicht bekannt/);
  });

  it('without any figure there is no empty picture', async () => {
    const page = await drawn({ ...CHART, series: [{ name: 'Median', values: [undefined, undefined, undefined] }] });
    assert.doesNotMatch(page, /<svg/);
    assert.match(page, /noch keine Zahlen/);
  });

  it('tell the range of what is expected', async () => {
    const page = await drawn({ ...CHART, band: [undefined, { low: 7, high: 12 }, { low: 6, high: 13 }] });
    assert.match(page, /k-chart__band/);
    assert.match(page, /7 Tage – 12 Tage/);
  });

  it('bars have as many bars as known values', async () => {
    assert.equal(String(await barChart(CHART)).match(/<rect/g)?.length, 2);
  });

  it('name what the rows of the table are, by their whole names', async () => {
    const page = await drawn({
      ...CHART,
      head: 'Leistung',
      labels: ['Hund a…', 'Baum'],
      names: ['Hund anmelden', 'Baum'],
      series: [{ name: 'Fälle', values: [1, 2] }],
    });
    assert.match(page, /<th[^>]*>Leistung</);
    assert.match(page, /<th[^>]*>Hund anmelden</);
    assert.doesNotMatch(page, /Zeitraum/);
  });

  it('of nothing but zeros have one mark at zero, below a real top', async () => {
    const page = await drawn({ ...CHART, series: [{ name: 'Anteil', values: [0, 0, 0] }], format: (value) => `${Math.round(value)} %` });
    const marks = [...page.matchAll(/text-anchor="end">(\d+ %)</g)].map(([, mark]) => mark);
    assert.deepEqual(marks, ['0 %', '1 %']);
    assert.match(page, /<circle[^>]*cy="212\.0"/);
  });

  it('bring no style of their own', async () => assert.doesNotMatch(await drawn(CHART), /style=/));
});

describe('QR codes', () => {
  it('have a quiet zone of four modules and the three finder patterns', () => {
    const file = qrFile('http://localhost:8080/k/b7kfm');
    const side = Number(/viewBox="0 0 (\d+)/.exec(file)?.[1]);
    const dark = new Set([...file.matchAll(/M(\d+) (\d+)h1/g)].map(([, x, y]) => `${x} ${y}`));
    assert.equal((side - 8 - 17) % 4, 0, 'a side that the standard knows');
    for (const [x, y] of [
      [4, 4],
      [side - 11, 4],
      [4, side - 11],
    ] as const)
      for (let step = 0; step < 7; step++) assert.ok(dark.has(`${x + step} ${y}`) && dark.has(`${x} ${y + step}`));
    assert.ok([...dark].every((at) => at.split(' ').every((place) => Number(place) >= 4 && Number(place) < side - 4)));
  });

  it('say what they lead to', async () => assert.match(String(await qrCode('http://x/', 'Zum Helfer')), /aria-label="Zum Helfer"/));
});
