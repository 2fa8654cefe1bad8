import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { xbauCity, type Caller, type XbauCity } from '../../../../test/support/xbau-city.ts';
import { lead } from '../../../../test/support/procedure-city.ts';
import { ABOUT, ANSWERS, DATA, MAPPING, OTHERS, pdf, PORTAL, XBAU_HEAD, XBAU_RULES, XBAU_SCHEMAS } from '../../../../test/support/xbau-messages.ts';
import { expectOk } from '../../../kernel/result.ts';
import { readXbauFile, type ReadXbau } from '../application/read-xbau.ts';
import { readSchematron, schematronMistakes } from '../application/schematron-testing.ts';
import { id as uuid } from '../application/xdomea-testing.ts';
import { schemaMistakes, withoutSchema } from '../application/xmllint-testing.ts';
import { zip } from '../../../platform/files/zip.ts';
import { antrag, antragGeaendert, rueckweisung, type FormData, type XbauPackage } from '../domain/xbau-write.ts';

let city: XbauCity;
before(async () => {
  city = await xbauCity();
});
after(() => city.close());

const packed = ({ xml, files }: XbauPackage): Uint8Array => zip([{ name: 'message.xml', bytes: Buffer.from(xml) }, ...files]);
const headers = (who?: Caller) => ({ ...(who === undefined ? {} : { cookie: `kontor_session=${who}` }), origin: 'http://localhost:8080' });

interface Said {
  readonly status: number;
  readonly type: string;
  readonly body: Record<string, unknown>;
}
const said = async (answer: Response): Promise<Said> => ({
  status: answer.status,
  type: answer.headers.get('content-type') ?? '',
  body: (await answer.json()) as Record<string, unknown>,
});
async function send(path: string, file: Uint8Array | string | undefined, who?: Caller): Promise<Said> {
  const body = new FormData();
  body.set('note', 'x');
  if (file !== undefined) body.set('file', new Blob([file as string]), 'message.zip');
  return said(await city.server.request(`/api/exchange/xbau${path}`, { method: 'POST', body, headers: headers(who) }));
}
const get = async (path: string, who?: Caller) => said(await city.server.request(path, { headers: headers(who) }));
const pageText = async (path: string, who: Caller) => (await city.server.request(path, { headers: headers(who) })).text();
/** Every message that the city wrote in these tests, for the schemas at the end. */
const written: { readonly type: string; readonly xml: string }[] = [];
function readBack(file: Record<string, unknown>): ReadXbau {
  const read = expectOk(readXbauFile([{ name: String(file['name']), bytes: Buffer.from(String(file['base64']), 'base64') }], MAPPING));
  written.push({ type: read.head.type, xml: Buffer.from(read.xml).toString('utf8') });
  return read;
}
/** The message that the API gives of a case. */
async function exported(caseId: string, message: string, who: Caller = 'officer'): Promise<ReadXbau> {
  const { status, body } = await get(`/api/cases/${caseId}/xbau/${message}`, who);
  assert.equal(status, 200, JSON.stringify(body));
  return readBack(body);
}
const journal = (kind: string) => city.ctx.journal.readAfter(city.database.read, 0, { kinds: [kind] });
const ask = async (caseId: string) =>
  city.does(caseId, {
    action: 'request-documents',
    requestId: uuid(30),
    items: [{ id: 'lageplan', text: 'Der Lageplan ist unleserlich.' }],
    text: 'Bitte reichen Sie ihn nach.',
  });

describe('checking a message', () => {
  it('says what it brings, takes nothing over, and the journal knows figures but no person', async () => {
    const { status, body } = await send('/check', packed(antrag(XBAU_HEAD, MAPPING, DATA, uuid(71))), 'officer');
    assert.equal(status, 200);
    assert.deepEqual([body['type'], body['reference'], (body['documents'] as unknown[]).length, body['absent'], body['rest']], ['0200', uuid(71), 6, [], []]);
    const entry = (await journal('exchange.xbau-read')).at(-1)!;
    assert.deepEqual([entry.payload['files'], entry.payload['messageId']], [6, uuid(70)]);
    assert.doesNotMatch(JSON.stringify(entry.payload), /Petersen|Beispielstr/);
  });
  it('hostile XML: problem+json with reason and line, journalled as refused', async () => {
    const { status, type, body } = await send('/check', `<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>`, 'officer');
    assert.deepEqual([status, type.startsWith('application/problem+json')], [422, true]);
    assert.match(String(body['detail']), /^Zeile 2: .*Dokumenttyp-Definition/);
    const entry = (await journal('exchange.xbau-refused')).at(-1)!;
    assert.deepEqual([entry.payload['reason'], entry.payload['line']], ['doctype', 2]);
  });
  it('names every mistake', async () => {
    const { xml } = antrag(XBAU_HEAD, MAPPING, DATA, uuid(71));
    const { body } = await send('/check', xml.replace(uuid(70), 'abc').replace('>Petersen<', '> <'), 'revision');
    assert.equal((body['errors'] as unknown[]).length, 2);
  });
  it('is for staff of authorities only, and wants a file', async () => {
    assert.equal((await send('/check', 'x')).status, 401);
    assert.equal((await send('/check', 'x', 'citizen')).status, 403);
    assert.equal((await send('', 'x', 'revision')).status, 403);
    assert.equal((await send('/check', undefined, 'officer')).status, 422);
  });
});

