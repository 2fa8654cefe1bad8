import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fillDemoQuarter } from '../../src/demo-twin.ts';
import { setCollection } from '../../src/modules/geodata/public.ts';
import { engines } from '../support/temporary-database.ts';
import { wholeCity, type WholeCity } from '../support/whole-city.ts';

const NOW = Temporal.Instant.from('2026-11-28T12:00:00Z');
const CLOSE = 'c=10.04,53.556&z=17&ebene=gebaeude';
const LINE = 'figur=linie*10.04_53.556*10.041_53.556';

for (const engine of engines) {
  describe(`the twin’s page on ${engine}`, () => {
    let city: WholeCity;
    before(async () => {
      city = await wholeCity({ engine, clock: () => NOW });
      await fillDemoQuarter(city.ctx, 120);
      await setCollection(city.ctx, { kind: 'system', job: 'test' }, { id: 'geheim', title: 'Geheime Sammlung', access: 'internal' });
    });
    after(() => city.close());
    const get = async (path: string): Promise<Response> => city.server.request(path);
    const text = async (path: string): Promise<string> => {
      const answer = await get(path);
      assert.equal(answer.status, 200, path);
      return answer.text();
    };

    it('tells the objects in the picture as a table, and one of them when it is chosen', async () => {
      const shown = await text(`/zwilling?${CLOSE}`);
      assert.match(shown, /Objekte im Ausschnitt/);
      const chosen = /href="([^"]*objekt=gebaeude%2Fgebaeude-\d+[^"]*)"/.exec(shown)?.[1]?.replaceAll('&amp;', '&');
      const told = await text(chosen!);
      assert.match(told, /id="objekt"/);
      assert.match(told, /heightMetres/);
      assert.match(told, /Flachdach|Satteldach|Walmdach/);
      assert.doesNotMatch(told, /CityJSONFeature/);
    });
    it('shows nothing of what is internal, and stays whole when the address names what is not there', async () => {
      assert.doesNotMatch(await text('/zwilling?ebene=geheim&objekt=geheim/1'), /Geheime Sammlung|id="objekt"/);
      assert.doesNotMatch(await text('/zwilling?ebene=keine&objekt=gebaeude/keines'), /id="objekt"/);
      await text('/zwilling/bild.svg?ebene=geheim&ebene=keine');
    });
    it('draws houses and the shadows of that hour, none at night', async () => {
      const noon = await text(`/zwilling/bild.svg?${CLOSE}&sonne=2026-06-21T13:00`);
      assert.match(noon, /class="shadow"/);
      assert.match(noon, /<title>Gebäude<\/title>/);
      assert.doesNotMatch(await text(`/zwilling/bild.svg?${CLOSE}&sonne=2026-06-21T01:00`), /class="shadow"/);
      const [low, high] = await Promise.all(['08:00', '13:00'].map((time) => text(`/zwilling/bild.svg?${CLOSE}&sonne=2026-12-21T${time}`)));
      assert.equal(low!.includes('class="shadow"'), false, 'the sun rises at half past eight');
      assert.match(high!, /class="shadow"/);
    });
    it('draws what is typed, measures it, and gives it as GeoJSON', async () => {
      const answer = await get(`/zwilling?${CLOSE}&art=linie&orte=${encodeURIComponent('10,04 53,556\n10,041 53,556')}`);
      assert.equal(answer.status, 303);
      const to = answer.headers.get('location')!;
      assert.match(to, /figur=linie\*10\.04000_53\.55600\*10\.04100_53\.55600#zeichnung$/);
      assert.match(await text(to.split('#')[0]!), /Länge 66,\d m/);
      const file = (await (await get(`/zwilling/zeichnung.geojson?${LINE}`)).json()) as { features: { properties: { lengthMetres: number } }[] };
      assert.ok(Math.abs(file.features[0]!.properties.lengthMetres - 66.25) < 0.2);
      assert.match(await text(`/zwilling/bild.svg?${CLOSE}&${LINE}`), /class="number">1</);
    });
    it('says what is wrong with what was typed, and keeps it', async () => {
      const wrong = await text(`/zwilling?art=flaeche&orte=${encodeURIComponent('10 53\nhier <b>')}`);
      assert.match(wrong, /Zeile 2 ist kein Ort/);
      assert.match(wrong, /hier &lt;b&gt;/);
      const full = Array.from({ length: 20 }, () => 'figur=punkt*10_53').join('&');
      assert.match(await text(`/zwilling?${full}&art=punkt&orte=10+53`), /höchstens 20 Zeichnungen/);
    });
    it('prints the view as a PDF', async () => {
      const answer = await get(`/zwilling/druck.pdf?${CLOSE}&${LINE}&sonne=2026-06-21T13:00`);
      assert.equal(answer.headers.get('content-type'), 'application/pdf');
      const bytes = Buffer.from(await answer.arrayBuffer());
      assert.equal(bytes.subarray(0, 5).toString('latin1'), '%PDF-');
      assert.ok(bytes.length > 10_000);
    });
  });
}
