import { MercatorCoordinate, type CustomLayerInterface, type CustomRenderMethodInput, type Map as LibreMap } from 'maplibre-gl';
import { CELL_SHARE, SignAtlas, type Cell } from './lage-atlas.ts';

/** How a mark looks besides its sign. */
export const OLD = 1;
export const CONTRADICTED = 2;
export const JUMPED = 4;
export const CHOSEN = 8;

/** Finds places of many marks at a time: east and south in mercator units, two numbers a mark. */
export type Places = (now: number, into: Float64Array) => boolean;

/** Signs have this share of their size at one zoom, and all of it at the other. */
const SMALL = 0.55;
const SMALL_ZOOM = 9;
const WHOLE_ZOOM = 13;

const VERTEX = `#version 300 es
in vec2 place; in vec4 look;
uniform mat4 matrix; uniform vec2 half_size;
out vec2 at; out vec2 cell; flat out int marks;
void main() {
  vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1)) * 2.0 - 1.0;
  vec4 middle = matrix * vec4(place, 0.0, 1.0);
  at = corner; cell = look.xy; marks = int(look.z);
  gl_Position = middle + vec4(corner * vec2(1.0, -1.0) * half_size * middle.w, 0.0, 0.0);
}`;
/** Old: grey, faint, in a dashed ring. Contradicted: a red double ring. Jumped: orange dots. Chosen: a full ring. */
const FRAGMENT = `#version 300 es
precision mediump float;
in vec2 at; in vec2 cell; flat in int marks;
uniform sampler2D sheet; uniform float share; uniform vec3 accent; out vec4 colour;
void main() {
  vec4 sign = texture(sheet, cell + (at * 0.5 + 0.5) * share);
  float far = length(at);
  float turn = (atan(at.y, at.x) / 6.2831853 + 0.5) * 12.0;
  vec4 ring = vec4(0.0);
  if ((marks & 1) != 0) {
    sign = vec4(mix(sign.rgb, vec3(dot(sign.rgb, vec3(0.3, 0.59, 0.11))), 0.9), sign.a) * 0.62;
    if (far > 0.84 && far < 0.93 && fract(turn) < 0.55) ring = vec4(0.42, 0.44, 0.5, 1.0);
  }
  if ((marks & 2) != 0 && ((far > 0.93 && far < 1.0) || (far > 0.80 && far < 0.86))) ring = vec4(0.78, 0.1, 0.1, 1.0);
  if ((marks & 4) != 0 && far > 0.82 && far < 0.96 && fract(turn * 1.5) < 0.3) ring = vec4(0.9, 0.45, 0.0, 1.0);
  if ((marks & 8) != 0 && far > 0.86 && far < 0.99) ring = vec4(accent, 1.0);
  colour = ring + sign * (1.0 - ring.a);
}`;

/**
 * Draws the signs of everything that is a point, in one call: where they are is written anew for each frame, how they
 * look only when it changes.
 */
export class MarkPainter {
  readonly #map: LibreMap;
  readonly #places: Places;
  readonly atlas: SignAtlas;
  #count = 0;
  #numbers = new Float64Array(0);
  #near = new Float32Array(0);
  #looks = new Float32Array(0);
  #looksChanged = false;
  #drawn: { program: WebGLProgram; array: WebGLVertexArrayObject; places: WebGLBuffer; looks: WebGLBuffer; texture: WebGLTexture } | undefined;
  /** Half of a mark's side in pixels of the page. */
  halfPixels = 24;
  accent: readonly [number, number, number] = [0.1, 0.26, 0.6];
  /** Milliseconds that the page itself took for each of the last frames, before the graphics take over. */
  readonly spent: number[] = [];

  constructor(map: LibreMap, places: Places) {
    this.#map = map;
    this.#places = places;
    this.atlas = new SignAtlas(() => map.triggerRepaint());
  }

