/**
 * Why somebody is told that something waits. `mailbox`: a message in the Postfach. `reminder`: something ends soon.
 * `security`: a way into the account has changed, or a new kind of device signed in. `recovery`: somebody has asked for
 * the account by mail.
 */
export type NoticeKind = 'mailbox' | 'reminder' | 'security' | 'recovery';
