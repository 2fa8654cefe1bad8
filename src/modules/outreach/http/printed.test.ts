import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { CAMPAIGN, outreachCity, type OutreachCity } from '../../../../test/support/outreach-city.ts';
import { readQr } from '../../../../test/support/read-qr.ts';
import { needs, run, temporaryFolder } from '../../../platform/documents/testing.ts';

/** As long as a form allows, with words that do not break. */
const LONG = 'Zweitwohnungssteuererklärung und Sondernutzungserlaubnisverlängerung jetzt von zu Hause aus erledigen, ohne Wartezeiten!'.slice(0, 120);

describe('What is printed of a link', () => {
  const folder = temporaryFolder();
  let city: OutreachCity;
  let at = '';
  const codes: string[] = [];
  before(async () => {
    city = await outreachCity();
    at = (await city.form('/kampagnen/neu', { ...CAMPAIGN, title: LONG })).headers.get('location')!;
    await city.form(`${at}/stand`, { nach: 'running' });
    const id = at.split('/').at(-1)!;
    for (const target of ['/leistungen/hund', '/online-ausweis'])
      codes.push(((await (await city.json('POST', `/api/outreach/campaigns/${id}/links`, { target, channel: 'poster' })).json()) as { code: string }).code);
  });
  after(() => city.close());

  it('a QR code leads a phone exactly there: read from what is drawn, black on white, with its quiet zone, 15 % may be dirty', async () => {
    for (const code of codes) {
      const svg = await (await city.page(`${at}/links/${code}/qr.svg`, 'presse')).text();
      const side = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
      const dark = new Set([...svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`));
      const read = readQr((x, y) => dark.has(`${x} ${y}`), side);
      assert.equal(read.text, `${city.ctx.settings.publicUrl}/k/${code}`);
      assert.equal(read.level, 'M');
      assert.ok(read.quiet >= 4, `${read.quiet} modules of quiet zone`);
      assert.deepEqual(
        [...svg.matchAll(/fill="([^"]+)"/g)].map(([, colour]) => colour),
        ['#fff', '#000'],
      );
    }
  });
  it('the reader of this test refuses a code of which one module is wrong', async () => {
    const svg = await (await city.page(`${at}/links/${codes[0]!}/qr.svg`, 'presse')).text();
    const side = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
    const dark = new Set([...svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`));
    const [x, y] = [side - 5, side - 5];
    if (!dark.delete(`${x} ${y}`)) dark.add(`${x} ${y}`);
    assert.throws(() => readQr((column, row) => dark.has(`${column} ${row}`), side), /damaged/);
  });
  it(
    'a poster and a handbill are one tagged page each, also with the longest title, and say the address as text and the code in words',
    { skip: needs('pdfinfo', 'poppler-utils').skip || needs('pdftotext', 'poppler-utils').skip },
    async () => {
      for (const code of codes)
        for (const [name, size] of [
          ['plakat.pdf', /841\.\d+ x 1190\.\d+/],
          ['handzettel.pdf', /419\.5\d* x 595\.2\d*/],
          ['handzettel.pdf?lang=en', /419\.5\d* x 595\.2\d*/],
          ['handzettel.pdf?lang=leicht', /419\.5\d* x 595\.2\d*/],
        ] as const) {
          const path = join(folder, `${code}-${name.replace('?', '-')}`);
          writeFileSync(path, Buffer.from(await (await city.page(`${at}/links/${code}/${name}`, 'presse')).arrayBuffer()));
          const info = run('pdfinfo', path);
          assert.match(info, /Tagged:\s+yes/);
          assert.match(info, /Pages:\s+1\n/, `${name}: one page`);
          assert.match(info, size);
          const words = run('pdftotext', '-layout', path, '-');
          assert.match(words.replaceAll(/\s/g, ''), new RegExp(`/k/${code}`));
          const lead = name.endsWith('en') ? /You can do this online now/ : name.endsWith('leicht') ? /Das geht jetzt im Internet/ : /Das geht jetzt online/;
          assert.match(words.replaceAll(/\s+/g, ' '), lead);
          assert.match(run('pdfinfo', '-struct', path), /H1[\s\S]*Figure/);
        }
    },
  );
});
