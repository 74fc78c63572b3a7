/** Messages between two of our own processes: a length, then the value in the form of `v8.serialize`. */
import { deserialize, serialize } from 'node:v8';

const LENGTH_BYTES = 4;

export function frame(message: unknown): Buffer {
  const body = serialize(message);
  const head = Buffer.alloc(LENGTH_BYTES);
  head.writeUInt32LE(body.length);
  return Buffer.concat([head, body]);
}

/** Takes bytes as they come and hands out whole messages; the beginning of one that never comes is left out. */
export function unframer(onMessage: (message: unknown) => void): (bytes: Uint8Array) => void {
  let parts: Uint8Array[] = [];
  let held = 0;
  /** Bytes that the next step needs: a length, or a length with its body. */
  let needed = LENGTH_BYTES;
  return (bytes) => {
    parts.push(bytes);
    held += bytes.length;
    while (held >= needed) {
      const all = Buffer.concat(parts);
      const whole = LENGTH_BYTES + all.readUInt32LE(0);
      if (all.length >= whole) onMessage(deserialize(all.subarray(LENGTH_BYTES, whole)));
      const rest = all.length >= whole ? all.subarray(whole) : all;
      parts = [rest];
      held = rest.length;
      needed = all.length >= whole ? LENGTH_BYTES : whole;
    }
  };
}