describe('a message that cannot be used', () => {
  it('gets its rejection (1100) with every mistake and the message itself', async () => {
    const broken = antrag(XBAU_HEAD, MAPPING, DATA, uuid(71)).xml.replace('>Petersen<', '> <');
    const { status, body } = await send('/rejection', broken, 'officer');
    assert.equal(status, 200);
    const xml = Buffer.from(String(body['base64']), 'base64');
    const read = readBack(body);
    assert.deepEqual([read.head.type, read.refersTo?.message?.id], ['1100', uuid(70)]);
    assert.match(read.tells[0]!, /sch-xbau-gen-001/);
    assert.ok(xml.includes(Buffer.from(broken).toString('base64')));
  });
  it('but a sound one does not, nor a rejection', async () => {
    assert.equal((await send('/rejection', antrag(XBAU_HEAD, MAPPING, DATA, uuid(71)).xml, 'officer')).status, 409);
    const { xml } = rueckweisung(XBAU_HEAD, ['x'], undefined, new Uint8Array());
    assert.equal((await send('/rejection', xml.replace('standard="XBau-Kernmodul"', 'standard="x"'), 'officer')).status, 409);
  });
});

describe('a case as messages', () => {
  it('0200: the application comes back as it was made, journalled as a read of the whole file', async () => {
    const caseId = await city.submitted();
    const reads = (await journal('procedure.akte-gelesen')).length;
    const { answers, delivered, reference } = await exported(caseId, '0200');
    const { state, documents } = await city.file(caseId);
    assert.deepEqual(answers, state.answers);
    assert.equal(reference, caseId);
    assert.deepEqual(
      delivered.map(({ slot, originalName, bytes }) => [slot, originalName, Buffer.from(bytes).toString('base64')]),
      documents.filter(({ direction }) => direction === 'in').map(({ kind, fileName, bytes }) => [kind, fileName, Buffer.from(bytes).toString('base64')]),
    );
    assert.equal((await journal('procedure.akte-gelesen')).length, reads + 2);
  });

  it('is for the responsible authority only', async () => {
    const caseId = await city.submitted();
    const reads = (await journal('procedure.akte-gelesen')).length;
    assert.equal((await get(`/api/cases/${caseId}/xbau/0200`, 'elsewhere')).status, 404);
    assert.equal((await get(`/api/cases/${caseId}/xbau/0200`, 'citizen')).status, 403);
    assert.equal((await get(`/api/cases/${caseId}/xbau/0200`)).status, 401);
    assert.equal((await journal('procedure.akte-gelesen')).length, reads);
    assert.equal((await get(`/api/cases/${caseId}/xbau/0200`, 'revision')).status, 200);
    assert.equal((await get(`/api/cases/${caseId}/xbau/0203`, 'officer')).status, 422);
  });

  it('says in a sentence which message there is not yet', async () => {
    const caseId = await city.submitted();
    for (const [message, reason] of [
      ['0201', /nichts nachgefordert/],
      ['0202', /keine Nachforderung beantwortet/],
      ['0205', /keinen versiegelten Bescheid/],
    ] as const) {
      const { status, body } = await get(`/api/cases/${caseId}/xbau/${message}`, 'officer');
      assert.equal(status, 409);
      assert.match(String(body['detail']), reason);
    }
    const page = await pageText(`/eingang/${caseId}`, 'officer');
    assert.match(page, /xbau\/0200\.zip/);
    assert.doesNotMatch(page, /xbau\/0201\.zip/);
  });
});

