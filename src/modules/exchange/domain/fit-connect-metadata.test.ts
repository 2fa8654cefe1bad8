import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { callbackHmac, judgeCallback } from './fit-connect-callback.ts';
import { segmentsOf } from './fit-connect-compact.ts';
import { METADATA_SCHEMA_WRITTEN, plainFileName, readMetadata } from './fit-connect-metadata.ts';

const hash = { type: 'sha512', content: 'a'.repeat(128) };
const attachment = { attachmentId: 'f65feab2-4883-4dff-85fb-169448545d9f', purpose: 'attachment', mimeType: 'application/pdf', hash };
const good = {
  $schema: METADATA_SCHEMA_WRITTEN,
  contentStructure: { data: { hash, submissionSchema: { schemaUri: 'https://schema.example/1', mimeType: 'application/json' } }, attachments: [attachment] },
  publicServiceType: { identifier: 'urn:de:fim:leika:leistung:99107023017000', name: 'Baumfällung' },
  replyChannel: { eMail: { address: 'a@example.org' } },
  authenticationInformation: [{ type: 'identificationReport', version: '1.0.0', content: 'e30=' }],
};
const structure = (change: object) => ({ ...good, contentStructure: { ...good.contentStructure, ...change } });

describe('metadata, schema 1.x', () => {
  for (const [name, value] of [
    ['whole', good],
    ['of a later minor version, with fields we do not know', { ...good, $schema: METADATA_SCHEMA_WRITTEN.replace('1.0.0', '1.5.0'), paymentInformation: {} }],
    ['without data, channel, service and report', { $schema: good.$schema, contentStructure: { attachments: [] } }],
  ] as const) {
    it(`takes one ${name}`, () => assert.ok('metadata' in readMetadata(value)));
  }
  for (const [name, value, mistake] of [
    ['without $schema', { contentStructure: { attachments: [] } }, 'missing-schema'],
    ['of version 2', { ...good, $schema: METADATA_SCHEMA_WRITTEN.replace('1.0.0', '2.1.0') }, 'unsupported-schema'],
    ['of a schema elsewhere', { ...good, $schema: 'https://evil.example/metadata/1.0.0/metadata.schema.json' }, 'unsupported-schema'],
    ['without a structure', { $schema: good.$schema }, 'schema-violation'],
    ['with a weak hash', structure({ attachments: [{ ...attachment, hash: { type: 'md5', content: 'a'.repeat(32) } }] }), 'schema-violation'],
    ['with a hash in capitals', structure({ attachments: [{ ...attachment, hash: { type: 'sha512', content: 'A'.repeat(128) } }] }), 'schema-violation'],
    ['with one attachment twice', structure({ attachments: [attachment, attachment] }), 'schema-violation'],
    ['with a purpose that is none', structure({ attachments: [{ ...attachment, purpose: 'virus' }] }), 'schema-violation'],
    ['with two channels', { ...good, replyChannel: { eMail: { address: 'a@example.org' }, deMail: { address: 'a@example.org' } } }, 'schema-violation'],
    ['with no channel in it', { ...good, replyChannel: {} }, 'schema-violation'],
    ['with a service that is no URN', { ...good, publicServiceType: { identifier: 'javascript:alert(1)' } }, 'schema-violation'],
    ['that is a list', [good], 'schema-violation'],
    ['that is nothing', null, 'schema-violation'],
  ] as const) {
    it(`refuses one ${name}: ${mistake}`, () => assert.deepEqual(readMetadata(value), { mistake }));
  }
  for (const [given, name] of [
    ['Antrag.pdf', 'Antrag.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\x\\Plan.pdf', 'Plan.pdf'],
    ['..', 'id'],
    ['', 'id'],
    [undefined, 'id'],
    ['a\u0000b\u202Efdp.exe', 'abfdp.exe'],
  ] as const) {
    it(`file name ${JSON.stringify(given)} becomes ${name}`, () => assert.equal(plainFileName(given, 'id'), name));
  }
});

describe('callbacks (HMAC-SHA-512, five minutes)', () => {
  // the example of «Verwendung von Callbacks» in the developer documentation, with its public secret
  const secret = 'insecure_unsafe_qHScgrg_kP-R31jHUwp3GkVkGJolvBchz65b74Lzue0';
  const body = Buffer.from(
    '{"type":"https://schema.fitko.de/fit-connect/submission-api/callbacks/new-submissions","submissionIds":["f39ab143-d91a-474a-b69f-b00f1a1873c2"]}',
  );
  const authentication = '798cd0edb70c08e5b32aa8a18cbbc8ff6b3078c51af6d011ff4e32e470c746234fc4314821fe5185264b029e962bd37de33f3b9fc5f1a93c40ce6672845e90df';
  const timestamp = '1672527599';
  const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds((Number(timestamp) + seconds) * 1000);
  it('gives the HMAC of the documentation', () => assert.equal(callbackHmac(secret, timestamp, body), authentication));
  for (const [name, change, seconds, verdict] of [
    ['at once', {}, 0, 'ok'],
    ['after 300 seconds', {}, 300, 'ok'],
    ['after 301 seconds', {}, 301, 'stale'],
    ['60 seconds ahead', {}, -60, 'ok'],
    ['61 seconds ahead', {}, -61, 'future-dated'],
    ['without a time', { timestamp: undefined }, 0, 'unsigned'],
    ['without a signature', { authentication: undefined }, 0, 'unsigned'],
    ['with an empty signature', { authentication: '' }, 0, 'forged'],
    ['with a longer time', { timestamp: `0${timestamp}` }, 0, 'forged'],
  ] as const) {
    it(`${name}: ${verdict}`, () => assert.equal(judgeCallback(secret, { authentication, timestamp, body, ...change }, at(seconds)), verdict));
  }
  it('law: with any byte of the body changed it is forged', () => {
    fc.assert(
      fc.property(fc.nat(body.byteLength - 1), fc.integer({ min: 1, max: 255 }), (index, by) => {
        const changed = Buffer.from(body);
        changed[index]! ^= by;
        return judgeCallback(secret, { authentication, timestamp, body: changed }, at(0)) === 'forged';
      }),
    );
  });
});

describe('segments in one spelling only (RFC 4648 section 3.5)', () => {
  for (const [text, right] of [
    ['AAAA.AAAA.AA', true],
    ['AAAA.AAAA.AB', false],
    ['AAAA.AAAA.AA==', false],
    ['AAAA.AAAA.A+', false],
    ['AAAA.AA AA.AA', false],
    ['AAAA.AAAA', false],
    ['AAAA.AAAA.AA.AA', false],
  ] as const) {
    it(`«${text}» is ${right ? 'a' : 'no'} token of three`, () => assert.equal(segmentsOf(text, 3) !== undefined, right));
  }
});
