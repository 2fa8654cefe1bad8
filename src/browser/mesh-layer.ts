import { MercatorCoordinate, type CustomLayerInterface, type CustomRenderMethodInput, type Map as LibreMap } from 'maplibre-gl';
import { shadowPerMetre } from '../kernel/shadow.ts';
import type { SunPosition } from '../kernel/sun.ts';
import { isDark } from './map-style.ts';

/** Corners in metres east, north and up of an origin, with their face's normal and whether they are of a roof: seven numbers each, three corners a triangle. */
export interface Mesh {
  readonly origin: { readonly lon: number; readonly lat: number };
  readonly numbers: Float32Array;
}
export const NUMBERS_A_CORNER = 7;

interface Kept {
  readonly mesh: Mesh;
  readonly array: WebGLVertexArrayObject;
  readonly buffer: WebGLBuffer;
  readonly corners: number;
}

const HOUSE = {
  vertex: `#version 300 es
in vec3 place; in vec3 normal; in float roof; uniform mat4 matrix; out vec3 facing; out float tiled;
void main() { facing = normal; tiled = roof; gl_Position = matrix * vec4(place, 1.0); }`,
  fragment: `#version 300 es
precision mediump float;
in vec3 facing; in float tiled; uniform vec3 sun; uniform float day; out vec4 colour;
void main() {
  vec3 slope = mix(vec3(0.66, 0.36, 0.29), vec3(0.60, 0.61, 0.64), smoothstep(0.97, 0.99, facing.z));
  vec3 base = mix(vec3(0.90, 0.87, 0.81), slope, tiled);
  float light = mix(0.45, 0.66 + 0.38 * max(dot(normalize(facing), sun), 0.0), day);
  colour = vec4(base * light, 1.0);
}`,
};
/** Every corner falls along the light to the ground. */
const SHADOW = {
  vertex: `#version 300 es
in vec3 place; uniform mat4 matrix; uniform vec2 fall;
void main() { gl_Position = matrix * vec4(place.xy + fall * place.z, 0.0, 1.0); }`,
  fragment: `#version 300 es
precision mediump float;
out vec4 colour; void main() { colour = vec4(1.0); }`,
};
/** All shadows at once, so that none is darker where two meet. */
const DARKEN = {
  vertex: `#version 300 es
out vec2 at;
void main() { at = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2)); gl_Position = vec4(at * 2.0 - 1.0, 0.0, 1.0); }`,
  fragment: `#version 300 es
precision mediump float;
in vec2 at; uniform sampler2D shadow; uniform float depth; out vec4 colour;
void main() { float dark = texture(shadow, at).a * depth; colour = vec4(vec3(0.04, 0.05, 0.09) * dark, dark); }`,
};

/** Draws meshes of houses and their shadows into a map: two layers, as shadows lie under what stands. */
export class MeshPainter {
  readonly #map: LibreMap;
  readonly #kept = new Map<string, Kept>();
  #gl: WebGL2RenderingContext | undefined;
  #sun: SunPosition = { elevationDegrees: 45, azimuthDegrees: 180 };
  #target: { readonly frame: WebGLFramebuffer; readonly texture: WebGLTexture; width: number; height: number } | undefined;
  readonly #programs = new Map<object, WebGLProgram>();

  constructor(map: LibreMap) {
    this.#map = map;
  }

