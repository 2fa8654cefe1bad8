import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { assistantCity, COMPLAINT, docxParts, LEAFLET, type AssistantCity } from '../../../../test/support/assistant-city.ts';
import { ACTORS, as } from '../../../../test/support/test-server.ts';
import { editResult, openResult } from '../application/results.ts';
import { RunningAnswers } from '../public.ts';
import { engines } from '../../../../test/support/temporary-database.ts';

const API = '/api/assistant';

interface Shown {
  id: string;
  state: string;
  text: string;
  textSha256: string;
  notFound: boolean;
  confirmedBy: string | null;
  label: string[];
  missingFigures: { text: string }[];
}

for (const engine of engines) {
  describe(`safeguards of the assistant on ${engine}`, () => {
    let city: AssistantCity;
    before(async () => {
      city = await assistantCity(engine);
    });
    after(() => city.close());
    beforeEach(() => {
      Object.assign(city.script, { pieces: () => ['Kurz: ', 'Ja.'], finish: 'stop', value: { claims: [] }, refuses: false });
      city.script.asked.length = 0;
      city.clock.advance({ seconds: 1 });
    });

    const make = (what: string, body: object): Promise<Shown> => city.json<Shown>('POST', `${API}/${what}`, body);
    const whole = async (id: string): Promise<Shown> => city.json<Shown>('GET', `${API}/results/${id}?wait=10`);

    it('hands what was personal once to no model as less: neither turns said before nor a document of the library', async () => {
      const say = async (path: string, body: object) => {
        city.clock.advance({ seconds: 1 });
        const { conversationId, turn } = await city.json<{ conversationId: string; turn: Shown }>('POST', `${API}/conversations${path}`, {
          model: 'probe',
          ...body,
        });
        await whole(turn.id);
        return conversationId;
      };
      const id = await say('', { text: 'Max Mustermann hat geschrieben.', dataClass: 'personal', persons: 'Max Mustermann\nBF-2026-000042-K' });
      await say(`/${id}/turns`, { text: 'Und nun etwas anderes.', dataClass: 'public', persons: 'Erika Beispiel' });
      await say(`/${id}/turns`, { text: 'Und noch etwas.', dataClass: 'public' });
      for (const asked of city.script.asked) assert.equal(asked.dataClass, 'personal');
      assert.deepEqual(
        city.script.asked.at(-1)!.parties.map(({ familyName, identifiers }) => familyName ?? identifiers?.[0]),
        ['Mustermann', 'BF-2026-000042-K', 'Beispiel'],
      );
      city.script.asked.length = 0;
      const wish = { model: 'probe', dataClass: 'public', documents: [COMPLAINT.id], persons: 'Erika Beispiel' };
      for (const [what, more] of [
        ['summaries', {}],
        ['research', { question: 'Worüber beschwert sich jemand?' }],
      ] as const)
        await city.json('POST', `${API}/${what}`, { ...wish, ...more }, 'leitung');
      assert.deepEqual(
        city.script.asked.map(({ dataClass, parties: [party] }) => [dataClass, party?.familyName]),
        [
          ['personal', 'Beispiel'],
          ['personal', 'Beispiel'],
        ],
      );
      await make('summaries', { model: 'probe', dataClass: 'public', documents: [LEAFLET.id] });
      assert.equal(city.script.asked.at(-1)!.dataClass, 'public');
      const form = await city.page('/assistent/zusammenfassen');
      assert.match(form, /Namen von Personen, die im Text vorkommen/);
      assert.doesNotMatch(form, /Namen und Nummern werden ersetzt/);
    });

    it('takes its warnings along: into the file, the case, and where nothing of a model was left', async () => {
      city.script.pieces = () => ['Die Gebühr beträgt 54,50 Euro.'];
      const made = await whole((await make('summaries', { model: 'probe', documents: [LEAFLET.id] })).id);
      const warning = 'Eine Angabe steht so nicht in den Quellen: „54,50 Euro“.';
      assert.ok(made.label.includes(warning));
      const file = await city.server.request(`/assistent/ergebnisse/${made.id}/text.docx`, { headers: as('sachbearbeitung') });
      assert.ok(docxParts(new Uint8Array(await file.arrayBuffer()))('word/document.xml').includes(warning));
      await city.json('POST', `${API}/results/${made.id}/case-note`, { fileNumber: 'BF-2026-000042-K' });
      assert.ok(city.notes.at(-1)!.text.includes(warning));
      city.script.value = { claims: [{ text: 'Es ist erlaubt.', quote: 'Das Fällen ist immer erlaubt.', source: 'P1' }] };
      const none = await whole((await make('research', { model: 'probe', question: 'Was kostet es?' })).id);
      assert.deepEqual([none.notFound, none.text.includes('steht nichts in den Quellen')], [false, false]);
      assert.ok(none.label.includes('Eine Aussage des Modells ist weggelassen.'));
      assert.doesNotMatch(await city.page(`/assistent/ergebnisse/${none.id}`), /Dazu steht nichts|\/geprueft"/);
    });

    it('lets nobody overwrite or confirm a text that they have not seen', async () => {
      const made = await make('summaries', { documents: [LEAFLET.id] });
      const at = `/assistent/ergebnisse/${made.id}`;
      assert.match(await city.page(at), new RegExp(`name="seen" value="${made.textSha256}"`));
      assert.equal((await city.form(`${at}/text`, { text: 'Mein Text.', seen: made.textSha256 })).status, 303);
      const second = await city.form(`${at}/text`, { text: 'Der zweite Reiter.', seen: made.textSha256 });
      assert.equal(second.status, 409);
      assert.match(await second.text(), /Der Text ist inzwischen ein anderer[\s\S]*Mein Text\.[\s\S]*Der zweite Reiter\./);
      assert.equal((await city.form(`${at}/geprueft`, { seen: made.textSha256 })).status, 409);
      assert.equal((await city.call('POST', `${API}/results/${made.id}/confirmation`, { seen: made.textSha256 })).status, 409);
      const now = await city.json<Shown>('GET', `${API}/results/${made.id}`);
      assert.deepEqual([now.text, now.confirmedBy], ['Mein Text.', null]);
      assert.equal((await city.form(`${at}/geprueft`, { seen: now.textSha256 })).status, 303);
    });

    it('an answer that another process makes is not broken off by who looks from here', async () => {
      city.script.pieces = () => ['Eins ', 1500, 'zwei.'];
      const { id } = await make('writings', { model: 'probe', points: 'eins' });
      const elsewhere = { ...city.ctx, running: new RunningAnswers() };
      const looked = await openResult(elsewhere, ACTORS.sachbearbeitung, id);
      assert.ok(looked.ok && looked.value.result.state === 'running');
      const edited = await editResult(elsewhere, ACTORS.sachbearbeitung, id, 'Zu früh.', '');
      assert.ok(!edited.ok && edited.problem.kind === 'wrong-state');
      const made = await whole(id);
      assert.deepEqual([made.state, made.text], ['done', 'Eins zwei.']);
    });

    it('shows others only the versions of a prompt that were shared with them', async () => {
      const facts = { entrance: 'turn', title: 'Nachfrage', authority: null };
      const { id } = await city.json<{ id: string }>('POST', `${API}/prompts`, { ...facts, text: 'Frau Beispiel, Musterweg 5', visibility: 'me' });
      await city.json('PUT', `${API}/prompts/${id}`, { ...facts, text: 'Frage nach {{Name}}', visibility: 'city', version: 1 });
      const read = async (who: 'sachbearbeitung' | 'leitung') =>
        (await city.json<{ versions: { version: number }[] }>('GET', `${API}/prompts/${id}`, undefined, who)).versions.map(({ version }) => version);
      assert.deepEqual([await read('sachbearbeitung'), await read('leitung')], [[2, 1], [2]]);
      assert.doesNotMatch(await city.page(`/assistent/vorlagen/${id}`, 'leitung'), /Musterweg/);
    });

    it('lets only those who lead replace a block that every city begins with', async () => {
      const block = { key: 'erhalten-formal', kind: 'opening', tone: 'formal', title: 'Eingang bestätigen', text: 'Mein Wort.' };
      const refused = await city.call('POST', `${API}/blocks`, block);
      assert.equal(refused.status, 403);
      assert.match(await refused.text(), /Leitung/);
      assert.doesNotMatch(await city.page('/assistent/textbausteine'), /Mein Wort\./);
      assert.equal((await city.call('POST', `${API}/blocks`, block, 'leitung')).status, 201);
      assert.match(await city.page('/assistent/textbausteine'), /Mein Wort\./);
    });

    it('says what of a file and a pasted text stays', async () => {
      const form = await city.page('/assistent/zusammenfassen');
      assert.doesNotMatch(form, /nicht aufgehoben/);
      assert.match(form, /Die Dateien selbst heben wir nicht auf\. Sätze daraus, mit ihrer Umgebung, bleiben im Ergebnis/);
      assert.match(form, /Er bleibt mit dem Ergebnis/);
      const made = await make('summaries', { text: 'Der Hafen der Stadt wird im Winter ausgebaggert. Das kostet Zeit und Geld.' });
      assert.match(await city.page(`/assistent/zusammenfassen?aus=${made.id}`), /Der Hafen der Stadt wird im Winter ausgebaggert/);
    });
  });
}
