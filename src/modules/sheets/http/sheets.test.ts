import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sheetsCity, type SheetsCity } from '../../../../test/support/sheets-city.ts';
import { act, addUpload } from '../../procedure/public.ts';
import { expectOk } from '../../../kernel/result.ts';
import { makePdf } from '../application/testing.ts';

let city: SheetsCity;
let caseId: string;
let sheetId: string;
before(async () => {
  city = await sheetsCity();
  caseId = await city.newCase();
  sheetId = await city.fileOf(caseId, 'lageplan');
});
after(() => city.close());

const at = (area: 'eingang' | 'vorgang', rest = ''): string => `/${area}/${caseId}/unterlagen/${sheetId}${rest}`;
const ENTRY = { page: '1', xMm: '40,5', yMm: '60', kind: 'vermerk', text: 'Grenzabstand prüfen' };
const reads = async (): Promise<number> =>
  (await city.ctx.journal.readStream(city.ctx.database.read, `case:${caseId}`)).filter((one) => one.kind === 'procedure.akte-gelesen').length;

describe('The page of a sheet', () => {
  it('shows the page with zoom, words and picture; one visit is journalled once, however many tiles', async () => {
    const before = await reads();
    const { status, text } = await city.request(at('eingang'), 'officer');
    assert.equal(status, 200);
    assert.match(text, /<input class="k-sheet__picture" src="[^"]+\/bild\/1\/0"/);
    assert.match(text, /lageplan/);
    assert.match(text, /Wörter auf dieser Seite/);
    assert.doesNotMatch(text, /style="|onclick/);
    for (const rest of ['/kachel/1/1/0/0', '/kachel/1/1/1/1', '/bild/1/0']) {
      const picture = await city.request(at('eingang', rest), 'officer');
      assert.equal(picture.status, 200, rest);
      assert.match(picture.type, /^image\//);
    }
    assert.equal(await reads(), before + 1);
    // a tile without the page is a look too
    await city.request(at('eingang', '/kachel/1/0/0/0'), 'lead');
    assert.equal(await reads(), before + 2);
  });

  it('is the applicant’s own, without forms and without the officers’ entries', async () => {
    const { status, text } = await city.request(at('vorgang'), 'owner');
    assert.equal(status, 200);
    assert.match(text, /<img class="k-sheet__picture"/);
    assert.match(text, /sobald entschieden ist/);
    assert.doesNotMatch(text, /eintrag-form/);
  });

  for (const rest of ['', '/bild/1/0', '/kachel/1/0/0/0']) {
    it(`is nobody else's: ${rest === '' ? 'page' : rest}`, async () => {
      assert.equal((await city.request(at('eingang', rest), 'elsewhere')).status, 404);
      assert.equal((await city.request(at('vorgang', rest), 'stranger')).status, 404);
      assert.equal((await city.request(at('eingang', rest), 'owner')).status, 403);
    });
  }

  it('has no page and no tile that are not there', async () => {
    for (const rest of ['?seite=2', '?seite=x', '?stufe=9', '/bild/1/9', '/bild/0/0', '/kachel/1/9/0/0', '/kachel/1/0/7/0'])
      assert.equal((await city.request(at('eingang', rest), 'officer')).status, 404, rest);
  });
});

describe('Entries on a sheet', () => {
  it('a wrong place is said at its field, and everything typed is kept', async () => {
    const { status, text } = await city.request(at('eingang', '/eintrag'), 'officer', { ...ENTRY, xMm: '900', yMm: 'unten' });
    assert.equal(status, 422);
    assert.match(text, /Nennen Sie den Abstand vom oberen Rand/);
    assert.match(text, /value="900"/);
    assert.match(text, /Grenzabstand prüfen/);
    const outside = await city.request(at('eingang', '/eintrag'), 'officer', { ...ENTRY, xMm: '900' });
    assert.match(outside.text, /liegt nicht auf der Seite/);
  });

  it('without JavaScript a click on the picture fills the place in and saves nothing', async () => {
    const { status, text } = await city.request(at('eingang', '/eintrag?stufe=0'), 'officer', { ...ENTRY, xMm: '', yMm: '', 'ort.x': '500', 'ort.y': '100' });
    assert.equal(status, 200);
    assert.match(text, /Der Ort ist gewählt/);
    // A4: 842 points are 1000 pixels
    assert.match(text, /value="148,5"/);
    assert.match(text, /value="29,7"/);
    assert.match(text, /Grenzabstand prüfen/);
    assert.match(text, /Auf diesem Blatt ist nichts eingetragen/);
  });

  it('is entered, listed, changed and removed; the journal has no words of it', async () => {
    const entered = await city.request(at('eingang', '/eintrag'), 'officer', ENTRY);
    assert.equal(entered.status, 303, entered.text);
    const { text } = await city.request(at('eingang'), 'officer');
    assert.match(text, /Seite 1, 40,5 mm von links, 60 mm von oben/);
    const mark = /eintrag=([0-9a-f-]{36})/.exec(text)![1]!;
    const form = await city.request(at('eingang', `?eintrag=${mark}`), 'officer');
    assert.match(form.text, /Eintrag 1 ändern/);
    assert.match(form.text, /value="40,5"/);
    const changed = await city.request(at('eingang', '/eintrag'), 'officer', { ...ENTRY, mark, version: '1', text: 'Grenzabstand fehlt' });
    assert.equal(changed.status, 303);
    const late = await city.request(at('eingang', '/eintrag'), 'lead', { ...ENTRY, mark, version: '1', text: 'Auch ich' });
    assert.equal(late.status, 409);
    assert.match(late.text, /Auch ich/, 'what was typed is kept');
    assert.equal((await city.request(at('eingang', `/eintrag/${mark}/entfernen`), 'officer', { version: '2' })).status, 303);
    assert.doesNotMatch((await city.request(at('eingang'), 'officer')).text, /Grenzabstand/);
    const entries = await city.ctx.journal.readStream(city.ctx.database.read, `sheets:${caseId}`);
    assert.deepEqual(
      entries.map(({ kind }) => kind),
      ['sheets.eintrag-gesetzt', 'sheets.eintrag-geaendert', 'sheets.eintrag-entfernt'],
    );
    assert.doesNotMatch(JSON.stringify(entries), /Grenzabstand/);
  });

  it('is for those who work on the case', async () => {
    assert.equal((await city.request(at('eingang', '/eintrag'), 'revision', ENTRY)).status, 403);
    assert.equal((await city.request(at('eingang', '/eintrag'), 'elsewhere', ENTRY)).status, 404);
    assert.equal((await city.request(at('eingang', '/eintrag'), 'owner', ENTRY)).status, 403);
  });
});

describe('A file that cannot be drawn', () => {
  it('has a page that says so in a sentence, and takes no entry', async () => {
    const { ctx, citizen } = city;
    const id = await city.newCase();
    expectOk(
      await act(ctx, city.actors.officer, {
        caseId: id,
        command: { action: 'request-documents', requestId: 'r2', items: [{ id: 'mass', text: 'Maß' }], text: '' },
      }),
    );
    const file = { ownerId: id, slot: 'mass', field: 'mass', fileName: 'kaputt.pdf', bytes: Buffer.from('%PDF-1.4 broken'), tooLarge: false };
    const { id: uploadId } = expectOk(await addUpload(ctx, citizen, file));
    expectOk(await act(ctx, citizen, { caseId: id, command: { action: 'answer-request', text: '', documents: [] } }));
    const broken = `/eingang/${id}/unterlagen/${uploadId}`;
    const page = await city.request(broken, 'officer');
    assert.equal(page.status, 200);
    assert.match(page.text, /Das Blatt ist beschädigt und kann nicht gezeigt werden/);
    assert.match(page.text, /Datei öffnen/);
    const entry = await city.request(`${broken}/eintrag`, 'officer', ENTRY);
    assert.equal(entry.status, 422);
    assert.match(entry.text, /beschädigt/);
    const compared = await city.request(`${broken}/vergleich/${await city.fileOf(id, 'lageplan')}`, 'officer');
    assert.equal(compared.status, 200);
    assert.match(compared.text, /beschädigt/);
    assert.equal((await city.request(`${broken}/kachel/1/0/0/0`, 'officer')).status, 422);
    const sheet = { uploadId, slot: 'mass', fileName: 'kaputt.pdf', version: 1, sha256: '', standing: 'genehmigt', marks: [] } as const;
    const document = (await city.sheets.cases.read(ctx.database.read, id))!.documents.find((one) => one.id === uploadId)!;
    const about = { fileNumber: 'BG-1', authority: 'Amt', decidedOn: Temporal.PlainDate.from('2026-11-24') };
    const [copy] = await ctx.sheets!.copies(id, [{ ...sheet, sha256: document.sha256 }], about);
    assert.deepEqual(copy, {
      fileName: 'Planblatt-kaputt-V1-BG-1.pdf',
      reason: 'Das Blatt ist beschädigt und kann nicht gezeigt werden. Laden Sie die Datei herunter oder bitten Sie um eine neue.',
    });
  });
});

describe('Handing in a new version', () => {
  it('the applicant is asked what a file replaces, says so, and both see it on the page of the case', async () => {
    const id = await city.newCase();
    const old = await city.fileOf(id, 'zeichnungen');
    expectOk(
      await act(city.ctx, city.actors.officer, {
        caseId: id,
        command: { action: 'request-documents', requestId: 'r3', items: [{ id: 'zeichnungen', text: 'Schnitt' }], text: '' },
      }),
    );
    const asked = await city.request(`/vorgang/${id}`, 'owner');
    assert.match(asked.text, new RegExp(`<option value="${old}" selected>Neue Fassung von zeichnungen.pdf`));
    assert.match(asked.text, /Zusätzliche Datei/);
    const form = new FormData();
    form.set('ersetzt.zeichnungen', old);
    form.set('text', 'Mit Schnitt.');
    form.append('zeichnungen', new Blob([new Uint8Array(makePdf([{ mm: [420, 297] }]))]), 'schnitt.pdf');
    form.append('zeichnungen', new Blob([new Uint8Array(makePdf([{ mm: [297, 210] }]))]), 'ansicht.pdf');
    const sent = await city.request(`/vorgang/${id}/nachreichen`, 'owner', form);
    assert.equal(sent.status, 303, sent.text.slice(0, 400));
    const { documents } = (await city.sheets.cases.read(city.ctx.database.read, id))!;
    const found = documents.filter(({ slot }) => slot === 'zeichnungen').map(({ fileName, version, current }) => `${fileName} ${version} ${current}`);
    assert.deepEqual(found.toSorted(), ['ansicht.pdf 1 true', 'schnitt.pdf 2 true', 'zeichnungen.pdf 1 false']);
    assert.match((await city.request(`/vorgang/${id}`, 'owner')).text, /schnitt\.pdf[\s\S]*Version 2 \(neueste\)/);
    const officer = await city.request(`/eingang/${id}`, 'officer');
    assert.match(officer.text, new RegExp(`/vergleich/${old}">vergleichen`));
    assert.match(officer.text, /Version 1 \(ersetzt\)[^<]*von Katharina Petersen/);
  });
});

describe('Versions', () => {
  it('an answer to a Nachforderung is the next version: the old one stays, both are compared, and only the new one is stamped', async () => {
    const { ctx, citizen } = city;
    const id = await city.newCase();
    const old = await city.fileOf(id, 'lageplan');
    expectOk(
      await act(ctx, city.actors.officer, {
        caseId: id,
        command: { action: 'request-documents', requestId: 'r1', items: [{ id: 'lageplan', text: 'Lageplan' }], text: '' },
      }),
    );
    const bytes = makePdf([{ mm: [210, 297], draw: 'BT /F1 18 Tf 60 760 Td (lageplan) Tj ET 300 300 60 60 re f' }]);
    const taken = expectOk(
      await addUpload(ctx, citizen, { ownerId: id, slot: 'lageplan', field: 'lageplan', fileName: 'lageplan-neu.pdf', bytes, tooLarge: false, replaces: old }),
    );
    const again = await addUpload(ctx, citizen, {
      ownerId: id,
      slot: 'lageplan',
      field: 'lageplan',
      fileName: 'noch.pdf',
      bytes,
      tooLarge: false,
      replaces: old,
    });
    assert.equal(again.ok ? 'taken' : again.problem.fields![0]!.field, 'lageplan');
    expectOk(await act(ctx, citizen, { caseId: id, command: { action: 'answer-request', text: 'Neu', documents: [] } }));
    const page = await city.request(`/eingang/${id}/unterlagen/${old}`, 'officer');
    assert.match(page.text, /Version 1[^<]*/);
    assert.match(page.text, new RegExp(`/unterlagen/${taken.id}/vergleich/${old}`));
    const compared = await city.request(`/eingang/${id}/unterlagen/${taken.id}/vergleich/${old}`, 'officer');
    assert.equal(compared.status, 200);
    assert.match(compared.text, /Bereiche? unterscheide/);
    assert.match((await city.request(`/eingang/${id}/unterlagen/${taken.id}/vergleich/${old}/bild/1`, 'officer')).type, /image\/png/);
    assert.equal((await city.request(`/vorgang/${id}/unterlagen/${taken.id}/vergleich/${old}`, 'owner')).status, 200);
    assert.equal((await city.request(`/vorgang/${id}/unterlagen/${taken.id}/vergleich/${old}`, 'stranger')).status, 404);
    const stamped = await city.request(`/eingang/${id}/unterlagen/${old}/eintrag`, 'officer', { ...ENTRY, kind: 'gruen' });
    assert.match(stamped.text, /neuere Version/);
    const { items } = JSON.parse((await city.request(`/api/cases/${id}/sheets`, 'owner')).text) as {
      items: { fileName: string; version: number; current: boolean }[];
    };
    assert.deepEqual(
      items
        .filter(({ fileName }) => fileName.startsWith('lageplan'))
        .map(({ version, current }) => [version, current])
        .toSorted(([a], [b]) => Number(a) - Number(b)),
      [
        [1, false],
        [2, true],
      ],
    );
  });
});