  /** The layers to be added, the shadows first. */
  layers(): readonly [CustomLayerInterface, CustomLayerInterface] {
    return [
      {
        id: 'schatten',
        type: 'custom',
        prerender: (gl, input) => this.#drawShadows(gl, input),
        render: (gl) => this.#darken(gl),
        onAdd: (_, gl) => void (this.#gl = gl),
      },
      { id: 'haeuser', type: 'custom', renderingMode: '3d', render: (gl, input) => this.#drawHouses(gl, input) },
    ];
  }

  set(key: string, mesh: Mesh | undefined): void {
    const gl = this.#gl;
    if (gl === undefined) return;
    const before = this.#kept.get(key);
    if (before !== undefined) {
      gl.deleteBuffer(before.buffer);
      gl.deleteVertexArray(before.array);
      this.#kept.delete(key);
    }
    if (mesh !== undefined && mesh.numbers.length > 0) this.#kept.set(key, keep(gl, mesh));
    this.#map.triggerRepaint();
  }

  shine(sun: SunPosition): void {
    this.#sun = sun;
    this.#map.triggerRepaint();
  }

  #use(gl: WebGL2RenderingContext, source: { readonly vertex: string; readonly fragment: string }): WebGLProgram {
    const program = this.#programs.get(source) ?? link(gl, source);
    this.#programs.set(source, program);
    gl.useProgram(program);
    return program;
  }

  #drawHouses(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    if (this.#kept.size === 0) return;
    const program = this.#use(gl, HOUSE);
    const [up, around] = [this.#sun.elevationDegrees, this.#sun.azimuthDegrees].map((degrees) => (degrees * Math.PI) / 180) as [number, number];
    gl.uniform3f(gl.getUniformLocation(program, 'sun'), Math.sin(around) * Math.cos(up), Math.cos(around) * Math.cos(up), Math.sin(up));
    gl.uniform1f(gl.getUniformLocation(program, 'day'), Math.min(1, Math.max(0, this.#sun.elevationDegrees / 6)));
    gl.disable(gl.CULL_FACE);
    gl.disable(gl.BLEND);
    this.#each(gl, program, input);
    gl.enable(gl.BLEND);
  }

  #drawShadows(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const fall = shadowPerMetre(this.#sun);
    if (fall === undefined || this.#kept.size === 0) return;
    const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
    if (this.#target?.width !== width || this.#target.height !== height) this.#target = target(gl, width, height, this.#target);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#target.frame);
    gl.viewport(0, 0, width, height);
    for (const test of [gl.BLEND, gl.DEPTH_TEST, gl.STENCIL_TEST, gl.CULL_FACE, gl.SCISSOR_TEST]) gl.disable(test);
    gl.colorMask(true, true, true, true);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const program = this.#use(gl, SHADOW);
    gl.uniform2f(gl.getUniformLocation(program, 'fall'), fall[0], fall[1]);
    this.#each(gl, program, input);
  }

  #darken(gl: WebGL2RenderingContext): void {
    if (this.#target === undefined || this.#kept.size === 0 || shadowPerMetre(this.#sun) === undefined) return;
    const program = this.#use(gl, DARKEN);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#target.texture);
    gl.uniform1i(gl.getUniformLocation(program, 'shadow'), 0);
    // on dark ground a shadow must be deeper to be seen
    gl.uniform1f(gl.getUniformLocation(program, 'depth'), isDark() ? 0.7 : 0.32);
    gl.bindVertexArray(null);
    for (const test of [gl.DEPTH_TEST, gl.CULL_FACE]) gl.disable(test);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  #each(gl: WebGL2RenderingContext, program: WebGLProgram, { defaultProjectionData: { mainMatrix } }: CustomRenderMethodInput): void {
    const place = gl.getUniformLocation(program, 'matrix');
    for (const { mesh, array, corners } of this.#kept.values()) {
      gl.uniformMatrix4fv(place, false, at(mainMatrix, mesh.origin));
      gl.bindVertexArray(array);
      gl.drawArrays(gl.TRIANGLES, 0, corners);
    }
    gl.bindVertexArray(null);
  }
}

/** The map's matrix for metres from an origin; multiplied in doubles, as the world is large. */
function at(matrix: ArrayLike<number>, { lon, lat }: Mesh['origin']): Float32Array {
  const origin = MercatorCoordinate.fromLngLat({ lng: lon, lat });
  const metre = origin.meterInMercatorCoordinateUnits();
  const scale = [metre, -metre, metre];
  const out = new Float32Array(16);
  for (let row = 0; row < 4; row++) {
    for (let axis = 0; axis < 3; axis++) out[4 * axis + row] = matrix[4 * axis + row]! * scale[axis]!;
    out[12 + row] = matrix[row]! * origin.x + matrix[4 + row]! * origin.y + matrix[12 + row]!;
  }
  return out;
}

function keep(gl: WebGL2RenderingContext, mesh: Mesh): Kept {
  const [array, buffer] = [gl.createVertexArray(), gl.createBuffer()];
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, mesh.numbers, gl.STATIC_DRAW);
  let offset = 0;
  for (const [index, size] of [3, 3, 1].entries()) {
    gl.enableVertexAttribArray(index);
    gl.vertexAttribPointer(index, size, gl.FLOAT, false, 4 * NUMBERS_A_CORNER, 4 * offset);
    offset += size;
  }
  gl.bindVertexArray(null);
  return { mesh, array, buffer, corners: mesh.numbers.length / NUMBERS_A_CORNER };
}

function link(gl: WebGL2RenderingContext, { vertex, fragment }: { readonly vertex: string; readonly fragment: string }): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, vertex] as const, [gl.FRAGMENT_SHADER, fragment] as const]) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  for (const [index, name] of ['place', 'normal', 'roof'].entries()) gl.bindAttribLocation(program, index, name);
  gl.linkProgram(program);
  return program;
}

function target(gl: WebGL2RenderingContext, width: number, height: number, before: { frame: WebGLFramebuffer; texture: WebGLTexture } | undefined) {
  const [frame, texture] = [before?.frame ?? gl.createFramebuffer(), before?.texture ?? gl.createTexture()];
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
  for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, filter, gl.LINEAR);
  for (const wrap of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, wrap, gl.CLAMP_TO_EDGE);
  gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  return { frame, texture, width, height };
}