describe('request, answer, completeness, decision', () => {
  let caseId: string;
  let fileNumber: string;
  let answer: Uint8Array;

  it('0201 asks for what is missing, with the letter and the day', async () => {
    caseId = await city.submitted();
    fileNumber = (await ask(caseId)).fileNumber;
    await city.jobs.drain();
    const { tells, refersTo, delivered } = await exported(caseId, '0201');
    assert.deepEqual(tells, [
      'Der Antrag ist nicht vollständig.',
      'Es fehlt: Der Lageplan ist unleserlich.',
      'Frist: 2026-12-22',
      'Bitte reichen Sie ihn nach.',
    ]);
    assert.deepEqual([refersTo?.fileNumber, delivered.length], [fileNumber, 1]);
  });

  it('0202 is its answer: new version of the plan, changed data, the message itself', async () => {
    const data = {
      answers: { dwellings: 3, description: 'Nun mit Keller.' },
      said: [],
      files: [pdf(40, { bytes: Buffer.from('%PDF-1.7 neu') }), pdf(41, { slot: 'statik', fileName: 'statik.pdf', title: 'Statik' })],
    };
    answer = packed(antragGeaendert({ ...XBAU_HEAD, messageId: uuid(44) }, MAPPING, data, { ...ABOUT, fileNumber }));
    const { status, body } = await send('', answer, 'officer');
    assert.deepEqual([status, body['caseId'], body['repeated'], body['reply']], [200, caseId, false, null], JSON.stringify(body));
    const { state, documents } = await city.file(caseId);
    assert.deepEqual(
      [state.status, state.answers['dwellings'], state.answers['description'], state.answers['familyName']],
      ['eingegangen', 3, 'Nun mit Keller.', 'Petersen'],
    );
    const plans = documents.filter(({ kind }) => kind === 'lageplan').map(({ bytes }) => Buffer.from(bytes).toString('latin1').slice(0, 12));
    assert.deepEqual([plans.length, plans.includes('%PDF-1.7 neu')], [2, true]);
    const others = new Set(documents.filter(({ kind }) => kind === 'beilage').map(({ fileName }) => fileName));
    assert.deepEqual(others, new Set(['statik.pdf', `${uuid(44)}_baugenehmigung.antragGeaendert.0202.xml`]));
    assert.match(await pageText(`/eingang/${caseId}`, 'officer'), /statik\.pdf/);
  });

  it('the same message again does nothing again', async () => {
    const { status, body } = await send('', answer, 'officer');
    assert.deepEqual([status, body['caseId'], body['repeated']], [200, caseId, true]);
    assert.equal((await send('', answer, 'elsewhere')).status, 404);
  });

  it('0202 of our own is what was answered', async () => {
    const { answers, delivered } = await exported(caseId, '0202');
    assert.equal(answers['dwellings'], 3);
    assert.deepEqual(
      delivered.map(({ slot }) => slot ?? '').toSorted((a, b) => a.localeCompare(b)),
      ['beilage', 'beilage', 'lageplan'],
    );
  });

  it('0201 again: complete, with the day of the decision', async () => {
    await city.does(caseId, { action: 'confirm-complete' });
    const { tells } = await exported(caseId, '0201');
    assert.equal(tells[0], 'Der Antrag ist vollständig.');
    assert.match(tells.at(-1)!, /^Entscheidung spätestens: 2027-0[23]-\d\d$/);
  });

  it('0205: the decision with its sealed PDF', async () => {
    const text = await city.proposal(caseId);
    await city.does(caseId, { action: 'draft-decision', outcome: 'grant', feeCents: 10000, text });
    await city.does(caseId, { action: 'submit-for-approval' });
    await city.does(caseId, { action: 'approve', decisionId: uuid(50) }, lead);
    await city.jobs.drain();
    const { tells, delivered, refersTo } = await exported(caseId, '0205');
    assert.equal(tells[0], 'Der Antrag ist genehmigt.');
    assert.deepEqual([delivered.length, refersTo?.fileNumber], [1, fileNumber]);
    assert.match(Buffer.from(delivered[0]!.bytes).toString('latin1'), /\/ByteRange/);
  });
});

