/** Never: nobody has waited so long. */
export const NEVER = 65_535;

/** What a run keeps of each cell: the deepest it was in whole centimetres, and when it first was wet, in minutes. */
export interface FloodRecord {
  readonly maximum: Uint16Array;
  readonly arrival: Uint16Array;
}

/** From this depth on ground counts as flooded: less is a puddle. */
export const FLOODED_CENTIMETRES = 10;

export const emptyRecord = (cells: number): FloodRecord => ({ maximum: new Uint16Array(cells), arrival: new Uint16Array(cells).fill(NEVER) });

/** @param land where it was dry at the start; what was river before is no flood */
export function note(record: FloodRecord, depths: Float64Array, land: Uint8Array, minutes: number): void {
  for (let cell = 0; cell < depths.length; cell++) {
    if (land[cell] === 0) continue;
    const depth = Math.min(65_535, Math.round(depths[cell]! * 100));
    if (depth > record.maximum[cell]!) record.maximum[cell] = depth;
    if (depth >= FLOODED_CENTIMETRES && record.arrival[cell] === NEVER) record.arrival[cell] = Math.min(NEVER - 1, minutes);
  }
}

/** What all members of an ensemble say together; every member has the same weight. */
export interface EnsembleRecord extends FloodRecord {
  /** Depth of the middle member and of the least and the worst. */
  readonly least: Uint16Array;
  readonly worst: Uint16Array;
  /** Share of the members in which the cell is flooded, in percent. */
  readonly probability: Uint8Array;
}

/** `maximum` is the median of the members, `arrival` the earliest: who must leave plans with that. */
export function together(members: readonly FloodRecord[]): EnsembleRecord {
  const cells = members[0]!.maximum.length;
  const maximum = new Uint16Array(cells);
  const least = new Uint16Array(cells);
  const worst = new Uint16Array(cells);
  const arrival = new Uint16Array(cells).fill(NEVER);
  const probability = new Uint8Array(cells);
  const sorted = new Uint16Array(members.length);
  for (let cell = 0; cell < cells; cell++) {
    let flooded = 0;
    for (let n = 0; n < members.length; n++) {
      const member = members[n]!;
      const depth = member.maximum[cell]!;
      sorted[n] = depth;
      if (depth >= FLOODED_CENTIMETRES) flooded += 1;
      if (member.arrival[cell]! < arrival[cell]!) arrival[cell] = member.arrival[cell]!;
    }
    if (flooded === 0 && arrival[cell] === NEVER) continue;
    sorted.sort();
    // the upper one of two in the middle
    maximum[cell] = sorted[sorted.length >> 1]!;
    least[cell] = sorted[0]!;
    worst[cell] = sorted[sorted.length - 1]!;
    probability[cell] = Math.round((100 * flooded) / members.length);
  }
  return { maximum, least, worst, arrival, probability };
}
