import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { assistantCity, docxParts, LEAFLET, POISONED, type AssistantCity } from '../../../../test/support/assistant-city.ts';
import { engines } from '../../../../test/support/temporary-database.ts';
import { ACTORS, as } from '../../../../test/support/test-server.ts';
import { verifyJournal } from '../../../platform/journal/journal.ts';
import { forget } from '../application/forget.ts';
import { openResult } from '../application/results.ts';
import { RunningAnswers, textBlocks } from '../public.ts';

interface Shown {
  id: string;
  state: string;
  text: string;
  textSha256: string;
  made: string;
  aiGenerated: boolean;
  label: string[];
  sentences: { text: string; excerpts: { documentId?: string; page: number; start: number; end: number; quote: string; sha256: string }[] }[];
  missingFigures: { text: string }[];
  checkedFigures: number | null;
  droppedStatements: number;
  notFound: boolean;
  refusal: string | null;
  confirmedBy: string | null;
  edited: boolean;
}

const API = '/api/assistant';
const pages = LEAFLET.text.split('\f');

for (const engine of engines) {
  describe(`the assistant on ${engine}`, () => {
    let city: AssistantCity;
    before(async () => {
      city = await assistantCity(engine);
    });
    after(() => city.close());
    beforeEach(() => {
      Object.assign(city.script, { pieces: () => ['Kurz: ', 'Ja.'], finish: 'stop', value: { claims: [] }, refuses: false });
      city.script.asked.length = 0;
      // ids follow the clock
      city.clock.advance({ seconds: 1 });
    });

    const make = (what: string, body: object): Promise<Shown> => city.json<Shown>('POST', `${API}/${what}`, body);
    const whole = async (id: string): Promise<Shown> => city.json<Shown>('GET', `${API}/results/${id}?wait=10`);
    const withModel = async (what: string, body: object): Promise<Shown> => whole((await make(what, { model: 'probe', ...body })).id);

    it('summarises without a model: verbatim sentences with page, place and hash, and a link to each place', async () => {
      const made = await make('summaries', { documents: [LEAFLET.id], length: 'short' });
      assert.deepEqual([made.state, made.made, made.aiGenerated], ['done', 'extract', false]);
      assert.equal(made.sentences.length, 3);
      for (const { excerpts } of made.sentences) for (const { page, start, end, quote } of excerpts) assert.equal(pages[page - 1]!.slice(start, end), quote);
      assert.equal(city.script.asked.length, 0);
      const shown = await city.page(`/assistent/ergebnisse/${made.id}`);
      const [first] = made.sentences[0]!.excerpts;
      assert.ok(shown.includes(`href="/assistent/dokumente/${LEAFLET.id}?seite=${first!.page}&amp;von=${first!.start}&amp;bis=${first!.end}#stelle"`));
      assert.match(shown, /Ohne KI: Auszug aus dem Dokument/);
      assert.doesNotMatch(shown, /data-ai-generated/);
    });

    it('takes files and pasted text by the form, and shows again what was typed when nothing is there', async () => {
      const body = new FormData();
      body.append('length', 'short');
      body.append('files', new File(['Der erste Satz sagt etwas über das Amt. Der zweite Satz sagt etwas über die Stadt.'], 'brief.txt'));
      body.append('text', 'Der eingefügte Satz sagt etwas über den Hafen der Stadt.');
      const sent = await city.server.request('/assistent/zusammenfassen', { method: 'POST', headers: as('sachbearbeitung'), body });
      assert.equal(sent.status, 303);
      const shown = await city.page(sent.headers.get('location')!);
      assert.match(shown, /brief\.txt, Seite 1[\s\S]*Eingefügter Text, Seite 1/);
      const empty = await city.form('/assistent/zusammenfassen', { extra: 'Bitte nur Fristen.', style: 'bullets', model: 'probe' });
      assert.equal(empty.status, 422);
      assert.match(await empty.text(), /Wählen Sie ein Dokument[\s\S]*Bitte nur Fristen\./);
      const files = new FormData();
      files.append('files', new File([LEAFLET.text], 'merkblatt.txt'));
      const api = await city.server.request(`${API}/summaries/files`, { method: 'POST', headers: as('sachbearbeitung'), body: files });
      assert.equal(api.status, 201);
    });

    it('marks figures of a model’s summary that the source does not have, and names them; its pages are links', async () => {
      city.script.pieces = () => ['Die Gebühr beträgt 45,50 Euro [D1 S1]. ', 'Das Verbot gilt ab dem 2. März [D1 S2] nach § 12 BauGB [D9 S1].'];
      const made = await withModel('summaries', { documents: [LEAFLET.id] });
      assert.deepEqual([made.state, made.made, made.aiGenerated], ['done', 'model', true]);
      assert.deepEqual(
        made.missingFigures.map(({ text }) => text),
        ['2. März', '§ 12 BauGB', '[D9 S1]'],
      );
      assert.deepEqual(
        made.sentences.map(({ text }) => text),
        ['D1 S1', 'D1 S2'],
      );
      const shown = await city.page(`/assistent/ergebnisse/${made.id}`);
      assert.match(shown, /<mark class="k-doubt">2\. März<\/mark>/);
      assert.match(shown, /data-ai-generated="probe zusammenfassen@1"/);
      assert.match(shown, new RegExp(`href="/assistent/dokumente/${LEAFLET.id}\\?seite=2"`));
      const [asked] = city.script.asked;
      assert.deepEqual(
        asked!.data.map(({ label }) => label),
        ['D1 S1', 'D1 S2'],
      );
      assert.doesNotMatch(asked!.instruction, /Baum/);
    });

    it('researches without a model: sentences with their passages, or that the sources do not say it', async () => {
      const made = await make('research', { question: 'Wer erteilt die Genehmigung, um einen Baum zu fällen?' });
      assert.match(made.text, /Genehmigung des Bezirksamts\. \[1\]/);
      assert.match(made.text, /\[1\] Merkblatt Baumfällung, Seite 1/);
      for (const { excerpts } of made.sentences) assert.match(excerpts[0]!.sha256, /^[0-9a-f]{64}$/);
      const none = await make('research', { question: 'Wie hoch ist die Hundesteuer?' });
      assert.deepEqual([none.notFound, none.sentences, none.text], [true, [], 'Dazu steht nichts in den Quellen.']);
      assert.match(await city.page(`/assistent/ergebnisse/${none.id}`), /Dazu steht nichts in den Quellen/);
    });

    it('keeps only the claims of a model whose words stand in the passage, and says how many it dropped', async () => {
      city.script.value = {
        claims: [
          { text: 'Es kostet 45,50 Euro und 12 Cent.', quote: 'Die Gebühr beträgt 45,50 Euro.', source: 'P1' },
          { text: 'Es ist immer erlaubt.', quote: 'Das Fällen von Bäumen ist immer erlaubt.', source: 'P1' },
          { text: 'Falsche Stelle.', quote: 'Die Genehmigung gilt zwei Jahre.', source: 'P1' },
        ],
      };
      const made = await withModel('research', { question: 'Was kostet es?' });
      assert.equal(made.sentences.length, 1);
      assert.equal(made.droppedStatements, 2);
      assert.deepEqual(
        made.missingFigures.map(({ text }) => text),
        ['12'],
      );
      assert.match(await city.page(`/assistent/ergebnisse/${made.id}`), /2 Aussagen des Modells sind weggelassen/);
      city.script.value = { claims: 'nein' };
      const refused = await withModel('research', { question: 'Was kostet es?' });
      assert.deepEqual([refused.state, refused.text], ['refused', '']);
      assert.match(refused.refusal!, /abgeschaltet/);
    });

    it('writes from key points and blocks; a model is given the draft, and its figures are compared with it', async () => {
      const wish = {
        kind: 'letter',
        subject: 'Ihr Antrag',
        points: 'die Gebühr beträgt 45,50 Euro',
        salutation: 'frau',
        name: 'Dr. Yıldız',
        signature: 'Sina Sach',
      };
      const made = await make('writings', { ...wish, blocks: ['zwischenstand-einfach'] });
      assert.match(made.text, /Sehr geehrte Frau Dr\. Yıldız,\n\nDie Gebühr beträgt 45,50 Euro\.\n\nWir prüfen noch\. Bis zum \[Bitte ergänzen: Frist\]/);
      assert.match(made.label.join(' '), /Ohne KI: aus Textbausteinen/);
      city.script.pieces = () => ['Sehr geehrte Frau Dr. Yıldız,\n\ndie Gebühr beträgt 54,50 Euro.'];
      const better = await withModel('writings', wish);
      assert.deepEqual(
        better.missingFigures.map(({ text }) => text),
        ['54,50 Euro'],
      );
      assert.match(city.script.asked[0]!.data[0]!.text, /45,50 Euro/);
      const empty = await city.form('/assistent/schreiben', { subject: 'Mein langer Betreff', points: ' ' });
      assert.equal(empty.status, 422);
      assert.match(await empty.text(), /wenigstens einen Stichpunkt[\s\S]*Mein langer Betreff/);
    });

    it('streams an answer, goes on where a reader stopped, and can be stopped; what there is stays, labelled', async () => {
      city.script.pieces = () => ['Eins ', 'zwei ', 20, 'drei ', ...Array.from({ length: 200 }, () => [10, 'und ']).flat()];
      const begun = await make('writings', { model: 'probe', points: 'eins' });
      assert.equal(begun.state, 'running');
      const stream = await city.server.request(`${API}/results/${begun.id}/stream?nach=5`, { headers: as('sachbearbeitung') });
      assert.match(stream.headers.get('content-type')!, /event-stream/);
      const reader = stream.body!.pipeThrough(new TextDecoderStream() as never).getReader() as ReadableStreamDefaultReader<string>;
      let heard = '';
      while (!heard.includes('drei')) heard += (await reader.read()).value;
      assert.doesNotMatch(heard, /Eins/);
      assert.match(heard, /id: 10\ndata: \{"text":"zwei "\}/);
      assert.match(await city.page(`/assistent/ergebnisse/${begun.id}`), /kontor-answer data-src=[\s\S]*Eins zwei/);
      for (const [path, body] of [
        [`${API}/results/${begun.id}/text`, { text: 'zu früh', seen: begun.textSha256 }],
        [`${API}/results/${begun.id}/case-note`, { fileNumber: 'BF-2026-000042-K' }],
      ] as const)
        assert.equal((await city.call(path.endsWith('text') ? 'PUT' : 'POST', path, body)).status, 409);
      const stopped = await city.json<Shown>('POST', `${API}/results/${begun.id}/stop`);
      assert.equal(stopped.state, 'stopped');
      assert.match(stopped.text, /^Eins zwei drei/);
      assert.match(stopped.label.join(' '), /Abgebrochen: Der Text ist nicht vollständig/);
      for (let part = await reader.read(); !part.done; part = await reader.read()) heard += part.value;
      assert.match(heard, /event: ende/);
      assert.match(await city.page(`/assistent/ergebnisse/${begun.id}`), /Sie haben die Antwort angehalten/);
    });

    it('keeps what a broken line left, says when a model reached its bound, and shows a refusal with what was typed', async () => {
      for (const [finish, state] of [
        ['broken', 'broken'],
        ['length', 'length'],
      ] as const) {
        city.script.finish = finish;
        const made = await withModel('writings', { points: 'eins' });
        assert.deepEqual([made.state, made.text], [state, 'Kurz: Ja.']);
        assert.match(made.label.join(' '), /Abgebrochen/);
      }
      city.script.refuses = true;
      const refused = await city.form('/assistent/schreiben', { points: 'mein Gedanke', model: 'probe' });
      assert.equal(refused.status, 503);
      assert.match(await refused.text(), /gerade abgeschaltet[\s\S]*mein Gedanke/);
    });

    it('lets one person have three answers made at once', async () => {
      city.script.pieces = () => [3000, 'spät'];
      const ids = [];
      for (let count = 0; count < 3; count++) {
        city.clock.advance({ seconds: 1 });
        ids.push((await make('writings', { model: 'probe', points: 'eins' })).id);
      }
      const fourth = await city.call('POST', `${API}/writings`, { model: 'probe', points: 'eins' });
      assert.equal(fourth.status, 429);
      const other = await city.call('POST', `${API}/writings`, { model: 'probe', points: 'eins' }, 'leitung');
      assert.equal(other.status, 201);
      await Promise.all(ids.map((id) => city.json('DELETE', `${API}/results/${id}`)));
      assert.equal((await city.call('GET', `${API}/results/${ids[0]}`)).status, 404);
    });

    it('an answer that nobody makes any more is broken off when it is looked at', async () => {
      city.script.pieces = () => [60_000, 'nie'];
      const { id } = await make('writings', { model: 'probe', points: 'eins' });
      city.clock.advance({ minutes: 12 });
      const opened = await openResult({ ...city.ctx, running: new RunningAnswers() }, ACTORS.sachbearbeitung, id);
      assert.ok(opened.ok && opened.value.result.state === 'broken');
    });

    it('holds a conversation with its history; its owner alone reads and deletes it', async () => {
      const first = await city.json<{ conversationId: string; turn: Shown }>('POST', `${API}/conversations`, { model: 'probe', text: 'Was ist ein Vermerk?' });
      await whole(first.turn.id);
      city.clock.advance({ seconds: 1 });
      const second = await city.form(`/assistent/gespraeche/${first.conversationId}`, { model: 'probe', text: 'Und wozu?', dataClass: 'public' });
      assert.equal(second.headers.get('location'), `/assistent/gespraeche/${first.conversationId}#letzte`);
      await city.page(`/assistent/gespraeche/${first.conversationId}?warten=ja`);
      assert.deepEqual(city.script.asked[1]!.history, [
        { role: 'user', text: 'Was ist ein Vermerk?' },
        { role: 'assistant', text: 'Kurz: Ja.' },
        { role: 'user', text: 'Und wozu?' },
      ]);
      const shown = await city.page(`/assistent/gespraeche/${first.conversationId}`);
      assert.match(shown, /Was ist ein Vermerk\?[\s\S]*KI-erzeugt, bitte prüfen[\s\S]*Und wozu\?/);
      for (const who of ['leitung', 'administration', 'revision'] as const) {
        assert.equal((await city.call('GET', `${API}/conversations/${first.conversationId}`, undefined, who)).status, 404, who);
        assert.equal((await city.call('POST', `${API}/conversations/${first.conversationId}/turns`, { model: 'probe', text: 'x' }, who)).status, 404, who);
        assert.equal((await city.call('DELETE', `${API}/conversations/${first.conversationId}`, undefined, who)).status, 404, who);
        assert.equal((await city.call('GET', `${API}/results/${first.turn.id}`, undefined, who)).status, 404, who);
        assert.doesNotMatch(await city.page('/assistent/gespraeche', who), /Was ist ein Vermerk/);
      }
      assert.deepEqual(await city.json('DELETE', `${API}/conversations`), { deleted: 1 });
      const left = await sql`select 1 from assistant.result where conversation_id is not null`.execute(city.database.read);
      assert.equal(left.rows.length, 0);
    });

    it('without a model a conversation says what works without one, and keeps what was typed', async () => {
      const sent = await city.form('/assistent/gespraeche', { text: 'Meine Frage', model: '' });
      assert.equal(sent.status, 422);
      assert.match(await sent.text(), /Ein Gespräch braucht ein Modell[\s\S]*Meine Frage/);
    });

    it('labels DOCX and PDF for people and programs, with sources and who checked', async () => {
      city.script.pieces = () => ['Die Gebühr beträgt 45,50 Euro.'];
      const made = await withModel('summaries', { documents: [LEAFLET.id] });
      assert.equal((await city.form(`/assistent/ergebnisse/${made.id}/geprueft`, { seen: made.textSha256 })).status, 303);
      const docx = await city.server.request(`/assistent/ergebnisse/${made.id}/text.docx`, { headers: as('sachbearbeitung') });
      const text = docxParts(new Uint8Array(await docx.arrayBuffer()));
      assert.match(text('word/document.xml'), /Die Gebühr beträgt 45,50 Euro\.[\s\S]*KI-erzeugt, bitte prüfen/);
      assert.match(text('docProps/custom.xml'), /AI-Generated[\s\S]*true[\s\S]*AI-Model[\s\S]*probe[\s\S]*Sources-SHA256/);
      const pdf = Buffer.from(await (await city.server.request(`/assistent/ergebnisse/${made.id}/text.pdf`, { headers: as('sachbearbeitung') })).arrayBuffer());
      assert.match(pdf.toString('latin1'), /^%PDF/);
      assert.match(pdf.toString('latin1'), /AI-Generated=true/);
      assert.equal((await city.server.request(`/assistent/ergebnisse/${made.id}/text.pdf`, { headers: as('leitung') })).status, 404);
      const changed = await city.json<Shown>('PUT', `${API}/results/${made.id}/text`, { text: 'Mein Text.', seen: made.textSha256 });
      assert.deepEqual([changed.edited, changed.confirmedBy], [true, null]);
    });

    it('goes into a case only by a person’s click, as a note with its label and sources', async () => {
      const made = await make('summaries', { documents: [LEAFLET.id] });
      const wrong = await city.form(`/assistent/ergebnisse/${made.id}/vorgang`, { fileNumber: 'XX-1' });
      assert.equal(wrong.status, 404);
      assert.match(await wrong.text(), /Diesen Vorgang gibt es nicht[\s\S]*XX-1/);
      assert.equal(city.notes.length, 0);
      assert.equal((await city.form(`/assistent/ergebnisse/${made.id}/vorgang`, { fileNumber: 'BF-2026-000042-K' })).status, 303);
      assert.match(city.notes[0]!.text, /Ohne KI: Auszug aus dem Dokument\.[\s\S]*Merkblatt Baumfällung \(SHA-256 [0-9a-f]{64}\)/);
    });

    it('a poisoned document changes nothing but its own words: data to the model, plain text on the page, no link, no note', async () => {
      const noted = city.notes.length;
      city.script.pieces = (order) => order.data.map(({ text }) => `${text} <img src="http://evil.example/p.png"> [hier](http://evil.example)`);
      const made = await withModel('summaries', { documents: [POISONED.id] });
      assert.doesNotMatch(made.text, /<img|https?:\/\//);
      const [asked] = city.script.asked;
      assert.doesNotMatch(`${asked!.instruction}${JSON.stringify(asked!.history ?? [])}`, /Ignoriere|evil/);
      const extract = await make('summaries', { documents: [POISONED.id], length: 'long' });
      for (const id of [made.id, extract.id]) {
        const shown = await city.page(`/assistent/ergebnisse/${id}`);
        assert.match(shown, /Eiche im Vorgarten/);
        assert.doesNotMatch(shown, /(?:href|src|action)="[^"]*evil/);
        assert.doesNotMatch(shown, /<img[^>]*evil/);
      }
      assert.equal(city.notes.length, noted);
      assert.equal((await sql`select 1 from platform.journal where kind not like 'assistant.%'`.execute(city.database.read)).rows.length, 0);
    });

    it('shares prompts by visibility, keeps every version, rates once a person, and fills variables at the entrance', async () => {
      const facts = { entrance: 'research', title: 'Fristen finden', text: 'Welche Fristen nennt {{Gesetz}}?' };
      const make_ = (body: object, who: 'sachbearbeitung' | 'leitung' = 'sachbearbeitung') => city.json<{ id: string }>('POST', `${API}/prompts`, body, who);
      const { id } = await make_({ ...facts, visibility: 'authority', authority: 'bezirk-altona' });
      const { id: own } = await make_({ ...facts, title: 'Nur meine', visibility: 'me' });
      assert.equal((await city.call('POST', `${API}/prompts`, { ...facts, visibility: 'authority', authority: 'fremd' })).status, 422);
      const listed = async (who: 'leitung' | 'administration') =>
        (await city.json<{ title: string }[]>('GET', `${API}/prompts?entrance=research`, undefined, who)).map(({ title }) => title);
      assert.deepEqual([await listed('leitung'), await listed('administration')], [['Fristen finden'], []]);
      assert.equal((await city.call('GET', `${API}/prompts/${own}`, undefined, 'leitung')).status, 404);
      assert.equal((await city.call('PUT', `${API}/prompts/${id}`, { ...facts, visibility: 'city', version: 1 }, 'leitung')).status, 403);
      assert.deepEqual(await city.json('PUT', `${API}/prompts/${id}`, { ...facts, text: 'Neu: {{Gesetz}}', visibility: 'city', version: 1 }), { version: 2 });
      assert.equal((await city.call('PUT', `${API}/prompts/${id}`, { ...facts, visibility: 'city', version: 1 })).status, 409);
      for (const stars of [5, 2]) await city.json('PUT', `${API}/prompts/${id}/rating`, { stars }, 'leitung');
      const rated = await city.json<{ stars: number; ratings: number; versions: unknown[] }>('PUT', `${API}/prompts/${id}/rating`, { stars: 3 });
      assert.deepEqual([rated.stars, rated.ratings], [2.5, 2]);
      assert.match(await city.page(`/assistent/vorlagen/${id}`), /Fassung 1: Fristen finden[\s\S]*Welche Fristen nennt \{\{Gesetz\}\}/);
      assert.match(await city.page(`/assistent/vorlagen/${id}/benutzen`), /name="v\.Gesetz"/);
      assert.match(await city.page(`/assistent/recherche?vorlage=${id}&v.Gesetz=das+VwVfG`), /Neu: das VwVfG/);
      assert.equal((await city.call('DELETE', `${API}/prompts/${id}`, undefined, 'leitung')).status, 403);
      assert.deepEqual(await city.json('DELETE', `${API}/prompts/${id}`), { deleted: 1 });
    });

    it('keeps the city’s text library beside the blocks every city has', async () => {
      const block = { key: 'frist-baum', kind: 'information', tone: 'plain', title: 'Frist', text: 'Die Frist ist {{Frist}}.' };
      assert.deepEqual(await city.json('POST', `${API}/blocks`, block), { key: 'frist-baum' });
      assert.equal((await city.call('POST', `${API}/blocks`, block)).status, 422);
      assert.equal((await city.call('PUT', `${API}/blocks/frist-baum`, { ...block, version: 1 }, 'leitung')).status, 403);
      assert.deepEqual(await city.json('PUT', `${API}/blocks/frist-baum`, { ...block, text: 'Neu: {{Frist}}.', version: 1 }), { version: 2 });
      const all = await city.json<{ key: string; own: boolean }[]>('GET', `${API}/blocks?tone=plain`, undefined, 'leitung');
      assert.ok(all.some(({ key, own }) => key === 'frist-baum' && !own));
      assert.ok(all.some(({ key }) => key === 'erhalten-einfach'));
      const ofService = await textBlocks(city.ctx, ACTORS.leitung, { kind: 'information', service: 'baumfaellung' });
      assert.ok(
        ofService.some(({ key }) => key === 'frist-baum'),
        'a block of any service is one of each',
      );
      assert.match(await city.page('/assistent/textbausteine'), /Neu: \{\{Frist\}\}/);
    });

    it('reads no result and changes none of anybody else, whatever the route', async () => {
      const made = await make('summaries', { documents: [LEAFLET.id] });
      const before_ = await city.json('GET', `${API}/results/${made.id}`);
      for (const [method, path, body] of [
        ['GET', `${API}/results/${made.id}`],
        ['GET', `${API}/results/${made.id}/stream`],
        ['GET', `/assistent/ergebnisse/${made.id}`],
        ['GET', `/assistent/ergebnisse/${made.id}/text.docx`],
        ['DELETE', `${API}/results/${made.id}`],
        ['POST', `${API}/results/${made.id}/stop`],
        ['POST', `${API}/results/${made.id}/confirmation`, { seen: made.textSha256 }],
        ['PUT', `${API}/results/${made.id}/text`, { text: 'fremd', seen: made.textSha256 }],
        ['POST', `${API}/results/${made.id}/case-note`, { fileNumber: 'BF-2026-000042-K' }],
      ] as const) {
        for (const who of ['leitung', 'administration'] as const) assert.equal((await city.call(method, path, body, who)).status, 404, `${method} ${path}`);
        assert.equal((await city.call(method, path, body, 'citizen')).status, 403, `${method} ${path} as citizen`);
      }
      assert.equal((await city.call('POST', `${API}/summaries`, { documents: [LEAFLET.id] }, 'leitung')).status, 404, 'a document of somebody else');
      assert.deepEqual(await city.json('GET', `${API}/results/${made.id}`), before_);
      assert.doesNotMatch(await city.page('/assistent/ergebnisse', 'leitung'), new RegExp(made.id));
    });

    it('speaks each language, and has no word in the journal', async () => {
      for (const path of [
        '',
        '/zusammenfassen',
        '/schreiben',
        '/recherche',
        '/gespraeche',
        '/vorlagen',
        '/vorlagen/neu',
        '/textbausteine',
        '/textbausteine/neu',
        '/ergebnisse',
      ])
        for (const lang of ['de', 'en', 'leicht']) {
          const answer = await city.server.request(`/assistent${path}?lang=${lang}`, { headers: as('sachbearbeitung') });
          assert.equal(answer.status, 200, path);
          assert.doesNotMatch(await answer.text(), /undefined|\[object/, `${path} ${lang}`);
        }
      const journal = await sql<{ all: string }>`select string_agg(payload::text, ' ') as "all" from platform.journal`.execute(city.database.read);
      assert.doesNotMatch(journal.rows[0]!.all, /Gebühr|Baum|Vermerk|Eiche|Yıldız/);
      assert.doesNotMatch(JSON.stringify(city.log.lines), /Gebühr|Eiche|Yıldız/);
      assert.equal((await verifyJournal(city.database.read)).broken, undefined);
    });

    it('forgets results and conversations that nobody touched for the time that is set', async () => {
      const made = await make('summaries', { documents: [LEAFLET.id] });
      city.clock.advance({ days: 89 });
      await forget(city.ctx);
      assert.equal((await city.call('GET', `${API}/results/${made.id}`)).status, 200);
      city.clock.advance({ days: 2 });
      assert.ok((await forget(city.ctx)) >= 1);
      assert.equal((await city.call('GET', `${API}/results/${made.id}`)).status, 404);
    });
  });
}
