import { ORIGIN_PARAMETER } from '../../../kernel/usage.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { OutreachProblem } from './problems.ts';

/** What the check of a target must know of the city. */
export interface City {
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly hasService: (key: string) => boolean;
}

/** Where campaigns may lead: pages that inform, and from which a person goes on by their own choice. */
const PLACES: readonly RegExp[] = [
  /^\/$/,
  /^\/online-ausweis$/,
  /^\/hilfe-vor-ort$/,
  /^\/lebenslagen\/[a-z0-9-]{1,64}$/,
  /^\/finden$/,
  /^\/registrieren$/,
  /^\/beteiligung(?:\/[a-z0-9-]{1,64})?$/,
  /^\/transparenz$/,
  /^\/strategie$/,
];
const SERVICE = /^\/leistungen\/([a-z0-9-]{1,64})(?:\/check)?$/;
const LANDING = /^\/d\/[a-z0-9-]{1,64}$/;

const INSTEAD = 'Führen Sie auf die Seite der Leistung (/leistungen/…) oder auf eine Zielseite (/d/…). Von dort gehen die Menschen selbst weiter.';

/** Why a campaign stays outside, by what the path reaches into. */
const CLOSED: readonly { readonly below: RegExp; readonly because: string }[] = [
  {
    below: /^\/(?:antrag|antraege|vorgang|mitantrag|mitzeichnen|mitantraege|drafts|cases)(?:\/|$)/,
    because: 'Das liegt in einem Verfahren. Wer einen Antrag stellt, entscheidet das selbst, und vorausgefüllt wird nichts.',
  },
  {
    below: /^\/(?:amt|eingang|verwaltung|kampagnen|lotsen|lagen|assistent|statistik)(?:\/|$)/,
    because: 'Das ist ein Arbeitsplatz der Verwaltung. Werbung hat dort nichts zu suchen.',
  },
  {
    below: /^\/(?:postfach|konto|vertretung|organisationen|anmelden|abmelden|passwort-[a-z]+)(?:\/|$)/,
    because: 'Das gehört einer Person: ihr Konto, ihre Bescheide, ihre Nachrichten.',
  },
  { below: /^\/(?:zahlungen)(?:\/|$)/, because: 'Dort geht es um Gebühren. Über Geld und Rechte informiert nur die Leistung selbst.' },
  {
    below: /^\/(?:fristen|pruefen|stellungnahme|bescheid|bescheide|widerspruch|rechtsbehelf|rechtsbehelfe)(?:\/|$)/,
    because: 'Dort geht es um Fristen, Bescheide oder Rechtsbehelfe. Die gestaltet keine Kampagne.',
  },
];

/**
 * The path a short link may lead to, from what somebody typed. The city's own address in front is taken off.
 * @returns a path without parameters
 */
export function checkTarget(typed: string, city: City): Result<string, OutreachProblem> {
  const wrong = (detail: string): Result<never, OutreachProblem> => refuse(invalidField('target', detail));
  const text = typed.trim();
  const local = text.startsWith(`${city.publicUrl}/`) ? text.slice(city.publicUrl.length) : text;
  if (local === '') return wrong('Geben Sie an, wohin der Link führt, etwa /leistungen/hund.');
  if (/^[a-z][a-z0-9+.-]*:/i.test(local) || /^[/\\]{2}/.test(local) || !local.startsWith('/'))
    return wrong(`Ein Link der Stadt führt nur in die Stadt, auf einen Weg, der mit / beginnt. ${INSTEAD}`);
  const [path = '', query = ''] = local.split('#')[0]!.split('?');
  const closed = CLOSED.find(({ below }) => below.test(path));
  if (closed !== undefined) return wrong(`${closed.because} ${INSTEAD}`);
  const others = [...new URLSearchParams(query).keys()].filter((name) => name !== ORIGIN_PARAMETER);
  if (others.length > 0)
    return wrong(`Ein Link gibt nichts mit außer seiner Herkunft (${ORIGIN_PARAMETER}). Lassen Sie weg: ${others.join(', ')}. Vorausgefüllt wird nichts.`);
  if (local.includes('#')) return wrong('Lassen Sie weg, was hinter dem Zeichen # steht.');
  const service = SERVICE.exec(path)?.[1];
  if (service !== undefined)
    return city.hasService(service) ? ok(path) : wrong(`Die Leistung „${service}“ gibt es nicht. Suchen Sie ihren Schlüssel auf der Startseite.`);
  if (LANDING.test(path) || PLACES.some((place) => place.test(path))) return ok(path);
  return wrong(`Dorthin führen keine Kampagnen. ${INSTEAD} Erlaubt sind auch /online-ausweis, /hilfe-vor-ort, /lebenslagen/… und die Startseite.`);
}

/** The key of the service that a target is about. */
export const serviceIn = (target: string): string | undefined => SERVICE.exec(target)?.[1];

/** The slug of the landing page a target is. */
export const landingOf = (target: string): string | undefined => (LANDING.test(target) ? target.slice('/d/'.length) : undefined);