describe('an answer that fits nothing', () => {
  const answerTo = (about: Parameters<typeof antragGeaendert>[3], messageId: string, data: FormData = { answers: {}, said: [], files: [pdf(40)] }) =>
    packed(antragGeaendert({ ...XBAU_HEAD, messageId }, MAPPING, data, about));

  it('to no case, or to one of another authority', async () => {
    const caseId = await city.submitted();
    const { fileNumber } = await ask(caseId);
    assert.equal((await send('', answerTo({ fileNumber: 'BG-2026-999999-X' }, uuid(45)), 'officer')).status, 404);
    assert.equal((await send('', answerTo({ fileNumber }, uuid(45)), 'elsewhere')).status, 404);
  });
  it('to a case that asked for nothing', async () => {
    const caseId = await city.submitted();
    const { state } = await city.file(caseId);
    const { status, body } = await send('', answerTo({ fileNumber: state.fileNumber }, uuid(46)), 'officer');
    assert.equal(status, 409);
    assert.match(String(body['detail']), /nichts nachgefordert/);
  });
  it('with a value that the form would refuse: nothing is kept', async () => {
    const caseId = await city.submitted();
    const { fileNumber } = await ask(caseId);
    const wrong = await send('', answerTo({ fileNumber }, uuid(47), { answers: { dwellings: 99_999 }, said: [], files: [] }), 'officer');
    assert.equal(wrong.status, 422);
    assert.match(JSON.stringify(wrong.body['errors']), /dwellings/);
    const { state, documents } = await city.file(caseId);
    assert.deepEqual([state.status, documents.filter(({ direction }) => direction === 'in').length], ['unvollstaendig', 6]);
  });
  it('§ 3a Abs. 3 VwVfG: with a file of no known kind: it is named, and the rest is taken', async () => {
    const caseId = await city.submitted();
    const { fileNumber } = await ask(caseId);
    const program = { answers: {}, said: [], files: [pdf(40), pdf(41, { fileName: 'x.pdf', bytes: Buffer.from('MZ program') })] };
    const { status, body } = await send('', answerTo({ fileNumber }, uuid(48), program), 'officer');
    assert.deepEqual([status, body['caseId']], [200, caseId], JSON.stringify(body));
    const [refused, ...others] = body['refusedFiles'] as { fileName: string; reason: string }[];
    assert.deepEqual([refused?.fileName, others], ['x.pdf', []]);
    assert.match(refused!.reason, /«x\.pdf» ist kein PDF/);
    const { state, documents } = await city.file(caseId);
    // the plan and the message itself beside the six of the application; of the program no byte
    assert.deepEqual([state.status, documents.filter(({ direction }) => direction === 'in').length], ['eingegangen', 8]);
    assert.ok(!documents.some(({ bytes }) => Buffer.from(bytes).includes('MZ program')));
    assert.match(await pageText(`/eingang/${caseId}`, 'officer'), /x\.pdf: nicht angenommen/);
  });
  it('is no message of an authority', async () => {
    const { status, body } = await send('', rueckweisung(XBAU_HEAD, ['x'], undefined, new Uint8Array()).xml, 'officer');
    assert.equal(status, 409);
    assert.match(String(body['detail']), /1100 \(Rückweisung\)/);
  });
});

