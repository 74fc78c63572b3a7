/** Readable names for C++, Rust and Go. The only file that knows the demangler. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Demangle } from '../../../lib/binary/functions.ts';

let loading: Promise<Demangle> | null = null;

/** Loads the demangler on first use (some 10 ms). */
export function loadDemangler(): Promise<Demangle> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Demangle> {
  // The package's own entry imports the .wasm file as a module, which Node 20 does only behind a flag.
  const bindings = await import('gecko-profiler-demangle/index_bg.js');
  const file = createRequire(import.meta.url).resolve('gecko-profiler-demangle/index_bg.wasm');
  const { instance } = await WebAssembly.instantiate(new Uint8Array(await readFile(file)), {
    './index_bg.js': { __wbindgen_init_externref_table: bindings.__wbindgen_init_externref_table },
  });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === 'function') start();
  return (name) => readable(name, bindings.demangle_any);
}

/** Pieces and copies that a compiler makes of one function: `_Z3foov.cold`, `f.constprop.0`, `g.llvm.123`. */
const CLONE = /(?:\.(?:cold|part|isra|constprop|llvm|lto_priv|clone|warm|hot)(?:\.\d+)*)+$/;

function readable(name: string, demangle: (name: string) => string): string {
  if (name.startsWith('_Z') || name.startsWith('_R') || name.startsWith('__Z')) {
    const clone = CLONE.exec(name)?.[0] ?? '';
    const linkage = name.slice(0, name.length - clone.length);
    const plain = demangle(linkage);
    return plain === linkage || plain === '' ? name : clone === '' ? plain : `${plain} [clone ${clone}]`;
  }
  // Go escapes dots in the last element of an import path: gopkg.in/yaml%2ev3.Marshal
  return name.includes('%2e') ? name.replaceAll('%2e', '.') : name;
}
