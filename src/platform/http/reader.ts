import { createHmac, randomBytes } from 'node:crypto';
import type { Device, Reader, ReadingMode } from '../../kernel/usage.ts';
import { legalDay } from '../../kernel/time.ts';
import type { Lang } from '../ui/html.ts';

/** What a request says of its browser, as far as it is looked at. */
export interface Seen {
  readonly address: string;
  readonly userAgent: string;
  readonly lang: Lang;
  /** Value of the theme cookie. */
  readonly theme: string | undefined;
  /** `DNT` or `Sec-GPC`. */
  readonly declines: boolean;
}

const ROBOT = /bot\b|bot[/_-]|crawl|spider|slurp|preview|facebookexternalhit|headless|curl\/|wget\/|python|java\/|go-http|node\b|okhttp|scrapy|monitor/i;

/** Reads of requests what may be counted. One for a process: its salt lives here, and dies with the day. */
export class ReaderDesk {
  #day = '';
  #salt = randomBytes(32);

  /** @returns `undefined` for who does not want to be counted */
  read({ address, userAgent, lang, theme, declines }: Seen, now: Temporal.Instant): Reader | undefined {
    if (declines) return undefined;
    const modes: ReadingMode[] = lang === 'leicht' ? ['leicht'] : [];
    if (theme === 'dark' || theme === 'night') modes.push(theme);
    return {
      device: deviceOf(userAgent),
      lang,
      modes,
      robot: userAgent === '' || ROBOT.test(userAgent),
      ofToday: createHmac('sha256', this.#saltOf(now)).update(`${address}\n${userAgent}`).digest('base64url').slice(0, 22),
    };
  }

  #saltOf(now: Temporal.Instant): Buffer {
    const day = legalDay(now).toString();
    if (day !== this.#day) [this.#day, this.#salt] = [day, randomBytes(32)];
    return this.#salt;
  }
}

/** The kind of device, coarse on purpose: finer ones single people out. */
export function deviceOf(userAgent: string): Device {
  if (userAgent === '') return 'unknown';
  if (/ipad|tablet|kindle|silk|android(?!.*mobile)/i.test(userAgent)) return 'tablet';
  if (/mobi|iphone|ipod|android/i.test(userAgent)) return 'phone';
  return /windows|macintosh|linux|cros|x11/i.test(userAgent) ? 'computer' : 'unknown';
}
