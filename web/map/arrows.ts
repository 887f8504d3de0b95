/**
 * HOT PATH. Ten thousand moving things as one instanced draw: no feature, no
 * worker, no tile. A thing that moved costs sixteen bytes; one that did not, none.
 */
import { mercator } from "./places.ts";

/** Floats of one thing: x, y (Mercator, from the origin), heading (radians, −1: none), paint. */
export const FLOATS = 4;
const NO_HEADING = -1;

export interface Arrow {
  id: string;
  lng: number;
  lat: number;
  /** Degrees clockwise from north. */
  heading: number | null;
  /** Index into the colours. */
  paint: number;
}

export interface ArrowBuffer {
  /** Floats of `count` things, without holes. */
  data: Float32Array;
  count: number;
  /** Slots that changed since `clean`, [from, to); empty where from ≥ to. */
  dirty: { from: number; to: number };
  /** Mercator position that all others are relative to, for precision near it. */
  origin: readonly [number, number];
}

/** Keeps things in slots; a leaving thing's slot is taken by the last one. */
export function createArrows() {
  const slots = new Map<string, number>();
  const ids: string[] = [];
  const buffer: ArrowBuffer = {
    data: new Float32Array(FLOATS * 256),
    count: 0,
    dirty: { from: 0, to: 0 },
    origin: [0, 0],
  };

  function touch(slot: number): void {
    const { dirty } = buffer;
    if (dirty.from >= dirty.to) [dirty.from, dirty.to] = [slot, slot + 1];
    else {
      dirty.from = Math.min(dirty.from, slot);
      dirty.to = Math.max(dirty.to, slot + 1);
    }
  }

  function slotOf(id: string): number {
    const known = slots.get(id);
    if (known !== undefined) return known;
    const slot = buffer.count++;
    if (buffer.count * FLOATS > buffer.data.length) {
      const grown = new Float32Array(buffer.data.length * 2);
      grown.set(buffer.data);
      buffer.data = grown;
    }
    slots.set(id, slot);
    ids[slot] = id;
    return slot;
  }

  return {
    buffer,
    clean: () => void (buffer.dirty = { from: 0, to: 0 }),
    id: (slot: number): string | undefined => ids[slot],
    put(arrow: Arrow): void {
      const [x, y] = mercator(arrow.lng, arrow.lat);
      if (buffer.count === 0) buffer.origin = [x, y];
      const slot = slotOf(arrow.id);
      const at = slot * FLOATS;
      const { data, origin } = buffer;
      data[at] = x - origin[0];
      data[at + 1] = y - origin[1];
      data[at + 2] =
        arrow.heading === null
          ? NO_HEADING
          : (((arrow.heading % 360) + 360) % 360) * (Math.PI / 180);
      data[at + 3] = arrow.paint;
      touch(slot);
    },
    drop(id: string): void {
      const slot = slots.get(id);
      if (slot === undefined) return;
      const last = --buffer.count;
      slots.delete(id);
      if (slot !== last) {
        buffer.data.copyWithin(
          slot * FLOATS,
          last * FLOATS,
          (last + 1) * FLOATS,
        );
        const moved = ids[last]!;
        ids[slot] = moved;
        slots.set(moved, slot);
        touch(slot);
      }
      ids.length = buffer.count;
    },
    /** The thing nearest to a Mercator position, no farther than `reach`. */
    nearest(x: number, y: number, reach: number): string | undefined {
      const { data, origin } = buffer;
      let best = reach * reach;
      let found: number | undefined;
      for (let slot = 0; slot < buffer.count; slot++) {
        const dx = data[slot * FLOATS]! + origin[0] - x;
        const dy = data[slot * FLOATS + 1]! + origin[1] - y;
        const d = dx * dx + dy * dy;
        if (d > best) continue;
        best = d;
        found = slot;
      }
      return found === undefined ? undefined : ids[found];
    },
  };
}

const VERTEX = `#version 300 es
uniform mat4 matrix;
uniform vec2 pixel;
uniform float size;
uniform vec4 paints[12];
layout(location = 0) in vec2 corner;
layout(location = 1) in vec4 thing;
out vec2 at;
out vec4 paint;
flat out float headed;
void main() {
  gl_Position = matrix * vec4(thing.xy, 0.0, 1.0);
  headed = step(0.0, thing.z);
  float a = max(thing.z, 0.0);
  // Paints from 10 on are alarmed things: half as large again.
  float grown = size * (thing.w >= 10.0 ? 1.5 : 1.0);
  vec2 turned = mat2(cos(a), sin(a), -sin(a), cos(a)) * corner;
  gl_Position.xy += vec2(turned.x, -turned.y) * grown * pixel * gl_Position.w;
  at = corner;
  paint = paints[int(thing.w)];
}`;

