/** The seal cannot be set up as configured; the message tells the operator in German what to do. */
export class SealConfigError extends Error {
  override readonly name = 'SealConfigError';
}