describe('an application in XBau', () => {
  const sent = (messageId: string, reference: string) => packed(antrag({ ...XBAU_HEAD, messageId }, MAPPING, DATA, reference));
  let caseId: string;

  it('becomes a case of the responsible authority, with every answer and file, and gets its receipt', async () => {
    const { status, body } = await send('', sent(uuid(170), uuid(171)), 'officer');
    assert.equal(status, 200, JSON.stringify(body));
    caseId = String(body['caseId']);
    const { state, documents } = await city.file(caseId);
    assert.deepEqual(state.answers, ANSWERS);
    assert.deepEqual(
      [state.status, state.authority, state.accountId, state.origin, state.applicant.name],
      ['eingegangen', 'bezirksamt-altona', null, 'xbau', 'Katharina Petersen'],
    );
    const kinds = documents.filter(({ direction }) => direction === 'in').map(({ kind }) => kind);
    assert.deepEqual(new Set(kinds), new Set([...DATA.files.map(({ slot }) => slot), 'original']));
    const { head, refersTo, tells } = readBack(body['reply'] as Record<string, unknown>);
    assert.deepEqual(
      [head.type, head.reader?.id, refersTo],
      ['1120', PORTAL.id, { reference: uuid(171), fileNumber: state.fileNumber, message: { id: uuid(170), type: '0200', createdAt: XBAU_HEAD.createdAt } }],
    );
    assert.match(tells[0]!, new RegExp(state.fileNumber));
  });

  it('twice is once: the same message, and another message with the same reference', async () => {
    const again = await send('', sent(uuid(170), uuid(171)), 'officer');
    const other = await send('', sent(uuid(172), uuid(171)), 'officer');
    assert.deepEqual([again.body['caseId'], again.body['repeated'], other.body['caseId']], [caseId, true, caseId]);
  });

  it('twice at the same moment is once too', async () => {
    const both = await Promise.all([send('', sent(uuid(173), uuid(174)), 'officer'), send('', sent(uuid(173), uuid(174)), 'officer')]);
    assert.equal(both[0].body['caseId'], both[1].body['caseId']);
  });

  it('goes its way like any other: request in XBau, answer in XBau, letters in the file, no Postfach', async () => {
    await ask(caseId);
    await city.jobs.drain();
    const { refersTo, head, delivered } = await exported(caseId, '0201');
    assert.deepEqual([refersTo?.reference, head.reader?.name, delivered.length], [uuid(171), PORTAL.name, 1]);
    const change = packed(
      antragGeaendert(
        { ...XBAU_HEAD, messageId: uuid(175) },
        MAPPING,
        { answers: {}, said: [], files: [pdf(40, { bytes: Buffer.from('%PDF-1.7 b') })] },
        { reference: uuid(171) },
      ),
    );
    const { status, body } = await send('', change, 'officer');
    assert.deepEqual([status, body['caseId']], [200, caseId], JSON.stringify(body));
    const page = await pageText(`/eingang/${caseId}`, 'officer');
    assert.match(page, /von Katharina Petersen/);
  });

  it('of another program: what is missing may be missing, what has no field is seen', async () => {
    const { status, body } = await send('', OTHERS, 'officer');
    assert.equal(status, 200, JSON.stringify(body));
    const { rest, absent } = body['message'] as { rest: { text: string }[]; absent: unknown[] };
    assert.deepEqual([rest.some(({ text }) => text === 'Wohnbau GmbH'), absent.length], [true, 3]);
    const { state } = await city.file(String(body['caseId']));
    assert.deepEqual([state.applicant.name, state.answers['buildingClass']], ['Bo Wulff', undefined]);
    const page = await pageText(`/eingang/${String(body['caseId'])}`, 'officer');
    assert.match(page, /Bo Wulff/);
    assert.match(page, /lässt sich keine Gebühr berechnen/);
  });

  it('without an outline the officer says the place; it decides who is responsible', async () => {
    const nowhere = OTHERS.replace(/<b:lageBauvorhaben>.*<\/b:lageBauvorhaben>/, '').replaceAll(uuid(60).toUpperCase(), uuid(176));
    const without = await send('', nowhere, 'officer');
    assert.equal(without.status, 422);
    assert.equal((await send('?lon=9.9352&lat=53.5577', nowhere, 'officer')).status, 200);
  });

  it('that belongs elsewhere, names nobody or gives a value that cannot be: nothing is made', async () => {
    const cases = (await journal('procedure.antrag-eingereicht')).length;
    const away = await send('', sent(uuid(177), uuid(178)), 'elsewhere');
    assert.equal(away.status, 403);
    assert.match(String(away.body['detail']), /Zuständig ist Bezirksamt Altona/);
    const data = (answers: Record<string, unknown>) => packed(antrag({ ...XBAU_HEAD, messageId: uuid(179) }, MAPPING, { ...DATA, answers }, uuid(180)));
    const { familyName: _nobody, ...anonymous } = ANSWERS;
    assert.equal((await send('', data(anonymous), 'officer')).status, 422);
    const wrong = await send('', data({ ...ANSWERS, volumeCbm: 5_000_000 }), 'officer');
    assert.deepEqual([wrong.status, (wrong.body['errors'] as { field: string }[])[0]?.field], [422, 'volumeCbm'], JSON.stringify(wrong.body));
    assert.equal((await journal('procedure.antrag-eingereicht')).length, cases);
  });
});

describe('everything that the city wrote here', { skip: withoutSchema(XBAU_SCHEMAS.hochbau) }, () => {
  it('is valid under XSD and Schematron', () => {
    const rules = XBAU_RULES.map(readSchematron);
    for (const { type, xml } of written) {
      assert.equal(schemaMistakes(xml, XBAU_SCHEMAS[type.startsWith('1') ? 'kern' : 'hochbau']), '', type);
      assert.deepEqual(
        rules.flatMap((one) => schematronMistakes(xml, one)),
        [],
        type,
      );
    }
    assert.deepEqual(new Set(written.map(({ type }) => type)), new Set(['0200', '0201', '0202', '0205', '1100', '1120']));
  });
});