/** A slim arrow head, or a disc where no heading is known; the rim is dark. */
const FRAGMENT = `#version 300 es
precision highp float;
uniform vec4 rim;
in vec2 at;
in vec4 paint;
flat in float headed;
out vec4 colour;
float arrow(vec2 p) {
  p.x = abs(p.x);
  float side = dot(p - vec2(0.0, -0.9), normalize(vec2(1.6, -0.62)));
  float tail = dot(p - vec2(0.0, 0.4), normalize(vec2(-0.3, 0.62)));
  return max(side, tail);
}
void main() {
  float edge = mix(length(at) - 0.5, arrow(at), headed);
  float soft = fwidth(edge);
  float body = 1.0 - smoothstep(-soft, soft, edge + 0.16);
  float whole = 1.0 - smoothstep(-soft, soft, edge);
  vec4 mixed = mix(rim, paint, body);
  colour = vec4(mixed.rgb, 1.0) * mixed.a * whole;
}`;

function compile(
  gl: WebGL2RenderingContext,
  kind: GLenum,
  source: string,
): WebGLShader {
  const shader = gl.createShader(kind);
  if (!shader) throw new Error("the WebGL context is lost");
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost())
    throw new Error(`arrow shader: ${gl.getShaderInfoLog(shader)}`);
  return shader;
}

export type Rgba = readonly [number, number, number, number];

/** What one frame needs beside the buffer. */
export interface Frame {
  /** Mercator 0 … 1 → clip space, column-major. */
  matrix: ArrayLike<number>;
  /** Drawing buffer, px. */
  width: number;
  height: number;
  /** Half-width of a thing, px of the drawing buffer. */
  size: number;
  paints: readonly Rgba[];
  rim: Rgba;
}

/** Draws an arrow buffer with WebGL2; uploads only the dirty slots. */
export function createArrowPainter(gl: WebGL2RenderingContext) {
  const program = gl.createProgram();
  gl.attachShader(program, compile(gl, gl.VERTEX_SHADER, VERTEX));
  gl.attachShader(program, compile(gl, gl.FRAGMENT_SHADER, FRAGMENT));
  gl.linkProgram(program);
  const place = (name: string) => gl.getUniformLocation(program, name);
  const uniforms = {
    matrix: place("matrix"),
    pixel: place("pixel"),
    size: place("size"),
    paints: place("paints"),
    rim: place("rim"),
  };
  const corners = gl.createBuffer();
  const things = gl.createBuffer();
  const layout = gl.createVertexArray();
  let capacity = 0;
  let uploaded = 0;

  gl.bindVertexArray(layout);
  gl.bindBuffer(gl.ARRAY_BUFFER, corners);
  gl.bufferData(
    gl.ARRAY_BUFFER,
    new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]),
    gl.STATIC_DRAW,
  );
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  gl.bindBuffer(gl.ARRAY_BUFFER, things);
  gl.enableVertexAttribArray(1);
  gl.vertexAttribPointer(1, 4, gl.FLOAT, false, 0, 0);
  gl.vertexAttribDivisor(1, 1);
  gl.bindVertexArray(null);

  function upload({ data, dirty }: ArrowBuffer): void {
    gl.bindBuffer(gl.ARRAY_BUFFER, things);
    if (data.length !== capacity) {
      gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
      capacity = data.length;
      uploaded += data.length;
    } else if (dirty.from < dirty.to) {
      const length = (dirty.to - dirty.from) * FLOATS;
      const from = dirty.from * FLOATS;
      gl.bufferSubData(gl.ARRAY_BUFFER, from * 4, data, from, length);
      uploaded += length;
    }
  }

  return {
    /** Floats sent to the GPU so far. */
    uploaded: () => uploaded,
    draw(buffer: ArrowBuffer, frame: Frame): void {
      upload(buffer);
      if (buffer.count === 0) return;
      gl.useProgram(program);
      gl.bindVertexArray(layout);
      gl.uniformMatrix4fv(
        uniforms.matrix,
        false,
        shifted(frame.matrix, buffer.origin),
      );
      gl.uniform2f(uniforms.pixel, 2 / frame.width, 2 / frame.height);
      gl.uniform1f(uniforms.size, frame.size);
      gl.uniform4fv(uniforms.paints, frame.paints.flat());
      gl.uniform4fv(uniforms.rim, frame.rim);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, buffer.count);
      gl.bindVertexArray(null);
    },
    close(): void {
      gl.deleteBuffer(corners);
      gl.deleteBuffer(things);
      gl.deleteVertexArray(layout);
      gl.deleteProgram(program);
    },
  };
}

/** `matrix` after a move to the origin, in double precision: single would shake at street level. */
function shifted(
  m: ArrayLike<number>,
  [x, y]: readonly [number, number],
): Float32Array {
  const out = Float32Array.from(m);
  for (let row = 0; row < 4; row++)
    out[12 + row] = m[row]! * x + m[4 + row]! * y + m[12 + row]!;
  return out;
}
