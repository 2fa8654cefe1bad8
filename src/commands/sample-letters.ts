import { answerSections, itemsOf, type Authority, type ServicePackage } from '../modules/catalogue/public.ts';
import { decisionData, letterFor } from '../modules/procedure/application/letter-data.ts';
import { rulesOf } from '../modules/procedure/application/rules-of.ts';
import type { Case, Decision } from '../modules/procedure/domain/case.ts';
import type { CaseEvent } from '../modules/procedure/domain/events.ts';

const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');
const TODAY = '2026-11-24';
const ID = '0190a000-0000-7000-8000-000000000001';

/**
 * Data of every letter, made by the procedure itself from the package's walk: for each letter once with
 * all that it may hold, and once with as little as it may.
 */
export function sampleLetters(pkg: ServicePackage, authority: Authority): Readonly<Record<string, readonly object[]>> {
  const samples: Record<string, object[]> = {};
  for (const rich of [true, false]) {
    const state = sampleCase(pkg, authority, rich);
    const context = {
      state,
      pkg,
      rules: rulesOf(pkg),
      authority,
      demo: rich,
      publicUrl: 'https://kontor.example',
      now: NOW,
      ...(rich && { statusCode: 'BCDFG-HJK23' }),
    };
    for (const event of eventsOf(pkg, rich)) {
      const planned = letterFor({ ...event, version: 1, at: NOW, actor: 'system' }, context);
      if (planned !== undefined) (samples[planned.template] ??= []).push(planned.data);
    }
    (samples['bescheid'] ??= []).push(decisionData(state.decisions[0]!, context));
  }
  return samples;
}

function sampleCase(pkg: ServicePackage, authority: Authority, rich: boolean): Case {
  const { answers } = pkg.walk;
  const { givenName, familyName } = answers as { givenName?: string; familyName?: string };
  return {
    id: ID,
    fileNumber: `${pkg.filePrefix}-2026-000001-7`,
    service: pkg.key,
    packageHash: pkg.hash,
    authority: authority.id,
    accountId: ID,
    channel: rich ? 'postfach' : 'post',
    applicant: { name: `${givenName ?? 'Katharina'} ${familyName ?? 'Petersen'}`, addressLines: ['Katharina Petersen', 'Beispielstraße 12', '22765 Hamburg'] },
    answers,
    status: 'bekanntgegeben',
    version: 1,
    submittedOn: TODAY,
    lastFiledOn: TODAY,
    ...(rich && { completeOn: TODAY }),
    handedToPerson: [],
    suspensions: [],
    decisions: [sampleDecision(pkg, rich)],
  };
}

function sampleDecision(pkg: ServicePackage, rich: boolean): Decision {
  const { operative, nebenbestimmungen, discretion } = pkg.blocks;
  const list = pkg.form.pages.find((page) => page.repeat !== undefined);
  const items = list === undefined ? [] : itemsOf(list, pkg.walk.answers);
  const answers = answerSections(pkg, pkg.walk.answers, 'de').flatMap(({ rows }) => rows.map(({ label, value }) => `${label}: ${value}`));
  const text = rich
    ? {
        operative: Object.values(operative),
        nebenbestimmungen: nebenbestimmungen.map(({ kind, text: words }) => ({ kind, text: words })),
        reasons: answers,
        discretion: discretion.map((block) => block.text),
        items: items.map((_, index) => ({ label: `${list?.repeat?.itemLabel.de} ${index + 1}`, outcome: 'grant' as const, reason: 'Der Grund steht hier.' })),
        fees: pkg.fees.map((fee) => ({ label: fee.label.de, cents: fee.maxCents })),
      }
    : { operative: [operative.grant], nebenbestimmungen: [], reasons: [], discretion: [], items: [] };
  return {
    id: ID,
    kind: 'bescheid',
    outcome: 'grant',
    channel: rich ? 'postfach' : 'post',
    feeCents: rich ? (pkg.fees[0]?.maxCents ?? 100) : 0,
    decidedOn: TODAY,
    automated: rich,
    ...(rich && pkg.validity !== undefined && { validity: { until: '2027-11-23' } }),
    ...(rich && { legalBasis: pkg.automation?.legalBasis ?? '§ 35a VwVfG', registerNumber: `${pkg.register?.prefix ?? 'NR'}-0000001-7` }),
    text,
    by: 'system',
  };
}

/** One event for each letter that answers an event. */
function eventsOf(pkg: ServicePackage, rich: boolean): CaseEvent[] {
  const words = rich ? 'Wir erwägen eine Ablehnung.\n\nBitte schreiben Sie uns.' : '';
  const itemTexts = rich ? pkg.form.documents.map((document) => document.label.de) : [];
  const facts = {
    caseId: ID,
    fileNumber: '',
    service: pkg.key,
    packageHash: pkg.hash,
    authority: '',
    accountId: ID,
    channel: 'postfach',
    documents: [],
  } as const;
  return [
    { kind: 'antrag-eingereicht', facts, content: { answers: pkg.walk.answers, applicant: { name: '', addressLines: [] } } },
    { kind: 'nachforderung-gestellt', facts: { requestId: ID, items: [], dueOn: TODAY }, content: { text: words, itemTexts } },
    { kind: 'anhoerung-eingeleitet', facts: { hearingId: ID, dueOn: TODAY }, content: { text: words } },
    { kind: 'frist-verlaengert', facts: { length: 4, unit: 'weeks', legalBasis: '§ 42a Abs. 2 Satz 3 VwVfG' }, content: { reason: words } },
    { kind: 'widerspruch-eingelegt', facts: { receivedOn: TODAY, inTime: rich }, content: { text: words } },
    { kind: 'bescheinigung-verlangt', facts: { decisionId: ID } },
  ];
}
