import { fingerprint } from '../domain/feed.ts';

/** What two people compare by telephone before they believe a partner's code. */
export const keyMark = (publicKey: string): string => fingerprint(publicKey);
