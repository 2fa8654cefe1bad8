/** What becomes of the rows of a table that names a person. */
export interface Fate {
  /** Where the export of an account has them; absent: not there, and `why` says it. */
  readonly told?: string;
  /** With the account: gone at once, soon by a job, untied from it, kept by law, never an account's, or an employee's. */
  readonly left: 'deleted' | 'untied' | 'kept' | 'nobody' | 'staff';
  /** The legal reason, or what the rows are. */
  readonly why: string;
  /** Why the walk of the test makes no such row. */
  readonly unused?: string;
}

const own = (told: string, why: string, more: Pick<Fate, 'unused'> = {}): Fate => ({ told, left: 'deleted', why, ...more });
const kept = (why: string, told?: string, unused?: string): Fate => ({
  left: 'kept',
  why,
  ...(told === undefined ? {} : { told }),
  ...(unused === undefined ? {} : { unused }),
});
const nobody = (why: string): Fate => ({ left: 'nobody', why });
const staff: Fate = { left: 'staff', why: 'employees, as they signed in at the provider of the authority' };
const SHORT = 'a secret of minutes';

/** Every table that names a person. A new one belongs here, and then into the export and the deletion of `src/modules.ts`. */
export const FATES: Readonly<Record<string, Fate>> = {
  'assistant.block': staff,
  'assistant.conversation': staff,
  'assistant.prompt': staff,
  'assistant.rating': staff,
  'assistant.result': staff,
  'burden.measure': staff,
  'cockpit.comment': { told: 'strategiekommentare', left: 'untied', why: 'a public discussion; the personal link still deletes it' },
  'contributions.comment': { told: 'beitraege', left: 'untied', why: 'a public discussion; the personal link still deletes it', unused: 'as contributions' },
  'contributions.contribution': { told: 'beitraege', left: 'untied', why: 'a public discussion; the personal link still deletes it' },
  'contributions.support': nobody('a keyed hash, so that a vote counts once; no row leads to an account'),
  'exchange.xbau_message': nobody('who wrote in the authority’s own file of a building application; § 29 VwVfG'),
  'feeds.alert': staff,
  'feeds.source': staff,
  'finder.question': nobody('asked without an account; forgotten after its days'),
  'flood.run': staff,
  'forces.change': staff,
  'forces.record': staff,
  'geodata.import_order': staff,
  'guides.appointment': nobody('booked without an account and name; forgotten after the day'),
  'guides.assistance': own('hilfe', 'help with a draft'),
  'guides.queue_number': staff,
  'identity.account': kept('the id alone, for journal and files; every other column is emptied', 'account.profile'),
  'identity.eid_link': own('account.eidLinks', 'a way in', { unused: 'the walk signs in without the provider' }),
  'identity.known_device': own('account.knownDevices', 'kinds of devices', { unused: 'the walk says no device' }),
  'identity.mail_link': own('account.mailLinks', SHORT, { unused: SHORT }),
  'identity.mailbox_message': own('account.messages', 'the Postfach', { unused: 'it comes from cases, which keep the account until they end' }),
  'identity.mandate': kept(
    'who acted for whom must stay provable (§ 14 VwVfG); ended, ids only',
    'account.mandates',
    'test/conformance/vertretung-account.test.ts',
  ),
  'identity.mandate_offer': own('account.mandateOffers', 'offers without an answer'),
  'identity.oidc_login': { left: 'deleted', why: 'a sign-in under way, for 15 minutes; swept' },
  'identity.passkey': own('account.passkeys', 'a way in', { unused: 'needs an authenticator: src/modules/identity/http/passkeys.test.ts' }),
  'identity.passkey_challenge': { left: 'deleted', why: SHORT },
  'identity.password_login': own('account.passwordLogin', 'a way in'),
  'identity.recovery': own('account.recoveries', 'a way back', { unused: 'src/modules/identity/http/ways-in.test.ts' }),
  'identity.recovery_code': own('account.recoveryCodes', 'a way in'),
  'identity.session': own('account.sessions', 'where somebody is signed in'),
  'identity.signup': nobody('no account yet; forgotten after a day'),
  'identity.staff': staff,
  'identity.substitution': staff,
  'indicators.definition': staff,
  'indicators.stream_state': kept(
    'read from the journal: a stream’s id with months, nothing that anybody typed',
    undefined,
    'follows the journal by the clock',
  ),
  'library.collection': staff,
  'library.document': staff,
  'library.member': staff,
  'llm.allowance': staff,
  'llm.bound': staff,
  'llm.counted': staff,
  'llm.switch': staff,
  'logbook.entry': staff,
  'logbook.message': staff,
  'logbook.report': staff,
  'notification.code_request': own('benachrichtigungen.code_request', 'how often a code was asked for', {
    unused: 'needs a gateway: test/conformance/notifications.test.ts',
  }),
  'notification.delivery': own('benachrichtigungen.delivery', 'notices on their way', { unused: 'as code_request' }),
  'notification.demo_sms': nobody('a demo’s own phone, without an account'),
  'notification.phone': own('benachrichtigungen.phone', 'number for notices', { unused: 'as code_request' }),
  'notification.phone_code': own('benachrichtigungen.phone_code', SHORT, { unused: 'as code_request' }),
  'notification.preference': own('benachrichtigungen.preference', 'how somebody is told'),
  'notification.push_subscription': own('benachrichtigungen.push_subscription', 'browsers for notices', { unused: 'as code_request' }),
  'notification.reminder': own('benachrichtigungen.reminder', 'which reminders were given', { unused: 'as code_request' }),
  'orientation.decision': staff,
  'orientation.seen': staff,
  'outreach.page_version': staff,
  'participation.consultation': kept('who answered for an authority, in its file (§ 29 VwVfG)'),
  'participation.statement': kept('part of the file that the Abwägung rests on (§ 1(7) BauGB)', 'stellungnahmen', 'needs a round: src/modules/participation'),
  'payment.claim': kept('vouchers of the cash desk, kept by budget law', 'zahlungen', 'needs a case with a fee: src/modules/payment'),
  'platform.demo_mail': nobody('a demo’s own mails'),
  'platform.journal': kept('append-only, ids and facts only (ADR 7)'),
  'platform.mail': nobody('leaves with the mail'),
  'procedure.case_file': kept(
    'files of the authority (§ 29 VwVfG), for as long as each service says',
    'verfahren.cases',
    'an account with a running case stays',
  ),
  'procedure.cosigner': { told: 'verfahren.cosignings', left: 'untied', why: 'somebody else’s draft: what was signed is signed no more' },
  'procedure.draft': own('verfahren.drafts', 'begun and never sent'),
  'procedure.participation': staff,
  'procedure.upload': own('verfahren.drafts', 'files of drafts; those of cases stay in the file (§ 29 VwVfG)'),
  'processes.job': own('rechnungen', 'models that somebody let the city calculate'),
  'proposals.proposal': staff,
  'reports.assessment': staff,
  'reports.contradiction': staff,
  'reports.link': staff,
  'scenarios.comment': own('szenarien', 'own words', { unused: 'src/modules/scenarios/application/forget-accounts.test.ts' }),
  'scenarios.coworker': own('szenarien', 'work on others’ scenarios', { unused: 'as scenarios.comment' }),
  'scenarios.kit': own('szenarien', 'own kits', { unused: 'as scenarios.comment' }),
  'scenarios.scenario': own('szenarien', 'own scenarios'),
  'sheets.mark': staff,
  'situation.lage': staff,
  'situation.member': staff,
  'surge.dated_rule': staff,
  'surge.decision': staff,
  'surge.forecast': staff,
  'surge.gate': staff,
  'surge.gate_word': staff,
  'surge.proposal': staff,
  'surge.zone': staff,
  'usage.import': staff,
  'usage.survey': staff,
  'warnings.warning': staff,
};