  /** As drawn at this zoom: seen from afar signs are smaller, so that they hide each other less. */
  get reachPixels(): number {
    const near = Math.min(1, Math.max(0, (this.#map.getZoom() - SMALL_ZOOM) / (WHOLE_ZOOM - SMALL_ZOOM)));
    return this.halfPixels * (SMALL + (1 - SMALL) * near);
  }

  layer(): CustomLayerInterface {
    return {
      id: 'lage-zeichen',
      type: 'custom',
      onAdd: (_, gl) => this.#prepare(gl),
      render: (gl, input) => this.#draw(gl, input),
    };
  }

  /** The marks in the order in which they are drawn: later ones lie above. */
  set(marks: readonly { readonly cell: Cell; readonly look: number }[]): void {
    this.#count = marks.length;
    if (this.#numbers.length < marks.length * 2) {
      this.#numbers = new Float64Array(marks.length * 3);
      this.#near = new Float32Array(marks.length * 3);
      this.#looks = new Float32Array(marks.length * 6);
    }
    for (const [index, { cell, look }] of marks.entries()) this.#looks.set([cell.u, cell.v, look, 0], index * 4);
    this.#looksChanged = true;
    this.#map.triggerRepaint();
  }

  #prepare(gl: WebGL2RenderingContext): void {
    const [places, looks] = [gl.createBuffer(), gl.createBuffer()];
    const array = gl.createVertexArray();
    gl.bindVertexArray(array);
    for (const [index, [buffer, size]] of (
      [
        [places, 2],
        [looks, 4],
      ] as const
    ).entries()) {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.enableVertexAttribArray(index);
      gl.vertexAttribPointer(index, size, gl.FLOAT, false, 0, 0);
      gl.vertexAttribDivisor(index, 1);
    }
    gl.bindVertexArray(null);
    this.#drawn = { program: link(gl), array, places, looks, texture: this.atlas.texture(gl) };
    this.#looksChanged = true;
  }

  #draw(gl: WebGL2RenderingContext, { defaultProjectionData: { mainMatrix } }: CustomRenderMethodInput): void {
    const drawn = this.#drawn;
    if (drawn === undefined || this.#count === 0) return;
    const began = performance.now();
    const moves = this.#places(began, this.#numbers);
    const { lng, lat } = this.#map.getCenter();
    const origin = MercatorCoordinate.fromLngLat({ lng, lat });
    for (let at = 0; at < this.#count; at++) {
      this.#near[2 * at] = this.#numbers[2 * at]! - origin.x;
      this.#near[2 * at + 1] = this.#numbers[2 * at + 1]! - origin.y;
    }
    if (this.spent.push(performance.now() - began) > 240) this.spent.shift();
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, drawn.texture);
    this.atlas.upload(gl);
    gl.useProgram(drawn.program);
    gl.bindBuffer(gl.ARRAY_BUFFER, drawn.places);
    gl.bufferData(gl.ARRAY_BUFFER, this.#near, gl.DYNAMIC_DRAW, 0, this.#count * 2);
    if (this.#looksChanged) {
      gl.bindBuffer(gl.ARRAY_BUFFER, drawn.looks);
      gl.bufferData(gl.ARRAY_BUFFER, this.#looks, gl.STATIC_DRAW, 0, this.#count * 4);
      this.#looksChanged = false;
    }
    this.#uniforms(gl, drawn.program, around(mainMatrix, origin));
    for (const test of [gl.DEPTH_TEST, gl.STENCIL_TEST, gl.CULL_FACE]) gl.disable(test);
    gl.bindVertexArray(drawn.array);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.#count);
    gl.bindVertexArray(null);
    if (moves) this.#map.triggerRepaint();
  }

  #uniforms(gl: WebGL2RenderingContext, program: WebGLProgram, matrix: Float32Array): void {
    const canvas = this.#map.getCanvas();
    const half = this.reachPixels;
    gl.uniformMatrix4fv(gl.getUniformLocation(program, 'matrix'), false, matrix);
    gl.uniform2f(gl.getUniformLocation(program, 'half_size'), (2 * half) / canvas.clientWidth, (2 * half) / canvas.clientHeight);
    gl.uniform1i(gl.getUniformLocation(program, 'sheet'), 0);
    gl.uniform1f(gl.getUniformLocation(program, 'share'), CELL_SHARE);
    gl.uniform3f(gl.getUniformLocation(program, 'accent'), ...this.accent);
  }
}

/** The map's matrix for mercator units from an origin; multiplied in doubles, as single numbers end at about two metres. */
function around(matrix: ArrayLike<number>, { x, y }: MercatorCoordinate): Float32Array {
  const out = new Float32Array(16);
  for (let row = 0; row < 4; row++) {
    for (let axis = 0; axis < 3; axis++) out[4 * axis + row] = matrix[4 * axis + row]!;
    out[12 + row] = matrix[row]! * x + matrix[4 + row]! * y + matrix[12 + row]!;
  }
  return out;
}

function link(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, VERTEX] as const, [gl.FRAGMENT_SHADER, FRAGMENT] as const]) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  for (const [index, name] of ['place', 'look'].entries()) gl.bindAttribLocation(program, index, name);
  gl.linkProgram(program);
  return program;
}
