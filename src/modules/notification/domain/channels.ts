import type { NoticeKind } from '../../../kernel/notice.ts';
import { CITY_ZONE } from '../../../kernel/time.ts';

/** Channels beside mail. */
export type Channel = 'push' | 'sms';

/** Hours of the day in Hamburg; `from` 22 and `until` 7: from ten at night until seven in the morning. */
export interface QuietHours {
  readonly from: number;
  readonly until: number;
}

export interface Preferences {
  readonly mail: boolean;
  readonly push: boolean;
  readonly sms: boolean;
  readonly reminders: boolean;
  readonly quiet?: QuietHours;
}

/** What holds for who has chosen nothing. Push and SMS are used once there is a device or a number. */
export const DEFAULTS: Preferences = { mail: true, push: true, sms: true, reminders: true };

/** Whoever is asked for their account must hear of it, whatever they chose and whatever the hour. */
const always = (kind: NoticeKind): boolean => kind === 'security' || kind === 'recovery';

/** Which channels a notice takes, of those that are there. */
export function channelsFor(kind: NoticeKind, preferences: Preferences, there: { readonly push: boolean; readonly sms: boolean }): readonly Channel[] {
  if (kind === 'reminder' && !preferences.reminders) return [];
  return (['push', 'sms'] as const).filter((channel) => there[channel] && (preferences[channel] || kind === 'recovery'));
}

/** Whether mail goes too: by choice, always about ways into the account, and where nothing else would. */
export function mailGoes(kind: NoticeKind, preferences: Preferences, others: number): boolean {
  if (kind === 'reminder' && !preferences.reminders) return false;
  return always(kind) || preferences.mail || others === 0;
}

/** When a notice may make a telephone ring: now, or at the end of the quiet hours that run. */
export function audibleAt(kind: NoticeKind, quiet: QuietHours | undefined, now: Temporal.Instant): Temporal.Instant {
  if (quiet === undefined || quiet.from === quiet.until || always(kind)) return now;
  const local = now.toZonedDateTimeISO(CITY_ZONE);
  const { hour } = local;
  const overnight = quiet.from > quiet.until;
  const isQuiet = overnight ? hour >= quiet.from || hour < quiet.until : hour >= quiet.from && hour < quiet.until;
  if (!isQuiet) return now;
  const day = overnight && hour >= quiet.from ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate();
  return day.toZonedDateTime({ timeZone: CITY_ZONE, plainTime: Temporal.PlainTime.from({ hour: quiet.until }) }).toInstant();
}
