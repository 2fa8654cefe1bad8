import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Addressee, OutgoingMail } from '../../src/kernel/mail.ts';
import * as contributions from '../../src/modules/contributions/domain/mails.ts';
import * as finder from '../../src/modules/finder/domain/mails.ts';
import * as guides from '../../src/modules/guides/domain/mails.ts';
import * as identity from '../../src/modules/identity/domain/mails.ts';
import { reminderMail, waitingMail } from '../../src/modules/notification/domain/words.ts';
import { receiptMail, resultMail } from '../../src/modules/participation/domain/mails.ts';
import * as cosign from '../../src/modules/procedure/domain/cosign-mails.ts';
import { LANGS, type Lang } from '../../src/platform/ui/html.ts';
import { repositoryRoot } from '../support/temporary-city.ts';

const PATH = '/weg/Dq3-_x?weiter=%2Fkonto';
const DAY = Temporal.PlainDate.from('2027-03-08');
const MOMENT = Temporal.Instant.from('2027-03-08T13:05:00Z');
const [PLACE, ADDRESS] = ['Bus am Mustermarkt', 'Musterstraße 17'];

/** Every mail to people, with facts of its own. */
const MAILS: Readonly<Record<string, (who: Addressee) => OutgoingMail>> = {
  noticeMail: (who) => identity.noticeMail(who),
  confirmationMail: (who) => identity.confirmationMail(who, PATH, 24),
  alreadyRegisteredMail: (who) => identity.alreadyRegisteredMail(who),
  resetMail: (who) => identity.resetMail(who, PATH, 30),
  securityMail: (who) => identity.securityMail(who),
  waysEndedMail: (who) => identity.waysEndedMail(who, 7),
  noticeAddressMail: (who) => identity.noticeAddressMail(who, PATH, 24),
  mandateLinkMail: (who) => identity.mandateLinkMail(who, PATH, 14),
  mandateChangedMail: (who) => identity.mandateChangedMail(who),
  signupMail: (who) => identity.signupMail(who, PATH, 24),
  newDeviceMail: (who) => identity.newDeviceMail(who),
  recoveryBegunMail: (who) => identity.recoveryBegunMail(who, PATH, MOMENT, 7),
  recoveryEndedMail: (who) => identity.recoveryEndedMail(who),
  recoveryReadyMail: (who) => identity.recoveryReadyMail(who, PATH, MOMENT),
  waitingMail: (who) => waitingMail(who, PATH),
  reminderMail: (who) => reminderMail(who, 'Kq7-aus'),
  invitationMail: (who) => cosign.invitationMail(who, PATH, DAY),
  changedMail: (who) => cosign.changedMail(who, PATH),
  endedMail: (who) => cosign.endedMail(who),
  answeredMail: (who) => cosign.answeredMail(who, PATH),
  receiptMail: (who) => receiptMail(who, PATH),
  resultMail: (who) => resultMail(who, PATH),
  linkMail: (who) => contributions.linkMail(who, PATH),
  newsMail: (who) => contributions.newsMail(who, PATH),
  answerMail: (who) => finder.answerMail(who, 'Wo ist Halle 8?', 'Am Hafen.'),
  appointmentMail: (who) => guides.appointmentMail(who, MOMENT, PLACE, ADDRESS),
  calledOffMail: (who) => guides.calledOffMail(who, MOMENT, PLACE, PATH),
  startLinkMail: (who) => guides.startLinkMail(who, PATH),
};

const sources = globSync('src/**/*.ts', { cwd: repositoryRoot })
  .filter((path) => !path.endsWith('.test.ts'))
  .map((path) => ({ path, text: readFileSync(`${repositoryRoot}/${path}`, 'utf8') }));

test('every mail of the city stands in this list, and no other way of writing one is used', () => {
  const defined = sources.flatMap(({ text }) => [...text.matchAll(/export const (\w+) = defineMail\b/g)].map(([, name]) => name!));
  assert.deepEqual(defined.toSorted(), Object.keys(MAILS).toSorted());
  // German alone, to employees and consulted bodies (ADR 67)
  const official = sources.filter(({ text }) => /\bofficialMail\(/.test(text)).map(({ path }) => path);
  assert.deepEqual(official.toSorted(), ['src/modules/participation/domain/mails.ts', 'src/modules/procedure/application/warn-desk.ts']);
  const byHand = sources.filter(({ text }) => /mailer\.send\([^;]*?\{[^;]*?\bsubject\b/s.test(text)).map(({ path }) => path);
  assert.deepEqual(byHand, []);
});

const MONTHS: Readonly<Record<string, string>> = { März: '3', March: '3' };
const LINK = /https:\/\/\S+/g;

/** What a mail tells beside its words: where its links lead, and every number in it. */
function factsOf({ subject, text }: OutgoingMail, lang: Lang): { readonly links: string[]; readonly numbers: string[] } {
  const links = [...new Set(text.match(LINK) ?? [])].map((link) => {
    const url = new URL(link);
    assert.equal(url.searchParams.get('lang'), lang, `${link} opens in another language`);
    url.searchParams.delete('lang');
    return url.href;
  });
  const words = `${subject}\n${text}`.replaceAll(LINK, '').replaceAll(/März|March/g, (month) => MONTHS[month]!);
  const numbers = [...new Set((words.match(/\d+/g) ?? []).map((one) => String(Number(one))))];
  return { links: links.toSorted(), numbers: numbers.toSorted() };
}

for (const [name, write] of Object.entries(MAILS)) {
  test(`${name}: the same facts in three languages, each in its own words`, () => {
    const inLang = (lang: Lang): OutgoingMail => write({ to: 'a@b.example', lang, publicUrl: 'https://stadt.example' });
    const [de, en, leicht] = [inLang('de'), inLang('en'), inLang('leicht')];
    for (const [lang, mail] of [['de', de] as const, ['en', en] as const, ['leicht', leicht] as const]) {
      assert.equal(mail.lang, lang);
      assert.ok(mail.subject.length > 0 && mail.subject.length <= 60, mail.subject);
      assert.deepEqual(factsOf(mail, lang), factsOf(de, 'de'), mail.text);
      for (const kept of [PLACE, ADDRESS]) assert.equal(mail.text.includes(kept), de.text.includes(kept));
    }
    assert.equal(new Set([de.text, en.text, leicht.text]).size, LANGS.length);
    assert.doesNotMatch(`${en.subject} ${en.text}`, /\b(Sie|Ihre?[mnrs]?|nicht|und|Bitte|Konto|Servicekonto)\b/);
    for (const line of leicht.text.replaceAll(LINK, '').split('\n')) {
      assert.ok(line.length <= 70, `too long for Leichte Sprache: ${line}`);
      assert.doesNotMatch(line, /(?<!\d)[.?!:] [A-ZÄÖÜ]/, 'one sentence a line');
    }
  });
}
