/** Far outside of every screen: where what lies behind the eye is put. */
const NOWHERE = -1e6;

/**
 * From places on the flat world (Web Mercator, 0 to 1) to pixels of the map's picture: nine numbers for all of them, so
 * that a thing costs a handful of multiplications and makes nothing anew.
 */
export class Projection {
  readonly #m = new Float64Array(9);

  /** @param matrix the map's, column by column, from the flat world to the cube that is drawn @param width in pixels, as `height` */
  set(matrix: ArrayLike<number>, width: number, height: number): void {
    for (const [column, from] of [0, 4, 12].entries()) {
      const [across, down, far] = [matrix[from]!, matrix[from + 1]!, matrix[from + 3]!];
      // the cube goes from -1 to 1, its height upwards; pixels begin at the left upper corner
      this.#m[column] = ((across + far) * width) / 2;
      this.#m[3 + column] = ((far - down) * height) / 2;
      this.#m[6 + column] = far;
    }
  }

  /** Writes the pixels of so many places, two numbers each. */
  write(places: ArrayLike<number>, count: number, into: Float64Array): void {
    const [a, b, c, d, e, f, g, h, i] = this.#m as unknown as [number, number, number, number, number, number, number, number, number];
    for (let at = 0; at < 2 * count; at += 2) {
      const [x, y] = [places[at]!, places[at + 1]!];
      const far = g * x + h * y + i;
      const before = far > 0;
      into[at] = before ? (a * x + b * y + c) / far : NOWHERE;
      into[at + 1] = before ? (d * x + e * y + f) / far : NOWHERE;
    }
  }
}
