import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { wholeCity, type WholeCity } from '../support/whole-city.ts';

/** What a page does, and the API route that does the same: everything the interface can do, programs can. */
const TWINS: Readonly<Record<string, string>> = {
  '/abmelden': 'delete /api/session',
  '/anmelden': 'post /api/session',
  '/amt/vorgang/:id/beteiligung': 'post /api/cases/:id/participation/actions',
  '/amt/vorgang/:id/beteiligung/runde/:roundId': 'post /api/cases/:id/participation/actions',
  '/amt/vorgang/:id/beteiligung/stelle/:consultationId': 'post /api/cases/:id/participation/actions',
  '/amt/vorgang/:id/beteiligung/stellungnahme/:statementId': 'post /api/cases/:id/participation/statements/:statementId/actions',
  '/amt/kasse/:id/aufheben': 'post /api/payments/:id/cancellation',
  '/amt/kasse/:id/erstattet': 'post /api/payments/:id/refunds/:refundId/confirmation',
  '/amt/kasse/:id/erstattung': 'post /api/payments/:id/refunds',
  '/amt/kasse/kontoauszug': 'post /api/cash-desk/statements/:authority',
  '/amt/xbau': 'post /api/exchange/xbau',
  '/amt/kasse/zuordnen': 'post /api/cash-desk/unassigned/:id/claim',
  '/antrag/:id/einreichen': 'post /api/drafts/:id/submission',
  '/antrag/:id/mitantrag': 'post /api/drafts/:id/cosigners',
  '/antrag/:id/mitantrag/:person/entfernen': 'delete /api/drafts/:id/cosigners/:cosignerId',
  '/antrag/:id/mitantrag/:person/link': 'post /api/drafts/:id/cosigners/:cosignerId/link',
  '/antrag/:id/seite/:page': 'put /api/drafts/:id/answers',
  '/antrag/:id/seite/:page/entfernen': 'put /api/drafts/:id/answers',
  '/antrag/:id/verwerfen': 'delete /api/drafts/:id',
  '/antrag/neu/:service': 'post /api/drafts',
  '/amt/beteiligung/:key/beitrag/:id': 'post /api/contributions/:id/moderation',
  '/amt/beteiligung/:key/bearbeiten': 'put /api/contributions/participations/:key',
  '/amt/beteiligung/:key/kommentar/:id': 'post /api/contributions/comments/:id/moderation',
  '/amt/beteiligung/neu': 'post /api/contributions/participations',
  '/beteiligung/:key/beitrag': 'post /api/contributions/participations/:key/contributions',
  '/beteiligung/:key/beitrag/:number/kommentar': 'post /api/contributions/:id/comments',
  '/beteiligung/:key/beitrag/:number/melden': 'post /api/contributions/:id/reports',
  '/beteiligung/:key/beitrag/:number/unterstuetzen': 'post /api/contributions/:id/support',
  '/mein-beitrag/:token/loeschen': 'delete /api/contributions/receipts/:token',
  '/beteiligung/:id/stellungnahme': 'post /api/participation/displays/:id/statements',
  '/eingang/:id/:action': 'post /api/cases/:id/actions',
  '/eingang/:id/unterlage': 'post /api/cases/:id/documents/:slot',
  '/eingang/:id/unterlagen/:uploadId/eintrag': 'post /api/cases/:id/sheets/:uploadId/marks',
  '/eingang/:id/unterlagen/:uploadId/eintrag/:markId/entfernen': 'delete /api/cases/:id/sheets/:uploadId/marks/:markId',
  '/eingang/neu/:service': 'post /api/cases',
  '/konto': 'put /api/account/profile',
  '/konto/email': 'put /api/account/email',
  '/konto/email/:token': 'post /api/account/email/confirmation',
  '/konto/loeschen': 'delete /api/account',
  '/konto/passkeys/:id/entfernen': 'delete /api/account/passkeys/:id',
  '/konto/passwort': 'put /api/account/password',
  '/konto/sitzungen/:id/beenden': 'delete /api/sessions/:id',
  '/konto/vertretung': 'put /api/substitutions/:id',
  '/konto/vertretung/beenden': 'delete /api/substitutions/:id',
  '/leistungen/:key/check': 'post /api/services/:key/eligibility',
  '/mitantrag/:id/ablehnen': 'post /api/cosignings/:id/refusal',
  '/mitantrag/:id/mitzeichnen': 'post /api/cosignings/:id/signature',
  '/mitzeichnen/:token': 'post /api/cosignings',
  '/organisationen/neu': 'post /api/account/organisations',
  '/organisationen/:id': 'put /api/account/organisations/:id',
  '/organisationen/:id/einladen': 'post /api/account/organisations/:id/invitations',
  '/organisationen/:id/loeschen': 'delete /api/account/organisations/:id',
  '/organisationen/:id/mitglieder/:memberId': 'put /api/account/organisations/:id/members/:memberId',
  '/organisationen/:id/mitglieder/:memberId/entfernen': 'delete /api/account/organisations/:id/members/:memberId',
  '/ogc/jobs/:id/beenden': 'delete /api/processes/jobs/:id',
  '/ogc/jobs/:id/nicht-teilen': 'delete /api/processes/jobs/:id/share',
  '/ogc/jobs/:id/teilen': 'put /api/processes/jobs/:id/share',
  '/passwort-neu/:token': 'post /api/password-resets/confirmation',
  '/passwort-vergessen': 'post /api/password-resets',
  '/pruefen': 'post /api/seal-check',
  '/registrieren': 'post /api/registrations',
  '/registrieren/bestaetigen/:token': 'post /api/registrations/confirmation',
  '/stellungnahme/:key': 'post /api/consultations/:key/answer',
  '/stellungnahme/:key/uebernehmen': 'post /api/consultations/:key/claim',
  '/verwaltung/anschluesse': 'post /api/sensors/connectors',
  '/verwaltung/anschluesse/:id': 'put /api/sensors/connectors/:id',
  '/verwaltung/anschluesse/:id/anhalten': 'post /api/sensors/connectors/:id/pause',
  '/verwaltung/anschluesse/:id/entfernen': 'delete /api/sensors/connectors/:id',
  '/verwaltung/anschluesse/:id/jetzt': 'post /api/sensors/connectors/:id/run',
  '/verwaltung/anschluesse/:id/weiter': 'post /api/sensors/connectors/:id/resume',
  '/verwaltung/daten': 'post /api/geodata/collections',
  '/verwaltung/daten/:id/adresse': 'post /api/geodata/collections/:id/fetches',
  '/verwaltung/daten/:id/beschreiben': 'put /api/geodata/collections/:id',
  '/verwaltung/daten/:id/datei': 'post /api/geodata/collections/:id/imports',
  '/verwaltung/daten/:id/loeschen': 'delete /api/geodata/collections/:id',
  '/verwaltung/importe/:id/abbrechen': 'delete /api/geodata/imports/:id',
  '/verwaltung/datenaustausch/abholen': 'post /api/exchange/fit-connect/pick-up',
  '/verwaltung/datenaustausch/beispiel': 'post /api/exchange/fit-connect/examples',
  '/verwaltung/auftraege/:name/:id': 'post /api/dead-letters/:name/:id/retry',
  '/zahlungen/:id/online': 'post /api/payments/:id/attempts',
  '/verwaltung/geraete': 'post /api/devices',
  '/verwaltung/geraete/:id/sperren': 'delete /api/devices/:id',
  '/verwaltung/messregeln': 'post /api/sensors/rules',
  '/verwaltung/messregeln/:id/beenden': 'delete /api/sensors/rules/:id',
  '/verwaltung/fassungen/neu': 'post /api/services/publications',
  '/verwaltung/leistungen/:key/umstellen': 'post /api/services/:key/migration',
  '/vertretung/:id/beenden': 'delete /api/account/mandates/:id',
  '/vertretung/anfragen': 'post /api/account/mandates/requests',
  '/vertretung/anfragen/:id/zurueckziehen': 'delete /api/account/mandates/offers/:id',
  '/vertretung/geben': 'post /api/account/mandates/offers',
  '/vertretung/handeln': 'put /api/session/acting-for',
  '/vertretung/link/:token': 'post /api/account/mandates/links/:token',
  '/vertretung/selbst': 'delete /api/session/acting-for',
  '/vorgang/:id/bescheinigung': 'post /api/cases/:id/actions',
  '/vorgang/:id/nachreichen': 'post /api/cases/:id/actions',
  '/vorgang/:id/stellungnahme': 'post /api/cases/:id/actions',
  '/vorgang/:id/widerspruch': 'post /api/cases/:id/actions',
  '/vorgang/:id/zuruecknehmen': 'post /api/cases/:id/actions',
};

/** How pages look on this device; a program has no look. */
const ONLY_PAGES = ['/einstellungen/ansicht'];

let city: WholeCity;
before(async () => {
  city = await wholeCity();
});
after(() => city.close());

it('whatever a page can change, the API can change', () => {
  const api = new Set(city.server.routes.filter((route) => route.kind === 'api').map((route) => `${route.method} ${route.path}`));
  const pages = city.server.routes.filter((route) => route.kind === 'page' && route.method === 'post').map((route) => route.path);
  assert.ok(pages.length >= 20, `only ${pages.length} pages found`);
  const without = pages.filter((path) => !ONLY_PAGES.includes(path) && !api.has(TWINS[path] ?? ''));
  assert.deepEqual(without, [], 'these pages have no API route that does the same');
  assert.deepEqual(
    Object.keys(TWINS).filter((path) => !pages.includes(path)),
    [],
    'these pages are gone',
  );
});
