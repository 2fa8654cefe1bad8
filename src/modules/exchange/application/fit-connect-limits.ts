/** Bytes of plain text that are taken; a building plan is the largest thing people send. */
export const MAX_METADATA = 2 * 1024 * 1024;
export const MAX_DATA = 10 * 1024 * 1024;
export const MAX_ATTACHMENT = 100 * 1024 * 1024;
/** All attachments of one submission: they are in memory at once while they are handed on. */
export const MAX_ATTACHMENTS = 300 * 1024 * 1024;

/** Bytes of an answer of the delivery service; base64url takes a third more, JSON and headers a little. */
export const MAX_ATTACHMENT_JWE: number = Math.ceil((MAX_ATTACHMENT / 3) * 4) + 4096;
export const MAX_SUBMISSION_JSON: number = Math.ceil(((MAX_METADATA + MAX_DATA) / 3) * 4) + 64 * 1024;
export const MAX_ANSWER: number = 8 * 1024 * 1024;
